"""A fall in permits, as far as it can be told what became of their holders.

Whose permit lapsed either left or stayed under another visa. Nobody counted either; the visas of other kinds that
were issued beside the fall bound the second, since one person needs at least one visa. So both are ranges that sum to
the fall, and a fall is never read as so many departures.
"""

from __future__ import annotations

from collections.abc import Iterable

from tallystick.reconcile.records import Fall
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.records import Claim

FILE = "claims.csv"


def fall_in_permits(before: Claim, after: Claim, visas: Iterable[tuple[Claim, Claim]], name: str = "") -> Fall:
    """The fall between two counts, beside the rise of other visas, each given as (before, after).

    Of the rise at most the fall can be relabelled stays: the rest came anew, or are second visas of one person.
    """
    fall = _count(before) - _count(after)
    if fall < 0:
        raise EvidenceError(
            f"permits rose by {-fall:,.0f} from {before.id} to {after.id}", file=FILE, row=after.row,
            field="value_point", hint="only a fall can be divided into departures and relabelled stays",
        )  # fmt: skip
    pairs = list(visas)
    rise = sum(max(_count(later) - _count(earlier), 0.0) for earlier, later in pairs)
    most = min(fall, rise)
    named = (before, after, *(claim for pair in pairs for claim in pair))
    return Fall(
        name=name, permits=fall, departed=(fall - most, fall), relabelled=(0.0, most),
        claims=tuple(claim.id for claim in named),
    )  # fmt: skip


def _count(claim: Claim) -> float:
    if claim.point is None:
        raise EvidenceError(
            f"{claim.id} is no single count", file=FILE, row=claim.row, field="value_point", hint="take counts alone"
        )
    return claim.point
