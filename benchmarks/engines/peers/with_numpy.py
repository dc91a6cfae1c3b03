"""NumPy: one `Generator.binomial` for each flow and month, over all runs at once."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from benchmarks.engines import problem
from benchmarks.engines.peers.common import Task, named, serve

PLACE = {name: place for place, name in enumerate(problem.STOCKS)}
EXITS = {
    name: [(place, flow) for place, flow in enumerate(problem.FLOWS) if flow.source == name] for name in problem.STOCKS
}


def ensemble(runs: int) -> Task:
    return Task(
        run=lambda seed: _histories(runs, seed),
        ends=lambda kept: named(kept[-1].T),
        kind="chance",
        runs=runs,
        draws=runs * problem.DRAWS_A_RUN,
        note="one thread",
    )


def halves(runs: int) -> Task:
    """The same on two threads, each with half of the runs and a generator of its own; NumPy lets go of the lock."""

    def run(seed: int) -> Any:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda half: _histories(runs // 2, 2 * seed + half), range(2)))

    return ensemble(runs)._replace(
        run=run, ends=lambda kept: [end for half in kept for end in named(half[-1].T)], note="two threads"
    )


def _histories(runs: int, seed: int) -> Any:
    """Persons, (month, stock, run)."""
    random = np.random.default_rng(seed)
    state = np.zeros((len(problem.STOCKS), runs), np.int64)
    state[PLACE["pool"]] = problem.PEOPLE
    kept = np.empty((problem.MONTHS, *state.shape), np.int32)
    for month in range(problem.MONTHS):
        state = _month(state, month, random)
        kept[month] = state
    return kept


def _month(state: Any, month: int, random: np.random.Generator) -> Any:
    abroad = sum(state[PLACE[name]] for name in problem.ABROAD)
    room = np.maximum(0.0, 1.0 - abroad / (problem.QUOTA * problem.PEOPLE))
    factor = {"": 1.0, "room": room, "open": problem.is_open(month)}
    after = state.copy()
    for name, exits in EXITS.items():
        left = state[PLACE[name]]
        hazards = [flow.hazard * factor[flow.times] for _, flow in exits]
        for (_, flow), chance in zip(exits, _conditional(hazards), strict=True):
            moving = random.binomial(left, chance)
            left = left - moving
            after[PLACE[name]] -= moving
            after[PLACE[flow.target]] += moving
    return after


def _conditional(hazards: list[Any]) -> list[Any]:
    """Chance of each exit for those who have not taken an earlier one."""
    total = sum(hazards)
    leaving = -np.expm1(-total)
    shares, before = [], 0.0
    for hazard in hazards:
        share = leaving * hazard / np.maximum(total, 1e-300)  # nobody leaves a stock that is shut
        shares.append(share / (1.0 - before))
        before = before + share
    return shares


def sets(number: int) -> Task:
    hazards = np.array(problem.parameter_sets(number)).T
    return Task(
        run=lambda _: _without_chance(hazards),
        ends=lambda kept: named(kept[-1].T),
        kind="sets",
        runs=number,
        counts=False,
        note="one thread",
    )


def _without_chance(hazards: Any) -> Any:
    """Persons, (month, stock, set)."""
    state = np.zeros((len(problem.STOCKS), hazards.shape[1]))
    state[PLACE["pool"]] = problem.PEOPLE
    kept = np.empty((problem.MONTHS, *state.shape))
    for month in range(problem.MONTHS):
        state = _mean_month(state, month, hazards)
        kept[month] = state
    return kept


def _mean_month(state: Any, month: int, hazards: Any) -> Any:
    abroad = sum(state[PLACE[name]] for name in problem.ABROAD)
    room = np.maximum(0.0, 1.0 - abroad / (problem.QUOTA * problem.PEOPLE))
    factor = {"": 1.0, "room": room, "open": problem.is_open(month)}
    after = state.copy()
    for name, exits in EXITS.items():
        now = [hazards[place] * factor[flow.times] for place, flow in exits]
        total = sum(now)
        leaving = state[PLACE[name]] * -np.expm1(-total) / np.maximum(total, 1e-300)
        for (_, flow), hazard in zip(exits, now, strict=True):
            after[PLACE[name]] -= leaving * hazard
            after[PLACE[flow.target]] += leaving * hazard
    return after


if __name__ == "__main__":
    sys.exit(serve("numpy", {"ensemble": ensemble, "halves": halves, "sets": sets}, __doc__))
