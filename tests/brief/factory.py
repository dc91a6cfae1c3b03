"""Invented draws and estimates for a programme, and an invented programme small enough to read.

The numbers mean nothing: they have the shape and the labels of what calibration hands on, so that chapters can be
built and read without a fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import xarray as xr

from tallystick.brief.draws import interval_of
from tallystick.brief.facts import Facts, Run, untold
from tallystick.vocab.estimate import Alternative, ClaimFit, Diagnostics, Estimate, Interval
from tallystick.vocab.programme import Programme, Source

DRAWS = 200
UNITS = {
    "workers_present": "persons",
    "workers_present_by_visa": "persons",
    "workers_present_by_cohort": "persons",
    "workers_arrived": "persons a year",
    "workers_arrived_by_host": "persons a year",
    "workers_left_by_host": "persons a year",
    "gross_wage": "USD per worker-month",
    "state_take": "USD per worker-month",
    "agents_and_costs": "USD per worker-month",
    "pocket_money": "USD per worker-month",
    "booked_pay": "USD per worker-month",
    "state_take_share": "share",
    "programme_revenue": "USD a year",
    "gross_pay_total": "USD a year",
    "booked_pay_owed": "USD",
    "worker_months_after_deadline": "worker-months",
    "hours_worked": "hours a year",
    "kept_per_hour": "USD an hour",
    "escapes_to_safety": "persons a year",
    "shortage_filled": "share",
}
COHORTS = ("holdover", "stranded", "arrived_later")
CHOICES = ("counts_complete", "counts_partial", "unsourced_out", "fixed_quota")


def passing(**changes: Any) -> Diagnostics:
    """Diagnostics that may be shown."""
    fields: dict[str, Any] = {
        "passed": True,
        "r_hat_max": 1.004,
        "ess_bulk_min": 812.0,
        "ess_tail_min": 701.0,
        "divergences": 0,
        "chains": 4,
        "draws": 500,
        "worst": "workers_present",
        "seed": 7,
    }
    return Diagnostics(**(fields | changes))


class Labels:
    """The axes of a programme's draws."""

    def __init__(self, programme: Programme) -> None:
        first, last = programme.window
        self.hosts = tuple(programme.hosts)
        self.focus = programme.focus.id
        self.years = tuple(str(year) for year in range(first, last + 1))
        self.months = tuple(f"{year}-{month:02d}" for year in self.years for month in range(1, 13))
        self.visas = tuple(programme.visa_classes)
        self.deadline = programme.deadline.isoformat()[:7]


def invented_draws(programme: Programme, seed: int = 7) -> xr.Dataset:
    """Draws with the labels that the interface names, around smooth made-up paths."""
    rng, on = np.random.default_rng(seed), Labels(programme)
    single = [host for host in on.hosts if host != "WW"]
    size = {host: 20_000.0 / (1 + i) for i, host in enumerate(single)}

    def spread(*shape: int, sd: float = 0.2) -> np.ndarray[Any, Any]:
        return np.exp(rng.normal(0, sd, (DRAWS, *shape)))

    path = 1 + 0.5 * np.sin(np.arange(len(on.months)) / 20)
    level = np.stack([size[h] * spread() for h in single], axis=1)[:, :, None]
    present = level * path[None, None, :] * spread(len(single), len(on.months), sd=0.02)
    shares = np.full(len(on.visas), 1 / len(on.visas))
    focus = present[:, single.index(on.focus)]
    after = np.array([m >= on.deadline for m in on.months], dtype=float)
    cohorts = np.stack([focus * after * share for share in (0.2, 0.3, 0.5)], axis=1)
    year_of = np.array([on.years.index(m[:4]) for m in on.months])
    months_after = np.stack([cohorts[:, :, year_of <= i].sum(axis=2) for i in range(len(on.years))], axis=2)
    gross = 600 * spread(len(single), len(on.years))
    parts = rng.dirichlet((8, 2, 1, 2), (DRAWS, len(single)))
    stock_year = np.stack([present[:, :, year_of == i].mean(axis=2) for i in range(len(on.years))], axis=2)
    state = gross * parts[:, :, 0, None]
    revenue, paid = state * 12 * stock_year, gross * 12 * stock_year
    arrived = 3_000 * spread(len(on.visas), len(on.years))
    by_host = ("draw", "host", "year")
    hosts = [*single, "WW"]
    data = {
        "workers_present": (("draw", "host", "month"), _with_world(present)),
        "workers_present_by_visa": (("draw", "visa_class", "month"), focus[:, None, :] * shares[None, :, None]),
        "workers_present_by_cohort": (("draw", "cohort", "month"), cohorts),
        "workers_arrived": (
            ("draw", "arrival_class", "year"),
            np.concatenate([arrived, arrived.sum(1, keepdims=True)], 1),
        ),
        "workers_arrived_by_host": (by_host, _with_world(3_000 * spread(len(single), len(on.years)))),
        "workers_left_by_host": (by_host, _with_world(2_500 * spread(len(single), len(on.years)))),
        "gross_wage": (by_host, _with_mean(gross)),
        "state_take": (by_host, _with_mean(state)),
        "agents_and_costs": (by_host, _with_mean(gross * parts[:, :, 1, None])),
        "pocket_money": (by_host, _with_mean(gross * parts[:, :, 2, None])),
        "booked_pay": (by_host, _with_mean(gross * parts[:, :, 3, None])),
        "state_take_share": (by_host, _with_mean(state / gross)),
        "programme_revenue": (by_host, _with_world(revenue)),
        "gross_pay_total": (by_host, _with_world(paid)),
        "booked_pay_owed": (by_host, _with_world(stock_year * 1_000 * spread(len(single), len(on.years)))),
        "worker_months_after_deadline": (
            ("draw", "since", "year"),
            np.concatenate([months_after, months_after.sum(1, keepdims=True)], 1),
        ),
        "hours_worked": (("draw", "year"), 4_000 * spread(len(on.years), sd=0.05)),
        "kept_per_hour": (("draw", "year"), 0.4 * spread(len(on.years))),
        "escapes_to_safety": (("draw", "year"), 15 * spread(len(on.years), sd=0.4)),
        "shortage_filled": (("draw", "year"), 0.008 * spread(len(on.years))),
    }
    coords = {
        "host": hosts,
        "month": list(on.months),
        "year": list(on.years),
        "visa_class": list(on.visas),
        "cohort": list(COHORTS),
        "arrival_class": [*on.visas, "all"],
        "since": [*COHORTS, "all"],
    }
    return xr.Dataset(data, coords=coords)


def _with_world(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.concatenate([values, values.sum(axis=1, keepdims=True)], axis=1)


def _with_mean(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return np.concatenate([values, values.mean(axis=1, keepdims=True)], axis=1)


def wider(interval: Interval, factor: float) -> Interval:
    """The interval with its bounds pushed out, as a prior would have them."""
    up, down = factor, 1 / factor
    return Interval(
        median=interval.median,
        lower_50=interval.lower_50 * down**0.5,
        upper_50=interval.upper_50 * up**0.5,
        lower_80=interval.lower_80 * down,
        upper_80=interval.upper_80 * up,
        lower_95=interval.lower_95 * down**1.5,
        upper_95=interval.upper_95 * up**1.5,
    )


def moved(interval: Interval, factor: float) -> Interval:
    """The interval multiplied, as another choice would have it."""
    return Interval(**{name: getattr(interval, name) * factor for name in Interval.__dataclass_fields__})


def invented_estimates(programme: Programme, account: Any, draws: xr.Dataset) -> tuple[Estimate, ...]:
    """Every headline estimand summarised from the draws, resting on the used claims of its measure and host."""
    return tuple(_estimates(programme, account, draws))


def _estimates(programme: Programme, account: Any, draws: xr.Dataset) -> Iterator[Estimate]:
    used = {d.claim: d.origin for d in account.dispositions if d.disposition == "used"}
    claims = {claim.id: claim for claim in programme.claims}
    for id, array in draws.drop_vars(untold(programme), errors="ignore").data_vars.items():
        measures = {str(id), "workers_present", "entries_total", "gross_wage"}
        known = tuple(sorted(c for c in used if claims[c].measure in measures))[:12]
        for labels in _labels(array):
            values = np.asarray(array.sel(**labels).values, dtype=float).ravel()
            yield _estimate(str(id), labels, interval_of(values), programme, known, {used[c] for c in known})


def _labels(array: xr.DataArray) -> Iterator[dict[str, str]]:
    dims = [str(dim) for dim in array.dims if dim != "draw"]
    for position in np.ndindex(*(array.sizes[dim] for dim in dims)):
        yield {dim: str(array[dim].values[i]) for dim, i in zip(dims, position, strict=True)}


def _estimate(
    id: str, at: Mapping[str, str], interval: Interval, programme: Programme, known: tuple[str, ...], origins: set[str]
) -> Estimate:
    period = at.get("month") or at["year"]
    unsettled = id == "workers_present" and "2019" <= period[:4] <= "2023"
    factors = (0.4, 1.8, 0.8, 1.1)
    choices = tuple(
        Alternative(id=c, name=c.replace("_", " ").capitalize(), interval=moved(interval, f))
        for c, f in zip(CHOICES, factors, strict=True)
    )
    return Estimate(
        id=id,
        host=at.get("host", programme.focus.id),
        period=period,
        unit=UNITS[id],
        interval=interval,
        prior=wider(interval, 2.0 if "2016" < period[:4] < "2026" else 1.05),
        alternatives=choices if unsettled else (),
        origins=len(origins),
        claims=known,
        visa_class=at.get("visa_class") or at.get("arrival_class"),
        cohort=at.get("cohort") or at.get("since"),
    )


def invented_fits(account: Any) -> tuple[ClaimFit, ...]:
    """A fit of every used claim."""
    used = [d.claim for d in account.dispositions if d.disposition == "used"]
    return tuple(
        ClaimFit(
            claim=claim,
            tail_probability=(i % 50) / 50 + 0.01,
            influence=(i % 7) / 10,
            influence_on="workers_present " + ("RU" if i % 2 else "WW") + " 2024-12",
            influence_reliable=i % 9 != 0,
        )
        for i, claim in enumerate(used)
    )


def one_page_each(programme: Programme) -> tuple[Source, ...]:
    """A source for every claim."""
    return tuple(
        Source(
            id=f"page-{claim.id}",
            published_by=claim.published_by,
            title=claim.title,
            published_on=claim.published_on,
            url=claim.url,
            claims=(claim.id,),
        )
        for claim in programme.claims
    )


def facts_of(programme: Programme, account: Any, assessment: Any, **changes: Any) -> Facts:
    """Facts around invented draws."""
    draws = changes.pop("draws", None)
    draws = invented_draws(programme) if draws is None else draws
    fields: dict[str, Any] = {
        "programme": programme,
        "account": account,
        "estimates": invented_estimates(programme, account, draws),
        "fits": invented_fits(account),
        "diagnostics": passing(),
        "assessment": assessment,
        "sources": one_page_each(programme),
        "draws": draws,
        "run": Run(version="0.1.0", seed=7, command="tallystick brief -o brief --seed 7", as_of="2026-11-21"),
    }
    return Facts(**(fields | changes))


def ids(things: Iterable[Any]) -> list[str]:
    return [thing.id for thing in things]
