"""Promise: a text on settled defectors, troops, thieves, tourists, sport or other States' migrants gives no claims."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallystick.claims.reading.read import read
from tallystick.claims.reading.words import Words

FILE = Path(__file__).with_name("other_subjects.txt")
ROWS = [
    [part.strip() for part in line.split("|")]
    for line in FILE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "title", "text"), ROWS, ids=[row[1] for row in ROWS])
def test_a_text_on_another_subject_gives_nothing(language: str, title: str, text: str, words: Words) -> None:
    made = read(text, language=language, published=date(2025, 6, 1), title=title, publisher="", words=words)
    assert made.claims == ()


def test_there_are_texts_enough_in_each_language() -> None:
    assert {language: sum(row[0] == language for row in ROWS) >= 4 for language in ("en", "ru", "ko")} == {
        "en": True,
        "ru": True,
        "ko": True,
    }
