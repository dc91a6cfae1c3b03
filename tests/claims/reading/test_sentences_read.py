"""Promise: a sentence that says one thing is read as that thing, in three languages; other subjects give nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from tallystick.claims.proposal import Proposal
from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words
from tests.claims.reading.invented import Row, is_met, rows

ROWS = rows()


def claims(row: Row, words: Words) -> tuple[Proposal, ...]:
    return read(row.text, language=row.language, published=None, title="", publisher="", words=words).claims


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.language} {row.text[:40]}")
def test_a_sentence_gives_its_claims_and_no_others(row: Row, words: Words) -> None:
    found = claims(row, words)
    measured = [claim for claim in found if claim.measure]
    assert len(measured) == len(row.wanted), [(claim.measure, claim.quote) for claim in found]
    for wanted in row.wanted:
        assert any(is_met(wanted, claim) for claim in measured), (wanted, measured)


@pytest.mark.parametrize("row", [row for row in ROWS if not row.wanted], ids=lambda row: row.text[:40])
def test_a_sentence_on_another_subject_gives_nothing_at_all(row: Row, words: Words) -> None:
    assert claims(row, words) == ()


def test_there_are_sentences_enough_in_each_language() -> None:
    by_language = Counter(row.language for row in ROWS)
    assert sum(by_language.values()) >= 150
    assert min(by_language.values()) >= 35


def test_the_same_text_gives_the_same_claims(words: Words) -> None:
    once = [claims(row, words) for row in ROWS]
    assert once == [claims(row, words) for row in ROWS]
