"""Everything that is checked of a text before it runs: shape, units, purity, and what its functions give.

A fault is a ModelError that names the equation. `checked` is how a graph is made; who is handed a graph and cannot know
how it was made calls `check`: only a text that passed runs.
"""

from __future__ import annotations

import dis
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.engines.vectors import ops_of
from tallystick.stocks.generate import scalar_step
from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.text import Function, Text
from tallystick.stocks.units import check_units, fields
from tallystick.vocab.errors import ModelError

Array = NDArray[np.float64]
SAMPLES = 4000  # points of the ranges at which every function is tried, beside their ends
FAR = 1e12  # stands for a range without an end
REMEMBERED = 8  # graphs that passed: one takes a tenth of a second
FASTEST = 100.0  # 1/month; a rate above it empties a stratum within a day and is a slip
BRANCHES = ("JUMP", "FOR_ITER", "SEND", "YIELD_VALUE", "IMPORT_NAME", "STORE_GLOBAL", "STORE_ATTR", "STORE_SUBSCR")


def checked(text: Text, *, seed: int = 0) -> Graph:
    """The graph of a text that passed every check. `seed` of the points at which functions are tried."""
    graph = Graph(text)
    check(graph, seed)
    return graph


def check(graph: Graph, seed: int = 0) -> None:
    """Raise the first fault of its text; no second time for the same graph, since nothing changes one that is made."""
    _pass(graph, seed)


@lru_cache(maxsize=REMEMBERED)
def _pass(graph: Graph, seed: int) -> None:
    check_shape(graph)
    check_functions(graph)
    check_units(graph)
    scalar_step(graph)  # every function can be written out, or is named
    check_ranges(graph, seed)


def check_shape(graph: Graph) -> None:
    """Sources, sinks, unused stocks, routes and accounts, loops and their switches."""
    _check_ends(graph)
    _check_routes(graph)
    _check_accounts(graph)
    _check_loops(graph.text)


def _check_ends(graph: Graph) -> None:
    entered = {edge.target for edge in graph.edges}
    left = {edge.source for edge in graph.edges}
    for stock in graph.text.stocks:
        places = set(range(*graph.span(stock.id)))
        if not places & entered and not places & left:
            raise ModelError(
                "no flow enters or leaves it", equation=stock.id, hint="remove the stock, or give it a flow"
            )
        if not places & entered and not stock.is_boundary:
            raise ModelError("nobody enters it", equation=stock.id, hint="give it a flow, or mark it is_boundary")
        if places & left and stock.is_end:
            raise ModelError("is marked is_end, but a flow leaves it", equation=stock.id)
        if not places & left and not (stock.is_end or stock.is_boundary):
            raise ModelError("nobody leaves it", equation=stock.id, hint="give it a flow, or mark it is_end")


def _check_routes(graph: Graph) -> None:
    seen = set()
    for edge, name in zip(graph.edges, graph.routes, strict=True):
        if edge.source == edge.target:
            raise ModelError("ends where it begins", equation=name)
        if (edge.flow.id, edge.source, edge.target) in seen:
            raise ModelError("is written twice", equation=name)
        seen.add((edge.flow.id, edge.source, edge.target))
    if graph.moves.sum(axis=0).any():
        raise ModelError("people appear or vanish", equation=graph.text.id)  # pragma: no cover - by construction


def _check_accounts(graph: Graph) -> None:
    """Money moves between two accounts; a held account is carried along by every flow that leaves its stock."""
    for each in graph.transfers:
        if each.source == each.target:
            raise ModelError("pays an account to itself", equation=each.of.id)
    used = {place for each in graph.transfers for place in (each.source, each.target, each.rest)}
    carried = {(each.account, each.flow) for each in graph.text.carriages}
    for account in graph.text.accounts:
        if not set(range(*graph.span(account.id))) & used:
            raise ModelError("no posting uses it", equation=account.id)
        for flow in graph.text.flows:
            if account.held_by == flow.source and (account.id, flow.id) not in carried:
                raise ModelError(
                    f"leavers by {flow.id} would leave their part of {account.id} behind", equation=flow.id,
                    hint="write a carriage",
                )  # fmt: skip


def _check_loops(text: Text) -> None:
    switches, listed = set(fields_of(text.loops)), {loop.id for loop in text.loop_list}
    for id in sorted(switches ^ listed):
        raise ModelError("is a loop without a switch, or a switch without a loop", equation=id)
    for loop in text.loop_list:
        product = 1 if [sign for _, sign in loop.path].count("-") % 2 == 0 else -1
        if product != (1 if loop.sign == "+" else -1):
            raise ModelError(f"its arrows multiply to the other sign than {loop.sign}", equation=loop.id)


def check_functions(graph: Graph) -> None:
    """Functions are pure and branch-free, say what they rest on, and every field is read by one of them."""
    read: set[str] = set()
    for id, function, evidence in _every_function(graph):
        _check_pure(id, function)
        read |= _attributes(function)
        doc = (function.__doc__ or "").strip()
        if not doc:
            raise ModelError("has no docstring", equation=id)
        if not evidence and "assumed" not in doc.lower():
            raise ModelError("neither cites evidence nor says that it is assumed", equation=id)
    by = {each.by for each in (*graph.text.readings.values(), *graph.text.moved_readings.values())}
    for kind in (graph.text.now, graph.text.outside, graph.text.parameters, graph.text.group, graph.text.moved,
                 graph.text.loops, graph.text.signal):  # fmt: skip
        for name in fields_of(kind):
            if name not in read | by | set(graph.text.spare):
                raise ModelError("no equation reads it", equation=f"{kind.__name__}.{name}", hint="remove it")


def _every_function(graph: Graph) -> Iterator[tuple[str, Function, tuple[str, ...]]]:
    text = graph.text
    yield "signals", text.signals, ()
    for flow in text.flows:
        yield flow.id, flow.rate, flow.evidence
    for posting in text.postings:
        yield posting.id, posting.amount, posting.evidence
    for carriage in text.carriages:
        if carriage.share is not None:
            yield carriage.id, carriage.share, carriage.evidence
    for level in text.levels:
        yield level.id, level.change, level.evidence


def _called(function: Function) -> list[Any]:
    """The function and the plain functions that it calls."""
    found, names = [function], {i.argval for i in dis.get_instructions(function) if i.opname == "LOAD_GLOBAL"}
    for name in names:
        each = function.__globals__.get(name)
        if callable(each) and hasattr(each, "__code__"):
            found += _called(each)
    return found


def _check_pure(id: str, function: Function) -> None:
    for each in _called(function):
        for step in dis.get_instructions(each):
            if any(word in step.opname for word in BRANCHES):
                line = step.positions.lineno if step.positions else None
                raise ModelError(
                    f"is not branch-free and pure: {step.opname} at line {line} of {each.__module__}", equation=id,
                    hint="use arithmetic, comparisons as 0 or 1, and ops",
                )  # fmt: skip


def _attributes(function: Function) -> set[str]:
    return {
        i.argval
        for each in _called(function)
        for i in dis.get_instructions(each)
        if i.opname in ("LOAD_ATTR", "LOAD_METHOD")
    }


def check_ranges(graph: Graph, seed: int) -> None:
    """Rates are at least 0 and finite, amounts too, shares and signals within their ranges, wherever the inputs are."""
    text, rng, ops = graph.text, np.random.default_rng(seed), ops_of(np)
    with np.errstate(all="ignore"):  # what is not finite is found and named below
        now, outside, par, group, moved, loops, signal = (
            _points(kind, rng)
            for kind in (text.now, text.outside, text.parameters, text.group, text.moved, text.loops, text.signal)
        )
        signals = text.signals(now, outside, par, loops, ops)
        for name, field in fields(text.signal):
            _within(getattr(signals, name), field.low, field.high, f"signals.{name}")
        for flow in text.flows:
            _within(flow.rate(signal, outside, par, group, ops), 0.0, FASTEST, flow.id)
        for posting in text.postings:
            _within(posting.amount(signal, outside, par, group, ops), 0.0, FAR, posting.id)
        for carriage in text.carriages:
            if carriage.share is not None:
                _within(carriage.share(signal, outside, par, group, ops), 0.0, 1.0, carriage.id)
        for level in text.levels:
            _within(level.change(now, signal, outside, par, moved, ops), -FAR, FAR, level.id)


def _points(kind: type[Any], rng: np.random.Generator) -> Any:
    """Points of a record's ranges: uniform or, over many orders of magnitude, log-uniform, and half of them at ends."""
    columns = []
    for _, field in fields(kind):
        low, high = field.low, min(field.high, FAR)
        spread = _spread(low, high, rng)
        ends = rng.choice([low, high], size=SAMPLES)
        columns.append(np.where(rng.random(SAMPLES) < 0.25, ends, spread))
    return kind(*columns)


def _spread(low: float, high: float, rng: np.random.Generator) -> Array:
    if low >= 0 and high > 1000 * max(low, 1e-12):
        return np.exp(rng.uniform(np.log(max(low, high * 1e-9)), np.log(high), SAMPLES))
    return rng.uniform(low, high, SAMPLES)


def _within(found: Any, low: float, high: float, equation: str) -> None:
    values = np.broadcast_to(np.asarray(found, dtype=float), (SAMPLES,))
    wrong = ~(np.isfinite(values) & (values >= low - 1e-12) & (values <= high * (1 + 1e-12) + 1e-12))
    if wrong.any():
        raise ModelError(
            f"gives {values[wrong][0]:.6g}, outside {low:g} to {high:g}, somewhere in the ranges of its inputs",
            equation=equation, hint="bound the form, or narrow the range of a field",
        )  # fmt: skip
