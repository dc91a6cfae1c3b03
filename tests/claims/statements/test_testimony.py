"""A text that is somebody's testimony is told by its label, or by twice "I" beside a helper, a way or own kin."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.words import StatementWords

LINES = (Path(__file__).parent / "testimony.txt").read_text(encoding="utf-8").splitlines()
TEXTS = [tuple(line.replace(" / ", "\n").split(" | ", 2)) for line in LINES if not line.startswith("#")]


def is_account(text: str, language: str, words: StatementWords) -> bool:
    return "account" in {one.kind for one in narrows(text, language=language, words=words)}


@pytest.mark.parametrize(("language", "sort", "text"), TEXTS)
def test_testimony_is_taken_whole_and_a_report_with_an_i_or_a_story_in_it_is_not(
    language: str, sort: str, text: str, words: StatementWords
) -> None:
    assert is_account(text, language, words) is (sort == "testimony")


def test_a_helper_with_the_first_person_but_once_is_no_testimony(words: StatementWords) -> None:
    assert not is_account("Wages rose. A guide took us to the mill. The yard was large. Snow fell.", "en", words)
