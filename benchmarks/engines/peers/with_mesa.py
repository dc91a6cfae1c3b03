"""mesa: one object for each person, told to step by its AgentSet; the model counts them as they move."""

from __future__ import annotations

import sys

import mesa
from benchmarks.engines import problem
from benchmarks.engines.peers.chances import exits
from benchmarks.engines.peers.common import Task, named, serve


class Person(mesa.Agent):  # type: ignore[misc]
    """Somebody who is in one stock."""

    def __init__(self, model: Programme) -> None:
        super().__init__(model)
        self.stock = 0

    def step(self) -> None:
        bounds, targets = self.model.exits[self.stock]
        if not bounds:
            return
        drawn = self.random.random()
        if drawn >= bounds[-1]:
            return
        for bound, target in zip(bounds, targets, strict=True):
            if drawn < bound:
                self.model.counts[self.stock] -= 1
                self.model.counts[target] += 1
                self.stock = target
                return


class Programme(mesa.Model):  # type: ignore[misc]
    """All people, and how many are in each stock."""

    def __init__(self, people: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.people, self.month = people, 0
        self.counts = [people if name == "pool" else 0 for name in problem.STOCKS]
        self.kept: list[tuple[int, ...]] = []
        Person.create_agents(self, people)

    def step(self) -> None:
        self.exits = exits(self.counts, self.month, self.people)
        self.agents.do("step")
        self.month += 1
        self.kept.append(tuple(self.counts))


def _run(programme: Programme, months: int) -> list[tuple[int, ...]]:
    for _ in range(months):
        programme.step()
    return programme.kept


def individuals(months: int) -> Task:
    """One history; `months` of the 240, from the first on, since all take long."""
    return Task(
        ready=lambda seed: Programme(problem.PEOPLE, seed),
        run=lambda programme: _run(programme, months),
        ends=lambda kept: named(kept[-1:]),
        kind="chance",
        runs=1,
        months=months,
        note="without making the agents",
    )


if __name__ == "__main__":
    sys.exit(serve("mesa", {"individuals": individuals}, __doc__))
