"""From named values to monthly series: the people and pay of `stocks`, and what each observable would read.

Axes: months last. A *host series* has one row per host of the model and a last one for the world; a *focus series*
speaks of the focus host alone, a *common series* of all hosts alike. Rows are named `kind:host` or `kind`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tallystick.calibrate.drivers import driven
from tallystick.calibrate.model import COHORTS, Model
from tallystick.calibrate.readings import read
from tallystick.calibrate.strata import REFERENCE
from tallystick.stocks.engines.closed import Reads, Solved, paces_of, solve, summed
from tallystick.stocks.engines.vectors import ops_of
from tallystick.stocks.labour import ledger
from tallystick.stocks.labour.fields import Group, Outside, Parameters
from tallystick.stocks.labour.groups import NOBODY, Hazards, people_of

Series = dict[str, Any]
COMMON = ("hours_a_day", "rest_days", "paid_share", "term")


class Pay(NamedTuple):
    """A worker-month, USD. The four parts add up to `gross`."""

    gross: Any
    state: Any
    agents: Any
    pocket: Any
    booked: Any


class Run(NamedTuple):
    """Everybody abroad and what they are owed, by stratum of the text."""

    people: Solved  # persons
    owed: Solved  # USD booked and not yet paid out
    arrived: Any  # (host, month) persons
    by_visa: Any  # (visa class, month) arrivals in the focus host
    pay: Pay  # (host, month)
    passes: Any  # (month,) the share of traffic that passes the border


def series_of(values: Series, model: Model, xp: Any) -> Series:
    """All monthly series of one draw, by kind. `xp` is numpy or jax.numpy."""
    run = run_of(values, model, xp)
    out: Series = {"open": run.passes}
    _people(values, model, run, out, xp)
    _pay(values, model, run, out, xp)
    read(values, model, out, xp)
    del out["open"]
    return out


def run_of(values: Series, model: Model, xp: Any) -> Run:
    """The text's people abroad and their booked pay, month by month, under these values."""
    abroad, passes = model.abroad, _passes(values, model)
    arrived = _arrivals(values, model, xp) * passes
    by_visa = _split(values, model, arrived[model.hosts.index(model.focus)], xp)
    reads = Reads(REFERENCE, _outside(model, passes), _parameters(values))
    groups = people_of(abroad.shape, hazards_of(values, model))
    weights = {route: share for visa, share in _shares(values, model).items() for route in abroad.into[visa]}
    paces = paces_of(abroad.part, reads, list(groups.values()), weights, xp)
    start = {abroad.start[host]: values[f"start_{host}"] for host in model.hosts}
    people = solve(abroad.part, paces, _by_stratum(model, start), _given(model, arrived, by_visa), xp)
    pay = _worker_month(values, model, reads, xp)
    host_of = {
        stratum: host for host, each in zip(model.hosts, abroad.by_host, strict=True) for stratum in each.nonzero()[0]
    }
    booked = {at: pay.booked[model.hosts.index(host)] for at, host in host_of.items()}
    accrued = [people.row(at) * booked[at] for at in range(len(booked))]
    begun = [persons * values["owed_start"] * booked[at][0] for at, persons in enumerate(_by_stratum(model, start))]
    owed = solve(abroad.part, paces, begun, accrued, xp)
    return Run(people, owed, arrived, by_visa, pay, passes)


def names_of(model: Model, series: Series) -> tuple[str, ...]:
    """The names of all rows: `kind:host`, or `kind` where it speaks of all hosts alike."""
    names: list[str] = []
    common = {*COMMON, *(one.id for one in model.readings if len(one.hosts) > 1)}
    for kind, block in series.items():
        hosts = (*model.hosts, "WW") if block.ndim == 2 else (model.focus,)
        names += [kind] if kind in common else [f"{kind}:{host}" for host in hosts]
    return tuple(names)


def row(series: Series, model: Model, name: str) -> Any:
    """(month,) the row of that name."""
    kind, _, host = name.partition(":")
    block = series[kind]
    return block[(*model.hosts, "WW").index(host)] if block.ndim == 2 else block


def stacked(series: Series, model: Model, xp: Any, names: tuple[str, ...]) -> Any:
    """(name, month) the rows of these names; what no claim speaks of is then never computed."""
    return xp.stack([row(series, model, name) for name in names])


def _arrivals(values: Series, model: Model, xp: Any) -> Any:
    """(host, month) persons a month were the border open: lines between nodes of logs, and what drives them."""
    rows = []
    for host in model.hosts:
        names = (f"arrivals_{host}_{phase}" for phase in model.phases)
        rows.append(sum(model.nodes[name] @ xp.log(values[name]) for name in names))
    return driven(xp.exp(xp.stack(rows) + model.pull), values, model, xp)


def _passes(values: Series, model: Model) -> Any:
    """(month,) all traffic while the border is open, a leak while it is closed."""
    cal = model.calendar
    return cal.open + (1 - cal.open) * values["leak"] if "closed" in cal.spans else cal.open


def _outside(model: Model, passes: Any) -> Outside:
    """The calendar; no driver and no lever acts on the past."""
    cal, nothing = model.calendar, dict.fromkeys(Outside._fields, 0.0)
    spans = {name: cal.spans.get(name, 0.0) for name in ("ordered", "last_call")}
    return Outside(**nothing | spans | {"open": passes, "before": cal.before})


def _parameters(values: Series) -> Parameters:
    """What rates abroad read. Injury that ends work is left out of the past: no claim counts it."""
    nothing = dict.fromkeys(Parameters._fields, 0.0)
    return Parameters(**nothing | {"flee": values["flee"], "harm": values["harm"]})


def hazards_of(values: Series, model: Model) -> Hazards:
    """The fitted terms and hazards; what the programme has no switch or class for acts on nobody."""
    before, focus = values["term_before"], model.focus
    closed, spans = "closed" in model.calendar.spans, model.calendar.spans
    return Hazards(
        term_before=before,
        term_after=values["term_after"] if closed else before,
        term_elsewhere=values["term_elsewhere"] if closed else before,
        term_unauthorised=values["term_unauthorised"] if model.visas.others else before,
        reopen_return=values["reopen_return"] if closed else 0.0,
        ordered={host: values[f"ordered_{host}"] if "ordered" in spans else 0.0 for host in model.hosts},
        last_call=values[f"last_call_{focus}"] if "last_call" in spans else 0.0,
        relabel=values[f"relabel_{focus}"] if model.relabels else 0.0,
    )


def _shares(values: Series, model: Model) -> dict[str, Any]:
    """Where those who relabel go: each class's share of those that are left for it and all that follow it."""
    rest, out = 1.0, {}
    for visa in model.visas.others[:-1] if model.relabels else ():
        out[visa] = rest * values[f"relabel_{visa}"]
        rest = rest * (1 - values[f"relabel_{visa}"])
    return dict.fromkeys(model.visas.others, 0.0) | out | dict.fromkeys(model.visas.others[-1:], rest)


def _by_stratum(model: Model, said: Series) -> list[Any]:
    """Values in the order of the strata, 0 where nothing is said."""
    return [said.get(stratum, 0.0) for stratum in model.abroad.shape.abroad]


def _given(model: Model, arrived: Any, by_visa: Any) -> list[Any]:
    """Arrivals by stratum: in the focus host by visa class and by whether the deadline was past."""
    shape, later = model.abroad.shape, model.calendar.later
    given: Series = {}
    for place, visa in enumerate(model.visas.all):
        given |= {shape.early(visa): by_visa[place] * (1 - later), shape.later(visa): by_visa[place] * later}
    given |= {host: arrived[place] for place, host in enumerate(model.hosts) if host != model.focus}
    return _by_stratum(model, given)


def _split(values: Series, model: Model, arrived: Any, xp: Any) -> Any:
    """(visa class, month) arrivals in the focus host: each class against all that follow it."""
    rest, rows = arrived, []
    chain = model.visas.all[:-1]
    lean = xp.broadcast_to(xp.asarray(model.odds), (len(chain), len(model.grid)))
    for place, visa in enumerate(chain):
        odds = lean[place] * (model.regimes @ xp.atleast_1d(values[f"split_{visa}"]))
        rows.append(rest * odds / (1 + odds))
        rest = rest / (1 + odds)
    return xp.stack([*rows, rest])


def _people(values: Series, model: Model, run: Run, out: Series, xp: Any) -> None:
    """Persons by host; of the focus host by visa class and cohort."""
    abroad, movers, since = model.abroad, run.people.movers, model.calendar.since_deadline
    left = [sum(parts[1:], parts[0]) for parts in zip(*(movers[flow] for flow in abroad.leave), strict=True)]
    out["arrived"] = _with_world(run.arrived, xp)
    for kind, levels in (("present", run.people.present), ("left", left), ("died", movers["die"])):
        out[kind] = _with_world(summed(abroad.part, levels, abroad.by_host, xp), xp)
    by_visa = summed(abroad.part, run.people.present, abroad.by_visa, xp)
    for place, visa in enumerate(model.visas.all):
        out[f"arrived_{visa}"], out[f"present_{visa}"] = run.by_visa[place], by_visa[place]
    cohorts = dict(zip(COHORTS, summed(abroad.part, run.people.present, abroad.by_cohort, xp), strict=True))
    for cohort in model.cohorts:
        out[cohort] = cohorts[cohort] * since
    if model.relabels:
        moved = summed(abroad.part, movers["relabel"], abroad.by_host.sum(axis=0)[None], xp)[0]
        out |= {f"relabelled_{visa}": moved * share for visa, share in _shares(values, model).items()}


def _with_world(by_host: Any, xp: Any) -> Any:
    return xp.concatenate([by_host, by_host.sum(axis=0)[None]])


def _pay(values: Series, model: Model, run: Run, out: Series, xp: Any) -> None:
    """Where a month's pay goes, and what it comes to. The world's pay is the mean over its workers."""
    month, present = run.pay, out["present"][:-1]
    mixed = month.state * (month.gross / month.state) ** values["basis_mix"]
    out["owed"] = _with_world(summed(model.abroad.part, run.owed.present, model.abroad.by_host, xp), xp)
    out["pay_total"] = _with_world(present * month.gross, xp)
    out["revenue_state"] = _with_world(present * month.state, xp)
    out["revenue_mixed"] = _with_world(present * mixed, xp)
    share = present / present.sum(axis=0)
    for part, amount in month._asdict().items():
        out[part] = xp.concatenate([amount, (amount * share).sum(axis=0)[None]])


def _worker_month(values: Series, model: Model, reads: Reads, xp: Any) -> Pay:
    """(host, month) USD, by the ledger's own rules. Odds are level in time; hosts differ in the state's."""
    gross = xp.stack([model.nodes[f"wage_{host}"] @ values[f"wage_{host}"] for host in model.hosts])
    state = xp.stack([xp.asarray(state_odds(values, model, host)) for host in model.hosts])[:, None]
    group: Group = NOBODY._replace(gross=gross, state=state, agents=values["agents_odds"], pocket=values["pocket_odds"])
    parts = (ledger.state_cash, ledger.agents, ledger.pocket, ledger.booked)
    return Pay(gross, *(part(*reads, group, ops_of(xp)) for part in parts))


def state_odds(values: Series, model: Model, host: str) -> Any:
    """What goes to the State of a dollar's pay for each dollar that is booked, in that host."""
    return values["state_odds"] * (1.0 if host == model.focus else values[f"state_odds_{host}"])
