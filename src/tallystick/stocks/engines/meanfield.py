"""The step under JAX in double precision, in matrix form (x + B f): differentiable, and batched over parameter sets.

What it gives are means of a deterministic path. Where rates depend on state this is not the mean of the ensemble;
the gap is reported wherever both are shown.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.engines.vectors import step_of
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import PARTS, Inputs, Trajectory, check_inputs
from tallystick.stocks.terms import Terms

Array = NDArray[np.float64]


def path_of(graph: Graph) -> Any:
    """A pure function of one draw's arrays to its path: what to differentiate, batch or compile.

    (people, money, level, parameters, outside (month, field), weight (month, route), groups, loops) -> (people,
    money, level) after each month, (movers, sums) in each. Needs JAX in 64 bits.
    """
    import jax
    import jax.numpy as jnp

    step = step_of(graph, jnp)

    def path(people: Any, money: Any, level: Any, par: Any, outside: Any, weight: Any, groups: Any, loops: Any) -> Any:
        def month(state: Any, given: Any) -> Any:
            *after, movers, sums = step(*state, par, *given, groups, loops, None)
            return tuple(after), (*after, movers, sums)

        return jax.lax.scan(month, (people, money, level), (outside, weight))[1]

    return path


@lru_cache(maxsize=16)
def _side_by_side(graph: Graph, keep: tuple[str, ...]) -> Any:
    """A compiled function of all draws' arrays, draws last, to (month, place, draw) of what is kept.

    Draws last lets one operation of the step run along them; mapping the step over draws costs five times as much.
    """
    import jax
    import jax.numpy as jnp

    step = step_of(graph, jnp)

    def path(start: Any, given: Any, par: Any, groups: Any, loops: Any) -> Any:
        def month(state: Any, now: Any) -> Any:
            *after, movers, sums = step(*state, par, *now, groups, loops, None)
            after = [jnp.broadcast_to(new, old.shape) for new, old in zip(after, state, strict=True)]
            sums = jnp.broadcast_to(sums, (len(graph.transfers), state[0].shape[1]))
            made = dict(zip(PARTS, (*after, movers, sums), strict=True))
            return tuple(after), tuple(made[part] for part in keep)

        return jax.lax.scan(month, start, given)[1]

    return jax.jit(path)


def run(graph: Graph, inputs: Inputs, *, keep: tuple[str, ...] = PARTS) -> Trajectory:
    """The path of every draw: arrays with the draw as their first axis, in persons and USD; empty where not kept."""
    import jax

    check_inputs(graph, inputs)
    jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]
    start = (inputs.people.T, inputs.money.T, inputs.level.T)
    given = tuple(_draws_last(each) for each in (inputs.outside, inputs.weight))
    made = _side_by_side(graph, keep)(
        start, given, inputs.parameters.T, np.moveaxis(inputs.groups, 0, -1), inputs.loops
    )
    found = {part: np.moveaxis(np.asarray(each), -1, 0) for part, each in zip(keep, made, strict=True)}
    for part, first in zip(PARTS[:3], (inputs.people, inputs.money, inputs.level), strict=True):
        if part in found:
            found[part] = np.concatenate([first[:, None], found[part]], axis=1)
    return Trajectory(**{part: found.get(part, np.zeros((inputs.draws, 0, 0))) for part in PARTS})


def _draws_last(monthly: Array) -> Array:
    """(month, field, draw), or (month, field, 1) where all draws share it."""
    return np.moveaxis(monthly, 0, -1)


BATCH = 250  # draws whose whole paths are held at once


def yearly(graph: Graph, inputs: Inputs, terms: Terms) -> Array:
    """(draw, year, outcome) as `compiled.yearly` reports it, of means; whole years only."""
    parts = []
    for first in range(0, inputs.draws, BATCH):
        some = inputs.of_draws(slice(first, first + BATCH))
        record = _record(run(graph, some), some.months // 12)
        out = np.zeros((*record.shape[:2], terms.outcomes))
        for outcome, place, factor in zip(terms.outcome, terms.place, terms.factor, strict=True):
            out[:, :, outcome] += factor * record[:, :, place]
        parts.append(out)
    return np.concatenate(parts)


def _record(path: Trajectory, years: int) -> Array:
    """(draw, year, place) the record of each year, with money in cents (see `Terms`)."""

    def ends(series: Array) -> Array:
        return np.asarray(series[:, 12 : 12 * years + 1 : 12])

    def summed(monthly: Array) -> Array:
        return np.asarray(monthly[:, : 12 * years].reshape(len(monthly), years, 12, -1).sum(axis=2))

    return np.concatenate(
        (
            ends(path.people), summed(path.people[:, 1:]), summed(path.movers), 100 * summed(path.sums),
            100 * ends(path.money), ends(path.level), summed(path.level[:, 1:]),
        ),
        axis=2,
    )  # fmt: skip
