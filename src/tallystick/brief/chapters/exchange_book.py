"""What runs book in both directions: people apart, then money and goods, then what is put into the runs and no result.

A quantity stands in its own unit; in money only where a price and its range are stated, at factors that are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tallystick.assess.exchange import Passage
from tallystick.brief.cards_runs import prior_words, said, shown_assumptions
from tallystick.brief.chapters.base import where
from tallystick.brief.chapters.what_if_words import figure
from tallystick.brief.document import Block, Bullets, Column, Paragraph, Ref, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, how_many, inside, join, listed, method, para, tell
from tallystick.brief.simulated import Simulated, interval_of
from tallystick.brief.words.assumed import assumption_name
from tallystick.brief.words.changes import unit_of
from tallystick.brief.words.estimates import noun_for
from tallystick.brief.words.grammar import capital
from tallystick.brief.words.numbers import money, plain, span
from tallystick.brief.words.rounding import significant
from tallystick.scenarios.exchange import EIGHTY as ENDS
from tallystick.scenarios.exchange import EVERYWHERE, PRICES, Entry, Price, booked, price_of, valued

NOTHING = "\u2013"
IN_KIND = "in_kind"  # what a lever acts on that pays in goods
PEOPLE = ("labour", "military builders", "troops")  # never in a table of goods
PUT_IN = {"arms": "munitions", "technology": "technology", "cover": "cover"}  # by kind, the assumed pace of it
DIGITS, FACTOR_DIGITS = 2, 3  # of a value, and of each of its two factors
CASH = "money"  # the kind that runs book as the State's take of pay
Books = Mapping[str, Mapping[str, Entry]]  # by scenario, by kind


def book(facts: Facts) -> tuple[Block, ...]:
    """With nothing changed, and under what pays in goods; nothing where nothing was run."""
    found = facts.simulated
    if found is None:
        return ()
    shown = (found.baseline, *(id for id in found.ordered if IN_KIND in found.acts(id) and not found.hangs_on_talk(id)))
    books = {id: {each.kind: each for each in booked(found.results, id, found.last)} for id in shown}
    passages = facts.assessment.exchange
    goods = [each for each in passages if each.kind not in (*PEOPLE, *PUT_IN) and _is_booked(books, each.kind)]
    others = [each for each in passages if each.kind not in PEOPLE and each not in goods]
    return (
        _lead(facts, found), *_people(passages, found, books[found.baseline]),
        *((_goods(facts, found, books, goods),) if goods else ()),
        *((_put_in(facts, others),) if others else ()),
    )  # fmt: skip


def _is_booked(books: Books, kind: str) -> bool:
    return any(_is_any(of.get(kind)) for of in books.values())


def _is_any(entry: Entry | None) -> bool:
    return entry is not None and any(entry.figures.all.quantiles)


def _lead(facts: Facts, found: Simulated) -> Paragraph:
    return para(
        "Runs of the model book what passes from the start of ",
        date_of(str(found.years[0])),
        " to the end of ",
        date_of(str(found.last)),
        ", each kind in its own unit: median and ",
        EIGHTY,
        " interval. Cash is the State’s take of pay ",
        where(facts, facts.focus),
        ", net of what is paid in goods; what is paid for arms is not in it. Goods are those of all hosts, so cash and "
        "goods are not to be added up. Nobody measured any of it.",
        facts.says("money_use", before=" "),
    )


# People -----------------------------------------------------------------------------------------------------


def _people(passages: Sequence[Passage], found: Simulated, of: Mapping[str, Entry]) -> Iterator[Block]:
    there = [each for each in passages if each.kind in PEOPLE]
    if there:
        yield para("People are no means of payment. They stand apart from goods, and have no price here:")
        yield Bullets(tuple(_line(each, found, of.get(each.kind)) for each in there))


def _line(passage: Passage, found: Simulated, entry: Entry | None) -> Spans:
    return join(
        *tell(capital(passage.name)), f", {passage.given_by} to {passage.given_to}: ", *_counted(passage),
        " in the reports; ", *_there(found, entry), ".",
    )  # fmt: skip


def _there(found: Simulated, entry: Entry | None) -> Spans:
    """How many the baseline has of them."""
    if entry is None:
        return join("not in the runs")
    if not _is_any(entry):
        return join("the runs with nothing changed leave them out")
    return join("the runs with nothing changed have ", *_booked(found, found.baseline, entry))


def _counted(passage: Passage) -> Spans:
    amounts = len(passage.amounts)
    return (how_many(amounts, "figure"),) if amounts else join("said, not counted")


# Money and goods --------------------------------------------------------------------------------------------


def _goods(facts: Facts, found: Simulated, books: Books, passages: Sequence[Passage]) -> Table:
    assumed = shown_assumptions(facts)
    prices = {kind: price_of(kind, assumed) for kind in PRICES if PRICES[kind] in assumed}
    columns = (
        Column(title="What passes", width=1.6),
        Column(title="From, to", width=1.3),
        Column(title="In the reports", width=1),
        *(Column(title=f"Runs: {found.scenarios[id].name}", align="right", width=1.4) for id in books),
        Column(title="In money: low end at the low price, to high at high", align="right", width=1.6),
    )
    rows = tuple(_row(facts, each, found, books, prices.get(each.kind)) for each in passages)
    used = [PRICES[each.kind] for each in passages if each.kind in prices]
    note = join("Prices are assumed, each with its reason: ", *_names(used), ".") if used else ()
    return Table(
        id="exchange-book", columns=columns, rows=rows, caption=join("Money and goods, as runs book them"), note=note
    )


def _names(assumptions: Sequence[str]) -> Spans:
    return listed([(Ref(assumption_name(id).lower(), "assumption", id),) for id in assumptions])


def _row(facts: Facts, passage: Passage, found: Simulated, books: Books, price: Price | None) -> tuple[Spans, ...]:
    is_cash = passage.kind == CASH
    return (
        join("Cash: the State\u2019s take of workers\u2019 pay") if is_cash else tell(capital(passage.name)),
        tell(_direction(facts, passage)),
        _counted(passage),
        *(_booked(found, id, of.get(passage.kind)) for id, of in books.items()),
        _in_money(found, books, passage.kind, price),
    )


def _direction(facts: Facts, passage: Passage) -> str:
    """Between whom it passes, as the reports say and as runs book it: pay from employers, goods from all hosts."""
    if passage.kind == CASH:
        return f"employers {where(facts, facts.focus)} to {passage.given_to}"
    said_of = f"{passage.given_by} to {passage.given_to}"
    return f"{said_of}; runs: all hosts to {passage.given_to}" if passage.kind in EVERYWHERE else said_of


def _booked(found: Simulated, scenario: str, entry: Entry | None) -> Spans:
    if entry is None or not _is_any(entry):
        return join(NOTHING)
    row = found.rows["level", scenario, entry.outcome, found.last]
    printed, noun = said("level", interval_of(row.figures.all), row.unit), noun_for(unit_of(row.unit))
    median = join(figure(row, printed.median, "level"), f" {noun}" if noun else "")
    if printed.low == printed.high:
        return median
    return join(median, " (", figure(row, inside(printed.interval, printed.median), "level"), ")")


def _in_money(found: Simulated, books: Books, kind: str, price: Price | None) -> Spans:
    """Of the first scenario that books any of it, as the product of factors that are rounded as they are printed."""
    scenario, entry = next(((id, of[kind]) for id, of in books.items() if _is_any(of.get(kind))), ("", None))
    assert entry is not None, "only what is booked has a row"
    if price is None:
        return join("as booked" if entry.unit == "USD" else "no price")
    amounts = [significant(entry.figures.all.quantiles[at], FACTOR_DIGITS) for at in ENDS]
    low, high = (significant(each, FACTOR_DIGITS) for each in (price.low, price.high))
    value = valued(_of_size(entry, amounts), replace(price, low=low, high=high))
    ends = span(*(money(significant(each, DIGITS)) for each in (value.low, value.high)))
    row = found.rows["level", scenario, entry.outcome, found.last]
    return join(
        figure(row, ends, "level"), ": ", figure(row, span(plain(amounts[0]), plain(amounts[-1])), "level"),
        f" {unit_of(entry.unit)}, at USD ", method(span(plain(low), plain(high))), f" a {entry.unit}",
    )  # fmt: skip


def _of_size(entry: Entry, amounts: Sequence[float]) -> Entry:
    """The entry with other ends and median."""
    spread = entry.figures.all
    rounded = dict(zip(ENDS, amounts, strict=True))
    quantiles = tuple(rounded.get(at, value) for at, value in enumerate(spread.quantiles))
    return replace(entry, figures=replace(entry.figures, all=replace(spread, quantiles=quantiles)))


# Put in -----------------------------------------------------------------------------------------------------


def _put_in(facts: Facts, passages: Sequence[Passage]) -> Table:
    """What the runs do not find: paces that were assumed and put in, and what they have not at all."""
    columns = (
        Column(title="Said to pass", width=1.6),
        Column(title="From, to", width=1.3),
        Column(title="In the reports", width=1),
        Column(title="Put into the runs, assumed: input and no result", width=2.4),
    )
    rows = tuple(
        (tell(capital(each.name)), tell(f"{each.given_by} to {each.given_to}"), _counted(each), _pace(facts, each.kind))
        for each in passages
    )
    note = join("No value in money: what an assumed pace adds up to measures nothing.")
    return Table(
        id="exchange-inputs",
        columns=columns,
        rows=rows,
        caption=join("Said to pass, and not found by the runs"),
        note=note,
    )


def _pace(facts: Facts, kind: str) -> Spans:
    name = PUT_IN.get(kind, "")
    one = shown_assumptions(facts).get(name)
    if one is None:
        return join("not in the runs")
    return join(Ref(assumption_name(name), "assumption", name), ": ", method(prior_words(one)))
