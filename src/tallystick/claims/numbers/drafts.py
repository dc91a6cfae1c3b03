"""A quantity in the making: a numeral with its currency or unit, before ranges, bounds and nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tallystick.claims.numbers.numerals import Numeral
from tallystick.claims.numbers.tables import SIGNS, Tables
from tallystick.claims.quantity import Quantity

LENGTHS = sorted({len(sign) for sign in SIGNS}, reverse=True)
LARGEST = 1e15  # no count, sum or rate that a report could mean is larger


@dataclass(slots=True)
class Draft:
    """What is known so far; `start` and `end` grow as bounds, units and nouns are found around the number."""

    start: int
    end: int
    number_start: int
    number_end: int
    numeral: Numeral
    low: float | None = None
    point: float | None = None
    high: float | None = None
    kind: str = "count"
    unit: str = ""
    unit_end: int = 0  # where the unit ends, 0 when none is said
    hyphened: bool = False  # "12-hour"
    per: str = ""
    per_person: bool = False
    hedges: list[str] = field(default_factory=list)
    approximate: bool = False
    target: bool = False  # the second figure of a change: the "до" before it is no bound

    def frozen(self) -> Quantity:
        """As others see it."""
        return Quantity(
            start=self.start,
            end=self.end,
            number_start=self.number_start,
            number_end=self.number_end,
            low=self.low,
            point=self.point,
            high=self.high,
            kind=self.kind,
            unit=self.unit,
            per=self.per,
            per_person=self.per_person,
            hedge=" ".join(self.hedges),
            approximate=self.approximate,
            vague=self.numeral.vague,
        )


def draft(text: str, numeral: Numeral, known: Tables, floor: int) -> Draft:
    """The numeral with the sign or the unit word that touches it; nothing before `floor` belongs to it."""
    made = Draft(
        numeral.start, numeral.end, numeral.start, numeral.end, numeral, point=None if numeral.vague else numeral.value
    )
    if numeral.kind == "duration":  # a Korean word for so many days, unit and all
        made.kind, made.unit = "duration", "day"
        return made
    if numeral.kind:
        made.kind, made.unit = numeral.kind, "times" if numeral.kind == "multiple" else "percent"
        return made
    _sign_before(text, made, floor)
    if made.kind == "money" or _of_people(text, made, known):
        scale_letter(text, made, known)
    _unit_after(text, made, known)
    if " с лишним " in text[made.start : made.end] and made.point is not None:
        made.low, made.point = made.point, None  # "3 с лишним тысячи": inside the number
        made.hedges.append("с лишним")
    if numeral.hedge:
        made.hedges.append(numeral.hedge)
        made.approximate = True
    return made


def _sign_before(text: str, made: Draft, floor: int) -> None:
    """As in "$", "US$", "RM": the longest sign that ends where the number begins, one blank between them at most."""
    edge = made.start
    for gap in (0, 1):
        if gap and (edge - 1 < floor or text[edge - 1] not in " \u00a0\u2009\u202f"):
            return
        for length in LENGTHS:
            begin = edge - gap - length
            sign = text[max(begin, floor) : edge - gap]
            if begin < floor or len(sign) != length or sign not in SIGNS:
                continue
            if sign[0].isalpha() and begin > 0 and text[begin - 1].isalnum():
                continue
            if gap and length == 1 and sign.isalpha():
                continue
            made.start, made.kind, made.unit = begin, "money", SIGNS[sign]
            return


LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "K": 1e3, "M": 1e6, "B": 1e9}


PEOPLE_AFTER = re.compile(r"[kKmM]\s([a-z]+)")


def _of_people(text: str, made: Draft, known: Tables) -> bool:
    """As in "1.5m workers": nobody counts people in metres."""
    match = PEOPLE_AFTER.match(text, made.end) if known.language == "en" else None
    return match is not None and match[1] in known.people


def scale_letter(text: str, made: Draft, known: Tables) -> None:
    """As in "$5m", "$2b": a letter is a scale only where a currency says that this is money."""
    sign = text[made.end : made.end + 1]
    following = text[made.end + 1 : made.end + 2]
    if known.language != "en" or sign not in LETTERS or following.isalnum() or made.numeral.scale != 1.0:
        return
    if made.point is None or made.numeral.words:
        return
    made.numeral.mantissa, made.numeral.scale = made.point, LETTERS[sign]
    made.point *= LETTERS[sign]
    made.end = made.number_end = made.end + 1
    made.numeral.grouped = True


MORE = re.compile(r"여|\s여(?=\s?(?:명|인|건|개|곳|발|채|척|대|달러))")  # "1만 여 명"


def _unit_after(text: str, made: Draft, known: Tables) -> None:
    """A unit word; after a sign of money only the currency once more ("$2,5 долл.") or nothing."""
    position = made.end
    if known.language == "ko" and (more := MORE.match(text, position)):
        position = more.end()
    match = known.suffix.match(text, position)
    if not match and made.numeral.scale > 1.0 and text.startswith(" of ", position):
        match = known.suffix.match(text, position + 3)  # "30 thousand of roubles"
        match = match if match and known.units[" ".join(match[1].lower().split())][0] == "money" else None
    if not match:
        if position > made.end:
            _take_more(text, made)
        return
    kind, unit = known.units.get(" ".join(match[1].lower().split()), ("", ""))
    if not kind or (made.kind == "money" and kind != "money"):
        return
    if kind == "money" and made.kind == "money" and unit != made.unit:
        return
    if position > made.end:
        _take_more(text, made)
    made.hyphened = match[0][0] in "-‑"
    made.kind, made.unit, made.end, made.unit_end = kind, unit, match.end(), match.end()


def in_times(text: str, made: Draft, known: Tables) -> None:
    """As in "в пять раз", "in five times": the preposition belongs to the multiple."""
    if made.kind != "multiple" or made.numeral.kind:
        return
    word = {"ru": "в", "en": "in"}.get(known.language, "")
    begin = made.start - len(word) - 1
    if (
        word
        and begin >= 0
        and text[begin : made.start].lower() == word + " "
        and not text[max(0, begin - 1) : begin].isalnum()
    ):
        made.start = begin


def _take_more(text: str, made: Draft) -> None:
    """여, glued to the number: so many and some more."""
    more = MORE.match(text, made.end)
    made.hedges.append("여")
    made.approximate = True
    made.end = more.end() if more else made.end
