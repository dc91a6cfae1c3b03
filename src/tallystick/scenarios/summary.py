"""Runs as they come in, kept as sums: mean, quantiles, and how much of the spread is parameters, how much chance.

Runs are nested: each of D draws of the parameters is run R times with other chances (run k D + d has draw d). With
x_dk the value of an outcome, m_d the mean of a draw's runs and m the mean of all:

    within   = sum_d sum_k (x_dk - m_d)^2 / (N - D)                  what chance alone does (its variance)
    between  = sum_d n_d (m_d - m)^2 / (D - 1)
    parameters = (between - within) / n0,  n0 = (N - sum n_d^2 / N) / (D - 1)

the law of total variance, estimated without bias by the analysis of variance (Searle, Casella and McCulloch 1992,
*Variance Components*, section 3.6; doi:10.1002/9780470316856). The estimate for parameters may fall below zero where
they hardly matter: it is then reported as zero. What each interval is:

    all           quantiles of the runs
    parameters    quantiles of the draws' means m_d, drawn in towards m until their variance is that of the parameters
                  alone (a mean of R runs still carries 1/R of chance)
    chance        quantiles of x_dk - m_d over all draws, put around m (m_d of the runs r of a chunk, and widened by
                  sqrt(r / (r - 1)), so that their variance is that of chance)

No run and no draw is kept: a sketch has a largest size, and grows with the logarithm of the runs at most. Sketches
count in integers, and merge exactly in any order. Means and squares are rounded, so that their order counts: repeats of
a draw are added chunk by chunk, and draws one by one in their own order, however many of them a chunk brought. Chunks
are taken in in the order of the design, whoever did them. So the bytes are the same for any number of threads,
processes and machines, and for chunks of any number of draws; only which repeats of a draw come together moves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.sketch import Gathered, Sketch, sketch_of

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
QUANTILES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Number, mean and sum of squared deviations, by draw and cell: what runs of these draws add to."""

    count: Whole  # (draw, cell); of all draws together (cell)
    mean: Array
    squares: Array

    def and_(self, other: Moments) -> Moments:
        """Both together (Chan, Golub and LeVeque 1979), so that no large squares are subtracted."""
        count = self.count + other.count
        share = other.count / np.maximum(count, 1)
        gap = other.mean - self.mean
        return Moments(
            count, self.mean + gap * share, self.squares + other.squares + gap * gap * self.count * share
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one chunk adds: runs of a few draws, in all cells (an outcome in a year)."""

    runs: Sketch
    chance: Sketch
    moments: Moments


def part_of(values: Array) -> Part:
    """The part that `values` make: (repeat, draw, cell), NaN for no value."""
    present = ~np.isnan(values)
    count = present.sum(axis=0)
    mean = np.where(present, values, 0.0).sum(axis=0) / np.maximum(count, 1)
    apart = values - mean
    squares = np.where(present, apart * apart, 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        widened = apart * np.where(count > 1, np.sqrt(count / (count - 1.0)), np.nan)
    cells = values.shape[2]
    return Part(
        runs=sketch_of(values.reshape(-1, cells)),
        chance=sketch_of(widened.reshape(-1, cells)),
        moments=Moments(count, mean, squares),
    )


class Tally:
    """All parts so far, in cells; parts of the same draws follow each other, the last of them marked."""

    def __init__(self, cells: int) -> None:
        self._runs, self._chance, self._means = Gathered(), Gathered(), Gathered()
        self._waiting: Moments | None = None
        self.draws = np.zeros(cells, np.int64)
        self.count = np.zeros(cells, np.int64)
        self.counts_squared = np.zeros(cells, np.int64)
        self.mean, self.between, self.within = np.zeros(cells), np.zeros(cells), np.zeros(cells)

    @property
    def runs(self) -> Sketch:
        """Values of all runs."""
        return self._runs.sketch()

    @property
    def chance(self) -> Sketch:
        """What runs differ by from the mean of their draw."""
        return self._chance.sketch()

    @property
    def means(self) -> Sketch:
        """Means of the draws that are complete."""
        return self._means.sketch()

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes: sketches by the bins they use, the rest 48 for each cell."""
        fixed = (self.draws, self.count, self.counts_squared, self.mean, self.between, self.within)
        return sum(each.nbytes for each in (self.runs, self.chance, self.means, *fixed))

    def add(self, part: Part, *, is_last: bool) -> None:
        """Add a part; `is_last` when its draws have no further runs."""
        self._runs.add(part.runs)
        self._chance.add(part.chance)
        self._waiting = part.moments if self._waiting is None else self._waiting.and_(part.moments)
        if is_last:
            self._close(self._waiting)
            self._waiting = None

    def _close(self, every: Moments) -> None:
        """Draws whose runs are complete join the others, one by one; from here on only sums over draws are kept."""
        has = every.count > 0
        self._means.add(sketch_of(np.where(has, every.mean, np.nan)))
        whole, alone = Moments(self.count, self.mean, self.between), np.zeros_like(self.between)
        for count, mean, squares in zip(every.count, every.mean, every.squares, strict=True):
            whole = whole.and_(Moments(count, mean, alone))
            self.within += squares
        self.count, self.mean, self.between = whole.count, whole.mean, whole.squares
        self.draws = self.draws + has.sum(axis=0)
        self.counts_squared = self.counts_squared + (every.count**2).sum(axis=0)

    def figures(self, cell: int) -> Figures:
        """What may be said of one cell."""
        return _figures(self, cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A standard deviation and the quantiles at 2.5, 10, 25, 50, 75, 90 and 97.5 %, in the outcome's unit."""

    sd: float
    quantiles: tuple[float, ...]

    @property
    def median(self) -> float:
        """The quantile at 50 %."""
        return self.quantiles[QUANTILES.index(0.5)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One outcome in one year, over all runs; None where the design cannot tell.

    error : standard error of the mean that comes from the number of runs.
    share_of_parameters : of the variance, what the parameters make; chance makes the rest.
    same_sign : share of the draws whose mean has the sign of the median: of an effect, how sure its direction is. The
    mean of a few runs still carries chance, so that the share is rather too low than too high.
    """

    runs: int
    draws: int
    mean: float
    error: float | None
    all: Spread
    parameters: Spread | None
    chance: Spread | None
    share_of_parameters: float | None
    same_sign: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """The two variances of one cell; None where the design cannot tell."""

    chance: float | None
    parameters: float | None  # as estimated: may be below zero
    error: float | None  # of the mean


def components(tally: Tally, cell: int) -> Components:
    """The analysis of variance, one way, with as many runs of each draw as have a value."""
    count, draws = int(tally.count[cell]), int(tally.draws[cell])
    chance = float(tally.within[cell]) / (count - draws) if count > draws else None
    if draws < 2:
        return Components(chance=chance, parameters=None, error=None if chance is None else sqrt(chance / count))
    between = float(tally.between[cell]) / (draws - 1)
    error = sqrt(between / count)
    if chance is None:
        return Components(chance=None, parameters=None, error=error)
    per_draw = (count - int(tally.counts_squared[cell]) / count) / (draws - 1)
    return Components(chance=chance, parameters=(between - chance) / per_draw, error=error)


def _figures(tally: Tally, cell: int) -> Figures:
    count, mean = int(tally.count[cell]), float(tally.mean[cell])
    if count == 0:
        nothing = Spread(sd=float("nan"), quantiles=(float("nan"),) * len(QUANTILES))
        return Figures(
            runs=0, draws=0, mean=float("nan"), error=None, all=nothing, parameters=None, chance=None,
            share_of_parameters=None, same_sign=None,
        )  # fmt: skip
    found = components(tally, cell)
    total = (float(tally.between[cell]) + float(tally.within[cell])) / max(count - 1, 1)
    whole = Spread(sd=sqrt(total), quantiles=tuple(tally.runs.quantiles(cell, QUANTILES)))
    return Figures(
        runs=count, draws=int(tally.draws[cell]), mean=mean, error=found.error, all=whole,
        parameters=_of_parameters(tally, cell, found), chance=_of_chance(tally, cell, found),
        share_of_parameters=_share(found), same_sign=_same_sign(tally.means, cell, whole.median),
    )  # fmt: skip


def _same_sign(means: Sketch, cell: int, median: float) -> float | None:
    below, none, above = means.signs(cell)
    draws = below + none + above
    if draws < 2:
        return None
    return (below if median < 0 else above if median > 0 else none) / draws


def _share(found: Components) -> float | None:
    if found.parameters is None or found.chance is None:
        return None
    parameters = max(found.parameters, 0.0)
    whole = parameters + found.chance
    return parameters / whole if whole > 0 else 0.0


def _of_parameters(tally: Tally, cell: int, found: Components) -> Spread | None:
    """Quantiles of the draws' means, drawn in to the spread that parameters alone make."""
    if found.parameters is None:
        return None
    mean, variance = float(tally.mean[cell]), max(found.parameters, 0.0)
    draws = int(tally.draws[cell])
    per_draw = int(tally.count[cell]) / draws
    seen = float(tally.between[cell]) / (draws - 1) / per_draw
    inward = sqrt(min(variance / seen, 1.0)) if seen > 0 else 0.0
    quantiles = tally.means.quantiles(cell, QUANTILES)
    return Spread(sd=sqrt(variance), quantiles=tuple(mean + (each - mean) * inward for each in quantiles))


def _of_chance(tally: Tally, cell: int, found: Components) -> Spread | None:
    if found.chance is None:
        return None
    mean = float(tally.mean[cell])
    quantiles = tally.chance.quantiles(cell, QUANTILES)
    return Spread(sd=sqrt(found.chance), quantiles=tuple(mean + each for each in quantiles))
