"""Reads draws by label, for the few sentences that need more than an estimate's quantiles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.vocab.estimate import Interval

Values = NDArray[np.float64]
_LEVELS = (0.5, 0.25, 0.75, 0.1, 0.9, 0.025, 0.975)
_NAMES = ("median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95")


def sample(draws: Any, name: str, **labels: str) -> Values:
    """(draw,) the draws of one quantity at these labels, e.g. host="AA", year="2020"."""
    values: Values = np.asarray(draws[name].sel(**labels).values, dtype=np.float64)
    return values.ravel()


def mean_stock(draws: Any, host: str, year: str) -> Values:
    """(draw,) mean of the month-end headcounts of a year, persons."""
    stock = draws["workers_present"].sel(host=host)
    months = [str(month) for month in stock["month"].values if str(month).startswith(year)]
    chosen = stock.sel(month=months).transpose("draw", "month")
    mean: Values = np.asarray(chosen.values, dtype=np.float64).mean(axis=1)
    return mean


def cohort_share(draws: Any, cohort: str, host: str, year: str) -> Values:
    """(draw,) share of a year's month-end headcounts that one cohort is; 0 where there is none of it yet."""
    part = draws["workers_present_by_cohort"].sel(cohort=cohort)
    months = [str(month) for month in part["month"].values if str(month).startswith(year)]
    chosen = np.asarray(part.sel(month=months).transpose("draw", "month").values, dtype=np.float64)
    share: Values = np.nan_to_num(chosen).mean(axis=1) / mean_stock(draws, host, year)
    return share


def interval_of(values: Values) -> Interval:
    """Median and central 50, 80 and 95 % of draws."""
    quantiles = [float(q) for q in np.quantile(values, _LEVELS)]
    return Interval(**dict(zip(_NAMES, quantiles, strict=True)))


def share_below(values: Values, level: float) -> float:
    """Share of draws below a level, 0 to 1."""
    return float(np.mean(values < level))


def share_of_spread(part: Values, whole: Values) -> float:
    """Share of the variance of a sum that comes with one of its parts: cov(part, whole) / var(whole)."""
    return float(np.cov(part, whole)[0, 1] / np.var(whole, ddof=1))
