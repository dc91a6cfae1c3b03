"""What is assumed, drawn: parameters of the equations, and what a run needs beside them.

A prior is a normal on the scale of its transform, cut at the range that the equations state. A number between 0 and 1
becomes a value by its quantile, so that a design of such numbers (`sensitivity`) and plain chance go one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.labour.assumptions import Assumed, beside_of, parameters_of

Array = NDArray[np.float64]
OF_RUNS = (
    "munitions",
    "technology",
    "cover",
    "debt_left",
    "plan_sd",
    "plan_memory",
    "moved",
    "pay_sd",
)  # what scenarios.toml has to state


def assumed_of(tables: Mapping[str, Any]) -> dict[str, Assumed]:
    """Everything that a programme's system.toml and scenarios.toml state, by name."""
    system, runs = tables["system"], tables["scenarios"]
    return parameters_of(system) | beside_of(system) | beside_of(runs, OF_RUNS)


def drawn(assumed: Iterable[Assumed], draws: int, seed: int) -> dict[str, Array]:
    """(draw,) of everything fixed or with a prior. Each has its own stream: a new one moves no other."""
    out = {}
    for one in assumed:
        if one.value is not None:
            out[one.name] = np.full(draws, float(one.value))
        elif one.has_prior:
            out[one.name] = at_quantile(one, np.random.default_rng([seed, *one.name.encode()]).random(draws))
    return out


def at_quantile(one: Assumed, u: Array) -> Array:
    """The values below which the prior has these shares, `u` in (0, 1)."""
    from scipy.special import ndtr, ndtri

    low, high = (float(ndtr((_scaled(one, end) - _scaled(one, one.median)) / one.sd)) for end in (one.low, one.high))
    z = ndtri(np.clip(low + np.asarray(u) * (high - low), 1e-12, 1 - 1e-12))
    moved = _scaled(one, one.median) + one.sd * z
    return np.asarray(np.exp(moved) if one.transform == "log" else 1 / (1 + np.exp(-moved)))


def _scaled(one: Assumed, value: float) -> float:
    """A value on the scale of the transform; an end of the range may be infinite there."""
    if one.transform == "log":
        return float(np.log(value)) if value > 0 and isfinite(value) else float("inf") * (1 if value > 0 else -1)
    if value <= 0 or value >= 1:
        return float("inf") * (1 if value >= 1 else -1)
    return float(np.log(value / (1 - value)))
