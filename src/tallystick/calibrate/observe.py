"""Observations as arrays: which series each speaks of, over which window, and how far it limits it.

A point is centred on what the series would read; "at least" and "up to" speak through a tail, a range and a round
figure through the mass over what was said or would have been rounded to it. An observation for which the model has no
series is an error and never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.model import GROUPS, Model, group_of
from tallystick.reconcile.account import Observation
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
KINDS = ("point", "at_least", "up_to", "range", "rounded")
OPEN = 1e9  # stands for "no limit" on the log scale, far beyond any figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """(claim,) arrays in the order of the observations; logs of the claims' own units."""

    claims: tuple[str, ...]
    origins: tuple[str, ...]
    names: tuple[str, ...]  # the series that claims speak of
    row: NDArray[np.int64]  # each claim's place among `names`
    window: Array  # (claim, month) weights
    kind: NDArray[np.int64]  # place in KINDS
    low: Array
    point: Array
    high: Array
    who: NDArray[np.int64]  # asserter class
    lean: NDArray[np.int64]  # slot of the class's bias for this group of measures
    part: NDArray[np.int64]  # slot of a country within its host group, -1 for none
    report: NDArray[np.int64]  # slot of an error shared with others, -1 for none
    undated: Array  # 1 for a level of some day in the window, nobody knows which; else 0
    counting: Array  # log variance of a count of so many: one over the count; 0 for rates
    varies: Array  # log variance of its period about a rate that the model holds level; 0 where it moves
    used: Array  # 1, or 0 where a named alternative leaves the claim out


def parts_of(observations: Sequence[Observation], hosts: Sequence[str]) -> tuple[str, ...]:
    """Countries that stand for their share of a host group, in order."""
    return tuple(sorted({one.host for one in observations} - set(hosts) - {"WW"}))


def shared_key(one: Observation) -> str:
    """Figures of one table or briefing in one unit: they share part of their error. Hours and heads do not."""
    return f"{one.report}, {one.unit}" if one.report else ""


def reports_of(observations: Sequence[Observation]) -> tuple[str, ...]:
    """The keys that two figures or more have in common."""
    keys = [key for key in map(shared_key, observations) if key]
    return tuple(sorted({key for key in keys if keys.count(key) > 1}))


def compile_data(programme: Programme, observations: Sequence[Observation], model: Model, known: Sequence[str]) -> Data:
    """Arrays for the density. `known` names the model's series; EvidenceError names a claim without one."""
    parts, reports = parts_of(observations, model.hosts), reports_of(observations)
    classes = tuple(programme.asserter_classes)
    series = [_series(one, model, known) for one in observations]
    limits = [one.cell or (one.low, one.high) for one in observations]
    names = tuple(dict.fromkeys(series))
    who = np.array([classes.index(one.asserter_class) for one in observations])
    group = np.array([group_of(programme.measures[one.measure].object) for one in observations])
    is_part = [_is_part(one, programme, name) for one, name in zip(observations, series, strict=True)]
    return Data(
        claims=tuple(one.claim for one in observations),
        origins=tuple(one.origin for one in observations),
        names=names,
        row=np.array([names.index(name) for name in series]),
        window=np.stack([_window(one, model) for one in observations]),
        kind=np.array([KINDS.index("rounded" if one.cell else one.kind) for one in observations]),
        low=np.array([_log(one, low, -OPEN) for one, (low, _) in zip(observations, limits, strict=True)]),
        point=np.array([_log(one, one.point, 0.0) for one in observations]),
        high=np.array([_log(one, high, OPEN) for one, (_, high) in zip(observations, limits, strict=True)]),
        who=who,
        lean=who * len(GROUPS) + group,
        part=np.array([parts.index(one.host) if yes else -1 for one, yes in zip(observations, is_part, strict=True)]),
        report=np.array([reports.index(key) if key in reports else -1 for key in map(shared_key, observations)]),
        undated=np.array([float(one.undated) for one in observations]),
        counting=np.array([_counting(one, place) for one, place in zip(observations, group, strict=True)]),
        varies=np.array([model.operators[one.measure].get("varies", 0.0) ** 2 for one in observations]),
        used=np.ones(len(observations)),
    )


def _is_part(one: Observation, programme: Programme, series: str) -> bool:
    """Whether it counts a share of a host group: heads of one country. A wage or a share of pay is read whole."""
    counted = programme.measures[one.measure].kind in ("S", "F")
    return counted and one.host not in programme.hosts and series.endswith(f":{programme.places[one.host].host}")


def _counting(one: Observation, group: int) -> float:
    """A count of n events varies by its square root: on the log scale, variance 1/n (Poisson)."""
    count = one.point or one.low or one.high
    return 1 / count if group == 0 and count else 0.0


def _series(one: Observation, model: Model, known: Sequence[str]) -> str:
    operator = model.operators.get(one.measure)
    kind = model.speaks_of.get(one.claim, operator["series"] if operator else "")
    if kind == "revenue":
        kind = "revenue_state" if one.basis == model.basis_of_state else "revenue_mixed"
    for name in (f"{kind}:{one.host}", kind, f"{kind}:{model.host_of.get(one.host)}"):
        if name in known:
            return name
    raise EvidenceError(
        f"{one.claim} is used, but the model has no series for {one.measure} in {one.host}",
        file="model.toml",
        field="operators",
        hint="add an operator, or give the claim another disposition in hand/dispositions.csv with the reason",
    )


def _window(one: Observation, model: Model) -> Array:
    """Weights over months: one for each month of a sum; they add up to one for a mean, to twelve for a yearly rate."""
    weights = model.grid.overlap(one.start, one.end)
    if not weights.any():
        problem = f"its window {one.start} to {one.end} lies outside the programme's years"
        raise _fault(one, problem, "correct the period, or the window")
    total = model.operators[one.measure]["take"] == "sum"
    if total and not one.unit.endswith("/year"):
        return weights
    return np.asarray(weights / weights.sum() * (12 if total else 1))


def _log(one: Observation, value: float | None, missing: float) -> float:
    if value is None:
        return missing
    if not value > 0:
        raise _fault(one, f"{value} has no logarithm", "a zero is context, not an observation")
    return float(np.log(value))


def _fault(one: Observation, problem: str, hint: str) -> EvidenceError:
    return EvidenceError(f"{one.claim}: {problem}", file="claims.csv", field="period", hint=hint)
