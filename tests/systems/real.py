"""The model of the programme that ships, from an invented start: nobody has to wait for a fit to see how it behaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.evidence.programme import SHIPPED, load_programme
from tallystick.reconcile.account import Account, reconcile
from tallystick.scenarios.baseline import Baseline, Start, baseline, months_between
from tallystick.scenarios.levers import inputs_under
from tallystick.scenarios.reported import HOURS, UNPAID
from tallystick.scenarios.scenario import Lever, Pull, Scenario, levers_of, load_scenarios
from tallystick.scenarios.start import shape_of
from tallystick.stocks.engines import vectors
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs, Trajectory
from tallystick.stocks.labour import fields
from tallystick.stocks.labour.assumptions import elements_of
from tallystick.stocks.labour.shape import Shape
from tallystick.stocks.labour.text import build
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
DRAWS, SEED = 40, 1
MONTHS = months_between("2025-12", "2030-12")
FOCUS_MONTHLY = 600.0


@lru_cache
def programme() -> Programme:
    return load_programme("dprk")


@lru_cache
def account() -> Account:
    return reconcile(programme())


@lru_cache
def shape() -> Shape:
    return shape_of(programme())


@lru_cache
def graph() -> Graph:
    return Graph(build(shape(), elements_of(programme().tables["system"])))


def regions() -> list[str]:
    """Places within hosts as claims name them."""
    return sorted({claim.region for claim in programme().claims if claim.region})


def levers() -> dict[str, Lever]:
    return levers_of(programme().tables["scenarios"])


@lru_cache
def scenarios() -> dict[str, Scenario]:
    rows = (programme().claims, programme().statements, programme().law, programme().events)
    known = [each.id for group in rows for each in group]
    return load_scenarios(SHIPPED / "dprk" / "scenarios", programme().tables["scenarios"], known)


def start() -> Start:
    """Round numbers with a fifth of spread, drawn once: most are on study visas, and came after the deadline."""
    chance, on = np.random.default_rng(0), shape()

    def about(middle: float) -> Array:
        return np.asarray(middle * np.exp(0.2 * chance.standard_normal(DRAWS)))

    present = {name: about(50.0) for name in on.abroad if not _has_region(name)}
    present |= {on.later("study"): about(6000.0), on.later("other"): about(3000.0), "CN": about(40_000.0)}
    zero, group = np.zeros(DRAWS), {}
    for name in present:
        leave = {"leave_before": np.full(DRAWS, 1 / 36), "leave_after": np.full(DRAWS, 1 / 20)}
        early = float(".early" in name)
        group[name] = leave | {
            "in_focus": np.full(DRAWS, float(name in on.in_focus)), "ordered": np.full(DRAWS, 0.04 * early),
            "relabel": np.full(DRAWS, 0.02 * early), "strandable": np.full(DRAWS, early), "last_call": zero,
        }  # fmt: skip
    pay = {"gross": 700.0, "state": 4.0, "agents": 0.8, "pocket": 0.5}
    monthly = {"RU": FOCUS_MONTHLY, "CN": 400.0}
    return Start(
        present=present, returned=about(60_000.0), owed={host: about(1e7) for host in on.hosts},
        arrivals={host: about(monthly.get(host, 30.0)) for host in on.hosts},
        split={"work": np.full(DRAWS, 0.05), "study": np.full(DRAWS, 0.5), "other": np.full(DRAWS, 0.45)},
        group=group, pay={host: {name: about(middle) for name, middle in pay.items()} for host in on.hosts},
        unknowns={
            "shortage": about(1.9e6), "flee": about(1e-4), "harm": about(1.4e-4), "paid_share": np.full(DRAWS, 0.4)
        },
    )  # fmt: skip


def _has_region(stratum: str) -> bool:
    return stratum.count(".") == 3 and not stratum.endswith(".unknown")


@lru_cache
def base() -> Baseline:
    return baseline(graph(), shape(), programme().tables, start(), MONTHS, seed=SEED)


@dataclass(frozen=True, slots=True)
class Real:
    """Inputs of all draws: change them by name, then run; sums are by draw and month."""

    inputs: Inputs

    def but(self, loops: dict[str, float] | None = None, **changes: Any) -> Real:
        """With parameters and values from outside changed by name, the latter by month too, and loops switched."""
        one = self.inputs
        outside, parameters, switched = one.outside.copy(), one.parameters.copy(), one.loops.copy()
        for name, value in (loops or {}).items():
            switched[fields.Loops._fields.index(name)] = value
        for name, value in changes.items():
            if name in fields.Outside._fields:
                outside[:, :, fields.Outside._fields.index(name)] = value
            else:
                parameters[:, fields.Parameters._fields.index(name)] = value
        return Real(replace(one, outside=outside, parameters=parameters, loops=switched))

    def starting(self, **changes: float) -> Real:
        """With strata ("abroad/..."), whole stocks or levels multiplied at the start; references stay."""
        people, level = self.inputs.people.copy(), self.inputs.level.copy()
        for name, by in changes.items():
            if name in graph().levels:
                level[:, graph().levels[name]] *= by
            else:
                people[:, slice(*graph().span(name))] *= by
        return Real(replace(self.inputs, people=np.rint(people), level=level))

    def first(self, months: int | None = None) -> Inputs:
        """The first draw alone, cut to some months."""
        one = self.inputs.of_draws(slice(0, 1))
        return replace(one, outside=one.outside[:, :months], weight=one.weight[:, :months])

    def run(self) -> Trajectory:
        """Means of every draw."""
        return vectors.run(graph(), self.inputs)


def real() -> Real:
    """The baseline."""
    return Real(base().inputs)


def under(name: str) -> Real:
    """A scenario that ships."""
    return Real(inputs_under(base(), scenarios()[name], levers()))


def pulled(lever: str, strength: float, start: str = "2026-01") -> Real:
    """One lever from a month on."""
    pull = Pull(lever=lever, strength=strength, start=start, until="", over_months=0)
    one = Scenario(
        id="one", name="one", question="?", says="", belief="", caution="", pulls=(pull,), evidence=(), text=""
    )  # fmt: skip
    return Real(inputs_under(base(), one, levers()))


def moved(run: Trajectory, flow: str) -> Array:
    """(..., month) movers of a flow."""
    return np.asarray(run.movers[..., list(graph().edges_of(flow))].sum(axis=-1))


def people(run: Trajectory, stock: str, *strata: str) -> Array:
    """(..., month) persons in a stock, or in some of its strata."""
    places = [graph().place(stock, each) for each in strata] or list(range(*graph().span(stock)))
    return np.asarray(run.people[..., places].sum(axis=-1))


def money(run: Trajectory, account: str) -> Array:
    """(..., month) what an account holds, all strata."""
    return np.asarray(run.money[..., slice(*graph().span(account))].sum(axis=-1))


def level(run: Trajectory, name: str) -> Array:
    """(..., month) a level."""
    return np.asarray(run.level[..., graph().levels[name]])


def in_focus(run: Trajectory) -> Array:
    """(..., month) workers in the focus host."""
    return people(run, "abroad", *shape().in_focus)


def beside(draws: int) -> dict[str, Array]:
    """What outcomes multiply by beside the parameters: hours a worker-month, what is not paid for each dollar paid."""
    return {HOURS: np.full(draws, 300.0), UNPAID: np.full(draws, 1.5)}
