"""What would have been rounded to a figure: the cell of a round number between its neighbours.

A figure such as 50,000 is no reading of fifty thousand and nothing else; it stands for all that its speaker would have
called so. Such data are coarse (Heitjan and Rubin 1990, J. Am. Stat. Assoc. 85:304, doi:10.1080/01621459.1990.10476202;
1991, Ann. Stat. 19:2244, doi:10.1214/aos/1176348396): what is known is the cell. As long as the choice of a grid tells
nothing more of the figure, the likelihood is the mass over it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tallystick.vocab.errors import EvidenceError

Cell = tuple[float, float]
Grid = tuple[Decimal, ...]
MOST_DIGITS = 4  # a figure of more is a count


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


def rounding_of(entry: Mapping[str, Any], classes: Collection[str]) -> Rounding:
    """The table `[rounding]` of `reconcile.toml`; without one no figure is taken for rounded.

    EvidenceError where it says what nothing reads, or names none of `classes`.
    """
    for name in sorted(set(entry) - {"heaps", "digits", "exact_classes"}):
        raise _fault(name, "is read by nothing", "take heaps, digits or exact_classes")
    stated = tuple(_grid(grid) for grid in entry.get("heaps", ()))
    digits = entry.get("digits")
    if digits is not None and (type(digits) is not int or not 1 <= digits <= MOST_DIGITS):
        raise _fault("digits", f"is {digits!r}", f"a whole number from 1 to {MOST_DIGITS}")
    steps = 10 ** (digits - 1) if digits else 0
    all_of = (tuple(Decimal(one) / steps for one in range(steps, 10 * steps)),) if digits else ()
    exact = tuple(entry.get("exact_classes", ()))
    for name in (one for one in exact if one not in classes):
        raise _fault("exact_classes", f"names no class {name!r}", f"one of {', '.join(classes)}")
    return Rounding(grids=(*stated, *all_of), exact_classes=frozenset(exact))


def _grid(stated: Any) -> Grid:
    numbers = isinstance(stated, list) and all(type(one) in (int, float) for one in stated)
    grid = tuple(Decimal(repr(one)) for one in stated) if numbers else ()
    if not grid or grid[0] < 1 or grid[-1] >= 10 or any(one >= other for one, other in pairwise(grid)):
        hint = "numbers from 1 to below 10, rising: each stands for itself times any power of ten"
        raise _fault("heaps", f"holds {stated!r}, which is no grid", hint)
    return grid


def _fault(field: str, problem: str, hint: str) -> EvidenceError:
    return EvidenceError(problem, file="reconcile.toml", field=f"rounding.{field}", hint=hint)


def _halfway(lead: Decimal, grid: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Halfway to both neighbours; below its first number a grid goes on with a tenth of its last, above likewise."""
    line = [grid[-1] / 10, *grid, grid[0] * 10]
    at = line.index(lead, 1)
    return (line[at - 1] + lead) / 2, (lead + line[at + 1]) / 2
