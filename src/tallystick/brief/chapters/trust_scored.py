"""Which later figures a row of the kept backtest is made from: its file keeps lines by claim, and rows by name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from tallystick.brief.document import Figure, Span
from tallystick.brief.facts import Facts
from tallystick.brief.prose import method
from tallystick.forecasts.figures import DAYS_A_YEAR, MONTHS_A_YEAR, NUMBERED, middle_of
from tallystick.forecasts.kept import Kept
from tallystick.forecasts.odds_table import odds_of
from tallystick.forecasts.score import FAMILIES, Row, horizon_of
from tallystick.reconcile.account import Observation

Claims = tuple[str, ...]


def scored_in(facts: Facts, kept: Kept, row: Row, days: Collection[date] | None = None) -> Claims:
    """Later figures with a number of their own that are in a row; days : only those forecast on one of them.

    A claim that this account does not use, or no longer, is in none.
    """
    used = {one.claim: one for one in facts.account.observations}
    lines = (one for one in kept.lines if one.kind in NUMBERED and one.claim in used)
    chosen = (one for one in lines if days is None or one.cut in days)
    return tuple(sorted({one.claim for one in chosen if _called(facts, row.by, used[one.claim], one.cut) == row.name}))


def _called(facts: Facts, by: str, one: Observation, cut: date) -> str:
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
