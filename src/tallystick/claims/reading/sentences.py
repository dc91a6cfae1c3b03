"""Where sentences begin and end. A line break ends one; a stop after an abbreviation, an initial or a number does not.

Offsets are code points of the whole text, end exclusive. A sentence here may be a headline or a caption: whatever
stands alone on its line. One that does not end (a table in one line, a list, a text made to stall its reader) is cut
where a part of it ends: each figure is laid against every word of its sentence, which takes its length to the third.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tallystick.claims.reading.words import Tongue

_STOP = re.compile(
    r"[.!?…。]+[\"'»”’)\]]*(?=\s+[\"'«“‘(\[—–-]*\s*[\w\"«“‘$€£])|"
    r"(?<=[a-zа-яё]{3})[.!?][»”’]?(?=[A-ZА-ЯЁ][a-zа-яё]+\s)"  # a copy lost the blank
)
_KOREAN_STOP = re.compile(r"[.!?…。]+[\"'»”’)\]]*(?=\s)|(?<=[다요])\.(?=[가-힣]{2})")
_AMOUNT = re.compile(r"тыс|млн|млрд|трлн|руб|долл|чел")
_BEGINS = re.compile(r"\s+[«\"“]?[А-ЯЁ](?:[а-яё]+)?(?:\s|,)")
_INITIALS = re.compile(r"(?:[A-ZА-ЯЁ]\.)*[A-ZА-ЯЁ]")  # "J.", «Л.В.»
_WORD_BEFORE = re.compile(r"[\w.]+$")
LONGEST: Final = 1200  # code points; the longest sentences of laws and communiques have some 1,000
_PART = re.compile(r"[,;:，、|]\s+")
_BLANK = re.compile(r"\s+")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


class Span(NamedTuple):
    """One sentence; `paragraph` numbers the line that it stands in."""

    start: int
    end: int
    paragraph: int


def spans(text: str, language: str, tongue: Tongue) -> tuple[Span, ...]:
    """The sentences of a text in order, without the white space between them."""
    stop = _KOREAN_STOP if language == "ko" else _STOP
    found: list[Span] = []
    for paragraph, line in enumerate(_LINE.finditer(text)):
        start = line.start()
        for mark in stop.finditer(text, line.start(), line.end()):
            if _ends(text, start, mark, tongue):
                _add(found, text, start, mark.end(), paragraph)
                start = mark.end()
        _add(found, text, start, line.end(), paragraph)
    return tuple(found)


def _ends(text: str, start: int, mark: re.Match[str], tongue: Tongue) -> bool:
    """Whether a mark ends its sentence: two stops in a row, or one that shortens no word and no name."""
    if mark.group()[0] != "." or len(mark.group()) > 1:
        return True
    before = _WORD_BEFORE.search(text, max(start, mark.start() - 20), mark.start())
    if before is None:
        return True
    word = before.group().lstrip("0123456789") or before.group()  # "15тыс."
    if _AMOUNT.fullmatch(word.lower()):  # "to 50 тыс. Such a forecast": a name seldom follows, and is no small word
        return _BEGINS.match(text, mark.end()) is not None
    return word.lower() not in tongue.abbreviations and not _INITIALS.fullmatch(word)


def _add(found: list[Span], text: str, start: int, end: int, paragraph: int) -> None:
    while end - start > LONGEST:
        cuts = [mark.end() for mark in _PART.finditer(text, start + LONGEST // 2, start + LONGEST)]
        cuts = cuts or [mark.end() for mark in _BLANK.finditer(text, start + LONGEST // 2, start + LONGEST)]
        if not cuts:  # one word; what would be cut in it is a number
            blank = _BLANK.search(text, start + LONGEST, end)
            cuts = [blank.end() if blank else end]
        _add_part(found, text, start, cuts[-1], paragraph)
        start = cuts[-1]
    _add_part(found, text, start, end, paragraph)


def _add_part(found: list[Span], text: str, start: int, end: int, paragraph: int) -> None:
    body = text[start:end]
    stripped = body.strip()
    if stripped:
        first = start + len(body) - len(body.lstrip())
        found.append(Span(first, first + len(stripped), paragraph))
