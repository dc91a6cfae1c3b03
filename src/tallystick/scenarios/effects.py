"""Which lever moves what, by how much, and how sure: effects of scenarios that pull one lever, each alone.

"How sure" is about direction: the share of the fit's draws whose mean effect has the sign of the median. What every
programme is told of first is listed here, in the order of its tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from tallystick.scenarios.results import Results, Row, plain_row
from tallystick.scenarios.scenario import Lever, Pull, Scenario, least_caution

FIRST = (  # what an overview is of
    "workers_present", "state_income", "booked_owed", "ordered_home_since", "lost_since_ordered_home",
)  # fmt: skip
MAIN = (
    "workers_present", "arrivals", "state_income", "booked_owed", "booked_paid", "ordered_home_since",
    "lost_since_ordered_home", "hours", "deaths", "injuries", "vacancies_filled", "months_after_deadline_early",
    "months_after_deadline_stranded", "months_after_deadline_later",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverEffect:
    """One outcome under one lever, against the baseline's same runs."""

    lever: Lever
    strength: float
    start: str  # "YYYY-MM"
    row: Row

    def as_json(self) -> dict[str, Any]:
        """Plain values, those of the lever first."""
        about = {"lever": self.lever.id, "name_of_lever": self.lever.name, "strength": self.strength}
        return {**about, "unit_of_strength": self.lever.unit, "from": self.start, **plain_row(self.row)}


def each_alone(scenarios: Iterable[Scenario], levers: Mapping[str, Lever]) -> tuple[Scenario, ...]:
    """Scenarios of one lever: those that pull one and set nothing, then each lever that is pulled only with others."""
    every = tuple(scenarios)
    found = {each.id: each for each in every if lever_of(each) is not None}
    pulled = {lever_of(each) for each in found.values()}
    for scenario in every:
        for lever in dict.fromkeys(pull.lever for pull in scenario.pulls):
            if lever not in pulled:
                pulls = tuple(pull for pull in scenario.pulls if pull.lever == lever)
                one = replace(scenario, id=_free(lever, every), name=levers[lever].name, pulls=pulls, drives=())
                found, pulled = found | {one.id: one}, pulled | {lever}
    return tuple(found.values())


def at_full(lever: Lever, start: str, every: Sequence[Scenario]) -> Scenario:
    """A scenario that pulls a lever to the end of its range, where none that ships does."""
    pull = Pull(lever=lever.id, strength=lever.high, start=start, until="", over_months=0)
    return Scenario(
        id=_free(lever.id, every), name=lever.name, question="", says=lever.says, belief="",
        caution=least_caution([lever]), pulls=(pull,), evidence=(), text="",
    )  # fmt: skip


def _free(id: str, every: Sequence[Scenario]) -> str:
    """A name that no scenario has: some are called as the lever that they pull, or that another pulls."""
    return f"{id}_alone" if any(each.id == id for each in every) else id


def lever_of(scenario: Scenario) -> str | None:
    """The one lever that a scenario pulls; None where it pulls several or none, or sets a driver."""
    pulled = {pull.lever for pull in scenario.pulls}
    return pulled.pop() if len(pulled) == 1 and not scenario.drives else None


def lever_effects(
    results: Results, scenarios: Iterable[Scenario], levers: Mapping[str, Lever], year: int | None,
    outcomes: Sequence[str],
) -> tuple[LeverEffect, ...]:  # fmt: skip
    """Of that year or of all, by outcome in the order asked for, the largest median first; of levers pulled alone."""
    alone = {each.id: (lever, each.pulls[-1]) for each in scenarios if (lever := lever_of(each)) is not None}
    found = [
        LeverEffect(lever=levers[lever], strength=pull.strength, start=pull.start, row=row)
        for row in results.effects
        if year in (None, row.year) and row.outcome in outcomes and row.scenario in alone
        for lever, pull in [alone[row.scenario]]
    ]
    return tuple(sorted(found, key=lambda each: (outcomes.index(each.row.outcome), each.row.year, -_size(each.row))))


def _size(row: Row) -> float:
    median = row.figures.all.median
    return abs(median) if isfinite(median) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Where the mean of the runs lies furthest from the mean without chance, in standard deviations of the runs."""

    row: Row
    deviations: float


def widest_gap(results: Results) -> Gap | None:
    """The widest gap of all levels; None where nothing varies, or nobody asked for the mean without chance."""
    gaps = [Gap(row=row, deviations=each) for row in results.levels if (each := _gap(row)) is not None]
    return max(gaps, key=lambda gap: gap.deviations, default=None)


def _gap(row: Row) -> float | None:
    if row.mean_field is None or not row.figures.all.sd > 0:
        return None
    return abs(row.figures.mean - row.mean_field) / row.figures.all.sd


def outcome_ids(results: Results) -> tuple[str, ...]:
    """All outcomes, in the order in which tables have them."""
    return tuple(dict.fromkeys(row.outcome for row in results.levels))
