"""Dates of three languages against answers written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.claims.numbers.days import days
from tests.claims.numbers.dates import ENGLISH, KOREAN, RUSSIAN
from tests.claims.numbers.read import rows

PUBLISHED = date(2025, 11, 14)
DATES = list(rows({"en": ENGLISH, "ru": RUSSIAN, "ko": KOREAN}, 5))


@pytest.mark.parametrize(("language", "text", "words", "first", "last", "relation"), DATES)
def test_a_date_is_read_as_a_person_reads_it(
    language: str, text: str, words: str, first: str, last: str, relation: str
) -> None:
    found = [
        (("R " if day.relative else "") + text[day.start : day.end], str(day.first), str(day.last), day.relation)
        for day in days(text, language, PUBLISHED)
    ]
    assert found == [(words, first, last or first, relation)]


@pytest.mark.parametrize(("language", "text"), [row[:2] for row in DATES if row[2].startswith("R ")])
def test_a_relative_date_is_left_out_without_the_day_of_publication(language: str, text: str) -> None:
    assert not days(text, language, None)


NONE = [
    ("en", "they may 5 times refuse"),
    ("en", "around 2000 workers"),
    ("en", "on 31 February 2021"),
    ("en", "on 05/06/2021"),
    ("en", "on 2021-13-40"),
    ("en", "2,018 boxes"),
    ("ru", "20-50 тысяч"),
    ("ru", "2000 рабочих"),
    ("ko", "12시간 10일간"),
    ("ko", "9개월"),
    ("ko", "한 달에"),
    ("ko", "크게 올랐다"),
]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_is_no_date_or_could_be_two_is_left_out(language: str, text: str) -> None:
    assert not days(text, language, PUBLISHED)


def test_a_bare_quarter_belongs_to_the_year_that_its_sentence_names() -> None:
    found = days("지난해는 1분기 10명, 2분기 20명이다. 1분기는 30명이다.", "ko", PUBLISHED)
    assert [str(day.first) for day in found] == ["2024-01-01", "2024-01-01", "2024-04-01", "2025-01-01"]


def test_the_29th_of_february_is_the_last_that_there_was() -> None:
    assert [str(day.first) for day in days("on February 29", "en", PUBLISHED)] == ["2024-02-29"]
