"""A long text is sent in spans that overlap, so that no claim is cut by all of them, and none counts twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.claims.model.passages import LONGEST, OVERLAP, spans
from tests.claims.model.conftest import Extract
from tests.claims.model.server import Server, claim, claims


@given(st.text(alphabet="ab. \n가ж", max_size=400), st.integers(21, 90))
def test_spans_cover_every_word_and_are_never_too_long(text: str, longest: int) -> None:
    found = spans(text, longest=longest, overlap=10)
    covered = {at for start, end in found for at in range(start, end)}
    assert all(at in covered for at, sign in enumerate(text) if not sign.isspace())
    assert all(0 < end - start <= longest for start, end in found)
    assert list(found) == sorted(found)


@given(st.integers(0, 380))
def test_whatever_is_shorter_than_the_overlap_is_whole_in_some_span(at: int) -> None:
    text = "a b. c\n" * 60
    assert any(start <= at and at + 10 <= end for start, end in spans(text, longest=50, overlap=20))


def test_spans_end_where_words_end() -> None:
    text = "alpha beta gamma " * 1_000
    assert all(text[end - 1] == " " for _, end in spans(text))


def test_spans_that_would_never_end_are_refused() -> None:
    with pytest.raises(ValueError, match="longer than twice"):
        spans("text", longest=20, overlap=10)


def test_nothing_is_asked_about_an_empty_text(server: Server, read: Extract) -> None:
    assert read(" \n").summary == "0 proposed, 0 refused"
    assert server.asked == []


def test_a_claim_that_two_spans_hold_is_one_and_its_offset_is_that_of_the_text(server: Server, read: Extract) -> None:
    sentence = "In all 40 workers came."
    text = ("x" * 99 + "\n") * (LONGEST // 100 - 4) + sentence + "\n" + ("y" * 99 + "\n") * 60
    parts = [text[start:end] for start, end in spans(text)]
    server.replies = [claims(*[claim(part, "40 workers", point=40)] * (sentence in part)) for part in parts]
    extraction = read(text)
    assert all(sentence in passage for passage in server.passages()[:2])
    (one,) = extraction.reading.claims
    assert text[one.quote_start : one.quote_end] == "40 workers"
    assert extraction.summary == "1 proposed, 0 refused"


def test_a_number_that_a_span_begins_within_is_not_read_from_its_tail(server: Server, read: Extract) -> None:
    head = "z" * (LONGEST - OVERLAP - 1)
    first = (head + "15,000 workers ").ljust(LONGEST - 1, "z") + " "
    text = first + "z" * LONGEST
    server.replies = [claims(), claims(claim("", "5,000 workers", point=5000)), claims()]
    extraction = read(text)
    assert server.passages()[1].startswith("5,000 workers")
    assert [one.why for one in extraction.refused] == ["quote cuts a number"]
