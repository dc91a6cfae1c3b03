"""Windows of one table that overlap: a year and its quarters count the same events.

Of each set of rows that speak of the same thing, those are kept that cover the most days without overlap, and among
equals those with the finest windows. Where finer rows cover a kept one but for one stretch of days, they are kept too,
and of the wider row what is left for that stretch. The others are checks, not observations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tallystick.reconcile.lineage import Key, order
from tallystick.reconcile.time import Window
from tallystick.vocab.records import Claim


@dataclass(frozen=True, slots=True)
class Windowed:
    """A claim with the days that it speaks of and the key of the rows that it may overlap with.

    exact : a count that is no rounded figure, so that a difference means something.
    """

    claim: Claim
    window: Window
    key: Key
    exact: bool


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a row, for these days, when finer rows of its table are taken away."""

    window: Window
    point: float
    finer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """How rows share out days: those counted elsewhere -> the rows that count them; those read for a rest of theirs."""

    elsewhere: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rests: dict[str, Rest] = field(default_factory=dict)


def shared_out(rows: Iterable[Windowed]) -> Sharing:
    """Which rows of each table are counted, for which days."""
    groups: dict[Key, list[Windowed]] = defaultdict(list)
    for row in rows:
        groups[row.key].append(row)
    found = Sharing()
    for group in groups.values():
        kept = finest_cover(group)
        for row in tuple(kept):
            finer = _finer(row, group)
            rest = _rest(row, finer)
            if rest is not None:
                found.rests[row.claim.id] = rest
                kept += finer
        for row in (one for one in group if one not in kept):
            counted = ((other, found.rests.get(other.claim.id)) for other in kept)
            overlapping = [other for other, rest in counted if _overlap(row.window, (rest or other).window)]
            found.elsewhere[row.claim.id] = tuple(other.claim.id for other in overlapping)
    return found


def _finer(row: Windowed, group: Sequence[Windowed]) -> list[Windowed]:
    """The best cover by counts within the row's window."""
    inside = [
        other
        for other in group
        if other is not row and row.window.start <= other.window.start and other.window.end <= row.window.end
    ]
    return finest_cover([other for other in inside if other.exact and other.window.days < row.window.days])


def _rest(row: Windowed, finer: Sequence[Windowed]) -> Rest | None:
    """The one stretch of days that `finer` leaves open, with what is left for it; None where there is no such one."""
    if not finer or row.claim.point is None or not row.exact:
        return None
    gaps, day = [], row.window.start
    for one in sorted(finer, key=lambda each: each.window.start):
        if one.window.start > day:
            gaps.append((day, one.window.start - timedelta(days=1)))
        day = one.window.end + timedelta(days=1)
    if day <= row.window.end:
        gaps.append((day, row.window.end))
    left = row.claim.point - sum(one.claim.point for one in finer if one.claim.point is not None)
    if len(gaps) != 1 or left <= 0:
        return None
    return Rest(Window(*gaps[0], "stated"), left, tuple(one.claim.id for one in finer))


def finest_cover(rows: Sequence[Windowed]) -> list[Windowed]:
    """The rows that cover the most days without overlap; ties go to more rows, then to the earlier assertion."""
    in_order = sorted(rows, key=lambda row: (row.window.end, row.window.start, order(row.claim)))
    best: list[list[Windowed]] = [[]]
    for at, row in enumerate(in_order):
        before = next((n for n in range(at, 0, -1) if in_order[n - 1].window.end < row.window.start), 0)
        taken, left = [*best[before], row], best[at]
        best.append(taken if _worth(taken) > _worth(left) else left)
    return best[-1]


def _worth(rows: Sequence[Windowed]) -> tuple[int, int]:
    return sum(row.window.days for row in rows), len(rows)


def _overlap(one: Window, other: Window) -> bool:
    return one.start <= other.end and other.start <= one.end
