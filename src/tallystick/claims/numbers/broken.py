"""Figures as bad copies write them: "13 221 citizens", "15.213 workers", "3 , 200 men", "34,5 thousand".

A program that translates or copies keeps the sign of another language between thousands, or adds a blank. What counts
whole things cannot have three decimals, and what a word follows at once is one number and no row of two.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tallystick.claims.numbers.mask_words import LEFT, MONTHS
from tallystick.claims.numbers.tables import Tables

_APART = re.compile(r"\d{1,3}(?: , ?\d{3})++(?![\d,.]\d|\d)")  # 3 , 200
_BLANKS = re.compile(r"\d{1,3}(?: \d{3})++(?![\d,.]\d|\d)")  # 13 221
_OTHER_SIGN = {  # that of another language
    "en": re.compile(r"\d{1,3}\.\d{3}(?![\d.,]\d|\d)"),
    "ko": re.compile(r"\d{1,3}\.\d{3}(?![\d.,]\d|\d)"),
    "ru": re.compile(r"\d{1,3},\d{3}(?![\d.,]\d|\d)"),
}
_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}(?![\d,.]\d|\d)")  # 34,5 thousand
_OTHER_END = re.compile(r"(?:\s?[-–—~]\s?|\s(?:and|to|till|or)\s)\d{1,3},\d{1,2}(?![\d,.]\d|\d)")  # 1,2 and 2,3 billion
_WORD = re.compile(r"[ \u00a0](?:(?:of|the)[ \u00a0])?([^\W\d_][^\s,.;:()]*\.?)")
_GOES_ON = re.compile(r"[ \u00a0](?:[^\W\d_]|\()|[.,;)](?:\s|\Z)|[가-힣]|\s?[-–—~]\s?\d|\Z")  # a quote ends with it
_RANGE = re.compile(r"\s?[-–—~]\s?")
_NO_NUMBER_BEFORE = re.compile(
    rf"(?:{MONTHS['en']}\s|\d[ .,/:]|(?<![ .,]\d\d\d)(?<=\d)-|[#№]\s?|\bno\.?\s)\Z", re.IGNORECASE
)
_COUNTED = re.compile(r"\s?여?\s?(?:명|인|건|달러|위안|루블|원|발|개)")
_PLAIN = re.compile(r"[.,;:)]?(?:\s|\Z)")
_RATIO = re.compile(
    r"\b(?:rates?|ratio|index|factor|version|score|grade|average|mean|курс\w*|индекс\w*|равн\w+)\s(?:\w+\s){0,2}\Z",
    re.I,
)
_BACK, _LOOK = 12, 40  # letters
_SCALE = {  # what follows a number with decimals, and no list of two numbers
    "en": re.compile(
        r"\s?(?:(?:thousands?|thous|millions?|billions?|milliards?|mln|bn|bln|mlrd|"
        r"per ?cents?|times|hours?|dollars|euros|rou?bles)\b|%)",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"\s?(?:만|천|억|%|퍼센트|배|시간)"),
}


_LABEL = {  # what announces the number of a room, a page or a decree
    language: re.compile(rf"(?:{'|'.join(words for name, words in LEFT[language] if name in ('reference', 'page'))})\Z")
    for language in ("en", "ru")
}
_LABELLED = re.compile(r"(\d{1,3}) [1-9]\d\d(?: \d{3})*[ \u00a0]([^\W\d_]{3,})")


class Written(NamedTuple):
    """A figure that is no proper one of its language: where it ends, and its value."""

    end: int
    value: float


def broken(text: str, start: int, known: Tables) -> Written | None:
    """The broken figure that begins at `start`, None where there is none."""
    if known.language != "ru" and (comma := _DECIMAL_COMMA.match(text, start)):
        other = _OTHER_END.match(text, comma.end())
        scaled = _SCALE[known.language].match(text, other.end() if other else comma.end())
        return Written(comma.end(), float(comma[0].replace(",", "."))) if scaled else None
    if apart := _APART.match(text, start):
        return _whole(apart)
    if text[start] == "0" or _NO_NUMBER_BEFORE.search(text, max(0, start - _BACK), start):
        return None
    if known.language != "ru" and (blanks := _BLANKS.match(text, start)):
        return _whole(blanks) if _GOES_ON.match(text, blanks.end()) else None
    if (signed := _OTHER_SIGN[known.language].match(text, start)) and _counts_whole(text, signed, known):
        return _whole(signed)
    return None


def label_end(text: str, start: int, known: Tables) -> int:
    """Where the number of a room or page ends that a count follows ("Room 12 450 workers"); 0 where none does."""
    row = _LABELLED.match(text, start) if known.language in _LABEL else None
    if row is None or row[2].lower() in known.stops or row[2].lower() in known.scales:
        return 0
    return row.end(1) if _LABEL[known.language].search(text, max(0, start - _LOOK), start) else 0


def _whole(figure: re.Match[str]) -> Written:
    return Written(figure.end(), float("".join(sign for sign in figure[0] if sign.isdecimal())))


def _counts_whole(text: str, figure: re.Match[str], known: Tables) -> bool:
    """Whether a figure with three decimals is that of money or of things: no share, no scale, no measure."""
    dash = _RANGE.match(text, figure.end())
    if dash and (other := figure.re.match(text, dash.end())):
        return _counts_whole(text, other, known)
    if known.language == "ko":
        return _COUNTED.match(text, figure.end()) is not None
    word = _WORD.match(text, figure.end())
    if word is None:
        return _PLAIN.match(text, figure.end()) is not None and not _RATIO.search(
            text, max(0, figure.start() - _LOOK), figure.start()
        )
    if any(form in known.scales for form in _forms(word[1])):
        return False
    if any(form in known.stops for form in _forms(word[1])):
        return not _RATIO.search(text, max(0, figure.start() - _LOOK), figure.start())
    return all(known.units.get(form, ("", ""))[0] in ("", "money") for form in _forms(word[1]))


def _forms(word: str) -> tuple[str, str]:
    """A word as it stands and without the stop that may end a sentence."""
    return word.lower(), word.lower().rstrip(".")
