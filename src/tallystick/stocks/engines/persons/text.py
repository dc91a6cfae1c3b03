"""What of a text the persons' month needs, generated: the month's rates and amounts, and the levels at its end.

    rates(people, money, level, par, out, weight, groups, loops, hazard, unit, read)
    drift(level, par, out, groups, movers, read, new_level)

`hazard` gets each route's rate, its weight among it; `unit` what each transfer is per head: USD, or the share of a
carriage; `read` what the month's signals were, which `drift` need not work out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tallystick.stocks.engines import support
from tallystick.stocks.generate import Source, Writer
from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.text import Carriage


class Month(NamedTuple):
    """The two generated functions."""

    rates: Any
    drift: Any


def source_of(graph: Graph) -> Source:
    """The text of both functions, with their tables."""
    writer, read = Writer(graph), _read(graph)
    lines = [
        "def rates(people, money, level, par, out, weight, groups, loops, hazard, unit, read):",
        *writer.signals_scalar(),
        *(f"    read[{place}] = {name}" for place, name in enumerate(read)),
        *_hazards(graph, writer),
        *_units(graph, writer),
        "",
        "def drift(level, par, out, groups, movers, read, new_level):",
        *(f"    {name} = read[{place}]" for place, name in enumerate(read)),
        *writer.drift_scalar(),
    ]
    return writer.source("\n".join(lines) + "\n")


def _read(graph: Graph) -> list[str]:
    """Names of all that a month's equations read or make of it, in the order in which `read` holds them."""
    text = graph.text
    return [f"{part}_{name}" for part in ("now", "signal") for name in fields_of(getattr(text, part))]


def reads(graph: Graph) -> int:
    """How many they are."""
    return len(_read(graph))


def _hazards(graph: Graph, writer: Writer) -> Iterator[str]:
    for flow in graph.text.flows:
        places = graph.edges_of(flow.id)
        edges = [graph.edges[place] for place in places]
        at = writer.table(f"hazard_{flow.id}", places)
        sources = writer.table(f"source_{flow.id}", [edge.source for edge in edges])
        yield f"    for j in range({len(places)}):"
        yield f"        i = {sources}[j]"
        lines, value = writer.inlined(flow.rate, writer.usual("i"), 8)
        yield from lines
        weights = [edge.weight for edge in edges]
        weight = f" * weight[{writer.table(f'weight_{flow.id}', weights)}[j]]" if min(weights) >= 0 else ""
        if not weight and max(weights) >= 0:
            raise AssertionError(f"{flow.id} has a weight on some of its routes alone")
        yield f"        hazard[{at}[j]] = 1.0 * ({value}){weight}"


def _units(graph: Graph, writer: Writer) -> Iterator[str]:
    for id, places in graph.transfers_by_id().items():
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
    namespace = support.bound(source_of(graph), {**support.operations(), "usd": support.in_usd})
    return Month(namespace["rates"], namespace["drift"])


def compiled(graph: Graph) -> Month:
    """Both as numba will compile them."""
    import numba

    from tallystick.stocks.chance.compiled import INNER
    from tallystick.stocks.engines import kept
    from tallystick.stocks.engines.compiled import operations

    source = source_of(graph)
    namespace = {**source.tables, **operations(), "usd": numba.njit(support.in_usd, **INNER)}
    exec(source.code, namespace)
    functions = (kept.named(namespace[name], source.code, tables=source.tables) for name in Month._fields)
    return Month(*(numba.njit(each, **INNER) for each in functions))
