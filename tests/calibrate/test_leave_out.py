"""Which figures a brief leads with, and what becomes of them when an origin is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr
from scipy.stats import norm

from tallystick.calibrate import engine, influence
from tallystick.calibrate.headline import untold_measures
from tallystick.calibrate.influence import (
    RELIABLE_K,
    by_refits,
    quantiles_without,
    silenced,
)
from tallystick.calibrate.leading import leading_of
from tallystick.calibrate.leave_out import MOST, Side, Without, dataset, in_doubt, side_of
from tallystick.calibrate.origins import Origins
from tallystick.vocab.errors import EvidenceFaults
from tallystick.vocab.trust import Leading
from tests.calibrate import real
from tests.scenarios.fits import PASSED

engine.prepare()
STOCK = Leading(id="workers_present", host=real.programme().focus.id, period="2024-12")


def _with(*figures: dict[str, Any]) -> Any:
    tables = MappingProxyType({**real.programme().tables, "trust": {"figure": list(figures)}})
    return replace(real.programme(), tables=tables)


def test_the_leading_figures_that_ship_are_published_ones() -> None:
    found = leading_of(real.programme())
    assert len(found) == len(set(found)) >= 8
    assert {one.id for one in found} <= set(real.programme().tables["model"]["headline"])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "escapes_to_safety", "period": "2024"}, "unknown estimand"),
        ({"id": "workers_abroad"}, "unknown estimand"),
        ({"period": "2024"}, "is no month"),
        ({"period": "2031-12"}, "not published"),
        ({"host": "XX"}, "unknown host"),
        ({"part": "work"}, "split by nothing"),
        ({"id": "workers_arrived", "period": "2024"}, "is split by visa_or_all"),
        ({"id": "workers_arrived", "period": "2024", "part": "all", "host": "WW"}, "speaks of"),
        ({"figure": 3}, "unknown key"),
    ],
)
def test_a_leading_figure_that_is_none_is_named(changes: dict[str, Any], told: str) -> None:
    row = {"id": STOCK.id, "host": STOCK.host, "period": STOCK.period}
    assert leading_of(_with(row)) == (STOCK,)
    with pytest.raises(EvidenceFaults, match=told):
        leading_of(_with(row | changes))


def test_on_an_earlier_day_no_later_figure_leads() -> None:
    row = {"id": STOCK.id, "host": STOCK.host, "period": STOCK.period}
    programme = replace(_with(row, row | {"period": "2017-12"}), as_of=date(2019, 1, 1))
    assert [one.period for one in leading_of(programme)] == ["2017-12"]


def test_quantiles_without_an_origin_are_those_of_an_exact_refit() -> None:
    """Known answer: the conjugate normal mean."""
    figures, sd = np.array([0.3, 0.1, 0.5, 1.2]), 0.8
    precision = 1 + len(figures) / sd**2
    draws = np.random.default_rng(3).normal(figures.sum() / sd**2 / precision, precision**-0.5, 40_000)
    found, k = quantiles_without(norm.logpdf(figures[3], draws, sd), draws[:, None])
    without = 1 + 3 / sd**2
    exact = norm.ppf([0.1, 0.5, 0.9], figures[:3].sum() / sd**2 / without, without**-0.5)
    np.testing.assert_allclose(found[:, 0], exact, atol=0.03)
    assert k < 0.7


def test_every_origin_that_weights_cannot_leave_out_is_fitted_without_whatever_they_say() -> None:
    draws = np.random.default_rng(4).standard_normal((4000, 1))
    sharp, soft = (norm.logpdf(at, draws[:, 0], sd) for at, sd in ((4.0, 0.2), (1.0, 2.0)))
    elsewhere = 0.8 * np.log(np.random.default_rng(5).random(4000))  # weights with a tail of k = 0.8, of something else
    found = np.stack([sharp, soft, 0.1 * draws[:, 0], elsewhere], axis=1)
    without, k = quantiles_without(elsewhere, draws)
    assert k > RELIABLE_K
    assert without[1, 0] == pytest.approx(np.median(draws), abs=0.2)  # by weights that cannot tell, next to no move
    assert in_doubt(found, draws, [True] * 4) == [0, 3]
    assert in_doubt(found, draws, [False, True, True, True]) == [3]
    assert in_doubt(found, np.empty((4000, 0)), [True] * 4) == []


def test_no_more_than_so_many_are_fitted_without_and_the_worst_of_them_are() -> None:
    draws, few = np.random.default_rng(4).standard_normal((4000, 1)), 3
    tails = np.linspace(0.9, 3.0, MOST + few)
    found = np.log(np.random.default_rng(5).random(4000))[:, None] * tails
    assert in_doubt(found, draws, [True] * len(tails)) == list(range(few, MOST + few))


def test_errors_of_a_short_fit_are_those_of_its_effective_draws() -> None:
    """Known answer: a quantile's error is sqrt(p (1 - p) / n) over the density there, n as many as are independent."""
    independent = np.random.default_rng(7).standard_normal((2, 4000, 30))
    for repeats in (1, 10):
        found = side_of(np.repeat(independent, repeats, axis=1), PASSED)
        exact = np.sqrt(np.array([0.09, 0.25, 0.09]) / 8000) / norm.pdf(norm.ppf([0.1, 0.5, 0.9]))
        np.testing.assert_allclose(found.error.mean(axis=1), exact, rtol=0.1)
        np.testing.assert_allclose(found.said, np.quantile(independent, [0.1, 0.5, 0.9], axis=(0, 1)), atol=0.005)


def _fit(voices: tuple[str, ...], refitted: dict[int, Any], *, mixed: bool = True) -> Any:
    """A fit whose draws of every leading figure run from 0 to 1, and whose origins say next to nothing of them."""
    figures = leading_of(real.programme())
    origins = Origins(voices, np.eye(len(voices)), np.zeros((len(voices), 1)), np.zeros((1, 1)), ((),) * len(voices))
    judged = replace(PASSED, passed=mixed)
    without = {
        at: Without(
            side_of(np.tile(draws[None, :, None], (2, 1, len(figures))), judged),
            np.random.default_rng(at).normal(-1.0, 0.1, (2, 300)),
        )
        for at, draws in refitted.items()
    }
    said = 1e-3 * np.random.default_rng(6).standard_normal((3, 167, len(voices)))
    itself = Side(np.zeros((3, len(figures))), np.zeros((3, len(figures))), PASSED)
    kept = dataset(origins, said, figures, itself, {}, without)
    return SimpleNamespace(draws=_draws(figures), origins=kept)


def _draws(figures: tuple[Leading, ...]) -> xr.Dataset:
    """Only the cells of the leading figures, which is all that is asked for."""
    every = {}
    for name in {one.id for one in figures}:
        cells = [one for one in figures if one.id == name]
        axis = "month" if len(cells[0].period) > 4 else "year"
        labels = {"host": sorted({one.host for one in cells})} if not cells[0].part else {}
        labels |= {"visa_class" if name == "workers_arrived" else "cohort": ["all"]} if cells[0].part else {}
        labels |= {axis: sorted({one.period for one in cells})}
        values = np.broadcast_to(
            np.linspace(0, 1, 501).reshape(-1, *[1] * len(labels)), (501, *map(len, labels.values()))
        )
        every[name] = xr.DataArray(values, coords=labels, dims=["draw", *labels])
    return xr.Dataset(every)


def test_a_refit_speaks_where_there_is_one_and_weights_elsewhere() -> None:
    account = real.account()
    voices = tuple(dict.fromkeys(one.voice for one in account.observations))
    found = silenced(real.programme(), account, _fit(voices, {2: np.linspace(0.5, 1.5, 300)}))
    of_refit = [one for one in found if one.how == "refit"]
    assert {one.origin for one in of_refit} == {voices[2]}
    for one in of_refit:
        assert (one.median, one.move) == (pytest.approx(1.0), pytest.approx(0.5 / 0.8))
        assert one.reliable
        assert one.errors is not None
        assert 0 < one.errors.median < 0.8
    still = [one for one in found if one.how == "psis"]
    assert all(one.move == pytest.approx(0.0, abs=5e-3) and one.reliable and one.errors is None for one in still)
    assert len(found) % len(leading_of(real.programme())) == 0


def test_what_an_origin_moves_most_is_what_its_refit_says_by_the_name_that_all_draws_have() -> None:
    account, programme = real.account(), real.programme()
    voices = tuple(dict.fromkeys(one.voice for one in account.observations))
    fit = _fit(voices, {2: np.linspace(0.5, 1.5, 300)}, mixed=False)
    figures = fit.origins.silent_said.values  # of the one origin: (1, quantile, figure)
    figures[0, 1, 5] = 1.3  # arrivals in the focus host, all classes
    found = by_refits(programme, account, fit)
    assert set(found) == {voices[2]}
    move, label, reliable = found[voices[2]]
    assert leading_of(programme)[5].id == "workers_arrived"
    assert (move, label, reliable) == (pytest.approx(0.8 / 0.8), "workers_arrived all 2024", False)


def test_what_refits_say_is_read_without_weighing_the_draws_for_all_other_origins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = real.account()
    voices = tuple(dict.fromkeys(one.voice for one in account.observations))
    fit = _fit(voices, {2: np.linspace(0.5, 1.5, 300)})

    def weighed(*_: Any) -> Any:
        raise AssertionError("draws were weighed")

    monkeypatch.setattr(influence, "quantiles_without", weighed)
    assert set(by_refits(real.programme(), account, fit)) == {voices[2]}


def test_a_refit_whose_chains_disagree_is_told_as_a_hint_and_keeps_its_origin_from_the_comparison() -> None:
    account = real.account()
    voices = tuple(dict.fromkeys(one.voice for one in account.observations))
    for mixed in (True, False):
        fit = _fit(voices, {2: np.linspace(0.5, 1.5, 300)}, mixed=mixed)
        found = silenced(real.programme(), account, fit)
        assert {one.reliable for one in found if one.how == "refit"} == {mixed}
        assert all(one.reliable for one in found if one.how == "psis")
        assert bool(fit.origins.predictive_k.sel(choice="", origin=voices[2]) <= RELIABLE_K) == mixed


def test_nothing_is_said_of_what_moves_those_who_reach_safety() -> None:
    account, untold = real.account(), untold_measures(real.programme())
    voices = tuple(dict.fromkeys(one.voice for one in account.observations))
    spoken = {one.voice for one in account.observations if one.measure in untold}
    assert spoken
    assert not spoken & {one.origin for one in silenced(real.programme(), account, _fit(voices, {}))}


def test_what_is_kept_survives_a_file(tmp_path: Any) -> None:
    kept = _fit(("a", "b"), {}).origins
    kept.to_netcdf(tmp_path / "kept.nc", engine="h5netcdf")
    again = xr.load_dataset(tmp_path / "kept.nc", engine="h5netcdf")
    assert again.silent.values.tolist() == []
    assert again.origin.values.tolist() == ["a", "b"]
    assert again.choice_mixed.values.tolist() == [1]
    assert again.silent_said.shape == (0, 3, len(leading_of(real.programme())))
