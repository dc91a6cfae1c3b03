"""Promise: the bootstrap prefers neither of two equals, widens where figures hang together, and repeats by its seed."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.forecasts.resample import chance_below, interval, redrawn

REPEATS = 2000


def test_every_redrawing_is_of_whole_figures_and_shocks() -> None:
    shock = np.array([0, 0, 0, 1, 2, 2])
    again = redrawn(shock, REPEATS, 1)
    assert again.figures.shape == again.shocks.shape == (REPEATS, 6)
    np.testing.assert_array_equal(again.figures.sum(axis=1), 6)
    drawn = np.stack([again.shocks[:, shock == each].sum(axis=1) for each in range(3)], axis=1) / np.array([3, 1, 2])
    np.testing.assert_array_equal(drawn.sum(axis=1), 3)  # three shocks in all, each with as many figures as it has
    np.testing.assert_array_equal(drawn, np.floor(drawn))
    np.testing.assert_allclose(again.shocks.mean(axis=0), 1.0, atol=0.1)


def test_the_same_seed_redraws_the_same_and_nought_is_a_seed() -> None:
    shock = np.repeat([0, 1, 2], 5)
    for seed in (0, 5):
        for one, other in zip(redrawn(shock, 50, seed), redrawn(shock, 50, seed), strict=True):
            np.testing.assert_array_equal(one, other)
    assert (redrawn(shock, 50, 0).figures != redrawn(shock, 50, 5).figures).any()


def test_between_equals_the_chance_is_about_a_half() -> None:
    """Over many data sets without any difference: a half on average, and by figures as even as a p-value."""
    draw, shock = np.random.default_rng(6), np.repeat(np.arange(5), 8)
    found = []
    for each in range(300):
        again = redrawn(shock, 200, each)
        found.append([chance_below(draw.normal(0, 1, 40), counts) for counts in again])
    mean, by_figures = np.mean(found, axis=0), np.array(found)[:, 0]
    np.testing.assert_allclose(mean, 0.5, atol=0.06)  # 3.5 standard errors
    assert (by_figures >= 0.95).mean() == pytest.approx(0.05, abs=0.045)


def test_a_tie_counts_half() -> None:
    again = redrawn(np.zeros(20, dtype=np.int64), 100, 1)
    assert chance_below(np.zeros(20), again.figures) == 0.5


def test_a_clear_difference_is_seen() -> None:
    again = redrawn(np.repeat([0, 1, 2], 10), REPEATS, 1)
    better = np.random.default_rng(1).normal(-0.5, 0.3, 30)
    assert chance_below(better, again.figures) == 1.0
    assert chance_below(-better, again.shocks) == 0.0


def test_figures_that_hang_together_leave_more_open() -> None:
    shock = np.repeat(np.arange(6), 10)
    shared = np.random.default_rng(2).normal(0, 1, 6)[shock]
    again = redrawn(shock, REPEATS, 1)
    by_figures, by_shocks = (np.diff(interval(shared, counts))[0] for counts in again)
    assert by_shocks > 2 * by_figures


def test_an_interval_of_a_mean_is_as_wide_as_theory_says() -> None:
    value = np.random.default_rng(3).normal(0.8, 0.4, 200)
    low, high = interval(value, redrawn(np.arange(200), REPEATS, 1).figures)
    assert high - low == pytest.approx(2 * 1.96 * value.std() / np.sqrt(200), rel=0.1)
    assert low < value.mean() < high


def test_a_mean_is_over_the_figures_that_were_drawn_however_many() -> None:
    again = redrawn(np.array([0, 0, 0, 0, 1, 2]), REPEATS, 1)
    assert again.shocks.sum(axis=1).std() > 0
    assert interval(np.full(6, 0.3), again.shocks) == pytest.approx((0.3, 0.3))
