"""Marks of a text that survive copying: prints of whole sentences and short runs of words, as whole numbers.

A print is a hash of one sentence without punctuation and case; a run is five words in a row, or eight letters of a
script that is written without reliable spaces. Two texts that share marks share wording. That they share the
subject, or the figures, marks do not say: a rewording that keeps no five words in a row leaves none.

Of the runs every fourth is kept, by its hash and so the same ones in every text. The hash is unsalted and public:
marks of a short text can be guessed back, so a text that must be kept back leaves no marks in an open index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

WORDS_OF_RUN = 5
LETTERS_OF_RUN = 8  # two to three words of Korean
WORDS_OF_PRINT = 6  # a shorter sentence ("He did not comment.") is anyone's
LETTERS_OF_PRINT = 15
ONE_IN = 4  # a quotation of two sentences still leaves about eight runs
WORD = re.compile(r"\w+")
SPACELESS = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
SENTENCE_END = re.compile(r"[.!?…]+[\"'»”’)\]]*\s+|[。！？\n]+")
SHORT = 0  # stands for a sentence that leaves no print
UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
FOLDED = UNSEEN | {ord("ё"): "е"}
KEPT_BITS = (1 << 62) - 1  # SQLite's integers are signed; the lowest bit says print or run


@dataclass(frozen=True, slots=True)
class Marks:
    """What a text leaves in an index: odd numbers for sentences, even ones for runs."""

    prints: frozenset[int]
    runs: frozenset[int]


def sentences(text: str) -> list[str]:
    """The text cut behind full stops and at line breaks; abbreviations cut too often, in every copy alike."""
    return [part for part in SENTENCE_END.split(text) if part and not part.isspace()]


def words(text: str) -> list[str]:
    """Words in lower case, without signs that nobody sees."""
    return WORD.findall(_plain(text))


def marks_of(text: str) -> Marks:
    """The prints of all sentences that are long enough to be told from anyone's, and the runs that the sample keeps."""
    cut = [WORD.findall(sentence) for sentence in SENTENCE_END.split(_plain(text))]
    if spaceless(text):
        prints = frozenset(_letters_print(found) for found in cut) - {SHORT}
        letters = list(map(_hash, chain.from_iterable(chain.from_iterable(cut))))
        return Marks(prints, _sampled(letters, LETTERS_OF_RUN))
    prints = frozenset(_words_print(found) for found in cut) - {SHORT}
    return Marks(prints, _sampled(list(map(_hash, chain.from_iterable(cut))), WORDS_OF_RUN))


def spaceless(text: str) -> bool:
    """Whether the text is mostly of a script whose spaces writers set freely (Korean, Japanese, Chinese)."""
    if text.isascii():
        return False
    head = text[:2000]
    return 3 * len(SPACELESS.findall(head)) > sum(map(str.isalpha, head))


def _plain(text: str) -> str:
    lower = text.lower()
    return lower if lower.isascii() else lower.translate(FOLDED)


def _words_print(found: list[str]) -> int:
    return _print(" ".join(found)) if len(found) >= WORDS_OF_PRINT else SHORT


def _letters_print(found: list[str]) -> int:
    whole = "".join(found)
    return _print(whole) if len(whole) >= LETTERS_OF_PRINT else SHORT


def _print(sentence: str) -> int:
    return (_digest(sentence) & KEPT_BITS) << 1 | 1


def _sampled(hashes: list[int], length: int) -> frozenset[int]:
    """Polynomial hashes of all runs at once; the sample looks at the high bits, which a product mixes best."""
    import numpy as np  # slow to import, and no command needs it to start

    if len(hashes) < length:
        return frozenset()
    parts = np.array(hashes, dtype=np.uint64)
    count = len(hashes) - length + 1
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        total = total * np.uint64(0x9E3779B97F4A7C15) + parts[offset : offset + count]
    total ^= total >> np.uint64(31)
    total *= np.uint64(0xBF58476D1CE4E5B9)
    kept = total[(total >> np.uint64(62)) % np.uint64(ONE_IN) == 0]
    return frozenset(((kept & np.uint64(KEPT_BITS)) << np.uint64(1)).tolist())


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return _digest(word)


def _digest(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
