"""The step in plain Python: slow, and the oracle of every other engine's tests."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from tallystick.stocks.engines import support
from tallystick.stocks.generate import scalar_step
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs, Trajectory, check_inputs

Draw = Callable[[Any, float, int, int, int], Any]


def step_of(graph: Graph, draw: Draw | None = None) -> Callable[..., None]:
    """The generated step: of means, or, given a `draw(n, p, key0, key1, counter)`, of whole persons and cents."""
    source = scalar_step(graph)
    names: dict[str, Any] = dict(support.DOLLARS if draw is None else support.CENTS)
    names |= {
        "draw": _of_plain_numbers(draw) if draw else support.mean,
        "expm1": math.expm1,
        "ROUTES": len(graph.edges),
        **support.operations(),
    }
    namespace = support.bound(source, names)
    exec(support.LEAVE, namespace)
    step: Callable[..., None] = namespace["step"]
    return step


def _of_plain_numbers(draw: Draw) -> Draw:
    """The same draw, given Python's own numbers: those of NumPy wrap where a draw counts on them to grow."""
    return lambda n, p, key0, key1, counter: draw(int(n), float(p), key0, key1, counter)


def run(graph: Graph, inputs: Inputs, *, draw: Draw | None = None, key: tuple[int, int] = (0, 0)) -> Trajectory:
    """One run of the first draw, month by month; `key` is the run's own for its random numbers."""
    check_inputs(graph, inputs)
    step, counts = step_of(graph, draw), draw is not None
    people = [inputs.people[0].astype(int) if counts else inputs.people[0]]
    money = [np.rint(inputs.money[0] * 100).astype(np.int64) if counts else inputs.money[0]]
    level = [inputs.level[0]]
    movers: list[Any] = []
    sums: list[Any] = []
    parameters, loops, groups = inputs.parameters[0], inputs.loops, inputs.groups[0]
    known = np.zeros((2, len(graph.edges)))  # the hazard of each route and what share of who is left it takes
    for month in range(inputs.months):
        new = [np.zeros_like(people[-1]), np.zeros_like(money[-1]), np.zeros_like(level[-1])]
        moved = np.zeros(len(graph.edges), dtype=people[-1].dtype)
        paid = np.zeros(len(graph.transfers), dtype=money[-1].dtype)
        step(
            people[-1], money[-1], level[-1], parameters, inputs.outside[0, month], inputs.weight[0, month],
            groups, loops, *key, month, *known, *new, moved, paid,
        )  # fmt: skip
        for series, fresh in zip((people, money, level, movers, sums), (*new, moved, paid), strict=True):
            series.append(fresh)
    return Trajectory(
        people=np.array(people), money=np.array(money), level=np.array(level),
        movers=np.array(movers).reshape(inputs.months, len(graph.edges)),
        sums=np.array(sums).reshape(inputs.months, len(graph.transfers)),
    )  # fmt: skip
