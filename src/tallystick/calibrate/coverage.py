"""Whether intervals held planted truths as often as they say, and what chance alone would have done.

Each quantity has an exact binomial band. Many quantities ask for more: some fall outside their band by chance, and
together rather than one by one, because quantities of one data set move together. How many is found by drawing as
many data sets again whose ranks are uniform and move together as the observed ones do (a Gaussian copula).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.recovery import LEVELS, RANKS

Array = NDArray[np.float64]
CONFIDENCE = 0.99  # of every band here
JUDGED = LEVELS.index(0.8)
BINS = 10  # of ranks, for the chi-square test of uniform ranks
REPEATS, TOGETHER = 2000, 100  # times that chance is asked, and how many of them at once


class Band(NamedTuple):
    """Lowest and highest value that chance gives, at CONFIDENCE."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


class Seen(NamedTuple):
    """What the simulated data sets showed. rank : (set, quantity); inside : (set, level, quantity)."""

    estimands: tuple[str, ...]  # of each quantity
    rank: NDArray[np.int64]
    inside: NDArray[np.bool_]


class Pooled(NamedTuple):
    """Share of truths held, over several quantities, and the band of that share."""

    share: float
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The check's answer; see `judge`."""

    sets: int
    band: Band  # of the number of sets in which the 80 % interval of one quantity holds the truth
    held: NDArray[np.int64]  # (level, quantity) number of sets
    uneven: Array  # (quantity,) chi-square p-value of uniform ranks
    outside: int
    outside_expected: float
    outside_limit: int
    overall: tuple[Pooled, ...]  # by level
    by_estimand: dict[str, Pooled]  # at 80 %

    @property
    def passed(self) -> bool:
        """Whether no more quantities lie outside than chance allows, and all together hold what they say."""
        return self.outside <= self.outside_limit and all(one.band.holds(one.share) for one in self.overall)


def judge(seen: Seen, seed: int) -> Verdict:
    """Compare what was held with what chance gives; `seed` is that of the repetitions of chance."""
    sets, band, held = len(seen.rank), exact_band(len(seen.rank), LEVELS[JUDGED]), seen.inside.sum(axis=0)
    chance = chance_held(seen.rank, seed)
    beyond = (chance[:, JUDGED] < band.low) | (chance[:, JUDGED] > band.high)
    return Verdict(
        sets=sets,
        band=band,
        held=held,
        uneven=uneven(seen.rank),
        outside=sum(not band.holds(number) for number in held[JUDGED]),
        outside_expected=float(beyond.sum(axis=1).mean()),
        outside_limit=int(np.quantile(beyond.sum(axis=1), CONFIDENCE, method="higher")),
        overall=tuple(_pooled(held[at], chance[:, at], sets) for at in range(len(LEVELS))),
        by_estimand={name: _estimand(name, seen, held, chance) for name in dict.fromkeys(seen.estimands)},
    )


def exact_band(sets: int, level: float) -> Band:
    """How often an interval of that level holds the truth in so many data sets, in all but 1 % of checks at most."""
    from scipy.stats import binom

    low, high = binom.ppf([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], sets, level)
    return Band(float(low), float(high))


def chance_held(rank: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """(repeat, level, quantity) numbers of sets in which truths are held when ranks are uniform.

    Scores of new sets are random sums of the observed sets' normal scores: standard normal each, and correlated over
    quantities as observed.
    """
    from scipy.special import ndtr, ndtri

    scores = ndtri((rank + 0.5) / (RANKS + 1))
    scores = scores / np.sqrt((scores**2).mean(axis=0))
    generator, (sets, quantities) = np.random.default_rng(seed), rank.shape
    pieces = []
    for _ in range(REPEATS // TOGETHER):  # few large products: many small ones wait for each other on a busy machine
        mixes = generator.standard_normal((TOGETHER * sets, sets)) / np.sqrt(sets)
        off = np.abs(ndtr(mixes @ scores) - 0.5).reshape(TOGETHER, sets, quantities)
        pieces.append(np.stack([(off <= level / 2).sum(axis=1) for level in LEVELS], axis=1))
    return np.concatenate(pieces)


def uneven(rank: NDArray[np.int64]) -> Array:
    """(quantity,) chi-square p-value of uniform ranks, in BINS equal bins."""
    from scipy.stats import chisquare

    bins = rank * BINS // (RANKS + 1)
    counts = np.stack([(bins == each).sum(axis=0) for each in range(BINS)])
    return np.asarray(chisquare(counts, axis=0).pvalue)


def _estimand(name: str, seen: Seen, held: NDArray[np.int64], chance: NDArray[np.int64]) -> Pooled:
    places = [at for at, each in enumerate(seen.estimands) if each == name]
    return _pooled(held[JUDGED, places], chance[:, JUDGED, places], len(seen.rank))


def _pooled(held: NDArray[np.int64], chance: NDArray[np.int64], sets: int) -> Pooled:
    """Observed share of (quantity,) counts, and its band from (repeat, quantity) counts of chance."""
    tails = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
    low, high = np.quantile(chance.mean(axis=-1) / sets, tails)
    return Pooled(float(held.mean() / sets), Band(float(low), float(high)))
