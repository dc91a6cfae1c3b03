"""A programme as it could have been read on an earlier day.

What counts is when something can first have been said, never when we read it:

    claims        asserted_earliest is not after the day (the widest reading: a claim that may have been there, was)
    statements    their report can have been published by the day
    events        they had begun, and their report can have been published
    law           it was adopted by the day
    settings      stay: measures, classes, exchange rates and readings of law are ours and not the period's
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tallystick.vocab.programme import Programme, Report
from tallystick.vocab.records import Claim


def as_of(programme: Programme, day: date) -> Programme:
    """`programme` with everything left out that nobody can have said by `day`."""
    kept = {claim.id for claim in programme.claims if claim.asserted_earliest <= day}
    reports = {name for name, report in programme.reports.items() if _out_by(report, day)}
    return replace(
        programme,
        as_of=day,
        claims=tuple(_without_later(claim, kept) for claim in programme.claims if claim.id in kept),
        statements=tuple(
            replace(statement, related_claims=tuple(name for name in statement.related_claims if name in kept))
            for statement in programme.statements
            if statement.report in reports
        ),
        events=tuple(
            event
            for event in programme.events
            if event.report in reports and (event.start is None or event.start <= day)
        ),
        law=tuple(row for row in programme.law if row.adopted_on is None or row.adopted_on <= day),
    )


def _out_by(report: Report, day: date) -> bool:
    return report.published_earliest <= day


def _without_later(claim: Claim, kept: set[str]) -> Claim:
    """The claim without suspicions against claims that did not exist yet; proven origins are always older."""
    suspected = tuple(name for name in claim.suspected_from if name in kept)
    nothing_left = claim.link_kind == "suspected" and not suspected
    return replace(claim, suspected_from=suspected, link_kind="none" if nothing_left else claim.link_kind)
