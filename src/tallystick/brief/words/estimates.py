"""An estimate in words: median first, then its 80 % interval, rounded together."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from tallystick.brief.words.numbers import span
from tallystick.brief.words.rounding import nested, rounded
from tallystick.brief.words.units import complete, noun_of, number_in, parse
from tallystick.vocab.estimate import Estimate, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The printable parts of an interval; `interval` has its unit once, at the end."""

    median: str  # "4,600"
    median_full: str  # "4,600 persons"
    interval: str  # "3,600 to 5,900"
    low: str
    high: str


def say(interval: Interval, unit: str) -> Said:
    """Median and 80 % interval of one distribution in the words of its unit."""
    parsed = parse(unit)
    numbers = rounded(interval, whole=parsed.whole)
    low = number_in(numbers.low, parsed, numbers.low_step)
    high = number_in(numbers.high, parsed, numbers.high_step)
    median = number_in(numbers.median, parsed, numbers.median_step)
    return Said(
        median=median,
        median_full=complete(median, parsed, numbers.median),
        interval=span(low, high),
        low=low,
        high=high,
    )


def say_levels(interval: Interval, unit: str) -> dict[str, tuple[str, str]]:
    """Lower and upper bound of the 50, 80 and 95 % intervals, printed so that they stay nested."""
    parsed = parse(unit)
    return {
        level: (number_in(r.low, parsed, r.low_step), number_in(r.high, parsed, r.high_step))
        for level, r in nested(interval, whole=parsed.whole).items()
    }


def noun_for(unit: str) -> str:
    """The plural noun of a unit: "persons", "hours", or "" for money and shares."""
    return noun_of(parse(unit), 2)


def log_width(interval: Interval, floor: float = 1e-9) -> float:
    """The 80 % width on the log scale; 0 where both bounds are equal. Bounds at or below zero are lifted to `floor`."""
    low, high = max(interval.lower_80, floor), max(interval.upper_80, floor)
    return log(high / low) if high > low else 0.0


def learnt(estimate: Estimate) -> float:
    """The posterior's 80 % width over the prior's, log scale: near 1, the evidence added little."""
    prior = log_width(estimate.prior, floor=_floor(estimate))
    return log_width(estimate.interval, floor=_floor(estimate)) / prior if prior > 0 else 1.0


def _floor(estimate: Estimate) -> float:
    """Small counts are not told apart below one person; shares and money below a thousandth of the median."""
    return 1.0 if parse(estimate.unit).whole else max(abs(estimate.interval.median), 1e-6) / 1000
