"""Signs that nobody sees, and words that look like other words.

They stay in the derived text, because offsets and quotes must lead back to what was written. What is shown to a person
goes through `shown` first. Nothing here is Unicode's compatibility folding: that would turn 10³ into 103.
"""

from __future__ import annotations

import re

# Category Cf whole, and signs of other categories that are drawn as nothing: Hangul fillers, variation selectors, and
# control signs other than tab and line ends. `tests` hold the list against the Unicode database of this Python.
FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
)
UNDRAWN = "\u115f\u1160\u3164\uffa0\u17b4\u17b5\ufe00-\ufe0f\U000e0100-\U000e01ef"
CONTROL = "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f"
HIDDEN = re.compile(f"[{FORMAT}{UNDRAWN}{CONTROL}]")
LINE_ENDS = re.compile("[\x0b\x0c\r\x85\u2028\u2029]+")

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
CYRILLIC = "\u0400-\u052f"
GREEK = "\u0370-\u03ff"
LETTERS = {
    "Cyrillic": re.compile(f"[{CYRILLIC}]"),
    "Greek": re.compile(f"[{GREEK}]"),
    "Latin": re.compile(f"[{LATIN}]"),
}
WORD = re.compile(f"[{LATIN}{CYRILLIC}{GREEK}]+")
NAMED = 20  # mixed words that a warning names; further ones are only counted


def hidden_signs(text: str) -> int:
    """How many signs of `text` are drawn as nothing, or turn the order of others."""
    return sum(1 for _ in HIDDEN.finditer(text))


def shown(text: str) -> str:
    """`text` for a person's eyes: without hidden signs, and with one kind of line end."""
    return HIDDEN.sub("", LINE_ENDS.sub("\n", text.replace("\r\n", "\n")))


def mixed_words(text: str) -> tuple[str, ...]:
    """Words that mix Latin, Cyrillic or Greek letters, once each, in order: Vladiv\u043estok with a Cyrillic o.

    Hidden signs inside a word do not hide the mixture. Hangul beside Latin is ordinary Korean.
    """
    if sum(bool(letters.search(text)) for letters in LETTERS.values()) < 2:  # most texts of the Latin script
        return ()
    words = dict.fromkeys(found.group() for found in WORD.finditer(HIDDEN.sub("", text)))
    return tuple(word for word in words if len(word) > 1 and len(_scripts(word)) > 1)


def mixture_warnings(text: str) -> tuple[str, ...]:
    """One warning a mixed word, the first of them by name."""
    words = mixed_words(text)
    named = [f"{word[:60]} mixes letters of {' and '.join(_scripts(word))}" for word in words[:NAMED]]
    rest = len(words) - NAMED
    return (*named, f"{rest} more words mix letters of two scripts") if rest > 0 else tuple(named)


def _scripts(word: str) -> list[str]:
    return [name for name, letters in LETTERS.items() if letters.search(word)]
