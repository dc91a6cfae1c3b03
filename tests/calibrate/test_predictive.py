"""Figures laid against the prior alone: even where they come from it, and not where they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from scipy.stats import kstest

from tallystick.calibrate.density import terms_of
from tallystick.calibrate.predictive import placed_before
from tallystick.calibrate.simulate import plant, readings
from tests.calibrate import real

DRAWS = 2000


def _places(times: float) -> Any:
    """Where points fall that are each of a truth of its own, drawn from the prior, and so many times too high."""
    ready, generator = real.ready(), np.random.default_rng(7)
    terms, points = terms_of(ready.model, ready.data), {}
    for at, one in enumerate(ready.observations):
        if one.kind == "point":
            read = readings(plant(generator, ready.model), terms, ready.model, ready.data, generator)[at]
            points[one.claim] = float(times * np.exp(read))
    told = tuple(replace(one, point=points.get(one.claim, one.point)) for one in ready.observations)
    found = placed_before(real.programme(), replace(real.account(), observations=told), DRAWS, seed=8)
    return np.array([one.pit for one in found if one.claim in points])


def test_figures_that_the_prior_makes_fall_evenly_in_what_it_expects() -> None:
    places = _places(1.0)
    assert len(places) > 40
    assert kstest(places, "uniform").pvalue > 0.001


def test_figures_that_are_too_high_are_seen() -> None:
    places = _places(5.0)
    assert places.mean() > 0.65
    assert kstest(places, "uniform").pvalue < 1e-4


def test_a_figure_of_what_is_never_told_has_no_place() -> None:
    found = placed_before(real.programme(), real.account(), 100, seed=1)
    assert found
    assert "escapes" not in {one.measure for one in found}


def test_as_many_draws_of_one_seed_give_the_same_places() -> None:
    once, again = (placed_before(real.programme(), real.account(), 100, seed=1) for _ in range(2))
    assert once == again
