"""Whether a quantity's ranks are uniform, by the band that the whole of their distribution function stays in.

Säilynoja, Bürkner and Vehtari (2022), doi:10.1007/s11222-022-10090-6: at each of many points the number of ranks below
is binomial; a curve is as odd as its oddest point, and how odd the oddest point of a uniform sample is hangs on the
number of data sets alone. ArviZ's own band for one curve is the check in the tests; here hundreds of curves are asked
at once, and again for thousands of families of curves that chance gives.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ranks = NDArray[np.int64]
SAMPLES, TOGETHER = 20_000, 1_000  # uniform curves that tell how odd the oddest point may be


class Curve(NamedTuple):
    """Lowest and highest share of ranks at each point, (point,), of a band."""

    low: Array
    high: Array


def oddity(rank: Ranks, ranks: int) -> Array:
    """(quantity,) two-sided binomial probability of the oddest point of each curve. rank : (set, quantity), 0 to
    `ranks`.
    """
    sets, quantities = rank.shape
    places = rank + (ranks + 1) * np.arange(quantities)
    counts = np.bincount(places.ravel(), minlength=quantities * (ranks + 1)).reshape(quantities, ranks + 1)
    below = counts.cumsum(axis=1)[:, :ranks]
    return np.asarray(_tails(sets, ranks)[np.arange(ranks), below].min(axis=1))


@cache
def _tails(sets: int, ranks: int) -> Array:
    """(point, count) two-sided probability of that many ranks at or below that point."""
    from scipy.stats import binom

    share = (np.arange(ranks) + 1)[:, None] / (ranks + 1)
    count = np.arange(sets + 1)[None]
    return np.asarray(np.minimum(1.0, 2 * np.minimum(binom.cdf(count, sets, share), binom.sf(count - 1, sets, share))))


@cache
def limit(sets: int, ranks: int, confidence: float) -> float:
    """The oddity that a uniform curve stays above with that confidence."""
    return float(np.quantile(_chance(sets, ranks), 1 - confidence))


def chance_of(odd: Array, sets: int, ranks: int) -> Array:
    """(quantity,) share of uniform curves that are at least as odd: a p-value of the whole curve."""
    return np.asarray(np.searchsorted(_chance(sets, ranks), odd, side="right") / SAMPLES)


@cache
def _chance(sets: int, ranks: int) -> Array:
    """Oddities of uniform curves, sorted."""
    generator = np.random.default_rng(0)  # of a table, not of a result: the same for all who ask
    pieces = [oddity(generator.integers(0, ranks + 1, (sets, TOGETHER)), ranks) for _ in range(SAMPLES // TOGETHER)]
    return np.sort(np.concatenate(pieces))


def band(sets: int, ranks: int, least: float) -> Curve:
    """The shares of ranks between which no point is odder than `least`."""
    kept = _tails(sets, ranks) > least
    return Curve(kept.argmax(axis=1) / sets, (sets - kept[:, ::-1].argmax(axis=1)) / sets)
