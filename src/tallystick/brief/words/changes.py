"""Changes in words: how much more or less, with a true minus sign, rounded as levels are.

lowers ... by 5,000 (80 % interval 1,000 to 12,000)          one direction: the size alone
-40 (-300 to 200)                                            either direction: signed
"""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.brief.words.estimates import Said
from tallystick.brief.words.numbers import plain, span
from tallystick.brief.words.rounding import rounded
from tallystick.brief.words.units import Unit, complete, number_in, parse
from tallystick.vocab.estimate import Interval

MINUS = "\u2212"
POINTS = "percentage points"
_PLURAL: Mapping[str, str] = {
    "person": "persons",
    "hour": "hours",
    "worker-month": "worker-months",
    "round": "rounds",
    "tonne": "tonnes",
    "barrel": "barrels",
}


def unit_of(unit: str) -> str:
    """A unit of the runs as the brief writes it."""
    return _PLURAL.get(unit, unit)


def times(interval: Interval, factor: float) -> Interval:
    """Every quantile times a positive factor."""
    return Interval(**{name: getattr(interval, name) * factor for name in Interval.__dataclass_fields__})


def mirrored(interval: Interval) -> Interval:
    """The interval of the opposite."""
    i = interval
    return Interval(
        median=-i.median,
        lower_50=-i.upper_50,
        upper_50=-i.lower_50,
        lower_80=-i.upper_80,
        upper_80=-i.lower_80,
        lower_95=-i.upper_95,
        upper_95=-i.lower_95,
    )


def say_change(interval: Interval, unit: str) -> Said:
    """A change with its 80 % interval; shares change by percentage points."""
    if unit == "share":
        interval, unit = times(interval, 100), POINTS
    parsed = parse(unit_of(unit))
    found = rounded(interval, whole=parsed.whole)
    low, median, high = (
        _signed(value, parsed, step)
        for value, step in (
            (found.low, found.low_step),
            (found.median, found.median_step),
            (found.high, found.high_step),
        )
    )
    full = complete(median, parsed, abs(found.median))
    return Said(median=median, median_full=full, interval=span(low, high), low=low, high=high)


def say_mean(value: float, unit: str) -> str:
    """A mean without an interval, to two significant digits."""
    parsed = parse(unit_of(unit))
    size = abs(value)
    if parsed.whole and size < 1:
        return "fewer than one"
    step = _step(size)
    return _signed(value, parsed, max(step, 1.0) if parsed.whole else step)


def _step(size: float) -> float:
    from math import floor, log10

    return 10.0 ** (floor(log10(size)) - 1) if size > 0 else 1.0


def _signed(value: float, unit: Unit, step: float) -> str:
    """The number with its sign after the currency: "USD -3 million"."""
    from tallystick.brief.words.rounding import to_step

    text = number_in(abs(to_step(value, step)), unit, step)
    if value >= 0 or not any(digit in text for digit in "123456789"):
        return text
    return text.replace(f"{unit.thing} ", f"{unit.thing} {MINUS}", 1) if unit.is_money else MINUS + text


def in_column(interval: Interval, *, factor: float, whole: bool) -> tuple[str, str]:
    """Median and interval as bare signed numbers for a column whose head says the unit; `factor` scales them."""
    found = rounded(times(interval, factor), whole=whole)
    numbers = (
        (found.low, found.low_step),
        (found.median, found.median_step),
        (found.high, found.high_step),
    )
    low, median, high = (_bare(value, step) for value, step in numbers)
    return median, low if low == high else f"{low} to {high}"


def _bare(value: float, step: float) -> str:
    text = plain(abs(value), step)
    return MINUS + text if value < 0 and any(digit in text for digit in "123456789") else text
