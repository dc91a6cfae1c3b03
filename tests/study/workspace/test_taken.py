"""A claim whose source is a private person's name is kept back, wherever in the text that name stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.claims.reading.words import read_words
from tallystick.claims.statements.narrowing import names_someone, private_persons
from tallystick.claims.statements.words import StatementWords, read_statement_words
from tallystick.evidence.documents.derived import Derived
from tallystick.study.workspace.taken import Text, Vocabulary, by_grammar, take

PROGRAMME = Path(__file__).parents[3] / "src/tallystick/data/dprk"
BETWEEN = "The food was poor and the huts were cold. The mill lay two days from the town."
COUNT = "About 300 North Korean workers lived there."
RISING = "North Korean loggers rose at five"
PRIVATE = f"Kim Dol, not his real name, spoke of the mill. {RISING}, Kim said. {BETWEEN} {COUNT}"
PUBLIC = f"Labour Minister Jan Brell visited the mill. {RISING}, Brell said. {BETWEEN} {COUNT}"


class OneText:
    """A loader that hands on one text."""

    def take(self, data: bytes, name: str) -> tuple[Derived, ...]:
        return (Derived(text=data.decode(), title=name, stretches=(), media_type="text/plain", language="en"),)


@pytest.fixture(scope="module")
def statements() -> StatementWords:
    return read_statement_words(PROGRAMME)


def read(text: str, statements: StatementWords) -> Text:
    words = Vocabulary(claims=read_words(PROGRAMME), statements=statements)
    return take(text.encode(), "page.txt", loader=OneText(), words=words, extract=by_grammar).texts[0]


def test_a_claim_told_by_somebody_private_sentences_before_is_kept_back(statements: StatementWords) -> None:
    (claim,) = (claim for claim in read(PRIVATE, statements).claims if claim.low == 300 or claim.point == 300)
    assert claim.asserted_by == "Kim"
    assert "Kim" not in PRIVATE[claim.passage_start : claim.passage_end]
    assert claim.restricted


def test_a_claim_told_by_an_official_is_not(statements: StatementWords) -> None:
    (claim,) = (claim for claim in read(PUBLIC, statements).claims if claim.point == 300)
    assert claim.asserted_by == "Jan Brell"
    assert not claim.restricted


def test_a_private_name_is_found_in_a_longer_source_and_not_in_a_word_that_holds_it(statements: StatementWords) -> None:
    private = private_persons(PRIVATE, words=statements)
    assert names_someone(["friend of Kim Dol"], private)
    assert not names_someone(["Kimchi Institute"], private)
