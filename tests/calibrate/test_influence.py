"""Influence against an exact answer, and tail probabilities against SciPy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from tallystick.calibrate import engine
from tallystick.calibrate.influence import RELIABLE_K, influences, tail_probabilities
from tests.calibrate import real


def _normal(figures: Any, sd: float) -> tuple[float, float]:
    """Mean and standard deviation of a normal mean given figures of known sd, under a standard normal prior."""
    precision = 1 + len(figures) / sd**2
    return sum(figures) / sd**2 / precision, float(precision**-0.5)


def test_leaving_an_origin_out_moves_the_median_as_an_exact_refit_does() -> None:
    """Known answer: the conjugate normal mean, whose posterior without one figure is closed."""
    engine.prepare()
    figures, sd = np.array([0.3, 0.1, 0.5, 1.2]), 0.8
    mean, width = _normal(figures, sd)
    draws = np.random.default_rng(11).normal(mean, width, 40_000)
    found = influences(norm.logpdf(figures, draws[:, None], sd), np.stack([np.full(40_000, 1.0) + draws, -draws], 1))
    eighty = 2 * norm.ppf(0.9) * width
    for at, influence in enumerate(found):
        without, _ = _normal(np.delete(figures, at), sd)
        assert influence.move == pytest.approx(abs(without - mean) / eighty, abs=0.01)
        assert influence.k < RELIABLE_K
    assert max(range(4), key=lambda at: found[at].move) == 3


def test_an_origin_that_alone_decides_is_marked_as_beyond_these_weights() -> None:
    """One exact figure among vague ones: draws from the posterior hold next to nothing of the answer without it."""
    engine.prepare()
    mean, width = _normal([4.0], 0.05)
    draws = np.random.default_rng(12).normal(mean, width, 4000)
    (found,) = influences(norm.logpdf(4.0, draws[:, None], 0.05), draws[:, None])
    assert found.k > RELIABLE_K


def test_an_origin_that_says_nothing_moves_nothing() -> None:
    engine.prepare()
    draws = np.random.default_rng(13).standard_normal((2001, 1))
    (found,) = influences(np.full((2001, 1), -2.0), draws)
    assert found.move == pytest.approx(0.0, abs=1e-3)


def _tails(kind: str, low: float | None, point: float | None, high: float | None) -> float:
    """The tail probability of one claim whose predicted log median is log 100, with a scale of 0.5."""
    one = replace(real.account().observations[0], kind=kind, low=low, point=point, high=high)
    centre, scale = np.full((3, 1), np.log(100.0)), np.full((3, 1), 0.5)
    return float(tail_probabilities(real.programme(), (one,), centre, scale)[0])


def _known(ratio: float) -> float:
    """Chance of a figure below that many times the median, nine parts normal and one part four times as wide."""
    z = np.log(ratio) / 0.5
    return float(0.9 * norm.cdf(z) + 0.1 * norm.cdf(z / 4))


@pytest.mark.parametrize(
    ("kind", "low", "point", "high", "known"),
    [
        ("point", None, 100.0, None, 1.0),
        ("point", None, 200.0, None, 2 * (1 - _known(2.0))),
        ("point", None, 25.0, None, 2 * _known(0.25)),
        ("at_least", 300.0, None, None, 2 * (1 - _known(3.0))),
        ("at_least", 50.0, None, None, 1.0),
        ("up_to", None, None, 40.0, 2 * _known(0.4)),
        ("up_to", None, None, 150.0, 1.0),
        ("range", 80.0, None, 120.0, 1.0),
        ("range", 150.0, None, 300.0, 2 * (1 - _known(1.5))),
        ("range", 10.0, None, 60.0, 2 * _known(0.6)),
    ],
)
def test_a_claim_is_as_far_out_as_its_nearest_bound(
    kind: str, low: float | None, point: float | None, high: float | None, known: float
) -> None:
    assert _tails(kind, low, point, high) == pytest.approx(min(known, 1.0), rel=1e-9)
