"""What passes between sender and host in a run, both ways, each in its own unit; money only with a price and its range.

    given by the sender   workers sent, rounds of munitions
    given by the host     money, transfers of technology, food, fuel, machinery

Rounds, tonnes and persons are never added to each other. A value in money needs a price for that unit with a range and
its claims (or the word assumed); technology, cover and labour as such have none. Which law speaks of a kind in a
direction is for `assess` to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Path
from tallystick.vocab.errors import ScenarioError

Array = NDArray[np.float64]
Side = Literal["sender", "host"]
# kind, who gives it, and what of the model counts it: a flow's movers, a level or an account, since the start
BOOKED: tuple[tuple[str, Side, str], ...] = (
    ("labour", "sender", "depart"),
    ("munitions", "sender", "munitions"),
    ("money", "host", "state"),
    ("technology", "host", "technology"),
    ("food", "host", "food"),
    ("fuel", "host", "fuel"),
    ("machinery", "host", "machinery"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was given of one kind since the start of the run, by draw, in its own unit."""

    kind: str
    given_by: Side
    unit: str
    amount: Array  # (draw,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """USD of one unit: never a single number. `basis` names claims, or says that it is assumed and why."""

    unit: str  # "USD/round"
    low: float
    median: float
    high: float
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An entry in USD at the stated price: median and the ends that price and draws make together."""

    kind: str
    low: float
    median: float
    high: float
    basis: str


def booked(graph: Graph, path: Path) -> tuple[Entry, ...]:
    """Every kind in both directions, of a path with the draw as its first axis."""
    return tuple(_entry(graph, path, *one) for one in BOOKED)


def _entry(graph: Graph, path: Path, kind: str, given_by: Side, of: str) -> Entry:
    if of in graph.flows:
        amount, unit = path.movers[..., list(graph.edges_of(of))].sum(axis=(-2, -1)), "person"
    elif of in graph.levels:
        at = graph.levels[of]
        amount, unit = path.level[..., -1, at] - path.level[..., 0, at], graph.text.levels[at].unit
    else:
        held = path.money[..., slice(*graph.span(of))].sum(axis=-1)
        amount, unit = held[..., -1] - held[..., 0], "USD"
    return Entry(kind=kind, given_by=given_by, unit=unit, amount=np.asarray(amount))


def valued(entry: Entry, price: Price) -> Value:
    """The entry in money; ScenarioError where the price is for another unit, has no range, or rests on nothing."""
    if price.unit != f"USD/{entry.unit}":
        raise _fault(entry, f"a price in {price.unit} says nothing of {entry.unit}s", f"give USD/{entry.unit}")
    if not 0 < price.low < price.median < price.high:
        raise _fault(entry, "the price has no range", "give low, median and high, each above the last")
    if not price.basis.strip():
        raise _fault(entry, "the price rests on nothing", "name its claims, or say that it is assumed and why")
    low, median, high = (float(np.quantile(entry.amount, q)) for q in (0.1, 0.5, 0.9))
    return Value(
        kind=entry.kind, low=low * price.low, median=median * price.median, high=high * price.high, basis=price.basis
    )


def of_kind(entries: Iterable[Entry], kind: str) -> Entry:
    """The entry of one kind; ScenarioError where none is booked."""
    for entry in entries:
        if entry.kind == kind:
            return entry
    raise ScenarioError(f"nothing is booked as {kind!r}", file="exchange", hint=f"there is {', '.join(_KINDS)}")


_KINDS = tuple(kind for kind, _, _ in BOOKED)


def _fault(entry: Entry, problem: str, hint: str) -> ScenarioError:
    return ScenarioError(problem, file="exchange", key=entry.kind, hint=hint)
