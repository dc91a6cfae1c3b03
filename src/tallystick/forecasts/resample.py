"""What chance alone could have made of a mean over figures: figures redrawn, and whole shocks redrawn.

Figures of one shock (an era between breaks) were missed or hit together, so that they say less than so many separate
ones. Redrawing whole shocks, and then figures within each, lets that show (two-stage bootstrap; Davison and Hinkley
1997, section 3.8, doi 10.1017/CBO9780511802843). With a handful of shocks it is rough, and still too narrow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
LEVEL = 0.95  # of intervals


class Redrawn(NamedTuple):
    """(repeat, figure) how often each figure was drawn, by figures and by shocks."""

    figures: Counts
    shocks: Counts


def redrawn(shock: Counts, repeats: int, seed: int) -> Redrawn:
    """Redraw as many figures, and as many shocks; shock : (figure,) a number from 0 on for each shock."""
    draw = np.random.default_rng(seed)
    return Redrawn(_figures(len(shock), repeats, draw), _shocks(shock, repeats, draw))


def _figures(size: int, repeats: int, draw: np.random.Generator) -> Counts:
    return draw.multinomial(size, np.full(size, 1 / size), size=repeats)


def _shocks(shock: Counts, repeats: int, draw: np.random.Generator) -> Counts:
    """A shock that is drawn twice brings twice its figures, each time drawn anew among them."""
    sizes = np.bincount(shock)
    drawn = _figures(len(sizes), repeats, draw)
    counts = np.zeros((repeats, len(shock)), dtype=np.int64)
    for each, size in enumerate(sizes):
        counts[:, shock == each] = draw.multinomial(drawn[:, each] * size, np.full(size, 1 / size))
    return counts


def chance_below(difference: Array, counts: Counts) -> float:
    """Share of repeats in which the mean of (figure,) `difference` is below 0; one at 0 counts half."""
    means = _means(difference, counts)
    return float(np.mean(means < 0) + np.mean(means == 0) / 2)


def interval(value: Array, counts: Counts) -> tuple[float, float]:
    """Central LEVEL of the mean of (figure,) `value` over repeats."""
    low, high = np.quantile(_means(value, counts), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _means(value: Array, counts: Counts) -> Array:
    return np.asarray(counts @ value / counts.sum(axis=1))
