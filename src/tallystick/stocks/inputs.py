"""What a run is given beside the text: where it starts, its parameters, and what comes from outside, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.graph import Graph, fields_of
from tallystick.stocks.units import fields
from tallystick.vocab.errors import ModelError

Array = NDArray[np.float64]
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Arrays for D draws of the parameters over T months, in the places of the graph. Run r uses draw r % D.

    `outside` and `weight` may have one row for all draws. Counts of `people` are whole where an engine counts.
    """

    people: Array  # (draw, stratum) persons at the start
    money: Array  # (draw, balance) USD
    level: Array  # (draw, level)
    parameters: Array  # (draw, field of parameters)
    outside: Array  # (draw or 1, month, field of outside)
    weight: Array  # (draw or 1, month, weighted route)
    groups: Array  # (draw, stratum, field of group)
    loops: Array  # (field of loops,) 1 on, 0 off
    beside: Mapping[str, Array] = field(default_factory=dict)  # (draw,) what outcomes multiply by; no equation reads it

    @property
    def draws(self) -> int:
        """D."""
        return len(self.people)

    @property
    def months(self) -> int:
        """T."""
        return int(self.outside.shape[1])

    def of_draw(self, draw: int) -> Inputs:
        """The same for one draw."""
        return self.of_draws(slice(draw, draw + 1))

    def of_draws(self, at: slice) -> Inputs:
        """The same for some of the draws."""
        return Inputs(
            people=self.people[at], money=self.money[at], level=self.level[at], parameters=self.parameters[at],
            outside=self.outside[at if len(self.outside) > 1 else slice(0, 1)],
            weight=self.weight[at if len(self.weight) > 1 else slice(0, 1)],
            groups=self.groups[at], loops=self.loops,
            beside={name: each[at] for name, each in self.beside.items()},
        )  # fmt: skip


def check_inputs(graph: Graph, inputs: Inputs) -> None:
    """ModelError where a shape does not fit the graph, or a number is not finite or outside what it can be."""
    text, draws = graph.text, inputs.draws
    shapes = {
        "people": (draws, len(graph.strata)),
        "money": (draws, len(graph.balances)),
        "level": (draws, len(text.levels)),
        "parameters": (draws, len(fields_of(text.parameters))),
        "outside": (len(inputs.outside), inputs.months, len(fields_of(text.outside))),
        "weight": (len(inputs.weight), inputs.months, len(graph.weighted)),
        "groups": (draws, len(graph.strata), len(fields_of(text.group))),
        "loops": (len(fields_of(text.loops)),),
    }
    for name, shape in shapes.items():
        found = getattr(inputs, name)
        if found.shape != shape:
            raise ModelError(f"{name} has shape {found.shape}, not {shape}", equation=text.id)
        if not np.isfinite(found).all():
            raise ModelError(f"{name} holds a number that is not finite", equation=text.id)
    for name, each in inputs.beside.items():
        if each.shape != (draws,) or not np.isfinite(each).all():
            raise ModelError(f"{name} is not one finite number for each of {draws} draws", equation=text.id)
    for name in ("outside", "weight"):
        if len(getattr(inputs, name)) not in (1, draws):
            raise ModelError(f"{name} has {len(getattr(inputs, name))} draws, not 1 or {draws}", equation=text.id)
    if (inputs.weight < 0).any():
        place = graph.weighted[int(np.argwhere(inputs.weight < 0)[0][2])]
        raise ModelError("has a weight below zero", equation=graph.routes[place])
    for place, level in enumerate(text.levels):
        if ((inputs.level[:, place] < level.low) | (inputs.level[:, place] > level.high)).any():
            raise ModelError(f"starts outside {level.low:g} to {level.high:g}", equation=level.id)
    records = {"parameters": text.parameters, "outside": text.outside, "groups": text.group, "loops": text.loops}
    for name, kind in records.items():
        _check_ranges(kind, getattr(inputs, name))
    if (inputs.people < 0).any():
        raise ModelError("starts below zero persons", equation=graph.strata[int(np.argwhere(inputs.people < 0)[0][1])])


def _check_ranges(kind: type[Any], values: Array) -> None:
    """Every field within the range for which the equations were checked, but for rounding."""
    low, high = _bounds(kind)  # type: ignore[arg-type]  # a class has a hash
    wrong = (values < low - ROUNDING) | (values > high + ROUNDING * np.abs(high))
    if wrong.any():
        at = tuple(np.argwhere(wrong)[0])
        raise ModelError(
            f"is {values[at]:g}, outside {low[at[-1]]:g} to {high[at[-1]]:g}",
            equation=f"{kind.__name__}.{fields_of(kind)[at[-1]]}",
        )


@lru_cache(maxsize=64)
def _bounds(kind: type[Any]) -> tuple[Array, Array]:
    """Lows and highs of a record's fields."""
    found = [of for _, of in fields(kind)]
    return np.array([of.low for of in found], dtype=float), np.array([of.high for of in found], dtype=float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """A run month by month; index 0 of the first three is the start. USD in float engines, cents in integer ones."""

    people: Array  # (month + 1, stratum) persons
    money: Array  # (month + 1, balance)
    level: Array  # (month + 1, level)
    movers: Array  # (month, route) persons
    sums: Array  # (month, transfer)


PARTS = ("people", "money", "level", "movers", "sums")  # the fields of a Trajectory
