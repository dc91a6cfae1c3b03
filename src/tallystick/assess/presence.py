"""Who was there, as the draws see it: persons at work by month, cohort and kind of visa.

Everyone counted here is at work in the model; whether those whom a border kept back earned is not known. A visa
changes nothing for a test of earning income, and everything for a test of work authorisation. What could be mistaken
for presence: entries (crossings), visas and permits, which are claims and reach a rule as facts.

    total       (draw, month)  persons at the end of the month, one host
    by_cohort   cohort -> (draw, month); zero before the deadline; focus host only
    by_visa     visa class -> (draw, month); focus host only
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.assess.finding import Period, Quantity
from tallystick.vocab.estimate import Interval

Draws = NDArray[np.float64]
ALL = "all"  # the label of a sum over parts
LEVELS = (0.5, 0.25, 0.75, 0.1, 0.9, 0.025, 0.975)


def last_day(month: str) -> date:
    """The last day of YYYY-MM."""
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, monthrange(year, number)[1])


def share_inside(month: str, period: Period) -> float:
    """The share of a month's days that lies in a period, 0 to 1."""
    last = last_day(month)
    part = period.within(last.replace(day=1), last)
    if part is None or part.start is None or part.end is None:
        return 0.0
    return ((part.end - part.start).days + 1) / last.day


def interval(values: Draws) -> Interval:
    """Median and central 50, 80 and 95 % of draws."""
    quantiles = [float(q) for q in np.quantile(values, LEVELS)]
    names = ("median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95")
    return Interval(**dict(zip(names, quantiles, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Draws of persons at work in one host; `None` stands in for a host that no draw follows."""

    months: tuple[str, ...]  # YYYY-MM
    total: Draws
    by_cohort: Mapping[str, Draws] = field(default_factory=dict)
    by_visa: Mapping[str, Draws] = field(default_factory=dict)
    authorising: frozenset[str] = frozenset()  # visa classes that let their holder work
    until: date | None = None  # the last day that a used count describes; no number of law goes beyond it

    def counted(self, period: Period) -> Period | None:
        """The part of a period that used counts still describe; None when it lies wholly behind them."""
        return period.within(None, self.until)

    def inside(self, period: Period) -> NDArray[np.bool_]:
        """(month,) whether the end of the month lies in the period, as far as counts reach."""
        part = self.counted(period)
        return np.array([part is not None and part.holds(last_day(month)) for month in self.months], dtype=np.bool_)

    def may_be_empty(self, period: Period) -> bool:
        """Whether any draw has nobody in the period. On a log scale there is always somebody."""
        people = self.total[:, self.inside(period)]
        return bool(people.size) and bool((np.floor(people.max(axis=1)) == 0).any())

    def only(self, cohort: str) -> Presence:
        """The people of one cohort, as if nobody else were there; their visas are not known apart."""
        people = self.by_cohort[cohort]
        return Presence(months=self.months, total=people, by_cohort={cohort: people}, until=self.until)

    @property
    def authorised(self) -> Draws | None:
        """(draw, month) persons whose visa lets them work; None where visas are not followed."""
        chosen = [people for visa, people in self.by_visa.items() if visa in self.authorising]
        return np.sum(chosen, axis=0, dtype=np.float64) if chosen else None

    def worker_months(self, period: Period, cohort: str | None = None) -> Draws:
        """(draw,) month-end persons times the share of each month's days in the period, as far as counts reach."""
        people = self.total if cohort is None else self.by_cohort[cohort]
        part = self.counted(period)
        shares = [share_inside(month, part) if part is not None else 0.0 for month in self.months]
        present: Draws = (people * np.array(shares)).sum(axis=1)  # no BLAS: one order of adding on any machine
        return present

    def chance_any_earns(self, period: Period, chance_of_one: Mapping[str, float]) -> float | None:
        """Probability that at least one person earned in some month of the period.

        1 - prod_c (1 - p_c)^floor(n_c), with n_c the largest month-end number of cohort c in the period and p_c
        the chance that one of its members earned; averaged over draws. Without cohorts, p = 1 for everybody.
        None when no month of the draws lies in the period.
        """
        inside = self.inside(period)
        if not inside.any():
            return None
        groups = self.by_cohort or {"": self.total}
        none_earns = np.ones(self.total.shape[0])
        for cohort, people in groups.items():
            persons = np.floor(people[:, inside].max(axis=1))
            none_earns *= (1.0 - chance_of_one.get(cohort, 1.0)) ** persons
        return float(np.mean(1.0 - none_earns))

    def chance_above_level(self, of_month: str, period: Period) -> float | None:
        """Probability that the authorised exceeded, in some month of the period, their number in an earlier month."""
        people, inside = self.authorised, self.inside(period)
        if people is None or of_month not in self.months or not inside.any():
            return None
        level = people[:, self.months.index(of_month)]
        return float(np.mean(people[:, inside].max(axis=1) > level))


def worker_months_quantities(presence: Presence, period: Period, unknown: Collection[str] = ()) -> tuple[Quantity, ...]:
    """Worker-months present in the period, for all and for each cohort, to the last day that counts describe.

    unknown : cohorts of which nobody knows whether they earned; their months are told as such.
    """
    part = presence.counted(period)
    if part is None:
        return ()
    cohorts: list[str | None] = [None, *presence.by_cohort] if len(presence.by_cohort) > 1 else [*presence.by_cohort]
    return tuple(
        Quantity(
            id="worker_months",
            name="worker-months present, earning not known" if cohort in unknown else "worker-months present",
            unit="worker-months",
            period=part.label,
            interval=interval(presence.worker_months(part, cohort)),
            cohort=cohort,
        )
        for cohort in cohorts or [None]
    )


def authorised_quantity(presence: Presence, period: Period) -> tuple[Quantity, ...]:
    """Largest month-end number of people whose visa lets them work, if visas are followed."""
    people, inside, part = presence.authorised, presence.inside(period), presence.counted(period)
    if people is None or part is None or not inside.any():
        return ()
    largest = people[:, inside].max(axis=1)
    name = "people at work on a visa that lets them work, largest month"
    return (
        Quantity(id="persons_authorised", name=name, unit="persons", period=part.label, interval=interval(largest)),
    )


def presences(
    draws: Any, focus: str, authorising: frozenset[str], until: Mapping[str, date] | None = None
) -> Mapping[str, Presence]:
    """Presence by host, for every host that the draws follow.

    until : host -> the last day that a used count describes; a host that it does not name is not cut off.
    draws : labelled arrays by name, as calibration leaves them (see the reference of the posterior file).
    """
    stock = draws["workers_present"].transpose("host", "draw", "month")
    months = tuple(str(month) for month in stock["month"].values)
    found, last = {}, until or {}
    for place, host in enumerate(str(host) for host in stock["host"].values):
        total = np.asarray(stock.values[place], dtype=np.float64)
        found[host] = Presence(months=months, total=total, until=last.get(host))
    split = Presence(
        months=months,
        total=found[focus].total,
        by_cohort=_parts(draws["workers_present_by_cohort"], "cohort", months),
        by_visa=_parts(draws["workers_present_by_visa"], "visa_class", months),
        authorising=authorising,
        until=last.get(focus),
    )
    return {**found, focus: split}


def parts_of(array: Any, dim: str, other: str) -> dict[str, Draws]:
    """Part -> (draw, `other`) of one labelled array. Parts that are not followed (all NaN) are left away.

    Arrays in one file share their labels, so a dimension may hold a label that speaks for another array only.
    """
    ordered = array.transpose(dim, "draw", other)
    names = [str(name) for name in ordered[dim].values]
    found = {name: np.asarray(ordered.values[i], dtype=np.float64) for i, name in enumerate(names)}
    return {name: people for name, people in found.items() if not np.isnan(people).all()}


def _parts(array: Any, dim: str, months: tuple[str, ...]) -> dict[str, Draws]:
    """Part -> (draw, month), without their sum; months must be those of the stock."""
    if tuple(str(month) for month in array["month"].values) != months:
        raise ValueError(f"{dim}: the months of the parts are not those of the stock")
    return {name: people for name, people in parts_of(array, dim, "month").items() if name != ALL}
