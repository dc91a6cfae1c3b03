"""What was forecast before it was published, and the hash that proves it."""

from __future__ import annotations

from tallystick.brief.cards_forecasts import forecast_id, said_of, shown
from tallystick.brief.chapters.arrivals import as_shown
from tallystick.brief.chapters.trust_failed import kind_held, poor_kinds, rows_short
from tallystick.brief.chapters.trust_scored import group, opens, percent, scored_in, used_lines
from tallystick.brief.document import Block, Column, Figure, Ref, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, how_many, join, listed, method, para
from tallystick.brief.words import dates
from tallystick.brief.words.claims import claim_number
from tallystick.brief.words.grammar import agree, capital
from tallystick.forecasts.answered import Answer, OnRecord
from tallystick.forecasts.kept import Kept
from tallystick.forecasts.score import FAMILIES

STATES = {"open": "not yet", "lapsed": "nothing in time"}


def forecasts(facts: Facts) -> Section | None:
    """The record's forecasts; None where nothing is on record."""
    found = facts.on_record
    if found is None:
        return None
    blocks: tuple[Block, ...] = (
        _before(found), _table(facts), *_tried(facts), *as_shown(facts), *_so_far(found), _proof(found),
    )  # fmt: skip
    return Section(id="trust-forecasts", title="Forecasts on record", blocks=blocks)


def _before(found: OnRecord) -> Block:
    return para(
        "A forecast proves something only if it was written down before the figure was published. On ",
        how_many(len({entry.frozen_on for entry, _ in found.chain}), "day"),
        " this account wrote down what some coming figures will be said to be, by the same pool of model and plain "
        "forecasts that is tried on its own past. Each is a forecast of what a source will say, errors and all, if it "
        "says anything; it is no second estimate of how many workers there are.",
    )  # fmt: skip


def _table(facts: Facts) -> Table:
    columns = (
        Column(title="Our forecast of what will be said, when nobody had said it", width=2.6),
        Column(title=join("Forecast, ", EIGHTY, " interval"), align="right", width=1.4),
        Column(title="Forecast, middle", align="right"),
        Column(title="Said since", align="right"),
        Column(title="Frozen on", width=1.4),
        Column(title="Counts until", width=1.4),
    )
    return Table(
        id="forecasts-on-record",
        columns=columns,
        rows=tuple(_row(facts, one) for one in shown(facts)),
        caption=join("The last forecast of each figure"),
        note=join(
            "Frozen: written down for good. The figure that a forecast is held to is the first of the same kind, "
            "country, days and class of source that the account uses, if it was first said after that day; which class "
            "a source is of, and whether its figure is used, is judged only then. All forecasts, with more of their "
            "quantiles, are in forecasts.csv."
        ),
    )


def _row(facts: Facts, one: Answer) -> tuple[Spans, ...]:
    asked, said, card = one.forecast.asked, said_of(one), forecast_id(one)
    title = "what the figure was forecast to say"
    return (
        (Ref(capital(asked.words), "estimate", card),),
        (Figure(said.interval, estimate=card, title=title),),
        (Figure(said.median, estimate=card, title=title),),
        _answer(facts, one),
        (date_of(dates.day(one.frozen_on)),),
        (date_of(dates.day(asked.expected_by)),),
    )


def _answer(facts: Facts, one: Answer) -> Spans:
    if one.scored is None:
        return join(STATES[one.state])
    claim = facts.claims[one.scored.claim]
    return (Figure(claim_number(claim), (claim.id,), title="what the figure then said"),)


def _tried(facts: Facts) -> tuple[Block, ...]:
    """How many are of kinds of which the trial's intervals held too few, and what these held."""
    kept = facts.backtest
    if kept is None:
        return ()
    found = [*_by_family(facts, kept), *_by_kind(facts, kept)]
    number, of = sum(many for many, _ in found), len(shown(facts))
    if not number:
        return ()
    said = [join(how_many(many, "is", "are"), " on ", words) for many, words in found]
    return (
        para(
            how_many(number, "of these", "of these", start=True), " ", method(str(of)),
            f" {agree(number, 'is', 'are')} of kinds of which the ", EIGHTY, " intervals of the trial on the past held "
            "far too few: ", listed(said), ". Read these as too narrow.",
        ),
    )  # fmt: skip


def _by_family(facts: Facts, kept: Kept) -> list[tuple[int, Spans]]:
    """For each kind that the trial held too seldom: how many forecasts on record are of it, and what was held."""
    return [
        (many, join(group(facts, row), " (", opens(scored_in(facts, kept, row), percent(row.coverage_80)), ")"))
        for row in rows_short(kept, "family")
        if (many := sum(_family(facts, one) == row.name for one in shown(facts)))
    ]


def _by_kind(facts: Facts, kept: Kept) -> list[tuple[int, Spans]]:
    """The same of a measure in one host of which the last forecasts held fewer than half, if of no kind so named."""
    named = {row.name for row in rows_short(kept, "family")}
    left = [one.forecast.asked for one in shown(facts) if _family(facts, one) not in named]
    return [
        (many, kind_held(facts, kind))
        for kind in poor_kinds(used_lines(facts, kept))
        if (many := sum((one.measure, one.host) == (kind.measure, kind.host) for one in left))
    ]


def _family(facts: Facts, one: Answer) -> str:
    return FAMILIES[facts.programme.measures[one.forecast.asked.measure].object]


def _so_far(found: OnRecord) -> tuple[Block, ...]:
    """How many were held, once there are any; each figure once, by the last forecast before it."""
    scored = {one.scored.claim: one.scored for one in found.answers if one.scored is not None}
    if not scored:
        return ()
    held = sum(one.low_80 <= one.said <= one.high_80 for one in scored.values())
    return (
        para(
            "So far ", how_many(len(scored), "figure"), " can be judged; the last ", EIGHTY, " interval before it ",
            "held ", how_many(held, "of them", "of them") if held else "none", ". Whether that is more than chance, ",
            method("tallystick forecast --score"), " says.",
        ),
    )  # fmt: skip


def _proof(found: OnRecord) -> Block:
    return para(
        "The record is a chain of ",
        how_many(len(found.chain), "entry", "entries"),
        ", each with a fingerprint (a hash) of everything before it. Whoever changes an old forecast changes all "
        "fingerprints after it, and the last one stands here: ",
        method(found.head),
        ". Keep it, and ",
        method("tallystick forecast --against HASH"),
        " will say at any time whether the record still holds it.",
    )
