"""Priors that could have been stated on an earlier day.

A prior of `model.toml` counts as known when every row that its reason cites had been said, and when it acts through
nothing that was still to come. Any other, and all in a generic fit, is what an outsider would state of such a kind of
quantity (`backtest.toml`). Steps between years, and what a closure does to arrivals, are an outsider's in both: those
of the model were chosen by people who knew the course. What is assumed of classes of asserters and of places cites no
row; it stays in the fit of stated priors, and only a generic one does without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.unknowns import Unknown, scalar
from tallystick.forecasts.bench import AFTER, Bench
from tallystick.forecasts.odds import FILE, Generic, Odds
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
CITED = re.compile(r"\[([^\]]+)\]")
AND_MORE = "..."  # in a list of rows that goes on
WHOSE = "name claims, statements, events or rows of law"
OURS = ("class_scale", "class_bias", "part_weight")  # of asserters and places: an outsider has one for all


def priors_at(bench: Bench, odds: Odds, day: date, generic: bool) -> tuple[Array, Array]:
    """(size,) locations and widths of all unknowns, as they could be stated on `day`."""
    said = first_said(bench.programme)
    parts = [_prior(unknown, bench, odds, day, generic, said) for unknown in bench.model.layout.unknowns]
    location, width = zip(*parts, strict=True)
    return np.concatenate(location), np.concatenate(width)


def _prior(
    unknown: Unknown, bench: Bench, odds: Odds, day: date, generic: bool, said: Mapping[str, date]
) -> tuple[Array, Array]:
    name = unknown.name
    if name == "report_error" or (name in OURS and not generic):
        return np.array(unknown.location), np.array(unknown.width)
    if name.startswith("arrivals_"):
        return _arrivals(unknown, odds, day)
    if name.startswith("split_"):
        return _split(unknown, bench, odds, day)
    outsider = _of(odds, name)
    if unknown.transform == "steps":
        step = _of(odds, f"{name}.step").median
        return _steps(np.log(outsider.median), outsider.sd, np.full(unknown.size - 1, step))
    if not generic and name not in odds.unheard_of(day) and all(said[row] <= day for row in cited(unknown.why, said)):
        return np.array(unknown.location), np.array(unknown.width)
    one = scalar(name, outsider.transform, outsider.median, outsider.sd, "")
    return np.repeat(one.location, unknown.size), np.repeat(one.width, unknown.size)


def cited(why: str, known: Mapping[str, date]) -> tuple[str, ...]:
    """The rows that a reason cites in brackets; EvidenceError for one that is no row."""
    names = [name.strip() for group in CITED.findall(why) for name in group.split(",")]
    lost = [name for name in names if name not in known and name != AND_MORE]
    if lost:
        raise EvidenceError(f"a reason cites {lost[0]}, which is no row", file="model.toml", field="why", hint=WHOSE)
    return tuple(name for name in names if name in known)


def first_said(programme: Programme) -> dict[str, date]:
    """The first day on which each row can have been read: claims, statements, events and law."""
    out = {name: report.published_earliest for name, report in programme.reports.items()}
    said = {claim.id: claim.asserted_earliest for claim in programme.claims}
    said |= {one.id: out[one.report] for one in programme.statements}
    said |= {one.id: max(out[one.report], one.start or date.min) for one in programme.events}
    return said | {row.id: row.adopted_on or date.max for row in programme.law}


def _of(odds: Odds, name: str) -> Generic:
    if name not in odds.generic:
        hint = "name it in the [[generic]] of its kind"
        raise EvidenceError(f"no generic prior for {name}", file=FILE, field="generic", hint=hint)
    return odds.generic[name]


def _steps(level: float, sd: float, step: Array) -> tuple[Array, Array]:
    return np.full(1 + len(step), level), np.concatenate([[sd], step])


def _arrivals(unknown: Unknown, odds: Odds, day: date) -> tuple[Array, Array]:
    """A level a month, or what a closure does to it; both with yearly steps."""
    _, host, phase = unknown.name.split("_")
    step, breaks = _of(odds, f"arrivals.{host}.{phase}.step").median, odds.breaks_at(day)
    if phase == "after":
        _, median, sd = breaks["level_after_closure"].size
        return _steps(np.log(median), sd, step * np.sqrt(np.diff(AFTER) / 12))
    level = _of(odds, f"arrivals.{host}.{phase}")
    return _steps(np.log(level.median), level.sd, np.full(unknown.size - 1, step))


def _split(unknown: Unknown, bench: Bench, odds: Odds, day: date) -> tuple[Array, Array]:
    """Odds of a visa class: a level, ordinary steps, and a wide one where a known regime begins."""
    visa, first = unknown.name.removeprefix("split_"), bench.model.grid.first_year
    ordinary = _of(odds, f"split.{visa}.step").median
    starts = sorted(odds.regimes)
    level = _of(odds, f"split.{visa}.{starts[0]}")
    location, width = _steps(np.log(level.median), level.sd, np.full(unknown.size - 1, ordinary))
    for before, start in pairwise(starts):
        if odds.regimes[start] > day:
            continue
        year, month = (int(part) for part in start.split("-"))
        place = min(year - first + (month > 6), unknown.size - 1)  # a regime of the second half marks the next year
        now = _of(odds, f"split.{visa}.{start}")
        location[place:] += np.log(now.median / _of(odds, f"split.{visa}.{before}").median)
        width[place] = now.sd
    return location, width
