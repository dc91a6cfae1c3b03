"""Whether a claim's numbers can be what its measure and unit say.

The limits are those of the unit, not of what is likely: an absurd claim is evidence too, a share of 1.4 is a slip.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from tallystick.evidence.cells import Cells, calendar_day
from tallystick.evidence.faults import shown
from tallystick.evidence.tables import columns
from tallystick.vocab.programme import Measure
from tallystick.vocab.records import Claim

MONEY = re.compile(r"([A-Z]{3})(?:/(?:hour|day|month|year)| \(cumulative\))?")
CEILINGS: Mapping[str, float] = MappingProxyType({"share": 1, "hours/day": 24, "days/year": 366, "year": 2100})
COUNTED = frozenset(columns("persons crossings visas permits trips rounds containers missiles countries year number"))
BOUNDS = ("value_low", "value_point", "value_high")


def currency_of(unit: str) -> str:
    """The currency of a unit of money, "" for every other unit."""
    match = MONEY.fullmatch(unit)
    return match.group(1) if match else ""


def check_quantity(claim: Claim, measure: Measure | None, cells: Cells) -> None:
    """Fault a unit that the measure does not have, and numbers that the unit does not allow."""
    if measure is not None and claim.unit.strip() and claim.unit not in measure.units:
        hint = f"{measure.id} is given in {' or '.join(measure.units)}"
        cells.fault("unit", f"unit {shown(claim.unit)} does not fit {measure.id}", hint)
    numbers = dict(zip(BOUNDS, (claim.low, claim.point, claim.high), strict=True))
    if not any(cells.row.cells[field].strip() for field in BOUNDS):
        cells.fault("value_point", "the row holds no value at all", "fill a point, a low bound or a high bound")
    for field, value in numbers.items():
        if value is not None:
            _check_number(field, value, claim.unit, cells)
    _check_order(claim, cells)


def _check_number(field: str, value: float, unit: str, cells: Cells) -> None:
    ceiling = CEILINGS.get(unit)
    if value < 0:
        cells.fault(field, f"{value:g} is negative", "nothing that is claimed here can be below zero")
    elif ceiling is not None and value > ceiling:
        cells.fault(field, f"{value:g} is above {ceiling:g}, the most that {unit} can be", "check the unit")
    elif unit.split("/")[0] in COUNTED and value != int(value):
        cells.fault(field, f"{value:g} is no whole number of {unit}", "give the number as the source has it")
    elif unit == "yyyymmdd" and _as_day(value) is None:
        cells.fault(field, f"{value:.0f} is no day", "write 20191222 for 22 December 2019")


def _as_day(value: float) -> object:
    digits = f"{value:08.0f}"
    return calendar_day(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")


def _check_order(claim: Claim, cells: Cells) -> None:
    low, point, high = claim.low, claim.point, claim.high
    if low is not None and high is not None and low > high:
        cells.fault("value_low", f"low ({low:g}) is above high ({high:g})", "swap the bounds, or mend the wrong one")
    elif point is not None and ((low is not None and point < low) or (high is not None and point > high)):
        bounds = f"{'' if low is None else f'{low:g}'}..{'' if high is None else f'{high:g}'}"
        cells.fault("value_point", f"point ({point:g}) lies outside {bounds}", "mend the point or its bounds")
