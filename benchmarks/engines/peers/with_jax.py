"""JAX: `jax.random.binomial` over all runs at once, months in a `lax.scan`, compiled; single precision, its default."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from benchmarks.engines import problem
from benchmarks.engines.peers.common import Task, named, serve

PLACE = {name: place for place, name in enumerate(problem.STOCKS)}
EXITS = [
    (name, [(place, flow) for place, flow in enumerate(problem.FLOWS) if flow.source == name])
    for name in problem.STOCKS
]
OPEN = [problem.is_open(month) for month in range(problem.MONTHS)]


def _chances(state: list[Any], is_open: Any, hazards: Any, exits: list[Any]) -> list[Any]:
    """Share of a stock that leaves by each exit in a month."""
    abroad = sum(state[PLACE[name]] for name in problem.ABROAD)
    room = jnp.maximum(0.0, 1.0 - abroad / (problem.QUOTA * problem.PEOPLE))
    factor = {"": 1.0, "room": room, "open": is_open}
    now = [hazards[place] * factor[flow.times] for place, flow in exits]
    total = sum(now)
    leaving = -jnp.expm1(-total) / jnp.where(total > 0, total, 1.0)
    return [leaving * hazard for hazard in now]


@partial(jax.jit, static_argnums=1)
def _histories(key: Any, runs: int) -> Any:
    """Persons, (month, stock, run)."""
    hazards = jnp.array(problem.HAZARDS)

    def month(state: list[Any], given: Any) -> Any:
        is_open, key = given
        keys, after = iter(jax.random.split(key, len(problem.FLOWS))), list(state)
        for name, exits in EXITS:
            left, rest = state[PLACE[name]], 1.0
            for (_, flow), share in zip(exits, _chances(state, is_open, hazards, exits), strict=True):
                moving = jax.random.binomial(next(keys), left, share / rest)
                left, rest = left - moving, rest - share
                after[PLACE[name]] -= moving
                after[PLACE[flow.target]] += moving
        return after, jnp.stack(after)

    state = [jnp.full(runs, float(problem.PEOPLE) if name == "pool" else 0.0) for name in problem.STOCKS]
    return jax.lax.scan(month, state, (jnp.array(OPEN), jax.random.split(key, problem.MONTHS)))[1]


def ensemble(runs: int) -> Task:
    return Task(
        run=lambda seed: _histories(jax.random.key(seed), runs).block_until_ready(),
        ends=lambda kept: named(kept[-1].T.tolist()),
        kind="chance",
        runs=runs,
        draws=runs * problem.DRAWS_A_RUN,
        note="its own threads",
    )


def _means(hazards: Any) -> Any:
    """Persons, (month, stock), of one parameter set."""

    def month(state: list[Any], is_open: Any) -> Any:
        after = list(state)
        for name, exits in EXITS:
            for (_, flow), share in zip(exits, _chances(state, is_open, hazards, exits), strict=True):
                moving = state[PLACE[name]] * share
                after[PLACE[name]] -= moving
                after[PLACE[flow.target]] += moving
        return after, jnp.stack(after)

    state = [jnp.array(float(problem.PEOPLE) if name == "pool" else 0.0) for name in problem.STOCKS]
    return jax.lax.scan(month, state, jnp.array(OPEN))[1]


def sets(number: int) -> Task:
    jax.config.update("jax_enable_x64", True)
    hazards, every = jnp.array(problem.parameter_sets(number)), jax.jit(jax.vmap(_means))
    return Task(
        run=lambda _: every(hazards).block_until_ready(),
        ends=lambda kept: named(kept[:, -1].tolist()),
        kind="sets",
        runs=number,
        counts=False,
        note="its own threads; double precision",
    )


if __name__ == "__main__":
    sys.exit(serve("jax", {"ensemble": ensemble, "sets": sets}, __doc__))
