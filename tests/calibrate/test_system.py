"""Promise: whatever the unknowns, the real model loses nobody, counts nobody twice and divides pay whole."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate.headline import AXES, dataset
from tallystick.calibrate.model import COHORTS
from tallystick.calibrate.system import names_of, row, series_of
from tests.calibrate.real import (
    corner,
    headline_at,
    middle,
    programme,
    ready,
    series_at,
    size,
    typical,
    values_at,
)

EXACT = 1e-12
BY_HOST = ("arrived", "present", "left", "died")  # series in persons, by host
PLACES = [pytest.param(middle, (), id="medians")]
PLACES += [pytest.param(typical, (seed,), id=f"prior-{seed}") for seed in range(4)]
PLACES += [pytest.param(corner, (seed,), id=f"corner-{seed}") for seed in range(4)]
anywhere = pytest.mark.parametrize(("make", "given"), PLACES)


def focus() -> int:
    model = ready().model
    return model.hosts.index(model.focus)


def month(name: str) -> int:
    return ready().model.grid.index(name)


def closed() -> slice:
    first, last = programme().tables["model"]["calendar"]["closed"]
    return slice(month(first), month(last) + 1)


def close(found: Any, wanted: Any, *, rel: float = EXACT) -> None:
    """Within `rel` of the largest number of the row: sums of large numbers may leave small ones with their rounding."""
    wanted = np.asarray(wanted)
    np.testing.assert_allclose(found, wanted, rtol=rel, atol=rel * np.abs(wanted).max())


@anywhere
def test_the_focus_host_is_the_sum_of_its_visa_classes(make: Any, given: Any) -> None:
    series = series_at(make(*given))
    close(sum(series[f"present_{visa}"] for visa in ready().model.visas.all), series["present"][focus()])
    close(sum(series[f"arrived_{visa}"] for visa in ready().model.visas.all), series["arrived"][focus()])


@anywhere
def test_from_the_deadline_on_the_focus_host_is_the_sum_of_its_cohorts(make: Any, given: Any) -> None:
    series, since = series_at(make(*given)), month(f"{programme().deadline:%Y-%m}")
    cohorts = sum(series[cohort] for cohort in COHORTS)
    close(cohorts[since:], series["present"][focus()][since:])
    assert cohorts[:since].tolist() == [0.0] * since


@anywhere
def test_the_world_is_the_sum_of_its_hosts(make: Any, given: Any) -> None:
    series = series_at(make(*given))
    for name in (*BY_HOST, "owed", "pay_total", "revenue_state", "revenue_mixed"):
        close(series[name][-1], series[name][:-1].sum(axis=0))


@anywhere
def test_nobody_appears_or_vanishes_in_any_host(make: Any, given: Any) -> None:
    """present[t] = present[t-1] + arrived[t] - left[t]; the start is an unknown of its own."""
    z = make(*given)
    series, values = series_at(z), values_at(z)
    start = np.array([values[f"start_{host}"] for host in ready().model.hosts])
    start = np.append(start, start.sum())
    before = np.concatenate([start[:, None], series["present"][:, :-1]], axis=1)
    close(before + series["arrived"] - series["left"], series["present"])


@anywhere
def test_the_dead_are_among_those_who_left(make: Any, given: Any) -> None:
    series = series_at(make(*given))
    assert (series["died"] <= series["left"] + EXACT * series["present"].max()).all()
    assert (series["died"] >= 0).all()


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_negative(seed: int) -> None:
    """Up to 3.5 standard deviations; at 3.99 the prior of rest days passes a year, three draws in 100,000."""
    z = corner(seed, reach=3.5)
    for name, values in (series_at(z) | headline_at(z)).items():
        assert np.min(values) >= -EXACT * np.max(values), name


def test_nothing_breaks_anywhere_within_four_standard_deviations() -> None:
    rng = np.random.default_rng(20)
    with np.errstate(all="raise"):
        for _ in range(100):
            z = rng.uniform(-4, 4, size())
            for name, values in (series_at(z) | headline_at(z)).items():
                assert np.isfinite(values).all(), name


@pytest.mark.parametrize("seed", range(6))
def test_nothing_breaks_in_a_corner(seed: int) -> None:
    z = corner(seed)
    for name, values in (series_at(z) | headline_at(z)).items():
        assert np.isfinite(values).all(), name


# ---- The visa channel -----------------------------------------------------------------------------------------


def people(series: dict[str, Any]) -> Any:
    return series["present"][focus()]


def test_a_visa_takes_nobody_out_of_the_count_of_persons() -> None:
    """With no other way out of a group, the total cannot notice who relabels: it is the same to the last digit."""
    nobody_leaves = {"term_before": 1e15, "term_unauthorised": 1e15, "ordered_RU": 0.0, "last_call_RU": 0.0}
    nobody_leaves |= {"flee": 0.0, "harm": 0.0}
    few, many = (series_at(typical(5), **nobody_leaves, relabel_RU=rate) for rate in (0.001, 0.2))
    close(people(many), people(few))
    assert many["present_work"][month("2019-12")] < 0.5 * few["present_work"][month("2019-12")]


@pytest.mark.parametrize("place", [middle, lambda: typical(5)], ids=["medians", "prior"])
def test_a_visa_matters_only_through_the_stay_and_the_orders_that_come_with_it(place: Any) -> None:
    """Equal stays and no orders for work visas: totals differ by what competes within the month of relabelling.

    Whoever relabels in a month does not also end a term in it: (1 - exp(-1 / term)) of those who relabel, at most.
    """
    z = place()
    term = float(values_at(z)["term_before"])
    equal = {"term_unauthorised": term, "ordered_RU": 0.0, "last_call_RU": 0.0}
    few, many = (series_at(z, **equal, relabel_RU=rate) for rate in (0.001, 0.2))
    apart = people(many) - people(few)
    assert apart.min() >= -EXACT * people(few).max()
    assert apart.max() <= -np.expm1(-1 / term) * few["present_work"].max()


def test_relabelling_moves_what_permits_see_and_leaves_arrivals_pay_and_other_hosts_alone() -> None:
    z = typical(6)
    few, many = (series_at(z, relabel_RU=rate) for rate in (0.001, 0.2))
    during = slice(month("2018-02"), month("2020-01"))
    assert (many["permits"][during] < few["permits"][during]).all()
    assert (many["present_study"][during] > few["present_study"][during]).all()
    for name in ("arrived", "gross", "state", "booked"):
        np.testing.assert_array_equal(many[name][:-1], few[name][:-1])
    elsewhere = np.delete(np.arange(len(ready().model.hosts)), focus())
    np.testing.assert_array_equal(many["present"][elsewhere], few["present"][elsewhere])


def test_the_share_that_relabels_to_study_moves_no_person_in_or_out() -> None:
    few, many = (series_at(typical(7), relabel_study=share) for share in (0.05, 0.95))
    close(people(many), people(few))
    after = month("2019-06")
    assert many["present_study"][after] > few["present_study"][after]
    assert many["present_other"][after] < few["present_other"][after]


# ---- The border -----------------------------------------------------------------------------------------------


@anywhere
def test_a_border_that_nobody_passes_lets_nobody_in_or_home(make: Any, given: Any) -> None:
    """Only flight and harm take people out while it is closed; without them nobody leaves any host."""
    z, shut = make(*given), closed()
    sealed, alive = series_at(z, leak=0.0), series_at(z, leak=0.0, flee=0.0, harm=0.0)
    assert np.abs(sealed["arrived"][:, shut]).max() == 0.0
    assert np.abs(alive["left"][:, shut]).max() <= EXACT * alive["present"].max()
    before = sealed["present"][:-1, shut.start - 1 : shut.stop - 1]
    most = -np.expm1(-(values_at(z)["flee"] + values_at(z)["harm"]))
    assert (sealed["left"][:-1, shut] <= most * before * (1 + 1e-9)).all()


@anywhere
def test_a_closure_fills_the_stranded_and_reopening_lets_them_empty(make: Any, given: Any) -> None:
    z = make(*given)
    series, shut = series_at(z, leak=0.0, flee=0.0, harm=0.0), closed()
    stranded = series["stranded"]
    assert stranded[shut.start - 1] == pytest.approx(0.0, abs=EXACT * stranded.max())
    assert (np.diff(stranded[shut.start - 1 : shut.stop]) > 0).all()
    assert (np.diff(stranded[shut.stop - 1 :]) <= EXACT * stranded.max()).all()
    held = series["holdover"] + stranded
    close(held[shut], np.full(shut.stop - shut.start, held[shut.start - 1]))


def test_cohorts_never_mix_back() -> None:
    """Those who came before the deadline only become fewer; `arrived_later` holds no more than have come since."""
    series = series_at(typical(8))
    later = ready().model.calendar.later
    came = np.cumsum(series["arrived"][focus()] * later)
    assert (series["arrived_later"] <= came * (1 + EXACT)).all()
    early = series["holdover"] + series["stranded"]
    since = month(f"{programme().deadline:%Y-%m}")
    assert (np.diff(early[since:]) <= EXACT * early.max()).all()


# ---- What is counted is not a person --------------------------------------------------------------------------

RATIOS = {
    "crossing": ("crossings_per_arrival", "visa_runs", "crew_crossings", "business_crossings"),
    "visa": ("visas_per_work_arrival", "visas_per_study_arrival", "visas_per_other_stay", "true_visitors"),
    "permit": ("permit_coverage", "permit_coverage_2018"),
}
READS = {"crossing": "entries", "visa": "visas_", "permit": "permits"}


@pytest.mark.parametrize("thing", RATIOS)
def test_crossings_visas_and_permits_move_without_moving_a_person(thing: str) -> None:
    z = typical(9)
    usual = series_at(z)
    moved = series_at(z, **{name: 0.5 * float(values_at(z)[name]) for name in RATIOS[thing]})
    changed = {name for name in usual if not np.array_equal(usual[name], moved[name])}
    assert changed
    assert all(name.startswith(READS[thing]) for name in changed), changed


def test_more_cross_than_arrive() -> None:
    """While the border is open and the tables complete, each arrival crosses and others cross besides."""
    series, model = series_at(middle()), ready().model
    shown = (model.calendar.open == 1) & (model.calendar.spans["withheld"] == 0)
    assert (series["entries"] > series["arrived"][focus()])[shown].all()


def test_no_measure_of_crossings_or_visas_reads_a_series_of_persons() -> None:
    measures, operators = programme().measures, ready().model.operators
    read = {name: one["series"] for name, one in operators.items() if measures[name].object in ("crossing", "visa")}
    assert read
    assert all(series.startswith(("entries", "visas_")) for series in read.values()), read


# ---- Headline -------------------------------------------------------------------------------------------------


@anywhere
def test_a_worker_months_pay_is_the_sum_of_its_parts(make: Any, given: Any) -> None:
    draw = headline_at(make(*given))
    parts = draw["state_take"] + draw["agents_and_costs"] + draw["pocket_money"] + draw["booked_pay"]
    np.testing.assert_allclose(parts, draw["gross_wage"], rtol=EXACT)
    assert np.abs(parts - draw["gross_wage"]).max() < 0.005  # USD


@anywhere
def test_worker_months_only_grow_and_add_up_over_cohorts(make: Any, given: Any) -> None:
    months_worked = headline_at(make(*given))["worker_months_after_deadline"]
    close(months_worked[-1], months_worked[:-1].sum(axis=0))
    assert (np.diff(months_worked, axis=-1) >= 0).all()
    assert months_worked[:, 2019 - ready().model.grid.first_year - 1].tolist() == [0.0] * 4


def test_the_month_of_the_deadline_counts_from_the_day_after_it() -> None:
    """Nine days of December 2019 lie after the 22nd."""
    z, place = typical(10), 2019 - ready().model.grid.first_year
    december = sum(series_at(z)[cohort][month("2019-12")] for cohort in COHORTS)
    assert headline_at(z)["worker_months_after_deadline"][-1, place] == pytest.approx(december * 9 / 31, rel=EXACT)


def test_yearly_figures_are_sums_of_flows_means_of_rates_and_ends_of_stocks() -> None:
    z = typical(11)
    series, draw, last = series_at(z), headline_at(z), slice(-12, None)
    place = focus()
    assert draw["workers_arrived"][-1, -1] == pytest.approx(series["arrived"][place][last].sum(), rel=EXACT)
    assert draw["gross_wage"][place, -1] == pytest.approx(series["gross"][place][last].mean(), rel=EXACT)
    assert draw["booked_pay_owed"][place, -1] == pytest.approx(series["owed"][place][-1], rel=EXACT)
    assert draw["programme_revenue"][-1, -1] == pytest.approx(series["revenue_state"][-1][last].sum(), rel=EXACT)


def test_the_dataset_labels_each_axis_as_the_model_orders_it() -> None:
    """Each labelled cell is the cell of the array it came from, whatever order the axes are joined in."""
    draw, model = headline_at(typical(12)), ready().model
    labelled = dataset({name: np.asarray(draw[name])[None] for name in AXES}, model)
    assert set(labelled.data_vars) == set(AXES)
    hosts = (*model.hosts, "WW")
    for place, host in enumerate(hosts):
        found = labelled["workers_present"].sel(draw=0, host=host)
        np.testing.assert_array_equal(found, draw["workers_present"][place])
    for place, visa in enumerate((*model.visas.all, "all")):
        found = labelled["workers_arrived"].sel(draw=0, visa_class=visa)
        np.testing.assert_array_equal(found, draw["workers_arrived"][place])
    for place, cohort in enumerate(COHORTS):
        found = labelled["workers_present_by_cohort"].sel(draw=0, cohort=cohort)
        np.testing.assert_array_equal(found, draw["workers_present_by_cohort"][place])
    assert labelled["month"].values[[0, -1]].tolist() == ["2010-01", "2026-12"]
    assert np.isnan(labelled["gross_wage"].sel(host="WW")).all()  # the world has no wage of its own


# ---- Engines --------------------------------------------------------------------------------------------------


@cache
def in_jax() -> Any:
    """The same model, compiled once for all who ask."""
    import jax
    import jax.numpy as jnp

    model = ready().model
    priors = model.layout.priors()
    return jax.jit(lambda z: series_of(model.layout.values(z, *priors, jnp), model, jnp))


@anywhere
def test_jax_and_numpy_run_the_same_model(make: Any, given: Any) -> None:
    z = make(*given)
    run = in_jax()(z)
    for name, wanted in series_at(z).items():
        close(np.asarray(run[name]), wanted)


def test_every_series_has_a_name_and_every_name_a_row() -> None:
    model, series = ready().model, series_at(middle())
    names = names_of(model, series)
    assert len(names) == len(set(names)) == sum(1 if block.ndim == 1 else len(block) for block in series.values())
    assert all(row(series, model, name).shape == (len(model.grid),) for name in names)
