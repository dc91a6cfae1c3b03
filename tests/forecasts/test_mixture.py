"""Promise: a mixture's distribution, quantiles, pools and scores are those of the textbook, few components or many."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from tallystick.forecasts.mixture import (
    Mixture,
    cdf,
    crps,
    half_spread,
    log_density,
    log_probability,
    normal,
    pooled,
    probability,
    quantile,
)

THREE = Mixture(np.array([0.5, 0.3, 0.2]), np.array([9.0, 10.5, 8.0]), np.array([0.3, 1.0, 0.1]))


def _many(sds: str, components: int = 4000) -> Mixture:
    draw = np.random.default_rng(7)
    sd = {
        "alike": draw.lognormal(-1, 0.4, components),
        "one": np.full(components, 0.3),
        "points": np.full(components, 1e-4),
        "apart": np.where(draw.random(components) < 0.5, 0.05, 5.0),
    }
    return Mixture(draw.dirichlet(np.ones(components)), draw.normal(9, 1, components), sd[sds])


def _by_integral(mixture: Mixture, said: float) -> float:
    """The definition: integral of the squared distance between the distribution and the step at what was said."""
    low, high = (mixture.centre - 9 * mixture.sd).min(), (mixture.centre + 9 * mixture.sd).max()
    below, _ = quad(lambda value: float(cdf(mixture, value)) ** 2, min(low, said), said, limit=400)
    above, _ = quad(lambda value: (1 - float(cdf(mixture, value))) ** 2, said, max(high, said), limit=400)
    return below + above


@pytest.mark.parametrize("said", [7.0, 9.0, 9.4, 14.0])
def test_crps_of_a_normal_is_the_closed_form(said: float) -> None:
    """sd (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)); Gneiting and Raftery 2007, doi 10.1198/016214506000001437."""
    centre, sd = 9.0, 0.4
    z = (said - centre) / sd
    known = sd * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi))
    assert crps(normal(centre, sd), said) == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize("said", [6.0, 8.0, 9.3, 12.0])
def test_crps_of_a_mixture_is_the_integral_that_defines_it(said: float) -> None:
    assert crps(THREE, said) == pytest.approx(_by_integral(THREE, said), abs=1e-6)


@pytest.mark.parametrize("sds", ["alike", "one", "points", "apart"])
def test_the_grid_agrees_with_all_pairs(sds: str) -> None:
    mixture = _many(sds, 1500)
    spread = np.sqrt(np.add.outer(mixture.sd**2, mixture.sd**2))
    standard = np.subtract.outer(mixture.centre, mixture.centre) / spread
    pairs = spread * (standard * (2 * norm.cdf(standard) - 1) + 2 * norm.pdf(standard))
    assert half_spread(mixture) == pytest.approx(mixture.weight @ pairs @ mixture.weight / 2, abs=2e-4)


def test_one_component_cut_in_thousands_scores_as_one() -> None:
    cut = Mixture(np.full(4000, 1 / 4000), np.full(4000, 9.0), np.full(4000, 0.4))
    assert crps(cut, 9.7) == pytest.approx(crps(normal(9.0, 0.4), 9.7), abs=1e-6)


def test_a_score_of_4000_components_takes_under_5_milliseconds() -> None:
    mixture, took = _many("alike"), []
    for _ in range(20):
        start = time.process_time()
        crps(mixture, 9.3)
        took.append(time.process_time() - start)
    assert min(took) < 0.005


def test_distribution_and_density_are_weighted_sums() -> None:
    values = np.array([[7.5, 9.0], [10.0, 13.0]])
    parts = [(w, norm(c, s)) for w, c, s in zip(*THREE, strict=True)]
    np.testing.assert_allclose(cdf(THREE, values), sum(w * part.cdf(values) for w, part in parts), rtol=1e-12)
    density = sum(w * part.pdf(values) for w, part in parts)
    np.testing.assert_allclose(log_density(THREE, values), np.log(density), rtol=1e-12)


def test_quantiles_undo_the_distribution() -> None:
    levels = np.array([[0.001, 0.1, 0.5], [0.9, 0.975, 0.999]])
    for mixture in (THREE, normal(9.0, 0.4), _many("apart")):
        np.testing.assert_allclose(cdf(mixture, quantile(mixture, levels)), levels, atol=1e-9)
    assert float(quantile(normal(9.0, 0.4), 0.975)) == pytest.approx(norm(9.0, 0.4).ppf(0.975), abs=1e-9)


def test_chances_of_bounds_keep_their_digits_far_out() -> None:
    one = normal(0.0, 1.0)
    assert log_probability(one, 12.0, np.inf) == pytest.approx(norm.logsf(12.0), rel=1e-12)
    assert log_probability(one, -np.inf, -40.0) == pytest.approx(norm.logcdf(-40.0), rel=1e-12)
    assert log_probability(one, 9.0, 10.0) == pytest.approx(np.log(norm.sf(9.0) - norm.sf(10.0)), rel=1e-12)
    assert probability(THREE, 8.5, 10.0) == pytest.approx(float(cdf(THREE, 10.0) - cdf(THREE, 8.5)), abs=1e-12)
    assert probability(THREE, -np.inf, np.inf) == pytest.approx(1.0, abs=1e-12)


def test_a_pool_is_the_weighted_mean_of_distributions() -> None:
    pool = pooled([THREE, normal(9.5, 0.2)], [3.0, 1.0])
    values = np.linspace(7, 12, 9)
    np.testing.assert_allclose(cdf(pool, values), 0.75 * cdf(THREE, values) + 0.25 * cdf(normal(9.5, 0.2), values))
    assert pool.weight.sum() == pytest.approx(1.0)


def test_intervals_of_a_known_generator_hold_as_often_as_they_say() -> None:
    draw = np.random.default_rng(3)
    part = draw.choice(3, 4000, p=THREE.weight)
    place = cdf(THREE, draw.normal(THREE.centre[part], THREE.sd[part]))
    for level in (0.5, 0.8, 0.95):
        held = (np.abs(place - 0.5) <= level / 2).mean()
        assert held == pytest.approx(level, abs=4 * np.sqrt(level * (1 - level) / 4000))
