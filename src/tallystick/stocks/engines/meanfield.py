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
from tallystick.stocks.inputs import Inputs, Path, check_inputs
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
def _batched(graph: Graph, many_outside: bool, many_weight: bool) -> Any:
    import jax

    axes = (0, 0, 0, 0, 0 if many_outside else None, 0 if many_weight else None, 0, None)
    return jax.jit(jax.vmap(path_of(graph), in_axes=axes))


def run(graph: Graph, inputs: Inputs) -> Path:
    """The path of every draw: arrays with the draw as their first axis, in persons and USD."""
    import jax

    check_inputs(graph, inputs)
    jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]
    many_outside, many_weight = len(inputs.outside) > 1, len(inputs.weight) > 1
    after = _batched(graph, many_outside, many_weight)(
        inputs.people, inputs.money, inputs.level, inputs.parameters,
        inputs.outside if many_outside else inputs.outside[0], inputs.weight if many_weight else inputs.weight[0],
        inputs.groups, inputs.loops,
    )  # fmt: skip
    people, money, level, movers, sums = (np.asarray(each) for each in after)
    starts = (inputs.people, inputs.money, inputs.level)
    whole = [
        np.concatenate([start[:, None], each], axis=1)
        for start, each in zip(starts, (people, money, level), strict=True)
    ]
    return Path(people=whole[0], money=whole[1], level=whole[2], movers=movers, sums=sums)


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


def _record(path: Path, years: int) -> Array:
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
