"""Three languages are told, and none is taken for one of them."""

from __future__ import annotations

import pytest

from tallystick.evidence.documents.language import language_of
from tests.evidence.documents import words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (words.ENGLISH, "en"), (words.RUSSIAN, "ru"), (words.KOREAN, "ko"), (words.UKRAINIAN, ""),
        (words.BULGARIAN, ""), (words.JAPANESE, ""), (words.CHINESE, ""), (words.GERMAN, ""), ("1,200 – 3.5", ""),
        ("", ""), ("Der Bericht ist nicht von der Polizei.", ""), ("Το κείμενο είναι εδώ.", ""),
    ],
)  # fmt: skip
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", [words.UKRAINIAN, words.BULGARIAN, words.JAPANESE, words.CHINESE, words.GERMAN])
def test_a_long_foreign_text_is_not_mistaken_either(text: str) -> None:
    assert language_of(text * 40) == ""


@pytest.mark.parametrize(("text", "language"), [(words.ENGLISH, "en"), (words.RUSSIAN, "ru"), (words.KOREAN, "ko")])
def test_each_sentence_alone_is_told(text: str, language: str) -> None:
    for sentence in text.strip().split(". "):
        assert language_of(sentence) == language


def test_most_letters_decide_in_a_mixed_text() -> None:
    assert language_of(words.ENGLISH * 3 + words.RUSSIAN) == "en"
    assert language_of(words.RUSSIAN * 3 + words.ENGLISH) == "ru"
    assert language_of(words.KOREAN * 3 + "(The Ministry of Labour said so.)") == "ko"
