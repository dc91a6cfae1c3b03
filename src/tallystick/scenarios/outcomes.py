"""What a run reports of each year: sums over named strata, balances, levels, movers and payments.

It reads as one sentence: "booked pay owed is what the account `booked` holds at the end of the year". An outcome is
computed from whole persons and whole cents, and becomes a number of its unit at the edge (USD, never cents).

    end      people in a stock, money in an account or the value of a level, as the year ends
    months   people or the value of a level, summed over the twelve months: person-months
    year     movers of a flow, or money of a posting or carriage, summed over the year

It says nothing of what is internal to the model: a stock, level or flow marked so, flows into and out of such a stock,
anything that only such flows fill, and money that follows them are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.text import Flow, Stock
from tallystick.vocab.errors import ModelError

if TYPE_CHECKING:
    from tallystick.stocks.terms import Terms

Array = NDArray[np.float64]
CENT = 0.01  # USD


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One sum within a year.

    of : id of a stock, account, level, flow, posting or carriage.
    over : "months" sums a stock or level over the months instead of reading it at the year's end.
    strata : patterns of stratum names ("*.late"); none means all. Of a flow: of the stratum at its `end`; of a payment:
    of the stratum whose people it is for.
    by : field of the group that weighs each stratum. times : field of the parameters, or of what the inputs have
    beside, that multiplies the sum.
    """

    of: str
    over: Literal["end", "months"] = "end"
    strata: tuple[str, ...] = ()
    end: Literal["source", "target"] = "source"
    by: str = ""
    times: str = ""
    factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A number of each year and run: the sum of `sums`, over that of `per` where there is one.

    Where `per` comes to nothing in a year, the run has no value for that year. since_start : every year adds to the
    years before it, run by run, so that the last year has the sum of all.
    """

    id: str
    name: str
    unit: str
    sums: tuple[Sum, ...]
    per: tuple[Sum, ...] = ()
    since_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One sum that the engine makes for an outcome, and what each draw multiplies it by."""

    outcome: int
    is_below: bool  # belongs to `per`
    places: tuple[tuple[int, float], ...]  # (place in the year's record, factor)
    scale: float
    by_draw: Array | None  # (draw,)


class LaidOut:
    """Outcomes laid out for one graph and its inputs: what the engine sums, and how that becomes values."""

    def __init__(self, graph: Graph, outcomes: Sequence[Outcome], inputs: Inputs) -> None:
        self.outcomes, layout = tuple(outcomes), _Layout(graph)
        self.columns = tuple(
            column for at, each in enumerate(self.outcomes) for column in _columns_of(at, each, inputs, layout)
        )

    def of_draws(self, first: int, end: int) -> LaidOut:
        """The same for the inputs of draws `first` to `end - 1` alone, with the same columns."""
        some = copy(self)
        some.columns = tuple(
            each if each.by_draw is None else replace(each, by_draw=each.by_draw[first:end]) for each in self.columns
        )
        return some

    def terms(self) -> Terms:
        """What the engine is asked for: one of its outcomes for each column."""
        from tallystick.stocks.terms import Terms

        rows = [(at, place, factor) for at, each in enumerate(self.columns) for place, factor in each.places]
        return Terms(
            outcome=np.array([row[0] for row in rows], dtype=np.int64),
            place=np.array([row[1] for row in rows], dtype=np.int64),
            factor=np.array([row[2] for row in rows], dtype=np.float64),
            outcomes=len(self.columns),
        )

    def values(self, sums: Array, draws: NDArray[np.int64]) -> Array:
        """(run, year, outcome) from the engine's (run, year, column); NaN where a ratio has nothing below.

        draws : (run,) the row of the inputs that each run used.
        """
        above = np.zeros((*sums.shape[:2], len(self.outcomes)))
        below = np.zeros_like(above)
        for at, each in enumerate(self.columns):
            part = sums[:, :, at] * each.scale
            if each.by_draw is not None:
                part = part * each.by_draw[draws][:, None]
            (below if each.is_below else above)[:, :, each.outcome] += part
        for at, outcome in enumerate(self.outcomes):
            if outcome.since_start:
                for years in (above, below):
                    years[:, :, at] = years[:, :, at].cumsum(axis=1)
        return self._ratios(above, below)

    def _ratios(self, above: Array, below: Array) -> Array:
        for at, each in enumerate(self.outcomes):
            if each.per:
                divisor = np.where(below[:, :, at] == 0, np.nan, below[:, :, at])
                above[:, :, at] /= divisor
        return above


def _columns_of(at: int, outcome: Outcome, inputs: Inputs, layout: _Layout) -> Iterator[Column]:
    for is_below, sums in ((False, outcome.sums), (True, outcome.per)):
        for each in sums:
            yield from _columns(at, is_below, each, inputs, layout)


def _times(each: Sum, inputs: Inputs, layout: _Layout) -> Array | None:
    if each.times in inputs.beside:
        return inputs.beside[each.times]
    return inputs.parameters[:, layout.parameter(each)] if each.times else None


def _columns(at: int, is_below: bool, each: Sum, inputs: Inputs, layout: _Layout) -> Iterator[Column]:
    """One column; where a group field differs between draws, one for each place."""
    places = layout.places(each)
    scale = each.factor * (CENT if layout.is_money(each.of) else 1.0)
    by_draw = _times(each, inputs, layout)
    if not each.by:
        flat = tuple((place, 1.0) for place, _ in places)
        yield Column(outcome=at, is_below=is_below, places=flat, scale=scale, by_draw=by_draw)
        return
    weights = inputs.groups[:, [stratum for _, stratum in places], layout.group(each)]
    if (weights == weights[:1]).all():
        flat = tuple((place, float(w)) for (place, _), w in zip(places, weights[0], strict=True))
        yield Column(outcome=at, is_below=is_below, places=flat, scale=scale, by_draw=by_draw)
        return
    for (place, _), weight in zip(places, weights.T, strict=True):
        both = weight if by_draw is None else weight * by_draw
        yield Column(outcome=at, is_below=is_below, places=((place, 1.0),), scale=scale, by_draw=both)


class _Layout:
    """Where the places of a year's record are (see `Terms`), and what may not be told."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        strata, edges, transfers = len(graph.strata), len(graph.edges), len(graph.transfers)
        balances, levels = len(graph.balances), len(graph.text.levels)
        self.months, self.movers = strata, 2 * strata
        self.sums = self.movers + edges
        self.balances = self.sums + transfers
        self.levels = self.balances + balances
        self.level_months = self.levels + levels
        self.payments = {each.id for each in graph.text.postings} | {each.id for each in graph.text.carriages}

    def is_money(self, id: str) -> bool:
        return id in self.graph.accounts or id in self.payments

    def parameter(self, each: Sum) -> int:
        return _field(fields_of(self.graph.text.parameters), each.times, each.of, "parameters")

    def group(self, each: Sum) -> int:
        return _field(fields_of(self.graph.text.group), each.by, each.of, "group")

    def places(self, each: Sum) -> list[tuple[int, int]]:
        """(place in the record, stratum or -1) of everything that a sum adds."""
        graph, id = self.graph, each.of
        if each.over == "months" and id not in graph.stocks and id not in graph.levels:
            raise ModelError("is no stock or level, and cannot be summed over months", equation=id)
        if id in graph.stocks:
            found = self._stock(graph.stocks[id], each)
        elif id in graph.flows:
            found = self._flow(each)
        elif id in graph.accounts:
            found = self._account(each)
        elif id in graph.levels:
            found = self._level(each)
        elif id in self.payments:
            found = self._payment(each)
        else:
            raise ModelError(f"an outcome sums {id!r}, which the text does not have", equation=graph.text.id)
        return self._chosen(each, found)

    def _chosen(self, each: Sum, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
        if not each.strata and not each.by:
            return found
        if any(stratum < 0 for _, stratum in found):
            raise ModelError("has no strata to choose or weigh", equation=each.of)
        chosen = [pair for pair in found if not each.strata or self._matches(pair[1], each.strata)]
        if not chosen:
            names = sorted({self._name(stratum) for _, stratum in found})
            raise ModelError(
                f"has no stratum like {' or '.join(each.strata)}", equation=each.of, hint=f"it has {', '.join(names)}"
            )
        return chosen

    def _matches(self, stratum: int, patterns: tuple[str, ...]) -> bool:
        return any(fnmatchcase(self._name(stratum), pattern) for pattern in patterns)

    def _name(self, stratum: int) -> str:
        """The stratum's own name, without its stock's."""
        return self.graph.strata[stratum].partition("/")[2]

    def _stock(self, stock: Stock, each: Sum) -> list[tuple[int, int]]:
        strata = range(*self.graph.span(stock.id))
        into = [edge for edge in self.graph.edges if edge.target in strata]
        if stock.is_internal or (into and all(is_hidden(self.graph, edge.flow) for edge in into)):
            raise _internal(stock.id)
        return [(place + (self.months if each.over == "months" else 0), place) for place in strata]

    def _flow(self, each: Sum) -> list[tuple[int, int]]:
        if is_hidden(self.graph, self.graph.flows[each.of]):
            raise _internal(each.of)
        ends = {at: getattr(self.graph.edges[at], each.end) for at in self.graph.edges_of(each.of)}
        return [(self.movers + at, stratum) for at, stratum in ends.items()]

    def _account(self, each: Sum) -> list[tuple[int, int]]:
        first, end = self.graph.span(each.of)
        into = [one for one in self.graph.transfers if first <= one.target < end or first <= one.rest < end]
        if into and all(self._follows_internal(one.edge) for one in into):
            raise _internal(each.of)
        held = self.graph.accounts[each.of].held_by
        start = self.graph.first[held] if held else -1
        return [(self.balances + at, start + at - first if held else -1) for at in range(first, end)]

    def _level(self, each: Sum) -> list[tuple[int, int]]:
        at = self.graph.levels[each.of]
        if self.graph.text.levels[at].is_internal:
            raise _internal(each.of)
        return [((self.level_months if each.over == "months" else self.levels) + at, -1)]

    def _payment(self, each: Sum) -> list[tuple[int, int]]:
        rows = [(at, one) for at, one in enumerate(self.graph.transfers) if one.of.id == each.of]
        if any(self._follows_internal(one.edge) for _, one in rows):
            raise _internal(each.of)
        return [(self.sums + at, one.stratum) for at, one in rows]

    def _follows_internal(self, edge: int) -> bool:
        return edge >= 0 and is_hidden(self.graph, self.graph.edges[edge].flow)


def _field(fields: Sequence[str], name: str, of: str, part: str) -> int:
    if name not in fields:
        raise ModelError(f"an outcome asks {part} for {name!r}, which they do not have", equation=of)
    return list(fields).index(name)


def is_hidden(graph: Graph, flow: Flow) -> bool:
    """Whether a flow is internal, or begins or ends in a stock that is: neither is ever an outcome."""
    return flow.is_internal or graph.stocks[flow.source].is_internal or graph.stocks[flow.target].is_internal


def _internal(id: str) -> ModelError:
    return ModelError("is internal to the model and is never an outcome", equation=id)
