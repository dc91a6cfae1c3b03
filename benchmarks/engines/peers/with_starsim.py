"""starsim: a module of our own over its people arrays, its stream of random numbers, its loop and its results."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import starsim as ss
from benchmarks.engines import problem
from benchmarks.engines.peers.chances import exits
from benchmarks.engines.peers.common import Task, named, serve

STOCKS = len(problem.STOCKS)


class Programme(ss.Module):  # type: ignore[misc]
    """Which stock each person is in."""

    def __init__(self) -> None:
        super().__init__(name="programme")
        self.define_states(ss.FloatArr("stock", default=0.0))
        self.chance = ss.random()

    def init_results(self) -> None:
        super().init_results()
        self.define_results(*(ss.Result(name, dtype=int, label=name) for name in problem.STOCKS))

    def step(self) -> None:
        stock = self.stock.raw[self.sim.people.auids].astype(np.intp)
        now = exits(np.bincount(stock, minlength=STOCKS).tolist(), self.ti, len(stock))
        leaving = np.array([each.bounds[-1] if each.bounds else 0.0 for each in now])
        drawn = self.chance.rvs(self.sim.people.auids)
        movers = np.flatnonzero(drawn < leaving[stock])
        sources, drawn = stock[movers], drawn[movers]
        for place, each in enumerate(now):
            here = sources == place
            if each.bounds and here.any():
                which = np.searchsorted(each.bounds, drawn[here], side="right")
                stock[movers[here]] = np.array(each.targets)[which]
        self.stock[self.sim.people.auids[movers]] = stock[movers]

    def update_results(self) -> None:
        super().update_results()
        counts = np.bincount(self.stock.values.astype(np.intp), minlength=STOCKS)
        for name, count in zip(problem.STOCKS, counts, strict=True):
            self.results[name][self.ti] = count


def _ready(seed: int) -> Any:
    sim = ss.Sim(
        n_agents=problem.PEOPLE,
        modules=Programme(),
        start=0,
        stop=problem.MONTHS - 1,  # it runs the last one too
        dt=1,
        rand_seed=seed,
        verbose=0,
    )
    sim.init()
    return sim


def _ends(sim: Any) -> list[dict[str, float]]:
    results = sim.results.programme
    if len(results.pool) != problem.MONTHS:
        raise ValueError(f"it ran {len(results.pool)} months, not {problem.MONTHS}")
    return named([[results[name][-1] for name in problem.STOCKS]])


def individuals(months: int) -> Task:
    if months != problem.MONTHS:
        raise ValueError("it runs all months")
    return Task(
        ready=_ready,
        run=lambda sim: sim.run(),
        ends=_ends,
        kind="chance",
        runs=1,
        note="without making the people",
    )


if __name__ == "__main__":
    sys.exit(serve("starsim", {"individuals": individuals}, __doc__))
