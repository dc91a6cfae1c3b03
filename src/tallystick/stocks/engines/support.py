"""What a generated step calls beside the author's functions; plain Python and numba run the same text."""

from __future__ import annotations

import math
from typing import Any

from tallystick.stocks.generate import Source
from tallystick.stocks.text import Ops

Number = Any


def minimum(a: Number, b: Number) -> Number:
    """The smaller of two."""
    return a if a < b else b


def maximum(a: Number, b: Number) -> Number:
    """The larger of two."""
    return a if a > b else b


def operations() -> dict[str, Any]:
    """The functions of `ops` by the names that the scalar step calls them."""
    functions = Ops(math.exp, math.log, math.expm1, math.log1p, minimum, maximum)
    return {f"op_{name}": each for name, each in functions._asdict().items()}


LEAVE = """
def leave(i, hazards, weight, hazard_at, part_at, people, key0, key1, month, new_people, movers):
    first, end = first_exit[i], first_exit[i + 1]
    total, changed = 0.0, False
    for e in range(first, end):
        hazard = hazards[flow_of[e]]
        if weight_of[e] >= 0:
            hazard = hazard * weight[weight_of[e]]
        total += hazard
        if hazard != hazard_at[e]:
            hazard_at[e], changed = hazard, True
    if changed:
        per = -expm1(-total) / (total + (total == 0.0))
        rest = 1.0
        for e in range(first, end):
            share = hazard_at[e] * per
            part_at[e] = min(share / (rest + (rest <= 0.0)), 1.0)
            rest -= share
    left = people[i]
    for e in range(first, end):
        moved = draw(left, part_at[e], key0, key1, month * ROUTES + e)
        movers[e] = moved
        left -= moved
        new_people[i] -= moved
        new_people[target_of[e]] += moved
"""


def mean(n: Number, p: float, key0: int, key1: int, counter: int) -> Number:  # noqa: ARG001 - the signature of a draw
    """The expected number of movers: what makes a step deterministic."""
    return n * p


def as_is(amount: Number) -> Number:
    """USD in float engines are neither rounded nor converted."""
    return amount


def carried(balance: float, movers: float, people: float) -> float:
    """The movers' part of a balance: an average holding each."""
    return balance * movers / people if people > 0 else 0.0


def portion(amount: float, share: float) -> float:
    """A share of an amount."""
    return amount * share


def whole_cents(amount: float) -> int:
    """USD as the nearest whole number of cents."""
    return math.floor(amount * 100.0 + 0.5)


def in_usd(cents: int) -> float:
    """Cents as USD."""
    return cents * 0.01


def carried_cents(balance: int, movers: int, people: int) -> int:
    """The movers' part of a balance in whole cents, rounded down: what is left stays where it was."""
    return math.floor(balance * (movers / people)) if people > 0 else 0


def portion_cents(amount: int, share: float) -> int:
    """A share of an amount in whole cents, rounded down; the rest is the rest."""
    return math.floor(amount * share)


# What a step calls its money functions: USD in float engines, whole cents in integer ones.
DOLLARS = {"cents": as_is, "usd": as_is, "carried": carried, "portion": portion}
CENTS = {"cents": whole_cents, "usd": in_usd, "carried": carried_cents, "portion": portion_cents}


def bound(source: Source, names: dict[str, Any]) -> dict[str, Any]:
    """The namespace of a generated text after running it, with `names` beside the author's functions and tables."""
    namespace: dict[str, Any] = {**source.classes, **source.functions, **source.tables, **names}
    exec(compile(source.code, f"<{len(source.code)} characters generated>", "exec"), namespace)
    return namespace
