"""The compiled step where numba is installed, and NumPy's where it is not: the same runs from the same numbers.

The two differ in time (the full model goes some forty times as fast when compiled) and not in what they count.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from types import ModuleType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.engines import vectors
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.terms import Terms

Array = NDArray[np.float64]
Draws = Literal["exact", "fast", "mean"]  # whole persons drawn exactly or by fixed work, or their means
LOST = "numba is not installed: runs go through NumPy, with the same numbers, and take much longer"


@lru_cache(maxsize=1)
def compiled_engine() -> ModuleType | None:
    """`engines.compiled`; None where numba is missing, said once on stderr by the process that the user started."""
    try:
        from tallystick.stocks.engines import compiled
    except ModuleNotFoundError as fault:
        if (fault.name or "").partition(".")[0] not in ("numba", "llvmlite"):
            raise
        if parent_process() is None:
            logging.getLogger("tallystick").warning(LOST)
        return None
    return compiled


def prepare(graph: Graph, *, kept: Path | None = None, draws: Draws = "exact") -> None:
    """Compile now, or read what was compiled, where there is something to compile with."""
    compiled = compiled_engine()
    if compiled is not None:
        compiled.prepare(graph, kept=kept, draws=draws)


def yearly(
    graph: Graph, inputs: Inputs, terms: Terms, *, seed: int, first: int, runs: int, kept: Path | None = None,
    draws: Draws = "exact",
) -> Array:  # fmt: skip
    """(run, year, outcome) as `compiled.yearly`; NumPy draws exactly where the fast draw is asked for."""
    compiled = compiled_engine()
    if compiled is None:
        chances = None if draws == "mean" else seed
        return vectors.yearly(graph, inputs, terms, seed=chances, first=first, runs=runs)
    found: Array = compiled.yearly(graph, inputs, terms, seed=seed, first=first, runs=runs, kept=kept, draws=draws)
    return found
