"""Draws of one posterior, weighed to stand for another: nothing is fitted.

Adding a claim multiplies the posterior by the claim's likelihood, leaving claims out divides by theirs. The largest
weights are smoothed (Vehtari, Simpson, Gelman, Yao and Gabry 2024, JMLR 25:72); a Pareto k above 0.7 says that too few
draws carry the answer, and that only a new fit would tell.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def smoothed(log_ratio: Array, worth: float = 1.0) -> tuple[Array, float]:
    """(draw,) weights that add up to one, and their Pareto k.

    worth : effective draws a draw, of chains that repeat themselves; below one, the tail is taken longer.
    """
    import arviz

    with np.errstate(over="ignore"):  # where one draw carries all, its fit of the tail overflows and k says so
        log_weights, k = arviz.psislw(log_ratio, worth)  # type: ignore[no-untyped-call]  # ArviZ 0.23 has no types here
    weights = np.exp(log_weights - log_weights.max())
    return np.asarray(weights / weights.sum()), float(k)


class Moved(NamedTuple):
    """(quantity,) moves of medians in widths of the 80 % interval, with their sign; `k` of the weights."""

    moves: Array
    k: float

    @property
    def worst(self) -> int:
        """The place of the quantity that moves most."""
        return int(np.abs(self.moves).argmax())

    @property
    def most(self) -> float:
        """By how much, without the sign."""
        return float(np.abs(self.moves).max())


class Medians:
    """Medians of some quantities of a fit, ready to be asked many times."""

    def __init__(self, quantities: Array) -> None:
        """quantities : (draw, quantity) draws, unweighed."""
        self.usual, low, high = np.quantile(quantities, [0.5, 0.1, 0.9], axis=0)
        self.width = high - low
        self._order = np.ascontiguousarray(np.argsort(quantities, axis=0).T)  # so that sums run along memory
        self._ordered = np.take_along_axis(quantities.T, self._order, axis=1)

    def moved(self, log_ratio: Array) -> Moved:
        """log_ratio : (draw,) log of what the posterior is multiplied by."""
        weights, k = smoothed(log_ratio)
        share = np.cumsum(weights[self._order], axis=1)
        middle = (share < 0.5 * share[:, -1:]).sum(axis=1)
        return Moved((self._ordered[np.arange(len(middle)), middle] - self.usual) / self.width, k)
