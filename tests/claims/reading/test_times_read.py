"""Promise: each number is given the place and the year that its clause, or what was told before it, gives it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tallystick.claims.proposal import Proposal
from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words


class Row(NamedTuple):
    language: str
    published: date | None
    text: str
    wanted: tuple[tuple[float, str, int], ...]  # value, host, year


def _rows() -> list[Row]:
    lines = Path(__file__).with_name("times.txt").read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if not line.startswith("#")]


def _row(line: str) -> Row:
    language, published, text, wanted = (part.strip() for part in line.split(" | "))
    each = (one.split() for one in wanted.split("; "))
    return Row(
        language,
        date.fromisoformat(published) if published else None,
        text,
        tuple((float(value), host, int(year)) for value, host, year in each),
    )


ROWS = _rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.language} {row.text[:40]}")
def test_each_number_is_where_and_when_its_text_says(row: Row, words: Words) -> None:
    found = read(row.text, language=row.language, published=row.published, title="", publisher="", words=words).claims
    for value, host, year in row.wanted:
        claim = next(claim for claim in found if value in _values(claim))
        assert claim.host == host, (value, claim)
        assert year in _years(claim), (value, claim)


def _values(claim: Proposal) -> set[float]:
    factor = 100 if claim.unit == "share" else 1
    return {round(value * factor, 6) for value in (claim.low, claim.point, claim.high) if value is not None}


def _years(claim: Proposal) -> range:
    ends = [day.year for day in (claim.start, claim.end) if day is not None]
    return range(min(ends), max(ends) + 1) if ends else range(0)


def test_each_language_is_asked_often_enough() -> None:
    for language, least in (("en", 30), ("ru", 12), ("ko", 12)):
        assert sum(len(row.wanted) for row in ROWS if row.language == language) >= least


UNDATED = "In 2018, Vessany let in its first crews. Some 4,000 North Korean labourers work in Russia. "


@pytest.mark.parametrize(
    ("after", "year"),
    [
        ("", 2018),
        ("Wages rose in 2021.", 2021),
        ("© 2024 The Vessany Review", 2018),
        ("Copyright 2024 by the Vessany Review. All rights reserved.", 2018),
        ("They must all be gone by December 2029.", 2018),
    ],
)
def test_a_text_without_a_date_is_as_late_as_what_it_tells_of(after: str, year: int, words: Words) -> None:
    """A notice of copyright and a deadline say less of that than any other day that it names."""
    found = read(f"{UNDATED}\n\n{after}\n", language="en", published=None, title="", publisher="", words=words).claims
    claim = next(claim for claim in found if 4000 in _values(claim))
    assert list(_years(claim)) == [year]
    assert "period: text" in claim.reasons


def test_a_text_that_names_no_day_gives_its_numbers_none(words: Words) -> None:
    text = "Some 4,000 North Korean labourers work in Russia."
    claim = read(text, language="en", published=None, title="", publisher="", words=words).claims[0]
    assert (claim.start, claim.reasons.count("period: text")) == (None, 0)


def test_a_notice_of_copyright_dates_a_text_that_names_no_other_day(words: Words) -> None:
    text = "Some 4,000 North Korean labourers work in Russia.\n\n© 2017 The Vessany Review"
    claim = read(text, language="en", published=None, title="", publisher="", words=words).claims[0]
    assert list(_years(claim)) == [2017]
