"""Numbers as a signature: how much it says that two texts, or two claims, state the same ones.

One round number, 50,000, is in many reports that know nothing of each other. 2,123 is not, and neither is a set of
round ones together. The weight of a number is a matter of its digits; how true it is, is none of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tallystick.evidence.quantities import currency_of

Key = tuple[float, str]
SMALL = 31  # days, hours and small heads: up to here a number is anyone's
OF_SMALL, OF_DIGIT = 0.4, 0.7
MOST = 3.0
PEOPLE = frozenset(("persons", "permits", "visas", "crossings", "trips", "people", "workers", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number or range as a text states it, in the unit of the programme or of the text.

    measure, source : what it measures and who is named for it; "" where that was not read
    """

    low: float | None = None
    point: float | None = None
    high: float | None = None
    unit: str = ""
    measure: str = ""
    source: str = ""


def keys_of(figure: Figure) -> tuple[Key, ...]:
    """Its numbers with what they count. Persons, permits, visas and crossings are one kind: copies confuse them."""
    kind = _kind(figure.unit)
    scale = 100 if figure.unit in ("share", "fraction") else 1
    return tuple(
        (_four_digits(one * scale), kind) for one in (figure.low, figure.point, figure.high) if one is not None
    )


def weight(value: float) -> float:
    """0.4 for a small number, otherwise by its digits that are not closing zeros: 50,000 0.7, 12,000 1.4, 2,123 2.8."""
    if abs(value) < SMALL and value == int(value):
        return OF_SMALL
    return min(MOST, OF_DIGIT * _digits(value))


def _digits(value: float) -> int:
    return len(Decimal(repr(value)).normalize().as_tuple().digits)


def _four_digits(value: float) -> float:
    return float(f"{value:.4g}")


def _kind(unit: str) -> str:
    if currency := currency_of(unit):
        return currency
    if unit in ("share", "percent", "fraction", "%"):
        return "percent"
    name, _, _ = unit.partition("/")
    return "count" if name in PEOPLE else name
