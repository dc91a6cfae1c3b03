"""Units said before their number, by which Russian makes a number a rough one: "человек сорок", "тысяч по пятнадцать".

The order alone says "about". What stands before a number in another case, or after a number of its own ("с 15 тысяч
40 ..."), is no such unit.
"""

from __future__ import annotations

import re

from tallystick.claims.numbers.drafts import Draft
from tallystick.claims.numbers.tables import Tables

_BEFORE = re.compile(r"(?<![\w-])([а-яё]+)[ \u00a0](?:по[ \u00a0])?\Z", re.IGNORECASE)
_WINDOW = 24  # signs; the longest of these words, a preposition and blanks
_NUMBERED = re.compile(r"(?:\d|[а-яё]*(?:десят|сот|сорок|дцат)[а-яё]*|нескольк\w+|скольк\w+|мног\w+|пар[уы])\s\Z", re.I)
_FEW = (1.5, 2.0, 3.0, 4.0)  # which take the genitive singular
_COLLECTIVE = re.compile(r"дво[ие]|тро[ие]|(?:четв|пят|шест|сем)ер", re.IGNORECASE)  # these count nothing but people
_SCALED = 1000  # from here on a number needs no scale before it


def inverted(text: str, made: Draft, known: Tables, earlier: list[Draft]) -> None:
    """Take in the unit or the scale that stands before a number, and the number with it as a rough one."""
    if not known.inverted or made.numeral.vague or made.hyphened:
        return
    word = _BEFORE.search(text, max(0, made.start - _WINDOW), made.start)
    name = word[1].lower() if word else ""
    if word is None or name not in known.inverted or not _agrees(text, made, known.inverted[name]):
        return
    if earlier and earlier[-1].end > word.start() and earlier[-1].start != word.start():
        return
    if _NUMBERED.search(text, max(0, word.start() - _WINDOW), word.start()) or not _taken(made, name, known):
        return
    if earlier and earlier[-1].start == word.start():
        earlier.pop()  # the scale had been read as a vague number of its own
    made.start, made.approximate = word.start(), True


def _agrees(text: str, made: Draft, few: bool) -> bool:
    """Whether a unit stands in the case that its number asks for: "часа два", "часов пять"."""
    last = made.high if made.point is None else made.point
    if last is None or _COLLECTIVE.match(text, made.number_start):
        return False
    return last in _FEW and made.numeral.words if few else last not in _FEW


def _taken(made: Draft, name: str, known: Tables) -> bool:
    """Whether the word can be this number's: a scale of a small one, a unit of one that has none."""
    scale = known.scales.get(name) or known.multipliers.get(name)
    if scale is not None:
        ends = [value for value in (made.low, made.point, made.high) if value is not None]
        if made.numeral.scale != 1.0 or made.kind not in ("count", "money") or max(ends) >= _SCALED:
            return False
        made.low, made.point, made.high = (
            None if value is None else value * scale for value in (made.low, made.point, made.high)
        )
        made.numeral.grouped, made.numeral.scale = True, scale
        return True
    if made.kind != "count" or made.unit:
        return False
    made.kind, made.unit = known.units.get(name, ("count", name))
    return True
