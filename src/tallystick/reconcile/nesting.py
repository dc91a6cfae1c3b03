"""Windows of one table that overlap: a year and its quarters count the same events.

Of each set of rows that speak of the same thing, those are kept that cover the most days without overlap, and among
equals those with the finest windows. The others are checks, not observations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallystick.reconcile.lineage import Key, order
from tallystick.reconcile.time import Window
from tallystick.vocab.records import Claim


@dataclass(frozen=True, slots=True)
class Windowed:
    """A claim with the days that it speaks of and the key of the rows that it may overlap with."""

    claim: Claim
    window: Window
    key: Key


def counted_elsewhere(rows: Iterable[Windowed]) -> dict[str, tuple[str, ...]]:
    """Claims whose days are counted through other rows of their table -> those rows."""
    groups: dict[Key, list[Windowed]] = defaultdict(list)
    for row in rows:
        groups[row.key].append(row)
    covered: dict[str, tuple[str, ...]] = {}
    for group in groups.values():
        kept = finest_cover(group)
        for row in group:
            if row not in kept:
                overlapping = [other for other in kept if _overlap(row.window, other.window)]
                covered[row.claim.id] = tuple(other.claim.id for other in overlapping)
    return covered


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
