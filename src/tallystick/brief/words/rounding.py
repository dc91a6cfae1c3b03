"""How many digits a number may keep.

The rule, with m the median and [l, u] the central 80 % interval:

    l keeps digits down to the largest power of ten that is not above half the distance from l to m,
    u likewise with the distance from m to u, and m with the shorter of the two distances;
    a number that would move by more than 3 % of itself keeps a digit more, unless u - l is over twenty times the move;
    no number is rounded away: one significant digit always stays, and units that come whole stop at 1.

So each number moves by at most a quarter of the distance to its neighbour: the order l < m < u survives rounding.
Wider and narrower intervals of one distribution (50, 80 and 95 %) stay nested: where two bounds that differ would be
printed as one or in the wrong order, both keep a digit more.
An interval without width (a quantity known or switched off) keeps three significant digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor, isfinite, log10

from tallystick.vocab.estimate import Interval

_TINY = 1e-200  # below this a distance is none
_FREE_DIGITS = 3  # significant digits kept where no interval says otherwise
_MOVE = 0.03  # a number may move by that much of itself ...
_OF_WIDTH = 1 / 20  # ... or by that much of the width of its interval, whichever is more
DIGITS = 6  # significant ones, finer than any interval, where programs do their own rounding
_MORE_DIGITS = 6  # that bounds may be given before they count as equal


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


def _finer(value: float, step: float, width: float, whole: bool) -> float:
    """`step`, or the power of ten below it by which `value` does not move too far."""
    allowed = max(_MOVE * abs(value), _OF_WIDTH * width) * (1 + 1e-9)
    while abs(to_step(value, step) - value) > allowed and not (whole and step <= 1):
        step /= 10
    return step


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
    first = _step(low, below or above, whole), _step(median, shorter, whole), _step(high, above or below, whole)
    width = high - low
    steps = [_finer(value, step, width, whole) for value, step in zip((low, median, high), first, strict=True)]
    numbers = [to_step(value, step) for value, step in zip((low, median, high), steps, strict=True)]
    return Rounded(
        low=numbers[0], median=numbers[1], high=numbers[2], low_step=steps[0], median_step=steps[1], high_step=steps[2]
    )


def rounded(interval: Interval, *, whole: bool = False) -> Rounded:
    """An estimate's median with its 80 % bounds, as they may be printed."""
    return round_interval(interval.lower_80, interval.median, interval.upper_80, whole=whole)


def nested(interval: Interval, *, whole: bool = False) -> dict[str, Rounded]:
    """The same median with its 50, 80 and 95 % bounds, each as it may be printed, and never out of order."""
    i = interval
    ends = {"50": (i.lower_50, i.upper_50), "80": (i.lower_80, i.upper_80), "95": (i.lower_95, i.upper_95)}
    made = {level: round_interval(low, i.median, high, whole=whole) for level, (low, high) in ends.items()}
    lows = _apart([ends[level][0] for level in ends], [made[level].low_step for level in ends], whole)
    highs = _apart([-ends[level][1] for level in ends], [made[level].high_step for level in ends], whole)
    return {
        level: replace(
            made[level],
            low=to_step(ends[level][0], lows[n]),
            high=to_step(ends[level][1], highs[n]),
            low_step=lows[n],
            high_step=highs[n],
        )
        for n, level in enumerate(ends)
    }


def _apart(values: Sequence[float], steps: Sequence[float], whole: bool) -> list[float]:
    """Steps under which values that fall, from the inside out, are printed falling; finer only where need be."""
    out = list(steps)
    for _ in range(_MORE_DIGITS):
        for n in range(1, len(out)):
            inner, outer = (_signed(values[k], out[k]) for k in (n - 1, n))
            if values[n] < values[n - 1] and outer >= inner:
                for k in (n - 1, n):
                    out[k] = max(out[k] / 10, 1.0) if whole else out[k] / 10
    return out


def _signed(value: float, step: float) -> float:
    return to_step(value, step) if value >= 0 else -to_step(-value, step)


def exact(value: float) -> float | int:
    """Six significant digits, for programs; whole numbers without a point."""
    short = significant(value, DIGITS)
    return int(short) if short == int(short) else short


def significant(value: float, digits: int = _FREE_DIGITS) -> float:
    """`value` to so many significant digits, for figures that carry no interval of their own."""
    return to_step(value, power_not_above(abs(value)) / 10 ** (digits - 1)) if value else 0.0
