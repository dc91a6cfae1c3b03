"""Observations as figures that a plain forecaster can go on, and as what is to be forecast."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from math import log

from tallystick.calibrate.model import Model
from tallystick.forecasts.baselines import Figure, Wanted
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.programme import Programme

DAYS_A_YEAR, MONTHS_A_YEAR = 365.25, 12
NUMBERED = ("point", "range")  # bounds have no number of their own


def first_heard(account: Account, programme: Programme) -> dict[str, date]:
    """For each claim, the first day on which any claim of its origin can have been said: a copy tells it as well."""
    said = {claim.id: claim.asserted_earliest for claim in programme.claims}
    return {name: min(said[each] for each in one.members) for one in account.origins for name in one.members}


def middle_of(one: Observation) -> date:
    """The day in the middle of what the figure describes."""
    return one.start + timedelta(days=(one.end - one.start).days // 2)


def said(one: Observation) -> float:
    """The natural log of the figure: of its middle on the log scale for a range, of its bound for a bound."""
    numbers = [log(value) for value in (one.low, one.point, one.high) if value is not None]
    return sum(numbers) / len(numbers)


def wanted(one: Observation, model: Model) -> Wanted:
    """What is to be forecast, without the figure itself."""
    takes_sum = model.operators[one.measure]["take"] == "sum"
    return Wanted(
        measure=one.measure,
        host=one.host,
        months=_months(one) if takes_sum else 1.0,
        middle=in_years(middle_of(one)),
        takes_sum=takes_sum,
    )


def figure_of(one: Observation, model: Model, asserted: date, records: Collection[str]) -> Figure:
    """A published figure for the plain forecasters; `records` are the classes of administrative records."""
    place = wanted(one, model)
    return Figure(
        claim=one.claim,
        measure=one.measure,
        host=one.host,
        log_value=said(one) - log(place.months),
        months=place.months,
        middle=place.middle,
        asserted=in_years(asserted),
        administrative=one.asserter_class in records,
        takes_sum=place.takes_sum,
    )


def _months(one: Observation) -> float:
    """Months of the window that a sum is over; a yearly rate is twelve of them."""
    if one.unit.endswith("/year"):
        return float(MONTHS_A_YEAR)
    return ((one.end - one.start).days + 1) / DAYS_A_YEAR * MONTHS_A_YEAR


def in_years(day: date) -> float:
    """The day as a number of years."""
    return day.year + (day - date(day.year, 1, 1)).days / DAYS_A_YEAR
