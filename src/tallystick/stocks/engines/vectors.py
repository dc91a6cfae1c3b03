"""The vector form of the step bound to NumPy or JAX, and NumPy's ensembles where numba is missing.

Strata lie along the first axis and runs along the last. Whole persons and cents are held as floats, which are exact
up to 2^53; a step of NumPy with `draw` gives whole numbers, without it means. A run's chances are those of the compiled
step: they depend on (seed, run, month, route) alone, so that chunks and scenarios share them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.chance import stream
from tallystick.stocks.chance.vectors import binomials
from tallystick.stocks.engines import support
from tallystick.stocks.generate import vector_step
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs, Trajectory, check_inputs
from tallystick.stocks.terms import Terms
from tallystick.stocks.text import Ops

Array = NDArray[np.float64]
Runs = NDArray[np.int64]  # numbers of runs
State = tuple[Array, Array, Array]  # people, money, level
Month = tuple[Array, Array, Array, Array, Array]  # and movers, sums
TOGETHER = 500  # runs that go through the months side by side: bounds memory, and changes no number
Draw = Callable[[Array, Array, Any, Any], Array]  # (persons, probability, places of routes, chance) -> whole persons


def ops_of(xp: Any) -> Ops:
    """The author's functions for arrays; `xp` is numpy or jax.numpy."""
    return Ops(xp.exp, xp.log, xp.expm1, xp.log1p, xp.minimum, xp.maximum)


def step_of(graph: Graph, xp: Any, draw: Draw | None = None) -> Callable[..., Any]:
    """The generated step over arrays: of means, or of whole persons and cents given a `draw`."""
    names: dict[str, Any] = {"ops": ops_of(xp), "concatenate": xp.concatenate, "stack": xp.stack, "matmul": xp.matmul}
    names |= {"leave": _leave_of(graph, xp, draw)}
    names |= _money_of(xp, whole=draw is not None)
    step: Callable[..., Any] = support.bound(vector_step(graph), names)["step"]
    return step


def _leave_of(graph: Graph, xp: Any, draw: Draw | None) -> Callable[..., Any]:
    """Movers of all routes: their share of the stratum, or draws from who is left, first exits first."""
    sources = np.array([edge.source for edge in graph.edges], dtype=np.int64)
    if draw is None:
        return lambda people, share, chance: people[sources] * share  # noqa: ARG005 - a mean needs no chance

    def leave(people: Any, share: Any, chance: Any) -> Any:
        left, rest, parts, order = people, xp.ones_like(people), [], []
        for places in graph.exits:
            at = sources[places]
            part = xp.minimum(share[places] / (rest[at] + (rest[at] <= 0)), 1.0)
            moved = draw(left[at], part, places, chance)
            left, rest = _less(left, at, moved, xp), _less(rest, at, share[places], xp)
            parts.append(moved)
            order.append(places)
        return xp.concatenate(parts)[np.argsort(np.concatenate(order))]

    return leave


def _less(whole: Any, at: Any, part: Any, xp: Any) -> Any:
    """`whole` less `part` at places that are all different."""
    if xp is np:
        out = whole.copy()
        out[at] -= part
        return out
    return whole.at[at].add(-part)


def _money_of(xp: Any, *, whole: bool) -> dict[str, Any]:
    if not whole:
        return {
            "cents": support.as_is, "usd": support.as_is, "portion": support.portion,
            "carried": lambda balance, movers, people: balance * movers / (people + (people == 0)),
        }  # fmt: skip
    return {
        "cents": lambda amount: xp.floor(amount * 100.0 + 0.5),
        "usd": support.in_usd,
        "portion": lambda amount, share: xp.floor(amount * share),
        "carried": lambda balance, movers, people: xp.floor(balance * (movers / (people + (people == 0)))),
    }


def run(
    graph: Graph, inputs: Inputs, *, seed: int | None = None, first: int = 0, runs: int | None = None
) -> Trajectory:
    """Runs side by side in NumPy: a Trajectory whose arrays have the run as their first axis; cents when it counts.

    seed : None for means, one run for each draw. first : the number of the first run: with the seed, its chances.
    """
    check_inputs(graph, inputs)
    some = first + np.arange(inputs.draws if runs is None else runs)
    months = list(_months(graph, inputs, some, seed))
    rows: list[State] = [_start(inputs, some, counts=seed is not None), *(month[:3] for month in months)]
    moves = [month[3:] for month in months]
    kept = [np.moveaxis(np.array(series), -1, 0) for series in (*zip(*rows, strict=True), *zip(*moves, strict=True))]
    return Trajectory(people=kept[0], money=kept[1], level=kept[2], movers=kept[3], sums=kept[4])


def yearly(graph: Graph, inputs: Inputs, terms: Terms, *, seed: int | None, first: int, runs: int) -> Array:
    """(run, year, outcome) as `compiled.yearly`, from the same random numbers; without a seed of means, money in USD.

    Counts are those of the compiled step, but for a draw in about 10^12 that the last digit of a rate decides.
    """
    check_inputs(graph, inputs)
    parts = [
        _reported(graph, inputs, terms, np.arange(at, min(at + TOGETHER, first + runs)), seed)
        for at in range(first, first + runs, TOGETHER)
    ]
    return np.concatenate(parts)


def _reported(graph: Graph, inputs: Inputs, terms: Terms, some: Runs, seed: int | None) -> Array:
    """(run, year, outcome) of some runs: a year's record is summed while they go, and no path is kept."""
    out = np.zeros((len(some), inputs.months // 12, terms.outcomes))
    summed: list[Array] = []
    for month, (people, money, level, movers, sums) in enumerate(_months(graph, inputs, some, seed)):
        flows = (people, movers, sums, level)
        summed = [total + one for total, one in zip(summed, flows, strict=True)] if summed else [*flows]
        year, is_last = month // 12, month % 12 == 11
        if is_last and year < out.shape[1]:
            record = np.concatenate((people, *summed[:3], money, level, summed[3]))
            for outcome, place, factor in zip(terms.outcome, terms.place, terms.factor, strict=True):
                out[:, year, outcome] += factor * record[place]
            summed = []
    return out


def _start(inputs: Inputs, some: Runs, *, counts: bool) -> State:
    """Where these runs start: whole persons and cents where they are counted."""
    at = some % inputs.draws
    people, money, level = inputs.people[at].T, inputs.money[at].T, inputs.level[at].T
    return (np.rint(people), np.rint(money * 100), level) if counts else (people, money, level)


def _months(graph: Graph, inputs: Inputs, some: Runs, seed: int | None) -> Iterator[Month]:
    """People, money, level, movers and sums of each month; the run is the last axis of each."""
    counts, at = seed is not None, some % inputs.draws
    step = step_of(graph, np, _draw_of(len(graph.edges)) if counts else None)
    keys = stream.run_key(np.full(len(some), seed, np.uint64), some.astype(np.uint64)) if counts else ()
    outside, weight = inputs.outside[at % len(inputs.outside)], inputs.weight[at % len(inputs.weight)]
    par, groups = inputs.parameters[at].T, np.moveaxis(inputs.groups[at], 0, -1)
    state = _start(inputs, some, counts=counts)
    for month in range(inputs.months):
        given = (outside[:, month].T, weight[:, month].T, groups, inputs.loops)
        *after, movers, sums = step(*state, par, *given, (*keys, month))
        people, money, level = (np.broadcast_to(each, was.shape) for each, was in zip(after, state, strict=True))
        state = (people, money, level)
        yield *state, movers, np.broadcast_to(sums, (len(graph.transfers), len(some)))


def _draw_of(routes: int) -> Draw:
    """The exact draw with the address that the scalar step gives it: run, month and route."""

    def draw(people: Array, part: Array, places: Any, chance: Any) -> Array:
        key0, key1, month = chance
        counter = (month * routes + np.asarray(places)).astype(np.uint64)
        return binomials(people, part, key0, key1, counter[:, None])

    return draw
