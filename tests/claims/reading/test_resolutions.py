"""Promise: what a text says of the resolution is read as a claim about the text, and a year beside it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tallystick.claims.reading.gates import NO_NUMBER, OTHER_NUMBER, refusal
from tallystick.claims.reading.read import read
from tallystick.claims.reading.resolutions import DEADLINE, DEADLINE_YEAR, YEAR
from tallystick.claims.reading.words import Words

SAID = [
    ("en", "A 2016 United Nations Security Council resolution bans North Korean workers.", YEAR, 2016),
    (
        "en",
        "The council adopted a resolution in March 2015. It tells States to expel North Korean workers.",
        YEAR,
        2015,
    ),
    ("en", "Resolution 9999 (2018) forbids new permits for North Korean labourers.", YEAR, 2018),
    ("en", "UN sanctions tell all States to repatriate North Korean workers by the end of 2021.", DEADLINE_YEAR, 2021),
    (
        "en",
        "Under the resolution North Korean workers had to be sent home by 3 March 2021.",
        DEADLINE,
        20210303,
    ),
    ("ru", "Резолюция 2016 года запрещает нанимать рабочих из КНДР.", YEAR, 2016),
    ("ru", "Совет Безопасности принял в марте 2015 года резолюцию о рабочих из КНДР.", YEAR, 2015),
    ("ko", "2015년 3월 채택된 결의는 북한 노동자의 고용을 금지한다.", YEAR, 2015),
]
UNSAID = [
    ("en", "In 2019 some North Korean workers stayed in Russia, whatever the resolution says."),
    ("en", "The resolution is ignored: in 2022 and 2023 North Korean workers came to Vladivostok."),
    ("en", "The council adopted a resolution in March 2015. It bans the trade in North Korean coal."),
    ("ru", "Рабочие из КНДР приезжали и в 2021 году, хотя резолюция это запрещает."),
    ("ko", "결의에도 불구하고 2021년 북한 노동자들이 러시아에서 일했다."),
]


@pytest.mark.parametrize(("language", "text", "measure", "value"), SAID)
def test_the_year_and_the_deadline_of_the_resolution_are_read(
    language: str, text: str, measure: str, value: int, words: Words
) -> None:
    found = read(text, language=language, published=None, title="", publisher="", words=words).claims
    assert [(claim.measure, claim.point) for claim in found] == [(measure, float(value))]
    assert refusal(found[0], text, language) == ""


@pytest.mark.parametrize(("language", "text"), UNSAID)
def test_a_year_in_the_same_sentence_is_not_the_resolutions(language: str, text: str, words: Words) -> None:
    found = read(text, language=language, published=None, title="", publisher="", words=words).claims
    assert not [claim for claim in found if claim.measure in (YEAR, DEADLINE_YEAR, DEADLINE)]


def test_a_date_that_the_quote_does_not_hold_is_refused(words: Words) -> None:
    language, text, _, value = SAID[0]
    (claim,) = read(text, language=language, published=None, title="", publisher="", words=words).claims
    assert refusal(replace(claim, point=value + 1.0), text, language) == OTHER_NUMBER
    assert refusal(replace(claim, point=None), text, language) == NO_NUMBER
    assert refusal(replace(claim, measure="workers_present"), text, language) == OTHER_NUMBER
