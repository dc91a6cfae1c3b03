"""What a run reports of each year, for the engines that sum while they run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.graph import Graph

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What of each year a run reports: sums of places of a year's record, each times a factor (a sparse matrix).

    The record of a year is, side by side: people at its end, people summed over its months, movers, sums of money,
    balances at its end, levels at its end, levels summed over its months. Money is in cents there.
    """

    outcome: NDArray[np.int64]  # (term,) which outcome it adds to
    place: NDArray[np.int64]  # (term,) place in the record
    factor: Array  # (term,)
    outcomes: int


def record_size(graph: Graph) -> int:
    """How many places the record of a year has."""
    once = len(graph.edges) + len(graph.transfers) + len(graph.balances)
    return 2 * len(graph.strata) + once + 2 * len(graph.text.levels)
