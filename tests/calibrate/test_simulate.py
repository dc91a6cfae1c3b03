"""Simulated figures come from exactly the distribution that the density states."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, kstest, norm

from tallystick.calibrate.density import Terms, expected, terms_of
from tallystick.calibrate.observe import OPEN
from tallystick.calibrate.simulate import AT_LEAST, POINT, RANGE, ROUNDED, UP_TO, plant, readings, simulate
from tests.calibrate import real

TIMES = 400


@pytest.fixture(scope="module")
def terms() -> Terms:
    return terms_of(real.ready().model, real.ready().data)


@pytest.fixture(scope="module")
def drawn(terms: Terms) -> list[Terms]:
    """The claims of one truth, simulated many times."""
    ready, generator = real.ready(), np.random.default_rng(20)
    return [simulate(real.typical(21), terms, ready.model, ready.data, generator) for _ in range(TIMES)]


def _cdf(z: Any) -> Any:
    """The contaminated normal: nine parts as wide as stated, one part four times."""
    said = real.ready().model.likelihood
    rare, wide = said["outlier_share"], said["outlier_widen"]
    return (1 - rare) * norm.cdf(z) + rare * norm.cdf(z / wide)


def _z(terms: Terms, limits: Any) -> Any:
    ready = real.ready()
    centre, scale = expected(real.typical(21), terms, ready.model, ready.data, np)
    return (limits - centre) / scale


def test_readings_err_as_the_density_says(terms: Terms) -> None:
    """Kolmogorov-Smirnov against the closed distribution function, over all claims."""
    ready, generator = real.ready(), np.random.default_rng(22)
    found = [readings(real.typical(21), terms, ready.model, ready.data, generator) for _ in range(30)]
    z = np.concatenate([_z(terms, each) for each in found])
    assert kstest(z, _cdf).pvalue > 0.01
    assert kstest(1.1 * z, _cdf).pvalue < 0.01  # and would see errors a tenth too wide


def test_points_report_the_reading_and_design_stays(drawn: list[Terms], terms: Terms) -> None:
    points = real.ready().data.kind == POINT
    for one in drawn[:20]:
        assert (one.point[points] != terms.point[points]).all()
        np.testing.assert_array_equal(one.point[~points], terms.point[~points])
        np.testing.assert_array_equal(one.low[points], terms.low[points])
        for name in ("location", "width", "window", "used"):
            assert getattr(one, name) is getattr(terms, name)


@pytest.mark.parametrize("kind", [AT_LEAST, UP_TO])
def test_a_threshold_stays_and_the_side_falls_as_often_as_its_probability(
    kind: int, drawn: list[Terms], terms: Terms
) -> None:
    at = np.flatnonzero(real.ready().data.kind == kind)
    threshold = (terms.low if kind == AT_LEAST else terms.high)[at]
    low, high = (np.stack([getattr(one, side)[at] for one in drawn]) for side in ("low", "high"))
    above = high == OPEN
    np.testing.assert_array_equal(np.where(above, low, high), np.broadcast_to(threshold, low.shape))
    np.testing.assert_array_equal(low == -OPEN, ~above)
    _agree(above.sum(axis=0), 1 - _cdf(_z(terms, terms.low if kind == AT_LEAST else terms.high)[at]))


@pytest.mark.parametrize("kind", [RANGE, ROUNDED])
def test_a_range_or_round_figure_is_a_cell_of_its_own_width_hit_as_often_as_its_probability(
    kind: int, drawn: list[Terms], terms: Terms
) -> None:
    at = np.flatnonzero(real.ready().data.kind == kind)
    assert len(at) > 5
    width = (terms.high - terms.low)[at]
    low, high = (np.stack([getattr(one, side)[at] for one in drawn]) for side in ("low", "high"))
    np.testing.assert_allclose(high - low, np.broadcast_to(width, low.shape), rtol=1e-9)
    cells = (low - terms.low[at]) / width
    np.testing.assert_allclose(cells, np.round(cells), atol=1e-6)
    for cell in (-1, 0, 1):
        chance = _cdf(_z(terms, terms.high + cell * (terms.high - terms.low))[at])
        chance = chance - _cdf(_z(terms, terms.low + cell * (terms.high - terms.low))[at])
        _agree((np.round(cells) == cell).sum(axis=0), chance)


def _agree(times: Any, chance: Any) -> None:
    """Each count lies where its binomial does in all but one case of a hundred thousand."""
    low, high = binom.ppf([5e-6], TIMES, chance), binom.ppf([1 - 5e-6], TIMES, chance)
    assert ((times >= low) & (times <= high)).all()


def test_truths_are_standard_normal_and_the_seed_is_all_they_hang_on() -> None:
    model = real.ready().model
    truths = np.stack([plant(np.random.default_rng([1, number]), model) for number in range(50)])
    assert kstest(truths.ravel(), norm.cdf).pvalue > 0.01
    np.testing.assert_array_equal(truths[7], plant(np.random.default_rng([1, 7]), model))
