"""From monthly series to the headline estimands of one draw, and from draws to a labelled dataset."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from tallystick.calibrate.model import Model
from tallystick.calibrate.readings import has_levels
from tallystick.calibrate.system import Series, series_of
from tallystick.vocab.programme import Programme

if TYPE_CHECKING:
    import xarray as xr

AXES: Mapping[str, tuple[str, ...]] = {
    "workers_present": ("world", "month"),
    "workers_present_by_visa": ("visa_class", "month"),
    "workers_present_by_cohort": ("cohort", "month"),
    "workers_arrived": ("visa_or_all", "year"),
    "workers_arrived_by_host": ("host", "year"),
    "workers_left_by_host": ("host", "year"),
    "gross_wage": ("host", "year"),
    "state_take": ("host", "year"),
    "state_take_share": ("host", "year"),
    "agents_and_costs": ("host", "year"),
    "pocket_money": ("host", "year"),
    "booked_pay": ("host", "year"),
    "paid_share": (),
    "programme_revenue": ("world", "year"),
    "gross_pay_total": ("world", "year"),
    "booked_pay_owed": ("world", "year"),
    "worker_months_after_deadline": ("cohort_or_all", "year"),
    "hours_worked": ("year",),
    "kept_per_hour": ("year",),
    "escapes_to_safety": ("year",),
    "shortage_filled": ("year",),
}
DAYS_A_YEAR = 365.25
NEEDS = {"hours_worked": "hours_a_day", "kept_per_hour": "hours_a_day"}  # what a programme may have no unknowns for
NEEDS |= {"escapes_to_safety": "reached_safety", "shortage_filled": "shortage"}


def axes_of(model: Model) -> dict[str, tuple[str, ...]]:
    """AXES, less the estimands that this model has no unknowns for."""
    has = has_levels({one.name for one in model.layout.unknowns})
    return {name: axes for name, axes in AXES.items() if NEEDS.get(name, "paid_share") in has}


def untold_measures(programme: Programme) -> frozenset[str]:
    """Measures of what no output gives a number of (`untold` in model.toml).

    No forecast is made of them, no one claim of them is weighed in the open, and no table of them is asked for.
    """
    headline = programme.tables["model"]["headline"].values()
    return frozenset(measure for entry in headline if entry.get("untold") for measure in entry["measures"])


def headline_of(values: Series, model: Model, after: Any, xp: Any) -> Series:
    """The headline estimands of one draw, axes as in AXES. `after` weighs months after the deadline (see below)."""
    series = series_of(values, model, xp)
    hosts = len(model.hosts)
    out = {"workers_present": series["present"]}
    out["workers_present_by_visa"] = xp.stack([series[f"present_{visa}"] for visa in model.visas.all])
    cohorts = xp.stack([series[cohort] for cohort in model.cohorts])
    out["workers_present_by_cohort"] = cohorts
    arrived = _yearly(xp.stack([series[f"arrived_{visa}"] for visa in model.visas.all]))
    out["workers_arrived"] = _and_sum(arrived, xp)
    out["workers_arrived_by_host"] = _yearly(series["arrived"])[:hosts]
    out["workers_left_by_host"] = _yearly(series["left"])[:hosts]
    out.update(_pay(values, series, hosts))
    out["worker_months_after_deadline"] = _and_sum(xp.cumsum(_yearly(cohorts * after), axis=-1), xp)
    out.update(_work(values, series, model, xp))
    return out


def _yearly(monthly: Any) -> Any:
    return monthly.reshape(*monthly.shape[:-1], -1, 12).sum(axis=-1)


def _pay(values: Series, series: Series, hosts: int) -> Series:
    parts = {"gross_wage": "gross", "state_take": "state", "agents_and_costs": "agents"}
    parts |= {"pocket_money": "pocket", "booked_pay": "booked"}
    out = {name: _yearly(series[part])[:hosts] / 12 for name, part in parts.items()}
    out["state_take_share"] = out["state_take"] / out["gross_wage"]
    out["paid_share"] = values["paid_share"]
    out["programme_revenue"], out["gross_pay_total"] = _yearly(series["revenue_state"]), _yearly(series["pay_total"])
    out["booked_pay_owed"] = series["owed"][:, 11::12]
    return out


def _work(values: Series, series: Series, model: Model, xp: Any) -> Series:
    """Hours, what a worker keeps an hour (pocket money, and booked pay as far as it is paid), rescues, jobs filled."""
    place = model.hosts.index(model.focus)
    out: Series = {}
    if "hours_a_day" in series:
        years = xp.ones(len(model.grid.years))
        hours = values["hours_a_day"] * (DAYS_A_YEAR - values["rest_days"]) * years
        kept = _yearly(series["pocket"][place] + series["booked"][place] * values["paid_share"])
        out |= {"hours_worked": hours, "kept_per_hour": kept / hours}
    if "reached_safety" in series:
        out["escapes_to_safety"] = _yearly(series["reached_safety"])
    if "shortage" in series:
        out["shortage_filled"] = _yearly(series["present"][place] / series["shortage"]) / 12
    return out


def _and_sum(by_group: Any, xp: Any) -> Any:
    return xp.concatenate([by_group, by_group.sum(axis=0)[None]])


def after_deadline(model: Model, deadline: date) -> Any:
    """(month,) weights of worker-months after the deadline: the days left of its month, then whole months."""
    weights = np.array([float(month > f"{deadline:%Y-%m}") for month in model.grid.months])
    days = monthrange(deadline.year, deadline.month)[1]
    weights[model.grid.index(f"{deadline:%Y-%m}")] = (days - deadline.day) / days
    return weights


def labels_of(model: Model) -> dict[str, tuple[str, list[str]]]:
    """Each axis of AXES: the name that readers use and its labels."""
    return {
        "world": ("host", [*model.hosts, "WW"]),
        "host": ("host", list(model.hosts)),
        "visa_class": ("visa_class", list(model.visas.all)),
        "visa_or_all": ("visa_class", [*model.visas.all, "all"]),
        "cohort": ("cohort", list(model.cohorts)),
        "cohort_or_all": ("cohort", [*model.cohorts, "all"]),
        "month": ("month", list(model.grid.months)),
        "year": ("year", list(model.grid.years)),
    }


def dataset(arrays: Mapping[str, Any], model: Model) -> xr.Dataset:
    """Draws with labelled axes: `draw` first, then the axes of each estimand under the names that readers use."""
    import xarray as xr

    labels = labels_of(model)

    def labelled(name: str) -> xr.DataArray:
        axes = [labels[axis] for axis in AXES[name]]
        return xr.DataArray(np.asarray(arrays[name]), coords=dict(axes), dims=["draw", *(axis for axis, _ in axes)])

    # Joined axes are sorted by label; where an estimand has no such cell (pay of the world, all visas) it holds NaN.
    return xr.merge([labelled(name).rename(name) for name in axes_of(model)], join="outer")
