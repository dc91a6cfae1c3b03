"""What of a text the persons' month needs, generated: the month's rates and amounts, and the levels at its end.

    rates(people, money, level, par, out, weight, groups, loops, key0, key1, month, new_people, movers, unit)
    drift(people, money, level, par, out, groups, loops, movers, new_level)

`rates` is the ensemble's text up to the point where people would be drawn: bound to a `leave` that notes the hazards
in `movers` instead. `unit` gets what each transfer is per head: USD, or the share of a carriage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tallystick.stocks.engines import support
from tallystick.stocks.generate import Source, Writer
from tallystick.stocks.graph import Graph
from tallystick.stocks.text import Carriage

NOTE = """
def leave(i, hazards, people, weight, key0, key1, month, new_people, movers):
    for e in range(first_exit[i], first_exit[i + 1]):
        hazard = hazards[flow_of[e]]
        if weight_of[e] >= 0:
            hazard = hazard * weight[weight_of[e]]
        movers[e] = hazard
"""


class Month(NamedTuple):
    """The two generated functions."""

    rates: Any
    drift: Any


def source_of(graph: Graph) -> Source:
    """The text of both functions, with their tables."""
    writer = Writer(graph)
    lines = [
        "def rates(people, money, level, par, out, weight, groups, loops, key0, key1, month,",
        "          new_people, movers, unit):",
        *writer.signals_scalar(),
        *(line for stock in graph.text.stocks for line in writer.leave_scalar(stock.id)),
        *_units(graph, writer),
        "",
        "def drift(people, money, level, par, out, groups, loops, movers, new_level):",
        *writer.signals_scalar(),
        *writer.drift_scalar(),
    ]
    return writer.source("\n".join(lines) + "\n")


def _units(graph: Graph, writer: Writer) -> Iterator[str]:
    groups: dict[str, list[int]] = {}
    for place, each in enumerate(graph.transfers):
        groups.setdefault(each.of.id, []).append(place)
    for id, places in groups.items():
        of = graph.transfers[places[0]].of
        at = writer.table(f"unit_{id}", [graph.transfers[place].stratum for place in places])
        function = of.share if isinstance(of, Carriage) else of.amount
        yield f"    for j in range({len(places)}):"
        if function is None:
            yield f"        unit[{places[0]} + j] = 1.0"
            continue
        yield f"        i = {at}[j]"
        lines, value = writer.inlined(function, writer.usual("i"), 8)
        yield from lines
        yield f"        unit[{places[0]} + j] = 1.0 * ({value})"


def in_python(graph: Graph) -> Month:
    """Both as plain Python runs them."""
    source = source_of(graph)
    namespace = support.bound(source, {**support.operations(), "usd": support.in_usd})
    exec(NOTE, namespace)
    return Month(namespace["rates"], namespace["drift"])


def compiled(graph: Graph) -> Month:
    """Both as numba compiles them."""
    import numba

    from tallystick.stocks.engines.compiled import OPTIONS, operations

    source = source_of(graph)
    namespace = {**source.tables, **operations(), "usd": numba.njit(support.in_usd, **OPTIONS)}
    exec(NOTE, namespace)
    namespace["leave"] = numba.njit(namespace["leave"], **OPTIONS)
    exec(source.code, namespace)
    return Month(*(numba.njit(namespace[name], **OPTIONS) for name in Month._fields))
