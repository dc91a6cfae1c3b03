"""Promise: whoever denies a figure is never told to have said it, in three languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallystick.claims.proposal import Reading
from tallystick.claims.reading.propose import DENIED_THERE
from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words
from tallystick.claims.statements.denials import CONTESTED, LOOK

LINES = (Path(__file__).parent / "denied.txt").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split(" | ")) for line in LINES if line and not line.startswith("#")]


def _read(text: str, words: Words, language: str = "en") -> Reading:
    return read(text, language=language, published=date(2024, 10, 21), title="", publisher="", words=words)


@pytest.mark.parametrize(("language", "text", "whose"), ROWS, ids=[f"{row[0]} {row[1][:50]}" for row in ROWS])
def test_a_denied_figure_is_the_claim_of_whom_it_is_denied_or_of_nobody(
    language: str, text: str, whose: str, words: Words
) -> None:
    found = _read(text, words, language)
    if whose == "nobody":
        assert found.claims == ()
        assert [
            note.startswith("figures that the text only denies, which are no claims: ") for note in found.notes
        ] == [True]
    elif whose == "stands":
        assert [claim.hedge == DENIED_THERE for claim in found.claims] == [False]
        assert found.notes == ()
    else:
        assert [claim.asserted_by for claim in found.claims] == [whose]


def test_a_claim_that_another_denies_says_so_beside_its_own_words_of_doubt(words: Words) -> None:
    (claim,) = _read("Moscow rejected Seoul's estimate of about 14,500 North Korean workers in Russia.", words).claims
    assert claim.hedge == f"about; {DENIED_THERE}"
    assert CONTESTED in claim.reasons


def test_who_reads_is_told_which_figures_were_passed_over(words: Words) -> None:
    found = _read(
        "Moscow denied that 6,200 North Korean workers were in Russia. It denied a report of $45 million.", words
    )
    assert found.notes == ("figures that the text only denies, which are no claims: 1",)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not deny that 7,300 North Korean workers were employed in Russia.",
        "The ministry denied that its 6,200 North Korean workers in Russia were beaten.",
    ],
)
def test_a_figure_near_a_denial_that_may_not_reach_it_is_to_be_looked_at(text: str, words: Words) -> None:
    (claim,) = _read(text, words).claims
    assert LOOK in claim.reasons


def test_a_figure_that_the_same_text_says_and_denies_keeps_who_says_it(words: Words) -> None:
    text = "Seoul said 14,500 North Korean workers were in Russia. Moscow denied that 14,500 workers were in Russia."
    (claim,) = _read(text, words).claims
    assert claim.asserted_by == "Seoul"
