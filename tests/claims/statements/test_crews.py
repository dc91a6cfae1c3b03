"""One worker of a crew and a crew at one site are kept back; what a public body tells of many or of nobody is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.words import StatementWords

LINES = (Path(__file__).parent / "crews.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [tuple(line.split(" | ", 2)) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("language", "sort", "text"), SENTENCES)
def test_who_is_one_of_a_crew_is_told_from_what_is_told_of_many(
    language: str, sort: str, text: str, words: StatementWords
) -> None:
    assert bool(narrows(text, language=language, words=words)) is (sort == "narrows")


def test_there_are_sentences_of_both_sorts_in_each_language() -> None:
    counts = [
        sum(line[:2] == (language, sort) for line in SENTENCES)
        for language in ("en", "ru", "ko")
        for sort in ("narrows", "clear")
    ]
    assert min(counts) >= 18


DEATHS = [
    ("en", "Eight North Korean workers died in 2022, the labour ministry said."),
    ("ru", "В 2022 году погибли восемь рабочих из КНДР, сообщило МЧС."),
    ("ko", "2022년 북한 노동자 8명이 사망했다고 노동부가 발표했다."),
]


@pytest.mark.parametrize(("language", "text"), DEATHS)
def test_deaths_that_a_public_body_tells_are_kept_back_without_the_table_of_what_is_open(
    language: str, text: str, words: StatementWords
) -> None:
    assert not narrows(text, language=language, words=words)
    assert narrows(text, language=language, words=replace(words, in_clear={}))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Eight North Korean workers died in 2022, a neighbour said."),
        ("en", "Two North Korean welders died in 2022, the labour ministry said."),
        ("en", "Two North Korean workers died at the Raduga sawmill, the ministry said."),
        ("en", "Two North Korean workers who fled were sent home, the embassy said."),
        ("ru", "В 2022 году погибли восемь рабочих из КНДР, рассказал сосед."),
        ("ru", "На стройке «Радуга» погибли двое рабочих из КНДР, сообщило МЧС."),
        ("ru", "Двое задержанных рабочих из КНДР отправлены на родину, сообщил МИД."),
        ("ko", "2022년 북한 노동자 8명이 사망했다고 이웃이 말했다."),
        ("ko", "숙소에서 북한 노동자 2명이 숨졌다고 노동부가 밝혔다."),
        ("ko", "탈출한 북한 노동자 2명을 송환했다고 외교부가 밝혔다."),
    ],
)
def test_deaths_and_returns_with_a_mark_or_told_by_anybody_else_stay_kept_back(
    language: str, text: str, words: StatementWords
) -> None:
    assert narrows(text, language=language, words=words)


@pytest.mark.parametrize(
    ("language", "below", "above"),
    [
        (
            "en",
            "Twenty-nine North Korean workers sleep in a hut behind the mill.",
            "Thirty North Korean workers sleep in a hut behind the mill.",
        ),
        ("ru", "29 северокорейских рабочих живут в бараке.", "30 северокорейских рабочих живут в бараке."),
        ("ko", "북한 노동자 29명이 막사에서 잔다.", "북한 노동자 30명이 막사에서 잔다."),
    ],
)
def test_at_one_site_fewer_than_thirty_are_a_small_group(
    language: str, below: str, above: str, words: StatementWords
) -> None:
    assert narrows(below, language=language, words=words)
    assert not narrows(above, language=language, words=words)
