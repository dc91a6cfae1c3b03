"""All months at once, for a stock whose rates do not depend on state and whose strata feed each other in no cycle.

Each stratum obeys x[t] = s[t] x[t-1] + a[t], with s the share that stays and a who joins at the month's end. Its
solution is

    x[t] = a[t] + P[t] (x[0] + sum of a[u] / P[u] for u before t),    P the running product of s

Strata stand in levels: each needs only what the levels before it deliver, so that a level is one array. All terms are
positive, so nothing cancels. It needs P above 1e-300: hazards that sum to less than 600 over all months.

Whatever leavers take with them (an average holding each) moves by the same shares, so one solution serves people and
what they hold. The same text runs on NumPy and JAX; what it is the closed form of is the generated step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.engines.vectors import ops_of
from tallystick.stocks.graph import Graph
from tallystick.stocks.text import Flow, Number
from tallystick.vocab.errors import ModelError

Array = NDArray[np.float64]


class Way(NamedTuple):
    """One route out of a level: the row that it leaves, its place in the graph, and the stratum it leads to."""

    row: int
    route: int
    target: int  # among the strata of the stock, -1 for out of it


class Leaving(NamedTuple):
    """A flow out of a level."""

    flow: Flow
    ways: tuple[Way, ...]


class Level(NamedTuple):
    """Strata, by their places in the stock, that feed none of each other; and the flows that leave them."""

    strata: tuple[int, ...]
    leaving: tuple[Leaving, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The strata of one stock in levels."""

    stock: str
    size: int
    levels: tuple[Level, ...]


class Pace(NamedTuple):
    """How fast a flow leaves a level: (row, month) 1/month, times what the weights of its routes make for each row."""

    rate: Number
    weights: tuple[Number, ...]  # of each way
    factor: Number

    @property
    def hazard(self) -> Number:
        return self.rate * self.factor


class Reads(NamedTuple):
    """What rates read beside the group: NamedTuples of numbers or of (month,) arrays."""

    signals: Any
    outside: Any
    parameters: Any


class Solved(NamedTuple):
    """Present at the end of each month, and who left during it by each flow: arrays (row, month), level by level."""

    part: Part
    present: tuple[Any, ...]
    movers: Mapping[str, tuple[Any, ...]]  # by flow; None at a level that it does not leave

    def row(self, stratum: int) -> Any:
        """(month,) present in one stratum."""
        at = next(at for at, level in enumerate(self.part.levels) if stratum in level.strata)
        return self.present[at][self.part.levels[at].strata.index(stratum)]


def part_of(graph: Graph, stock: str) -> Part:
    """The levels of a stock's strata. ModelError where these feed each other in a cycle."""
    first, end = graph.span(stock)
    inner = {
        (e.source - first, e.target - first) for e in graph.edges if first <= e.source < end and first <= e.target < end
    }
    left, levels = list(range(end - first)), []
    while left:
        free = tuple(at for at in left if not any(target == at and source in left for source, target in inner))
        if not free:
            raise ModelError(
                f"{', '.join(graph.strata[first + at] for at in left)} feed each other in a cycle", equation=stock,
                hint="step month by month: there is no closed form",
            )  # fmt: skip
        levels.append(Level(free, _leaving(graph, stock, free)))
        left = [at for at in left if at not in free]
    return Part(stock=stock, size=end - first, levels=tuple(levels))


def _leaving(graph: Graph, stock: str, strata: Sequence[int]) -> tuple[Leaving, ...]:
    (first, end), found = graph.span(stock), []
    for flow in graph.text.flows:
        edges = [(place, graph.edges[place]) for place in graph.edges_of(flow.id)]
        ways = [
            Way(strata.index(edge.source - first), place, edge.target - first if first <= edge.target < end else -1)
            for place, edge in edges
            if edge.source - first in strata
        ]
        if ways:
            found.append(Leaving(flow, tuple(ways)))
    return tuple(found)


def paces_of(part: Part, reads: Reads, groups: Sequence[Any], weights: Mapping[int, Number], xp: Any) -> list[Any]:
    """For each level, the pace of each flow out of it, from the author's own rates.

    groups : one NamedTuple for each stratum of the stock, of numbers or (month,) arrays. weights : of each weighted
    route, by its place in the graph.
    """
    ops, out = ops_of(xp), []
    for level in part.levels:
        group = _columns([groups[stratum] for stratum in level.strata], xp)
        paces = {}
        for flow, ways in level.leaving:
            weigh = tuple(weights[way.route] if flow.is_weighted else 1.0 for way in ways)
            rate = flow.rate(reads.signals, reads.outside, reads.parameters, group, ops)
            paces[flow.id] = Pace(rate, weigh, _factor(len(level.strata), ways, weigh, xp))
        out.append(paces)
    return out


def _columns(groups: Sequence[Any], xp: Any) -> Any:
    """One NamedTuple of (row, 1) or (row, month) arrays; what is all plain numbers stays a constant."""
    kind = type(groups[0])
    return kind(*(_column([getattr(group, name) for group in groups], xp) for name in kind._fields))


def _column(values: Sequence[Number], xp: Any) -> Any:
    if all(isinstance(value, (int, float)) for value in values):
        return values[0] if len(set(values)) == 1 else np.array(values, dtype=float)[:, None]
    shape = np.broadcast_shapes((1,), *(np.shape(value) for value in values))
    return xp.stack([xp.broadcast_to(xp.asarray(value), shape) for value in values])


def _factor(rows: int, ways: Sequence[Way], weights: Sequence[Number], xp: Any) -> Any:
    """What multiplies the rate in each row: the sum of the weights of its routes, 0 where there is none."""
    sums: list[Number] = [0.0] * rows
    for way, weight in zip(ways, weights, strict=True):
        sums[way.row] = sums[way.row] + weight
    return _column(sums, xp)


def solve(
    part: Part, paces: Sequence[Mapping[str, Pace]], start: Sequence[Number], given: Sequence[Number], xp: Any
) -> Solved:
    """Everything from where it starts (by stratum) and what is given each month (by stratum: (month,), or 0)."""
    fed: list[Number] = list(given)
    present, movers = [], {flow.id: [None] * len(part.levels) for level in part.levels for flow, _ in level.leaving}
    months = max(np.shape(row)[-1] for row in given if np.ndim(row))
    for at, (level, pace) in enumerate(zip(part.levels, paces, strict=True)):
        shape = (len(level.strata), months)
        total = xp.broadcast_to(sum(one.hazard for one in pace.values()), shape)
        joined = xp.stack([xp.broadcast_to(xp.asarray(fed[stratum]), (months,)) for stratum in level.strata])
        first = xp.stack([xp.asarray(start[stratum], dtype=float) for stratum in level.strata])[:, None]
        now, before = path(first, joined, total, xp)
        each = before * -xp.expm1(-total) / (total + (total == 0))  # persons for each unit of hazard
        present.append(now)
        for flow, ways in level.leaving:
            one = pace[flow.id]
            movers[flow.id][at] = each * one.hazard
            _feed(fed, ways, one, each * one.rate)
    return Solved(part, tuple(present), {id: tuple(rows) for id, rows in movers.items()})


def _feed(fed: list[Number], ways: Sequence[Way], pace: Pace, movers: Any) -> None:
    """Who stays in the stock joins the stratum that the route leads to."""
    for way, weight in zip(ways, pace.weights, strict=True):
        if way.target >= 0:
            fed[way.target] = fed[way.target] + movers[way.row] * weight


def path(start: Any, joined: Any, total: Any, xp: Any) -> tuple[Any, Any]:
    """(row, month) present at the end of each month and at its start. start : (row, 1). total : summed hazards."""
    until = running_sum(total)
    before = xp.exp(total - until) * (start + running_sum(joined * xp.exp(until), own=0))
    return before * xp.exp(-total) + joined, before


def running_sum(monthly: Any, own: int = 1) -> Any:
    """A sum along the months as two small products, within blocks and over blocks: quicker both ways than a scan.

    own : 1 for sums that hold the month itself, 0 for those of the months before it.
    """
    months = monthly.shape[-1]
    size = max(each for each in range(1, months + 1) if each * each <= months and months % each == 0)
    blocks = monthly.reshape(*monthly.shape[:-1], months // size, size)
    earlier = blocks.sum(axis=-1) @ np.tri(months // size, k=-1).T
    return (blocks @ np.tri(size, k=own - 1).T + earlier[..., None]).reshape(monthly.shape)


def summed(part: Part, levels: Sequence[Any], pick: Array, xp: Any) -> Any:
    """(out, month) sums over strata of a level-by-level result. pick : (out, stratum) 0 or 1."""
    there = [(level.strata, rows) for level, rows in zip(part.levels, levels, strict=True) if rows is not None]
    rows_of = {stratum: rows[at] for strata, rows in there for at, stratum in enumerate(strata)}
    nothing = 0.0 * next(iter(rows_of.values()))
    sums = [[row for stratum, row in rows_of.items() if chosen[stratum]] for chosen in pick]
    return xp.stack([sum(rows[1:], rows[0]) if rows else nothing for rows in sums])
