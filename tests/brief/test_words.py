"""Sentences say no more than their numbers do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.brief.words import dates, grammar, hedges, numbers, rounding, units
from tallystick.brief.words.estimates import say, say_levels
from tallystick.vocab.estimate import Interval

positive = st.floats(min_value=1e-3, max_value=1e12, allow_nan=False, allow_infinity=False)


def interval(low: float, median: float, high: float) -> Interval:
    return Interval(
        median=median, lower_50=low, upper_50=high, lower_80=low, upper_80=high, lower_95=low, upper_95=high
    )


@given(st.lists(positive, min_size=3, max_size=3).map(sorted))
def test_rounding_keeps_the_order_of_an_interval_and_moves_no_number_past_a_quarter_of_its_distance(
    numbers_: list[float],
) -> None:
    low, median, high = numbers_
    got = rounding.round_interval(low, median, high)
    assert got.low <= got.median <= got.high
    apart = 1e-9 * high  # nearer than that, two numbers are one
    if median - low > apart and high - median > apart:
        assert abs(got.low - low) <= (median - low) / 4 * (1 + 1e-6)
        assert abs(got.high - high) <= (high - median) / 4 * (1 + 1e-6)
        assert abs(got.median - median) <= min(median - low, high - median) / 4 * (1 + 1e-6)


@given(st.lists(positive, min_size=3, max_size=3, unique=True).map(sorted))
def test_no_number_moves_by_much_of_itself_unless_its_interval_is_wide(numbers_: list[float]) -> None:
    low, median, high = numbers_
    got = rounding.round_interval(low, median, high)
    for value, printed in ((low, got.low), (median, got.median), (high, got.high)):
        assert abs(printed - value) <= max(0.03 * value, (high - low) / 20) * (1 + 1e-6)


@given(st.lists(positive, min_size=3, max_size=3, unique=True).map(sorted))
def test_a_digit_finer_than_a_twentieth_of_its_distance_is_the_first_or_keeps_the_number_in_place(
    numbers_: list[float],
) -> None:
    low, median, high = numbers_
    got = rounding.round_interval(low, median, high)
    for value, step, distance in (
        (low, got.low_step, median - low),
        (median, got.median_step, min(median - low, high - median)),
        (high, got.high_step, high - median),
    ):
        coarser = abs(rounding.to_step(value, step * 10) - value)
        too_far = coarser >= max(0.03 * value, (high - low) / 20) * (1 - 1e-6)
        assert step * 20.000001 >= distance or step * 10.000001 >= value or too_far


@given(st.lists(positive, min_size=7, max_size=7, unique=True).map(sorted))
def test_intervals_inside_each_other_are_printed_inside_each_other(ends: list[float]) -> None:
    low_95, low_80, low_50, median, high_50, high_80, high_95 = ends
    got = rounding.nested(
        Interval(
            median=median,
            lower_50=low_50,
            upper_50=high_50,
            lower_80=low_80,
            upper_80=high_80,
            lower_95=low_95,
            upper_95=high_95,
        )
    )
    lows, highs = ([getattr(got[level], side) for level in ("95", "80", "50")] for side in ("low", "high"))
    assert lows == sorted(lows)
    assert highs == sorted(highs, reverse=True)


def test_bounds_that_differ_are_not_printed_as_one() -> None:
    near = Interval(
        median=9_672, lower_50=8_454, upper_50=11_164, lower_80=212, upper_80=12_665, lower_95=205, upper_95=12_966
    )
    levels = say_levels(near, "persons")
    assert (levels["80"], levels["95"]) == (("212", "12,700"), ("205", "13,000"))


@given(st.lists(st.floats(min_value=0, max_value=1e6), min_size=3, max_size=3).map(sorted))
def test_persons_come_whole(numbers_: list[float]) -> None:
    got = rounding.round_interval(*numbers_, whole=True)
    assert all(value == round(value) for value in (got.low, got.median, got.high))


@pytest.mark.parametrize(
    ("low", "median", "high", "unit", "words", "span"),
    [
        (3_612.4, 4_688.2, 5_921.0, "persons", "4,700 persons", "3,600 to 5,900"),
        (212.0, 1_301.0, 10_088.0, "persons", "1,300 persons", "200 to 10,000"),
        (90.4e6, 147.2e6, 262e6, "USD/year", "USD 150 million a year", "USD 90 to 260 million"),
        (932e6, 1.2e9, 2.04e9, "USD/year", "USD 1.2 billion a year", "USD 900 million to 2.0 billion"),
        (0.612, 0.724, 0.829, "share", "72 percent", "61 to 83 percent"),
        (3_900, 4_312, 4_700, "hours/year", "4,300 hours a year", "3,900 to 4,700"),
        (0.0, 0.0, 0.0, "persons", "0 persons", "0"),
        (0.0, 3.4, 900.0, "persons", "3 persons", "0 to 900"),
        (0.31, 0.52, 0.95, "USD/hour", "USD 0.5 an hour", "USD 0.3 to 0.95"),
    ],
)
def test_estimates_read_as_an_editor_would_print_them(
    low: float, median: float, high: float, unit: str, words: str, span: str
) -> None:
    said = say(interval(low, median, high), unit)
    assert (said.median_full, said.interval) == (words, span)


def test_an_interval_out_of_order_or_not_finite_is_refused() -> None:
    with pytest.raises(ValueError, match="not an interval"):
        rounding.round_interval(2.0, 1.0, 3.0)
    with pytest.raises(ValueError, match="not an interval"):
        rounding.round_interval(1.0, 2.0, float("inf"))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("USD 150 million", "USD 300 million", "USD 150 to 300 million"),
        ("USD 930 million", "USD 2 billion", "USD 930 million to 2 billion"),
        ("12", "16", "12 to 16"),
        ("70 percent", "90 percent", "70 to 90 percent"),
        ("5", "5", "5"),
    ],
)
def test_a_range_says_once_what_both_ends_share(low: str, high: str, words: str) -> None:
    assert numbers.span(low, high) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no claims"), (1, "one claim"), (2, "two claims"), (1204, "1,204 claims")]
)
def test_counts_agree_with_their_noun(number: int, words: str) -> None:
    assert numbers.count(number, "claim") == words


@pytest.mark.parametrize(
    ("noun", "words"),
    [
        ("hour", "an hour"),
        ("unit", "a unit"),
        ("NGO report", "an NGO report"),
        ("US report", "a US report"),
        ("UN panel", "a UN panel"),
        ("estimate", "an estimate"),
        ("11 percent share", "an 11 percent share"),
        ("18-hour day", "an 18-hour day"),
        ("one-year term", "a one-year term"),
    ],
)
def test_articles_go_by_sound(noun: str, words: str) -> None:
    assert grammar.article(noun) == words


def test_lists_use_semicolons_where_parts_hold_commas() -> None:
    assert grammar.join(["A", "B", "C"]) == "A, B and C"
    assert grammar.join(["A, of B", "C", "D"]) == "A, of B; C and D"
    with pytest.raises(ValueError, match="needs parts"):
        grammar.join([])


@given(st.floats(min_value=0, max_value=1))
def test_every_probability_has_one_word(probability: float) -> None:
    words = [word for _, word in hedges.BANDS]
    assert hedges.probability_word(probability) in words
    assert len(set(words)) == len(words)


def test_a_probability_outside_zero_to_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        hedges.probability_word(1.2)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "in 2024"),
        (date(2024, 10, 29), date(2024, 10, 29), "on 29 October 2024"),
        (date(2017, 12, 31), date(2017, 12, 31), "at the end of 2017"),
        (date(2025, 1, 1), date(2025, 3, 31), "in the first quarter of 2025"),
        (date(2024, 7, 1), date(2024, 12, 31), "in the second half of 2024"),
        (date(2017, 9, 11), date(2018, 8, 2), "from 11 September 2017 to 2 August 2018"),
        (None, date(2017, 12, 31), "up to the end of 2017"),
        (date(2021, 3, 1), None, "from March 2021 on"),
        (None, None, "with no period stated"),
    ],
)
def test_a_period_is_said_as_precisely_as_it_was_stated(start: date | None, end: date | None, words: str) -> None:
    assert dates.stated_period(start, end) == words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        (date(1945, 1, 1), date(1949, 12, 31), "decade part", "the late 1940s"),
        (date(1991, 12, 31), date(1999, 12, 31), "decade part", "the 1990s"),
        (date(2023, 9, 13), date(2023, 9, 13), "day", "13 September 2023"),
        (date(2022, 8, 24), date(2022, 9, 23), "month", "September 2022"),
        (date(2022, 2, 24), date(2022, 6, 30), "months", "February to June 2022"),
        (date(2024, 1, 1), date(2024, 3, 31), "quarter", "the first quarter of 2024"),
        (date(2018, 1, 1), date(2019, 12, 31), "range", "2018 to 2019"),
        (date(2017, 1, 1), date(2017, 12, 31), "until", "until 2017"),
        (date(2024, 8, 1), date(2025, 8, 31), "year", "2024 to 2025"),
        (date(2023, 12, 31), date(2023, 12, 31), "predicted", "predicted for 31 December 2023"),
    ],
)
def test_events_keep_the_precision_of_their_row(start: date, end: date, precision: str, words: str) -> None:
    assert dates.event_date(start, end, precision) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1.0, "persons", "1 person"),
        (13221.0, "crossings", "13,221 crossings"),
        (0.9, "share", "90 percent"),
        (2.5, "USD/hour", "USD 2.5 an hour"),
        (20171222, "yyyymmdd", "2017-12-22"),
        (2397, "number", "2397"),
        (2.0, "ratio", "2 times"),
        (1.7e9, "USD (cumulative)", "USD 1.7 billion in all"),
        (16, "per 10,000 workers/year", "16 per 10,000 workers a year"),
        (153_000, "persons", "153,000 persons"),
    ],
)
def test_units_are_said_in_full(value: float, unit: str, words: str) -> None:
    parsed = units.parse(unit)
    assert units.complete(units.number_in(value, parsed), parsed, value) == words
