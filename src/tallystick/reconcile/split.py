"""How a whole divides into the parts that somebody reports, with what nobody reports as a part of its own.

Parts always sum to the whole: whatever the reported ones leave is `unknown`, with a range, and is never shared out
among them. Where the parts come to more than the whole, that is said and not mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tallystick.reconcile.records import Account
from tallystick.reconcile.time import window_of
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

UNKNOWN = "unknown"
STOCK, PRESENT = "S", "workers_present"
Range = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: persons from `low` to `high`, and the claims that say so (none of what is unknown)."""

    id: str
    low: float
    high: float
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """All parts of a whole; `conflict` says where those reported exceed it."""

    whole: Range
    parts: tuple[Part, ...]
    unknown: Part
    conflict: str = ""


def reported_parts(
    programme: Programme, account: Account, host: str, by: Literal["region", "sector"], end: date
) -> dict[str, tuple[Claim, ...]]:
    """Counts of workers in one region or sector of a host, one for each origin, to lay beside the end of a year.

    Each count belongs to the end of the year that is nearest to the middle of its days, and to no other. A share that
    somebody states of a sector is no count, nationals and students are no workers, and a repeat counts nothing; nor
    does what the programme sets apart as said but not counted.
    """
    parts: dict[str, list[Claim]] = defaultdict(list)
    not_counted = {row["claim"] for row in programme.tables.get("apart", {}).get("uncounted", ())}
    for claim in programme.claims:
        other = claim.sector if by == "region" else claim.region
        if claim.host == host and getattr(claim, by) and not other and _counts(claim, account):
            window = window_of(claim, STOCK)
            if window is not None and nearest_end(window.middle) == end and claim.id not in not_counted:
                parts[getattr(claim, by)].append(claim)
    return {name: tuple(claims) for name, claims in sorted(parts.items())}


def nearest_end(day: date) -> date:
    """The end of a year that is nearest to a day; the earlier where both are as near."""
    return min((date(day.year - 1, 12, 31), date(day.year, 12, 31)), key=lambda end: abs((day - end).days))


def _counts(claim: Claim, account: Account) -> bool:
    """Whether a claim counts workers of one part alone: those are context to a model of whole hosts."""
    return claim.measure == PRESENT and account.disposition_of(claim.id).disposition == "context"


def split(whole: Range, reported: Mapping[str, Iterable[Claim]]) -> Split:
    """The parts within the whole. Where several claims speak of one part, its range holds all of them."""
    parts = tuple(_part(name, tuple(claims), whole) for name, claims in reported.items())
    least, most = sum(part.low for part in parts), sum(part.high for part in parts)
    conflict = f"the parts come to {least:,.0f} at least, the whole to {whole[1]:,.0f} at most"
    return Split(
        whole=whole,
        parts=parts,
        unknown=Part(id=UNKNOWN, low=max(whole[0] - most, 0.0), high=max(whole[1] - least, 0.0)),
        conflict=conflict if least > whole[1] else "",
    )


def _part(name: str, claims: tuple[Claim, ...], whole: Range) -> Part:
    """A floor reaches up to the whole and a ceiling down to nobody."""
    lows = [value if (value := _first(each.low, each.point)) is not None else 0.0 for each in claims]
    highs = [value if (value := _first(each.high, each.point)) is not None else whole[1] for each in claims]
    return Part(id=name, low=min(lows), high=max(highs), claims=tuple(each.id for each in claims))


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)
