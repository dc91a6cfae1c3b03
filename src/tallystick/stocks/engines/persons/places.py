"""The tables of places that the persons' month reads, from the graph and from what a run is asked to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tallystick.stocks.engines.persons.records import Holding, Kept, Routes, Tables, Transfers
from tallystick.stocks.graph import Graph
from tallystick.stocks.text import Carriage
from tallystick.vocab.errors import ModelError

REST = ".rest"  # tallies: what the share of a carriage leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """The first month at whose end `share` of what a person holds in `by` covers what they owe in `owed`.

    Without `by` it is the month in which nothing is owed any more. Who never owed never reaches it.
    """

    id: str
    owed: str  # account of what is owed, above zero
    by: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """What to keep of each spell: the time from entering `inside` (stocks) to leaving all of them.

    tallies : a stock (months at whose end the person was in it), a flow (how often), a posting or carriage (cents;
    "id.rest" for what a carriage's share leaves), an account (cents held when last seen in the stock that holds it).
    """

    inside: tuple[str, ...] = ()
    tallies: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """Postings whose amount differs from person to person.

    varied : multiplied by a factor fixed for life, log-normal with mean 1 and standard deviation `sd`.
    capped : per person present; nobody is posted more than they hold in the account that gives.
    """

    varied: tuple[str, ...] = ()
    sd: float = 0.0
    capped: tuple[str, ...] = ()


def tables_of(graph: Graph, keep: Keep, personal: Personal) -> Tables:
    """All tables. ModelError where something is named that the text does not have, or that persons cannot hold."""
    _check_names(graph, keep, personal)
    slots, slot_of, at = _slots(graph)
    of = [each.of for each in graph.transfers]
    varied = set(personal.varied if personal.sd > 0 else ())
    own = varied | set(personal.capped)
    present = [place for place, each in enumerate(graph.transfers) if each.edge < 0]
    carried = [p for p, each in enumerate(graph.transfers) if isinstance(each.of, Carriage)]
    charged = [p for p, each in enumerate(graph.transfers) if each.edge >= 0 and not isinstance(each.of, Carriage)]
    route_of = [each.edge for each in graph.transfers]
    stratum = [each.stratum for each in graph.transfers]
    boundary = {graph.place(s.id, x) for s in graph.text.stocks if s.is_boundary for x in s.strata}
    apart = [place for place in present if of[place].id in own and stratum[place] not in boundary]
    first_carried, by_carried = _by(carried, route_of, len(graph.edges))
    first_charged, by_charged = _by(charged, route_of, len(graph.edges))
    first_own, by_own = _by(apart, stratum, len(graph.strata))
    sources = [edge.source for edge in graph.edges]
    routes = Routes(
        is_followed=_ints(place not in boundary for place in range(len(graph.strata))),
        first_exit=_ints(np.searchsorted(sources, np.arange(len(graph.strata) + 1))),
        source=_ints(sources), target=_ints(edge.target for edge in graph.edges),
    )  # fmt: skip
    transfers = Transfers(
        give=_ints(each.source for each in graph.transfers), get=_ints(each.target for each in graph.transfers),
        rest=_ints(each.rest for each in graph.transfers), stratum=_ints(stratum),
        first_carried=first_carried, carried=by_carried, first_charged=first_charged, charged=by_charged,
        equal=_ints(place for place in present if place not in set(apart)), first_own=first_own, own=by_own,
        is_varied=_ints(each.id in varied for each in of), is_capped=_ints(each.id in personal.capped for each in of),
    )  # fmt: skip
    holding = Holding(slots=slots, slot_of=slot_of, at=at, is_left=_left(graph, slots))
    return Tables(routes, holding, transfers, _kept(graph, keep, slots, slot_of))


def _ints(values: Iterable[Any]) -> Any:
    return np.array([int(each) for each in values], dtype=np.int64)


def _by(places: Sequence[int], key: Sequence[int], size: int) -> tuple[Any, Any]:
    """Places grouped by their key: where each group starts, and the places in their order."""
    ordered = sorted(places, key=lambda place: key[place])
    starts = np.searchsorted([key[place] for place in ordered], np.arange(size + 1))
    return _ints(starts), _ints(ordered)


def _slots(graph: Graph) -> tuple[Any, Any, Any]:
    """(stratum, slot) -> balance, balance -> slot, balance -> stratum: for accounts that followed persons hold."""
    held: dict[str, list[str]] = {}
    for account in graph.text.accounts:
        if account.held_by and not graph.stocks[account.held_by].is_boundary:
            held.setdefault(account.held_by, []).append(account.id)
    slots = np.full((len(graph.strata), max(map(len, held.values()), default=0)), -1)
    slot_of, at = np.full(len(graph.balances), -1), np.full(len(graph.balances), -1)
    for stock, accounts in held.items():
        for slot, id in enumerate(accounts):
            strata, balances = np.arange(*graph.span(stock)), np.arange(*graph.span(id))
            slots[strata, slot], slot_of[balances], at[balances] = balances, slot, strata
    return slots, slot_of, at


def _left(graph: Graph, slots: Any) -> Any:
    """(route, slot): 1 where leavers hold something that no carriage takes along."""
    out = (slots[[edge.source for edge in graph.edges]] >= 0).astype(np.int64)
    for each in graph.transfers:
        if isinstance(each.of, Carriage):
            out[each.edge, slots[graph.edges[each.edge].source] == each.source] = 0
    return out


def _kept(graph: Graph, keep: Keep, slots: Any, slot_of: Any) -> Kept:
    return Kept(
        is_inside=_inside(graph, keep), **_tallies(graph, keep, slots, slot_of), **_milestones(graph, keep, slot_of)
    )


def _inside(graph: Graph, keep: Keep) -> Any:
    inside = np.zeros(len(graph.strata), dtype=np.int64)
    for stock in keep.inside:
        inside[slice(*graph.span(stock))] = 1
    return inside


def _tallies(graph: Graph, keep: Keep, slots: Any, slot_of: Any) -> dict[str, Any]:
    column = {name: place for place, name in enumerate(keep.tallies)}
    months, held = np.full(len(graph.strata), -1), np.full(slots.shape, -1)
    for name, place in column.items():
        if name in graph.stocks:
            months[slice(*graph.span(name))] = place
        elif name in graph.accounts:
            held[slice(*graph.span(graph.accounts[name].held_by)), slot_of[graph.span(name)[0]]] = place
    return {
        "amount": _ints(column.get(each.of.id, -1) for each in graph.transfers),
        "rest": _ints(column.get(each.of.id + REST, -1) for each in graph.transfers),
        "times": _ints(column.get(edge.flow.id, -1) for edge in graph.edges),
        "months": months, "held": held,
    }  # fmt: skip


def _milestones(graph: Graph, keep: Keep, slot_of: Any) -> dict[str, Any]:
    shape = (len(keep.milestones), len(graph.strata))
    out: dict[str, Any] = {"owed_slot": np.full(shape, -1), "cover_slot": np.full(shape, -1)}
    for place, each in enumerate(keep.milestones):
        strata = slice(*graph.span(graph.accounts[each.owed].held_by))
        out["owed_slot"][place, strata] = slot_of[graph.span(each.owed)[0]]
        if each.by:
            out["cover_slot"][place, strata] = slot_of[graph.span(each.by)[0]]
    return out | {"cover_share": np.array([each.share for each in keep.milestones], dtype=float)}


def _check_names(graph: Graph, keep: Keep, personal: Personal) -> None:
    postings = {each.id: each for each in graph.text.postings}
    split = {each.id + REST for each in graph.text.carriages if each.share is not None}
    known = {*graph.stocks, *graph.flows, *postings, *graph.accounts, *split, *(e.id for e in graph.text.carriages)}
    asked = {"inside": (keep.inside, set(graph.stocks)), "tallies": (keep.tallies, known)}
    asked |= {"varied": (personal.varied, set(postings)), "capped": (personal.capped, set(postings))}
    for kind, (names, allowed) in asked.items():
        for name in names:
            if name not in allowed:
                raise ModelError(f"is asked for in {kind}, but the text has none of that name", equation=name)
    if (keep.tallies or keep.milestones) and not keep.inside:
        raise ModelError("tallies are asked for, but of no spell", equation=graph.text.id, hint="name stocks in inside")
    for stock in keep.inside:
        if graph.stocks[stock].is_boundary:
            raise ModelError("is a boundary, where nobody is followed", equation=stock, hint="leave it out of inside")
    internal = {each.id for each in graph.text.stocks if each.is_internal}
    internal |= {each.id for each in graph.text.flows if each.is_internal}
    for name in (*keep.inside, *keep.tallies):
        if name in internal:
            raise ModelError("is internal, and never reported", equation=name)
    for name in (*keep.tallies, *(name for each in keep.milestones for name in (each.owed, each.by) if name)):
        if name in graph.accounts:
            _check_held(graph, name)
    for each in keep.milestones:
        _check_milestone(graph, each)
    for name in personal.capped:
        if postings[name].per in graph.flows:
            raise ModelError("is paid per mover; only amounts per person present are capped", equation=name)
        if graph.accounts[postings[name].source].held_by != postings[name].per:
            raise ModelError(f"cannot be capped: {postings[name].source} is nobody's own", equation=name)
    if not 0 <= personal.sd < 10:
        raise ModelError(f"has a personal spread of {personal.sd}, not 0 to 10", equation=graph.text.id)
    _check_carriages(graph)


def _check_held(graph: Graph, account: str) -> None:
    stock = graph.accounts[account].held_by
    if not stock or graph.stocks[stock].is_boundary:
        raise ModelError("is held by nobody who is followed", equation=account)


def _check_milestone(graph: Graph, each: Milestone) -> None:
    for name in (each.owed, each.by):
        if name and name not in graph.accounts:
            raise ModelError(f"names the account {name!r}, which the text does not have", equation=each.id)
    if each.by and graph.accounts[each.by].held_by != graph.accounts[each.owed].held_by:
        raise ModelError(f"{each.by} and {each.owed} are held in different stocks", equation=each.id)


def _check_carriages(graph: Graph) -> None:
    """One carriage at most of each account on each flow, since a person's own can only go once."""
    seen = set()
    for each in graph.text.carriages:
        if (each.account, each.flow) in seen:
            raise ModelError(f"carries {each.account} with {each.flow} a second time", equation=each.id)
        if each.share is not None and not each.rest:
            raise ModelError("has a share, but no account for the rest", equation=each.id)
        seen.add((each.account, each.flow))
