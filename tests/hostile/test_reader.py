"""Texts that would stall the reader of claims are read in pieces, and nothing of them is lost."""

from __future__ import annotations

import pytest

from tallystick.claims.reading.sentences import LONGEST, spans
from tallystick.claims.reading.words import Words, read_words
from tallystick.evidence.programme import programme_folder


@pytest.fixture(scope="module")
def words() -> Words:
    return read_words(programme_folder("dprk"))


@pytest.mark.parametrize(
    "text",
    [
        "Some 1,200 North Korean workers came to Russia, and " * 500,
        "workers 1,200 " * 2000,
        "a" * 3000 + " workers " * 500,
    ],
    ids=["clauses", "words", "one long word first"],
)
def test_a_sentence_without_end_is_cut_where_a_part_of_it_ends(words: Words, text: str) -> None:
    found = spans(text, "en", words.tongues["en"])
    assert "".join(text.split()) == "".join("".join(text[one.start : one.end].split()) for one in found)
    assert max(one.end - one.start for one in found) <= max(LONGEST, 3001)
    assert {one.paragraph for one in found} == {0}
    assert not any(text[one.start - 1 : one.start].isalnum() for one in found[1:])


def test_a_number_without_end_is_never_cut(words: Words) -> None:
    text = "9" * 50_000
    (one,) = spans(text, "en", words.tongues["en"])
    assert (one.start, one.end) == (0, len(text))


def test_a_sentence_of_usual_length_stays_whole(words: Words) -> None:
    text = "Some 1,200 workers came to Russia, the ministry said, " * 10 + "and left."
    assert len(spans(text, "en", words.tongues["en"])) == 1
