"""The monthly grid and what windows, nodes and switches look like on it (NumPy constants of the fit)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grid:
    """Months from January of `first_year` to December of `last_year`."""

    first_year: int
    last_year: int

    @property
    def months(self) -> tuple[str, ...]:
        return tuple(
            f"{year}-{month:02d}" for year in range(self.first_year, self.last_year + 1) for month in range(1, 13)
        )

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(str(year) for year in range(self.first_year, self.last_year + 1))

    def __len__(self) -> int:
        return 12 * (self.last_year - self.first_year + 1)

    def index(self, month: str) -> int:
        """The place of "YYYY-MM"; negative or beyond the end when it lies outside the grid."""
        year, number = month.split("-")
        return 12 * (int(year) - self.first_year) + int(number) - 1

    def switch(self, first: str, last: str) -> Array:
        """1 in the months from first to last, both included; 0 elsewhere."""
        place = np.arange(len(self))
        return ((place >= self.index(first)) & (place <= self.index(last))).astype(float)

    def interpolation(self, nodes: Sequence[str]) -> Array:
        """(month, node) weights of a straight line between nodes, level before the first and after the last."""
        places = np.array([self.index(node) for node in nodes], dtype=float)
        return np.stack([np.interp(np.arange(len(self)), places, row) for row in np.eye(len(nodes))], axis=1)

    def overlap(self, start: date, end: date) -> Array:
        """(month,) the share of each month that lies between two days, both included; 0 outside the grid."""
        return np.array([_overlap(month, start, end) for month in self.months])


def _overlap(month: str, start: date, end: date) -> float:
    year, number = (int(part) for part in month.split("-"))
    days = monthrange(year, number)[1]
    first, last = date(year, number, 1), date(year, number, days)
    return max(0, (min(last, end) - max(first, start)).days + 1) / days
