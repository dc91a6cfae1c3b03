"""What permits, visas, border tables and quoted pay would read if nobody erred.

A crossing, a visa, a permit and a person are different things: each has its own operator and its own unknowns.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tallystick.calibrate.model import VISAS, Model

Series = dict[str, Any]


def read(values: Series, model: Model, out: Series, xp: Any) -> None:
    """Add the observable series to the people and pay of `system`; out["open"] is the share of traffic that passes."""
    _pay(values, out, xp)
    _counts(values, model, out)
    _visas(values, out)
    _crossings(values, model, out)
    _constants(values, model, out, xp)


def _pay(values: Series, out: Series, xp: Any) -> None:
    out["employer_cost"] = out["gross"] * values["employer_markup"]
    out["net"] = out["pocket"] + out["booked"]
    out["due"] = out["state"] * xp.exp(values["due_over_state"])
    out["taken_share"] = (out["state"] + out["agents"]) / out["gross"]
    out["kept_share"] = out["net"] / out["gross"]


def _counts(values: Series, model: Model, out: Series) -> None:
    """Permits see part of those on work visas, another part while returns are ordered; counts see part of all."""
    ordered, present = model.calendar.ordered, out["present"][model.hosts.index(model.focus)]
    seen = values["permit_coverage"] * (1 - ordered) + values["permit_coverage_2018"] * ordered
    out["permits"] = out["present_work"] * seen
    out["counted"] = present * values["count_coverage_2020"]
    out["nationals"] = present + values["nationals_not_workers"]


def _visas(values: Series, out: Series) -> None:
    """Visas issued in a month. Study visas follow arrivals and relabelled stays, other visas follow months of stay."""
    begun = (out["arrived_study"] + out["relabelled_study"]) * values["visas_per_study_arrival"]
    stays = out["present_other"] * values["visas_per_other_stay"]
    out["visas_work"] = out["arrived_work"] * values["visas_per_work_arrival"]
    out["visas_study"] = begun + values["true_student_visas"] * out["open"]
    out["visas_other"] = (stays + values["true_visitors"]) * out["open"]
    out["visas_all"] = sum(out[f"visas_{visa}"] for visa in VISAS)


def _crossings(values: Series, model: Model, out: Series) -> None:
    """Crossings into the focus host, as far as tables show: workers' first entries, re-entries, everybody else's.

    Whoever really studies crosses once a year.
    """
    cal = model.calendar
    shown = 1 - cal.withheld * (1 - values["entries_coverage_2025"])
    first, business = values["crossings_per_arrival"], values["business_crossings"] * cal.open
    again = values["visa_runs"] * out["present_other"] * cal.open
    others = values["other_crossings"] * cal.open + values["other_crossings_closed"] * (1 - cal.open)
    arrived = sum(out[f"arrived_{visa}"] for visa in VISAS)
    out["entries"] = shown * (first * arrived + again + others + business)
    out["entries_study"] = shown * (first * out["arrived_study"] + values["true_students"] / 12)
    out["entries_business"] = shown * (first * out["arrived_other"] + business)
    out["entries_work"] = shown * first * out["arrived_work"]


def _constants(values: Series, model: Model, out: Series, xp: Any) -> None:
    """Quantities that the evidence cannot date: level through the grid, but for terms and rescues."""
    cal, one = model.calendar, np.ones(len(model.grid))
    for name in ("hours_a_day", "rest_days", "paid_share"):
        out[name] = one * values[name]
    out["term"] = cal.before * values["term_before"] + (1 - cal.before) * values["term_after"]
    out["students"], out["shortage"] = one * values["true_students"], one * values["shortage"]
    out["reached_safety"] = values["rescue_level"] * xp.exp(values["rescue_slope"] * cal.years_on) / 12
