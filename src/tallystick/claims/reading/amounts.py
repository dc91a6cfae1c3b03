"""A quantity of a text in the programme's own unit for its measure: shares 0-1, days off a year, terms in months."""

from __future__ import annotations

from typing import NamedTuple

from tallystick.claims.quantity import Quantity

SHARES = frozenset({"state_take_share", "worker_keep_share", "host_share", "sector_share", "wage_gap_share"})
CROSSINGS = frozenset(
    {
        "entries_total",
        "entries_education",
        "entries_work",
        "entries_business",
        "entries_transport",
        "entries_private",
        "entries_transit",
        "entries_tourism",
        "entries_official",
    }
)
_MONEY_RATE = frozenset(
    {"gross_wage", "worker_net_pay", "state_take_per_worker", "comparable_wage", "promised_wage", "employer_cost"}
)
_COUNTED = {
    "work_permits_issued": "permits",
    "work_permits_valid": "permits",
    "visas_work": "visas",
    "visas_student": "visas",
    "visas_tourist": "visas",
    "visas_total": "visas",
    "shells_supplied": "rounds",
    "shells_fired_per_day": "rounds/day",
    "containers_shipped": "containers",
    "host_countries": "countries",
    "escapes": "persons/year",
}
_A_YEAR = {"month": 12.0, "week": 52.0, "year": 1.0, "": 12.0}  # days off said without a rate are those of a month
_IN_MONTHS = {"year": 12.0, "month": 1.0, "week": 12 / 52}


class Amount(NamedTuple):
    low: float | None
    point: float | None
    high: float | None
    unit: str


def amount(measure: str, quantity: Quantity, per: str = "") -> Amount:
    """A quantity's bounds in the unit of a measure; `per` is a rate that the sentence says outside the quantity."""
    factor, unit = _factor(measure, quantity, quantity.per or per)
    low, point, high = (
        None if value is None else _tidy(value * factor) for value in (quantity.low, quantity.point, quantity.high)
    )
    return Amount(low, point, high, unit)


def _factor(measure: str, quantity: Quantity, per: str) -> tuple[float, str]:
    if quantity.kind in ("percent", "fraction"):
        return 0.01, "share"  # both are read as percent
    if quantity.kind == "date":
        return 1.0, quantity.unit
    if measure == "rest_days_per_year":
        return _A_YEAR.get(per, 12.0), "days/year"
    if measure == "contract_length":
        return _IN_MONTHS.get(quantity.unit, 1.0), "months"
    if measure == "hours_per_day":
        return 1.0, "hours/day"
    if measure == "programme_revenue":
        return 1.0, f"{quantity.unit}/year" if per == "year" else f"{quantity.unit} (cumulative)"
    if measure in _MONEY_RATE:
        return 1.0, f"{quantity.unit}/{per or 'month'}"
    if quantity.kind == "money":
        return 1.0, quantity.unit
    if quantity.kind == "multiple":
        return 1.0, "crossings" if measure in CROSSINGS else "ratio"
    return 1.0, "crossings" if measure in CROSSINGS else _COUNTED.get(measure, "persons")


def _tidy(value: float) -> float:
    """Without the dust of binary fractions: 0.7, not 0.7000000000000001."""
    return float(f"{value:.12g}")


def largest(quantity: Quantity) -> float:
    return max((v for v in (quantity.low, quantity.point, quantity.high) if v is not None), default=0.0)
