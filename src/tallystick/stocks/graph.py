"""A text laid out as numbers: where each stratum, route, balance and transfer stands, and what moves what.

The layout is the only thing that engines share beside the author's functions: positions are stable, named, and
depend on nothing but the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.text import Account, Carriage, Flow, Posting, Reading, Route, Stock, Text
from tallystick.vocab.errors import ModelError

Array = NDArray[np.float64]
Places = NDArray[np.int64]


def label(id: str, stratum: str) -> str:
    """The name of a stratum: "abroad/work.early", or the stock's own id where there is one stratum."""
    return f"{id}/{stratum}" if stratum else id


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One route of one flow, by places among the strata of all stocks."""

    flow: Flow
    source: int
    target: int
    weight: int  # place among the weighted routes, -1 for none


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One place where money moves: a posting in one stratum or on one route, or a carriage on one route."""

    of: Posting | Carriage
    edge: int  # place of the route whose movers count, -1 for those present
    stratum: int  # place whose group is read, and whose people count where there is no route
    source: int  # balances
    target: int
    rest: int  # balance that gets what `share` leaves; -1 for none


class Graph:
    """The layout of a text. ModelError where the text names what it does not have."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.stocks = {each.id: each for each in text.stocks}
        self.flows = {each.id: each for each in text.flows}
        self.accounts = {each.id: each for each in text.accounts}
        self.levels = {each.id: place for place, each in enumerate(text.levels)}
        self.first = _offsets([(each.id, len(each.strata)) for each in text.stocks])
        self.balance_first = _offsets([(each.id, len(self._strata_of(each))) for each in text.accounts])
        self.edges = self._edges()
        self.transfers = self._transfers()

    @cached_property
    def strata(self) -> tuple[str, ...]:
        """Names of all strata, in their order."""
        return tuple(label(stock.id, stratum) for stock in self.text.stocks for stratum in stock.strata)

    @cached_property
    def balances(self) -> tuple[str, ...]:
        """Names of all balances, in their order."""
        return tuple(label(one.id, stratum) for one in self.text.accounts for stratum in self._strata_of(one))

    @cached_property
    def routes(self) -> tuple[str, ...]:
        """Names of all routes: "flow: source > target"."""
        return tuple(f"{e.flow.id}: {self.strata[e.source]} > {self.strata[e.target]}" for e in self.edges)

    @cached_property
    def weighted(self) -> tuple[int, ...]:
        """Places of the routes that take a weight, in the order of the weights."""
        return tuple(place for place, edge in enumerate(self.edges) if edge.weight >= 0)

    @cached_property
    def moves(self) -> Array:
        """(stratum, route): -1 where the route leaves, +1 where it arrives. Every column sums to zero."""
        out = np.zeros((len(self.strata), len(self.edges)))
        for place, edge in enumerate(self.edges):
            out[edge.source, place] -= 1
            out[edge.target, place] += 1
        return out

    @cached_property
    def exits(self) -> tuple[Places, ...]:
        """The first, second, ... route out of each stratum that has so many: which draws go together."""
        seen: dict[int, int] = {}
        ranks = []
        for edge in self.edges:
            ranks.append(seen.get(edge.source, 0))
            seen[edge.source] = ranks[-1] + 1
        return tuple(np.flatnonzero(np.array(ranks) == rank) for rank in range(max(ranks, default=-1) + 1))

    def span(self, id: str) -> tuple[int, int]:
        """First and last-but-one place of a stock's strata, or of an account's balances."""
        if id in self.stocks:
            return self.first[id], self.first[id] + len(self.stocks[id].strata)
        return self.balance_first[id], self.balance_first[id] + len(self._strata_of(self.accounts[id]))

    def place(self, stock: str, stratum: str = "") -> int:
        """The place of a stratum among all; ModelError if there is none."""
        strata = self.stocks[stock].strata
        if stratum not in strata:
            raise ModelError(
                f"has no stratum {stratum!r}", equation=stock, hint=f"it has {', '.join(strata) or 'none'}"
            )
        return self.first[stock] + strata.index(stratum)

    def edges_of(self, flow: str) -> tuple[int, ...]:
        """The places of a flow's routes."""
        return tuple(place for place, edge in enumerate(self.edges) if edge.flow.id == flow)

    def transfers_by_id(self) -> dict[str, list[int]]:
        """The places of the transfers of each posting and carriage, in their order: they stand side by side."""
        found: dict[str, list[int]] = {}
        for place, each in enumerate(self.transfers):
            found.setdefault(each.of.id, []).append(place)
        return found

    def members(self, reading: Reading) -> tuple[int, ...]:
        """The places that a reading sums: strata, balances, routes, or the one level."""
        if reading.of in self.flows:
            return self.edges_of(reading.of)
        if reading.of in self.levels:
            return (self.levels[reading.of],)
        return tuple(range(*self.span(reading.of)))

    def _strata_of(self, account: Account) -> tuple[str, ...]:
        if not account.held_by:
            return ("",)
        return self._stock(account.held_by, account.id).strata

    def _stock(self, id: str, by: str) -> Stock:
        if id not in self.stocks:
            raise ModelError(f"names the stock {id!r}, which the text does not have", equation=by)
        return self.stocks[id]

    def _edges(self) -> tuple[Edge, ...]:
        """Routes ordered by the stratum that they leave, then as the flows are written."""
        found = [
            (self.place(flow.source, route.source), rank, flow, self.place(flow.target, route.target))
            for rank, flow in enumerate(self.text.flows)
            for route in self._routes(flow)
        ]
        found.sort(key=lambda each: each[:2])
        weights = iter(range(len(found)))
        return tuple(
            Edge(flow=flow, source=source, target=target, weight=next(weights) if flow.is_weighted else -1)
            for source, _, flow, target in found
        )

    def _routes(self, flow: Flow) -> Sequence[Route]:
        source, target = self._stock(flow.source, flow.id), self._stock(flow.target, flow.id)
        if flow.routes:
            return flow.routes
        if len(target.strata) == 1:
            return [Route(each, target.strata[0]) for each in source.strata]
        if source.strata == target.strata and source.id != target.id:
            return [Route(each, each) for each in source.strata]
        raise ModelError(
            f"does not say which stratum of {target.id} each of {source.id} goes to", equation=flow.id,
            hint="write its routes",
        )  # fmt: skip

    def _transfers(self) -> tuple[Transfer, ...]:
        """Carriages first, then amounts per mover, then amounts per person present: the order of a month."""
        carried = [one for each in self.text.carriages for one in self._carried(each)]
        movers = [one for each in self.text.postings if each.per in self.flows for one in self._per_mover(each)]
        present = [one for each in self.text.postings if each.per not in self.flows for one in self._per_person(each)]
        return (*carried, *movers, *present)

    def _carried(self, each: Carriage) -> list[Transfer]:
        if each.flow not in self.flows:
            raise ModelError(f"follows the flow {each.flow!r}, which the text does not have", equation=each.id)
        if self._account(each.account, each.id).held_by != self.flows[each.flow].source:
            raise ModelError(
                f"carries {each.account}, which is not held by {self.flows[each.flow].source}", equation=each.id
            )
        return [
            Transfer(
                of=each, edge=place, stratum=edge.source,
                source=self._balance(each.account, edge.source, each.id),
                target=self._balance(each.target, edge.target, each.id),
                rest=self._balance(each.rest, edge.target, each.id) if each.rest else -1,
            )
            for place, edge in enumerate(self.edges) if edge.flow.id == each.flow
        ]  # fmt: skip

    def _per_mover(self, each: Posting) -> list[Transfer]:
        return [
            Transfer(
                of=each, edge=place, stratum=edge.target, rest=-1,
                source=self._balance(each.source, edge.target, each.id),
                target=self._balance(each.target, edge.target, each.id),
            )
            for place, edge in enumerate(self.edges) if edge.flow.id == each.per
        ]  # fmt: skip

    def _per_person(self, each: Posting) -> list[Transfer]:
        self._stock(each.per, each.id)
        return [
            Transfer(
                of=each, edge=-1, stratum=place, rest=-1,
                source=self._balance(each.source, place, each.id), target=self._balance(each.target, place, each.id),
            )
            for place in range(*self.span(each.per))
        ]  # fmt: skip

    def _account(self, id: str, by: str) -> Account:
        if id not in self.accounts:
            raise ModelError(f"names the account {id!r}, which the text does not have", equation=by)
        return self.accounts[id]

    def _balance(self, id: str, stratum: int, by: str) -> int:
        """The balance of an account at a stratum: its only one, or that stratum's own."""
        account = self._account(id, by)
        if not account.held_by:
            return self.balance_first[id]
        first, end = self.first[account.held_by], self.first[account.held_by] + len(self.stocks[account.held_by].strata)
        if not first <= stratum < end:
            raise ModelError(f"needs {id} where {account.held_by} is not: at {self.strata[stratum]}", equation=by)
        return self.balance_first[id] + stratum - first


def _offsets(sizes: Sequence[tuple[str, int]]) -> dict[str, int]:
    out, at = {}, 0
    for id, size in sizes:
        if id in out:
            raise ModelError("is written twice", equation=id)
        out[id] = at
        at += size
    return out


def fields_of(kind: type[Any]) -> tuple[str, ...]:
    """The field names of a NamedTuple class."""
    return tuple(kind._fields)
