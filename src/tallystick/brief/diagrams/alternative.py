"""The pictures in words, for a reader who cannot see them: sentences made from the same elements."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from tallystick.brief.diagrams import elements
from tallystick.brief.diagrams.elements import Item, Move, Network, Wording
from tallystick.stocks.text import Loop, Text


def stock_and_flow_words(text: Text, wording: Wording, shows: frozenset[str]) -> str:
    """Every box and every arrow of the stock-and-flow picture."""
    parts = ["A stock-and-flow picture."]
    if "people" in shows:
        parts.append(_network("People", elements.people(text, wording, {})))
    if "money" in shows:
        parts.append(_network("Money", elements.money(text, wording, {})))
    if "conditions" in shows:
        parts.append(_levels(elements.conditions(text, wording)))
    return " ".join(part for part in parts if part)


def causal_loops_words(text: Text, wording: Wording) -> str:
    """Every loop of the causal picture, with its arrows."""
    loops = elements.shown_loops(text)
    return " ".join(["A picture of feedback loops.", *(loop_words(loop, wording) for loop in loops)])


def loop_words(loop: Loop, wording: Wording) -> str:
    """One loop as a sentence: "B1 gap filled, holds itself back: unfilled jobs up, departures up; ..."."""
    kind = "feeds itself" if loop.sign == "+" else "holds itself back"
    links = [
        f"{wording.of(one)} up, {wording.of(other)} {'up' if sign == '+' else 'down'}"
        for (one, sign), (other, _) in pairwise([*loop.path, loop.path[0]])
    ]
    return f"{loop.id} {loop.name}, {kind}: {'; '.join(links)}."


def _network(kind: str, network: Network) -> str:
    if not network.items:
        return ""
    names = {item.id: item.name for item in network.items}
    moves = [_move(move, names) for move in network.moves]
    return f"{kind} are held as {_listed(_called(item) for item in network.items)}. {' '.join(moves)}".replace(
        "Money are", "Money is"
    )


def _move(move: Move, names: dict[str, str]) -> str:
    what = _listed(f"{one.symbol} {one.name}".strip() for one in move.said)
    assumed = ", assumed" if move.is_assumed else ""
    if move.source == move.target:
        return f"{what}: within {names[move.source]}{assumed}."
    return f"{what}: from {names[move.source]} to {names[move.target]}{assumed}."


def _levels(items: tuple[Item, ...]) -> str:
    return f"Conditions beside them: {_listed(_called(item) for item in items)}." if items else ""


def _called(item: Item) -> str:
    assumed = ", size assumed" if item.is_assumed and not item.is_cloud else ""
    return f"{item.name} ({item.symbol}{assumed})" if item.symbol and not item.is_cloud else item.name


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
