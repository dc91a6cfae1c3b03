"""Which later figures a row of the kept backtest is made from: its file keeps lines by claim, and rows by name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from tallystick.brief.document import Figure, Span
from tallystick.brief.facts import Facts
from tallystick.brief.prose import method
from tallystick.forecasts.figures import DAYS_A_YEAR, MONTHS_A_YEAR, NUMBERED, middle_of
from tallystick.forecasts.kept import Kept, Line
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.score import FAMILIES, Row, horizon_of
from tallystick.reconcile.account import Observation

Claims = tuple[str, ...]
GROUPS = {  # groups of figures as a reader meets them, where the name in the data says too little
    "heads": "numbers of people",
    "time": "hours, days and terms",
    "about a time before the cut": "already past on the day",
}


def used_lines(facts: Facts, kept: Kept) -> list[tuple[Line, Observation]]:
    """Forecasts of later figures with a number of their own that this account uses, in the order of the days."""
    used = {one.claim: one for one in facts.account.observations}
    return [(one, used[one.claim]) for one in kept.lines if one.kind in NUMBERED and one.claim in used]


def scored_in(facts: Facts, kept: Kept, row: Row, days: Collection[date] | None = None) -> Claims:
    """Later figures with a number of their own that are in a row; days : only those forecast on one of them.

    A claim that this account does not use, or no longer, is in none.
    """
    chosen = (pair for pair in used_lines(facts, kept) if days is None or pair[0].cut in days)
    return tuple(sorted({line.claim for line, one in chosen if called(facts, row.by, one, line.cut) == row.name}))


def called(facts: Facts, by: str, one: Observation, cut: date) -> str:
    """The row of that kind that the forecast of a figure on a day is in."""
    if by == "horizon":
        return horizon_of((middle_of(one) - cut).days / DAYS_A_YEAR * MONTHS_A_YEAR)
    family = FAMILIES[facts.programme.measures[one.measure].object]
    return {"overall": "all", "family": family, "measure": one.measure, "host": one.host}[by]


def days_of(facts: Facts, design: str) -> Collection[date] | None:
    """The days of a table by its name, "stated, named"; None for all that are kept."""
    odds = odds_of(facts.programme)
    return {"named": odds.named, "half-yearly": odds.half_yearly}.get(design.split(", ")[1])


def opens(claims: Claims, text: str) -> Span:
    """A score, which opens the later figures that it is made from."""
    return Figure(text, claims, title="score of forecasts of these later figures") if claims else method(text)


def group(row: Row) -> str:
    """What a row's figures are called."""
    return "all" if row.by == "overall" else GROUPS.get(row.name, row.name)


def percent(share: float | None) -> str:
    """A share as it is printed; a dash where there is none."""
    return "\u2013" if share is None else f"{100 * share:.0f} %"
