"""Letters that only look like those of a language, as copies that shun comparison put them into its words.

A word of Cyrillic letters with a Greek or a Latin one among them is the word that it looks like. The text keeps its
length, so that offsets stay those of what was captured; a word wholly of another alphabet is left as it is.
"""

from __future__ import annotations

import re

_ALIKE = str.maketrans(
    "ABCEHKMOPTXaceopxyΑΒΕΗΚΜΝΟΡΤΥΧακορτυχε",
    "АВСЕНКМОРТХасеорхуАВЕНКМНОРТУХакортухе",
)
_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"[а-яёА-ЯЁ](?=[A-Za-zΑ-Ωα-ω])|[A-Za-zΑ-Ωα-ω](?=[а-яёА-ЯЁ])")
_CYRILLIC = re.compile(r"[а-яёА-ЯЁ]")


def unmixed(text: str, language: str) -> str:
    """A text of the same length, in whose Cyrillic words every letter is Cyrillic."""
    if language != "ru" or not _MIXED.search(text):
        return text
    return _WORD.sub(_word, text)


def _word(word: re.Match[str]) -> str:
    if not _MIXED.search(word[0]):
        return word[0].translate(_ALIKE) if len(word[0]) == 1 and word[0] in "οΟ" else word[0]
    made = word[0].translate(_ALIKE)
    return made if all(map(_CYRILLIC.fullmatch, made)) else word[0]
