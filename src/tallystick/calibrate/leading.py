"""The figures that a brief leads with (`trust.toml`): which they are, and their draws.

Only of these is it asked what they hang on. What is never told (`untold` in model.toml) cannot be one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.headline import AXES
from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Leading

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
FILE, TABLE = "trust.toml", "trust"
PERIOD = {"month": re.compile(r"\d{4}-(0[1-9]|1[0-2])"), "year": re.compile(r"\d{4}")}
SPLITS = ("visa_class", "visa_or_all", "cohort", "cohort_or_all")


def leading_of(programme: Programme) -> tuple[Leading, ...]:
    """The programme's leading figures that `as_of` can know, in its order; EvidenceFaults names what is none."""
    faults = Faults()
    whole = Entry(FILE, None, programme.tables.get(TABLE, {}), faults)
    whole.only(("figure",))
    entries = whole.tables("figure", keys=("id", "host", "period", "part"), required=False)
    found = [_figure(entry, programme) for entry in entries]
    faults.raise_if_any()
    day = programme.as_of.isoformat() if programme.as_of else "9999"
    return tuple(one for one in found if one.period <= day[: len(one.period)])


def _figure(entry: Entry, programme: Programme) -> Leading:
    headline = programme.tables["model"]["headline"]
    name = entry.choice("id", [one for one in headline if not headline[one].get("untold")], what="estimand")
    host, part = entry.choice("host", programme.hosts, what="host"), entry.text("part", required=False)
    axes = AXES.get(name, ())
    _period(entry, axes, headline.get(name, {}).get("years", programme.window))
    if not set(axes) & {"host", "world"} and host != programme.focus.id:
        entry.fault("host", f"{name} speaks of {programme.focus.id} alone", "name that host")
    split = [axis for axis in axes if axis in SPLITS]
    if bool(part) != bool(split):
        entry.fault("part", f"{name} is split by {split[0] if split else 'nothing'}", "name a part, or leave it out")
    return Leading(id=name, host=host, period=entry.text("period"), part=part or None)


def _period(entry: Entry, axes: Sequence[str], years: Sequence[int]) -> None:
    axis, period = axes[-1] if axes else "year", entry.text("period")
    if period and not PERIOD[axis].fullmatch(period):
        entry.fault("period", f"{shown(period)} is no {axis}", f"write {'2019-12' if axis == 'month' else '2019'}")
    elif period and not years[0] <= int(period[:4]) <= years[1]:
        entry.fault("period", f"{period} is not published", f"it is, for {years[0]} to {years[1]}")


def draws_of(draws: xr.Dataset, figures: Sequence[Leading]) -> Array:
    """(draw, figure) values."""
    return np.stack([_values(draws, one) for one in figures], axis=1) if figures else np.empty((draws.sizes["draw"], 0))


def _values(draws: xr.Dataset, one: Leading) -> Array:
    whole = draws[one.id]
    labels: Mapping[str, Any] = {
        "host": one.host, "month": one.period, "year": one.period, "visa_class": one.part, "cohort": one.part,
    }  # fmt: skip
    cell = whole.sel({str(axis): labels[str(axis)] for axis in whole.dims[1:]})
    return np.asarray(cell.values, dtype=float)
