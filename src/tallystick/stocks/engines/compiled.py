"""The step compiled by numba: means of one run, and ensembles of whole persons on all cores.

Runs share nothing: run r takes draw r % D of the inputs and random numbers that depend on (seed, run, month, route)
alone, so that threads, chunks and processes change nothing and scenarios share their chances. Work is divided over
runs and never over strata inside a month: barriers cost more than they give.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.chance import compiled as chance
from tallystick.stocks.chance.compiled import INNER, OPTIONS
from tallystick.stocks.engines import kept as kept_kernels
from tallystick.stocks.engines import support
from tallystick.stocks.generate import scalar_step
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import PARTS, Inputs, Trajectory, check_inputs
from tallystick.stocks.terms import Terms, record_size
from tallystick.stocks.text import Ops

if TYPE_CHECKING:
    from tallystick.stocks.engines.chosen import Draws

Array = NDArray[np.float64]


def operations() -> dict[str, Any]:
    """The functions of `ops` by the names that the scalar step calls them, compiled."""
    functions = (_exp, _log, _expm1, _log1p, support.minimum, support.maximum)  # in the order of Ops
    return {f"op_{name}": numba.njit(each, **INNER) for name, each in zip(Ops._fields, functions, strict=True)}


def _exp(x: float) -> float:
    return math.exp(x)


def _log(x: float) -> float:
    return math.log(x)


def _expm1(x: float) -> float:
    return math.expm1(x)


def _log1p(x: float) -> float:
    return math.log1p(x)


# Routes up to which the step is put into the loop over months: as a call it costs 3 ns a draw; put there, a long one
# costs seconds more to compile.
SHORT = 50
DRAW_OF = {"exact": chance.binomial, "fast": chance.fast_binomial, "mean": numba.njit(support.mean, **INNER)}


@lru_cache(maxsize=32)
def step_of(graph: Graph, draws: Draws) -> Any:
    """The generated step, compiled: of whole persons and cents, or of means."""
    source = scalar_step(graph)
    money = support.DOLLARS if draws == "mean" else support.CENTS
    names: dict[str, Any] = {name: numba.njit(each, **INNER) for name, each in money.items()}
    names |= {"draw": DRAW_OF[draws]}
    names |= {"expm1": math.expm1, "ROUTES": len(graph.edges), **operations()}
    namespace = {**source.tables, **names}
    exec(support.LEAVE, namespace)
    parts = (source.code, support.LEAVE, draws)
    namespace["leave"] = numba.njit(kept_kernels.named(namespace["leave"], *parts, tables=source.tables), **INNER)
    exec(source.code, namespace)
    step = kept_kernels.named(namespace["step"], *parts, tables=source.tables)
    return numba.njit(step, **INNER, forceinline=len(graph.edges) <= SHORT)


KERNEL = """
def kernel(
    people0, money0, level0, par, outside, weight, groups, loops, seed, first, out,
    outcome, place, factor, path_people, path_money, path_level, path_movers, path_sums,
    people, money, level, new_people, new_money, new_level, movers, sums, hazard_at, part_at, record,
):
    for r in range(len(out)):
        run = first + r
        d = run % len(people0)
        do, dw = d % len(outside), d % len(weight)
        key = run_key(np.uint64(seed), np.uint64(run))
        for i in range(S):
            people[i] = people0[d, i]
        for i in range(B):
            money[i] = money0[d, i]
        for i in range(V):
            level[i] = level0[d, i]
        for i in range(E):
            hazard_at[i] = part_at[i] = 0.0
        for i in range(len(record)):
            record[i] = 0.0
        if r < len(path_people):
            for i in range(S):
                path_people[r, 0, i] = people[i]
        if r < len(path_money):
            for i in range(B):
                path_money[r, 0, i] = money[i]
        if r < len(path_level):
            for i in range(V):
                path_level[r, 0, i] = level[i]
        for t in range(outside.shape[1]):
            step(
                people, money, level, par[d], outside[do, t], weight[dw, t], groups[d], loops,
                key.key0, key.key1, t, hazard_at, part_at, new_people, new_money, new_level, movers, sums,
            )
            people, new_people = new_people, people
            money, new_money = new_money, money
            level, new_level = new_level, level
            if r < len(path_people):
                for i in range(S):
                    path_people[r, t + 1, i] = people[i]
            if r < len(path_money):
                for i in range(B):
                    path_money[r, t + 1, i] = money[i]
            if r < len(path_level):
                for i in range(V):
                    path_level[r, t + 1, i] = level[i]
            if r < len(path_movers):
                for i in range(E):
                    path_movers[r, t, i] = movers[i]
            if r < len(path_sums):
                for i in range(X):
                    path_sums[r, t, i] = sums[i]
            if out.shape[1] == 0:
                continue
            for i in range(S):
                record[S + i] += people[i]
            for i in range(E):
                record[2 * S + i] += movers[i]
            for i in range(X):
                record[2 * S + E + i] += sums[i]
            for i in range(V):
                record[2 * S + E + X + B + V + i] += level[i]
            if (t + 1) % 12 == 0:
                for i in range(S):
                    record[i] = people[i]
                for i in range(B):
                    record[2 * S + E + X + i] = money[i]
                for i in range(V):
                    record[2 * S + E + X + B + i] = level[i]
                for j in range(len(outcome)):
                    out[r, t // 12, outcome[j]] += factor[j] * record[place[j]]
                for i in range(len(record)):
                    record[i] = 0.0
"""


@lru_cache(maxsize=32)
def _kernel(graph: Graph, draws: Draws, folder: Path | None, narrow: bool = False) -> Any:
    """All runs of a call, compiled; kept in `folder` where one is given. narrow : paths hold people in 32 bits."""
    names: dict[str, Any] = dict(zip("SBVEX", _sizes(graph), strict=True))
    names |= {"np": np, "OPTIONS": OPTIONS, "run_key": chance.run_key}
    names["step"] = step_of(graph, draws)
    key = _fingerprint(graph, draws, narrow) if folder is not None else ""
    return kept_kernels.kernel(KERNEL, names, _signature(draws, narrow), folder=folder, key=key)


def _sizes(graph: Graph) -> tuple[int, ...]:
    """How many places each part of a Trajectory has, in their order."""
    return (len(graph.strata), len(graph.balances), len(graph.text.levels), len(graph.edges), len(graph.transfers))


def _kind(draws: Draws) -> Any:
    """What people and money are held in."""
    return np.float64 if draws == "mean" else np.int64


def _fingerprint(graph: Graph, draws: Draws, narrow: bool = False) -> str:
    """The hash of all that a kernel is made of: numbers of routes and places stand in no text."""
    source = scalar_step(graph)
    if source.functions:
        raise AssertionError(f"the step calls {', '.join(source.functions)}, which its text does not hold")
    return kept_kernels.fingerprint(source.code, source.tables, KERNEL, draws, repr(narrow), repr(_sizes(graph)))


def _signature(draws: Draws, narrow: bool) -> tuple[Any, ...]:
    """The types of a kernel's arguments, in their order: rows of memory that may be written."""
    number, real, whole = numba.from_dtype(np.dtype(_kind(draws))), numba.float64, numba.int64
    start = (number[:, ::1], number[:, ::1], real[:, ::1], real[:, ::1])
    given = (real[:, :, ::1], real[:, :, ::1], real[:, :, ::1], real[::1], numba.uint64, whole)
    asked = (real[:, :, ::1], whole[::1], whole[::1], real[::1])
    people = numba.int32 if narrow else number
    paths = (people[:, :, ::1], number[:, :, ::1], real[:, :, ::1], number[:, :, ::1], number[:, :, ::1])
    scratch = (number[::1], number[::1], real[::1]) * 2 + (number[::1], number[::1], real[::1], real[::1], real[::1])
    return (*start, *given, *asked, *paths, *scratch)


def prepare(graph: Graph, *, kept: Path | None = None, draws: Draws = "exact") -> None:
    """Compile the ensemble's kernel now, or read it from the folder `kept`, so that threads and workers find it."""
    _kernel(graph, draws, kept)


def _start(inputs: Inputs, draws: Draws) -> tuple[Any, ...]:
    counts = draws != "mean"
    people = np.rint(inputs.people).astype(np.int64) if counts else inputs.people
    money = np.rint(inputs.money * 100).astype(np.int64) if counts else inputs.money
    rest = (inputs.level, inputs.parameters, inputs.outside, inputs.weight, inputs.groups, inputs.loops)
    return tuple(np.require(each, requirements=("C", "W")) for each in (people, money, *rest))


def _scratch(graph: Graph, kind: Any) -> tuple[Any, ...]:
    """What a month is worked out in: state before and after, movers, sums, chances, and the record of a year."""
    strata, balances, levels, edges, transfers = _sizes(graph)
    state = [(strata, kind), (balances, kind), (levels, np.float64)]
    moved, chances = [(edges, kind), (transfers, kind)], [(edges, np.float64)] * 2
    record = (record_size(graph), np.float64)
    return tuple(np.zeros(size, each) for size, each in (*state, *state, *moved, *chances, record))


def yearly(
    graph: Graph, inputs: Inputs, terms: Terms, *, seed: int, first: int, runs: int, kept: Path | None = None,
    draws: Draws = "exact",
) -> Array:  # fmt: skip
    """(run, year, outcome) of whole persons and cents, for runs `first` to `first + runs - 1`; whole years only.

    kept : folder where compiled kernels stay for the next process; None compiles in this one.
    """
    check_inputs(graph, inputs)
    out = np.zeros((runs, inputs.months // 12, terms.outcomes))
    none, scratch = _paths(graph, 0, 0, _kind(draws), ()), _scratch(graph, _kind(draws))
    kernel, numbers = _kernel(graph, draws, kept), (np.uint64(seed), first)
    kernel(*_start(inputs, draws), *numbers, out, terms.outcome, terms.place, terms.factor, *none, *scratch)
    return out


def trajectories(
    graph: Graph, inputs: Inputs, *, seed: int, first: int, runs: int, draws: Draws = "exact",
    keep: tuple[str, ...] = PARTS, narrow: bool = False, kept: Path | None = None,
) -> Trajectory:  # fmt: skip
    """Runs `first` to `first + runs - 1` month by month: a Trajectory whose arrays have the run as their first axis.

    keep : fields of the Trajectory that are wanted; the others have no rows. narrow : people as int32, half the memory.
    kept : folder of compiled kernels, or None.
    """
    check_inputs(graph, inputs)
    if narrow and (draws == "mean" or inputs.people.sum(axis=1).max() >= 2**31 - 1):
        raise ValueError("only whole people, fewer than 2,147,483,647 of them, fit 32 bits")
    paths = _paths(graph, runs, inputs.months, _kind(draws), keep, narrow)
    none = np.zeros(0, np.int64)
    out = np.zeros((runs, 0, 0))
    kernel, numbers = _kernel(graph, draws, kept, narrow), (np.uint64(seed), first)
    kernel(*_start(inputs, draws), *numbers, out, none, none, np.zeros(0), *paths, *_scratch(graph, _kind(draws)))
    return Trajectory(**dict(zip(PARTS, paths, strict=True)))


def _paths(
    graph: Graph, runs: int, months: int, kind: Any, keep: tuple[str, ...], narrow: bool = False
) -> tuple[Any, ...]:  # fmt: skip
    lengths = (months + 1, months + 1, months + 1, months, months)
    kinds = (np.int32 if narrow else kind, kind, np.float64, kind, kind)
    return tuple(
        np.zeros((runs if part in keep else 0, length, size), each)
        for part, size, length, each in zip(PARTS, _sizes(graph), lengths, kinds, strict=True)
    )
