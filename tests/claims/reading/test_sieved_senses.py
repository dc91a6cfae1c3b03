"""Promise: each sense of the shipped vocabulary finds in a sentence exactly what its pattern finds in it."""

from __future__ import annotations

import pytest

from tallystick.claims.reading.read import split
from tallystick.claims.reading.words import LANGUAGES, Words
from tests.claims.reading.invented import rows

TEXTS = {
    language: "\n".join(
        row.text for name in ("sentences.txt", "varied.txt") for row in rows(name) if row.language == language
    )
    for language in LANGUAGES
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", [str, str.upper, str.title], ids=["as written", "in capitals", "as a headline"])
def test_no_sense_loses_a_word_to_the_sieve(language: str, shown: type[str], words: Words) -> None:
    text = shown(TEXTS[language])
    tongue = words[language]
    for sentence in split(text, language, words):
        for name, pattern in tongue.senses.items():
            wanted = [match.span() for match in pattern.finditer(text, sentence.start, sentence.end)]
            assert [tuple(hit) for hit in sentence.hits(name)] == wanted, (name, sentence.words)
        for found, pattern in ((sentence.places(), tongue.places), (sentence.nouns(), tongue.nouns)):
            named = [(match.span(), match.lastgroup) for match in pattern.finditer(text, sentence.start, sentence.end)]
            assert [(tuple(hit), group) for hit, group in found] == named
