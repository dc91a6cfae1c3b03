"""Which later figures a row of the kept backtest is made from: its file keeps lines by claim, and rows by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from math import exp, log
from statistics import fmean

from tallystick.brief.chapters.base import where
from tallystick.brief.document import Figure, Span, Spans
from tallystick.brief.facts import Facts
from tallystick.brief.prose import join, method
from tallystick.forecasts.figures import DAYS_A_YEAR, MONTHS_A_YEAR, NUMBERED, middle_of
from tallystick.forecasts.kept import Kept, Line
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.score import FAMILIES, Row, horizon_of
from tallystick.reconcile.account import Observation

Claims = tuple[str, ...]
Pairs = Sequence[tuple[Line, Observation]]
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
    chosen = (line for line, _ in pairs_in(facts, kept, row) if days is None or line.cut in days)
    return tuple(sorted({line.claim for line in chosen}))


def pairs_in(facts: Facts, kept: Kept, row: Row) -> Pairs:
    """The forecasts of all kept days that a row is made from."""
    pairs = used_lines(facts, kept)
    return [(line, one) for line, one in pairs if called(facts, row.by, one, line.cut) == row.name]


def by_figure(pairs: Pairs, value: Callable[[Line], float]) -> float | None:
    """The mean over figures, each with the mean over the days on which it was forecast; None of nothing."""
    found: dict[str, list[float]] = defaultdict(list)
    for line, _ in pairs:
        found[line.claim].append(value(line))
    return fmean(map(fmean, found.values())) if found else None


def missed_by(pairs: Pairs) -> float | None:
    """By what factor the middles of the forecasts missed: the mean distance in logs, as a factor; None of nothing."""
    off = by_figure(pairs, lambda line: abs(log(line.median / line.said)))
    return None if off is None else exp(off)


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


def group(facts: Facts, row: Row) -> str:
    """What a row's figures are called."""
    if row.by == "host":
        return where(facts, row.name)
    return "all" if row.by == "overall" else GROUPS.get(row.name, row.name)


def redrawn(scored: Claims, row: Row) -> Spans:
    """Between what an 80 % interval may have held: "43 % to 72 % in nineteen of twenty cases when ..."."""
    if "coverage_80" not in row.intervals:
        return ()
    low, high = row.intervals["coverage_80"]["shocks"]
    return join(
        opens(scored, percent(low)),
        " to ",
        opens(scored, percent(high)),
        " in nineteen of twenty cases when whole periods are redrawn by lot",
    )


def percent(share: float | None) -> str:
    """A share as it is printed; a dash where there is none."""
    return "\u2013" if share is None else f"{100 * share:.0f} %"
