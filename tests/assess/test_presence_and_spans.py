"""Counting people in months, and reading periods as reports write them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.assess.facts import speaks_of
from tallystick.assess.finding import LIKELY, Period, by_chance
from tallystick.assess.presence import interval, last_day, presences
from tallystick.assess.spans import span

YEAR = Period(id="y", name="y", start=date(2020, 1, 1), end=date(2020, 12, 31))


def test_worker_months_count_the_days_of_a_month_that_lie_in_the_period(make: Any) -> None:
    there = make.presence({"holdover": 7.0})
    assert there.worker_months(YEAR).tolist() == pytest.approx([7.0 * 12] * 8)
    part = Period(id="p", name="p", start=date(2019, 12, 22), end=date(2020, 1, 31))
    assert there.worker_months(part).tolist() == pytest.approx([7.0 * (10 / 31 + 1)] * 8)


def test_the_chance_that_anybody_earns_matches_the_closed_form(make: Any) -> None:
    """1 - (1 - p)^n, for n people each of whom earns with chance p."""
    there = make.presence({"a": 3.9, "b": 2.0})
    assert there.chance_any_earns(YEAR, {"a": 0.2, "b": 0.5}) == pytest.approx(1 - 0.8**3 * 0.5**2)
    assert make.presence({"a": 0.99}).chance_any_earns(YEAR, {}) == 0.0


@given(st.floats(0, 50), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_chance_of_one_never_lowers_the_chance_of_any(
    make: Any, people: float, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    there = make.presence({"a": people})
    assert there.chance_any_earns(YEAR, {"a": low}) <= there.chance_any_earns(YEAR, {"a": high}) + 1e-12


def test_months_outside_the_draws_give_no_chance(make: Any) -> None:
    far = Period(id="f", name="f", start=date(2030, 1, 1), end=date(2030, 12, 31))
    assert make.presence({"a": 5.0}).chance_any_earns(far, {}) is None
    assert make.presence(by_visa={"work": 5.0}, total=5.0).chance_above_level("2017-08", far) is None


@given(st.floats(0, 1), st.floats(0, 1))
def test_an_outcome_holds_at_both_ends_of_the_assumptions(one: float, other: float) -> None:
    low, high = sorted((one, other))
    found = by_chance(low, high)
    if found == "inconsistent":
        assert by_chance(high, high) == "inconsistent"
        assert low >= LIKELY
    if found == "consistent":
        assert by_chance(low, low) == "consistent"


def test_sums_and_parts_that_are_not_followed_are_no_cohorts() -> None:
    import xarray as xr

    months = ["2020-01", "2020-02"]
    people = np.ones((4, 3, 2))
    people[:, 2] = np.nan
    draws = xr.Dataset(
        {
            "workers_present": (("draw", "host", "month"), np.full((4, 1, 2), 9.0)),
            "workers_present_by_cohort": (("draw", "cohort", "month"), people),
            "workers_present_by_visa": (("draw", "visa_class", "month"), np.ones((4, 1, 2))),
        },
        coords={"host": ["XA"], "cohort": ["holdover", "all", "unfollowed"], "visa_class": ["work"], "month": months},
    )
    found = presences(draws, "XA", frozenset({"work"}))["XA"]
    assert set(found.by_cohort) == {"holdover"}
    assert found.authorised is not None
    assert found.total.tolist() == [[9.0, 9.0]] * 4


def test_parts_of_other_months_than_the_stock_are_refused() -> None:
    import xarray as xr

    stock = xr.DataArray(
        np.ones((1, 2, 2)), dims=("host", "draw", "month"), coords={"host": ["XA"], "month": ["a", "b"]}
    )
    parts = xr.DataArray(
        np.ones((1, 2, 2)), dims=("cohort", "draw", "month"), coords={"cohort": ["x"], "month": ["b", "c"]}
    )
    with pytest.raises(ValueError, match="not those of the stock"):
        presences({"workers_present": stock, "workers_present_by_cohort": parts}, "XA", frozenset())


def test_intervals_nest() -> None:
    found = interval(np.arange(1001.0))
    assert (found.median, found.lower_50, found.upper_95) == (500.0, 250.0, 975.0)


def test_months_end_on_their_last_day() -> None:
    assert last_day("2020-02") == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2023-09", date(2023, 9, 1), date(2023, 9, 30)),
        ("2023-09-13", date(2023, 9, 13), date(2023, 9, 13)),
        ("2024-2025", date(2024, 1, 1), date(2025, 12, 31)),
        ("2024-12/2025-01", date(2024, 12, 1), date(2025, 1, 31)),
        ("2017-12/2022", date(2017, 12, 1), date(2022, 12, 31)),
        ("before 2022", None, date(2021, 12, 31)),
        ("until 2024", None, date(2024, 12, 31)),
        ("from 1953", date(1953, 1, 1), None),
        ("undated", None, None),
        ("late 1940s-2023", None, None),
        ("reported 2024-01", None, None),
        ("2018; 2024", None, None),
        ("", None, None),
    ],
)
def test_periods_are_read_as_written_and_never_guessed(text: str, first: date | None, last: date | None) -> None:
    assert span(text) == (first, last)


def test_a_year_that_straddles_a_ban_is_not_held_against_it(make: Any) -> None:
    after = Period(id="p", name="p", start=date(2017, 9, 11), end=None)
    year = make.claim(start=date(2017, 1, 1), end=date(2017, 12, 31))
    assert not speaks_of(year, after, stock=False)
    undated = make.claim(start=None, end=date(2018, 1, 1))
    assert not speaks_of(undated, after, stock=False)
    assert speaks_of(undated, after, stock=True)
