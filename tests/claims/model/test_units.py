"""A quantity becomes a unit of the programme only where that is true by definition."""

from __future__ import annotations

import pytest

from tallystick.claims.model.units import factor
from tallystick.claims.quantity import Quantity


def quantity(kind: str, unit: str = "", per: str = "") -> Quantity:
    return Quantity(
        start=0, end=1, number_start=0, number_end=1, low=None, point=1, high=None, kind=kind, unit=unit, per=per
    )


@pytest.mark.parametrize(
    ("found", "unit", "expected"),
    [
        (quantity("percent", "percent"), "share", 0.01),
        (quantity("fraction", "percent"), "share", 0.01),
        (quantity("count", "workers"), "share", None),
        (quantity("multiple", "times"), "ratio", 1),
        (quantity("money", "USD", "month"), "USD/month", 1),
        (quantity("money", "USD"), "USD/month", 1),
        (quantity("money", "USD", "day"), "USD/month", None),
        (quantity("money", "RUB", "month"), "USD/month", None),
        (quantity("money", "USD"), "USD (cumulative)", 1),
        (quantity("money", "USD", "year"), "USD (cumulative)", None),
        (quantity("money", "USD", "year"), "USD", None),
        (quantity("duration", "year"), "months", 12),
        (quantity("duration", "month"), "months", 1),
        (quantity("duration", "week"), "months", None),
        (quantity("duration", "hour", "day"), "hours/day", 1),
        (quantity("duration", "hour", "week"), "hours/day", None),
        (quantity("duration", "day", "month"), "days/year", 12),
        (quantity("duration", "day", "week"), "days/year", 52),
        (quantity("duration", "day"), "days/year", None),
        (quantity("count", "workers"), "persons", 1),
        (quantity("money", "USD"), "persons", None),
        (quantity("percent", "percent"), "persons", None),
        (quantity("duration", "year"), "persons", None),
    ],
)
def test_only_what_is_true_by_definition_is_converted(found: Quantity, unit: str, expected: float | None) -> None:
    assert factor(found, unit) == expected
