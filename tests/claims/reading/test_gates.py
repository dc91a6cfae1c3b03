"""Promise: nothing is proposed whose words are not in the text, or whose numbers its words do not give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tallystick.claims.proposal import Proposal
from tallystick.claims.reading import propose
from tallystick.claims.reading.gates import NO_NUMBER, NOT_THERE, OTHER_NUMBER, refusal
from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words

TEXT = "About 3,400 North Korean labourers work in Mongolia, where the state takes 70 percent of their pay."


@pytest.fixture
def made(words: Words) -> tuple[Proposal, ...]:
    return read(TEXT, language="en", published=None, title="", publisher="", words=words).claims


def test_what_is_read_passes(made: tuple[Proposal, ...]) -> None:
    assert [claim.measure for claim in made] == ["workers_present", "state_take_share"]
    assert [refusal(claim, TEXT, "en") for claim in made] == ["", ""]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"quote_start": 1}, NOT_THERE),
        ({"quote_end": 10_000}, NOT_THERE),
        ({"quote_start": -1}, NOT_THERE),
        ({"quote": "About 3,500 North Korean labourers"}, NOT_THERE),
        ({"point": 3500.0}, OTHER_NUMBER),
        ({"point": None, "low": 3400.0}, OTHER_NUMBER),
        ({"high": 3400.0}, OTHER_NUMBER),
        ({"point": float("nan")}, NO_NUMBER),
        ({"point": float("inf")}, NO_NUMBER),
        ({"point": None}, NO_NUMBER),
    ],
)
def test_a_claim_that_strays_from_its_words_is_refused(
    made: tuple[Proposal, ...], change: dict[str, Any], why: str
) -> None:
    assert refusal(replace(made[0], **change), TEXT, "en") == why


def test_a_share_is_read_again_in_the_unit_of_its_measure(made: tuple[Proposal, ...]) -> None:
    assert made[1].point == 0.7
    assert refusal(replace(made[1], point=70.0), TEXT, "en") == OTHER_NUMBER


def test_the_reader_asks_the_gates_about_every_claim(monkeypatch: pytest.MonkeyPatch, words: Words) -> None:
    monkeypatch.setattr(propose, "refusal", lambda *_: NOT_THERE)
    assert read(TEXT, language="en", published=None, title="", publisher="", words=words).claims == ()


def test_a_quote_that_does_not_read_alone_is_given_up_for_the_number_alone(
    monkeypatch: pytest.MonkeyPatch, words: Words
) -> None:
    monkeypatch.setattr(propose, "refusal", lambda claim, *_: "" if claim.quote == "70 percent" else OTHER_NUMBER)
    (only,) = read(TEXT, language="en", published=None, title="", publisher="", words=words).claims
    assert only.quote == "70 percent"
