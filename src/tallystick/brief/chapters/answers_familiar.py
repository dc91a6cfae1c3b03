"""Figures that a reader will have met elsewhere: what each of them is, and what became of it here."""

from __future__ import annotations

from tallystick.brief.chapters.base import DISPOSITION_NAMES
from tallystick.brief.document import Column, Section, Spans, Table
from tallystick.brief.facts import Facts
from tallystick.brief.prose import date_of, join, para, said, tell
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import capital, stop
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
RECENT = ("workers_present", "workers_arrived")


def familiar(facts: Facts) -> Section | None:
    """The most copied figures of stock, arrival, crossing and revenue, and the most recent counts of persons."""
    claims = sorted(_chosen(facts), key=lambda c: (c.measure == "programme_revenue", _size(c), c.id))
    if not claims:
        return None
    columns = (
        Column(title="Figure", width=1.3),
        Column(title="What it is", width=2.6),
        Column(title="Here", width=3),
    )
    lead = para("The most copied and the most recent published figures, so that nobody has to guess where they went.")
    table = Table(id="familiar", columns=columns, rows=tuple(_row(facts, claim) for claim in claims))
    return Section(id="figures-met", title="Figures you may have met", blocks=(lead, table))


def _chosen(facts: Facts) -> list[Claim]:
    copied = {o.root for o in facts.account.origins if len(o.members) >= COPIED}
    year = int(facts.headline_year)
    seen = facts.account.observations
    recent = {o.claim for o in seen if o.measure in RECENT and o.host == facts.focus and o.end.year >= year}
    return [facts.claims[id] for id in sorted(copied | recent) if facts.claims[id].measure in MEASURES]


def _size(claim: Claim) -> float:
    return next(value for value in (claim.point, claim.low, claim.high) if value is not None)


def _row(facts: Facts, claim: Claim) -> tuple[Spans, ...]:
    measure = facts.programme.measures[claim.measure]
    when = date_of(dates.stated_period(claim.start, claim.end))
    disposition = facts.dispositions[claim.id]
    return (
        (said(claim),),
        join(capital(measure.name), ", ", tell(facts.host_name(claim.host)), ", ", when, "; ", tell(claim.asserted_by)),
        join(
            capital(DISPOSITION_NAMES[disposition.disposition]),
            ". ",
            tell(stop(disposition.reason.split(". ")[0]), (claim.id,)),
        ),
    )
