"""Quantiles of any number of values, in bins whose counts add up: parts merge exactly, in any order and number.

A bin is the sign, the exponent and the first seven bits of the fraction of a double: 128 bins to each doubling, found
by shifting its bits, so that no logarithm (which differs between libraries by a last digit) decides. This is the
relative-error sketch of Masson, Rim and Lee 2019 (DDSketch, doi:10.14778/3352063.3352135) with bins of equal width
within each power of two, and no bins are ever joined. A quantile is the value of that rank within 1/257
(0.39 %) of its own size; below `NOTHING` a value counts as zero.

Bytes: 16 for each bin that holds anything, whatever the number of values. Values that spread over a factor of four
take 256 bins, 4 kB; deviations around zero take 256 more with each doubling of their number, up to the whole
number of bins; a cell that fills all bins from 1e-9 to 1e18 and both signs, 0.4 MB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
NOTHING = 1e-9  # of the unit of the outcome: no person, cent or share is so small
FRACTION_BITS = 7  # 2^7 bins to a doubling: relative error 1 / (2 * 128 + 1)
SHIFT = 52 - FRACTION_BITS
MIDDLE = 1 << (11 + FRACTION_BITS)  # bins of one sign: 11 bits of exponent, and those of the fraction
SPAN = 2 * MIDDLE


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """Counts by cell and bin; a cell is one outcome in one year."""

    keys: Whole  # ascending: cell x SPAN + bin + MIDDLE
    counts: Whole

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it takes."""
        return self.keys.nbytes + self.counts.nbytes

    def quantiles(self, cell: int, at: Sequence[float]) -> list[float]:
        """The values of rank q (n - 1), rounded down, for each q of `at`; NaN for a cell without values."""
        first, end = np.searchsorted(self.keys, (cell * SPAN, (cell + 1) * SPAN))
        if first == end:
            return [float("nan")] * len(at)
        passed = np.cumsum(self.counts[first:end])
        ranks = [int(q * (int(passed[-1]) - 1)) for q in at]
        places = np.searchsorted(passed, ranks, side="right")
        found: list[float] = _values(self.keys[first + places] - cell * SPAN - MIDDLE).tolist()
        return found

    def signs(self, cell: int) -> tuple[int, int, int]:
        """How many values lie below zero, at zero and above it."""
        first, zero, above, end = np.searchsorted(
            self.keys, (cell * SPAN, cell * SPAN + MIDDLE, cell * SPAN + MIDDLE + 1, (cell + 1) * SPAN)
        )
        counts = (self.counts[first:zero], self.counts[zero:above], self.counts[above:end])
        below, none, over = (int(each.sum()) for each in counts)
        return below, none, over


def sketch_of(values: Array) -> Sketch:
    """The sketch of (value, cell); NaN is no value."""
    cells = np.broadcast_to(np.arange(values.shape[1]) * SPAN + MIDDLE, values.shape)
    present = ~np.isnan(values)
    keys, counts = np.unique(bins_of(values[present]) + cells[present], return_counts=True)
    return Sketch(keys, counts.astype(np.int64))


def merged(parts: Sequence[Sketch]) -> Sketch:
    """All parts in one: the same whatever their order and number."""
    if not parts:
        return Sketch(np.zeros(0, np.int64), np.zeros(0, np.int64))
    keys = np.concatenate([each.keys for each in parts])
    counts = np.concatenate([each.counts for each in parts])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    return Sketch(keys[firsts], np.add.reduceat(counts, firsts) if len(keys) else counts)


class Gathered:
    """A sketch that parts are added to: merged whenever they hold as much as it does, so that each bin moves seldom."""

    def __init__(self) -> None:
        self._parts: list[Sketch] = []
        self._whole, self._loose = merged([]), 0

    def add(self, part: Sketch) -> None:
        """Count a part in."""
        self._parts.append(part)
        self._loose += len(part.keys)
        if self._loose > len(self._whole.keys):
            self.sketch()

    def sketch(self) -> Sketch:
        """All parts in one."""
        if self._parts:
            self._whole, self._parts, self._loose = merged([self._whole, *self._parts]), [], 0
        return self._whole


def bins_of(values: Array) -> Whole:
    """The bin of each value: 0 for zero, the negative of its opposite's for a negative value."""
    size = np.ascontiguousarray(np.abs(values))
    bins = np.where(size < NOTHING, 0, size.view(np.int64) >> SHIFT)
    return np.where(values < 0, -bins, bins)


def _values(bins: Whole) -> Array:
    """Of each bin the value that is nearest, relatively, to both of its ends."""
    size = np.abs(bins)
    low, high = (size << SHIFT).view(np.float64), ((size + 1) << SHIFT).view(np.float64)
    values = np.where(size == 0, 0.0, low * (2.0 * high / (low + high)))
    return np.where(bins < 0, -values, values)
