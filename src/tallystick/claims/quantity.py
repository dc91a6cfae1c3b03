"""A number as a text gives it: its bounds, its unit and the span of words that carries it.

What it measures and whom it is about is `tallystick.claims.reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One quantity of a text. Offsets are code points, end exclusive.

    start, end           the shortest span that carries it: bound words, number, scale word, unit, rate
    number_start, end    the digits or number words alone, both ends of a range included
    low, point, high     as claims hold them: a point, a floor, a ceiling or a range; money and counts in units of one,
                         percent as 70 and not 0.7
    kind                 count, money, percent, multiple (12-fold), fraction (a half of, in percent: 50), duration, or
                         other (weights and lengths)
    unit                 count: the noun counted as the text has it, lower case ("workers", "человек", "명"), "" when
                         bare; money: ISO 4217; percent and fraction: "percent"; multiple: "times"; duration: minute,
                         hour, day, week, month, year; other: kg, tonne, km ...
    per                  hour, day, week, month, year, or "" when no rate is said
    per_person           whether the text says "each", "per worker", "на человека", "한 사람당"
    hedge                the words that bound or soften it, as the text has them ("at least", "около", "이상")
    approximate          whether those words say about, nearly, 여, 가량
    vague                whether the number is one of words without a value (thousands, десятки тысяч, 수천)
    """

    start: int
    end: int
    number_start: int
    number_end: int
    low: float | None
    point: float | None
    high: float | None
    kind: str
    unit: str
    per: str = ""
    per_person: bool = False
    hedge: str = ""
    approximate: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date or a stretch of time that a text names, first and last day both included.

    `relative` tells a date that was resolved against the day of publication ("last year", "в прошлом году").
    `relation` is "" or one of since, until, before, after, by: what a preposition says of it.
    """

    start: int
    end: int
    first: date
    last: date
    relative: bool = False
    relation: str = ""
