"""What a picture of a model shows, read from the `Text` that runs.

Safety. Nothing that a `Text` marks `is_internal` (what control does to escape, who is in hiding) is drawn, named or
counted. A flow that is reported and comes out of a stock that is not (rescue, known as yearly totals) is drawn as an
arrow from nowhere, always equally thin. Loops that are internal are left out with every arrow that only they use, and
the pictures say that something was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import product
from typing import Any, Final, NamedTuple

from tallystick.stocks.text import Account, Carriage, Flow, Level, Loop, Posting, Route, Stock, Text

MAP_ID: Final = re.compile(r"[A-Z]\d+[a-z]?")
ASSUMED: Final = "assumed"
REPORTED: Final = "reported"
Element = Stock | Account | Flow | Posting | Carriage | Level | Loop
LEFT_OUT: Final = "left_out"  # id of the cloud from which arrows come that start in a stock nobody is shown


class Part(NamedTuple):
    """Some strata of a stock, drawn as a box of its own; `strata` are patterns such as "XX.*.early"."""

    id: str
    symbol: str
    name: str
    strata: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Plain words for a general reader, from the programme's data.

    names : id of an element, or a variable of a loop -> words. parts : id of a stock -> how it is drawn in parts.
    statuses : id or map id of an element -> "reported", "assumed" or "reported, size assumed". evidence : the same ->
    the rows that it rests on.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, id: str, symbol: str = "") -> str:
        """Words for an id, or else for its symbol; without any, the id itself as words."""
        return self.names.get(id) or self.names.get(symbol) or id.replace("_", " ").strip()


def wording_of(pictures: Mapping[str, Any], system: Mapping[str, Any]) -> Wording:
    """The wording that a programme's `pictures.toml` and the statuses of its `system.toml` give."""
    parts = {
        stock: tuple(Part(one["id"], one["symbol"], one["name"], tuple(one["strata"])) for one in each)
        for stock, each in pictures.get("parts", {}).items()
    }
    said = system.get("element", ())
    return Wording(
        names=pictures.get("names", {}),
        parts=parts,
        statuses={one["id"]: one["status"] for one in said},
        evidence={one["id"]: tuple(one["evidence"]) for one in said},
    )


class Item(NamedTuple):
    """A box or a cloud."""

    id: str
    symbol: str
    name: str
    is_cloud: bool = False
    is_assumed: bool = False


class Said(NamedTuple):
    """One flow, posting or carriage as its valve says it."""

    symbol: str
    name: str
    is_assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """All that flows from one item to another, as one arrow; `size` is their sum a month, None when none is given."""

    source: str
    target: str
    said: tuple[Said, ...]
    size: float | None = None

    @property
    def is_assumed(self) -> bool:
        """Whether nothing that this arrow stands for has been reported."""
        return all(one.is_assumed for one in self.said)


class Network(NamedTuple):
    """Boxes and arrows of one kind, people or money."""

    items: tuple[Item, ...]
    moves: tuple[Move, ...]


def capital(words: str) -> str:
    """With a capital first; the others stay as they are."""
    return words[:1].upper() + words[1:]


def people(text: Text, wording: Wording, sizes: Mapping[str, float]) -> Network:
    """Stocks of persons and the flows between them, without what is internal.

    sizes : persons a month by id of a flow; of a flow that is drawn as several arrows, by "flow:source>target".
    """
    moves = _joined(_flows(text, wording, sizes))
    items = [item for stock in text.stocks if not stock.is_internal for item in _stock(stock, wording)]
    if any(move.source == LEFT_OUT for move in moves):
        items.append(Item(LEFT_OUT, "", capital(wording.of(LEFT_OUT)), is_cloud=True))
    return Network(_used(items, moves), moves)


def money(text: Text, wording: Wording, sizes: Mapping[str, float]) -> Network:
    """Accounts and what moves between them: amounts per person, and holdings that leavers take along."""
    moves = _joined(_payments(text, wording, sizes))
    touched = {end for move in moves for end in (move.source, move.target)}
    items = [_account(account, wording) for account in text.accounts if account.id in touched]
    return Network(_used(items, moves), moves)


def conditions(text: Text, wording: Wording) -> tuple[Item, ...]:
    """Levels: neither persons nor money."""
    return tuple(
        Item(
            level.id,
            map_id(level),
            capital(wording.of(level.id, level.symbol)),
            is_assumed=ASSUMED in status_of(level, wording),
        )
        for level in text.levels
        if not level.is_internal
    )


def shown_loops(text: Text) -> tuple[Loop, ...]:
    """The loops that a picture may draw."""
    return tuple(loop for loop in text.loop_list if not loop.is_internal)


def status_of(element: Element, wording: Wording) -> str:
    """One of "reported", "assumed" and what lies between; from the programme's data, else from the element itself."""
    known = wording.statuses.get(element.id) or wording.statuses.get(getattr(element, "symbol", ""))
    if known:
        return known
    if isinstance(element, Stock | Account):
        return ASSUMED if ASSUMED in element.doc.lower() else REPORTED
    return REPORTED if element.evidence else ASSUMED


def map_id(element: Stock | Account | Flow | Posting | Carriage | Level) -> str:
    """The id on the map, such as K1 or F16; nothing for what the map does not number."""
    return element.symbol if MAP_ID.fullmatch(element.symbol) else ""


def _stock(stock: Stock, wording: Wording) -> Iterator[Item]:
    """The stock as one box, or its parts; what no part names stays in the stock's own box."""
    for part in _drawn_parts(stock, wording):
        yield Item(part.id, part.symbol, capital(part.name), stock.is_boundary, ASSUMED in status_of(stock, wording))


def _drawn_parts(stock: Stock, wording: Wording) -> tuple[Part, ...]:
    parts = wording.parts.get(stock.id, ())
    rest = any(_part_of(stratum, parts) is None for stratum in stock.strata)
    return (*parts, Part(stock.id, map_id(stock), wording.of(stock.id, stock.symbol), ())) if rest else tuple(parts)


def _part_of(stratum: str, parts: Sequence[Part]) -> str | None:
    found = (part.id for part in parts if any(fnmatchcase(stratum, pattern) for pattern in part.strata))
    return next(found, None)


def _account(account: Account, wording: Wording) -> Item:
    return Item(
        account.id,
        map_id(account),
        capital(wording.of(account.id, account.symbol)),
        account.is_boundary,
        ASSUMED in status_of(account, wording),
    )


def _flows(text: Text, wording: Wording, sizes: Mapping[str, float]) -> Iterator[Move]:
    """Reported flows, one by one; a flow out of a hidden stock has no size and comes from nowhere."""
    stocks = {stock.id: stock for stock in text.stocks}
    for flow in text.flows:
        if flow.is_internal or stocks[flow.target].is_internal:
            continue
        said = (Said(map_id(flow), wording.of(flow.id, flow.symbol), status_of(flow, wording) == ASSUMED),)
        if stocks[flow.source].is_internal:
            yield Move(source=LEFT_OUT, target=flow.target, said=said)
            continue
        ways = _ways(flow, stocks[flow.source], stocks[flow.target], wording)
        for source, target in ways:
            size = sizes.get(f"{flow.id}:{source}>{target}", sizes.get(flow.id) if len(ways) == 1 else None)
            yield Move(source=source, target=target, said=said, size=size)


def _ways(flow: Flow, source: Stock, target: Stock, wording: Wording) -> list[tuple[str, str]]:
    """From which drawn box to which, each pair once, in the order of the routes."""
    pairs = list(flow.routes) or [Route(*pair) for pair in _strata_pairs(source, target)]
    parts = [wording.parts.get(stock.id, ()) for stock in (source, target)]
    return list(
        dict.fromkeys(
            (
                _part_of(route.source, parts[0]) or source.id,
                _part_of(route.target, parts[1]) or target.id,
            )
            for route in pairs
        )
    )


def _strata_pairs(source: Stock, target: Stock) -> Iterator[tuple[str, str]]:
    """Routes that go without saying: like to like, or all of one to the only one of the other."""
    if source.strata == target.strata:
        yield from zip(source.strata, target.strata, strict=True)
    else:
        yield from product(source.strata, target.strata)


def _payments(text: Text, wording: Wording, sizes: Mapping[str, float]) -> Iterator[Move]:
    """Postings, and what leavers carry; what only changes hands within an account is not drawn."""
    for posting in text.postings:
        said = Said(map_id(posting), wording.of(posting.id, posting.symbol), status_of(posting, wording) == ASSUMED)
        yield Move(source=posting.source, target=posting.target, said=(said,), size=sizes.get(posting.id))
    hidden = {flow.id for flow in text.flows if flow.is_internal}
    for carriage in text.carriages:
        said = Said(map_id(carriage), wording.of(carriage.id, carriage.symbol), status_of(carriage, wording) == ASSUMED)
        for target, share in ((carriage.target, ""), (carriage.rest, ":rest")):
            if target and target != carriage.account and carriage.flow not in hidden:
                size = sizes.get(carriage.id + share)
                yield Move(source=carriage.account, target=target, said=(said,), size=size)


def _joined(moves: Iterator[Move]) -> tuple[Move, ...]:
    """Moves with the same ends as one; what would be said twice is said once."""
    pairs: dict[tuple[str, str], list[Move]] = {}
    for move in moves:
        pairs.setdefault((move.source, move.target), []).append(move)
    return tuple(_join(together) for together in pairs.values())


def _join(together: list[Move]) -> Move:
    said: dict[tuple[str, str], Said] = {}
    for one in (one for move in together for one in move.said):
        key = (one.symbol, one.name)
        said[key] = Said(*key, one.is_assumed and (key not in said or said[key].is_assumed))
    sizes = [move.size for move in together if move.size is not None]
    first = together[0]
    size = sum(sizes) if sizes else None
    return Move(source=first.source, target=first.target, said=tuple(said.values()), size=size)


def _used(items: list[Item], moves: tuple[Move, ...]) -> tuple[Item, ...]:
    """All boxes, and the clouds that something flows from or to."""
    touched = {end for move in moves for end in (move.source, move.target)}
    return tuple(item for item in items if not item.is_cloud or item.id in touched)
