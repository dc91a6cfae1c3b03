"""Windows, switches and straight lines on the monthly grid, for any days Hypothesis thinks of."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tallystick.calibrate.grid import Grid

GRID = Grid(2010, 2026)
FIRST, LAST = date(2010, 1, 1), date(2026, 12, 31)
DAYS = some.dates(FIRST, LAST)


def _length(month: str) -> int:
    return monthrange(int(month[:4]), int(month[5:]))[1]


@given(DAYS, DAYS)
def test_a_window_counts_each_of_its_days_once(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    days = GRID.overlap(start, end) @ np.array([_length(month) for month in GRID.months])
    assert days == pytest.approx((end - start).days + 1, rel=1e-12)


@given(DAYS, DAYS, DAYS)
def test_two_windows_that_meet_are_one(one: date, other: date, third: date) -> None:
    start, middle, end = sorted((one, other, third))
    joined = GRID.overlap(start, middle) + GRID.overlap(middle + timedelta(days=1), end)
    np.testing.assert_allclose(joined, GRID.overlap(start, end), atol=1e-12)


@given(some.dates(date(1990, 1, 1), date(2050, 1, 1)), some.integers(0, 3000))
def test_no_month_counts_more_than_whole_and_none_outside_the_window(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    weights = GRID.overlap(start, end)
    touched = [start.strftime("%Y-%m") <= month <= end.strftime("%Y-%m") for month in GRID.months]
    np.testing.assert_array_equal(weights > 0, touched)
    assert weights.max() <= 1


def test_windows_that_can_be_counted_by_hand() -> None:
    """A leap February, half of April, a whole year."""
    assert GRID.overlap(date(2020, 2, 1), date(2020, 2, 29))[GRID.index("2020-02")] == 1
    assert GRID.overlap(date(2021, 4, 16), date(2021, 6, 30)).sum() == 2.5
    assert GRID.overlap(date(2024, 1, 1), date(2024, 12, 31)).sum() == 12
    assert not GRID.overlap(date(2030, 1, 1), date(2031, 1, 1)).any()


@given(some.integers(0, len(GRID) - 1), some.integers(0, len(GRID) - 1))
def test_a_switch_is_on_from_its_first_month_to_its_last(one: int, other: int) -> None:
    first, last = min(one, other), max(one, other)
    on = GRID.switch(GRID.months[first], GRID.months[last])
    assert on.sum() == last - first + 1
    assert on[first] == on[last] == 1


@given(some.sets(some.integers(0, len(GRID) - 1), min_size=2, max_size=8), some.integers(0, 2**32))
def test_a_line_between_nodes_passes_them_and_stays_between(places: set[int], seed: int) -> None:
    """Known answer: numpy.interp of any heights, level outside the nodes."""
    nodes, heights = sorted(places), np.random.default_rng(seed).normal(size=len(places))
    line = GRID.interpolation([GRID.months[at] for at in nodes]) @ heights
    np.testing.assert_allclose(line, np.interp(np.arange(len(GRID)), nodes, heights), atol=1e-12)


def test_months_and_years_are_counted_from_january() -> None:
    assert (len(GRID), len(GRID.years), len(GRID.months)) == (204, 17, 204)
    assert GRID.index("2010-01") == 0
    assert GRID.index("2026-12") == 203
    assert GRID.index("2009-12") == -1
    assert [GRID.index(month) for month in GRID.months] == list(range(204))
