"""What is read as one thing and is two: lapsed permits and departures, plans and sightings, a part and a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from tallystick.brief.chapters.base import row_period, where
from tallystick.brief.document import Block, Bullets, Column, Figure, Section, Spans, Table
from tallystick.brief.facts import Facts, card_id
from tallystick.brief.prose import EIGHTY, cell, date_of, join, listed, para, said, tell
from tallystick.brief.words import dates
from tallystick.brief.words.numbers import plain, span
from tallystick.brief.words.rounding import rounded
from tallystick.reconcile.records import Fall, Place
from tallystick.reconcile.sightings import kind_of
from tallystick.reconcile.split import Part, Split, reported_parts, split
from tallystick.reconcile.time import DATED
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.records import Claim

NOBODY = "\u2013"
KINDS = {"plan": "said to be planned:", "forecast": "forecast:", "sighting": "said to have come or to be on the way:"}

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
        Column(title="Place", width=1),
        Column(title="Workers said to be planned", width=1.6),
        Column(title="Workers forecast or possible", width=1.9),
        Column(title="Workers said to be there or to have come", width=4),
        Column(title="Confirmed", width=0.8),
        Column(title="Other people than workers", width=2),
    )
    lead = para(
        "Persons, each with its asserter and the time at which it was said. A plan, a forecast and a sighting never "
        "stand in for each other. A sighting is a figure that says that workers were or arrived there; arrivals count "
        "as confirmed only where two separate origins say so. That nobody is confirmed is a result: it neither says "
        "that nobody went nor that anybody did."
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
    """Figures with their asserters and dates; `kinds` says of each whether it is a plan, a forecast or a sighting."""
    claims = [facts.claims[id] for id in ids]
    word = {c.id: f"{KINDS[kind_of(c, facts.programme)]} " if kinds else "" for c in claims}
    return _beside(
        [join(word[c.id], _number(facts, c), " (", tell(c.asserted_by), ", ", _dated(c), ")") for c in claims]
    )


def _number(facts: Facts, claim: Claim) -> Spans:
    """A figure as stated, or the words for it where the number alone would be misread."""
    words = facts.programme.tables.get("apart", {}).get("in_words", {}).get(claim.id)
    return tell(words, (claim.id,)) if words else (said(claim, short=True),)


def _dated(claim: Claim) -> Spans:
    """When it was said, and the time that it speaks of where it names one."""
    named = f", for the time {dates.stated_period(claim.start, claim.end)}" if claim.start or claim.end else ""
    return (date_of(f"{_said_when(claim)}{named}"),)


def _said_when(claim: Claim) -> str:
    if claim.dating_sure not in DATED:
        return "on a day not known"
    return f"in {dates.loose_window(claim.asserted_earliest, claim.asserted_latest)}"


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
        Column(title=f"Workers {where(facts, facts.focus)}, all regions", align="right"),
        Column(title="Counted in one region", width=1.8),
        Column(title="Region not reported", align="right"),
    )
    sectors = any(_reported(facts, e, "sector") for e in ends)
    lead = para(
        "Only what somebody counted is told apart, beside the end of the year that is nearest to the count. What is "
        "left is unknown and is shared out neither equally nor by anybody\u2019s share of plans or permits. ",
        ""
        if sectors
        else f"No figure can be used as a count of one sector {where(facts, facts.focus)}: by sector "
        "everybody is unknown.",
    )
    note = join("Persons. Unknown: the lower end of the ", EIGHTY, " interval, as printed, less the most counted, to "
                "its upper end less the least. A count that covers most of the host is in the estimate and is no "
                "part.")  # fmt: skip
    rows = tuple(_row(facts, e, one) for e, one in shown)
    table = Table(id="stock-regions", columns=columns, rows=rows, note=note)
    blocks = (lead, table, *_uncounted(facts))
    return Section(id="stock-regions", title=_title(facts, sectors), blocks=blocks)


def _title(facts: Facts, sectors: bool) -> str:
    """What is told apart, so that nobody looks here for sectors where none was counted."""
    here = where(facts, facts.focus)
    return f"By region and sector {here}" if sectors else f"By region {here} (sectors: unknown)"


def _uncounted(facts: Facts) -> tuple[Block, ...]:
    """What is said of a part of the host and is no count, with its time; nothing where nothing is."""
    rows = facts.programme.tables.get("apart", {}).get("uncounted", ())
    told = [(facts.claims[row["claim"]], row["why"]) for row in rows if row["claim"] in facts.claims]
    lines = tuple(
        join(
            tell(claim.region), ": ", said(claim, short=True), ", ", date_of(_when(claim)),
            " (", tell(claim.asserted_by), "): ", tell(why, (claim.id,)),
        )
        for claim, why in told
    )  # fmt: skip
    return (para("Said of one region, and no count:"), Bullets(lines)) if lines else ()


def _when(claim: Claim) -> str:
    """The month or days that a figure names; else that it names none, and when it was said."""
    if claim.start and claim.end:
        return dates.window(claim.start, claim.end)
    return f"no time named; said {_said_when(claim)}"


def _reported(facts: Facts, e: Estimate, by: Literal["region", "sector"]) -> Mapping[str, tuple[Claim, ...]]:
    return reported_parts(facts.programme, facts.account, facts.focus, by, date(int(e.period[:4]), 12, 31))


def _split(facts: Facts, e: Estimate) -> Split:
    """The parts within the interval as it is printed, so that a reader's subtraction gives what stands there."""
    whole = rounded(e.interval, whole=True)
    return split((whole.low, whole.high), _reported(facts, e, "region"))


def _row(facts: Facts, e: Estimate, found: Split) -> tuple[Spans, ...]:
    parts = _beside([_part(facts, part) for part in found.parts])
    claims = tuple(id for part in found.parts for id in part.claims)
    unknown = _range((found.unknown.low, found.unknown.high))
    conflict = join(" (", tell(found.conflict, claims), ")") if found.conflict else ()
    return (
        (date_of(row_period(e.period)),),
        cell(e),
        join(parts, conflict),
        (Figure(unknown, claims, estimate=card_id(e), title="our estimate less what is counted"),),
    )


def _part(facts: Facts, part: Part) -> Spans:
    """Its range, and each count behind it with its days."""
    counts = [facts.claims[id] for id in part.claims]
    each = [join(tell(one.asserted_by), ", ", date_of(_when(one))) for one in counts]
    return join(tell(part.id), " ", Figure(_range((part.low, part.high)), part.claims), " (", _beside(each), ")")
