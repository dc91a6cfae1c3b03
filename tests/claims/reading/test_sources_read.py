"""Promise: the reader names the person or body that says a number, nobody where nobody does, in three languages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from tallystick.claims.numbers.find import quantities
from tallystick.claims.reading.asserters import Asserter, Speakers
from tallystick.claims.reading.read import split
from tallystick.claims.reading.words import Words

TEXTS = Path(__file__).parent / "sources.txt"
NOBODY = "-"


class Told(NamedTuple):
    """A text, the words of one number in it, and the names under which its source may be given."""

    language: str
    text: str
    number: str
    names: tuple[str, ...]


def told() -> list[Told]:
    lines = TEXTS.read_text(encoding="utf-8").splitlines()
    return [each for line in lines if line and not line.startswith("#") for each in _told(line)]


def _told(line: str) -> list[Told]:
    language, text, wanted = (part.strip() for part in line.split(" | "))
    pairs = (part.split(" = ") for part in wanted.split("; "))
    body = text.replace(" ¶ ", "\n")
    return [Told(language, body, number.strip(), tuple(names.split(" / "))) for number, names in pairs]


TOLD = told()


def asserter(row: Told, words: Words) -> Asserter:
    """Who says the number of a row, where every sentence holds all its numbers, as when a text is read."""
    sentences, numbers = split(row.text, row.language, words), quantities(row.text, row.language)
    for sentence in sentences:
        sentence.quantities = tuple(q for q in numbers if sentence.start <= q.number_start < sentence.end)
    place = row.text.rindex(row.number)
    at, quantity = next((s, q) for s in sentences for q in s.quantities if q.start <= place < q.end)
    return Speakers(sentences).of(at, quantity)


def _bare(name: str) -> str:
    return name.lower().removeprefix("the ").removeprefix("a ")


@pytest.mark.parametrize("row", TOLD, ids=lambda row: f"{row.language} {row.text[:50]}")
def test_the_source_of_a_number_is_named(row: Told, words: Words) -> None:
    found = asserter(row, words).name or NOBODY
    assert _bare(found) in {_bare(name) for name in row.names}


def test_there_are_texts_enough_in_each_language() -> None:
    counted = Counter(row.language for row in TOLD)
    assert sum(counted.values()) >= 500
    assert min(counted.values()) >= 90


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Park Jin-woo of the Ilsan Institute came. He said 4,100 North Korean workers were in Russia.", "carried"),
        ("Park Jin-woo said 4,100 North Korean workers were in Russia.", "sentence"),
        (
            "In Oslo he said 4,100 North Korean workers were in Russia. Park Jin-woo, an analyst, spoke on Monday.",
            "ahead",
        ),
    ],
)
def test_a_name_that_stands_outside_the_sentence_is_not_told_to_stand_in_it(
    text: str, where: str, words: Words
) -> None:
    found = asserter(Told("en", text, "4,100", ("Park Jin-woo",)), words)
    assert (found.name, found.evidence) == ("Park Jin-woo", where)
