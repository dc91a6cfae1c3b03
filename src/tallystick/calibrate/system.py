"""From named values to monthly series: the people and pay of `stocks`, and what each observable would read.

Axes: months last. A *host series* has one row per host of the model and a last one for the world; a *focus series*
speaks of the focus host alone, a *common series* of all hosts alike. Rows are named `kind:host` or `kind`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tallystick.calibrate.model import Model
from tallystick.calibrate.readings import read, terms
from tallystick.stocks import pay, people
from tallystick.stocks.people import Border, Hazards, Ops

Series = dict[str, Any]
COMMON = ("hours_a_day", "rest_days", "paid_share", "term")


def series_of(values: Series, model: Model, xp: Any) -> Series:
    """All monthly series of one draw, by kind. `xp` is numpy or jax.numpy."""
    ops = Ops(xp.exp, xp.expm1, xp.log, _running_sum)
    out: Series = {"open": model.calendar.open + _during(values, model, "leak", "closed")}
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
    by_year = monthly.reshape(*monthly.shape[:-1], monthly.shape[-1] // 12, 12)
    years = by_year.shape[-2]
    earlier = by_year.sum(axis=-1) @ np.tri(years, k=-1).T
    return (by_year @ np.tri(12).T + earlier[..., None]).reshape(monthly.shape)


def _arrivals(values: Series, model: Model, xp: Any) -> Any:
    """(host, month) persons a month were the border open: straight lines between nodes on the log scale."""
    cal, rows = model.calendar, []
    for host in model.hosts:
        names = (f"arrivals_{host}_{phase}" for phase in model.phases)
        logs = (model.nodes[name] @ xp.log(values[name]) for name in names)
        rows.append(sum(part * log for part, log in zip((cal.before, 1 - cal.before), logs, strict=False)))
    return xp.exp(xp.stack(rows))


def _during(values: Series, model: Model, name: str, span: str) -> Any:
    """The unknown in the months of that span; nothing where the programme has none such."""
    return values[name] * model.calendar.spans[span] if span in model.calendar.spans else 0.0


def _people(values: Series, model: Model, arrived: Any, ops: Ops, out: Series, xp: Any) -> None:
    """Hosts as one group each; the focus host by visa class and cohort, fed by those who change group."""
    place, classes = model.hosts.index(model.focus), len(model.visas.authorised)
    is_focus = (np.arange(len(model.hosts)) == place)[:, None]
    by_visa = _split(values, model, arrived[place], xp)
    first = _first_groups(values, model, by_visa[:classes], arrived, ops, out, xp)
    moved = first.left.relabel[:classes].sum(axis=0)
    early = _unauthorised(values, model, by_visa[classes:], moved, ops, out, xp)
    present = xp.concatenate([first.present[:classes], early.present])
    stranding = xp.concatenate([first.left.strand[:classes], early.left.strand])
    late = _late_groups(values, model, stranding, by_visa * model.calendar.later, ops, out, xp)
    _focus_series(values, model, by_visa, present, late.present, moved, out, xp)

    def by_host(monthly: Any, rest: Any) -> Any:
        """Rows by host from rows by group: those of the focus host stand first, and `rest` belongs to it."""
        focus = monthly[:classes].sum(axis=0) + rest
        elsewhere = iter(monthly[classes:])
        return _with_world(xp.stack([focus if one else next(elsewhere) for one in is_focus[:, 0]]), xp)

    out["arrived"] = _with_world(arrived, xp)
    out["present"] = by_host(first.present, early.present.sum(axis=0) + late.present.sum(axis=0))
    out["left"] = by_host(_leaving(first), _leaving(early).sum(axis=0) + _leaving(late).sum(axis=0))
    out["died"] = by_host(first.left.harm, early.left.harm.sum(axis=0) + late.left.harm.sum(axis=0))


def _split(values: Series, model: Model, arrived: Any, xp: Any) -> Any:
    """(visa class, month) arrivals in the focus host: each class against all that follow it."""
    rest, rows = arrived, []
    for visa in model.visas.all[:-1]:
        odds = model.regimes @ values[f"split_{visa}"]
        rows.append(rest * odds / (1 + odds))
        rest = rest / (1 + odds)
    return xp.stack([*rows, rest])


def _first_groups(values: Series, model: Model, joined: Any, arrived: Any, ops: Ops, out: Series, xp: Any) -> Any:
    """(class that authorises work in the focus host, then host elsewhere; month); the rest are empty at the start."""
    cal, focus, classes = model.calendar, model.focus, len(model.visas.authorised)
    hosts = [*[focus] * classes, *(host for host in model.hosts if host != focus)]
    is_focus = (np.arange(len(hosts)) < classes)[:, None]
    elsewhere = terms(values, model, "term_elsewhere")
    term = xp.where(is_focus, 1 / values["term_before"], 1 / elsewhere)
    order = xp.stack([_during(values, model, f"ordered_{host}", "ordered") + 0 * cal.open for host in hosts])
    call = is_focus * _during(values, model, f"last_call_{focus}", "last_call")
    relabel = is_focus * _during(values, model, f"relabel_{focus}", "relabelling") if model.visas.others else 0.0
    planned = Hazards(term, order + call, 0.0, relabel, values["flee"], values["harm"])
    passed = people.pass_border(planned, Border(out["open"]))
    # Elsewhere nobody is counted as stranded: whose term ends at a closed border stays in the one group.
    held = passed._replace(strand=passed.strand * is_focus)
    start = xp.stack([values[f"start_{host}"] * (at == 0 or host != focus) for at, host in enumerate(hosts)])
    inflow = xp.concatenate([joined * (1 - cal.later), xp.delete(arrived, model.hosts.index(focus), axis=0)])
    return people.path(start[:, None], inflow, held, ops)


def _unauthorised(values: Series, model: Model, joined: Any, moved: Any, ops: Ops, out: Series, xp: Any) -> Any:
    """(class that authorises no work, month) early arrivals on these visas and those relabelled into them."""
    call = _during(values, model, f"last_call_{model.focus}", "last_call")
    term = 1 / values["term_unauthorised"] if model.visas.others else 0.0
    planned = Hazards(term, call, 0.0, 0.0, values["flee"], values["harm"])
    inflow = joined * (1 - model.calendar.later) + _relabelled(values, model, xp)[:, None] * moved
    return people.path(0.0, inflow, people.pass_border(planned, Border(out["open"])), ops)


def _relabelled(values: Series, model: Model, xp: Any) -> Any:
    """(class that authorises no work,) where those who relabel go: each class's share of those that follow it."""
    rest, rows = xp.asarray(1.0), []
    if "relabelling" in model.calendar.spans:
        for visa in model.visas.others[:-1]:
            rows.append(rest * values[f"relabel_{visa}"])
            rest = rest * (1 - values[f"relabel_{visa}"])
    rows += [rest] * (len(model.visas.others) - len(rows))
    return xp.stack(rows) if rows else xp.zeros(0)


def _late_groups(values: Series, model: Model, stranding: Any, later: Any, ops: Ops, out: Series, xp: Any) -> Any:
    """(stranded by visa class where a border closed, then arrived later by visa class; month)."""
    came_later = values["term_after" if "closed" in model.calendar.spans else "term_before"]
    rate, inflow, one = [1 / came_later], later, xp.full((len(model.visas.all), 1), 1.0)
    if "stranded" in model.cohorts:
        rate, inflow = [values["reopen_return"], *rate], xp.concatenate([stranding, later])
    free = xp.concatenate([one * each for each in rate])
    planned = Hazards(free, 0.0, 0.0, 0.0, values["flee"], values["harm"])
    # Whoever is stranded or came later and cannot leave stays in that cohort.
    held = people.pass_border(planned, Border(out["open"]))._replace(strand=0.0)
    return people.path(0.0, inflow, held, ops)


def _leaving(path: Any) -> Any:
    """Who left the host; strand and relabel keep a person in it."""
    return path.left.end_of_term + path.left.ordered_return + path.left.flee + path.left.harm


def _focus_series(
    values: Series, model: Model, by_visa: Any, early: Any, late: Any, moved: Any, out: Series, xp: Any
) -> None:
    classes, since = len(model.visas.all), model.calendar.since_deadline
    blocks = [early, *(late[at : at + classes] for at in range(0, len(late), classes))]
    for place, visa in enumerate(model.visas.all):
        out[f"arrived_{visa}"] = by_visa[place]
        out[f"present_{visa}"] = sum(block[place] for block in blocks)
    for cohort, block in zip(model.cohorts, blocks, strict=True):
        out[cohort] = block.sum(axis=0) * since
    for share, visa in zip(_relabelled(values, model, xp), model.visas.others, strict=True):
        out[f"relabelled_{visa}"] = moved * share


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
