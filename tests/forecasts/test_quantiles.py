"""Known answers: a forecast kept as a list of quantiles is scored as the distribution that it was taken from."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.forecasts import quantiles
from tallystick.forecasts.mixture import Mixture, cdf, crps, log_density, normal

CENTRE, SD = 8.3, 0.6
KEPT = quantiles.quantiles_of(normal(CENTRE, SD))


@pytest.mark.parametrize("off", [-2.5, -1.5, -0.7, -0.1, 0.0, 0.33, 1.0, 2.0, 2.5])
def test_scores_of_a_normal_match_its_closed_forms(off: float) -> None:
    """CRPS within 0.2 % inside the outermost levels (2.576 sd); place and density as near as six digits allow."""
    whole, said = normal(CENTRE, SD), CENTRE + off * SD
    assert quantiles.crps(KEPT, said) == pytest.approx(crps(whole, said), rel=2e-3)
    assert quantiles.place(KEPT, said) == pytest.approx(float(cdf(whole, said)), abs=1e-5)
    assert quantiles.log_score(KEPT, said) == pytest.approx(float(log_density(whole, said)), abs=2e-3)


def test_scores_of_a_mixture_with_two_humps_match_too() -> None:
    whole = Mixture(np.array([0.7, 0.3]), np.array([7.0, 9.0]), np.array([0.3, 0.2]))
    kept = quantiles.quantiles_of(whole)
    for said in (6.6, 7.1, 7.6, 8.8, 9.1):
        assert quantiles.crps(kept, said) == pytest.approx(crps(whole, said), rel=5e-3)
        assert quantiles.place(kept, said) == pytest.approx(float(cdf(whole, said)), abs=1e-3)
        assert quantiles.log_score(kept, said) == pytest.approx(
            float(log_density(whole, said)), abs=0.1
        )  # least sure in the valley


def test_the_density_behind_the_log_score_adds_up_to_one() -> None:
    """So that nobody gains by the gaps or the tails."""
    at = np.linspace(CENTRE - 12 * SD, CENTRE + 12 * SD, 200_001)
    density = np.exp([quantiles.log_score(KEPT, one) for one in at[::20]])
    assert np.trapezoid(density, at[::20]) == pytest.approx(1, abs=1e-3)


def test_the_place_rises_from_nought_to_one_and_meets_the_levels() -> None:
    at = np.linspace(CENTRE - 6 * SD, CENTRE + 6 * SD, 3001)
    places = [quantiles.place(KEPT, one) for one in at]
    assert np.all(np.diff(places) > 0)
    assert places[0] == pytest.approx(0, abs=1e-6)
    assert places[-1] == pytest.approx(1, abs=1e-6)
    for level in quantiles.SHOWN:
        assert quantiles.place(KEPT, float(np.log(quantiles.at(KEPT, level)))) == pytest.approx(level, abs=1e-6)


def test_a_forecast_that_is_far_off_scores_ever_worse() -> None:
    near, far, farther = (quantiles.log_score(KEPT, CENTRE + off * SD) for off in (1, 5, 8))
    assert near > far > farther
    assert quantiles.crps(KEPT, CENTRE + 8 * SD) > quantiles.crps(KEPT, CENTRE + 5 * SD)
