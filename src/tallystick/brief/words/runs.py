"""What runs found, in words: a median and its 80 % interval in one scale for a whole table, and how much chance made.

A table names its unit once, above its numbers; numbers in millions or billions are told so there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from tallystick.brief.words.numbers import plain, scale_of
from tallystick.brief.words.rounding import round_interval, to_step
from tallystick.scenarios.summary import QUANTILES, Figures, Spread

LOW, HIGH = QUANTILES.index(0.1), QUANTILES.index(0.9)
NOUNS = {
    "person": "persons", "worker-month": "worker-months", "hour": "hours", "round": "rounds", "tonne": "tonnes",
    "barrel": "barrels", "share": "percent",
}  # fmt: skip
COUNTED = ("person",)  # units of which there is no part
NOTHING = "-"  # where there is no value
FINEST = 0.001  # of a table's unit: beside numbers a thousand times as large, less is nothing
NOT_TOLD = "It tells nothing about any firm, site, product or supplier."  # no table and no chart of runs does
LEAST = 0.01  # a share below it is "<1 %": no run count tells it better


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What the numbers of one table are divided by, and the unit that they are then in."""

    factor: float
    unit: str
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Printable parts of one distribution."""

    median: str  # "25,400"
    interval: str  # "11,000 to 62,000"


def scale_for(spreads: Iterable[Spread], unit: str) -> Scale:
    """One scale for all of them, by the largest number that is printed."""
    noun = NOUNS.get(unit, unit)
    if unit == "share":
        return Scale(factor=0.01, unit=noun, whole=False)
    printed = [abs(each.quantiles[at]) for each in spreads for at in (LOW, HIGH)]
    factor, word = scale_of(max((value for value in printed if isfinite(value)), default=0.0))
    if not word:
        return Scale(factor=1.0, unit=noun, whole=unit in COUNTED)
    return Scale(factor=factor, unit=f"{word} {noun}" if noun.islower() else f"{noun} {word}", whole=False)


def show(spread: Spread, scale: Scale) -> Shown:
    """Median and 80 % interval, each with the digits that the interval supports."""
    low, median, high = (spread.quantiles[at] / scale.factor for at in (LOW, QUANTILES.index(0.5), HIGH))
    if not isfinite(median):
        return Shown(median=NOTHING, interval=NOTHING)
    found = round_interval(low, median, high, whole=scale.whole)
    ends = _said(found.low, found.low_step), _said(found.high, found.high_step)
    return Shown(
        median=_said(found.median, found.median_step), interval=ends[0] if ends[0] == ends[1] else " to ".join(ends)
    )


def _said(value: float, step: float) -> str:
    coarse = max(step, FINEST)
    return plain(to_step(value, coarse), coarse)


def chance_of(figures: Figures) -> str:
    """How much of the variance is chance."""
    if figures.share_of_parameters is None or figures.all.sd == 0:
        return NOTHING
    return percent_of(1 - figures.share_of_parameters)


def percent_of(share: float | None) -> str:
    """A share in whole percent, as a table has it."""
    if share is None:
        return NOTHING
    return "<1 %" if 0 < share < LEAST else ">99 %" if 1 - LEAST < share < 1 else f"{share * 100:.0f} %"
