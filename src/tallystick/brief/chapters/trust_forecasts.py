"""What was forecast before it was published, and the hash that proves it."""

from __future__ import annotations

from tallystick.brief.cards_forecasts import forecast_id, said_of, shown
from tallystick.brief.document import Block, Column, Figure, Ref, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import EIGHTY, date_of, how_many, join, method, para
from tallystick.brief.words import dates
from tallystick.brief.words.claims import claim_number
from tallystick.brief.words.grammar import capital
from tallystick.forecasts.answered import Answer, OnRecord

STATES = {"open": "not yet", "lapsed": "nothing in time"}


def forecasts(facts: Facts) -> Section | None:
    """The record's forecasts; None where nothing is on record."""
    found = facts.on_record
    if found is None:
        return None
    blocks: tuple[Block, ...] = (_before(found), _table(facts), *_so_far(found), _proof(found))
    return Section(id="trust-forecasts", title="Forecasts on record", blocks=blocks)


def _before(found: OnRecord) -> Block:
    return para(
        "A forecast that is told after the figure is none. So what some figures will be said to be was written down "
        "before they were published, by the same pool of model and plain forecasts that is tried on its own past, on ",
        how_many(len({entry.frozen_on for entry, _ in found.chain}), "day"),
        ". It is of what a source will say, its errors and all, if it says anything; it is no second estimate of how "
        "many workers there are.",
    )  # fmt: skip


def _table(facts: Facts) -> Table:
    columns = (
        Column(title="What will be said", width=2.6),
        Column(title=join(EIGHTY, " interval"), align="right", width=1.4),
        Column(title="Middle", align="right"),
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
            "A figure answers when it is the first that the account uses, was first said after the day of freezing, "
            "and is of the same kind, country, days and class of sources. All forecasts, with more of their quantiles, "
            "are in forecasts.csv."
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
        ", each with a hash of all bytes before it, so that none can be changed unseen. It ends in ",
        method(found.head),
        ". Whoever keeps this brief can ask at any time whether the record still holds that hash: ",
        method("tallystick forecast --against HASH"),
        " answers it.",
    )
