"""Promise: what is said in other words than the first sentences use is read as the same; witnesses count as nobody."""

from __future__ import annotations

from collections import Counter

import pytest

from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words
from tests.claims.reading.invented import Row, is_met, rows

ROWS = rows("varied.txt")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.language} {row.text[:40]}")
def test_other_words_give_the_same_claims(row: Row, words: Words) -> None:
    found = read(row.text, language=row.language, published=None, title="", publisher="", words=words).claims
    measured = [claim for claim in found if claim.measure]
    assert len(measured) == len(row.wanted), [(claim.measure, claim.quote) for claim in found]
    for wanted in row.wanted:
        assert any(is_met(wanted, claim) for claim in measured), (wanted, measured)


@pytest.mark.parametrize("row", [row for row in ROWS if not row.wanted], ids=lambda row: row.text[:40])
def test_witnesses_states_and_work_at_home_give_nothing_at_all(row: Row, words: Words) -> None:
    assert read(row.text, language=row.language, published=None, title="", publisher="", words=words).claims == ()


def test_there_are_sentences_enough_in_each_language() -> None:
    by_language = Counter(row.language for row in ROWS)
    assert sum(by_language.values()) >= 150
    assert min(by_language.values()) >= 35


YEARS = [
    (
        "en",
        "The paper said 9,000 North Korean workers were in Russia in 2019. A year earlier there had been 12,000.",
        {9000.0: 2019, 12000.0: 2018},
    ),
    ("en", "In 2017 Russia hosted 900 North Korean workers. That year 300 returned.", {900.0: 2017, 300.0: 2017}),
    ("en", "SEOUL, March 4, 2019 - Last year 400 North Korean labourers arrived in Mongolia.", {400.0: 2018}),
    ("en", "North Korean workers in Poland fell from 500 in 2017 to 400 in 2018.", {500.0: 2017, 400.0: 2018}),
    ("en", "The North plans to have 25,000 workers in Russia by 2026.", {25000.0: 2026}),
    (
        "en",
        "Russia has sent home 18,000 North Korean workers, Kuwait 900. Both figures are for the year 2018.",
        {18000.0: 2018, 900.0: 2018},
    ),
    ("en", "In 2019 year to Russia came 300 North Korean workers.", {300.0: 2019}),
    (
        "ru",
        "В 2018 году в России работали 30 тысяч северокорейцев, годом ранее их было 40 тысяч.",
        {30000.0: 2018, 40000.0: 2017},
    ),
    (
        "ko",
        "2019년 러시아의 북한 노동자는 9천 명이었다. 같은 해 3천 명이 귀국했다.",
        {9000.0: 2019, 3000.0: 2019},
    ),
]


@pytest.mark.parametrize(("language", "text", "wanted"), YEARS)
def test_each_number_has_the_year_that_its_clause_points_at(
    language: str, text: str, wanted: dict[float, int], words: Words
) -> None:
    found = read(text, language=language, published=None, title="", publisher="", words=words).claims
    assert {claim.point: claim.end.year for claim in found if claim.end} == wanted


def test_a_text_that_names_the_sender_once_counts_others_people_for_nobody(words: Words) -> None:
    others = " ".join(f"Kenya's agency placed {n},000 workers in Qatar." for n in range(2, 9))
    text = f"{others} North Korea may send workers too. {others}"
    found = read(text, language="en", published=None, title="", publisher="", words=words).claims
    assert len(found) <= 1  # what follows the one sentence directly may still be meant
