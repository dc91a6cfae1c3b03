"""Figures that a reader will have met elsewhere: what each of them is, and what became of it here."""

from __future__ import annotations

import math

from tallystick.brief.backing import last_voices
from tallystick.brief.chapters.base import DISPOSITION_NAMES, at
from tallystick.brief.document import Column, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.periods import STOCK, WORLD
from tallystick.brief.prose import cell, date_of, join, para, said, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import capital, stop
from tallystick.vocab.estimate import Estimate
from tallystick.vocab.records import Claim

COPIED = 5  # claims that go back to one, itself among them: the figure has made its way
MEASURES = (
    "workers_present",
    "workers_arrived",
    "workers_planned",
    "work_permits_valid",
    "entries_total",
    "programme_revenue",
)
PERIODS = {"workers_present": "{year}-12", "workers_arrived": "{year}", "programme_revenue": "{year}"}
PLAIN = "Read as"  # how the reason of a claim begins that was taken for what it states
RECENT = ("workers_present", "workers_arrived")


def familiar(facts: Facts) -> Section | None:
    """The most copied figures of stock, arrival, crossing and revenue, the most recent, and last counts far off."""
    claims = sorted(_chosen(facts), key=lambda c: (c.measure == "programme_revenue", _size(c), c.id))
    if not claims:
        return None
    columns = (
        Column(title="Figure", width=1.8),
        Column(title="What it is", width=2.6),
        Column(title="Ours", align="right", width=2.2),
        Column(title="Here", width=2.4),
    )
    lead = para(
        "The most copied and the most recent published figures, and last counts that lie far off, beside ours for the "
        "time that they speak of; a headcount of ours is that at the end of the month, or of the year."
    )
    table = Table(id="familiar", columns=columns, rows=tuple(_row(facts, claim) for claim in claims))
    return Section(id="figures-met", title="Figures you may have met", blocks=(lead, table))


def _chosen(facts: Facts) -> list[Claim]:
    copied = {o.root for o in facts.account.origins if len(o.members) >= COPIED}
    year = int(facts.headline_year)
    seen = facts.account.observations
    recent = {o.claim for o in seen if o.measure in RECENT and o.host == facts.focus and o.end.year >= year}
    last = {o.claim for host in facts.hosts_of(STOCK) if host != WORLD for o in last_voices(facts, host)}
    far = {id for id in last if beside(facts.claims[id], _ours(facts, facts.claims[id]))}
    return [facts.claims[id] for id in sorted(copied | recent | far) if facts.claims[id].measure in MEASURES]


def _size(claim: Claim) -> float:
    return next(value for value in (claim.point, claim.low, claim.high) if value is not None)


def _row(facts: Facts, claim: Claim) -> tuple[Spans, ...]:
    measure = facts.programme.measures[claim.measure]
    when = date_of(dates.stated_period(claim.start, claim.end))
    return (
        (said(claim),),
        join(capital(measure.name), ", ", tell(facts.host_name(claim.host)), ", ", when, "; ", tell(claim.asserted_by)),
        _dated(_ours(facts, claim)),
        _use(facts, claim),
    )


def _ours(facts: Facts, claim: Claim) -> Estimate | None:
    """Our estimate of the same thing in the month or year that a figure speaks of; none where it spans several."""
    seen = facts.account.observation_of(claim.id)
    if claim.measure not in PERIODS or seen is None:
        return None
    years = {seen.start.year, seen.end.year} if claim.start else {claim.asserted_earliest.year}
    if len(years) > 1 or (claim.end is not None and claim.start is None):
        return None
    period = PERIODS[claim.measure].format(year=years.pop())
    if claim.measure == STOCK and f"{seen.start:%Y-%m}" == f"{seen.end:%Y-%m}":
        period = f"{seen.end:%Y-%m}"
    return next((e for part in (None, "all") if (e := facts.find(claim.measure, claim.host, period, part))), None)


def _dated(ours: Estimate | None) -> Spans:
    """Our figure with the day or year that it speaks of, which need not be the day of the other."""
    return cell(ours) if ours is None else join(cell(ours), " ", at(ours.period))


def _use(facts: Facts, claim: Claim) -> Spans:
    """What became of a figure, with the reason unless the figure was simply read as what it is."""
    disposition, ours = facts.dispositions[claim.id], _ours(facts, claim)
    place = beside(claim, ours)
    name, reason = capital(DISPOSITION_NAMES[disposition.disposition]), disposition.reason
    if ours is not None:  # of a figure with none beside it the whole reading is told
        reason = reason.split(". ")[0]
    if disposition.disposition == "used" and reason.startswith(PLAIN):
        return join(name, place, ".")
    return join(name, place, ". ", tell(stop(reason), (claim.id,)))


def beside(claim: Claim, ours: Estimate | None) -> str:
    """Whether a figure lies wholly below or above our interval."""
    if ours is None:
        return ""
    low, high = claim.point or claim.low or 0.0, claim.point or claim.high or math.inf
    if high < ours.interval.lower_80:
        return "; below our interval"
    if claim.point is None and claim.high is None and ours.interval.median < low <= ours.interval.upper_80:
        return "; our median is below this floor"
    return "; above our interval" if low > ours.interval.upper_80 else ""
