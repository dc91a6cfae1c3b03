"""One more origin, and several that agree: draws weighed again, laid against answers that are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import comb, erf
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr

from tallystick.calibrate.agreement import chance_alike
from tallystick.calibrate.blocs import AGREE, VOICES, Readings, agreeing, bloc_of
from tallystick.calibrate.density import expected, log_likelihood, terms_of
from tallystick.calibrate.newcomer import Offer, newcomers, point_density, said
from tallystick.calibrate.predictive import Placed, chance_below, grouped
from tallystick.calibrate.reweighed import Watch
from tallystick.reconcile.account import Observation
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Bloc
from tests.calibrate import real

DRAWS, SD = 40_000, 0.25
NO_OUTLIERS = {"outlier_share": 0.0, "outlier_widen": 4.0}
# One headline median: the log of a wage, normal around 6 before the newcomer.
PROGRAMME: Any = SimpleNamespace(tables={"model": {"headline": {"gross_wage": {"measures": []}}}}, window=(2020, 2020))


@pytest.fixture(scope="module")
def logs() -> Any:
    return 6 + SD * np.random.default_rng(1).standard_normal(DRAWS)


@pytest.fixture(scope="module")
def watch(logs: Any) -> Watch:
    wage = xr.DataArray(logs[:, None, None], dims=["draw", "host", "year"], coords={"host": ["AA"], "year": ["2020"]})
    return Watch(PROGRAMME, xr.Dataset({"gross_wage": wage}))


def _normal(figure: float, logs: Any, sd: float) -> Any:
    return -0.5 * ((figure - logs) / sd) ** 2


@pytest.mark.parametrize(("figure", "sd"), [(6.3, 0.5), (5.6, 0.25), (6.0, 0.1)])
def test_a_claim_that_is_added_moves_the_median_as_bayes_says(
    watch: Watch, logs: Any, figure: float, sd: float
) -> None:
    """Known answer: a normal prior N(6, SD) and a figure with error `sd` have their median between, by precision."""
    weight = SD**2 / (SD**2 + sd**2)
    found = watch.moved(_normal(figure, logs, sd))
    assert found.moves[0] == pytest.approx(weight * (figure - 6) / (2 * 1.2816 * SD), abs=0.02)
    assert watch.labels == ["gross_wage AA 2020"]
    assert found.k < 0.7


def test_a_claim_that_is_taken_out_moves_it_back(watch: Watch, logs: Any) -> None:
    """The draws are a posterior that holds the claim; without it, the wider prior is left."""
    sd = 0.5
    before = 1 / SD**2 - 1 / sd**2
    median = (6 / SD**2 - 6.4 / sd**2) / before
    assert watch.moved(-_normal(6.4, logs, sd)).moves[0] == pytest.approx((median - 6) / (2 * 1.2816 * SD), abs=0.03)


def test_weights_that_rest_on_few_draws_say_so(watch: Watch, logs: Any) -> None:
    assert watch.moved(_normal(12, logs, 0.02)).k > 0.7


def _wage_alone() -> Programme:
    """The programme, with one headline quantity."""
    model = real.programme().tables["model"]
    alone = {**model, "headline": {"gross_wage": model["headline"]["gross_wage"]}}
    return replace(real.programme(), tables={**real.programme().tables, "model": alone})


def _fit(count: int) -> tuple[Any, Any]:
    """Prior draws in the shape of a fit: nothing is sampled."""
    z = np.random.default_rng(7).standard_normal((count, real.size()))
    layout = real.ready().model.layout
    named = [layout.values(row, *layout.priors(), np) for row in z]
    unknowns = {one.name: np.array([each[one.name] for each in named]) for one in layout.unknowns}
    wage = np.array([each["wage_RU"][-1] for each in named])[:, None, None]
    draws = xr.Dataset(
        {"gross_wage": xr.DataArray(wage, dims=["draw", "host", "year"], coords={"host": ["RU"], "year": ["2024"]})}
    )
    return z, SimpleNamespace(unknowns=unknowns, draws=draws)


def test_a_newcomer_is_weighed_as_a_fit_would_weigh_it() -> None:
    """A claim of the evidence, offered again: the same log likelihood as in the density of the fit."""
    ready = real.ready()
    points = np.flatnonzero(ready.data.kind == 0)
    terms = terms_of(ready.model, ready.data)
    for at in points[:2]:
        z = real.typical(at)
        centre, scale = (np.asarray(each)[at : at + 1] for each in expected(z, terms, ready.model, ready.data, np)[:2])
        found = point_density(real.programme(), float(ready.data.point[at]), centre, scale)
        assert found[0] == pytest.approx(float(log_likelihood(z, terms, ready.model, ready.data)[at]), abs=1e-6)


def test_a_newcomer_moves_most_what_it_speaks_of_and_least_when_it_says_what_was_expected() -> None:
    _, fit = _fit(2000)
    offer = Offer("gross_wage", "RU", 2024, "government")
    moves = {one.factor: one for one in newcomers(_wage_alone(), real.account(), fit, [offer], (0.5, 1.0, 2.0))}
    assert {one.on for one in moves.values()} == {"gross_wage RU 2024"}
    assert moves[1.0].move < min(moves[0.5].move, moves[2.0].move)
    weak = Offer("gross_wage", "RU", 2024, "unsourced")
    (other,) = newcomers(_wage_alone(), real.account(), fit, [weak], (2.0,))
    assert other.move < moves[2.0].move


def test_a_share_that_would_be_above_one_is_not_offered() -> None:
    _, fit = _fit(200)
    offer = Offer("state_take_share", "RU", 2024, "media")
    assert {one.factor for one in newcomers(_wage_alone(), real.account(), fit, [offer])} <= {0.1, 0.2, 0.5, 1.0}
    assert said(real.programme(), real.account(), fit.unknowns, [offer]).centre.shape == (200, 1)


def _claim(name: str, point: float | None, year: int = 2020, **fields: Any) -> Observation:
    values: dict[str, Any] = {
        "claim": name, "origin": name, "measure": "gross_wage", "kind": "point", "low": None, "point": point,
        "high": None, "unit": "USD/month", "host": "AA", "start": date(year, 1, 1), "end": date(year, 12, 31),
        "asserter_class": "media", "region": "", "sector": "", "report": "",
    }  # fmt: skip
    return Observation(**(values | fields))


def test_a_bloc_is_three_voices_that_agree_on_one_quantity_near_in_time() -> None:
    same = [_claim(f"a{number}", 4000 * 1.02**number) for number in range(VOICES)]
    assert agreeing(same) == [(0, 1, 2)]
    assert agreeing(same[:2]) == []
    assert agreeing([*same[:2], _claim("far", 4000 * np.exp(AGREE) * 1.01)]) == []
    assert agreeing([*same[:2], _claim("late", 4000, 2024)]) == []
    assert agreeing([*same[:2], _claim("elsewhere", 4000, host="BB")]) == []
    assert agreeing([*same[:2], _claim("floor", None, kind="at_least", low=4000)]) == []
    one_table = [_claim(f"t{number}", 4000, report="a table") for number in range(5)]
    assert agreeing(one_table) == []
    assert agreeing(same, frozenset({"gross_wage"})) == []
    range_ = _claim("range", None, kind="range", low=3900, high=4300)
    assert agreeing([*same[:2], range_]) == [(0, 1, 2)]


def _bloc(watch: Watch, logs: Any, figures: list[float], sd: float) -> Bloc:
    """The draws as the posterior that holds these figures; each has error `sd`."""
    observed = [_claim(f"c{at}", float(np.exp(figure))) for at, figure in enumerate(figures)]
    says = {one.voice: _normal(figure, logs, sd) for one, figure in zip(observed, figures, strict=True)}
    return bloc_of(watch, observed, observed, says, _readings(logs, len(figures), sd), NO_OUTLIERS)


def _readings(logs: Any, claims: int, own: float, shared: float = 0.0, error: float = 0.0) -> Readings:
    """The draws as what each claim should say, and errors of one size."""
    centre = np.repeat(logs[:, None] + error, claims, axis=1)
    return Readings(centre, *(np.full_like(centre, size) for size in (own, error, shared)))


TABLE, WEIGHTS = ("one table", "one table", "another", ""), {"outlier_share": 0.1, "outlier_widen": 4.0}


@pytest.mark.parametrize("away", [0.0, 0.7, -1.5])
def test_a_bloc_is_as_far_out_as_the_mean_of_such_readings_would_be(watch: Watch, logs: Any, away: float) -> None:
    """Known answer: the mean of four figures, two of one table, around draws N(6, SD).

    Its variance is the draws', a quarter of the own errors', and what the tables share: two of four claims move with
    one table, one with another, so (4 + 1) / 16 of its variance. The error that the draws give to a table was fitted to
    the figures that are left out, so it counts for nothing. Outliers: the sum over how many of the four are some.
    """
    own, shared, figure = 0.4, 0.3, 6 + away
    members = [_claim(f"c{at}", float(np.exp(figure)), report=table, origin=f"o{at}") for at, table in enumerate(TABLE)]
    says = {one.voice: np.random.default_rng(4).normal(0, 1e-3, DRAWS) for one in members}
    readings = _readings(logs, len(TABLE), own, shared, error=0.9)
    readings.step[:, 3] = 0.0
    for likelihood in (NO_OUTLIERS, WEIGHTS):
        rare, wide = likelihood["outlier_share"], likelihood["outlier_widen"]
        above = 0.0
        for some in range(5):
            spread = SD**2 + own**2 / 4 * (1 + (wide**2 - 1) * some / 4) + shared**2 * 5 / 16
            above += comb(4, some) * rare**some * (1 - rare) ** (4 - some) * (1 - erf(away / np.sqrt(2 * spread))) / 2
        found = bloc_of(watch, members, members, says, readings, likelihood)
        assert found.tail == pytest.approx(2 * min(above, 1 - above), abs=0.01)
        assert found.factor == pytest.approx(np.exp(away), rel=0.02)


def test_a_bloc_that_says_what_all_others_say_is_not_flagged(watch: Watch, logs: Any) -> None:
    bloc = _bloc(watch, logs, [6.0, 6.01, 6.02], 1.5)
    assert not bloc.flagged
    assert bloc.move < 0.1
    assert bloc.factor == pytest.approx(1.0, abs=0.05)


def test_a_bloc_that_the_median_hangs_on_is_flagged(watch: Watch, logs: Any) -> None:
    """Three voices that pull the median by half of its interval and more, each alone too weak to be seen."""
    bloc = _bloc(watch, logs, [6.9, 6.91, 6.92], 0.7)
    assert bloc.reliable
    assert bloc.move > 0.5
    assert bloc.flagged


def test_a_bloc_that_all_hangs_on_is_flagged_though_the_draws_cannot_tell(watch: Watch, logs: Any) -> None:
    bloc = _bloc(watch, logs, [7.5] * 5, 0.3)
    assert not bloc.reliable
    assert bloc.flagged


def test_a_bloc_that_all_others_contradict_is_flagged_though_it_moves_little(watch: Watch, logs: Any) -> None:
    weak = _bloc(watch, logs, [7.0, 7.0, 7.0], 1.0)
    assert weak.tail > 0.01  # such figures are often that far out
    assert not weak.flagged
    members = [_claim(f"c{at}", float(np.exp(7.0))) for at in range(3)]
    says = {one.voice: _normal(7.0, logs, 3.0) for one in members}
    bloc = bloc_of(watch, members, members, says, _readings(logs, 3, 0.1), NO_OUTLIERS)
    assert bloc.move < 0.5
    assert bloc.tail < 0.01
    assert bloc.factor == pytest.approx(np.e, rel=0.05)
    assert bloc.flagged


def test_voices_that_agree_better_than_they_could_apart_from_all_others_are_flagged(watch: Watch, logs: Any) -> None:
    """Five of the widest class: what they say together is not far out for it, that they agree is."""
    away, amid = (_bloc(watch, logs, [figure] * 5, 1.6) for figure in (7.5, 6.0))
    assert (away.move < 0.5, away.reliable, away.tail > 0.01) == (True, True, True)
    assert away.alike < 1e-3
    assert away.flagged
    assert amid.alike == pytest.approx(away.alike)
    assert not amid.flagged  # as all others do


@pytest.mark.parametrize(
    ("voices", "sd", "widen"),
    [(3, (0.5, 0.5, 0.5), 1.0), (4, (0.3, 0.6, 0.2, 0.9), 4.0), (3, (0.005, 0.9, 0.9), 4.0)],
)
def test_how_often_separate_voices_agree_is_what_simulation_says(
    voices: int, sd: tuple[float, ...], widen: float
) -> None:
    generator, many = np.random.default_rng(6), 400_000
    weights = {"outlier_share": 0.1, "outlier_widen": widen}
    size = np.where(generator.random((many, voices)) < 0.1, widen, 1.0) * np.array(sd)
    seen = float((np.ptp(generator.normal(0, size), axis=1) <= AGREE).mean())
    members = [_claim(f"c{at}", 4000.0) for at in range(voices)]
    found = chance_alike(members, members, np.array(sd), weights, float(AGREE))
    assert found == pytest.approx(seen, rel=0.05)
    more = [
        *members,
        *(_claim(f"d{at}", 9000.0) for at in range(2)),
        _claim("other", 4000.0, asserter_class="government"),
    ]
    many_groups = chance_alike(members, more, np.array(sd), weights, float(AGREE))
    assert many_groups == pytest.approx(min(1.0, found * comb(voices + 2, voices)))


@pytest.mark.parametrize("away", [0.0, 1.0, -1.645])
@pytest.mark.parametrize("shares", [0.0, 0.3], ids=["alone", "of a table"])
def test_a_figure_is_placed_in_what_is_expected_of_it(away: float, shares: float, logs: Any) -> None:
    """Known answer: a normal around 6 whose variance is the draws', the figure's own and what its table shares."""
    own, programme = 0.5, _without_outliers()
    wide = np.sqrt(SD**2 + own**2 + shares**2)
    one = _claim("one", float(np.exp(6 + away * wide)))
    found = chance_below(programme, one, logs, np.full(DRAWS, own), np.full(DRAWS, shares)).mean()
    assert found == pytest.approx(0.5 * (1 + erf(away / np.sqrt(2))), abs=0.01)


def test_a_range_falls_where_its_ends_do_on_average(logs: Any) -> None:
    low, high, scale, none = 300.0, 500.0, np.full(DRAWS, 0.5), np.zeros(DRAWS)
    ends = [chance_below(_without_outliers(), _claim("end", end), logs, scale, none) for end in (low, high)]
    range_ = _claim("range", None, kind="range", low=low, high=high)
    np.testing.assert_allclose(chance_below(_without_outliers(), range_, logs, scale, none), np.mean(ends, axis=0))


def _without_outliers() -> Any:
    return SimpleNamespace(tables={"model": {"likelihood": NO_OUTLIERS}})


def test_groups_count_what_their_intervals_hold() -> None:
    pits = {"a": [0.5, 0.3, 0.95], "b": [0.01]}
    found = [
        Placed(claim=f"{name}{at}", measure=name, asserter_class="x", pit=pit, left_out=at > 0)
        for name, each in pits.items()
        for at, pit in enumerate(each)
    ]
    every, first, second = grouped(found, "measure")
    assert (every.name, every.figures, every.left_out) == ("all", 4, 2)
    assert (first.name, first.inside) == ("a", (2 / 3, 2 / 3, 1.0))
    assert (second.name, second.inside, second.mean) == ("b", (0.0, 0.0, 0.0), 0.01)
