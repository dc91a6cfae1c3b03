"""Whether intervals held planted truths as often as they say, and what chance alone would have done.

Each quantity has an exact binomial band. Many quantities ask for more: some fall outside their band by chance, and
together rather than one by one, because quantities of one data set move together. How many is found by drawing as
many data sets again whose ranks are uniform and move together as the observed ones do (a Gaussian copula). The same
families of ranks tell how many curves leave their 99 % band by chance, and how odd the oddest of all may be (`ecdf`).

All truths together see what one quantity does not: that the ends of an interval are read off few draws. Between the
ends of the central part `level` of n independent draws a new one lies with a chance of `level` (n - 1) / (n + 1) (order
statistics of a uniform), so that 400 draws hold half a percent of the level too little. Ranks among thinned draws are
free of that while these are nearly independent; what is held of all truths together is therefore judged by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate import ecdf
from tallystick.calibrate.recovery import LEVELS, RANKS

Array = NDArray[np.float64]
CONFIDENCE = 0.99  # of every band here
JUDGED = LEVELS.index(0.8)
BINS = 10  # of ranks, for the chi-square test of uniform ranks
REPEATS, TOGETHER = 1000, 50  # times that chance is asked, and how many of them at once


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


class Chance(NamedTuple):
    """What families of uniform ranks give that move together as the observed ones do.

    held (repeat, level, quantity) numbers of sets; central (repeat, level) shares of all ranks; odd (repeat, quantity)
    oddities of the curves.
    """

    held: NDArray[np.int64]
    central: Array
    odd: Array


class Pooled(NamedTuple):
    """Share of truths held, over several quantities, and the band of that share."""

    share: float
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """How the curves of all quantities' ranks lie in their bands.

    odd      (quantity,) oddity of each curve, and `chance`, the share of uniform curves at least as odd
    limit    oddity below which one curve leaves its band; `outside` do, where `outside_expected` would by chance and
             at most `outside_limit` in 99 families of 100
    family   oddity that the oddest curve of a family falls below in one family of 100
    """

    odd: Array
    chance: Array
    limit: float
    outside: int
    outside_expected: float
    outside_limit: int
    family: float

    @property
    def passed(self) -> bool:
        """Whether the oddest curve of all is one that chance gives."""
        return bool(self.odd.min() >= self.family)


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
    overall: tuple[Pooled, ...]  # by level: of all ranks, those in the central part
    read_off: tuple[float, ...]  # by level: of all truths, those between quantiles of all draws; not judged
    by_estimand: dict[str, Pooled]  # at 80 %
    curves: Curves

    @property
    def passed(self) -> bool:
        """Whether no more quantities lie outside than chance allows, all together hold what they say, and no curve of
        ranks leaves the band of the family.
        """
        held = all(one.band.holds(one.share) for one in self.overall)
        return held and self.outside <= self.outside_limit and self.curves.passed


def judge(seen: Seen, seed: int) -> Verdict:
    """Compare what was held with what chance gives; `seed` is that of the repetitions of chance."""
    sets, band, held = len(seen.rank), exact_band(len(seen.rank), LEVELS[JUDGED]), seen.inside.sum(axis=0)
    chance = chance_of(seen.rank, seed)
    beyond = (chance.held[:, JUDGED] < band.low) | (chance.held[:, JUDGED] > band.high)
    return Verdict(
        sets=sets,
        band=band,
        held=held,
        uneven=uneven(seen.rank),
        outside=sum(not band.holds(number) for number in held[JUDGED]),
        outside_expected=float(beyond.sum(axis=1).mean()),
        outside_limit=int(np.quantile(beyond.sum(axis=1), CONFIDENCE, method="higher")),
        overall=tuple(
            Pooled(float(central(seen.rank, level).mean()), _band(chance.central[:, at]))
            for at, level in enumerate(LEVELS)
        ),
        read_off=tuple(float(share) for share in seen.inside.mean(axis=(0, 2))),
        by_estimand={name: _estimand(name, seen, held, chance.held) for name in dict.fromkeys(seen.estimands)},
        curves=_curves(seen.rank, chance.odd),
    )


def _curves(rank: NDArray[np.int64], by_chance: Array) -> Curves:
    """by_chance : (repeat, quantity) oddities of families whose ranks are uniform and move together as observed."""
    sets, odd = len(rank), ecdf.oddity(rank, RANKS)
    limit = ecdf.limit(sets, RANKS, CONFIDENCE)
    beyond = (by_chance < limit).sum(axis=1)
    return Curves(
        odd=odd,
        chance=ecdf.chance_of(odd, sets, RANKS),
        limit=limit,
        outside=int((odd < limit).sum()),
        outside_expected=float(beyond.mean()),
        outside_limit=int(np.quantile(beyond, CONFIDENCE, method="higher")),
        family=float(np.quantile(by_chance.min(axis=1), 1 - CONFIDENCE)),
    )


def exact_band(sets: int, level: float) -> Band:
    """How often an interval of that level holds the truth in so many data sets, in all but 1 % of checks at most."""
    from scipy.stats import binom

    low, high = binom.ppf([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], sets, level)
    return Band(float(low), float(high))


def central(rank: NDArray[np.int64], level: float) -> Array:
    """How far each rank lies in the central part of all: 0 or 1, and a part of 1 where that ends within a rank."""
    low = (1 - level) / 2 * (RANKS + 1)
    return np.asarray(np.clip(np.minimum(rank + 1, RANKS + 1 - low) - np.maximum(rank, low), 0.0, 1.0))


def chance_of(rank: NDArray[np.int64], seed: int) -> Chance:
    """Drawn REPEATS times."""
    held, shares, odd = [], [], []
    for share in _alike(rank, seed):
        off = np.abs(share - 0.5)
        held.append(np.stack([(off <= level / 2).sum(axis=1) for level in LEVELS], axis=1))
        places = np.minimum((share * (RANKS + 1)).astype(np.int64), RANKS)
        shares.append(np.stack([central(places, level).mean(axis=(1, 2)) for level in LEVELS], axis=1))
        odd.append(ecdf.oddity(places.transpose(1, 0, 2).reshape(len(rank), -1), RANKS).reshape(TOGETHER, -1))
    return Chance(*map(np.concatenate, (held, shares, odd)))


def _alike(rank: NDArray[np.int64], seed: int) -> Iterator[Array]:
    """(repeat, set, quantity) uniform numbers, some repeats at a time.

    Scores of new sets are random sums of the observed sets' normal scores: standard normal each, and correlated over
    quantities as observed.
    """
    from scipy.special import ndtr, ndtri

    scores = ndtri((rank + 0.5) / (RANKS + 1))
    scores = scores / np.sqrt((scores**2).mean(axis=0))
    generator, (sets, quantities) = np.random.default_rng(seed), rank.shape
    for _ in range(REPEATS // TOGETHER):  # few large products: many small ones wait for each other on a busy machine
        mixes = generator.standard_normal((TOGETHER * sets, sets)) / np.sqrt(sets)
        yield ndtr(mixes @ scores).reshape(TOGETHER, sets, quantities)


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
    return Pooled(float(held.mean() / sets), _band(chance.mean(axis=-1) / sets))


def _band(by_chance: Array) -> Band:
    low, high = np.quantile(by_chance, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Band(float(low), float(high))
