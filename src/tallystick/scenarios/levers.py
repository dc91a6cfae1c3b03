"""What a scenario's pulls do to a run's inputs: drivers by month, the plan of arrivals, and who is bound.

A lever acts on one of
    a driver of the equations ("refusal")      its strength, month by month; with `hosts`, in these hosts alone
    "close_visa:CLASS"                         part of that class's arrivals come on other visas instead, the rest not
    "region:REGION"                            workers present in a rebuilding region, beyond the plan
    "builders:SITE"                            military builders present at a site

Numbers present are targets: as many are sent each month as would keep them in the mean, were no loop to act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.baseline import LEAST, MOST, Baseline, Plan, hazard_of, weights_of
from tallystick.scenarios.scenario import Lever, Pull, Scenario
from tallystick.stocks.graph import fields_of
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.fields import LEVERS, Group, Outside
from tallystick.vocab.errors import ScenarioError

Array = NDArray[np.float64]
ACTS_IN = {"compliance": "bound", "refusal": "refuses"}  # drivers that act in some hosts: the field that marks these


def strength_of(pulls: Sequence[Pull], months: Sequence[str]) -> Array:
    """(month,) the strength of one lever: 0 before a pull starts and after it ends, and grown over its first months.

    A pull that starts in the month after another ended goes on from there. What began before the run has grown.
    """
    at = number_of(months[0]) + np.arange(len(months))
    out, left_at, ended = np.zeros(len(months)), 0.0, at[0] - 2
    for pull in sorted(pulls, key=lambda each: each.start):
        first, last = number_of(pull.start), number_of(pull.until) if pull.until else int(at[-1])
        begins = left_at if first == ended + 1 else 0.0
        strength = begins + (pull.strength - begins) * np.clip((at - first + 1) / max(pull.over_months, 1), 0, 1)
        out = np.where((at >= first) & (at <= last), strength, out)
        grown = min((last - first + 1) / max(pull.over_months, 1), 1.0)
        left_at, ended = begins + (pull.strength - begins) * grown, last
    return out


def number_of(month: str) -> int:
    """Months since the year 0."""
    return 12 * int(month[:4]) + int(month[5:]) - 1


def inputs_under(base: Baseline, scenario: Scenario, levers: Mapping[str, Lever]) -> Inputs:
    """The baseline's inputs with every pull of the scenario; those of the baseline itself when it has none."""
    if not scenario.pulls:
        return base.inputs
    outside, groups, plan = base.inputs.outside.copy(), base.inputs.groups.copy(), base.plan
    for lever, pulls in _by_lever(base, scenario, levers).items():
        monthly = strength_of(pulls, base.plan.months)
        kind, _, where = levers[lever].acts.partition(":")
        if kind in LEVERS:
            outside[:, :, fields_of(Outside).index(kind)] = monthly
            if kind in ACTS_IN:
                _mark(base, groups, ACTS_IN[kind], levers[lever].hosts)
        else:
            plan = PLANS[kind](base, plan, where, monthly)
    _check_plan(base, plan, scenario)
    return replace(base.inputs, outside=outside, groups=groups, weight=weights_of(base, plan))


def _by_lever(base: Baseline, scenario: Scenario, levers: Mapping[str, Lever]) -> dict[str, list[Pull]]:
    """The pulls of each lever. ScenarioError where one is outside the run, or two levers act on one thing."""
    out: dict[str, list[Pull]] = {}
    for pull in scenario.pulls:
        months = base.plan.months
        if pull.start > months[-1] or (pull.until and pull.until < months[0]):
            raise ScenarioError(
                f"acts from {pull.start}, outside the run", file=f"{scenario.id}.toml", key=f"lever {pull.lever}",
                hint=f"the run goes from {months[0]} to {months[-1]}",
            )  # fmt: skip
        rivals = [one for one in out if one != pull.lever and levers[one].acts == levers[pull.lever].acts]
        if rivals:
            raise ScenarioError(
                f"acts on what {rivals[0]!r} acts on", file=f"{scenario.id}.toml", key=f"lever {pull.lever}",
                hint="pull one of the two",
            )  # fmt: skip
        out.setdefault(pull.lever, []).append(pull)
    return out


def _check_plan(base: Baseline, plan: Plan, scenario: Scenario) -> None:
    """ScenarioError where a scenario's plan would send, in most draws, more in a month than may leave the waiting."""
    if not any(each.any() for each in plan.regions.values()):
        return
    focus = base.shape.focus
    waiting = np.maximum(base.inputs.people[:, base.graph.place("selected", focus)], LEAST)
    share = np.median((plan.arrivals[focus] + sum(plan.regions.values())) / waiting[:, None], axis=0)
    if share.max() > MOST:
        raise ScenarioError(
            f"sends {share.max():.1f} times as many workers in {plan.months[int(share.argmax())]} as then wait",
            file=f"{scenario.id}.toml", key="lever", hint="let the number grow over more months: over_months",
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


def _close_visa(base: Baseline, plan: Plan, visa: str, closed: Array) -> Plan:
    """Fewer of one class: those relabelled come as the other classes that authorise no work, in their proportion."""
    shape, split = base.shape, dict(plan.split)
    refused = split[visa] * closed
    again = refused * base.beside["visa_relabelled"][:, None]
    others = [each for each in shape.unauthorised if each != visa] or [each for each in shape.visas if each != visa]
    whole = sum(split[each] for each in others)
    left = 1 - refused + again
    split[visa] = split[visa] - refused
    for each in others:
        split[each] = split[each] + again * np.where(whole > 0, split[each] / np.maximum(whole, 1e-12), 1 / len(others))
    fewer = {**plan.arrivals, shape.focus: plan.arrivals[shape.focus] * left}
    return replace(plan, arrivals=fewer, split={each: share / left for each, share in split.items()})


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


PLANS = {"close_visa": _close_visa, "region": _region, "builders": _builders}
