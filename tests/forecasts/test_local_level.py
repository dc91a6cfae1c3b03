"""Promise: the local level is the best linear forecast of a random walk seen with noise, and finds its variances."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.forecasts.local_level import DEFAULT, Level, Variances, level_at, variances_of

GIVEN = Variances(figure=0.09, month=0.004)


def _kriged(months: np.ndarray, logs: np.ndarray, wanted: int, given: Variances) -> Level:
    """Best linear unbiased prediction of a walk of unknown level (ordinary kriging; Cressie 1993)."""
    start = min(months.min(), wanted)
    walk = given.month * np.minimum.outer(months - start, months - start) + given.figure * np.eye(len(months))
    to = given.month * np.minimum(months - start, wanted - start)
    system = np.block([[walk, np.ones((len(months), 1))], [np.ones((1, len(months))), np.zeros((1, 1))]])
    weights = np.linalg.solve(system, np.append(to, 1.0))
    variance = given.month * (wanted - start) + given.figure - weights @ np.append(to, 1.0)
    return Level(float(weights[:-1] @ logs), float(np.sqrt(variance)))


@pytest.mark.parametrize("wanted", [24180, 24203, 24240, 24300])  # before, between, on the month of, and after figures
def test_a_forecast_is_the_best_linear_one(wanted: int) -> None:
    months, logs = np.array([24192, 24199, 24210, 24240]), np.array([9.0, 9.6, 9.2, 10.1])
    found = level_at((months + 0.5) / 12, logs, (wanted + 0.5) / 12, GIVEN)
    known = _kriged(months, logs, wanted, GIVEN)
    assert found.centre == pytest.approx(known.centre, abs=1e-6)
    assert found.sd == pytest.approx(known.sd, rel=1e-6)


def test_figures_of_one_month_count_as_their_mean() -> None:
    one = level_at(np.array([2016.04, 2018.04]), np.array([9.5, 9.0]), 2019.5, GIVEN)
    two = level_at(np.array([2016.04, 2018.02, 2018.06]), np.array([9.5, 9.2, 8.8]), 2019.5, GIVEN)
    assert two == pytest.approx(one)


def test_planted_variances_are_found() -> None:
    draw, series = np.random.default_rng(4), []
    for _ in range(40):
        months = np.sort(draw.choice(120, 12, replace=False))
        level = np.cumsum(draw.normal(0, np.sqrt(GIVEN.month), 120))[months]
        series.append(((months + 0.5) / 12 + 2015, level + draw.normal(0, np.sqrt(GIVEN.figure), 12)))
    found = variances_of(series)
    assert found.figure == pytest.approx(GIVEN.figure, rel=0.3)
    assert found.month == pytest.approx(GIVEN.month, rel=0.3)


def test_with_too_few_steps_variances_are_the_stated_ones() -> None:
    two = (np.array([2016.0, 2018.0]), np.array([9.0, 9.1]))
    assert variances_of([two] * 4) == DEFAULT
    assert variances_of([two] * 5) != DEFAULT
    assert variances_of([]) == DEFAULT
    alone = level_at(np.array([2016.0]), np.array([9.0]), 2020.0, DEFAULT)
    assert alone == pytest.approx((9.0, 0.5))
