"""What a scenario's pulls do to a run's inputs: drivers by month, the plan of arrivals, and who is bound.

A lever acts on one of
    a driver of the equations ("refusal")      its strength, month by month; with `hosts`, in these hosts alone
    "close_visa:CLASS"                         part of that class's arrivals come on other visas instead, the rest not
    "region:REGION"                            workers present in a rebuilding region, beyond the plan
    "builders:SITE"                            military builders present at a site
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.baseline import Baseline, Plan, weights_of
from tallystick.scenarios.scenario import Lever, Pull, Scenario
from tallystick.stocks.graph import fields_of
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.fields import LEVERS, Group, Outside
from tallystick.vocab.errors import ScenarioError

Array = NDArray[np.float64]
ACTS_IN = {"compliance": "bound", "refusal": "refuses"}  # drivers that act in some hosts: the field that marks these


def strength_of(pull: Pull, months: Sequence[str]) -> Array:
    """(month,) the strength of a pull: 0 before it starts, grown evenly over its first months, 0 after it ends."""
    place = {month: at for at, month in enumerate(months)}
    first = sum(month < pull.start for month in months)
    grown = np.clip((np.arange(len(months)) - first + 1) / max(pull.over_months, 1), 0, 1)
    last = place.get(pull.until, len(months) - 1) if pull.until else len(months) - 1
    return np.where(np.arange(len(months)) <= last, grown, 0.0) * pull.strength


def inputs_under(base: Baseline, scenario: Scenario, levers: Mapping[str, Lever]) -> Inputs:
    """The baseline's inputs with every pull of the scenario; those of the baseline itself when it has none."""
    if not scenario.pulls:
        return base.inputs
    outside, groups, plan = base.inputs.outside.copy(), base.inputs.groups.copy(), base.plan
    for pull in scenario.pulls:
        lever, monthly = levers[pull.lever], strength_of(pull, base.plan.months)
        kind, _, where = lever.acts.partition(":")
        if not monthly.any() and pull.strength:
            months = f"{base.plan.months[0]} to {base.plan.months[-1]}"
            raise ScenarioError(
                f"acts from {pull.start}, outside the run", file=f"{scenario.id}.toml", key=f"lever {lever.id}",
                hint=f"the run goes from {months}",
            )  # fmt: skip
        if kind in LEVERS:
            outside[:, :, fields_of(Outside).index(kind)] += monthly
            if kind in ACTS_IN:
                _mark(base, groups, ACTS_IN[kind], lever.hosts)
        else:
            plan = PLANS[kind](base, plan, where, monthly)
    return replace(base.inputs, outside=outside, groups=groups, weight=weights_of(base, plan))


def _mark(base: Baseline, groups: Array, field: str, hosts: Sequence[str]) -> None:
    """1 for those who wait for these hosts and those who are there."""
    at, shape = fields_of(Group).index(field), base.shape
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
    graph, names = base.graph, fields_of(Group)
    at = graph.place("abroad", base.shape.later(base.shape.visas[0], region))
    leave = base.inputs.groups[:, at, names.index("leave_after")][:, None]
    needed = np.maximum(np.diff(present, prepend=0.0) + leave * present, 0.0)
    elsewhere = sum(base.inputs.people[:, graph.place("abroad", base.shape.later(v))] for v in base.shape.visas)
    by_move = base.beside["moved"][:, None]
    moved = np.minimum(by_move * needed / np.maximum(elsewhere, 1.0)[:, None], 1.0)
    return replace(
        plan,
        regions={**plan.regions, region: plan.regions[region] + (1 - by_move) * needed},
        moved={**plan.moved, region: plan.moved[region] + moved},
    )


def _builders(base: Baseline, plan: Plan, site: str, present: Array) -> Plan:
    """Arrivals that would bring so many builders to a site and keep them there, in the mean."""
    leave = 1 / base.beside["builders_term"][:, None]
    needed = np.maximum(np.diff(present, prepend=0.0) + leave * present, 0.0)
    return replace(plan, builders={**plan.builders, site: plan.builders[site] + needed})


PLANS = {"close_visa": _close_visa, "region": _region, "builders": _builders}
