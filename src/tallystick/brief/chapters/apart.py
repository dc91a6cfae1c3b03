"""What is read as one thing and is two: lapsed permits and departures, plans and sightings, a part and a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from tallystick.brief.chapters.base import row_period, where
from tallystick.brief.document import Block, Column, Figure, Section, Spans, Table
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.prose import EIGHTY, cell, date_of, join, listed, para, said, tell
from tallystick.brief.words.numbers import plain, span
from tallystick.brief.words.rounding import significant
from tallystick.reconcile.records import Fall, Place
from tallystick.reconcile.sightings import kind_of
from tallystick.reconcile.split import Part, Split, reported_parts, split
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.records import Claim

NOBODY = "\u2013"
KINDS = {"plan": "planned:", "forecast": "forecast:", "sighting": "said to have come:"}
DIGITS = 2  # of a difference between an estimate and a claim: neither is known better

# A fall in permits ------------------------------------------------------------------------------------------


def permits(facts: Facts) -> tuple[Block, ...]:
    """What may have become of those whose permit lapsed; nothing where no fall is named."""
    falls = facts.account.falls
    if not falls:
        return ()
    columns = (
        Column(title="Permits", width=2),
        Column(title="Fall, net of new permits (permits)", align="right"),
        Column(title="Stayed on another visa of that period (persons)", align="right"),
        Column(title="Departed, if no permit was new (persons)", align="right"),
    )
    note = join(
        "One person needs at least one visa, so no more can have stayed on those visas than were issued. The last "
        "column is the fall less those stays. It holds only if no permit was new and nobody stayed without such a "
        "visa: it bounds nothing else."
    )
    rows = tuple(_fall(fall) for fall in falls)
    table = Table(id="permits-fall", columns=columns, rows=rows, caption=join("A fall in permits"), note=note)
    return (*(_fall_told(facts, fall) for fall in falls), table)


def _fall_told(facts: Facts, fall: Fall) -> Block:
    """What the fall says, and what it does not."""
    ends = [facts.claims[id].end for id in fall.claims]
    until = date_of(str(ends[-1].year)) if ends[-1] is not None else join("that day")
    later = sorted({str(day.year) for id in fall.later_claims if (day := facts.claims[id].end) is not None})
    return para(
        "Permits in force fell by ",
        Figure(plain(fall.permits), fall.claims),
        ", net of new ones. How many people left is not bounded by it. By the end of ",
        until,
        " at most ",
        Figure(plain(fall.relabelled[1]), fall.visa_claims),
        f" can have stayed on a {fall.kinds} of that year",
        *(("; some may have done so on visas of ", listed([(date_of(year),) for year in later])) if later else ()),
        ".",
    )


def _fall(fall: Fall) -> tuple[Spans, ...]:
    return (
        tell(fall.name, fall.claims),
        (Figure(plain(fall.permits), fall.claims),),
        (Figure(f"at most {plain(fall.relabelled[1])}", fall.visa_claims),),
        (Figure(_range(fall.departed), (*fall.claims, *fall.visa_claims)),),
    )


def _range(pair: tuple[float, float]) -> str:
    return span(plain(pair[0]), plain(pair[1]))


# Plans, forecasts, sightings --------------------------------------------------------------------------------


def places(facts: Facts) -> Section | None:
    """Places that plans name: planned, forecast and seen in columns of their own, other people than workers apart."""
    found = [place for place in facts.account.places if _named(place)]
    if not found:
        return None
    columns = (
        Column(title="Place", width=1.1),
        Column(title="Planned", width=1.6),
        Column(title="Forecast or possible", width=1.6),
        Column(title="Said to be there or to have come", width=1.3),
        Column(title="Confirmed", width=0.9),
        Column(title="Military builders, apart from workers", width=1.8),
    )
    lead = para(
        "Persons as stated. A plan, a forecast and a sighting never stand in for each other. A sighting is a figure "
        "that says that workers were or arrived there; arrivals count as confirmed only where two separate origins "
        "say so. That nobody is confirmed is a result: it neither says that nobody went nor that anybody did."
    )
    table = Table(id="places-planned", columns=columns, rows=tuple(_place(facts, place) for place in found))
    return Section(id="arrivals-places", title="Places that plans name", blocks=(lead, table))


def _named(place: Place) -> bool:
    return bool(place.plans or place.forecasts or place.sightings or place.others)


def _place(facts: Facts, place: Place) -> tuple[Spans, ...]:
    kinds = (place.plans, place.forecasts, place.sightings)
    confirmed = (Figure(f"at least {plain(place.confirmed)}", place.sightings),) if place.confirmed else join("none")
    return (
        tell(place.name),
        *(_claims(facts, claims) for claims in kinds),
        confirmed,
        _claims(facts, place.others, kinds=True),
    )


def _claims(facts: Facts, ids: Sequence[str], *, kinds: bool = False) -> Spans:
    """Figures with their asserters; `kinds` says of each whether it is a plan, a forecast or a sighting."""
    claims = [facts.claims[id] for id in ids]
    word = {c.id: f"{KINDS[kind_of(c, facts.programme)]} " if kinds else "" for c in claims}
    return _beside([join(word[c.id], said(c, short=True), " (", tell(c.asserted_by), ")") for c in claims])


def _beside(runs: Sequence[Spans]) -> Spans:
    """Runs one after another, or a dash."""
    out: Spans = ()
    for run in runs:
        out = join(out, "; " if out else "", run)
    return out or join(NOBODY)


# Regions and sectors ----------------------------------------------------------------------------------------


def regions(facts: Facts) -> Section | None:
    """What is reported of regions and sectors within the whole, the rest unknown and never shared out."""
    ends = [e for e in facts.series("workers_present", facts.focus) if e.period.endswith("-12")]
    told = [(e, _split(facts, e)) for e in ends]
    shown = [pair for pair in told if pair[1].parts or pair[0].period == facts.headline_month]
    if not shown:
        return None
    columns = (
        Column(title="End of", width=0.7),
        Column(title="Workers, all regions", align="right"),
        Column(title="Reported of one region", width=1.8),
        Column(title="Region not reported", align="right"),
    )
    sectors = any(_reported(facts, e, "sector") for e in ends)
    lead = para(
        "Only what somebody counted is told apart. What is left is unknown and is shared out neither equally nor by "
        "anybody\u2019s share of plans or permits. ",
        ""
        if sectors
        else f"No figure can be used as a count of one sector {where(facts, facts.focus)}: by sector "
        "everybody is unknown.",
    )
    note = join("Unknown: from the lower end of the ", EIGHTY, " interval less the most reported, to its upper end "
                "less the least. A count that covers most of the host is in the estimate and is no part.")  # fmt: skip
    rows = tuple(_row(facts, e, one) for e, one in shown)
    table = Table(id="stock-regions", columns=columns, rows=rows, note=note)
    return Section(id="stock-regions", title="By region and sector", blocks=(lead, table))


def _reported(facts: Facts, e: Estimate, by: Literal["region", "sector"]) -> Mapping[str, tuple[Claim, ...]]:
    year = int(e.period[:4])
    return reported_parts(
        facts.programme, facts.account, facts.focus, by, date(year, 1, 1), date(year, 12, 31)
    )  # fmt: skip


def _split(facts: Facts, e: Estimate) -> Split:
    return split((e.interval.lower_80, e.interval.upper_80), _reported(facts, e, "region"))


def _row(facts: Facts, e: Estimate, found: Split) -> tuple[Spans, ...]:
    parts = _beside([_part(facts, part) for part in found.parts])
    claims = tuple(id for part in found.parts for id in part.claims)
    unknown = span(*(plain(significant(value, DIGITS)) for value in (found.unknown.low, found.unknown.high)))
    conflict = join(" (", tell(found.conflict, claims), ")") if found.conflict else ()
    return (
        (date_of(row_period(e.period)),),
        cell(e),
        join(parts, conflict),
        (Figure(unknown, claims, estimate=card_id(e), title="our estimate less what is reported"),),
    )


def _part(facts: Facts, part: Part) -> Spans:
    asserters = listed([tell(facts.claims[id].asserted_by) for id in part.claims])
    return join(tell(part.id), " ", Figure(_range((part.low, part.high)), part.claims), " (", asserters, ")")
