"""Promise: a statement tells who says it, as a claim does; nobody is invented, and nobody in hiding is lent."""

from __future__ import annotations

import pytest

from tallystick.claims.proposal import StatementProposal
from tallystick.claims.reading.words import Words, read_words
from tallystick.claims.statements.find import statements
from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.stretches import sentences
from tallystick.claims.statements.tellers import with_tellers
from tallystick.claims.statements.words import StatementWords
from tallystick.evidence.programme import programme_folder

THEME = {
    "en": "North Korean workers build houses abroad.\n",
    "ru": "Северокорейские рабочие строят дома за рубежом.\n",
    "ko": "북한 노동자들이 해외에서 집을 짓는다.\n",
}


@pytest.fixture(scope="module")
def claims() -> Words:
    """The words with which claims are read."""
    return read_words(programme_folder("dprk"))


def told(
    text: str, language: str, claims: Words, words: StatementWords, *, lends: bool = True
) -> list[StatementProposal]:
    """The statements of a text behind a sentence that sets the theme, with whoever says them."""
    whole = THEME[language] + text
    held = narrows(whole, language=language, words=words)
    found = statements(whole, language=language, sentences=sentences(whole), words=words, narrowings=held)
    assert found
    return list(with_tellers(whole, found, language=language, words=claims, narrowings=held, lends=lends))


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "The workers are free to leave, said the embassy.", "embassy"),
        ("en", "The Lark Institute reported that overseers beat the workers.", "Lark Institute"),
        ("ru", "Рабочие свободно передвигаются по городу, заявило посольство.", "посольство"),
        ("ko", "대사관은 노동자들이 자유롭게 외출한다고 밝혔다.", "대사관"),
    ],
)
def test_a_statement_tells_who_says_it(
    language: str, text: str, name: str, claims: Words, words: StatementWords
) -> None:
    (only,) = {one.asserted_by.lower().removeprefix("the ") for one in told(text, language, claims, words)}
    assert only == name.lower()


def test_a_denial_by_a_party_is_the_partys(claims: Words, words: StatementWords) -> None:
    (only,) = told("The workers are not beaten, the embassy said.", "en", claims, words)
    assert (only.bearing, only.asserted_by.lower().removeprefix("the ")) == ("contradicts", "embassy")


def test_where_the_text_names_nobody_nobody_is_said_to_say_it(claims: Words, words: StatementWords) -> None:
    assert {one.asserted_by for one in told("Overseers beat the workers.", "en", claims, words)} == {""}


LENT = "The Lark Institute counted 900 workers. Overseers beat them, and their passports are held."


def test_a_source_is_lent_to_the_next_sentence_but_not_by_testimony(claims: Words, words: StatementWords) -> None:
    assert {one.asserted_by for one in told(LENT, "en", claims, words)} == {"Lark Institute"}
    assert {one.asserted_by for one in told(LENT, "en", claims, words, lends=False)} == {""}


def test_a_source_is_not_lent_near_what_narrows(claims: Words, words: StatementWords) -> None:
    text = f"A roofer named Hak-chol hid in a barn.\n{LENT}"
    assert {one.asserted_by for one in told(text, "en", claims, words)} == {""}


def test_a_statement_is_the_same_but_for_who_says_it(claims: Words, words: StatementWords) -> None:
    text = THEME["en"] + "The workers are free to leave, said the embassy."
    found = statements(text, language="en", sentences=sentences(text), words=words)
    made = with_tellers(text, found, language="en", words=claims)
    assert [(one.quote, one.bearing, one.reasons) for one in made] == [
        (one.quote, one.bearing, one.reasons) for one in found
    ]
    assert with_tellers(text, (), language="en", words=claims) == ()
