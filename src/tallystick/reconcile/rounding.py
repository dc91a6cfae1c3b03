"""What would have been rounded to a figure: the cell of a round number between its neighbours.

A figure such as 50,000 is no reading of fifty thousand and nothing else; it stands for all that its speaker would have
called so. Such data are coarse (Heitjan and Rubin 1990, J. Am. Stat. Assoc. 85:304, doi:10.1080/01621459.1990.10476202;
1991, Ann. Stat. 19:2244, doi:10.1214/aos/1176348396): what is known is the cell. As long as the choice of a grid tells
nothing more of the figure, the likelihood is the mass over it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tallystick.vocab.errors import EvidenceError

Cell = tuple[float, float]
Grid = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """The grids that figures are rounded to, coarsest first, and whose figures without a hedge are exact counts."""

    grids: tuple[Grid, ...] = ()  # each: leading numbers from 1 to below 10, rising; times any power of ten
    exact_classes: frozenset[str] = frozenset()

    def cell(self, value: float, asserter_class: str, hedge: str) -> Cell | None:
        """From halfway to the next lower to halfway to the next higher number of the coarsest grid that has `value`.

        None where no grid has it, or where it is an exact count.
        """
        if value <= 0 or (asserter_class in self.exact_classes and not hedge):
            return None
        power = Decimal(repr(value)).adjusted()
        lead = Decimal(repr(value)).scaleb(-power)
        grid = next((one for one in self.grids if lead in one), None)
        if grid is None:
            return None
        low, high = _halfway(lead, grid)
        return float(low.scaleb(power)), float(high.scaleb(power))


def rounding_of(entry: Mapping[str, Any]) -> Rounding:
    """The table `[rounding]` of `reconcile.toml`; without one no figure is taken for rounded."""
    stated = tuple(tuple(Decimal(repr(one)) for one in grid) for grid in entry.get("heaps", ()))
    for grid in stated:
        if not grid or grid[0] < 1 or grid[-1] >= 10 or any(one >= other for one, other in pairwise(grid)):
            raise EvidenceError(
                f"{[float(one) for one in grid]} is no grid",
                file="reconcile.toml",
                field="rounding.heaps",
                hint="numbers from 1 to below 10, rising: each stands for itself times any power of ten",
            )
    steps = 10 ** (entry.get("digits", 0) - 1)
    all_of = (tuple(Decimal(one) / steps for one in range(steps, 10 * steps)),) if "digits" in entry else ()
    return Rounding(grids=(*stated, *all_of), exact_classes=frozenset(entry.get("exact_classes", ())))


def _halfway(lead: Decimal, grid: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Halfway to both neighbours; below its first number a grid goes on with a tenth of its last, above likewise."""
    line = [grid[-1] / 10, *grid, grid[0] * 10]
    at = line.index(lead, 1)
    return (line[at - 1] + lead) / 2, (lead + line[at + 1]) / 2
