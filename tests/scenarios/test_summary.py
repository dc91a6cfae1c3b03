"""What is kept of runs: exact moments, spread from parameters and from chance told apart, a size that does not grow."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from tallystick.scenarios.summary import QUANTILES, Tally, components, part_of

Array = NDArray[np.float64]


def tally_of(values: Array, slices: int = 1, blocks: int = 1) -> Tally:
    """(repeat, draw, cell) cut into blocks of draws and slices of repeats, as chunks are."""
    tally = Tally(values.shape[2])
    for block in np.array_split(values, blocks, axis=1):
        pieces = np.array_split(block, slices)
        for at, piece in enumerate(pieces):
            tally.add(part_of(piece), is_last=at == len(pieces) - 1)
    return tally


def nested(repeats: int, draws: int, parameters: float, chance: float, seed: int = 1) -> Array:
    random = np.random.default_rng(seed)
    centre = 1000 + parameters * random.standard_normal((1, draws, 1))
    return centre + chance * random.standard_normal((repeats, draws, 1))


@pytest.mark.parametrize(("slices", "blocks"), [(1, 1), (5, 1), (1, 7), (4, 3)])
def test_mean_and_variance_are_those_of_all_runs_however_they_are_cut(slices: int, blocks: int) -> None:
    values = nested(20, 30, 50.0, 20.0)
    figures = tally_of(values, slices, blocks).figures(0)
    assert figures.runs == 600
    assert figures.draws == 30
    assert figures.mean == pytest.approx(values.mean(), rel=1e-13)
    assert figures.all.sd == pytest.approx(values.std(ddof=1), rel=1e-12)


@pytest.mark.parametrize(("parameters", "chance"), [(50.0, 20.0), (5.0, 50.0), (0.0, 30.0), (30.0, 0.0)])
def test_the_two_variances_are_estimated_without_bias(parameters: float, chance: float) -> None:
    """Over 400 data sets their means lie within 4 standard errors of the truth (known answer)."""
    found = [components(tally_of(nested(5, 40, parameters, chance, seed)), 0) for seed in range(400)]
    for name, truth in (("parameters", parameters**2), ("chance", chance**2)):
        values = np.array([getattr(each, name) for each in found])
        error = values.std(ddof=1) / sqrt(len(values))
        assert abs(values.mean() - truth) <= 4 * error + 1e-9


def test_intervals_of_parameters_and_of_chance_have_their_own_width() -> None:
    figures = tally_of(nested(20, 4000, 50.0, 40.0), slices=2, blocks=8).figures(0)
    normal = stats.norm.ppf(QUANTILES)
    assert figures.parameters is not None
    assert figures.chance is not None
    np.testing.assert_allclose(figures.parameters.quantiles, 1000 + 50 * normal, atol=6)
    np.testing.assert_allclose(figures.chance.quantiles, 1000 + 40 * normal, atol=6)
    np.testing.assert_allclose(figures.all.quantiles, 1000 + sqrt(4100) * normal, atol=6)
    assert figures.share_of_parameters == pytest.approx(2500 / 4100, abs=0.02)


def test_parameters_that_do_not_matter_get_no_width() -> None:
    """The estimate for parameters falls below zero about every other time: it is then zero, never imaginary."""
    every = [tally_of(nested(4, 20, 0.0, 30.0, seed)) for seed in range(20)]
    below = [each for each in every if (components(each, 0).parameters or 0.0) < 0]
    assert below
    for each in below:
        figures = each.figures(0)
        assert figures.parameters is not None
        assert figures.parameters.sd == 0
        assert set(figures.parameters.quantiles) == {figures.mean}


def test_the_error_of_the_mean_is_what_means_differ_by() -> None:
    every = [tally_of(nested(5, 40, 50.0, 20.0, seed)).figures(0) for seed in range(400)]
    means, errors = np.array([each.mean for each in every]), np.array([each.error for each in every])
    assert means.std(ddof=1) == pytest.approx(np.sqrt((errors**2).mean()), rel=0.12)


def test_one_run_of_each_draw_cannot_tell_them_apart_and_says_so() -> None:
    figures = tally_of(nested(1, 50, 50.0, 20.0)).figures(0)
    assert (figures.parameters, figures.chance, figures.share_of_parameters) == (None, None, None)


def test_one_draw_has_chance_alone() -> None:
    figures = tally_of(nested(50, 1, 50.0, 20.0), slices=5).figures(0)
    assert figures.parameters is None
    assert figures.chance is not None
    assert figures.chance.sd == pytest.approx(20, rel=0.4)


def test_runs_without_a_value_are_left_out() -> None:
    values = nested(4, 10, 50.0, 20.0)
    values[1:, 0], values[:, 1], values[0, 2] = np.nan, np.nan, np.nan
    figures = tally_of(values, slices=2, blocks=2).figures(0)
    assert (figures.runs, figures.draws) == (40 - 3 - 4 - 1, 9)
    assert figures.mean == pytest.approx(np.nanmean(values), rel=1e-13)
    assert tally_of(np.full((2, 3, 1), np.nan)).figures(0).runs == 0


def test_what_is_kept_grows_with_the_logarithm_of_runs_at_most() -> None:
    """60 times as many runs take about twice the bytes (ever smaller deviations fill bins), and no draw is kept."""
    few, many = Tally(3), Tally(3)
    random = np.random.default_rng(2)
    for tally, chunks in ((few, 5), (many, 300)):
        for _ in range(chunks):
            values = 1000 + 50 * random.standard_normal((1, 500, 3)) + 20 * random.standard_normal((2, 500, 3))
            tally.add(part_of(values), is_last=True)
    assert many.figures(0).runs == 60 * few.figures(0).runs
    assert many.nbytes < 2.5 * few.nbytes
    assert many.nbytes < 60_000 * 3
