"""The model as the backtest fits it: the programme's own equations, laid out so that one compile serves every cut.

Every figure that any cut could use has a place, and a cut says which of them had been published. Nodes stand a year
apart, whatever later turned out to matter, and what the border does to arrivals once it opens again is told from the
day it opens; so nothing of the layout knows the future. What was known, and how likely each future was, is data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate import engine
from tallystick.calibrate.density import Terms, terms_of
from tallystick.calibrate.headline import untold_measures
from tallystick.calibrate.model import Model, model_of
from tallystick.calibrate.observe import Data, compile_data, parts_of, reports_of
from tallystick.calibrate.settings import check_model
from tallystick.calibrate.system import names_of, series_of
from tallystick.calibrate.unknowns import Layout, Unknown
from tallystick.evidence.as_of import as_of
from tallystick.forecasts.figures import first_heard
from tallystick.reconcile.account import Observation, reconcile
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
MID_YEAR = "07"
AFTER = (0, 6, 12, 24, 36)  # months since the border opened at which what it does to arrivals has nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Everything that all cuts share."""

    programme: Programme
    model: Model
    data: Data
    observations: tuple[Observation, ...]  # of all accounts, each distinct one once; the columns of `data`
    present: NDArray[np.bool_]  # which of them the whole account holds
    at: dict[date, NDArray[np.bool_]]  # cut -> which observations its account holds
    terms: Terms  # of the whole evidence, for shapes
    asserted: dict[str, date]  # claim -> the first day on which it, or a copy of its origin, can have been said

    def known_at(self, day: date) -> tuple[Observation, ...]:
        """What the account of that day holds."""
        return tuple(one for one, is_in in zip(self.observations, self.at[day], strict=True) if is_in)

    def later_than(self, day: date) -> tuple[tuple[int, Observation], ...]:
        """Observations of the whole account that nobody can have said by that day, with their places.

        Those of measures that are never forecast are left out.
        """
        apart = untold_measures(self.programme)
        later = [
            is_in and self.asserted[one.claim] > day and one.measure not in apart
            for one, is_in in zip(self.observations, self.present, strict=True)
        ]
        return tuple((int(at), self.observations[at]) for at in np.flatnonzero(later))


def bench_of(programme: Programme, days: Sequence[date], asked: Sequence[Observation] = ()) -> Bench:
    """Lay the model out for fits as of these days; EvidenceError where the model is at fault.

    asked : figures that nobody has published, to be forecast; the last places are theirs, and no account holds them.
    """
    check_model(programme)
    engine.prepare()
    accounts = {day: _out_by(programme, day) for day in days}
    account = reconcile(programme)
    whole = account.observations
    known = {one for seen in (whole, *accounts.values()) for one in seen}
    # By name and not by number: else a later figure would move the order in which terms are summed, and all digits.
    union = (*sorted(known, key=lambda one: (one.claim, str(one))), *asked)
    hosts = tuple(host for host in programme.hosts if host != "WW")
    laid = _yearly(programme)
    model = _walking(model_of(laid, parts_of(union, hosts), len(reports_of(union))))
    middle = model.layout.values(np.zeros(model.layout.size), *model.layout.priors(), np)
    data = compile_data(laid, union, model, names_of(model, series_of(middle, model, np)))
    place = {one: at for at, one in enumerate(union)}
    masks = {day: _mask([place[one] for one in seen], len(union)) for day, seen in accounts.items()}
    return Bench(
        programme=programme,
        model=model,
        data=data,
        observations=union,
        present=_mask([place[one] for one in whole], len(union)),
        at=masks,
        terms=terms_of(model, data),
        asserted=first_heard(account, programme),
    )


def _out_by(programme: Programme, day: date) -> tuple[Observation, ...]:
    """What the account of that day holds, less what is only known to have been said by a later one."""
    latest = {claim.id: claim.asserted_latest for claim in programme.claims}
    return tuple(one for one in reconcile(as_of(programme, day)).observations if latest[one.claim] <= day)


def _mask(places: Sequence[int], size: int) -> NDArray[np.bool_]:
    mask = np.zeros(size, dtype=bool)
    mask[places] = True
    return mask


def _yearly(programme: Programme) -> Programme:
    """The programme with nodes a year apart in its model's settings; medians and widths come with each cut."""
    first, last = programme.window
    years = [f"{year}-{MID_YEAR}" for year in range(first, last + 1)]
    table = dict(programme.tables["model"])
    level = {"median": 1.0, "sd": 1.0}
    every: dict[str, Any] = {"nodes": years, **level, "step_sd": [1.0] * (len(years) - 1)}
    since: dict[str, Any] = {"nodes": years[: len(AFTER)], **level, "step_sd": [1.0] * (len(AFTER) - 1)}
    hosts = table["arrivals"]
    table["arrivals"] = {host: {"before": every, "after": since, "why": one["why"]} for host, one in hosts.items()}
    table["unknown"] = [one | ({"nodes": years} if one["transform"] == "steps" else {}) for one in table["unknown"]]
    if "split" in table:
        visas = {name: one for name, one in table["split"].items() if isinstance(one, dict)}
        lists = {name: {"median": [1.0] * len(years), "sd": [1.0] * len(years)} for name in visas}
        starts = [f"{year}-01" for year in range(first, last + 1)]
        table["split"] = {"from": starts, "why": table["split"]["why"], **lists}
    return replace(programme, tables={**programme.tables, "model": table})


def _walking(model: Model) -> Model:
    """Odds of visa classes go in yearly steps, as arrivals and wages do: no year is a regime of its own.

    Arrivals go on through every year; what a closure does to them once it has ended is added to that.
    """
    full = {name: model.grid.interpolation(_years(model)) for name in model.nodes if name.endswith("_before")}
    stepped = Layout(tuple(_stepped(one) for one in model.layout.unknowns))
    return replace(model, layout=stepped, nodes={**model.nodes, **full})


def _years(model: Model) -> list[str]:
    return [f"{year}-{MID_YEAR}" for year in model.grid.years]


def _stepped(unknown: Unknown) -> Unknown:
    return replace(unknown, transform="steps") if unknown.name.startswith("split_") else unknown
