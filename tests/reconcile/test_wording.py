"""Figures, days and lists as a reader writes them."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.reconcile.wording import bounded, counted, days, joined, number, sentence


@pytest.mark.parametrize(
    ("low", "point", "high", "unit", "expected"),
    [
        (None, 13221.0, None, "crossings", "13,221 crossings"),
        (None, 1.0, None, "persons", "1 person"),
        (10000.0, None, None, "persons", "at least 10,000 persons"),
        (None, None, 500000000.0, "USD/year", "up to USD 500 million a year"),
        (1.2e9, None, 2.3e9, "USD/year", "USD 1.2 to 2.3 billion a year"),
        (930e6, None, 2e9, "USD/year", "USD 930 million to 2 billion a year"),
        (None, 415.0, None, "USD/month", "USD 415 a month"),
        (0.7, None, 0.9, "share", "70 to 90 %"),
        (None, 0.667, None, "share", "66.7 %"),
        (None, 2.5, None, "USD/hour", "USD 2.5 an hour"),
        (None, 12.0, None, "ratio", "12-fold"),
        (None, 2.0, None, "days/year", "2 days a year"),
        (1.7e9, None, 5.5e9, "USD (cumulative)", "USD 1.7 to 5.5 billion in all"),
        (None, 20191223.0, None, "yyyymmdd", "23 December 2019"),
        (None, 2379.0, None, "number", "2379"),
        (None, 16.0, None, "per 10,000 workers/year", "16 per 10,000 workers a year"),
        (3.0, None, 5.0, "metres/pixel", "3 to 5 metres per pixel"),
    ],
)
def test_a_figure_has_its_bound_and_unit(
    low: float | None, point: float | None, high: float | None, unit: str, expected: str
) -> None:
    assert bounded(low, point, high, unit) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2016, 1, 1), date(2018, 12, 31), "2016 to 2018"),
        (date(2024, 10, 1), date(2024, 10, 31), "October 2024"),
        (date(2024, 7, 1), date(2024, 9, 30), "July to September 2024"),
        (date(2024, 12, 1), date(2025, 2, 28), "December 2024 to February 2025"),
        (date(2024, 10, 29), date(2024, 10, 29), "29 October 2024"),
        (date(2018, 2, 1), date(2018, 2, 7), "1 to 7 February 2018"),
        (date(2023, 4, 1), date(2023, 5, 3), "1 April to 3 May 2023"),
        (date(2017, 9, 11), date(2018, 8, 2), "11 September 2017 to 2 August 2018"),
    ],
)
def test_days_are_as_short_as_they_can_be(start: date, end: date, expected: str) -> None:
    assert days(start, end) == expected


def test_lists_counts_and_sentences() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert [counted(n, "copy", "copies") for n in (1, 3, 13)] == ["one copy", "three copies", "13 copies"]
    assert sentence(" it ends ") == "It ends."
    assert sentence("Already.") == "Already."


def test_large_numbers_keep_all_the_digits_that_were_stated() -> None:
    assert number(147_000_000.0, "") == "147 million"
    assert number(20_400_000.0, "") == "20.4 million"
    assert number(948.5, "") == "948.5"
