"""The vector form of the step bound to NumPy or JAX, and NumPy's ensembles where numba is missing.

Strata lie along the first axis and runs along the last. Whole persons and cents are held as floats, which are exact
up to 2^53; a step of NumPy with `draw` gives whole numbers, without it means.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.engines import support
from tallystick.stocks.generate import vector_step
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs, Path, check_inputs
from tallystick.stocks.text import Ops

Array = NDArray[np.float64]
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


def run(graph: Graph, inputs: Inputs, *, seed: int | None = None, runs: int | None = None) -> Path:
    """Runs side by side in NumPy: a Path whose arrays have the run as their first axis; cents when it counts.

    seed : of one generator for all runs, so that an ensemble is one unit: another number of runs is another ensemble.
    None for means, one run for each draw.
    """
    check_inputs(graph, inputs)
    counts, size = seed is not None, inputs.draws if runs is None else runs
    draw = _binomial(np.random.default_rng(seed)) if counts else None
    step, at = step_of(graph, np, draw), np.arange(size) % inputs.draws
    people, money, level = inputs.people[at].T, inputs.money[at].T, inputs.level[at].T
    if counts:
        people, money = np.rint(people), np.rint(money * 100)
    outside, weight = inputs.outside[at % len(inputs.outside)], inputs.weight[at % len(inputs.weight)]
    fixed = (np.moveaxis(inputs.groups[at], 0, -1), inputs.loops)
    rows: list[tuple[Array, ...]] = [(people, money, level)]
    moves: list[tuple[Array, ...]] = []
    for month in range(inputs.months):
        *state, movers, sums = step(
            *rows[-1], inputs.parameters[at].T, outside[:, month].T, weight[:, month].T, *fixed, None
        )
        rows.append(tuple(np.broadcast_to(each, was.shape) for each, was in zip(state, rows[-1], strict=True)))
        moves.append((movers, np.broadcast_to(sums, (len(graph.transfers), size))))
    kept = [np.moveaxis(np.array(series), -1, 0) for series in (*zip(*rows, strict=True), *zip(*moves, strict=True))]
    return Path(people=kept[0], money=kept[1], level=kept[2], movers=kept[3], sums=kept[4])


def _binomial(generator: np.random.Generator) -> Draw:
    def draw(people: Array, part: Array, places: Any, chance: Any) -> Array:  # noqa: ARG001 - one generator for all
        return generator.binomial(people.astype(np.int64), part).astype(float)

    return draw
