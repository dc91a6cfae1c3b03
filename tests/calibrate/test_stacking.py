"""Weights of choices against known answers, and when none may be given."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr
from scipy.stats import norm

from tallystick.calibrate import engine
from tallystick.calibrate.stacking import SURE, TELLING, choices, from_refit, predicted, stacked
from tests.calibrate import real

engine.prepare()


def test_the_weights_are_those_that_scipy_finds() -> None:
    """The same sum of logs, maximised over the simplex by another method (SLSQP on the full weights)."""
    from scipy.optimize import minimize

    density = np.random.default_rng(1).normal(0, 1.5, (80, 4)) + np.array([0.0, 0.3, -0.2, -1.0])
    likely = np.exp(density)
    found = minimize(
        lambda w: -np.log(likely @ w).sum(), np.full(4, 0.25), method="SLSQP", bounds=[(0, 1)] * 4,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, options={"ftol": 1e-12},
    )  # fmt: skip
    np.testing.assert_allclose(stacked(density), found.x, atol=2e-3)


def test_a_choice_that_predicts_everything_better_takes_all_the_weight() -> None:
    assert stacked(np.array([[0.0, -2.0]] * 30)) == pytest.approx([1.0, 0.0], abs=1e-6)


def test_choices_that_predict_half_of_the_origins_each_share_the_weight() -> None:
    assert stacked(np.array([[0.0, -9.0], [-9.0, 0.0]] * 10)) == pytest.approx([0.5, 0.5], abs=1e-3)


def test_prediction_without_an_origin_is_that_of_an_exact_refit() -> None:
    """Known answer: the conjugate normal mean under a standard normal prior."""
    figures, sd = np.array([0.3, 0.1, 0.5, 1.2]), 0.8
    precision = 1 + len(figures) / sd**2
    draws = np.random.default_rng(2).normal(figures.sum() / sd**2 / precision, precision**-0.5, 20_000)
    found = predicted(norm.logpdf(figures, draws[:, None], sd).reshape(2, -1, 4))
    for at, figure in enumerate(figures):
        rest = np.delete(figures, at)
        without = 1 + len(rest) / sd**2
        mean, spread = rest.sum() / sd**2 / without, np.sqrt(1 / without + sd**2)
        exact = norm.logpdf(figure, mean, spread)
        assert found.density[at] == pytest.approx(exact, abs=0.02)
        assert abs(found.density[at] - exact) < 5 * found.error[at]
        refit = np.random.default_rng(at).normal(mean, without**-0.5, 20_000)
        assert from_refit(norm.logpdf(figure, refit, sd)[None])[0] == pytest.approx(exact, abs=0.02)


def test_errors_are_those_of_as_many_draws_as_are_independent() -> None:
    """Known answer: draws that each stand ten times tell what they tell once, and their error is as large."""
    once = norm.logpdf(0.5, np.random.default_rng(3).standard_normal((2, 3000)), 2.0)
    often = np.repeat(once, 10, axis=1)
    exact = np.exp(once).std() / np.exp(once).mean() / np.sqrt(once.size)
    for drawn in (once, often):
        assert from_refit(drawn)[1] == pytest.approx(exact, rel=0.1)
        with np.errstate(over="ignore"):  # in ArviZ, for draws that stand ten times
            assert predicted(drawn[..., None]).error[0] == pytest.approx(predicted(once[..., None]).error[0], rel=0.3)


PROGRAMME = replace(
    real.programme(), tables={name: table for name, table in real.programme().tables.items() if name != "trust"}
)


def _kept(density: Any, **changes: Any) -> Any:
    """What a fit keeps: the model and one named choice. density : (choice, origin)."""
    shape, ids = np.shape(density), ["", str(real.programme().tables["model"]["alternative"][0]["id"])]
    parts = {"predictive": density, "predictive_error": np.full(shape, 0.1), "predictive_k": np.zeros(shape)}
    parts |= {"held": np.ones(shape, dtype=int)}
    parts |= {name: part for name, part in changes.items() if name in parts}
    kept = xr.Dataset({name: (("choice", "origin"), np.asarray(part)) for name, part in parts.items()}, {"choice": ids})
    none = ("choice", "quantile", "figure"), np.empty((shape[0], 3, 0))
    mixed = ("choice",), changes.get("mixed", np.ones(shape[0], dtype=int))
    return SimpleNamespace(origins=kept.assign(choice_said=none, choice_error=none, choice_mixed=mixed))


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_choice_that_the_evidence_does_not_tell_from_the_model_is_not_weighed(sign: int) -> None:
    """A difference of log scores below the bar, or one that Monte Carlo error could make: no data decide."""
    usual = np.linspace(-3, -1, 20)
    noise = SURE * 0.1 * np.sqrt(2 * 20)
    for more, errors in ((TELLING * 0.99, 0.0), (TELLING + 0.9 * noise, 0.1)):
        kept = _kept([usual, usual + sign * more / 20], predictive_error=np.full((2, 20), errors))
        itself, other = choices(PROGRAMME, kept, 1)
        assert (itself.weight, other.weight, other.compared) == (None, None, 20)
        assert other.difference == pytest.approx(sign * more)
    itself, other = choices(PROGRAMME, _kept([usual, usual + sign * (TELLING + 1.1 * noise) / 20]), 1)
    assert other.error == pytest.approx(noise / SURE)
    assert (itself.weight, other.weight) == (
        pytest.approx(float(sign < 0), abs=1e-3),
        pytest.approx(float(sign > 0), abs=1e-3),
    )
    assert other.lower is not None
    assert other.upper is not None
    assert other.lower <= other.upper


def test_origins_that_a_choice_does_not_hear_or_cannot_predict_are_left_out_of_the_comparison() -> None:
    usual = np.zeros(12)
    density = [usual, usual + np.array([50.0, -50.0, *[1.0] * 10])]
    held, k = np.ones((2, 12), dtype=int), np.zeros((2, 12))
    held[1, 0], k[1, 1] = 0, 0.8
    itself, other = choices(PROGRAMME, _kept(density, held=held, predictive_k=k), 1)
    assert other.compared == 10
    assert other.difference == pytest.approx(10.0)
    assert itself.weight == pytest.approx(0.0, abs=1e-3)
    assert other.weight == pytest.approx(1.0, abs=1e-3)


def test_each_origin_that_a_choice_hears_is_told_with_its_difference_its_error_and_whether_it_was_asked() -> None:
    usual, more = np.linspace(-3, -1, 4), np.array([0.5, -0.25, 9.0, 0.0])
    held, k = np.ones((2, 4), dtype=int), np.zeros((2, 4))
    held[1, 3], k[1, 2] = 0, 0.8
    errors = np.array([[0.3] * 4, [0.4] * 4])
    kept = _kept([usual, usual + more], held=held, predictive_k=k, predictive_error=errors)
    kept.origins = kept.origins.assign_coords(origin=["first", "second", "third", "fourth"])
    itself, other = choices(PROGRAMME, kept, 1)
    assert itself.foretold == ()
    assert [(one.origin, one.compared) for one in other.foretold] == [
        ("first", True), ("second", True), ("third", False)
    ]  # fmt: skip
    assert [one.difference for one in other.foretold] == pytest.approx(more[:3])
    assert {round(one.error, 9) for one in other.foretold} == {0.5}
    assert other.difference == pytest.approx(sum(one.difference for one in other.foretold if one.compared))


def test_a_choice_whose_chains_disagree_is_never_weighed_and_keeps_no_origin_from_the_others() -> None:
    density = [np.zeros(12), np.ones(12)]
    k = np.zeros((2, 12))
    k[1, :4] = 0.9
    itself, other = choices(PROGRAMME, _kept(density, predictive_k=k, mixed=[1, 0]), 1)
    assert (other.reliable, other.weight, itself.weight) == (False, None, None)
    assert (other.difference, other.error, other.compared) == (None, None, 0)
    assert {one.compared for one in other.foretold} == {False}
    assert itself.compared == 12
    itself, other = choices(PROGRAMME, _kept(density, predictive_k=k, mixed=[1, 1]), 1)
    assert (other.reliable, other.compared) == (True, 8)
    assert other.weight == pytest.approx(1.0, abs=1e-3)


def test_where_nothing_has_settled_an_origin_that_the_model_cannot_foretell_is_still_not_compared() -> None:
    k = np.zeros((2, 12))
    k[0, :3] = 0.9
    itself, other = choices(PROGRAMME, _kept(np.zeros((2, 12)), predictive_k=k, mixed=[0, 0]), 1)
    assert (itself.compared, itself.difference, other.difference) == (9, 0.0, None)
