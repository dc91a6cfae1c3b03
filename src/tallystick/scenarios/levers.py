"""What a scenario does to a run's inputs: series from outside by month, the plan of arrivals, and who is bound.

A lever acts on one of
    a series of the equations ("refusal")      its strength, month by month; with `hosts`, in these hosts alone
    "close_visa:CLASS"                         part of that class's arrivals come on other visas instead, the rest not
    "region:REGION"                            workers present in a rebuilding region, beyond the plan
    "builders:SITE"                            military builders present at a site
and a driver on
    a series of the equations ("war")          its value, month by month
    "plan:HOST"                                persons a month whom the sending State means to send there

Numbers present are targets: as many are sent each month as would keep them in the mean, were no loop to act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.baseline import LEAST, MOST, Baseline, Plan, hazard_of, weights_of
from tallystick.scenarios.scenario import PLAN, Drive, Lever, Pull, Scenario, Span
from tallystick.stocks.graph import fields_of
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.fields import LEVERS, Group, Outside
from tallystick.vocab.errors import ScenarioError

Array = NDArray[np.float64]
CLOSE = "close_visa"
ACTS_IN = {"compliance": "bound", "refusal": "refuses"}  # series that act in some hosts: the field that marks these


def series_of(changes: Sequence[tuple[Span, Array | float]], usual: Array, months: Sequence[str]) -> Array:
    """(..., month) of something that is `usual` but for some months, in which it is at, or grows to, another level.

    What starts in the month after another ended goes on from there. What began before the run has grown.
    """
    at = number_of(months[0]) + np.arange(len(months))
    out, left_at, ended = usual, usual, at[0] - 2
    for span, level in sorted(changes, key=lambda each: each[0].start):
        first, last = number_of(span.start), number_of(span.until) if span.until else int(at[-1])
        begins = left_at if first == ended + 1 else usual
        now = begins + (level - begins) * np.clip((at - first + 1) / max(span.over_months, 1), 0, 1)
        out = np.where((at >= first) & (at <= last), now, out)
        left_at = begins + (level - begins) * min((last - first + 1) / max(span.over_months, 1), 1.0)
        ended = last
    return out


def strength_of(pulls: Sequence[Pull], months: Sequence[str]) -> Array:
    """(month,) the strength of one lever: 0 before a pull starts and after it ends, and grown over its first months."""
    return series_of([(each, each.strength) for each in pulls], np.zeros(len(months)), months)


def driven(drives: Sequence[Drive], usual: Array, months: Sequence[str]) -> Array:
    """(draw, month) of one driver that is `usual` in the baseline."""
    return series_of([(each, _level(each, usual)) for each in drives], usual, months)


def _level(drive: Drive, usual: Array) -> Array | float:
    return usual * drive.level if drive.is_factor else drive.level


def number_of(month: str) -> int:
    """Months since the year 0."""
    return 12 * int(month[:4]) + int(month[5:]) - 1


def inputs_under(base: Baseline, scenario: Scenario, levers: Mapping[str, Lever]) -> Inputs:
    """The baseline's inputs with every drive and pull of the scenario; the very same when it has none."""
    if scenario.changes_nothing:
        return base.inputs
    check_months(scenario, base.plan.months)
    outside, groups, plan = base.inputs.outside.copy(), base.inputs.groups.copy(), _planned(base, scenario)
    for name, drives in _by_driver(scenario).items():
        if name in fields_of(Outside):
            at = fields_of(Outside).index(name)
            outside[:, :, at] = driven(drives, outside[:, :, at], base.plan.months)
    by_lever = _by_lever(scenario, levers)
    plan = _close_visas(base, plan, _closed(by_lever, levers, base.plan.months))
    for lever, pulls in by_lever.items():
        monthly = strength_of(pulls, base.plan.months)
        kind, _, where = levers[lever].acts.partition(":")
        if kind in LEVERS:
            outside[:, :, fields_of(Outside).index(kind)] = monthly
            if kind in ACTS_IN:
                _mark(base, groups, ACTS_IN[kind], levers[lever].hosts)
        elif kind in PLANS:
            plan = PLANS[kind](base, plan, where, monthly)
    _check_plan(base, plan, scenario)
    return replace(base.inputs, outside=outside, groups=groups, weight=weights_of(base, plan))


def check_months(scenario: Scenario, months: Sequence[str]) -> None:
    """ScenarioError where a pull or a drive lies outside a run of these months."""
    named: list[tuple[str, Span]] = [(f"lever {each.lever}", each) for each in scenario.pulls]
    named += [(f"driver {each.driver}", each) for each in scenario.drives]
    for key, each in named:
        if not months[0] <= each.start <= months[-1]:
            raise ScenarioError(
                f"acts from {each.start}, outside the run", file=f"{scenario.id}.toml", key=key,
                hint=f"the run goes from {months[0]} to {months[-1]}",
            )  # fmt: skip


def _planned(base: Baseline, scenario: Scenario) -> Plan:
    """The baseline's plan with what drivers make of the arrivals in each host."""
    arrivals = dict(base.plan.arrivals)
    for name, drives in _by_driver(scenario).items():
        kind, _, host = name.partition(":")
        if kind == PLAN:
            arrivals[host] = driven(drives, arrivals[host], base.plan.months)
    return replace(base.plan, arrivals=arrivals)


def _by_driver(scenario: Scenario) -> dict[str, list[Drive]]:
    """The drives by what they act on; ScenarioError where two drivers act on one thing."""
    out: dict[str, list[Drive]] = {}
    for drive in scenario.drives:
        drives = out.setdefault(drive.acts, [])
        drives.append(drive)
        _refuse_rival(scenario, "driver", drive.driver, [each.driver for each in drives])
    return out


def _by_lever(scenario: Scenario, levers: Mapping[str, Lever]) -> dict[str, list[Pull]]:
    """The pulls of each lever; ScenarioError where two levers act on one thing."""
    out: dict[str, list[Pull]] = {}
    for pull in scenario.pulls:
        out.setdefault(pull.lever, []).append(pull)
        same = [each for each in out if levers[each].acts == levers[pull.lever].acts]
        _refuse_rival(scenario, "lever", pull.lever, same)
    return out


def _refuse_rival(scenario: Scenario, kind: str, id: str, same: Sequence[str]) -> None:
    rivals = [each for each in same if each != id]
    if rivals:
        raise ScenarioError(
            f"acts on what {rivals[0]!r} acts on", file=f"{scenario.id}.toml", key=f"{kind} {id}",
            hint="take one of the two",
        )  # fmt: skip


def _check_plan(base: Baseline, plan: Plan, scenario: Scenario) -> None:
    """ScenarioError where a scenario's plan would send, in most draws, more in a month than may leave the waiting."""
    beyond, focus = sum(plan.regions.values()), base.shape.focus
    wanted = {focus: (plan.arrivals[focus] + beyond, "lever")} if np.any(beyond) else {}
    hosts = {each.acts.partition(":")[2] for each in scenario.drives} & set(base.shape.hosts)
    wanted |= {host: (plan.arrivals[host] + (beyond if host == focus else 0), "driver") for host in hosts}
    for host, (persons, key) in wanted.items():
        waiting = np.maximum(base.inputs.people[:, base.graph.place("selected", host)], LEAST)
        share = np.median(persons / waiting[:, None], axis=0)
        if share.max() > MOST:
            raise ScenarioError(
                f"sends {share.max():.1f} times as many workers in {plan.months[int(share.argmax())]} as then wait",
                file=f"{scenario.id}.toml", key=key, hint="let the number grow over more months, or ask for fewer",
            )  # fmt: skip


def _mark(base: Baseline, groups: Array, field: str, hosts: Sequence[str]) -> None:
    """1 for those who wait for these hosts and those who are there, 0 for all others."""
    at, shape = fields_of(Group).index(field), base.shape
    groups[:, :, at] = 0
    for host in hosts or (shape.focus,):
        groups[:, base.graph.place("selected", host), at] = 1
        strata = shape.in_focus if host == shape.focus else (host,)
        for stratum in strata:
            groups[:, base.graph.place("abroad", stratum), at] = 1


def _closed(
    pulled: Mapping[str, Sequence[Pull]], levers: Mapping[str, Lever], months: Sequence[str]
) -> dict[str, Array]:  # fmt: skip
    """By visa class, the share of it that is closed in each month."""
    ways = {lever: levers[lever].acts.partition(":") for lever in pulled}
    return {ways[id][2]: strength_of(pulls, months) for id, pulls in pulled.items() if ways[id][0] == CLOSE}


def _close_visas(base: Baseline, plan: Plan, closed: Mapping[str, Array]) -> Plan:
    """Fewer of these classes: those relabelled come as the other classes that authorise no work, in their proportion.

    All closings are taken at once, so that nobody comes on a class that another lever closes, in whichever order.
    """
    if not closed:
        return plan
    shape = base.shape
    open_to = {visa: 1 - closed.get(visa, np.zeros(len(plan.months))) for visa in shape.visas}
    comes = {visa: plan.split[visa] * open_to[visa] for visa in shape.visas}
    split = dict(comes)
    for visa, share in closed.items():
        again = plan.split[visa] * share * base.beside["visa_relabelled"][:, None]
        others = [each for each in shape.unauthorised if each != visa] or [each for each in shape.visas if each != visa]
        for each, part in _parts({each: comes[each] for each in others}, open_to).items():
            split[each] = split[each] + again * part
    left = np.asarray(sum(split.values()))
    fewer = {**plan.arrivals, shape.focus: plan.arrivals[shape.focus] * left}
    some = np.where(left > 0, left, 1.0)
    return replace(
        plan, arrivals=fewer, split={id: np.where(left > 0, split[id] / some, plan.split[id]) for id in split}
    )


def _parts(comes: Mapping[str, Array], open_to: Mapping[str, Array]) -> dict[str, Array]:
    """How those relabelled spread over these classes: as people come on them, or evenly; nowhere if all are closed."""
    whole = sum(comes.values())
    by = {id: np.where(whole > 0, each, open_to[id]) for id, each in comes.items()}
    every = np.asarray(sum(by.values()))
    return {id: each / np.where(every > 0, every, 1.0) for id, each in by.items()}


def _region(base: Baseline, plan: Plan, region: str, present: Array) -> Plan:
    """Arrivals and moves that would bring so many workers to a region and keep them there, in the mean."""
    graph, shape, known = base.graph, base.shape, base.beside
    at = graph.place("abroad", shape.later(shape.visas[0], region))
    leave = base.inputs.groups[:, at, fields_of(Group).index("leave_after")]
    leave = leave + known["flee"] + known["harm"] * (1 + known["unfit_ratio"])
    needed, by_move = _needed(present, np.exp(-leave)), known["moved"][:, None]
    elsewhere = sum(base.inputs.people[:, graph.place("abroad", shape.later(visa))] for visa in shape.visas)
    moved = _moved(np.asarray(elsewhere), plan.arrivals[shape.focus], by_move * needed, leave)
    return replace(
        plan,
        regions={**plan.regions, region: plan.regions[region] + (1 - by_move) * needed},
        moved={**plan.moved, region: plan.moved[region] + moved},
    )


def _needed(target: Array, stays: Array) -> Array:
    """(draw, month) arrivals with which as many are there at each month's end as the target, or more who stayed on."""
    there, out = np.zeros(len(stays)), np.zeros((len(stays), len(target)))
    for month, wanted in enumerate(target):
        there = there * stays
        out[:, month] = np.maximum(wanted - there, 0.0)
        there = there + out[:, month]
    return out


def _moved(elsewhere: Array, arrivals: Array, wanted: Array, leave: Array) -> Array:
    """(draw, month) the hazard of a move at which as many are moved as are wanted, out of those who are elsewhere."""
    out = np.zeros(wanted.shape)
    for month in range(wanted.shape[1]):
        out[:, month] = hazard_of(wanted[:, month], elsewhere, leave)
        elsewhere = elsewhere * np.exp(-leave - out[:, month]) + arrivals[:, month]
    return np.minimum(out, 1.0)


def _builders(base: Baseline, plan: Plan, site: str, present: Array) -> Plan:
    """Arrivals that would bring so many builders to a site and keep them there, in the mean."""
    needed = _needed(present, np.exp(-1 / base.beside["builders_term"]))
    return replace(plan, builders={**plan.builders, site: plan.builders[site] + needed})


PLANS = {"region": _region, "builders": _builders}
