"""Hours a year from hours a day and days of rest, as a range; a span from first to last hour is refused.

A day from early morning to after midnight is twenty hours long and says nothing of the hours worked in it:
meals, roll calls and the way to the site are part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tallystick.assess.conditions import ConditionFigure
from tallystick.vocab.errors import EvidenceError

DAYS_A_YEAR = 365.25
MOST = 18.0  # hours; a floor or point above it leaves less than six for sleep, food and the way, day after day
FILE = "claims.csv"
DAY, REST = "hours/day", "days/year"  # units
Range = tuple[float, float]
OpenRange = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursOfYear:
    """What one asserter's hours a day and days of rest come to, in hours a year; `day` and `rest` are their claims.

    An end that the hours a day leave open is None: a floor gives a floor, a ceiling a ceiling.
    """

    asserted_by: str
    host: str
    sector: str  # empty where none is stated
    start: date | None
    end: date | None
    day: str
    rest: str
    low: float | None
    high: float | None


def hours_of_years(figures: Iterable[ConditionFigure]) -> Iterator[HoursOfYear]:
    """Of every asserter who gives both for one host, sector and time; spans from first to last hour are passed over."""
    every = tuple(figures)
    for day in (each for each in every if each.unit == DAY and not each.span):
        for rest in (each for each in every if each.unit == REST):
            if _scope(rest) == _scope(day):
                low, high = hours_a_year(day, rest)
                yield HoursOfYear(
                    asserted_by=day.asserted_by, host=day.host, sector=day.sector, start=day.start, end=day.end,
                    day=day.claim, rest=rest.claim, low=low, high=high,
                )  # fmt: skip


def _scope(figure: ConditionFigure) -> tuple[object, ...]:
    return figure.asserted_by, figure.host, figure.sector, figure.start, figure.end


def hours_a_year(day: ConditionFigure, rest: ConditionFigure) -> OpenRange:
    """Fewest and most hours a year that the two figures allow; EvidenceError where the first is a span.

    None for an end that the hours a day leave open: at least so many hours is no most, and up to so many no fewest.
    """
    short, long = hours_worked(day)
    few, many = _ends(rest, 0.0, DAYS_A_YEAR)
    is_floor = day.point is None and day.high is None
    is_ceiling = day.point is None and day.low is None
    low, high = short * (DAYS_A_YEAR - many), long * (DAYS_A_YEAR - few)
    return None if is_ceiling else low, None if is_floor else high


def hours_worked(day: ConditionFigure) -> Range:
    """Hours a day; a floor reaches up to what can be worked, a ceiling down to none and no further up than that."""
    least = day.low if day.low is not None else day.point
    if day.span or (least is not None and least > MOST):
        raise EvidenceError(
            f"{day.claim} is the span of a day, not hours worked", file=FILE, field="measure",
            hint="use it as context; what is worked within it is not said",
        )  # fmt: skip
    low, high = _ends(day, 0.0, MOST)
    return low, min(high, MOST)


def _ends(figure: ConditionFigure, least: float, most: float) -> Range:
    low = figure.low if figure.low is not None else figure.point
    high = figure.high if figure.high is not None else figure.point
    return (least if low is None else low), (most if high is None else high)
