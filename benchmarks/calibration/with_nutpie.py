"""nutpie on our JAX density, with its defaults, or with its low-rank mass matrix."""

from __future__ import annotations

import sys

import numpy as np
import nutpie
from benchmarks.brief import CORES
from benchmarks.calibration.common import Asked, Draw, Drawn, serve
from benchmarks.calibration.entries import CHAINS, TUNED
from benchmarks.calibration.posterior import Posterior
from nutpie.compiled_pyfunc import from_pyfunc


def prepare(asked: Asked) -> Draw:
    posterior = Posterior()
    import jax

    size = posterior.size
    shape = jax.ShapeDtypeStruct((size,), np.float64)
    compiled = jax.jit(jax.value_and_grad(posterior.energy)).lower(shape).compile()

    def density(z: np.ndarray) -> tuple[float, np.ndarray]:
        energy, slope = compiled(np.array(z))
        return -float(energy), -np.asarray(slope)

    model = from_pyfunc(
        ndim=size,
        make_logp_fn=lambda: density,
        make_expand_fn=lambda *_: lambda z: {"z": z},
        expanded_dtypes=[np.dtype(np.float64)],
        expanded_shapes=[(size,)],
        expanded_names=["z"],
        make_initial_point_fn=lambda seed: np.random.default_rng(seed).standard_normal(size),
    )

    def draw() -> Drawn:
        trace = nutpie.sample(
            model, draws=asked.draws, tune=TUNED[asked.name], chains=CHAINS, cores=CORES, seed=asked.seed,
            low_rank_modified_mass_matrix=asked.name == "nutpie low-rank", progress_bar=False, save_warmup=True,
        )  # fmt: skip
        steps = sum(int(group["n_steps"].sum()) for group in (trace.sample_stats, trace.warmup_sample_stats))
        return Drawn(trace.posterior["z"].values, steps)

    return draw


if __name__ == "__main__":
    sys.exit(serve(prepare, "nutpie"))
