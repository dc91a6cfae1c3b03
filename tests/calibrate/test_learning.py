"""Promise: what the evidence has not told is not called learnt."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tallystick.calibrate.learning import Learning, learning
from tallystick.calibrate.model import GROUPS
from tests.calibrate import real


def posterior(width: float) -> dict[str, Any]:
    """Draws of the prior itself, its standard deviations times `width`."""
    classes = tuple(real.programme().asserter_classes.values())
    rng, shape = np.random.default_rng(3), (4000,)
    scale = np.exp(np.log([one.scale for one in classes]) + 0.25 * width * rng.standard_normal((*shape, len(classes))))
    sds = np.repeat([one.bias_sd for one in classes], len(GROUPS))
    lean = sds * width * rng.standard_normal((*shape, len(sds)))
    return {"class_scale": scale, "class_bias": lean}


def test_a_posterior_as_wide_as_the_prior_is_not_learnt() -> None:
    rows = learning(real.programme(), posterior(1.0))
    assert len(rows) == len(real.programme().asserter_classes) * (1 + len(GROUPS))
    assert not any(row.learnt for row in rows)
    for row in rows:
        assert row.posterior == pytest.approx(row.prior, abs=0.05)


def test_a_posterior_of_half_the_width_is() -> None:
    assert all(row.learnt for row in learning(real.programme(), posterior(0.5)))


def test_the_limit_is_four_fifths_of_the_prior() -> None:
    made = [
        Learning(asserter_class="media", quantity="scale", prior=(0.0, 0.25), posterior=(0.3, sd))
        for sd in (0.2, 0.201)
    ]
    assert [one.learnt for one in made] == [True, False]
