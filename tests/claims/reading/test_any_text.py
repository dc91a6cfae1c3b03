"""Promise: any text at all is read without an error, and whatever is proposed passes both gates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.claims.reading.gates import refusal
from tallystick.claims.reading.read import read, split
from tallystick.claims.reading.words import LANGUAGES, read_words
from tests.claims.reading.conftest import PROGRAMME
from tests.claims.reading.invented import rows

WORDS = read_words(PROGRAMME)
PIECES = [row.text for row in rows()]
ODD = [
    "\n",
    " ",
    "“",
    '"',
    "(",
    ")",
    "\u200b",
    "\u202e",
    "1e400",
    "9" * 400,
    "½",
    "٣",
    "－",
    "、",
    "…",
    "\x00",
    "US$",
    "%",
]
DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))


def check(text: str, language: str, published: date | None, title: str) -> None:
    found = read(text, language=language, published=published, title=title, publisher="", words=WORDS)
    for claim in found.claims:
        assert refusal(claim, text, language) == ""
        assert claim.passage_start <= claim.quote_start < claim.quote_end <= len(text)
        assert 0 < claim.confidence < 1
        assert bool(claim.asserted_by) == bool(claim.attribution)


@given(text=st.text(max_size=200), language=st.sampled_from(LANGUAGES), published=DAYS, title=st.text(max_size=40))
def test_any_letters(text: str, language: str, published: date | None, title: str) -> None:
    check(text, language, published, title)


@given(
    pieces=st.lists(st.sampled_from(PIECES + ODD), max_size=6),
    cut=st.integers(0, 60),
    language=st.sampled_from(LANGUAGES),
    published=DAYS,
)
def test_broken_and_mixed_sentences(pieces: list[str], cut: int, language: str, published: date | None) -> None:
    check(" ".join(pieces)[cut:], language, published, PIECES[0])


@pytest.mark.parametrize("language", ["", "de", "EN", "jp"])
def test_a_language_that_is_not_known_gives_nothing(language: str) -> None:
    found = read(PIECES[0], language=language, published=None, title="", publisher="", words=WORDS)
    assert not found.on_theme
    assert found.claims == ()


@given(st.lists(st.sampled_from(PIECES), max_size=5), st.sampled_from(LANGUAGES))
def test_sentences_are_in_order_and_lose_no_letter(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    sentences = split(text, language, WORDS)
    assert [s.start for s in sentences] == sorted(s.start for s in sentences)
    assert "".join("".join(s.words.split()) for s in sentences) == "".join(text.split())
