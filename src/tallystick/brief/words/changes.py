"""Changes in words: how much more or less, with a true minus sign, rounded as levels are.

lowers ... by 5,000 (80 % interval 1,000 to 12,000)          one direction: the size alone
-40 (-300 to 200)                                            either direction: signed
"""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.brief.words.estimates import Said
from tallystick.brief.words.numbers import plain, span
from tallystick.brief.words.rounding import Rounded, power_not_above, rounded, to_step
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
    "transfer": "transfers",
    "act": "acts",
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


def say_level(interval: Interval, unit: str) -> Said:
    """A level of the runs with its 80 % interval."""
    parsed = parse(unit_of(unit))
    found = shorter(interval, whole=parsed.whole)
    low, median, high = (_signed(value, parsed, step) for value, step in _numbers(found))
    full = complete(median, parsed, abs(found.median))
    return Said(median=median, median_full=full, interval=span(low, high), low=low, high=high)


def say_change(interval: Interval, unit: str) -> Said:
    """A change with its 80 % interval; shares change by percentage points."""
    return say_level(times(interval, 100), POINTS) if unit == "share" else say_level(interval, unit)


def shorter(interval: Interval, *, whole: bool) -> Rounded:
    """As every interval is rounded, and to two significant digits at most: a run of a model knows no more."""
    found = rounded(interval, whole=whole)
    steps = [max(step, _two_digits(value)) for value, step in _numbers(found)]
    low, median, high = (to_step(value, step) for (value, _), step in zip(_numbers(found), steps, strict=True))
    return Rounded(low=low, median=median, high=high, low_step=steps[0], median_step=steps[1], high_step=steps[2])


def _numbers(found: Rounded) -> tuple[tuple[float, float], ...]:
    return (found.low, found.low_step), (found.median, found.median_step), (found.high, found.high_step)


def _two_digits(value: float) -> float:
    return power_not_above(abs(value)) / 10 if value else 0.0


def _signed(value: float, unit: Unit, step: float) -> str:
    """The number with its sign after the currency: "USD -3 million"."""
    text = number_in(abs(to_step(value, step)), unit, step)
    if value >= 0 or not any(digit in text for digit in "123456789"):
        return text
    return text.replace(f"{unit.thing} ", f"{unit.thing} {MINUS}", 1) if unit.is_money else MINUS + text


def in_column(interval: Interval, *, factor: float, whole: bool) -> tuple[str, str]:
    """Median and interval as bare signed numbers for a column whose head says the unit; `factor` scales them."""
    found = shorter(times(interval, factor), whole=whole)
    low, median, high = (_bare(value, step) for value, step in _numbers(found))
    return median, low if low == high else f"{low} to {high}"


def _bare(value: float, step: float) -> str:
    text = plain(abs(value), step)
    return MINUS + text if value < 0 and any(digit in text for digit in "123456789") else text
