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
