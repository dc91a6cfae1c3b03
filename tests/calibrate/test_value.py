"""What an observation would be worth: against exact answers, and against a fit that hears it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from tallystick.calibrate.density import expected, terms_of
from tallystick.calibrate.fit import prepare
from tallystick.calibrate.observe import compile_data
from tallystick.calibrate.recovery import Bench
from tallystick.calibrate.sample import run
from tallystick.calibrate.system import names_of, series_of
from tallystick.calibrate.value import explained, obtainable_of, simulated
from tallystick.vocab.errors import EvidenceFaults
from tallystick.vocab.programme import Programme
from tests.calibrate import real

DRAWS = 8000
SHARES = np.linspace(0.0005, 0.9995, 1000)
HEARD = "zakharova_1000"  # a count that stands alone and tells much


def _normals(seed: int, *shape: int) -> Any:
    return np.random.default_rng(seed).standard_normal(shape)


@pytest.mark.parametrize("noise", [0.3, 1.0, 3.0])
def test_a_linear_observation_is_worth_what_the_normal_model_says(noise: float) -> None:
    """Known answer: for y = x + e with standard deviations 1 and s, the variance falls by 1 / (1 + s^2)."""
    x = _normals(1, DRAWS)
    ((variance, error, width, off),) = explained((x + noise * _normals(2, DRAWS))[:, None], x[:, None])
    exact = 1 / (1 + noise**2)
    assert variance == pytest.approx(exact, abs=0.015)
    assert abs(variance - exact) < 4 * error
    assert width == pytest.approx(1 - np.sqrt(1 - exact), abs=0.015)
    assert abs(width - (1 - np.sqrt(1 - exact))) < 4 * off
    assert off < 0.02


def test_two_figures_of_one_table_are_worth_less_than_two_that_err_apart() -> None:
    """Known answer: the mean of two figures whose errors have a part in common."""
    x, own, common = _normals(3, DRAWS), _normals(4, DRAWS, 2), _normals(5, DRAWS, 1)
    found = [
        explained(x[:, None] + errors, x[:, None])[0][0] for errors in (own, np.sqrt(0.8) * common + np.sqrt(0.2) * own)
    ]
    assert found[0] == pytest.approx(1 / (1 + 1 / 2), abs=0.015)
    assert found[1] == pytest.approx(1 / (1 + 0.8 + 0.2 / 2), abs=0.015)


def test_what_bends_is_followed() -> None:
    """A straight line explains nothing of |y|; a spline does."""
    y = _normals(6, DRAWS)
    ((variance, *_),) = explained(y[:, None], np.abs(y)[:, None])
    assert variance > 0.9


def test_a_bound_is_worth_the_mean_of_each_side() -> None:
    """Known answer: which side of its median a normal lies on explains 2 / pi of its variance."""
    x = _normals(7, DRAWS)
    ((variance, *_),) = explained((x > np.median(x)).astype(float)[:, None], x[:, None])
    assert variance == pytest.approx(2 / np.pi, abs=0.015)


def test_the_width_that_is_left_is_measured_where_the_figure_would_lie() -> None:
    """Known answer: half the time a figure is told within a tenth of what it is the other half."""
    y, noise = _normals(13, DRAWS) > 0, _normals(14, DRAWS)
    x = np.where(y, 3 + noise, 0.1 * noise)
    ((_, _, width, _),) = explained(y.astype(float)[:, None], x[:, None])
    left = np.mean([2 * norm.ppf(0.9) * scale for scale in (0.1, 1.0)])
    low, high = np.quantile(np.concatenate([norm.ppf(SHARES, 0, 0.1), norm.ppf(SHARES, 3, 1)]), [0.1, 0.9])
    assert width == pytest.approx(1 - left / (high - low), abs=0.03)


def test_noise_is_worth_nothing() -> None:
    ((variance, error, width, _),) = explained(_normals(8, DRAWS, 3), _normals(9, DRAWS, 1))
    assert variance < 3 * error + 1e-3
    assert width < 0.02


def test_an_observation_would_say_what_the_model_reads_and_err_as_its_class() -> None:
    """A figure that a claim already gives: the same centre under each draw, and the contaminated normal around it."""
    ready, programme = real.ready(), real.programme()
    at = next(at for at, one in enumerate(ready.observations) if one.measure == "visas_total" and one.kind == "point")
    one = replace(ready.observations[at], report="", point=1.0)
    data = compile_data(programme, [one], ready.model, ready.data.names)
    z = np.tile(real.typical(5), (4000, 1))
    said = simulated(programme, ready.model, data, [one], z, np.random.default_rng(1))[:, 0]
    speaks = expected(z[0], terms_of(ready.model, data), ready.model, data, np)
    scale = np.sqrt(speaks.scale[0] ** 2 - 1 + np.exp(-speaks.centre[0]))
    assert np.median(said) == pytest.approx(speaks.centre[0], abs=0.02)
    rare = ready.model.likelihood["outlier_share"]
    inside = (1 - rare) * (2 * norm.cdf(1) - 1) + rare * (2 * norm.cdf(1 / ready.model.likelihood["outlier_widen"]) - 1)
    assert np.mean(np.abs(said - speaks.centre[0]) < scale) == pytest.approx(inside, abs=0.03)


def test_figures_of_one_observation_share_the_error_of_their_table() -> None:
    """Two counts of one unit of one report err together as the density has it; a count and a wage do not."""
    ready, programme = real.ready(), real.programme()
    two = next(
        one for one in obtainable_of(programme) if len({figure.unit for figure in one.figures}) < len(one.figures)
    )
    figures = [*two.figures[:2], replace(two.figures[0], measure="gross_wage", unit="USD/month")]
    middle = ready.model.layout.values(np.zeros(real.size()), *ready.model.layout.priors(), np)
    known = names_of(ready.model, series_of(middle, ready.model, np))
    data = compile_data(programme, figures, ready.model, known)
    z = np.tile(0.1 * real.typical(6), (4000, 1))
    said = simulated(programme, ready.model, data, figures, z, np.random.default_rng(3))
    near = said[(np.abs(said - np.median(said, axis=0)) < 3 * np.std(said, axis=0)).all(axis=1)]
    together = np.corrcoef(near.T)
    assert together[0, 1] > 0.25
    assert abs(together[0, 2]) < 0.1


def test_an_observation_may_have_more_tables_than_the_fit_heard() -> None:
    """A fit that heard one figure has one error to share; figures of two tables are still told apart."""
    ready, programme = prepare(real.programme(), real.account().observations[:1]), real.programme()
    two = next(
        one for one in obtainable_of(programme) if len({figure.unit for figure in one.figures}) < len(one.figures)
    )
    figures = [*two.figures[:2], *(replace(one, report="another table") for one in two.figures[:2])]
    middle = ready.model.layout.values(np.zeros(ready.model.layout.size), *ready.model.layout.priors(), np)
    data = compile_data(programme, figures, ready.model, names_of(ready.model, series_of(middle, ready.model, np)))
    assert data.report.max() == 1
    z = np.zeros((400, ready.model.layout.size))
    assert simulated(programme, ready.model, data, figures, z, np.random.default_rng(3)).shape == (400, 4)


def test_what_was_foretold_of_an_observation_is_what_a_fit_that_hears_it_finds(bench: Bench) -> None:
    """One claim is silenced, its figure simulated from that fit, and the model fitted again with the figure.

    Two short fits of the real model, some fifteen seconds: nothing closed would try the readings and the sampler.
    """
    data, here = bench.prepared.data, np.array(bench.prepared.data.claims) == HEARD
    assert data.report[here] == -1, "the claim has an error of its own only"
    silent = bench.terms._replace(used=np.where(here, 0.0, 1.0))
    before = run(bench.sampler, silent, seed=4, draws=900, chains=1, stage="silent")
    centre, scale = (bench.evaluate(before.run.z, silent)[name][0][:, here][:, 0] for name in ("centre", "scale"))
    figure = float(np.quantile(centre, 0.6))
    limits = {"low": figure - 1e-3, "point": figure, "high": figure + 1e-3}
    told = bench.terms._replace(**{name: np.where(here, at, getattr(data, name)) for name, at in limits.items()})
    after = run(bench.sampler, told, seed=4, stream=1, draws=900, chains=1, stage="told", earlier=before)
    heard = bench.evaluate(after.run.z, told)["centre"][0][:, here][:, 0]
    ((foretold, *_),) = explained((centre + scale * _normals(10, len(centre)))[:, None], centre[:, None])
    assert 0.3 < foretold < 0.95
    assert 1 - np.var(heard) / np.var(centre) == pytest.approx(foretold, abs=0.2)


def _with(programme: Programme, **changes: Any) -> Programme:
    """The programme with one obtainable observation, changed; `figure_...` changes its figure."""
    figure = {"measure": "visas_total", "host": "RU", "unit": "visas"}
    figure |= {"start": real.programme().deadline, "end": real.programme().deadline}
    row = {"id": "a", "name": "b", "publisher": "c", "asks_nothing": "d", "asserter_class": "administrative"}
    row |= {"wording": "exact", "figure": [figure | {k[7:]: v for k, v in changes.items() if k.startswith("figure_")}]}
    row |= {key: value for key, value in changes.items() if not key.startswith("figure_")}
    return replace(programme, tables=MappingProxyType({**programme.tables, "obtainable": {"observation": [row]}}))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"figure_measure": "escapes"}, "unknown measure that the model reads"),
        ({"figure_measure": "workers_on_site"}, "unknown measure that the model reads"),
        ({"figure_host": "XX"}, "unknown host"),
        ({"figure_unit": "persons"}, "unknown unit"),
        ({"figure_start": real.programme().deadline.replace(year=2025)}, "no days in a row"),
        ({"asserter_class": "hearsay"}, "unknown class"),
        ({"wording": "roughly"}, "unknown wording"),
        ({"asks_nothing": " "}, "is blank"),
        ({"figure": []}, "it gives no figure"),
        ({"price": 3}, "unknown key"),
    ],
)
def test_a_list_that_asks_for_what_cannot_be_read_is_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(EvidenceFaults, match=told):
        obtainable_of(_with(real.programme(), **changes))


def test_the_list_that_ships_is_public_and_asks_nothing_of_workers() -> None:
    found = obtainable_of(real.programme())
    assert 8 <= len(found) <= 15
    assert all(one.asks_nothing and one.publisher for one in found)
    assert not {figure.measure for one in found for figure in one.figures} & {"escapes", "deaths", "workers_on_site"}
