"""From named values to monthly series: the people and pay of `stocks`, and what each observable would read.

Axes: months last. A *host series* has one row per host of the model and a last one for the world; a *focus series*
speaks of the focus host alone, a *common series* of all hosts alike. Rows are named `kind:host` or `kind`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tallystick.calibrate.model import VISAS, Model
from tallystick.calibrate.readings import read
from tallystick.stocks import pay, people
from tallystick.stocks.people import Border, Hazards, Ops

Series = dict[str, Any]
COMMON = ("hours_a_day", "rest_days", "paid_share", "term")


def series_of(values: Series, model: Model, xp: Any) -> Series:
    """All monthly series of one draw, by kind. `xp` is numpy or jax.numpy."""
    ops = Ops(xp.exp, xp.expm1, xp.log, _running_sum)
    out: Series = {"open": model.calendar.open + (1 - model.calendar.open) * values["leak"]}
    arrived = _arrivals(values, model, xp) * out["open"]
    _people(values, model, arrived, ops, out, xp)
    _pay(values, model, ops, out, xp)
    read(values, model, out, xp)
    del out["open"]
    return out


def names_of(model: Model, series: Series) -> tuple[str, ...]:
    """The names of all rows: `kind:host`, or `kind` where it speaks of all hosts alike."""
    names: list[str] = []
    for kind, block in series.items():
        hosts = (*model.hosts, "WW") if block.ndim == 2 else (model.focus,)
        names += [kind] if kind in COMMON else [f"{kind}:{host}" for host in hosts]
    return tuple(names)


def row(series: Series, model: Model, name: str) -> Any:
    """(month,) the row of that name."""
    kind, _, host = name.partition(":")
    block = series[kind]
    return block[(*model.hosts, "WW").index(host)] if block.ndim == 2 else block


def stacked(series: Series, model: Model, xp: Any, names: tuple[str, ...]) -> Any:
    """(name, month) the rows of these names; what no claim speaks of is then never computed."""
    return xp.stack([row(series, model, name) for name in names])


def _running_sum(monthly: Any) -> Any:
    """A sum along the months as two small products, within years and over years: quicker both ways than a scan."""
    by_year = monthly.reshape(*monthly.shape[:-1], -1, 12)
    years = by_year.shape[-2]
    earlier = by_year.sum(axis=-1) @ np.tri(years, k=-1).T
    return (by_year @ np.tri(12).T + earlier[..., None]).reshape(monthly.shape)


def _arrivals(values: Series, model: Model, xp: Any) -> Any:
    """(host, month) persons a month were the border open: straight lines between nodes on the log scale."""
    cal, rows = model.calendar, []
    for host in model.hosts:
        before = model.nodes[f"arrivals_{host}_before"] @ xp.log(values[f"arrivals_{host}_before"])
        after = model.nodes[f"arrivals_{host}_after"] @ xp.log(values[f"arrivals_{host}_after"])
        rows.append(cal.before * before + (1 - cal.before) * after)
    return xp.exp(xp.stack(rows))


def _people(values: Series, model: Model, arrived: Any, ops: Ops, out: Series, xp: Any) -> None:
    """Hosts as one group each; the focus host by visa class and cohort, fed by those who change group."""
    place = model.hosts.index(model.focus)
    is_focus = (np.arange(len(model.hosts)) == place)[:, None]
    by_visa = _split(values, model, arrived[place], xp)
    first = _first_groups(
        values, model, xp.where(is_focus, by_visa[0] * (1 - model.calendar.later), arrived), is_focus, ops, out, xp
    )
    moved = first.left.relabel[place]
    early = _unauthorised(values, model, by_visa[1:], moved, ops, out, xp)
    present = xp.concatenate([first.present[place][None], early.present])
    stranding = xp.concatenate([first.left.strand[place][None], early.left.strand])
    late = _late_groups(values, stranding, by_visa * model.calendar.later, ops, out, xp)
    _focus_series(values, model, by_visa, present, late.present, moved, out)
    left, died = _leaving(first), first.left.harm
    focus_left = left[place] + _leaving(early).sum(axis=0) + _leaving(late).sum(axis=0)
    focus_died = died[place] + early.left.harm.sum(axis=0) + late.left.harm.sum(axis=0)
    total = present.sum(axis=0) + late.present.sum(axis=0)
    out["arrived"] = _with_world(arrived, xp)
    out["present"] = _with_world(xp.where(is_focus, total, first.present), xp)
    out["left"] = _with_world(xp.where(is_focus, focus_left, left), xp)
    out["died"] = _with_world(xp.where(is_focus, focus_died, died), xp)


def _split(values: Series, model: Model, arrived: Any, xp: Any) -> Any:
    """(visa class, month) arrivals in the focus host: work visas against all others, then study against other."""
    work, study = model.regimes @ values["split_work"], model.regimes @ values["split_study"]
    rest = arrived / (1 + work)
    return xp.stack([rest * work, rest * study / (1 + study), rest / (1 + study)])


def _first_groups(values: Series, model: Model, joined: Any, is_focus: Any, ops: Ops, out: Series, xp: Any) -> Any:
    """(host, month) early work-visa holders in the focus host, everybody in the others."""
    cal, focus = model.calendar, model.focus
    elsewhere = cal.before * values["term_before"] + (1 - cal.before) * values["term_elsewhere"]
    term = xp.where(is_focus, 1 / values["term_before"], 1 / elsewhere)
    order = xp.stack([values[f"ordered_{host}"] for host in model.hosts])[:, None] * cal.ordered
    call = is_focus * values[f"last_call_{focus}"] * cal.last_call
    relabel = is_focus * values[f"relabel_{focus}"] * cal.ordered
    planned = Hazards(term, order + call, 0.0, relabel, values["flee"], values["harm"])
    passed = people.pass_border(planned, Border(out["open"]))
    # Elsewhere nobody is counted as stranded: whose term ends at a closed border stays in the one group.
    held = passed._replace(strand=passed.strand * is_focus)
    start = xp.stack([values[f"start_{host}"] for host in model.hosts])[:, None]
    return people.path(start, joined, held, ops)


def _unauthorised(values: Series, model: Model, joined: Any, moved: Any, ops: Ops, out: Series, xp: Any) -> Any:
    """(study and other, month) early arrivals on these visas and those relabelled into them."""
    cal, study = model.calendar, values["relabel_study"]
    call = values[f"last_call_{model.focus}"] * cal.last_call
    planned = Hazards(1 / values["term_unauthorised"], call, 0.0, 0.0, values["flee"], values["harm"])
    inflow = joined * (1 - cal.later) + xp.stack([study, 1 - study])[:, None] * moved
    return people.path(0.0, inflow, people.pass_border(planned, Border(out["open"])), ops)


def _late_groups(values: Series, stranding: Any, later: Any, ops: Ops, out: Series, xp: Any) -> Any:
    """(stranded by visa class, then arrived later by visa class; month)."""
    free = xp.concatenate([xp.full((3, 1), 1.0) * values["reopen_return"], xp.full((3, 1), 1.0) / values["term_after"]])
    planned = Hazards(free, 0.0, 0.0, 0.0, values["flee"], values["harm"])
    # Whoever is stranded or came later and cannot leave stays in that cohort.
    held = people.pass_border(planned, Border(out["open"]))._replace(strand=0.0)
    return people.path(0.0, xp.concatenate([stranding, later]), held, ops)


def _leaving(path: Any) -> Any:
    """Who left the host; strand and relabel keep a person in it."""
    return path.left.end_of_term + path.left.ordered_return + path.left.flee + path.left.harm


def _focus_series(values: Series, model: Model, by_visa: Any, early: Any, late: Any, moved: Any, out: Series) -> None:
    since = model.calendar.since_deadline
    for place, visa in enumerate(VISAS):
        out[f"arrived_{visa}"] = by_visa[place]
        out[f"present_{visa}"] = early[place] + late[place] + late[place + len(VISAS)]
    out["holdover"] = early.sum(axis=0) * since
    out["stranded"] = late[: len(VISAS)].sum(axis=0) * since
    out["arrived_later"] = late[len(VISAS) :].sum(axis=0) * since
    out["relabelled_study"] = moved * values["relabel_study"]


def _with_world(by_host: Any, xp: Any) -> Any:
    return xp.concatenate([by_host, by_host.sum(axis=0)[None]])


def _pay(values: Series, model: Model, ops: Ops, out: Series, xp: Any) -> None:
    """Where a month's pay goes, and what it comes to. The world's pay is the mean over its workers."""
    month, present = _worker_month(values, model, xp), out["present"][:-1]
    mixed = month.state * (month.gross / month.state) ** values["basis_mix"]
    out["owed"] = _with_world(_owed(values, model, month.booked, ops, out, xp), xp)
    out["pay_total"] = _with_world(present * month.gross, xp)
    out["revenue_state"] = _with_world(present * month.state, xp)
    out["revenue_mixed"] = _with_world(present * mixed, xp)
    share = present / present.sum(axis=0)
    for part, amount in month._asdict().items():
        amount = amount + 0 * present
        out[part] = xp.concatenate([amount, (amount * share).sum(axis=0)[None]])


def _worker_month(values: Series, model: Model, xp: Any) -> pay.Pay:
    """(host, month) USD. Shares are odds against the booked share, level in time; hosts differ in the state's."""
    gross = xp.stack([model.nodes[f"wage_{host}"] @ values[f"wage_{host}"] for host in model.hosts])
    apart = [1.0 if host == model.focus else values[f"state_odds_{host}"] for host in model.hosts]
    state = values["state_odds"] * xp.stack([xp.asarray(one) for one in apart])[:, None]
    total = 1 + state + values["agents_odds"] + values["pocket_odds"]
    return pay.divide(gross, state / total, values["agents_odds"] / total, values["pocket_odds"] / total)


def _owed(values: Series, model: Model, booked: Any, ops: Ops, out: Series, xp: Any) -> Any:
    """(host, month) USD owed at the end of the month; the ledger starts with `owed_start` months of each worker."""
    present, left = out["present"][:-1], out["left"][:-1]
    begun = present - out["arrived"][:-1] + left
    persons = xp.stack([values[f"start_{host}"] for host in model.hosts])[:, None]
    start = persons * values["owed_start"] * booked[:, :1]
    return pay.book(present, left / begun, booked, values["paid_share"], start, ops).owed
