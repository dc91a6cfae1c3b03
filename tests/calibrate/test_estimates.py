"""Promise: each published estimate carries ordered intervals, the claims it rests on, and the choices that move it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xarray as xr

from tallystick.calibrate.estimates import FEWEST, NEAR_YEARS, estimates
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.estimate import Estimate, Interval
from tallystick.vocab.programme import Programme
from tests.calibrate import real
from tests.reconcile import small

YEARS = [str(year) for year in range(2015, 2022)]
HOSTS = ["AA", "BB", "OTHER", "WW"]
MODEL: Mapping[str, Any] = {
    "calendar": {"alternatives_shown": [2019, 2020]},
    "alternative": [{"id": "higher", "name": "Counts see only part"}, {"id": "same", "name": "Nothing else"}],
    "headline": {
        "wage": {"unit": "USD", "measures": ["wage"]},
        "present": {"unit": "persons", "measures": ["present", "permits"], "years": [2016, 2020]},
    },
}


def draws_of(shift: float = 0.0, seed: int = 3) -> xr.Dataset:
    """1,000 draws of a yearly wage of the focus and a monthly stock by host, and no stock where the host is WW."""
    rng = np.random.default_rng(seed)
    months = [f"{year}-{month:02d}" for year in YEARS for month in (6, 12)]
    stock = 100 + 10 * rng.standard_normal((1000, len(HOSTS), len(months))) + shift
    stock[:, HOSTS.index("WW")] = np.nan
    return xr.Dataset(
        {
            "wage": (("draw", "year"), np.exp(rng.standard_normal((1000, len(YEARS))))),
            "present": (("draw", "host", "month"), stock),
        },
        coords={"host": HOSTS, "month": months, "year": YEARS},
    )


def seen(name: str, year: int, *, measure: str = "present", host: str = "AA", origin: str = "") -> Observation:
    """An observation of a year, of an origin of its own but for what is said."""
    return Observation(
        claim=name, origin=origin or name, measure=measure, kind="point", low=None, point=100.0, high=None,
        unit="persons", host=host, start=date(year, 1, 1), end=date(year, 12, 31), asserter_class="government",
        region="", sector="",
    )  # fmt: skip


OBSERVED = (
    seen("early", 2015),
    seen("middle", 2017, origin="told_once"),
    seen("middle_again", 2018, origin="told_once"),
    seen("late", 2020),
    seen("world", 2017, host="WW"),
    seen("one_country", 2017, host="CC"),
    seen("elsewhere", 2017, host="BB"),
    seen("pay", 2017, measure="wage"),
    seen("of_no_use_here", 2017, measure="rounds"),
)


def account_of(*observed: Observation) -> Account:
    return Account(dispositions=(), origins=(), observations=observed, chains=(), disagreements=(), arithmetic=())


def run(*observed: Observation, others: Mapping[str, xr.Dataset] | None = None, **changes: Any) -> list[Estimate]:
    """The estimates of the small programme, from these observations and with these alternatives."""
    programme: Programme = small.programme(tables={"model": {**MODEL, **changes}})
    fit = SimpleNamespace(draws=draws_of(), prior_draws=draws_of(seed=4), alternatives=others or {})
    return list(estimates(programme, account_of(*(observed or OBSERVED)), fit))


def one(found: list[Estimate], name: str, period: str, host: str = "AA") -> Estimate:
    return next(each for each in found if (each.id, each.period, each.host) == (name, period, host))


def ordered(interval: Interval) -> bool:
    sizes = [
        interval.lower_95, interval.lower_80, interval.lower_50, interval.median,
        interval.upper_50, interval.upper_80, interval.upper_95,
    ]  # fmt: skip
    return sizes == sorted(sizes)


def test_intervals_lie_inside_each_other_around_the_median() -> None:
    found = run()
    assert found
    assert all(ordered(each.interval) and ordered(each.prior) for each in found)


def test_an_interval_is_the_quantiles_of_the_draws() -> None:
    wages = draws_of()["wage"].sel(year="2017").values
    interval = one(run(), "wage", "2017").interval
    assert (interval.median, interval.lower_80, interval.upper_95) == pytest.approx(
        tuple(np.quantile(wages, [0.5, 0.1, 0.975]))
    )


def test_only_published_years_are_given_and_all_of_them() -> None:
    found = run()
    assert {each.period[:4] for each in found if each.id == "present"} == {"2016", "2017", "2018", "2019", "2020"}
    assert {each.period for each in found if each.id == "wage"} == set(YEARS)  # none said: the programme's window


def test_a_figure_that_the_model_does_not_have_is_not_an_estimate() -> None:
    assert {each.host for each in run() if each.id == "present"} == {"AA", "BB", "OTHER"}


def test_an_estimate_without_a_host_speaks_of_the_focus() -> None:
    assert {each.host for each in run() if each.id == "wage"} == {"AA"}


def test_claims_near_in_time_and_of_the_host_or_the_world_are_named() -> None:
    assert one(run(), "present", "2019-12").claims == ("late", "middle", "middle_again", "world")
    assert "early" in one(run(), "present", "2017-12").claims  # at most NEAR_YEARS off
    assert NEAR_YEARS == 2


def test_one_country_speaks_for_the_hosts_that_hold_it() -> None:
    found = run()
    assert "one_country" in one(found, "present", "2017-12", "OTHER").claims
    assert "one_country" not in one(found, "present", "2017-12").claims
    assert "elsewhere" in one(found, "present", "2017-12", "BB").claims


def test_where_few_claims_lie_near_the_nearest_are_named() -> None:
    far = [seen("a2010", 2010), seen("b2012", 2012), seen("c2013", 2013), seen("d2020", 2020)]
    claims = one(run(*far), "present", "2018-12").claims
    assert (claims, len(claims)) == (("b2012", "c2013", "d2020"), FEWEST)


def test_no_estimate_rests_on_nothing_and_none_on_a_claim_that_is_not_used() -> None:
    used = {each.claim for each in OBSERVED if each.measure != "rounds"}
    for each in run():
        assert each.claims
        assert set(each.claims) <= used


def test_claims_of_one_origin_count_once() -> None:
    each = one(run(), "present", "2019-12")
    assert (len(each.claims), each.origins) == (4, 3)


def test_alternatives_are_shown_in_the_years_they_are_named_for_and_wherever_they_move_the_answer() -> None:
    """A quarter of the 80 % width counts as moving: here 6.4 persons, against a shift of 20 and one of 0."""
    found = run(others={"higher": draws_of(shift=20.0), "same": draws_of()})
    assert [each.id for each in one(found, "present", "2017-12").alternatives] == ["higher"]
    assert [each.id for each in one(found, "present", "2019-12").alternatives] == ["higher", "same"]
    shown = one(found, "present", "2019-12").alternatives[0]
    assert (shown.name, ordered(shown.interval)) == ("Counts see only part", True)
    assert shown.interval.median - one(found, "present", "2019-12").interval.median == pytest.approx(20)


def test_what_hardly_moves_is_left_out_outside_the_years_named() -> None:
    found = run(others={"higher": draws_of(shift=3.0)})
    assert one(found, "present", "2017-12").alternatives == ()


def test_an_estimand_that_is_untold_is_never_shown_beside_other_choices() -> None:
    untold = {**MODEL["headline"], "present": {**MODEL["headline"]["present"], "untold": True}}
    found = run(others={"higher": draws_of(shift=20.0)}, headline=untold)
    assert all(each.alternatives == () for each in found if each.id == "present")


# ---- What the real model.toml publishes -----------------------------------------------------------------------


def test_every_published_estimand_has_a_used_claim_that_speaks_to_it() -> None:
    used = {each.measure for each in real.account().observations}
    headline = real.programme().tables["model"]["headline"]
    assert [name for name, entry in headline.items() if not used & set(entry["measures"])] == []


def test_published_measures_and_left_out_classes_are_known() -> None:
    programme, table = real.programme(), real.programme().tables["model"]
    named = {measure for entry in table["headline"].values() for measure in entry["measures"]}
    assert named | set(table["operators"]) <= set(programme.measures)
    for choice in table["alternative"]:
        assert set(choice.get("leave_out_classes", ())) <= set(programme.asserter_classes)
        assert set(choice.get("leave_out_measures", ())) <= set(table["operators"])
        assert set(choice.get("set", {})) <= {each.name for each in real.ready().model.layout.unknowns}


def test_every_published_period_lies_in_the_years_of_the_programme() -> None:
    first, last = real.programme().window
    for entry in real.programme().tables["model"]["headline"].values():
        begin, end = entry.get("years", (first, last))
        assert first <= begin <= end <= last
