"""Names across alphabets: the consonants that a name keeps when it is written in Latin, Cyrillic or Hangul letters.

Алабуга, Alabuga and 알라부가 have one skeleton; so, now and then, have two names of different people. A shared
skeleton supports that two texts pass on one report. It never identifies anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

LEAST = 3  # consonants; fewer are shared by chance
LEAST_HANGUL = 4  # Korean text has no capitals, so every stretch of it is tried
MOST_SYLLABLES = 6


def _each(spelled: str) -> tuple[str, ...]:
    """Between single spaces; a letter without a sound of its own is empty."""
    return tuple(spelled.split(" "))


CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        _each("a b v k d e e zh z i i k l m n o p r s t u f kh ts ch sh sh  y  e yu ya i i e g"),
        strict=True,
    )
)
INITIALS = _each("g kk n d tt r m b pp s ss  j jj ch k t p h")
MEDIALS = _each("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
FINALS = _each(" k k k n n n t l k m l l l p l m p p t t ng t t k t p h")
SAME_SOUND = (
    (re.compile("tch|ch|sh|zh|ts|tz|[jzcx](?=[eiy])|[jzx]"), "s"),
    (re.compile("kh|gh"), "h"),
    (re.compile("(?<=[gk])[vw]"), ""),
    (re.compile("ph|v"), "f"),
    (re.compile("ng"), "n"),
    (re.compile("[gqc]"), "k"),
    (re.compile("d"), "t"),
    (re.compile("b"), "p"),
    (re.compile("r"), "l"),
)
DOUBLED = re.compile(r"(.)\1+")
SILENT = re.compile("[aeiouyw]")
CAPITAL = re.compile(r"(?<![\w'’-])[A-ZА-ЯЁІЇЄҐ]\w+(?:-\w+)*")
TITLE = re.compile(r"(?:[A-Z][a-z]+ )(?:(?:of |for |the )?[A-Z][a-z]+ ){1,4}(?:of |for )?[A-Z][a-z]+")
HANGUL = re.compile("[가-힣]{2,}")


@lru_cache(maxsize=100_000)
def skeleton(name: str) -> str:
    """ "Matsegora" and "Мацегора" as "mskl"; "" where too little is left to tell names apart."""
    sounds = "".join(CYRILLIC.get(letter, letter) for letter in name.lower() if letter.isalnum())
    for pattern, sound in SAME_SOUND:
        sounds = pattern.sub(sound, sounds)
    bare = DOUBLED.sub(r"\1", ("a" if sounds[:1] in "aeiou" else "") + SILENT.sub("", sounds))
    return bare if len(bare) >= LEAST else ""


def capitalised(sentence: str) -> list[tuple[str, bool]]:
    """Words with a capital, and whether each opens the sentence, where a capital says nothing."""
    first = re.search(r"\w", sentence)
    return [
        (match.group(), first is not None and match.start() == first.start()) for match in CAPITAL.finditer(sentence)
    ]


def initials(sentence: str) -> Iterator[str]:
    """Initials of each run of three capitalised words and more, as a short form would have them."""
    for run in TITLE.findall(sentence):
        yield "".join(word[0] for word in run.split() if word[0].isupper())


def hangul_skeletons(text: str) -> Iterator[str]:
    """Skeletons of every stretch of syllables that could be a name with a particle behind it."""
    for word in set(HANGUL.findall(text)):
        yield from _of_word(word)


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> tuple[str, ...]:
    spelled = [_syllable(letter) for letter in word]
    stretches = (
        spelled[start:end]
        for start in range(min(2, len(spelled)))  # a family name may stay away, or be written otherwise
        for end in range(start + 2, min(len(spelled), start + MOST_SYLLABLES) + 1)
    )
    found = {skeleton("".join(stretch)) for stretch in stretches}
    return tuple(one for one in found if len(one) >= LEAST_HANGUL)


def _syllable(letter: str) -> str:
    """A Hangul syllable in Latin letters, by the order of Unicode's table."""
    at = ord(letter) - 0xAC00
    return INITIALS[at // 588] + MEDIALS[at % 588 // 28] + FINALS[at % 28]
