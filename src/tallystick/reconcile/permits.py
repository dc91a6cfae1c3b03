"""A fall in permits, as far as it can be told what became of their holders.

A fall between two counts is net of the permits that were new: how many people left is not bounded by it. What bounds
the stays under another title is the visas of other kinds that were issued between the two counts, since one person
needs at least one; a visa of a later period says nothing of who had stayed by the second count. Only where no permit
was new, and nobody stayed but on such a visa, did everybody else leave: under that assumption both are ranges that sum
to the fall.
"""

from __future__ import annotations

from collections.abc import Iterable

from tallystick.reconcile.records import Fall
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.records import Claim

FILE = "claims.csv"


def fall_in_permits(
    before: Claim, after: Claim, visas: Iterable[Claim], later: Iterable[Claim] = (), name: str = "", kinds: str = ""
) -> Fall:
    """The fall between two counts, with the visas issued between them and, to be named alone, those issued later."""
    fall = _count(before) - _count(after)
    if fall < 0:
        raise EvidenceError(
            f"permits rose by {-fall:,.0f} from {before.id} to {after.id}", file=FILE, row=after.row,
            field="value_point", hint="only a fall can be divided into departures and relabelled stays",
        )  # fmt: skip
    between, named_alone = tuple(visas), tuple(later)
    issued = sum(_count(_issued_between(each, before, after)) for each in between)
    stayed = min(fall, issued)
    return Fall(
        name=name, kinds=kinds, permits=fall, visas=issued, relabelled=(0.0, stayed), departed=(fall - stayed, fall),
        claims=(before.id, after.id), visa_claims=tuple(each.id for each in between),
        later_claims=tuple(each.id for each in named_alone),
    )  # fmt: skip


def _issued_between(visa: Claim, before: Claim, after: Claim) -> Claim:
    """The same claim; EvidenceError where it counts visas of other days than those between the two counts."""
    first, last = before.end, after.end
    if not (first and last and visa.start and visa.end and first < visa.start <= visa.end <= last):
        raise EvidenceError(
            f"{visa.id} counts visas of other days than those from {before.id} to {after.id}", file=FILE, row=visa.row,
            field="period_start", hint="a visa of another period bounds no stay: name it as later",
        )  # fmt: skip
    return visa


def _count(claim: Claim) -> float:
    if claim.point is None:
        raise EvidenceError(
            f"{claim.id} is no single count", file=FILE, row=claim.row, field="value_point", hint="take counts alone"
        )
    return claim.point
