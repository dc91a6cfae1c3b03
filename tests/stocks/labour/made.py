"""An invented state: two hosts beside the focus, three visa classes, two regions that are rebuilt, in round numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from tallystick.stocks.engines import plain
from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.inputs import Inputs, Trajectory
from tallystick.stocks.labour import fields, groups
from tallystick.stocks.labour.shape import Element, Shape
from tallystick.stocks.labour.text import ELEMENTS, READINGS, build
from tallystick.stocks.text import Ops
from tallystick.vocab.programme import VisaClass
from tests.stocks.labour import plans

PLAIN_OPS = Ops(math.exp, math.log, math.expm1, math.log1p, min, max)
SHAPE = Shape(
    focus="A",
    elsewhere=("B", "C"),
    visa_classes=(
        VisaClass(id="work", name="work", authorises_work=True),
        VisaClass(id="study", name="study", authorises_work=False),
        VisaClass(id="other", name="other", authorises_work=False),
    ),
    rebuilding=("east", "south"),
)
SAID = {id: Element(id=id, status="assumed", evidence=(), says=f"What is said of {id}.") for id in ELEMENTS}
HAZARDS = groups.Hazards(
    term_before=36.0, term_after=20.0, term_elsewhere=30.0, term_unauthorised=12.0, reopen_return=0.12,
    ordered={"A": 0.04, "B": 0.004, "C": 0.06}, last_call=0.5, relabel=0.02,
)  # fmt: skip
PAY = {host: groups.PayOf(gross=800.0, state=4.0, agents=0.8, pocket=0.5, local=0.6) for host in SHAPE.hosts}
PARAMETERS = fields.Parameters(
    workers_ref=1, abroad_ref=1, overdue_ref=1, waiting_ref=1, hiding_ref=1, returned_ref=1, booked_ref=1, debt_ref=1,
    take_ref=1, vacancies_ref=20_000, knowledge_ref=0.4, strength_ref=0.3, listed_ref=0.02,
    pace=1.0, wait=5.0, withdraw=0.01, redirect_speed=0.25, redirect_share=0.7,
    flee=1e-4, rescue=0.08, recapture=0.05, harm=1.4e-4, unfit_ratio=3.0, hours_harm=1.0, builders_term=12.0,
    comply_speed=0.15, strength_orders=0.02, drop_speed=0.1, rehired=0.5,
    war_vacancies=0.7, pull=0.4, fills=0.8, taxes_war=0.2, income_weapons=0.3, pressure_need=0.2, need_quota=0.3,
    strength_departures=0.5, bargain_cover=0.2, breach_strength=0.15, strength_shipments=0.3, returned_talk=0.8,
    talk_punished=0.5, knowledge_apply=0.3, knowledge_withdraw=0.6, takers_vetting=0.4, vetting_select=0.4,
    exposure_terms=0.1, debt_stay=0.15, workers_listed=0.5,
    tell=0.003, news_rate=0.02, publicity_rate=0.003, publicity_strength=0.05, council_strength=0.5,
    lightening_strength=0.5, war_lag=6.0, vacancies_lag=12.0, strength_lag=18.0, need_lag=12.0, weapons_lag=36.0,
    control_lag=12.0, vetting_lag=6.0, listed_lag=9.0, export_share=0.1, complying_share=0.3, leak_share=0.4,
    place_price=2000.0, borrowed=0.6, paid_share=0.5, paid_after_harm=0.4, direct_cut=0.3, kind_food=0.4,
    kind_fuel=0.6, price_food=400.0, price_fuel=90.0,
)  # fmt: skip
QUIET = fields.Outside(*(0.0 for _ in fields.Outside._fields))._replace(open=1.0, war=1.0, hours=1.0, helpers=1.0)
LATE = {SHAPE.later("work"): 100.0, SHAPE.later("study"): 500.0, SHAPE.later("other"): 200.0}
ARRIVALS = {**LATE, "B": 300.0, "C": 60.0}  # a month
WAITING = {"A": 4000.0, "B": 1500.0, "C": 300.0}
PEOPLE = {
    "public/": 8e6, "applicants/": 40_000.0, "hiding/": 20.0, "returned/": 60_000.0, "builders_home/": 50_000.0,
    **{f"selected/{host}": waiting for host, waiting in WAITING.items()},
    **{f"abroad/{stratum}": 20 * monthly for stratum, monthly in LATE.items()},
    f"abroad/{SHAPE.early('work')}": 300.0, f"abroad/{SHAPE.stranded('other')}": 200.0,
    "abroad/B": 9000.0, "abroad/C": 1800.0,
}  # fmt: skip
LEVELS = {"vacancies": 20_000.0, "knowledge": 0.4, "strength": 0.3, "listed": 0.02}
INDICES = ("need", "weapons", "war", "control", "vetting")


@dataclass(frozen=True, slots=True)
class World:
    """A run to be: change its inputs by name, then go."""

    graph: Graph
    inputs: Inputs

    def but(self, **changes: Any) -> World:
        """The same with parameters, outside values or loops changed by name; a dict for `outside` and `loops`."""
        inputs = self.inputs
        outside, loops, parameters = inputs.outside.copy(), inputs.loops.copy(), inputs.parameters.copy()
        for name, value in changes.pop("outside", {}).items():
            outside[..., fields.Outside._fields.index(name)] = value
        for name, value in changes.pop("loops", {}).items():
            loops[fields.Loops._fields.index(name)] = value
        for name, value in changes.items():
            parameters[:, fields.Parameters._fields.index(name)] = value
        return World(self.graph, replace(inputs, outside=outside, loops=loops, parameters=parameters))

    def starting(self, **changes: float) -> World:
        """The same with strata or levels multiplied at the start, by name; references stay."""
        people, level, money = self.inputs.people.copy(), self.inputs.level.copy(), self.inputs.money.copy()
        for name, by in changes.items():
            if name in self.graph.levels:
                level[:, self.graph.levels[name]] *= by
            elif name in self.graph.stocks:
                people[:, slice(*self.graph.span(name))] *= by
            else:
                money[:, slice(*self.graph.span(name))] *= by
        return World(self.graph, replace(self.inputs, people=people, level=level, money=money))

    def run(self) -> Trajectory:
        """Expected numbers, month by month, in plain Python."""
        return plain.run(self.graph, self.inputs)

    def level(self, path: Trajectory, name: str) -> np.ndarray:
        return path.level[:, self.graph.levels[name]]

    def people(self, path: Trajectory, stock: str) -> np.ndarray:
        return path.people[:, slice(*self.graph.span(stock))].sum(axis=1)

    def moved(self, path: Trajectory, flow: str) -> np.ndarray:
        return path.movers[:, list(self.graph.edges_of(flow))].sum(axis=1)

    def money(self, path: Trajectory, account: str) -> np.ndarray:
        return path.money[:, slice(*self.graph.span(account))].sum(axis=1)


@lru_cache
def graph() -> Graph:
    return Graph(build(SHAPE, SAID))


def now_of(found: Graph, inputs: Inputs) -> fields.Now:
    """What signals read at the start of the first draw."""
    values = []
    for name in fields.Now._fields:
        reading = READINGS[name]
        if reading.of in found.levels:
            values.append(inputs.level[0, found.levels[reading.of]])
            continue
        column = inputs.people[0] if reading.of in found.stocks else inputs.money[0]
        part = column[slice(*found.span(reading.of))]
        if reading.by:
            part = part * inputs.groups[0, slice(*found.span(reading.of)), fields.Group._fields.index(reading.by)]
        values.append(float(part.sum()))
    return fields.Now(*values)


def world(months: int = 60, **outside: float) -> World:
    """The invented state as it goes, each reference at its start."""
    found = graph()
    plan = plans.Plan(
        arrivals={stratum: np.full((1, 1), n) for stratum, n in ARRIVALS.items()},
        waiting={host: np.full((1, 1), n) for host, n in WAITING.items()},
        applicants=40_000.0, public=8e6, wait=5.0, withdraw=0.01, relabelled={"study": 0.4, "other": 0.6},
        moves={"east": 0.01}, builders={"east": 100.0}, builders_home=50_000.0,
    )  # fmt: skip
    level = [LEVELS.get(name, 1.0 if name in INDICES else 0.0) for name in found.levels]
    money = np.zeros((1, len(found.balances)))
    people = np.array([[PEOPLE.get(name if "/" in name else f"{name}/", 0.0) for name in found.strata]])
    held = slice(*found.span("booked")), slice(*found.span("debt")), slice(*found.span("abroad"))
    money[:, held[0]], money[:, held[1]] = 1000.0 * people[:, held[2]], 1200.0 * people[:, held[2]]
    abroad = groups.with_pay(groups.people_of(SHAPE, HAZARDS), SHAPE, PAY)
    inputs = Inputs(
        people=people, money=money, level=np.array([level]), parameters=np.array([PARAMETERS], dtype=float),
        outside=np.tile(np.array(QUIET._replace(**outside), dtype=float), (1, months, 1)),
        weight=plans.weights_of(found, SHAPE, plan, months),
        groups=groups.table(found.strata, groups.at_home(SHAPE, refusing="B"), abroad, np)[None],
        loops=np.ones(len(fields_of(fields.Loops))),
    )  # fmt: skip
    return at_rest(World(found, inputs))


def at_rest(one: World) -> World:
    """The same with every reference at the state at the start."""
    now = now_of(one.graph, one.inputs)
    names = ("workers", "abroad", "overdue", "waiting", "hiding", "returned", "booked", "debt")
    return one.but(**{f"{name}_ref": getattr(now, name) for name in names}, take_ref=now.take_firm + now.take_local)
