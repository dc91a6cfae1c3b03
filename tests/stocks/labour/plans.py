"""Weights that carry out a plan, as simply as tests need them: how many are meant to go where, month by month.

A rate times its weight is a hazard. To send n of w who wait by a route, the hazards of all routes out of w have to sum
to -log(1 - sum n / w) and stand to each other as the n do; with the paces of the text divided out that is a weight.
With no lever pulled and every signal at 1, expected arrivals are then those planned, but for the few who give up or
whom the chances of a month delay. Those who give up are selected again on top, so that the waiting last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.graph import Edge, Graph
from tallystick.stocks.labour.shape import Shape

Array = NDArray[np.float64]
MOST = 0.9  # of those who wait, at most so many are planned to leave in a month


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is planned, as arrays that broadcast to (draw, month); sizes and paces are (draw, 1) or numbers."""

    arrivals: Mapping[str, Array]  # stratum abroad -> persons a month
    waiting: Mapping[str, Array]  # host -> persons selected and waiting, at the start
    applicants: Array | float
    public: Array | float
    wait: Array | float  # months, the parameter
    withdraw: Array | float  # per month, the parameter
    relabelled: Mapping[str, Array | float] = field(default_factory=dict)  # visa that authorises no work -> share
    moves: Mapping[str, Array | float] = field(default_factory=dict)  # region -> hazard per month, from "unknown"
    builders: Mapping[str, Array | float] = field(default_factory=dict)  # site -> persons a month
    builders_home: Array | float = 1.0


def weights_of(graph: Graph, shape: Shape, plan: Plan, months: int) -> Array:
    """(draw, month, weighted route): the weights that carry out the plan."""
    rows = [_weight(graph.edges[place], graph, shape, plan) for place in graph.weighted]
    broad = np.broadcast_arrays(*(np.atleast_2d(row) for row in rows), np.zeros((1, months)))[:-1]
    return np.stack(broad, axis=-1)


def _weight(edge: Edge, graph: Graph, shape: Shape, plan: Plan) -> Array:
    stratum = graph.strata[edge.target].partition("/")[2]
    if edge.flow.id in ("depart", "depart_elsewhere"):
        host = graph.strata[edge.source].partition("/")[2]
        return _hazard(plan.arrivals.get(stratum, 0.0), _bound_for(plan, shape, host), plan.waiting[host]) * plan.wait
    if edge.flow.id in ("select", "select_elsewhere"):
        return _hazard(_quota(plan, shape, stratum), _quotas(plan, shape), plan.applicants)
    if edge.flow.id == "apply":
        planned = sum((_bound_for(plan, shape, host) for host in shape.hosts), np.zeros((1, 1)))
        return _hazard(planned, planned, plan.public)
    if edge.flow.id == "relabel":
        return np.asarray(plan.relabelled.get(stratum.split(".")[1], 0.0)) + np.zeros((1, 1))
    if edge.flow.id == "redeploy":
        return np.asarray(plan.moves.get(stratum.split(".")[-1], 0.0)) + np.zeros((1, 1))
    sent = sum(plan.builders.values(), np.zeros((1, 1)))
    return _hazard(plan.builders.get(stratum, 0.0), sent, plan.builders_home)


def _hazard(by_this: Array | float, by_all: Array | float, of: Array | float) -> Array:
    """The hazard that sends `by_this` of `of` where `by_all` are sent by all routes together; zero of nobody."""
    share = np.minimum(np.asarray(by_all) / np.maximum(of, 1e-9), MOST)
    total: Array = -np.log1p(-share)
    part: Array = np.asarray(by_this) / np.where(np.asarray(by_all) > 0, by_all, 1.0)
    return total * part


def _bound_for(plan: Plan, shape: Shape, host: str) -> Array:
    """Planned arrivals in a host, all strata together."""
    strata = [host] if host in shape.elsewhere else list(shape.in_focus)
    return sum((np.asarray(plan.arrivals.get(stratum, 0.0)) for stratum in strata), np.zeros((1, 1)))


def _quota(plan: Plan, shape: Shape, host: str) -> Array:
    """Whom to select: who is planned to leave, and who gives up."""
    return _bound_for(plan, shape, host) + np.asarray(plan.withdraw) * plan.waiting[host]


def _quotas(plan: Plan, shape: Shape) -> Array:
    return sum((_quota(plan, shape, host) for host in shape.hosts), np.zeros((1, 1)))
