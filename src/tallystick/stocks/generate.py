"""The step of one month, generated from the graph: one text for scalars, one for arrays.

*Scalar form*, run by plain Python and by numba: it fills arrays that it is given, and draws each route's movers in
turn, as conditional shares of who is left (competing risks as a chain of binomials; with `draw(n, p) = n p` it is the
mean). *Vector form*, run by NumPy and JAX: pure, strata along the first axis and runs, if any, along the last.

Both follow the order of a month that `text` states. What a route's hazard h does among all that leave a stratum:

    leaves in the month   1 - exp(-sum h)          by this route   that, times h / sum h
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.inline import OPS, Inliner, Record
from tallystick.stocks.text import Carriage, Flow, Function, Posting, Reading


def _as_names(part: str) -> Record:
    """A record that the scalar step keeps under names of its own."""
    return Record(lambda name: f"{part}_{name}")


NOW, SIGNAL, MOVED = _as_names("now"), _as_names("signal"), _as_names("moved")
PARTS = ("signal", "now", "outside", "parameters", "group", "moved", "loops")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A generated text, the functions of the author that it calls, and its tables of places."""

    code: str
    functions: dict[str, Function]
    classes: dict[str, type[Any]]
    tables: dict[str, Any]


def scalar_step(graph: Graph) -> Source:
    """`step(people, money, level, par, out, weight, groups, loops, key0, key1, month, hazard_at, part_at, ...)`.

    It fills its last five. hazard_at, part_at : of every route, kept from month to month of a run, zeros before the
    first: chances are worked out again only where a hazard has changed, which saves most exponentials and divisions.
    """
    writer = Writer(graph)
    lines = [
        "def step(people, money, level, par, out, weight, groups, loops, key0, key1, month, hazard_at, part_at,",
        "         new_people, new_money, new_level, movers, sums):",
        *writer.signals_scalar(),
        *writer.copies_scalar(),
        *(line for stock in graph.text.stocks for line in writer.leave_scalar(stock.id)),
        *writer.transfers_scalar(),
        *writer.drift_scalar(),
    ]
    return writer.source("\n".join(lines) + "\n")


def vector_step(graph: Graph) -> Source:
    """`step(people, money, level, par, out, weight, groups, loops, chance)` to the next state, movers and sums."""
    writer = Writer(graph)
    lines = [
        "def step(people, money, level, par, out, weight, groups, loops, chance):",
        *writer.open_vector(),
        *writer.leave_vector(),
        *writer.transfers_vector(),
        *writer.drift_vector(),
    ]
    return writer.source("\n".join(lines) + "\n")


class Writer:
    """Lines of both forms; names of functions and tables are collected as they are used."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.text = graph, graph.text
        self.functions: dict[str, Function] = {}
        self.classes = {name.capitalize(): getattr(self.text, name) for name in PARTS}
        self.inliner = Inliner()
        self.tables: dict[str, Any] = {}
        self.fields = {name: fields_of(getattr(self.text, name)) for name in PARTS}

    def source(self, code: str) -> Source:
        return Source(code=code, functions=self.functions, classes=self.classes, tables=self.tables)

    def call(self, id: str, function: Function, arguments: str) -> str:
        name = f"f_{id}"
        self.functions[name] = function
        return f"{name}({arguments})"

    def table(self, name: str, values: Any, kind: type = np.int64) -> str:
        self.tables[name] = np.asarray(values, dtype=kind)
        return name

    def record(self, part: str, values: str) -> str:
        """A NamedTuple from the rows of an array."""
        return f"{part.capitalize()}({', '.join(f'{values}[{at}]' for at in range(len(self.fields[part])))})"

    # --- the scalar form ---

    def held(self, part: str, array: str) -> Record:
        """A record whose fields are places of an array: `array` is spelt with {} for the place."""
        return Record(lambda name: array.format(self.fields[part].index(name)))

    def usual(self, i: str) -> list[Record | str]:
        """What every rate and amount is given: signals, outside, parameters, the group of stratum `i`, ops."""
        group = self.held("group", f"groups[{i}, {{}}]")
        return [SIGNAL, self.held("outside", "out[{}]"), self.held("parameters", "par[{}]"), group, OPS]

    def inlined(self, function: Function, arguments: list[Record | str], indent: int) -> tuple[list[str], str]:
        """The lines that a function needs, and its value."""
        value = self.inliner.value(function, arguments)
        return [" " * indent + line for line in self.inliner.taken()], value

    def signals_scalar(self) -> Iterator[str]:
        """The sums of `now` and the author's signals, each under a name of its own."""
        for name in self.fields["now"]:
            yield from self.sum_scalar(f"now_{name}", self.text.readings[name])
        given = [NOW, *self.usual("")[1:3], self.held("loops", "loops[{}]"), OPS]
        found = self.inliner.fields(self.text.signals, given)
        yield from (f"    {line}" for line in self.inliner.taken())
        yield from (f"    signal_{name} = {value}" for name, value in found.items())

    def copies_scalar(self) -> Iterator[str]:
        """What nobody leaves and no transfer touches stays as it is."""
        yield f"    for i in range({len(self.graph.strata)}):"
        yield "        new_people[i] = people[i]"
        yield f"    for i in range({len(self.graph.balances)}):"
        yield "        new_money[i] = money[i]"

    def sum_scalar(self, name: str, reading: Reading) -> Iterator[str]:
        """A sum over strata, balances or routes; one level is read as it stands."""
        places = self.graph.members(reading)
        if reading.of in self.graph.levels:
            yield f"    {name} = level[{places[0]}]"
            return
        if len(places) == 1:
            yield f"    {name} = {self.one(reading, str(places[0]))} * 1.0"
            return
        yield f"    {name} = 0.0"
        if reading.of in self.graph.flows:
            yield f"    for i in {self.table(f'in_{name}', places)}:"
        else:
            yield f"    for i in range({places[0]}, {places[-1] + 1}):"
        yield f"        {name} += {self.one(reading, 'i')}"

    def one(self, reading: Reading, i: str) -> str:
        """One term of a sum, weighed by a field of the group."""
        graph = self.graph
        at = self.fields["group"].index(reading.by) if reading.by else -1
        if reading.of in graph.flows:
            ends = [edge.source if reading.end == "source" else edge.target for edge in graph.edges]
            where = f"{self.table(f'{reading.end}_of', ends)}[{i}]"
            return f"movers[{i}]" + (f" * groups[{where}, {at}]" if reading.by else "")
        if reading.of in graph.accounts:
            held = graph.accounts[reading.of].held_by
            shift = graph.first[held] - graph.balance_first[reading.of] if held else 0
            return f"usd(money[{i}])" + (f" * groups[{i} + {shift}, {at}]" if reading.by else "")
        return f"people[{i}]" + (f" * groups[{i}, {at}]" if reading.by else "")

    def leave_scalar(self, stock: str) -> Iterator[str]:
        """Everybody of one stock who leaves, stratum by stratum; stocks that nobody leaves need no lines."""
        flows = [flow for flow in self.text.flows if flow.source == stock]
        if not flows:
            return
        first, end = self.graph.span(stock)
        local = {flow.id: place for place, flow in enumerate(flows)}
        if end - first == 1:
            yield from self._leave_one(first, flows)
            return
        self.table("first_exit", self._first_exits())
        self.table("flow_of", [self._local(edge.flow.id) for edge in self.graph.edges])
        self.table("weight_of", [edge.weight for edge in self.graph.edges])
        self.table("target_of", [edge.target for edge in self.graph.edges])
        yield f"    for i in range({first}, {end}):"
        for flow in flows:
            lines, value = self.inlined(flow.rate, self.usual("i"), 8)
            yield from lines
            yield f"        h{local[flow.id]} = 1.0 * ({value})"
        hazards = ", ".join(f"h{place}" for place in range(len(flows)))
        comma = "," if len(flows) == 1 else ""
        yield f"        leave(i, ({hazards}{comma}), weight, hazard_at, part_at,"
        yield "              people, key0, key1, month, new_people, movers)"

    def _leave_one(self, i: int, flows: list[Flow]) -> Iterator[str]:
        """The same for a stock of one stratum, written out: a processor learns what each draw is like."""
        edges = [(place, edge) for place, edge in enumerate(self.graph.edges) if edge.source == i]
        rates = {}
        for flow in flows:
            lines, rates[flow.id] = self.inlined(flow.rate, self.usual(str(i)), 4)
            yield from lines
        for place, edge in edges:
            weight = f" * weight[{edge.weight}]" if edge.weight >= 0 else ""
            yield f"    h{place} = 1.0 * ({rates[edge.flow.id]}){weight}"
        changed = " or ".join(f"h{place} != hazard_at[{place}]" for place, _ in edges)
        total = " + ".join(("0.0", *(f"h{place}" for place, _ in edges)))
        yield f"    if {changed}:"
        yield f"        total = {total}"
        yield "        per = -expm1(-total) / (total + (total == 0.0))"
        yield "        rest = 1.0"
        for place, _ in edges:
            yield f"        share = h{place} * per"
            yield f"        hazard_at[{place}] = h{place}"
            yield f"        part_at[{place}] = min(share / (rest + (rest <= 0.0)), 1.0)"
            yield "        rest = rest - share"
        yield f"    left = people[{i}]"
        for place, edge in edges:
            yield f"    moved = draw(left, part_at[{place}], key0, key1, month * ROUTES + {place})"
            yield f"    movers[{place}] = moved"
            yield "    left = left - moved"
            yield f"    new_people[{i}] -= moved"
            yield f"    new_people[{edge.target}] += moved"

    def _first_exits(self) -> list[int]:
        sources = [edge.source for edge in self.graph.edges]
        return [int(np.searchsorted(sources, place)) for place in range(len(self.graph.strata) + 1)]

    def _local(self, flow: str) -> int:
        source = self.graph.flows[flow].source
        return [each.id for each in self.text.flows if each.source == source].index(flow)

    def transfers_scalar(self) -> Iterator[str]:
        for id, places in self.graph.transfers_by_id().items():
            yield from self.transfer_scalar(id, places)

    def transfer_scalar(self, id: str, places: list[int]) -> Iterator[str]:
        """The lines of one posting or carriage; its transfers stand side by side."""
        every = [self.graph.transfers[place] for place in places]
        of = every[0].of
        for name, values in (
            ("edge", [e.edge for e in every]), ("stratum", [e.stratum for e in every]),
            ("from", [e.source for e in every]), ("to", [e.target for e in every]), ("rest", [e.rest for e in every]),
        ):  # fmt: skip
            self.table(f"{name}_{id}", values)
        yield f"    for j in range({len(places)}):"
        yield f"        i = stratum_{id}[j]"
        if isinstance(of, Carriage):
            yield from self._carry(id, of, places[0])
            return
        count = "new_people[i]" if every[0].edge < 0 else f"movers[edge_{id}[j]]"
        lines, value = self.inlined(of.amount, self.usual("i"), 8)
        yield from lines
        yield f"        amount = cents(1.0 * ({value})) * {count}"
        yield f"        new_money[from_{id}[j]] -= amount"
        yield f"        new_money[to_{id}[j]] += amount"
        yield f"        sums[{places[0]} + j] = amount"

    def _carry(self, id: str, of: Carriage, first: int) -> Iterator[str]:
        yield f"        amount = carried(money[from_{id}[j]], movers[edge_{id}[j]], people[i])"
        yield f"        new_money[from_{id}[j]] -= amount"
        if of.share is None:
            yield f"        new_money[to_{id}[j]] += amount"
        else:
            lines, value = self.inlined(of.share, self.usual("i"), 8)
            yield from lines
            yield f"        part = portion(amount, 1.0 * ({value}))"
            yield f"        new_money[to_{id}[j]] += part"
            yield f"        new_money[rest_{id}[j]] += amount - part"
        yield f"        sums[{first} + j] = {'amount' if of.share is None else 'part'}"

    def drift_scalar(self) -> Iterator[str]:
        for name in self.fields["moved"]:
            yield from self.sum_scalar(f"moved_{name}", self.text.moved_readings[name])
        given = [NOW, *self.usual("")[:3], MOVED, OPS]
        for place, each in enumerate(self.text.levels):
            lines, value = self.inlined(each.change, given, 4)
            yield from lines
            yield f"    new_level[{place}] = level[{place}] + ({value})"

    # --- the vector form ---

    def open_vector(self) -> Iterator[str]:
        yield f"    P = {self.record('parameters', 'par')}"
        yield f"    O = {self.record('outside', 'out')}"
        yield f"    L = {self.record('loops', 'loops')}"
        for name in self.fields["now"]:
            yield f"    now_{name} = {self.sum_vector(self.text.readings[name])}"
        yield f"    N = Now({', '.join(f'now_{name}' for name in self.fields['now'])})"
        yield f"    S = {self.call('signals', self.text.signals, 'N, O, P, L, ops')}"

    def sum_vector(self, reading: Reading) -> str:
        places = self.graph.members(reading)
        if reading.of in self.graph.levels:
            return f"level[{places[0]}]"
        at = self.fields["group"].index(reading.by) if reading.by else -1
        if reading.of in self.graph.flows:
            ends = [
                self.graph.edges[p].source if reading.end == "source" else self.graph.edges[p].target for p in places
            ]
            name = f"{reading.of}_{reading.end}"
            weight = f" * groups[{self.table(f'at_{name}', ends)}, {at}]" if reading.by else ""
            return f"(movers[{self.table(f'in_{reading.of}', places)}]{weight}).sum(0)"
        first, end = places[0], places[-1] + 1
        if reading.of in self.graph.accounts:
            held = self.graph.accounts[reading.of].held_by
            start = self.graph.first[held] if held else 0
            weight = f" * groups[{start}:{start + end - first}, {at}]" if reading.by else ""
            return f"(usd(money[{first}:{end}]){weight}).sum(0)"
        return f"(people[{first}:{end}]{f' * groups[{first}:{end}, {at}]' if reading.by else ''}).sum(0)"

    def groups_at(self, places: str) -> str:
        return f"Group({', '.join(f'groups[{places}, {at}]' for at in range(len(self.fields['group'])))})"

    def leave_vector(self) -> Iterator[str]:
        """Hazards of all routes, flow by flow, put in the order of the routes; then shares, then movers."""
        order: list[int] = []
        for flow in self.text.flows:
            places = self.graph.edges_of(flow.id)
            order += places
            at = self.table(f"leave_{flow.id}", [self.graph.edges[place].source for place in places])
            yield f"    G = {self.groups_at(at)}"
            rate = self.call(flow.id, flow.rate, "S, O, P, G, ops")
            if flow.is_weighted:
                rows = self.table(f"weigh_{flow.id}", [self.graph.edges[place].weight for place in places])
                rate += f" * weight[{rows}]"
            yield f"    h_{flow.id} = {rate} + 0.0 * people[{at}]"
        self.table("in_order", np.argsort(order))
        self.table("source_of", [edge.source for edge in self.graph.edges])
        yield f"    hazard = concatenate(({', '.join(f'h_{flow.id}' for flow in self.text.flows)},))[in_order]"
        yield "    total = matmul(leaves, hazard)"
        yield "    per = -ops.expm1(-total) / (total + (total == 0))"
        yield "    share = hazard * per[source_of]"
        yield "    movers = leave(people, share, chance)"
        yield "    new_people = people + matmul(moves, movers)"
        self.table("leaves", (self.graph.moves < 0).astype(float), float)
        self.table("moves", self.graph.moves, float)

    def transfers_vector(self) -> Iterator[str]:
        """Amounts of all transfers, then one product with their incidence matrix."""
        names = []
        for id, places in self.graph.transfers_by_id().items():
            yield from self._transfer_vector(id, [self.graph.transfers[place] for place in places])
            names.append(f"t_{id}")
        if not names:
            yield "    new_money, sums = money, money[:0]"
            return
        self._rests(names)
        yield f"    sums = concatenate(({', '.join(names)},))"
        yield (
            f"    rests = concatenate(({', '.join(self._rest_names)},))" if self._rest_names else "    rests = sums[:0]"
        )
        yield "    new_money = money + matmul(pays, sums) + matmul(rest_pays, rests)"

    def _transfer_vector(self, id: str, every: list[Any]) -> Iterator[str]:
        of: Posting | Carriage = every[0].of
        at = self.table(f"stratum_{id}", [each.stratum for each in every])
        yield f"    G = {self.groups_at(at)}"
        if isinstance(of, Carriage):
            source, edge = (
                self.table(f"from_{id}", [e.source for e in every]),
                self.table(f"edge_{id}", [e.edge for e in every]),
            )
            yield f"    a_{id} = carried(money[{source}], movers[{edge}], people[{at}])"
            if of.share is None:
                yield f"    t_{id} = a_{id}"
            else:
                yield f"    t_{id} = portion(a_{id}, {self.call(id, of.share, 'S, O, P, G, ops')} + 0.0 * a_{id})"
                yield f"    r_{id} = a_{id} - t_{id}"
            return
        count = (
            f"new_people[{at}]" if every[0].edge < 0 else f"movers[{self.table(f'edge_{id}', [e.edge for e in every])}]"
        )
        yield f"    t_{id} = cents({self.call(id, of.amount, 'S, O, P, G, ops')} + 0.0 * {count}) * {count}"

    def _rests(self, names: list[str]) -> None:
        """Incidence of amounts and of rests: the source gives, target and rest get."""
        balances = len(self.graph.balances)
        pays = np.zeros((balances, len(self.graph.transfers)))
        split = [each for each in self.graph.transfers if each.rest >= 0]
        rest = np.zeros((balances, len(split)))
        for place, each in enumerate(self.graph.transfers):
            pays[each.source, place] -= 1
            pays[each.target, place] += 1
        for place, each in enumerate(split):
            rest[each.source, place] -= 1
            rest[each.rest, place] += 1
        self.table("pays", pays, float)
        self.table("rest_pays", rest, float)
        self._rest_names = [f"r_{name[2:]}" for name in names if f"r_{name[2:]}" in self._split_ids()]

    def _split_ids(self) -> set[str]:
        return {f"r_{each.of.id}" for each in self.graph.transfers if each.rest >= 0}

    def drift_vector(self) -> Iterator[str]:
        for name in self.fields["moved"]:
            yield f"    moved_{name} = {self.sum_vector(self.text.moved_readings[name])}"
        yield f"    M = Moved({', '.join(f'moved_{name}' for name in self.fields['moved'])})"
        for place, each in enumerate(self.text.levels):
            yield f"    v{place} = level[{place}] + {self.call(each.id, each.change, 'N, S, O, P, M, ops')}"
        names = ", ".join(f"v{place}" for place in range(len(self.text.levels)))
        yield f"    new_level = stack(({names},))" if names else "    new_level = level"
        yield "    return new_people, new_money, new_level, movers, sums"
