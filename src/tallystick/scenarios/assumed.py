"""The numbers of a programme's system.toml, drawn: parameters of the equations and what a run needs beside them.

An entry gives a fixed `value`; or a `median` on its natural scale and an `sd` on that of its `transform` (log, logit,
identity); or says where it comes `from` (the posterior, the start of the run), which is none of this module's work.
A draw outside its range is drawn again, so that the prior is the stated one cut at the range.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.text import Of
from tallystick.vocab.errors import EvidenceError

Array = NDArray[np.float64]
FILE = "system.toml"
TRIES = 1000  # a range that a thousand draws miss is a slip of the median or of the range


def drawn(entries: Iterable[Mapping[str, Any]], ranges: Mapping[str, Of], draws: int, seed: int) -> dict[str, Array]:
    """(draw,) of every entry that is not from elsewhere. Each has its own stream: a new entry moves no other."""
    return {
        entry["name"]: _draw(entry, ranges.get(entry["name"]), draws, seed) for entry in entries if "from" not in entry
    }


def _draw(entry: Mapping[str, Any], field: Of | None, draws: int, seed: int) -> Array:
    name = entry["name"]
    if "value" in entry:
        return np.full(draws, float(entry["value"]))
    rng = np.random.default_rng([seed, *name.encode()])
    out, missing = np.empty(draws), np.ones(draws, dtype=bool)
    for _ in range(TRIES):
        out[missing] = natural(entry, rng.standard_normal(int(missing.sum())))
        missing = ~within(out, field)
        if not missing.any():
            return out
    raise EvidenceError(
        f"{name}: its prior lies outside {field.low:g} to {field.high:g}" if field else name,
        file=FILE, field="parameter", hint="move its median",
    )  # fmt: skip


def natural(entry: Mapping[str, Any], z: Array) -> Array:
    """Values on the natural scale for standard normal `z`."""
    median, sd = float(entry["median"]), float(entry["sd"])
    if entry["transform"] == "log":
        return np.asarray(median * np.exp(sd * z))
    if entry["transform"] == "logit":
        return np.asarray(1 / (1 + (1 - median) / median * np.exp(-sd * z)))
    return median + sd * z


def within(values: Array, field: Of | None) -> NDArray[np.bool_]:
    """Which values lie in the range of their field; all where there is none."""
    if field is None:
        return np.ones(values.shape, dtype=bool)
    return (values >= field.low) & (values <= field.high)
