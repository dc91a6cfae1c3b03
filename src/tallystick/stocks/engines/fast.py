"""Ensembles by fixed work (`--fast`): nearly exact draws, by numba on a CPU and by JAX on a GPU.

On a GPU it is the vector form: runs lie along the last axis and go through the months together, and a draw costs the
same whatever it gives. On a CPU the compiled step with `chance.fixed_work` in place of the exact draw is quicker.
Random numbers have the same addresses as in `compiled`, one number for each draw: two scenarios share their chances as
closely as they can. What is given up is stated by `chance.fixed_work`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.chance import fixed_work, stream
from tallystick.stocks.engines import chosen
from tallystick.stocks.engines.vectors import step_of
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs, check_inputs
from tallystick.stocks.terms import Terms, record_size

Array = NDArray[np.float64]


def yearly(
    graph: Graph, inputs: Inputs, terms: Terms, *, seed: int, first: int, runs: int, kept: Path | None = None
) -> Array:
    """(run, year, outcome) as `compiled.yearly`, by nearly exact draws, on what this machine has."""
    if on_gpu():
        return on_arrays(graph, inputs, terms, seed=seed, first=first, runs=runs)
    return chosen.yearly(graph, inputs, terms, seed=seed, first=first, runs=runs, kept=kept, draws="fast")


def on_gpu() -> bool:
    """Whether this machine has one that JAX can use."""
    import jax

    return bool(jax.default_backend() == "gpu")


def on_arrays(graph: Graph, inputs: Inputs, terms: Terms, *, seed: int, first: int, runs: int) -> Array:
    """(run, year, outcome) by the vector form under JAX, on whatever device it finds."""
    import jax

    check_inputs(graph, inputs)
    jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]
    at = (first + np.arange(runs)) % inputs.draws
    weights = np.zeros((terms.outcomes, record_size(graph)))
    np.add.at(weights, (terms.outcome, terms.place), terms.factor)
    start = (np.rint(inputs.people[at]).T, np.rint(inputs.money[at] * 100).T, inputs.level[at].T)
    years = inputs.months // 12
    given = [_by_year(each[at % len(each)], years) for each in (inputs.outside, inputs.weight)]
    keys = stream.run_key(np.full(runs, seed, np.uint64), (first + np.arange(runs)).astype(np.uint64))
    out = _ensemble(graph)(
        start, given, inputs.parameters[at].T, np.moveaxis(inputs.groups[at], 0, -1), inputs.loops, keys, weights
    )
    return np.moveaxis(np.asarray(out), -1, 0)


def _by_year(monthly: Array, years: int) -> Array:
    """(year, month, field, run) of (run, month, field), whole years only."""
    return np.moveaxis(monthly[:, : 12 * years].reshape(len(monthly), years, 12, -1), 0, -1)


@lru_cache(maxsize=16)
def _ensemble(graph: Graph) -> Any:
    """A compiled function of all runs' arrays to (year, outcome, run)."""
    import jax
    import jax.numpy as jnp

    routes = len(graph.edges)

    def draw(people: Any, part: Any, places: Any, chance: Any) -> Any:
        keys, month = chance
        counter = (month * routes + places).astype(jnp.uint64)[:, None]
        u = stream.uniform(stream.start(keys.key0[None], keys.key1[None], counter), jnp.uint64(0))
        return fixed_work.count(people, part, u, jnp, jnp.float32)

    step = step_of(graph, jnp, draw)

    def ensemble(start: Any, given: Any, par: Any, groups: Any, loops: Any, keys: Any, weights: Any) -> Any:
        def month(carried: Any, now: Any) -> Any:
            state, sums, at = carried
            *after, movers, paid = step(*state, par, *now, groups, loops, (keys, at))
            after = [jnp.broadcast_to(new, old.shape) for new, old in zip(after, state, strict=True)]
            moved = [after[0], movers, jnp.broadcast_to(paid, sums[2].shape), after[2]]
            return (tuple(after), tuple(old + new for old, new in zip(sums, moved, strict=True)), at + 1), None

        def year(carried: Any, now: Any) -> Any:
            state, at = carried
            runs = state[0].shape[1]
            sizes = (len(graph.strata), routes, len(graph.transfers), len(graph.text.levels))
            (state, sums, at), _ = jax.lax.scan(month, (state, tuple(jnp.zeros((n, runs)) for n in sizes), at), now)
            people, money, level = state
            record = jnp.concatenate((people, sums[0], sums[1], sums[2], money, level, sums[3]))
            return (state, at), weights @ record

        return jax.lax.scan(year, (start, jnp.int64(0)), tuple(given))[1]

    return jax.jit(ensemble)
