"""Sources that err otherwise than the model supposes: what each world does to honest figures, and who is flagged.

The full form, with many data sets and the page that tells of them, is `make statistics`.
"""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.calibrate import misled
from tallystick.calibrate.density import expected
from tallystick.calibrate.misled import FIVE, LEAN, Plot, Stage, as_said, noises, plotted, stage_of, staged, with_plot
from tallystick.calibrate.newcomer import Offer
from tallystick.calibrate.recovery import Size
from tallystick.calibrate.simulate import POINT, plant, readings
from tests.calibrate import real

VETTED, UNVETTED = "media", "unvetted"


@pytest.fixture(scope="module")
def stage() -> Stage:
    """Small: one chain and few draws for each fit; compiled once for the tests of this module."""
    where = Offer("workers_present", "RU", 2024, "")
    size = Size(chains=1, warmup=100, draws=200, most=200)
    return stage_of(real.programme(), real.account(), (VETTED, UNVETTED), where, size)


def test_five_that_agree_on_a_wrong_figure_are_flagged(stage: Stage) -> None:
    """T2: colluding sources at a tenth and at ten times of what all else says; never without a flag. Three fits."""
    worlds = {"low": Plot(FIVE, UNVETTED, 0.1), "high": Plot(FIVE, VETTED, 10.0)}
    usual, found = plotted(stage, 1, worlds)
    assert {name: one.flagged for name, one in found.items()} == dict.fromkeys(worlds, True)
    planted = {one.claim for one in stage.observed[-2 * FIVE :]}
    assert not any(set(one.claims) & planted for one in usual)
    assert found["high"].move > 0.5  # they do move it: what the flag is for


def test_a_world_is_the_honest_one_but_for_what_it_is_named_for(stage: Stage) -> None:
    bench, generator = stage.bench, np.random.default_rng(2)
    model, data = bench.prepared.model, bench.prepared.data
    truth = plant(generator, model)
    centre, scale = expected(truth, bench.terms, model, data, np)
    read = readings(truth, bench.terms, model, data, generator)
    told = {name: noise(read, centre, scale, generator) for name, noise in noises(stage).items()}
    leaning = told["leaning class"] - read
    assert set(np.round(leaning, 9)) == {0.0, round(float(np.log(LEAN)), 9)}
    assert len(set(data.who[leaning > 0])) == 1
    copied = told["copies"] != read
    assert 0.2 < copied.mean() < 0.6
    assert all((told["copies"][at] == read[data.row == data.row[at]]).any() for at in np.flatnonzero(copied))
    off, usual = np.abs(told["heavy tails"] - centre) / scale, np.abs(read - centre) / scale
    assert np.quantile(off, 0.9) > np.quantile(usual, 0.9)


def test_a_copy_is_of_another_figure(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misled, "COPIED", 1.0)
    data = stage.bench.prepared.data
    read = np.arange(len(data.row), dtype=float)
    copied = noises(stage)["copies"](read, read, read, np.random.default_rng(4)) != read
    many = np.array([(data.row == row).sum() for row in data.row])
    beside = [(one, data.window[at].tobytes()) for at, one in enumerate(data.row)]
    same = np.array([beside.count(one) > 1 for one in beside])  # another figure of the same series and months
    assert (many == 1).any()
    assert not copied[many == 1].any()
    assert same.sum() > 20
    assert copied[same].all()


def test_what_happens_to_a_number_that_is_shown_alone_is_not_looked_at(stage: Stage) -> None:
    """The recovery check holds its intervals to the truth; which sources move it nobody asks."""
    asked = {one.estimand for one in stage.bench.quantities}
    assert "escapes_to_safety" in real.programme().tables["calibration"]["periods"]
    assert asked == set(real.programme().tables["calibration"]["periods"]) - {"escapes_to_safety"}


def test_planted_figures_are_heard_in_their_own_world_alone(stage: Stage) -> None:
    plot, terms = Plot(FIVE, VETTED, 10.0), stage.bench.terms
    centre = np.full(len(stage.observed), np.log(5000.0))
    planted = with_plot(stage, terms, plot, centre)
    heard = np.flatnonzero(np.asarray(planted.used) != np.asarray(terms.used))
    assert len(heard) == FIVE
    assert np.asarray(terms.used)[heard].sum() == 0
    assert {stage.observed[at].asserter_class for at in heard} == {VETTED}
    assert np.exp(np.asarray(planted.point)[heard]) == pytest.approx(50_000.0)
    said = list(as_said(stage, planted))
    assert [said[at].point for at in heard] == [pytest.approx(50_000.0)] * FIVE
    kinds = stage.bench.prepared.data.kind
    real_points = [one.point for one, kind in zip(stage.observed, kinds, strict=True) if kind == POINT][: -2 * FIVE]
    now = [one.point for one, kind in zip(said, kinds, strict=True) if kind == POINT][: -2 * FIVE]
    assert now == pytest.approx(real_points)


def test_every_world_is_fitted_to_one_planted_truth(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two fits: honest, and one world of noise."""
    monkeypatch.setattr(misled, "noises", lambda of: {"heavy tails": noises(of)["heavy tails"]})
    honest, heavy = staged(stage, 3, 0, {})
    assert (honest.world, heavy.world) == ("honest", "heavy tails")
    assert np.abs(honest.moves).max() == 0
    assert np.abs(heavy.moves).max() > 0.1
    assert honest.inside.shape == heavy.inside.shape == (3, len(stage.bench.quantities))
    assert honest.inside[1].mean() > 0.5
