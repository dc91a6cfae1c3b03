"""From a quantity as a text gives it to a unit of the programme: 70 percent are a share of 0.7, three years 36 months.

Only what is true by definition is converted. Currencies never are, nor a day's pay into a month's.
"""

from __future__ import annotations

import re

from tallystick.claims.quantity import Quantity

MONEY = re.compile(r"(?P<currency>[A-Z]{3})(?:/(?P<per>hour|day|week|month|year)| \(cumulative\))?")
MONTHS = {"month": 1.0, "year": 12.0}  # a contract's length; weeks and days are no whole number of months
FREE_DAYS = {"week": 52.0, "month": 12.0, "year": 1.0}  # days of rest in so many -> in a year; never without a rate
COUNTED = frozenset({"count", "other"})


def factor(quantity: Quantity, unit: str) -> float | None:
    """What to multiply by to get `unit`; None when the words say something else than that unit."""
    money = MONEY.fullmatch(unit)
    if money is not None:
        fits = quantity.kind == "money" and quantity.unit == money["currency"]
        return 1.0 if fits and quantity.per in ("", money["per"] or "") else None
    if unit in ("share", "ratio"):
        return _proportion(quantity, unit)
    if unit in ("months", "hours/day", "days/year"):
        return _time(quantity, unit)
    return 1.0 if quantity.kind in COUNTED else None


def _proportion(quantity: Quantity, unit: str) -> float | None:
    if quantity.unit == "percent":  # a half is read as 50 percent too
        return 0.01
    return 1.0 if unit == "ratio" and quantity.kind in ("multiple", "other") else None


def _time(quantity: Quantity, unit: str) -> float | None:
    if quantity.kind != "duration":
        return None
    if unit == "months":
        return MONTHS.get(quantity.unit)
    if unit == "hours/day":
        return 1.0 if quantity.unit == "hour" and quantity.per in ("", "day") else None
    return FREE_DAYS.get(quantity.per) if quantity.unit == "day" else None
