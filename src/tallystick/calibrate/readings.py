"""What permits, visas, border tables and quoted pay would read if nobody erred.

A crossing, a visa, a permit and a person are different things: each has its own operator and its own unknowns. What
tables would show are sums of terms that the programme's data state; pay and what is level in time are the same for all.
"""

from __future__ import annotations

from functools import reduce
from operator import mul
from typing import Any

import numpy as np

from tallystick.calibrate.model import Model, Reading, Switch, Term

Series = dict[str, Any]
WORLD = "WW"
# Quantities that a programme may leave out, and the unknowns that each needs.
LEVELS: dict[str, tuple[str, ...]] = {
    "hours_a_day": ("hours_a_day", "rest_days"),
    "rest_days": ("hours_a_day", "rest_days"),
    "shortage": ("shortage",),
    "reached_safety": ("rescue_level", "rescue_slope"),
}


def read(values: Series, model: Model, out: Series, xp: Any) -> None:
    """Add the observable series to the people and pay of `system`; out["open"] is the share of traffic that passes."""
    _pay(values, out, xp)
    for reading in model.readings:
        out[reading.id] = _of(reading, values, model, out)
    _constants(values, model, out, xp)


def _pay(values: Series, out: Series, xp: Any) -> None:
    if "employer_markup" in values:
        out["employer_cost"] = out["gross"] * values["employer_markup"]
    out["net"] = out["pocket"] + out["booked"]
    out["due"] = out["state"] * xp.exp(values["due_over_state"])
    out["taken_share"] = (out["state"] + out["agents"]) / out["gross"]
    out["kept_share"] = out["net"] / out["gross"]


def _of(reading: Reading, values: Series, model: Model, out: Series) -> Any:
    """(month,) or (host, month): the sum of its terms, as far as it is seen."""
    whole = _sum(reading, reading.hosts, values, model, out)
    for share, switch in reading.seen:
        whole = whole * (values[share] if switch is None else 1 - _months(switch, model) * (1 - values[share]))
    return whole / _sum(reading, (WORLD,), values, model, out) if reading.of_world else whole


def _sum(reading: Reading, hosts: tuple[str, ...], values: Series, model: Model, out: Series) -> Any:
    return sum(_term(term, hosts, values, model, out) for term in reading.terms)


def _term(term: Term, hosts: tuple[str, ...], values: Series, model: Model, out: Series) -> Any:
    rows = [_rows(out[name], hosts, model) for name in term.of]
    amount = sum(rows) if rows else np.ones(len(model.grid))
    amount = reduce(mul, (values[name] for name in term.times), amount) / term.per
    amount = amount if term.switch is None else amount * _months(term.switch, model)
    return amount * out["open"] if term.with_traffic else amount


def _rows(series: Any, hosts: tuple[str, ...], model: Model) -> Any:
    """The sum of a series over `hosts`; all of its rows where none is named, itself where it has only one."""
    if series.ndim == 1 or not hosts:
        return series
    return sum(series[(*model.hosts, WORLD).index(host)] for host in hosts)


def _months(switch: Switch, model: Model) -> Any:
    """(month,) 1 where the switch is on."""
    span = model.calendar.spans[switch.span]
    return span if switch.inside else 1 - span


def _constants(values: Series, model: Model, out: Series, xp: Any) -> None:
    """Quantities that the evidence cannot date: level through the grid, but for terms, rescues and what has nodes."""
    one, has = np.ones(len(model.grid)), has_levels(values)
    for name in ("hours_a_day", "rest_days", "paid_share", "shortage"):
        if name in has:
            out[name] = model.nodes[name] @ values[name] if name in model.nodes else one * values[name]
    before = model.calendar.before
    since = values["term_after"] if "closed" in model.calendar.spans else values["term_before"]
    out["term"] = before * values["term_before"] + (1 - before) * since
    if "reached_safety" in has:
        out["reached_safety"] = rescued(values, model, xp)


def rescued(values: Series, model: Model, xp: Any) -> Any:
    """(month,) persons who reach safety in a month."""
    return values["rescue_level"] * xp.exp(values["rescue_slope"] * model.calendar.years_on) / 12


def has_levels(known: Any) -> set[str]:
    """The quantities level in time whose unknowns are among `known`."""
    return {"paid_share", *(name for name, needs in LEVELS.items() if set(needs) <= set(known))}
