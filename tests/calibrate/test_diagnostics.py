"""The diagnostics for many quantities at once against ArviZ, which takes them one at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tallystick.calibrate import engine
from tallystick.calibrate.diagnostics import mixing


def _chains(seed: int, chains: int, length: int, memory: float, apart: float = 0.0) -> Any:
    """(chain, draw, quantity) autoregressive draws whose chains sit `apart` from each other; tails of three kinds."""
    generator = np.random.default_rng(seed)
    draws = generator.standard_normal((chains, length, 6))
    for at in range(1, length):
        draws[:, at] += memory * draws[:, at - 1]
    draws += apart * np.arange(chains)[:, None, None]
    draws[..., 2:4] = np.exp(draws[..., 2:4])  # skewed
    draws[..., 4:] = np.sign(draws[..., 4:]) * np.abs(draws[..., 4:]) ** 3  # heavy
    return draws


@pytest.mark.parametrize("length", [100, 251, 900])
@pytest.mark.parametrize(("chains", "memory", "apart"), [(4, 0.0, 0.0), (4, 0.7, 0.0), (2, 0.95, 0.0), (4, -0.6, 0.5)])
def test_many_at_once_are_what_arviz_says_of_each(chains: int, memory: float, apart: float, length: int) -> None:
    """Known answer: arviz.rhat and arviz.ess with their default, rank-normalised methods."""
    engine.prepare()
    import arviz

    draws = _chains(7, chains, length, memory, apart)
    found = mixing(draws)
    for at in range(draws.shape[-1]):
        each = draws[..., at]
        assert found.r_hat[at] == pytest.approx(float(arviz.rhat(each)), rel=1e-9)
        assert found.ess_bulk[at] == pytest.approx(float(arviz.ess(each)), rel=1e-6)
        assert found.ess_tail[at] == pytest.approx(float(arviz.ess(each, method="tail")), rel=1e-6)


def test_chains_that_disagree_are_told_apart_from_chains_that_agree() -> None:
    agree, disagree = mixing(_chains(8, 4, 400, 0.0)), mixing(_chains(8, 4, 400, 0.0, apart=1.0))
    assert agree.r_hat.max() < 1.02
    assert disagree.r_hat.min() > 1.2
    assert agree.ess_bulk.min() > 1000 > 40 > disagree.ess_bulk.max()


def test_chains_of_one_mean_and_unlike_width_are_found() -> None:
    """The folded ranks see what means do not."""
    draws = _chains(9, 4, 500, 0.0)[..., :1]
    draws[0] *= 4
    assert mixing(draws).r_hat[0] > 1.1


def test_a_quantity_that_never_varies_has_no_diagnostics() -> None:
    draws = _chains(10, 2, 100, 0.0)
    draws[..., 1] = 3.0
    found = mixing(draws)
    for part in found:
        assert np.isnan(part[1])
        assert np.isfinite(np.delete(part, 1)).all()
