"""What runs book in both directions, each kind in its own unit, and in money where a price and its range are stated."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.assess.exchange import Passage
from tallystick.brief.cards_runs import said, shown_assumptions
from tallystick.brief.chapters.base import where
from tallystick.brief.chapters.what_if_words import figure
from tallystick.brief.document import Block, Column, Ref, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, how_many, inside, join, listed, method, para, tell
from tallystick.brief.simulated import Simulated, interval_of
from tallystick.brief.words.assumed import assumption_name
from tallystick.brief.words.changes import unit_of
from tallystick.brief.words.estimates import noun_for
from tallystick.brief.words.grammar import capital
from tallystick.brief.words.numbers import money, plain, span
from tallystick.brief.words.rounding import significant
from tallystick.scenarios.exchange import EVERYWHERE, PRICES, Entry, Price, booked, price_of, valued

NOTHING = "\u2013"
IN_KIND = "in_kind"  # what a lever acts on that pays in goods
PACED = ("munitions", "technology", "cover")  # assumed numbers that say how much passes
UNPRICED = {"person": "people have no price"}
DIGITS = 2  # of what a price of so wide a range gives
NAMED = {"money": "Cash: the State\u2019s take of workers\u2019 pay"}  # what runs book, where reports say more
Books = Mapping[str, Mapping[str, Entry]]  # by scenario, by kind


def book(facts: Facts) -> tuple[Block, ...]:
    """The book with nothing changed, and of what pays in goods; nothing where nothing was run."""
    found = facts.simulated
    if found is None:
        return ()
    shown = (found.baseline, *(id for id in found.ordered if IN_KIND in found.acts(id)))
    books = {id: {each.kind: each for each in booked(found.results, id, found.last)} for id in shown}
    assumed = shown_assumptions(facts)
    prices = {kind: price_of(kind, assumed) for kind in PRICES if PRICES[kind] in assumed}
    columns = (
        Column(title="What passes", width=1.6),
        Column(title="From, to", width=1.3),
        Column(title="Figures in the reports", width=1),
        *(Column(title=f"Runs: {found.scenarios[id].name}", align="right", width=1.4) for id in shown),
        Column(title="In money, at the stated price", align="right", width=1.4),
    )
    rows = tuple(_row(passage, found, books, prices.get(passage.kind)) for passage in facts.assessment.exchange)
    return (_lead(facts, found), Table(id="exchange-book", columns=columns, rows=rows, note=_note(facts)))


def _lead(facts: Facts, found: Simulated) -> Block:
    return para(
        "Runs of the model book both directions from the start of ",
        date_of(str(found.years[0])),
        " to the end of ",
        date_of(str(found.last)),
        ", each kind in its own unit: median and ",
        EIGHTY,
        " interval. Military builders are those present at its end. Cash is the State’s take of pay ",
        where(facts, facts.focus),
        ", net of what is paid in goods; what is paid for arms is not in it. Goods are those of all hosts, so cash and "
        "goods are not to be added up. A dash means that runs book nothing of the kind. What is marked "
        "\u201cput in\u201d passes at an assumed pace: it goes into the runs and is no result. Nobody "
        "measured any of it.",
        facts.says("money_use", before=" "),
    )


def _row(passage: Passage, found: Simulated, books: Books, price: Price | None) -> tuple[Spans, ...]:
    amounts = len(passage.amounts)
    return (
        tell(NAMED.get(passage.kind) or capital(passage.name)),
        tell(_direction(passage)),
        (how_many(amounts, "figure"),) if amounts else join("said, not counted"),
        *(_booked(found, id, of.get(passage.kind)) for id, of in books.items()),
        _in_money(found, books, passage.kind, price),
    )


def _direction(passage: Passage) -> str:
    """Between whom the reports say it passes, and of whom runs book it where that is more."""
    said_of = f"{passage.given_by} to {passage.given_to}"
    return f"{said_of}; runs: all hosts to {passage.given_to}" if passage.kind in EVERYWHERE else said_of


def _is_any(entry: Entry | None) -> bool:
    return entry is not None and any(entry.figures.all.quantiles)


def _booked(found: Simulated, scenario: str, entry: Entry | None) -> Spans:
    if entry is None or not _is_any(entry):
        return join(NOTHING)
    row = found.rows["level", scenario, entry.outcome, found.last]
    printed, noun = said("level", interval_of(row.figures.all), row.unit), noun_for(unit_of(row.unit))
    put_in = "put in: " if entry.outcome in PACED else ""
    median = join(put_in, figure(row, printed.median, "level"), f" {noun}" if noun else "")
    if printed.low == printed.high:
        return median
    return join(median, " (", figure(row, inside(printed.interval, printed.median), "level"), ")")


def _in_money(found: Simulated, books: Books, kind: str, price: Price | None) -> Spans:
    """Of the first scenario that books any of it, at the price that is stated for its unit."""
    scenario, entry = next(((id, of[kind]) for id, of in books.items() if _is_any(of.get(kind))), ("", None))
    if entry is None:
        return join(NOTHING)
    if price is None:
        return join("as booked" if entry.unit == "USD" else UNPRICED.get(entry.unit, "no price"))
    value = valued(entry, price)
    ends = span(*(money(significant(each, DIGITS)) for each in (value.low, value.high)))
    each = span(*(plain(significant(end, DIGITS)) for end in (price.low, price.high)))
    row = found.rows["level", scenario, entry.outcome, found.last]
    return join(figure(row, ends, "level"), ", at USD ", method(each), f" a {entry.unit}")


def _note(facts: Facts) -> Spans:
    used = [id for id in (*PACED, *PRICES.values()) if id in shown_assumptions(facts)]
    refs = listed([(Ref(assumption_name(id).lower(), "assumption", id),) for id in used]) if used else join("nothing")
    return join(
        "Assumed, each with its reason: ",
        refs,
        ". A value takes the low end at the low price and the high end at the high one, before either is rounded. "
        "People have no price, and no report gives one for technology or cover.",
    )
