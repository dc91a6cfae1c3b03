"""The exact law of a draw, twenty regimes, and two tests that a sampler follows it.

Each regime is tested twice by chi-square: over *fine* cells (neighbouring counts pooled only until 25 are expected),
which see a missing or doubled count, and over at most 40 *coarse* cells of about equal probability, which see a shift.
All p-values of a family are multiplied by their number (Bonferroni) before they are read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray
from scipy import stats

from tallystick.stocks.chance import compiled, stream

# (n, p): one person to a hundred million, rare to nearly certain; both sides of every change of method (10 and 8
# expected for the exact and the fast draw, p = 1/2), and the pair that looked odd in research/engines.md (300, 0.01).
REGIMES: tuple[tuple[int, float], ...] = (
    *((1, 0.3), (1, 0.9999), (2, 0.5), (9, 0.95), (17, 0.5), (20, 0.41), (40, 0.2501), (300, 0.01), (300, 0.0332)),
    *((1_000, 0.0079), (1_000, 0.02), (1_000, 0.9), (10_000, 0.9999), (100_000, 8.1e-5), (100_000, 0.3)),
    *((1_000_000, 1e-8), (1_000_000, 0.5), (100_000_000, 1e-8), (100_000_000, 1e-3), (100_000_000, 0.4)),
)
WORST = 1e-4  # a corrected p-value below this is called a fault
Counts = NDArray[np.int64]


class Window(NamedTuple):
    """Counts that can come: outside `low` to `high` lies less than 1e-12 of the law."""

    low: int
    high: int


class Result(NamedTuple):
    """One regime's two p-values, uncorrected, and how many cells each was over."""

    fine: float
    coarse: float
    cells: int


def window(n: int, p: float) -> Window:
    """Where the counts of a regime lie; at the edges the rest is gathered."""
    law = stats.binom(n, p)
    return Window(max(0, int(law.ppf(1e-12)) - 1), min(n, int(law.isf(1e-12)) + 1))


def chances(n: int, p: float) -> NDArray[np.float64]:
    """Probability of each count of the window; the first and last hold the tails."""
    low, high = window(n, p)
    out: NDArray[np.float64] = stats.binom.pmf(np.arange(low, high + 1), n, p)
    out[0], out[-1] = stats.binom.cdf(low, n, p), stats.binom.sf(high - 1, n, p)
    return out


@cache
def _tally(draw: Any) -> Callable[..., None]:
    @numba.njit(nogil=True)
    def tally(n: int, p: float, key0: int, key1: int, first: int, draws: int, low: int, counts: Counts) -> None:
        for i in range(first, first + draws):
            counts[min(max(draw(n, p, key0, key1, i) - low, 0), len(counts) - 1)] += 1

    return tally


def drawn(n: int, p: float, draws: int, *, seed: int, first: int = 0, draw: Any = compiled.binomial) -> Counts:
    """How often each count of the regime's window came, in draws number `first` and on."""
    low, high = window(n, p)
    counts = np.zeros(high - low + 1, np.int64)
    key = stream.run_key(seed, REGIMES.index((n, p)))
    _tally(draw)(n, p, np.uint64(key.key0), np.uint64(key.key1), first, draws, low, counts)
    return counts


def groups(expected: NDArray[np.float64], least: float) -> NDArray[np.int64]:
    """First places of runs of neighbours that together expect at least `least`; the last run takes the remainder."""
    starts, total = [0], 0.0
    rest = np.cumsum(expected[::-1])[::-1]
    for place, each in enumerate(expected):
        if total >= least and rest[place] >= least:
            starts.append(place)
            total = 0.0
        total += each
    return np.array(starts)


def chi_square(counts: Counts, law: NDArray[np.float64], least: float) -> tuple[float, int]:
    """p-value of the counts under the law, pooled; 1 where one cell is left."""
    expected = law * counts.sum()
    starts = groups(expected, least)
    seen, wanted = np.add.reduceat(counts, starts), np.add.reduceat(expected, starts)
    statistic = float(((seen - wanted) ** 2 / wanted).sum())
    return (float(stats.chi2.sf(statistic, len(starts) - 1)) if len(starts) > 1 else 1.0), len(starts)


def judged(n: int, p: float, counts: Counts) -> Result:
    """Both tests of one regime."""
    law = chances(n, p)
    fine, cells = chi_square(counts, law, 25.0)
    coarse, _ = chi_square(counts, law, max(25.0, counts.sum() / 40))
    return Result(fine, coarse, cells)


def smallest(results: list[Result]) -> float:
    """The smallest p-value of a family, corrected for how many there are."""
    every = [each for result in results for each in (result.fine, result.coarse)]
    return min(1.0, min(every) * len(every))


def power(n: int, p: float, wrong: float, draws: int, tests: int = 2 * len(REGIMES)) -> float:
    """Chance that the coarse test of this regime alone catches a sampler that uses `wrong` for p."""
    law = chances(n, p)
    low, high = window(n, p)
    shifted = stats.binom.pmf(np.arange(low, high + 1), n, wrong)
    starts = groups(law * draws, max(25.0, draws / 40))
    if len(starts) == 1:
        return 0.0
    wanted, got = np.add.reduceat(law, starts) * draws, np.add.reduceat(shifted, starts) * draws
    limit = stats.chi2.isf(WORST / tests, len(starts) - 1)
    return float(stats.ncx2.sf(limit, len(starts) - 1, ((got - wanted) ** 2 / wanted).sum()))
