"""Draws taken by weight: known answers, and when they are refused. `test_warm_fit` lays them beside a cold fit."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr

from tallystick.calibrate.diagnostics import mixing
from tallystick.calibrate.fit import Limits
from tallystick.calibrate.resampled import LIMITS, Uneven, _judged, by_weight, resampled
from tallystick.calibrate.sample import Run
from tallystick.reconcile.account import Observation
from tests.calibrate import real

DRAWS = 4000


@pytest.fixture(scope="module")
def drawn() -> Any:
    """Of a standard normal, in four chains."""
    return np.random.default_rng(5).standard_normal(DRAWS)


def test_with_nothing_new_each_draw_is_taken_once() -> None:
    np.testing.assert_array_equal(by_weight(np.zeros(DRAWS), 4), np.arange(DRAWS))


@pytest.mark.parametrize("seed", range(5))
def test_weights_that_differ_by_rounding_alone_are_nothing_new(seed: int) -> None:
    noise = 1e-14 * np.random.default_rng(seed).standard_normal(DRAWS)
    np.testing.assert_array_equal(by_weight(noise, 4), np.arange(DRAWS))


def test_a_very_loose_bound_is_weighed(drawn: Any) -> None:
    """It says next to nothing, so that nearly each draw is taken once."""
    taken = by_weight(np.log1p(-1e-6 * np.exp(-drawn)), 4)
    assert len(set(taken.tolist())) > 0.99 * DRAWS


def test_chains_that_disagree_on_what_is_new_are_refused(drawn: Any) -> None:
    """One chain sits where the new figure lies. Taken by weight its draws would fill the places of all others."""
    apart = drawn + np.repeat([3.0, 0.0, 0.0, 0.0], DRAWS // 4)
    with pytest.raises(Uneven, match=r"chains disagree on what is new, R-hat 1\.\d+"):
        by_weight(-0.5 * (3 - apart) ** 2, 4)


def test_draws_of_a_normal_become_those_that_a_figure_leaves(drawn: Any) -> None:
    """The figure says 1 with an error of 1: a normal around a half, of variance a half."""
    taken = drawn[by_weight(-0.5 * (1 - drawn) ** 2, 4)]
    assert len(taken) == DRAWS
    assert taken.mean() == pytest.approx(0.5, abs=0.05)
    assert taken.var() == pytest.approx(0.5, rel=0.1)


def test_draws_that_stand_for_many_count_for_one(drawn: Any) -> None:
    """They stand beside themselves, so that effective draws are about as many as the weights are worth."""
    log_ratio = -0.5 * (1.5 - drawn) ** 2
    taken = drawn[by_weight(log_ratio, 4)]
    weights = np.exp(log_ratio)
    worth = weights.sum() ** 2 / (weights**2).sum()
    found = mixing(taken.reshape(4, -1, 1)).ess_bulk[0]
    assert 0.5 * worth < found < 1.3 * worth < 0.8 * DRAWS


def test_weights_that_few_draws_carry_are_refused(drawn: Any) -> None:
    with pytest.raises(Uneven, match=r"Pareto k of their weights is \d"):
        by_weight(-0.5 * ((6 - drawn) / 0.1) ** 2, 4)


def test_a_draw_that_nothing_speaks_for_is_never_taken(drawn: Any) -> None:
    log_ratio = np.where(drawn > -1, 0.1 * drawn, -60.0)
    assert drawn[by_weight(log_ratio, 4)].min() > -1


def test_where_other_tables_speak_nothing_is_weighed() -> None:
    """Their errors are other unknowns, though as many."""
    account = real.account()
    table = next(each for each in account.observations if each.report and _shared(each, account.observations))
    named = tuple(
        replace(each, report="zz " + each.report) if each.report == table.report else each
        for each in account.observations
    )
    with pytest.raises(Uneven, match="other tables or countries"):
        resampled(real.programme(), account, SimpleNamespace(), named)  # type: ignore[arg-type]  # never asked


def _published(every: Any, repeats: int) -> tuple[Any, Run]:
    """Headline draws of which each stands for so many, and the run that they would come from."""
    taken = every[np.arange(DRAWS) // repeats * repeats]
    names = real.programme().tables["model"]["headline"]
    still = np.zeros((4, DRAWS // 4))
    return xr.Dataset(dict.fromkeys(names, ("draw", taken))), Run(still[..., None], still > 0, still, still, still)


def test_draws_that_carry_half_of_what_is_published_are_enough(drawn: Any) -> None:
    assert Limits(r_hat=1.05, ess=200) == LIMITS
    judged = _judged(real.programme(), *_published(drawn, 10), seed=3)
    assert judged.passed
    assert 200 <= judged.ess_tail_min < 600


def test_too_few_effective_draws_are_refused(drawn: Any) -> None:
    with pytest.raises(Uneven, match=r"effective draws are left of \w+, R-hat 1\.\d+"):
        _judged(real.programme(), *_published(drawn, 40), seed=3)


def test_chains_that_differ_are_refused(drawn: Any) -> None:
    apart = drawn + np.repeat([0.0, 0.0, 0.0, 1.0], DRAWS // 4)
    with pytest.raises(Uneven, match=r"R-hat 1\.[1-9]"):
        _judged(real.programme(), *_published(apart, 1), seed=3)


def _shared(one: Observation, all_: tuple[Observation, ...]) -> bool:
    return sum((each.report, each.unit) == (one.report, one.unit) for each in all_) > 1
