"""What holds for any text: no error, offsets inside, spans apart, values that read back from their own words."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.claims.numbers.days import days
from tallystick.claims.numbers.find import masked, quantities
from tests.claims.numbers.forms import ENGLISH, KOREAN, RUSSIAN
from tests.claims.numbers.read import rows

LANGUAGES = ("en", "ru", "ko")
PUBLISHED = date(2025, 11, 14)
TABLES = {"en": ENGLISH, "ru": RUSSIAN, "ko": KOREAN}
FORMS = {language: [row[1] for row in rows({language: TABLES[language]}, 5)] for language in LANGUAGES}
PIECES = st.sampled_from(
    [form for forms in FORMS.values() for form in forms]
    + ["1", "12,", ".", " ", "-", "$", "(", ")", "one", "half", "ſ", "İ", "ı", "²", "１", "٣", "∞", "1e400", "NaN"]
    + [
        "2018",
        "May",
        "월",
        "일",
        "년",
        "만",
        "천",
        "여",
        "тыс.",
        "от",
        "до",
        "between",
        "and",
        "last year",
        "\n",
        "\u00a0",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map("".join))


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_any_text_is_read_without_an_error_and_in_order(text: str, language: str) -> None:
    end = 0
    for found in quantities(text, language):
        assert end <= found.start <= found.number_start < found.number_end <= found.end <= len(text)
        end = found.end


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_a_quantity_has_a_value_or_says_that_it_has_none(text: str, language: str) -> None:
    for found in quantities(text, language):
        assert found.vague == (found.low is None and found.point is None and found.high is None)
        assert found.low is None or found.high is None or found.low < found.high
        assert found.point is None or (found.low is None and found.high is None)
        assert all(abs(value) <= 1e15 for value in (found.low, found.point, found.high) if value is not None)


@given(text=TEXTS, language=st.sampled_from(LANGUAGES), published=st.none() | st.dates())
def test_days_of_any_text_lie_inside_it_and_in_order(text: str, language: str, published: date | None) -> None:
    end = 0
    for found in days(text, language, published):
        assert end <= found.start < found.end <= len(text)
        assert found.first <= found.last
        end = found.end


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_no_number_is_both_masked_and_read(text: str, language: str) -> None:
    numbers = [(found.number_start, found.number_end) for found in quantities(text, language)]
    for reason in masked(text, language):
        assert 0 <= reason.start < reason.end <= len(text)
        assert all((reason.start, reason.end) != number for number in numbers)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_a_quantity_reads_back_from_its_own_words(language: str, data: st.DataObject) -> None:
    """The gate of every claim: its number parses again from the quote alone."""
    text = ". ".join(data.draw(st.lists(st.sampled_from(FORMS[language]), min_size=1, max_size=4)))
    for found in quantities(text, language):
        again = quantities(text[found.start : found.end], language)
        assert [(found.low, found.point, found.high, found.unit)] == [(q.low, q.point, q.high, q.unit) for q in again]


SEPARATORS = {
    "en": [",", "\u00a0", "\u2009", "\u202f"],
    "ru": [" ", "\u00a0", "\u2009", "\u202f"],
    "ko": [",", "\u00a0"],
}


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.integers(min_value=0, max_value=10**15 - 1), data=st.data())
def test_a_printed_number_is_read_as_itself(language: str, value: int, data: st.DataObject) -> None:
    separator = data.draw(st.sampled_from(SEPARATORS[language]))
    unit = {"en": " boxes", "ru": " человек", "ko": "명"}[language]
    found = quantities(f"{value:,}".replace(",", separator) + unit, language)
    assert [quantity.point for quantity in found] == [float(value)]


@given(value=st.integers(min_value=1, max_value=99_999_999))
def test_a_number_in_myriads_is_read_as_itself(value: int) -> None:
    myriads, rest = divmod(value, 10_000)
    text = (f"{myriads}만 " if myriads else "") + (str(rest) if rest else "")
    assert [found.point for found in quantities(text.strip() + "명", "ko")] == [float(value)]


HOSTILE = [
    "01,002,000",
    "0.1.002.000",
    "9" * 5000,
    "9" * 5000 + "명",
    "1," * 5000,
    "1e400",
    "NaN",
    "∞",
    "1." * 5000,
    "9" * 400 + ".5 million",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_number_too_long_for_any_report_is_no_quantity(language: str, text: str) -> None:
    assert all(value is None or value < 1e15 for q in quantities(text, language) for value in (q.low, q.point, q.high))
    assert all(found.first.year <= 2101 for found in days(text, language, PUBLISHED))


REPEATED = [
    "1",
    "1,",
    "1-",
    "12 ",
    "one ",
    "million ",
    "between 1 and ",
    "$1 ",
    "(1 ",
    "от 1 до ",
    "만",
    "1만 ",
    "2018-",
    "월 ",
]


def _calls(text: str, language: str) -> int:
    """How many functions, ours and those of C, one reading calls."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        quantities(text, language)
        days(text, language, PUBLISHED)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("piece", REPEATED)
def test_twice_the_text_takes_twice_the_steps(language: str, piece: str) -> None:
    _calls(piece, language)  # tables are made at first use
    once, twice = (_calls((piece * size)[:size], language) for size in (1500, 3000))
    assert twice <= 2.2 * once + 300
