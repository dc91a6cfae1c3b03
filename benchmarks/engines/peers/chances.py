"""The chance of each exit in a month, for libraries that move one person at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmarks.engines import problem

PLACE = {name: place for place, name in enumerate(problem.STOCKS)}


class Exits(NamedTuple):
    """Where one uniform number in (0, 1) takes a person: to the first target whose bound is above it, or nowhere."""

    bounds: tuple[float, ...]
    targets: tuple[int, ...]


def exits(counts: Sequence[float], month: int, people: float) -> list[Exits]:
    """For each stock, given how many are in each at the month's start."""
    state: Mapping[str, float] = dict(zip(problem.STOCKS, counts, strict=True))
    now = problem.hazards_of(state, month, problem.HAZARDS, people)
    return [_of(name, now) for name in problem.STOCKS]


def _of(stock: str, now: Sequence[float]) -> Exits:
    leaving = [(h, PLACE[flow.target]) for h, flow in zip(now, problem.FLOWS, strict=True) if flow.source == stock]
    total = sum(hazard for hazard, _ in leaving)
    if total <= 0.0:
        return Exits((), ())
    share, bounds, passed = -math.expm1(-total) / total, [], 0.0
    for hazard, _ in leaving:
        passed += hazard * share
        bounds.append(passed)
    return Exits(tuple(bounds), tuple(target for _, target in leaving))
