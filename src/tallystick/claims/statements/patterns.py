"""How the programme's word tables become regular expressions, and texts become lines that those can be laid on.

A pattern is written for a linguist: a space is any white space, an apostrophe is either kind, `<word>` is any word of
that list, `<gap>` and `<far>` are a short and a longer stretch of the same sentence, `<Name>` is a personal name. It is
no general template language: a name in angle brackets that no list explains is an error of the table.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tallystick.vocab.errors import EvidenceError

FOLDER = "reading"
GAP = r"[^.!?。\n]{0,60}?"
FAR = r"[^.!?。\n]{0,130}?"
# One to three capitalised words, hyphenated or not, or initials; Latin or Cyrillic.
CAPITAL = r"[A-ZА-ЯЁ][a-zа-яё’'\u00c0-\u024f]{1,40}(?:-[A-Za-zА-ЯЁа-яё]{1,40}){0,3}"
TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|г-н|г-жа)\.? )?"
FULL = rf"(?:{CAPITAL}|[A-ZА-ЯЁ]{{2,40}}\b)(?: (?:{CAPITAL}|[A-ZА-ЯЁ]\.)){{0,2}}"
NAME = rf"(?-i:{TITLE}(?:{FULL}|(?:[A-ZА-ЯЁ]\. ?)+(?:{CAPITAL})?|[A-Z]\b))"
OWNER = re.compile(r"['’]s?$")  # of a name in the genitive
OF = r"of|at|from|with|within|из|от|с"  # before a body or a place whose somebody is
SCRIPTS = {"en": re.compile("[A-Za-z]"), "ru": re.compile("[А-Яа-яЁё]"), "ko": re.compile("[가-힣]")}
# A class of signs, or a look behind, which must keep one width.
_CLASS = re.compile(r"((?<!\\)\[(?:\\.|[^\]\\])+\]|\(\?<[!=][^()]*\))")
LONGEST = 60  # signs of a word, or of blanks between two; a longer token is no word and must not stall a search
MOST = 9  # words that one repeated group takes
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|\{\d+,\}|.", re.DOTALL)
DEPTH = 4  # lists may name lists; deeper nesting would be a table that nobody can read


def read_table(programme_folder: Path, file: str) -> dict[str, Any]:
    """One TOML file of the programme's `reading` folder."""
    path = programme_folder / FOLDER / file
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        hint = "restore it from the programme as it was shipped"
        raise EvidenceError(f"cannot be read: {error}", file=f"{FOLDER}/{file}", hint=hint) from error


def pattern(source: str, words: Mapping[str, Sequence[str]], file: str) -> re.Pattern[str]:
    """The regular expression that `source` stands for, with the lists of `words` put in."""
    full = source
    for _ in range(DEPTH):
        full = re.sub(r"<(\w+)>", lambda found: _list(found, words, source, file), full)
    try:
        return re.compile(_bounded(_loose(full)), re.IGNORECASE)
    except re.error as error:
        raise EvidenceError(f"{source!r} is no pattern: {error}", file=file, hint="mend the pattern") from error


def _loose(full: str) -> str:
    """`full` with spaces and apostrophes widened; inside a class of signs only the apostrophe, and nothing nests."""
    parts = _CLASS.split(full)  # odd ones are classes and looks behind
    for at, part in enumerate(parts):
        if part.startswith("(?<"):
            parts[at] = part.replace(" ", r"\s").replace("'", "['’]")
        elif at % 2:
            parts[at] = part.replace("'", "'’")
        else:
            parts[at] = part.replace(" ?", r"\s?").replace(" ", r"\s+").replace("'", "['’]")
    return "".join(parts)


def _bounded(full: str) -> str:
    """`full` with an end to every repeat, so that a search takes no more than so many steps a sign."""
    tokens = _TOKEN.findall(full)
    for at, token in enumerate(tokens):
        most = MOST if at and tokens[at - 1] == ")" else LONGEST
        if token in ("+", "*"):
            tokens[at] = f"{{{int(token == '+')},{most}}}"
        elif token.endswith(",}"):
            tokens[at] = f"{token[:-1]}{most}}}"
    return "".join(tokens)


def _list(found: re.Match[str], words: Mapping[str, Sequence[str]], source: str, file: str) -> str:
    name = found.group(1)
    if name in ("gap", "far"):
        return GAP if name == "gap" else FAR
    if name == "Name":
        return NAME
    if name not in words:
        raise EvidenceError(f"{source!r} names the list {name!r}, which is not there", file=file, hint="name one")
    return "(?:" + "|".join(words[name]) + ")"


def plain(text: str) -> tuple[str, tuple[int, ...]]:
    """`text` without invisible signs and with composed letters, and where each sign of it stood (one more at the end).

    A zero-width space in a name, or Korean written letter by letter, must not hide anybody.
    """
    if text.isascii():
        return text, tuple(range(len(text) + 1))
    signs: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (unicodedata.combining(text[end]) or "\u1160" <= text[end] <= "\u11ff"):
            end += 1
        composed = "".join(sign for sign in unicodedata.normalize("NFC", text[at:end]) if _is_seen(sign))
        signs.extend(composed)
        places.extend([at] * len(composed))
        at = end
    return "".join(signs), (*places, len(text))


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) != "Cf"
