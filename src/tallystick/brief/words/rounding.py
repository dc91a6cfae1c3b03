"""How many digits a number may keep.

The rule, with m the median and [l, u] the central 80 % interval:

    l keeps digits down to the largest power of ten that is not above half the distance from l to m,
    u likewise with the distance from m to u, and m with the shorter of the two distances;
    no number is rounded away: one significant digit always stays, and units that come whole stop at 1.

So each number moves by at most a quarter of the distance to its neighbour: the order l < m < u survives rounding,
and no digit is printed that is smaller than a twentieth of the distance it is judged against.
An interval without width (a quantity known or switched off) keeps three significant digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite, log10

from tallystick.vocab.estimate import Interval

_TINY = 1e-200  # below this a distance is none
_FREE_DIGITS = 3  # significant digits kept where no interval says otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded:
    """An interval as it may be printed, and the step (a power of ten) that each number was rounded to."""

    median: float
    low: float
    high: float
    median_step: float
    low_step: float
    high_step: float


def power_not_above(value: float) -> float:
    """The largest power of ten that is not above `value` (> 0)."""
    exponent = floor(log10(value))
    power = 10.0**exponent
    return power * 10 if power * 10 <= value else power if power <= value else power / 10


def to_step(value: float, step: float) -> float:
    """`value` rounded to a multiple of `step`, a power of ten, half up: readers expect 2.5 to become 3."""
    digits = -round(log10(step))
    scaled = value * 10.0**digits
    whole = floor(scaled + 0.5 + 1e-9)
    return round(whole / 10.0**digits, max(digits, 0)) if digits >= 0 else whole * 10.0**-digits


def _step(value: float, distance: float, whole: bool) -> float:
    if distance <= max(abs(value), _TINY) * 1e-12:
        step = power_not_above(abs(value)) / 10 ** (_FREE_DIGITS - 1) if value else 1.0
    else:
        step = power_not_above(distance / 2)
        step = min(step, power_not_above(abs(value))) if value else step
    return max(step, 1.0) if whole else step


def round_interval(low: float, median: float, high: float, *, whole: bool = False) -> Rounded:
    """Round a median and its bounds to the digits they support; `whole` for things that come in ones.

    Raises ValueError when a number is not finite or the three are out of order.
    """
    if not all(isfinite(value) for value in (low, median, high)) or not low <= median <= high:
        raise ValueError(f"not an interval: {low}, {median}, {high}")
    below, above = median - low, high - median
    shorter = min(below, above) or max(below, above)
    steps = _step(low, below or above, whole), _step(median, shorter, whole), _step(high, above or below, whole)
    numbers = [to_step(value, step) for value, step in zip((low, median, high), steps, strict=True)]
    return Rounded(
        low=numbers[0], median=numbers[1], high=numbers[2], low_step=steps[0], median_step=steps[1], high_step=steps[2]
    )


def rounded(interval: Interval, *, whole: bool = False) -> Rounded:
    """An estimate's median with its 80 % bounds, as they may be printed."""
    return round_interval(interval.lower_80, interval.median, interval.upper_80, whole=whole)


def significant(value: float, digits: int = _FREE_DIGITS) -> float:
    """`value` to so many significant digits, for figures that carry no interval of their own."""
    return to_step(value, power_not_above(abs(value)) / 10 ** (digits - 1)) if value else 0.0
