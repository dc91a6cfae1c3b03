"""The same problem as a text of Tallystick, and its engines run on it.

The text below says what `problem.py` says; its step is generated, not written here. Run by the project's own Python.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from benchmarks.brief import CORES
from benchmarks.engines import problem
from benchmarks.engines.peers.common import Task, named, serve

from tallystick.stocks.check import checked
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.terms import Terms
from tallystick.stocks.text import Flow, Number, Of, Ops, Reading, Stock, Text

THREADS = min(CORES, len(os.sched_getaffinity(0)))
ENDS = {flow.target for flow in problem.FLOWS} - {flow.source for flow in problem.FLOWS}
Hazard = Annotated[Number, Of("1/month", 0, 5)]


class Now(NamedTuple):
    construction: Annotated[Number, Of("person", 0, 1e9)]
    textile: Annotated[Number, Of("person", 0, 1e9)]
    forestry: Annotated[Number, Of("person", 0, 1e9)]
    injured: Annotated[Number, Of("person", 0, 1e9)]


class Outside(NamedTuple):
    open: Annotated[Number, Of("1", 0, 1)]


class Parameters(NamedTuple):
    quota: Annotated[Number, Of("person", 1, 1e9)]
    apply: Hazard
    refuse: Hazard
    select: Hazard
    train: Hazard
    clear: Hazard
    dispatch_construction: Hazard
    dispatch_textile: Hazard
    dispatch_forestry: Hazard
    construction_home: Hazard
    construction_injury: Hazard
    construction_escape: Hazard
    textile_home: Hazard
    forestry_home: Hazard
    injured_home: Hazard
    injured_death: Hazard
    rest: Hazard


class Group(NamedTuple):
    """Every stock has one stratum: nothing differs within it."""


class Moved(NamedTuple):
    """No level drifts, so nothing is read of those who moved."""


class Loops(NamedTuple):
    """None is switched."""


class Signal(NamedTuple):
    room: Annotated[Number, Of("1", 0, 1)]


def signals(now: Now, outside: Outside, par: Parameters, loops: Loops, ops: Ops) -> Signal:
    """The part of the quota that is free. Assumed."""
    return Signal(ops.maximum(0.0, 1.0 - (now.construction + now.textile + now.forestry + now.injured) / par.quota))


# The rates, one for each flow of the problem; what they receive is the same for all.
# ruff: noqa: ARG001
def apply(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.apply * s.room


def refuse(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.refuse


def select(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.select


def train(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.train


def clear(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.clear


def dispatch_construction(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.dispatch_construction * o.open


def dispatch_textile(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.dispatch_textile * o.open


def dispatch_forestry(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.dispatch_forestry * o.open


def construction_home(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.construction_home


def construction_injury(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.construction_injury


def construction_escape(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.construction_escape


def textile_home(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.textile_home


def forestry_home(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.forestry_home


def injured_home(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.injured_home


def injured_death(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.injured_death


def rest(s: Signal, o: Outside, p: Parameters, g: Group, ops: Ops) -> Number:
    """Assumed."""
    return p.rest


RATES: dict[str, Callable[..., Number]] = {
    each.__name__: each
    for each in (
        *(apply, refuse, select, train, clear, dispatch_construction, dispatch_textile, dispatch_forestry),
        *(construction_home, construction_injury, construction_escape, textile_home, forestry_home),
        *(injured_home, injured_death, rest),
    )
}


def text() -> Text:
    """The problem as an author writes it."""
    return Text(
        id="benchmark",
        stocks=tuple(Stock(id=name, symbol=name, doc="Invented.", is_end=name in ENDS) for name in problem.STOCKS),
        flows=tuple(
            Flow(id=each.id, symbol=each.id, source=each.source, target=each.target, rate=RATES[each.id])
            for each in problem.FLOWS
        ),
        now=Now,
        outside=Outside,
        parameters=Parameters,
        group=Group,
        moved=Moved,
        loops=Loops,
        signal=Signal,
        signals=signals,
        readings={name: Reading(name) for name in problem.ABROAD},
    )


@lru_cache(maxsize=1)
def graph() -> Graph:
    """The text laid out, and checked."""
    return checked(text())


def inputs(hazards: Any, people: float = problem.PEOPLE) -> Inputs:
    """What a run is given; one draw for each row of hazards."""
    draws = len(hazards)
    is_open = np.array([problem.is_open(month) for month in range(problem.MONTHS)])
    return Inputs(
        people=np.tile(np.array(list(problem.at_start(people).values())), (draws, 1)),
        money=np.zeros((draws, 0)),
        level=np.zeros((draws, 0)),
        parameters=np.column_stack([np.full(draws, problem.QUOTA * people), np.array(hazards)]),
        outside=is_open.reshape(1, problem.MONTHS, 1),
        weight=np.zeros((1, problem.MONTHS, 0)),
        groups=np.zeros((draws, len(problem.STOCKS), 0)),
        loops=np.zeros(0),
    )


def _in_halves(part: Callable[[int, int], Any], runs: int) -> list[Any]:
    """Runs divided between the threads: (first, how many) for each."""
    bounds = [runs * core // THREADS for core in range(THREADS + 1)]
    return list(_threads().map(lambda at: part(bounds[at], bounds[at + 1] - bounds[at]), range(THREADS)))


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    """Started once, as the threads of numba's own loops are, and as a question's are for all its parts."""
    return ThreadPoolExecutor(THREADS)


def _months(runs: int, people: int, draws: Literal["exact", "fast"]) -> Task:
    """People of every stock, every month of every run, in 32 bits, as the version written by hand keeps them."""
    from tallystick.stocks.engines import compiled

    given = inputs([problem.HAZARDS], people)

    def part(seed: int, first: int, some: int) -> Any:
        return compiled.trajectories(
            graph(), given, seed=seed, first=first, runs=some, draws=draws, keep=("people",), narrow=True
        )

    return Task(
        run=lambda seed: _in_halves(lambda first, some: part(seed, first, some), runs),
        ends=lambda kept: [end for part in kept for end in named(part.people[:, -1])],
        kind="chance",
        runs=runs,
        draws=runs * problem.DRAWS_A_RUN,
        people=people,
        note="two threads",
    )


def ensemble(runs: int, people: int = problem.PEOPLE) -> Task:
    """The exact ensemble, every month of every run kept."""
    return _months(runs, people, "exact")


def fast(runs: int) -> Task:
    """The ensemble by fixed work, every month of every run kept."""
    return _months(runs, problem.PEOPLE, "fast")


def means(number: int) -> Task:
    """The step without chance, compiled by numba, over parameter sets: what a sensitivity runs."""
    from tallystick.stocks.engines import compiled

    given = inputs(problem.parameter_sets(number))

    def part(first: int, some: int) -> Any:
        return compiled.trajectories(
            graph(), given, seed=0, first=first, runs=some, draws="mean", keep=("people",)
        ).people[:, 1:]

    return Task(
        run=lambda _: _in_halves(part, number),
        ends=lambda kept: [end for part in kept for end in named(part[:, -1])],
        kind="sets",
        runs=number,
        counts=False,
        note="two threads",
    )


def sets(number: int) -> Task:
    """The mean-field engine over parameter sets."""
    from tallystick.stocks.engines import meanfield

    given = inputs(problem.parameter_sets(number))
    return Task(
        run=lambda _: meanfield.run(graph(), given),
        ends=lambda kept: named(kept.people[:, -1]),
        kind="sets",
        runs=number,
        counts=False,
        note="JAX's own threads",
    )


def individuals(months: int) -> Task:
    """Each person's own history, one run on one thread."""
    from tallystick.stocks.engines import individuals as persons

    if months != problem.MONTHS:
        raise ValueError("it runs all months")
    given = inputs([problem.HAZARDS])
    return Task(
        run=lambda seed: persons.run(graph(), given, seed=seed),
        ends=lambda kept: named(kept.path.people[-1:]),
        kind="chance",
        runs=1,
        note="one thread",
    )


def full(runs: int) -> Task:
    """The model of the map, all stocks, flows, money and loops, for the months 2026 to 2030, summed up on the way.

    The numbers are those of the invented state of the tests: how long it takes does not hang on them.
    """
    from tallystick.stocks.engines import compiled
    from tests.stocks.labour import made

    one = made.world(60)
    strata, routes = len(one.graph.strata), len(one.graph.edges)
    # All people in one sum: what is internal to the model is no output of a benchmark either.
    everybody = np.zeros(strata, np.int64)
    terms = Terms(outcome=everybody, place=np.arange(strata), factor=np.ones(strata), outcomes=1)
    return Task(
        run=lambda seed: _in_halves(
            lambda first, some: compiled.yearly(one.graph, one.inputs, terms, seed=seed, first=first, runs=some), runs
        ),
        ends=lambda kept: [{"people": float(end[0])} for part in kept for end in part[:, -1]],
        kind="people",
        runs=runs,
        people=int(np.rint(one.inputs.people).sum()),
        months=one.inputs.months,
        routes=routes,
        note=f"two threads; {routes} routes, {len(one.graph.transfers)} transfers of money, 60 months",
    )


if __name__ == "__main__":
    sys.exit(
        serve(
            "tallystick",
            {
                "ensemble": ensemble,
                "fast": fast,
                "means": means,
                "sets": sets,
                "individuals": individuals,
                "full": full,
            },
            __doc__,
        )
    )
