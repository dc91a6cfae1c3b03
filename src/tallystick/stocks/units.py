"""Dimensions of a text: every function is run once on numbers that carry their units.

Each unit is a base of its own and nothing is converted: a run multiplies bare numbers, so that "a year is twelve
months" would hide the very slip that this looks for. Who needs twelve states it as a parameter in month/year.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_type_hints

from tallystick.stocks.graph import Graph
from tallystick.stocks.text import Function, Of, Ops, Reading, Text, of
from tallystick.vocab.errors import ModelError

BASES = ("person", "month", "USD", "hour", "day", "job", "round", "tonne", "barrel", "index")


def check_units(graph: Graph) -> None:
    """ModelError that names the first equation whose units do not fit, with what it gives and what it should give."""
    _Units(graph).check()


class _Units:
    def __init__(self, graph: Graph) -> None:
        from pint import UnitRegistry

        self.graph, self.text = graph, graph.text
        self.registry: Any = UnitRegistry(None)
        for base in BASES:
            self.registry.define(f"{base} = [{base}]")
        for name, definition in self.text.extra_units.items():
            self.registry.define(f"{name} = {definition or f'[{name}]'}")
        bare = self._of_a_bare_number
        self.ops = Ops(bare("exp"), bare("log"), bare("expm1"), bare("log1p"), self._alike, self._alike)

    def check(self) -> None:
        text = self.text
        self._readings(text.now, text.readings, per_month=False)
        self._readings(text.moved, text.moved_readings, per_month=True)
        now, outside, par = self._record(text.now), self._record(text.outside), self._record(text.parameters)
        group, moved, loops = self._record(text.group), self._record(text.moved), self._record(text.loops)
        signals = self._run("signals", text.signals, (now, outside, par, loops, self.ops))
        for name, field in fields(text.signal):
            self._same(getattr(signals, name), field.unit, f"signals.{name}")
        signal = self._record(text.signal)
        usual = (signal, outside, par, group, self.ops)
        for id, function, unit in _functions(self.graph):
            self._same(self._run(id, function, usual), unit, id)
        for level in text.levels:
            change = self._run(level.id, level.change, (now, signal, outside, par, moved, self.ops))
            self._same(change, f"{level.unit} / month", level.id)

    def _readings(self, kind: type[Any], readings: Any, *, per_month: bool) -> None:
        for name, field in fields(kind):
            if name not in readings:
                raise ModelError("has no reading", equation=f"{kind.__name__}.{name}", hint="say what it sums")
            self._same(
                self._unit(_unit_of(self.graph, readings[name], per_month), name)
                * (self._unit(_group_unit(self.text, readings[name]), name)),
                field.unit, f"{kind.__name__}.{name}",
            )  # fmt: skip

    def _record(self, kind: type[Any]) -> Any:
        return kind(**{name: self._unit(field.unit, f"{kind.__name__}.{name}") for name, field in fields(kind)})

    def _unit(self, unit: str, equation: str) -> Any:
        """A number that carries this unit: 0.5, which every function here accepts."""
        try:
            return self.registry.Quantity(0.5, "" if unit == "1" else unit)
        except Exception as error:  # pint raises several kinds for a unit that it cannot read
            raise ModelError(
                f"has the unit {unit!r}, which is none: {error}", equation=equation,
                hint=f"use {', '.join(BASES)}, or define it in extra_units",
            ) from None  # fmt: skip

    def _run(self, id: str, function: Function, arguments: tuple[Any, ...]) -> Any:
        from pint import DimensionalityError

        try:
            return function(*arguments)
        except DimensionalityError as error:
            raise ModelError(
                f"mixes {error.units1 or 'a bare number'} with {error.units2 or 'a bare number'}", equation=id,
                hint="multiply or divide by a parameter that carries the missing unit",
            ) from None  # fmt: skip
        except (TypeError, ValueError) as error:
            raise ModelError(
                f"cannot be run on numbers with units: {error}", equation=id, hint="write comparisons as 1.0 * (x > 0)"
            ) from None

    def _same(self, found: Any, unit: str, equation: str) -> None:
        wanted = self._unit(unit, equation)
        given = found if hasattr(found, "units") else self.registry.Quantity(float(found), "")
        if given.dimensionality != wanted.dimensionality:
            raise ModelError(f"is in {_named(given)}, not in {_named(wanted)}", equation=equation)

    def _of_a_bare_number(self, name: str) -> Function:
        from pint import DimensionalityError

        def checked(x: Any) -> Any:
            if not getattr(x, "dimensionless", True):
                raise DimensionalityError(x.units, f"a bare number, which {name} takes")
            return self.registry.Quantity(0.5, "")  # the value does not matter here: `check_ranges` looks at values

        return checked

    def _alike(self, a: Any, b: Any) -> Any:
        return (a + b) / 2  # refuses what is not alike


def fields(kind: type[Any]) -> Iterator[tuple[str, Of]]:
    """The fields of an annotated NamedTuple class with their unit and range."""
    hints = get_type_hints(kind, include_extras=True)
    for name in kind._fields:
        if not hasattr(hints[name], "__metadata__"):
            raise ModelError("has no unit", equation=f"{kind.__name__}.{name}", hint="write Annotated[Number, Of(...)]")
        yield name, of(hints[name])


def _functions(graph: Graph) -> Iterator[tuple[str, Function, str]]:
    """Every rate, amount and share with the unit that it has to give."""
    for flow in graph.text.flows:
        yield flow.id, flow.rate, "1 / month"
    for posting in graph.text.postings:
        per_mover = posting.per in graph.flows
        yield posting.id, posting.amount, "USD / person" if per_mover else "USD / person / month"
    for carriage in graph.text.carriages:
        if carriage.share is not None:
            yield carriage.id, carriage.share, "1"


def _unit_of(graph: Graph, reading: Reading, per_month: bool) -> str:
    if reading.of in graph.flows:
        return "person / month"
    if reading.of in graph.levels:
        return graph.text.levels[graph.levels[reading.of]].unit
    if reading.of in graph.accounts:
        return graph.accounts[reading.of].unit
    if reading.of in graph.stocks and not per_month:
        return graph.stocks[reading.of].unit
    raise ModelError(f"reads {reading.of!r}, which the text does not have there", equation=reading.of)


def _group_unit(text: Text, reading: Reading) -> str:
    if not reading.by:
        return "1"
    found = dict(fields(text.group))
    if reading.by not in found:
        raise ModelError(f"is weighed by {reading.by!r}, which no group has", equation=reading.of)
    return found[reading.by].unit


def _named(quantity: Any) -> str:
    return str(quantity.units) or "no unit"
