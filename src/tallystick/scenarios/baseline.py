"""Where runs start and what goes on by itself: a posterior, the assumed numbers and a shape become a run's inputs.

A run starts at the end of a month with the people whom the fit found abroad, and goes on with the arrivals of the
last twelve months as its plan. The plan wanders (a yearly autoregression on the log scale, of assumed size): it is
what the equations do not explain. Loops act from the start, relative to it; those of flight are off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.grid import Grid
from tallystick.scenarios.assumed import assumed_of, drawn
from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.fields import Group, Loops, Outside, Parameters
from tallystick.stocks.labour.groups import NOBODY, PayOf, at_home, table, with_pay
from tallystick.stocks.labour.shape import UNKNOWN, Shape

Array = NDArray[np.float64]
ALWAYS = {"open": 1.0, "war": 1.0, "hours": 1.0, "helpers": 1.0}  # drivers that are not zero when nothing happens
GIVEN = ("munitions", "technology", "cover")  # what passes each month beside pay, as assumed
LEAST = 1.0  # person; below it a reference is nobody
MOST = 0.95  # of those who wait, at most so many can be planned to leave in a month


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the fit says of the month in which runs start; arrays by draw, hosts as in the shape."""

    present: Mapping[str, Array]  # by stratum of `abroad`, persons
    returned: Array  # persons home again since the first year of the grid
    owed: Mapping[str, Array]  # by host, USD of booked pay
    arrivals: Mapping[str, Array]  # by host, persons a month, mean of the last twelve
    split: Mapping[str, Array]  # by visa class, shares of the focus host's arrivals
    group: Mapping[str, Mapping[str, Array]]  # by stratum, fields of `Group` that the fit knows
    pay: Mapping[str, Mapping[str, Array]]  # by host: gross in USD a month; state, agents, pocket as odds
    unknowns: Mapping[str, Array]  # the fit's unknowns by name
    rescued: Array | None = None  # persons a month at the start, where the fit knows; inside the model

    def rows(self, at: NDArray[np.int64]) -> Start:
        """Some draws, in this order; one may come more than once."""

        def each(part: Mapping[str, Array]) -> dict[str, Array]:
            return {name: values[at] for name, values in part.items()}

        return Start(
            present=each(self.present), returned=self.returned[at], owed=each(self.owed),
            arrivals=each(self.arrivals), split=each(self.split), unknowns=each(self.unknowns),
            group={name: each(part) for name, part in self.group.items()},
            pay={name: each(part) for name, part in self.pay.items()},
            rescued=None if self.rescued is None else self.rescued[at],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What scenarios change beside drivers: persons a month by host, visa shares, extra people by region."""

    months: tuple[str, ...]
    arrivals: Mapping[str, Array]  # by host, (draw, month)
    split: Mapping[str, Array]  # by visa class, (draw, month) shares that sum to one
    regions: Mapping[str, Array]  # by rebuilding region, (draw, month) arrivals a month beyond the plan
    moved: Mapping[str, Array]  # by rebuilding region, (draw, month) rate of moving there, 1/month
    builders: Mapping[str, Array]  # by site, (draw, month) arrivals a month


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Inputs of runs in which nothing is changed, and what a scenario needs to change them."""

    graph: Graph
    shape: Shape
    inputs: Inputs
    plan: Plan
    beside: Mapping[str, Array]  # the assumed numbers that no equation reads, (draw,)


def months_between(start: str, until: str) -> tuple[str, ...]:
    """Months after `start` up to `until`."""
    grid = Grid(int(start[:4]), int(until[:4]))
    return grid.months[grid.index(start) + 1 : grid.index(until) + 1]


def baseline(
    graph: Graph, shape: Shape, tables: Mapping[str, Any], start: Start, months: Sequence[str], seed: int
) -> Baseline:
    """The inputs of a run of these months; `seed` is of the assumed numbers and of the wandering plan.

    tables : the programme's, by stem; `system` and `scenarios` are read.
    """
    draws = len(start.returned)
    known = drawn(assumed_of(tables).values(), draws, seed)
    size = (draws, len(months))
    wander = {host: _wandering(known, size, [seed, *host.encode()]) for host in shape.hosts}
    return baseline_with(graph, shape, tables, start, months, known, wander)


def baseline_with(
    graph: Graph, shape: Shape, tables: Mapping[str, Any], start: Start, months: Sequence[str],
    assumed: Mapping[str, Array], wander: Mapping[str, Array],
) -> Baseline:  # fmt: skip
    """The same with chosen values of what is assumed, and a chosen wandering of each host's plan: (draw, month)."""
    draws = len(start.returned)
    fitted = {one.name: one.origin[1] for one in assumed_of(tables).values() if one.origin[0] == "posterior"}
    known = {**assumed, **{name: start.unknowns[origin] for name, origin in fitted.items()}}
    known |= _ways_out(start, known)
    plan = _plan(shape, start, tuple(months), wander)
    groups = _groups(graph, shape, start, known)
    people, money = _people(graph, shape, start, known), _money(graph, shape, start, known)
    known |= _references(graph, people, money, groups, known)
    inputs = Inputs(
        people=people,
        money=money,
        level=_levels(graph, known, draws),
        parameters=np.stack([np.broadcast_to(known[name], draws) for name in fields_of(Parameters)], axis=1),
        outside=_outside(known, len(months), draws),
        weight=np.zeros((draws, len(months), len(graph.weighted))),
        groups=groups,
        loops=_switches(graph),
    )
    whole = Baseline(graph=graph, shape=shape, inputs=inputs, plan=plan, beside=known)
    return replace(whole, inputs=replace(inputs, weight=weights_of(whole, plan)))


def _switches(graph: Graph) -> Array:
    """Every loop on, but those of which only the sign is tested: in what is reported, flight is held constant."""
    internal = {loop.id for loop in graph.text.loop_list if loop.is_internal}
    return np.array([float(name not in internal) for name in fields_of(Loops)])


def _plan(shape: Shape, start: Start, months: tuple[str, ...], wander: Mapping[str, Array]) -> Plan:
    size = (len(start.returned), len(months))
    none = {region: np.zeros(size) for region in shape.rebuilding}
    return Plan(
        months=months,
        arrivals={host: start.arrivals[host][:, None] * wander[host] for host in shape.hosts},
        split={visa: np.broadcast_to(start.split[visa][:, None], size) for visa in shape.visas},
        regions=none,
        moved=none,
        builders={site: np.zeros(size) for site in shape.sites},
    )


def _wandering(known: Mapping[str, Array], size: tuple[int, int], seed: Sequence[int]) -> Array:
    """(draw, month) factors: a yearly autoregression of the log, straight between years, 1 at the start.

    A year's step has the deviation `plan_sd`; after many years the log's is plan_sd / sqrt(1 - plan_memory^2). The
    median stays the plan; the mean comes to lie above it, by half that variance on the log scale.
    """
    draws, months = size
    years = months // 12 + 2
    chance = np.random.default_rng(seed).standard_normal((years, draws)).T  # year by year: a longer run begins alike
    steps = chance * known["plan_sd"][:, None]
    walk = np.zeros((draws, years))
    for year in range(1, years):
        walk[:, year] = known["plan_memory"] * walk[:, year - 1] + steps[:, year]
    at = (np.arange(months) + 1) / 12
    whole = at.astype(int)
    between = at - whole
    return np.asarray(np.exp(walk[:, whole] * (1 - between) + walk[:, whole + 1] * between))


def _ways_out(start: Start, known: Mapping[str, Array]) -> dict[str, Array]:
    """Out of hiding at the assumed pace; the part of it that is rescue is what the fit says of the start."""
    if start.rescued is None:
        return {}
    pace = known["rescue"] + known["recapture"]
    share = np.clip(start.rescued / (known["flee"] * sum(start.present.values())), 0.0, 0.95)
    return {"rescue": pace * share, "recapture": pace * (1 - share)}


def _host_of(shape: Shape, stratum: str) -> str:
    return stratum if stratum in shape.elsewhere else shape.focus


def _groups(graph: Graph, shape: Shape, start: Start, known: Mapping[str, Array]) -> Array:
    """(draw, stratum, field) of `Group`. For all in the focus host the deadline is past, and firms can be listed."""
    fitted = {stratum: NOBODY._replace(**start.group[_as_fitted(stratum)]) for stratum in shape.abroad}
    fitted = {name: each._replace(overdue=each.in_focus, exposed=each.in_focus) for name, each in fitted.items()}
    local = {host: known["local"] if host == shape.focus else 0.0 for host in shape.hosts}
    pay = {host: PayOf(**start.pay[host], local=local[host]) for host in shape.hosts}
    return np.asarray(table(graph.strata, at_home(shape), with_pay(fitted, shape, pay), np))


def _as_fitted(stratum: str) -> str:
    """The fit knows no region: whoever came later is in the unknown one."""
    parts = stratum.split(".")
    return ".".join((*parts[:3], UNKNOWN)) if len(parts) == 4 else stratum


def _people(graph: Graph, shape: Shape, start: Start, known: Mapping[str, Array]) -> Array:
    out = np.zeros((len(start.returned), len(graph.strata)))
    for stratum, persons in start.present.items():
        out[:, graph.place("abroad", stratum)] = persons
    for host in shape.hosts:
        out[:, graph.place("selected", host)] = np.maximum(start.arrivals[host] * known["wait"], LEAST)
    abroad = sum(start.present.values())
    leaving = -np.expm1(-known["rescue"] - known["recapture"])  # as many as come: the start is at rest
    out[:, graph.place("hiding")] = known["flee"] * abroad / leaving
    out[:, graph.place("returned")] = start.returned
    for id in ("public", "applicants", "builders_home"):
        out[:, graph.place(id)] = known[id]
    return np.rint(out)


def _money(graph: Graph, shape: Shape, start: Start, known: Mapping[str, Array]) -> Array:
    """Booked pay shared over a host's strata by heads; debt for the place for everybody alike."""
    out = np.zeros((len(start.returned), len(graph.balances)))
    here = {h: sum(n for s, n in start.present.items() if _host_of(shape, s) == h) for h in shape.hosts}
    first, debt = graph.balance_first["booked"], graph.balance_first["debt"]
    for stratum, persons in start.present.items():
        host, at = _host_of(shape, stratum), graph.place("abroad", stratum) - graph.first["abroad"]
        out[:, first + at] = start.owed[host] * persons / np.maximum(here[host], LEAST)
        out[:, debt + at] = persons * known["place_price"] * known["borrowed"] * known["debt_left"]
    return np.round(out, 2)


def _references(
    graph: Graph, people: Array, money: Array, groups: Array, known: Mapping[str, Array]
) -> dict[str, Array]:
    """The state that signals are relative to: that of the start."""

    def total(stock: str, field: str = "") -> Array:
        first, end = graph.span(stock)
        weight = groups[:, first:end, fields_of(Group).index(field)] if field else 1.0
        return np.asarray(np.maximum((people[:, first:end] * weight).sum(axis=1), LEAST))

    def held(account: str) -> Array:
        return np.asarray(np.maximum(money[:, slice(*graph.span(account))].sum(axis=1), LEAST))

    takes = total("abroad", "take_firm") + total("abroad", "take_local")
    return {
        "workers_ref": total("abroad", "in_focus"), "abroad_ref": total("abroad"),
        "overdue_ref": total("abroad", "overdue"), "waiting_ref": total("selected"), "hiding_ref": total("hiding"),
        "returned_ref": total("returned"), "booked_ref": held("booked"), "debt_ref": held("debt"), "take_ref": takes,
        "vacancies_ref": known["vacancies_ref"],
    }  # fmt: skip


def _levels(graph: Graph, known: Mapping[str, Array], draws: int) -> Array:
    at_start = {
        "vacancies": known["vacancies_ref"], "knowledge": known["knowledge_ref"], "strength": known["strength_ref"],
        "listed": known["listed_ref"],
    }  # fmt: skip
    relative = ("need", "weapons", "war", "control", "vetting")
    columns = [at_start.get(each.id, np.full(draws, float(each.id in relative))) for each in graph.text.levels]
    return np.stack([np.broadcast_to(column, draws) for column in columns], axis=1)


def _outside(known: Mapping[str, Array], months: int, draws: int) -> Array:
    out = np.zeros((draws, months, len(fields_of(Outside))))
    for name, value in ALWAYS.items():
        out[:, :, fields_of(Outside).index(name)] = value
    for name in GIVEN:
        out[:, :, fields_of(Outside).index(name)] = known[name][:, None]
    return out


def weights_of(base: Baseline, plan: Plan) -> Array:
    """(draw, month, weighted route): the plan as what multiplies the rates of the weighted flows.

    A weight is such that, with the stocks and signals of the start, the flow's mean is its plan. Those who wait are
    refilled as they leave, and applicants as they are selected.
    """
    graph, shape = base.graph, base.shape
    wanted = {host: plan.arrivals[host] + (_extra(plan) if host == shape.focus else 0) for host in shape.hosts}
    hazards = {host: _departing(base, host, wanted[host]) for host in shape.hosts}
    found = _chosen(base, wanted, hazards) | _moves(shape, plan) | _builders(base, plan)
    for host in shape.hosts:
        found |= _departures(shape, plan, host, hazards[host] * base.beside["wait"][:, None], wanted[host])
    out = np.zeros((base.inputs.draws, len(plan.months), len(graph.weighted)))
    for at, place in enumerate(graph.weighted):
        out[:, :, at] = found.get(graph.routes[place], 0.0)
    return out


def _departing(base: Baseline, host: str, wanted: Array) -> Array:
    """(draw, month) the hazard of departure at which as many leave as are wanted."""
    waiting = base.inputs.people[:, base.graph.place("selected", host)][:, None]
    return hazard_of(wanted, waiting, base.beside["withdraw"][:, None])


def _chosen(base: Baseline, wanted: Mapping[str, Array], hazards: Mapping[str, Array]) -> dict[str, Array]:
    """Applicants, and places given: as many as leave for a host, and as give up theirs at the start's rate."""
    graph, giving_up = base.graph, base.beside["withdraw"][:, None]
    chosen = {host: wanted[host] * (1 + giving_up / np.maximum(hazards[host], 1e-12)) for host in wanted}
    every, applicants, public = sum(chosen.values()), graph.place("applicants"), graph.place("public")
    selecting = hazard_of(every, base.inputs.people[:, applicants][:, None], 0.0)
    flows = {host: "select" if host == base.shape.focus else "select_elsewhere" for host in chosen}
    out = {
        f"{flows[host]}: applicants > selected/{host}": selecting * each / np.maximum(every, 1e-9)
        for host, each in chosen.items()
    }
    applying = hazard_of(sum(wanted.values()), base.inputs.people[:, public][:, None], 0.0)
    return out | {"apply: public > applicants": applying}


def _extra(plan: Plan) -> Any:
    return sum(plan.regions.values()) if plan.regions else 0.0


def hazard_of(wanted: Any, persons: Array, beside: Any) -> Array:
    """The rate at which `wanted` of `persons` leave in a month while others leave at `beside`.

    Solves persons (1 - exp(-(h + b))) h / (h + b) = wanted by fixed point. A plan of nearly all is cut at 95 %: it can
    be that of a draw whose plan has wandered far; `levers` refuses a scenario that asks it of most draws.
    """
    share = np.minimum(wanted / np.maximum(persons, LEAST), MOST)
    hazard = -np.log1p(-share)
    for _ in range(20):
        both = np.maximum(hazard + beside, 1e-15)
        hazard = share * both / -np.expm1(-both)
    return np.asarray(hazard)


def _departures(shape: Shape, plan: Plan, host: str, rate: Array, wanted: Array) -> dict[str, Array]:
    """Routes out of the waiting of one host; in the focus host by visa class and, beyond the plan, by region."""
    if host != shape.focus:
        return {f"depart_elsewhere: selected/{host} > abroad/{host}": rate}
    planned = plan.arrivals[host] / np.maximum(wanted, 1e-9)
    out = {}
    for visa in shape.visas:
        source = f"depart: selected/{host} > abroad/"
        out[source + shape.later(visa)] = rate * planned * plan.split[visa]
        for region in shape.rebuilding:
            out[source + shape.later(visa, region)] = (
                rate * plan.regions[region] / np.maximum(wanted, 1e-9) * plan.split[visa]
            )
    return out


def _moves(shape: Shape, plan: Plan) -> dict[str, Array]:
    return {
        f"redeploy: abroad/{shape.later(visa)} > abroad/{shape.later(visa, region)}": plan.moved[region]
        for visa in shape.visas
        for region in shape.rebuilding
    }


def _builders(base: Baseline, plan: Plan) -> dict[str, Array]:
    home = base.inputs.people[:, base.graph.place("builders_home")]
    total, stays = sum(plan.builders.values(), np.zeros(1)), np.exp(-1 / base.beside["builders_term"])
    away, hazard = np.zeros(len(home)), np.zeros(total.shape)
    for month in range(total.shape[-1]):
        hazard[:, month] = hazard_of(total[:, month], home - away, 0.0)
        away = away * stays + total[:, month]
    return {
        f"send_builders: builders_home > builders/{site}": hazard * persons / np.maximum(total, 1e-9)
        for site, persons in plan.builders.items()
    }
