"""What a worker owes to a broker, a recruiter or a relative is nothing that the State takes, nor any pay."""

from __future__ import annotations

import pytest

from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words

ABOUT = {
    "en": "About 140 North Korean workers lived at the mill in Russia.",
    "ru": "На лесопилке в России жили около 140 северокорейских рабочих.",
    "ko": "러시아 제재소에서 북한 노동자 140명이 살았다.",
}
DEBTS = [
    ("en", "I owed the broker 2,000 dollars before I left."),
    ("en", "I owed 1,500 dollars to the broker."),
    ("en", "The workers owed 3,000 dollars to their recruiters."),
    ("en", "He had borrowed 700 dollars from relatives."),
    ("ru", "Я был должен посреднику 1500 долларов."),
    ("ru", "Рабочие заняли 2000 долларов у родственников."),
    ("ko", "브로커에게 1500달러를 빚졌다."),
]


@pytest.mark.parametrize(("language", "debt"), DEBTS)
def test_a_debt_to_a_broker_or_a_relative_is_no_claim_of_pay(words: Words, language: str, debt: str) -> None:
    text = f"{ABOUT[language]} {debt}"
    found = read(text, language=language, published=None, title="", publisher="", words=words).claims
    assert [claim.measure for claim in found if "140" not in claim.quote] == []


def test_what_is_owed_to_the_state_still_is(words: Words) -> None:
    text = f"{ABOUT['en']} Each worker owes the state 500 dollars a month."
    found = read(text, language="en", published=None, title="", publisher="", words=words).claims
    assert "state_take_per_worker" in {claim.measure for claim in found}
