"""NumPyro's NUTS with its defaults: diagonal mass matrix, trees to depth 10, target 0.8. Chains in threads, as in ours.

`plain` draws the unknowns themselves, on the scale of their prior and level by level, instead of independent standard
normals: what one would write down first.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from benchmarks.brief import CORES
from benchmarks.calibration.common import Asked, Draw, Drawn, serve
from benchmarks.calibration.entries import CHAINS, WARMUP
from benchmarks.calibration.posterior import Array, Posterior, starts

from tallystick.calibrate.unknowns import Layout

PIECE = 50


def prepare(asked: Asked) -> Draw:
    posterior = Posterior()
    import jax
    from numpyro.infer.hmc import hmc

    middle, root = (
        plain(posterior.model.layout) if asked.name == "plain" else (np.zeros(posterior.size), np.eye(posterior.size))
    )
    begin, move = hmc(lambda x: posterior.energy(middle + root @ x), algo="NUTS")
    keys = jax.random.split(jax.random.PRNGKey(asked.seed), CHAINS)
    points = [np.linalg.solve(root, z - middle) for z in starts(posterior.size, asked.seed)]

    def one(state: Any, _: Any) -> Any:
        state = move(state)
        return state, (state.z, state.num_steps)

    states = [begin(x, num_warmup=WARMUP, rng_key=key) for x, key in zip(points, keys, strict=True)]
    advance = jax.jit(lambda state: jax.lax.scan(one, state, None, length=PIECE)).lower(states[0]).compile()

    def chain(state: Any) -> tuple[Array, int]:
        kept, steps = [], 0
        for _ in range((WARMUP + asked.draws) // PIECE):
            state, (x, taken) = advance(state)
            kept.append(np.asarray(x))
            steps += int(np.asarray(taken).sum())
        return middle + np.concatenate(kept)[-asked.draws :] @ root.T, steps

    def draw() -> Drawn:
        with ThreadPoolExecutor(CORES) as pool:
            z, steps = zip(*pool.map(chain, states), strict=True)
        return Drawn(np.stack(z), sum(steps))

    return draw


def plain(layout: Layout) -> tuple[Array, Array]:
    """Standard normals from the unknowns themselves: z = middle + root @ x, x on the scale of each prior."""
    location, width = layout.priors()
    root, at = np.diag(1 / width), 0
    for unknown in layout.unknowns:
        if unknown.transform == "steps":  # each level but the first is the one before it and a step
            inside = np.arange(at + 1, at + unknown.size)
            root[inside, inside - 1] = -1 / width[inside]
        at += unknown.size
    return -root @ location, root


if __name__ == "__main__":
    sys.exit(serve(prepare, "numpyro"))
