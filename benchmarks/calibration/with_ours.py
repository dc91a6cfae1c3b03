"""Ours: what `tallystick.calibrate.fit` does up to its last draw, search for the mode and pilot run included."""

from __future__ import annotations

import sys

import numpy as np
from benchmarks.calibration.common import Asked, Draw, Drawn, serve
from benchmarks.calibration.entries import CHAINS
from benchmarks.calibration.posterior import Posterior


def prepare(asked: Asked) -> Draw:
    posterior = Posterior(asked.device)
    from tallystick.calibrate.fit import WARMUP
    from tallystick.calibrate.sample import run, sampler_of

    sampler = sampler_of(posterior.model, posterior.data, posterior.terms, warmup=WARMUP)
    sampler.gradient(np.zeros(posterior.size), posterior.terms)
    sampler.like()  # waits until the loop is compiled too

    def draw() -> Drawn:
        chained = run(
            sampler, posterior.terms, seed=asked.seed, draws=asked.draws, chains=CHAINS, stage="benchmark"
        )  # fmt: skip
        return Drawn(chained.run.z, 0)

    return draw


if __name__ == "__main__":
    sys.exit(serve(prepare, "tallystick"))
