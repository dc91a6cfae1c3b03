"""The posterior that all draw from, and what draws of it are worth."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from benchmarks.calibration.entries import CHAINS
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Posterior:
    """That of the evidence that ships. JAX is set up as for a fit."""

    def __init__(self, device: Any = "cpu") -> None:
        from tallystick.calibrate import engine
        from tallystick.calibrate.density import terms_of
        from tallystick.calibrate.fit import prepare
        from tallystick.evidence.programme import load_programme
        from tallystick.reconcile.account import reconcile

        engine.prepare(device)
        programme = load_programme()
        self.ready = prepare(programme, reconcile(programme).observations)
        self.model, self.data = self.ready.model, self.ready.data
        self.terms = terms_of(self.model, self.data)

    @property
    def size(self) -> int:
        return self.model.layout.size

    def energy(self, z: Any) -> Any:
        """What all hand to their sampler, or its negative."""
        from tallystick.calibrate.density import potential

        return potential(self.terms, self.model, self.data)(z)

    @cached_property
    def _evaluate(self) -> Any:
        from tallystick.calibrate.fit import evaluator_of

        return evaluator_of(self.ready)

    def worth(self, z: Array) -> dict[str, float]:
        """Effective draws of the worst headline quantity, and the largest R-hat, as a fit is judged by."""
        from tallystick.calibrate.fit import _judge
        from tallystick.calibrate.sample import Run

        nothing = np.zeros(z.shape[:2])
        judged = _judge(self.ready, Run(z, nothing, nothing, nothing, nothing), self._evaluate(z, self.terms), 0)
        return {"effective": min(judged.ess_bulk_min, judged.ess_tail_min), "r_hat": judged.r_hat_max}

    def apart(self, one: Array, other: Array) -> float:
        """The largest distance between two means of an unknown, in Monte Carlo standard errors."""
        from tallystick.calibrate.diagnostics import mixing

        errors = [z.var(axis=(0, 1)) / mixing(z).ess_bulk for z in (one, other)]
        return float((np.abs(one.mean(axis=(0, 1)) - other.mean(axis=(0, 1))) / np.sqrt(sum(errors))).max())


def starts(size: int, seed: int) -> Array:
    """(chain, unknown) wide random starts."""
    return np.random.default_rng(seed).standard_normal((CHAINS, size))
