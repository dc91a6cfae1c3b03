"""What is said of people at a place: a plan, a forecast or a sighting, which never stand in for each other.

    plan       somebody says that it is planned, without a word that leaves it open
    forecast   somebody speaks of what could be, or expects it
    sighting   a figure says that people were there or came there, by the day of its assertion where it names none

Arrivals are confirmed only by sightings of two separate origins; none is a result and not a gap to be filled. Those
whom the account does not count as workers, or a source calls something else, stay apart throughout.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from tallystick.reconcile.records import Account, Place
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

Kind = Literal["plan", "forecast", "sighting"]
PLANNED, FORECAST = "workers_planned", "forecast"
MAYBE = ("could", "may", "might", "would", "possibly", "forecast", "expect", "considering", "should", "if ")
TWO = 2  # separate origins that make a sighting confirmed


def place_of(
    id: str, name: str, programme: Programme, account: Account, claims: Iterable[str], others: Collection[str] = ()
) -> Place:
    """The claims named, sorted by what they are; repeats and garbled copies say nothing of their own.

    others : ids of claims of people whom their source does not call workers
    """
    found = [programme.claim(each) for each in claims]
    own = [each for each in found if account.disposition_of(each.id).disposition not in ("repeat", "garbled")]
    no_worker = {each.id for each in own if account.disposition_of(each.id).disposition == "out_of_scope"} | {*others}
    workers = [each for each in own if each.id not in no_worker]
    seen = [each for each in workers if kind_of(each, programme) == "sighting"]
    origins = {account.disposition_of(each.id).origin for each in seen}
    return Place(
        id=id,
        name=name,
        plans=_of("plan", workers, programme),
        forecasts=_of("forecast", workers, programme),
        sightings=tuple(each.id for each in seen),
        others=tuple(each.id for each in own if each not in workers),
        origins_of_sightings=len(origins),
        confirmed=min(map(_least, seen)) if len(origins) >= TWO else 0.0,
    )


def kind_of(claim: Claim, programme: Programme) -> Kind:
    """Which of the three a claim is; a plan becomes a forecast where its hedge, or a row that rests on it, says so."""
    if claim.measure != PLANNED and (claim.start is None or claim.start <= claim.asserted_latest):
        return "sighting"
    rests = (row.kind for row in programme.statements if claim.id in row.related_claims)
    is_maybe = any(word in claim.hedge.lower() for word in MAYBE)
    return "forecast" if is_maybe or FORECAST in rests or claim.measure != PLANNED else "plan"


def _of(kind: Kind, claims: Iterable[Claim], programme: Programme) -> tuple[str, ...]:
    return tuple(each.id for each in claims if kind_of(each, programme) == kind)


def _least(claim: Claim) -> float:
    """The fewest that a claim speaks of; a ceiling speaks of nobody for certain."""
    return next((value for value in (claim.low, claim.point) if value is not None), 0.0)
