"""The local-level model of logs on a grid of months: a random walk, seen with noise in the months that have a figure.

Series have few figures, so that all share two variances, which are found together by maximum likelihood; each series
keeps a level of its own. statsmodels filters and smooths (Durbin and Koopman 2012, doi
10.1093/acprof:oso/9780199641178.001.0001).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS = 5  # between figures, over all series; with fewer, two variances cannot be told
LEAST, MOST = 1e-6, 10.0  # variance of logs; within these it is looked for
START = (0.1, 0.01)  # where the search begins: noise of a figure, and of a month


class Variances(NamedTuple):
    """Of logs."""

    figure: float  # of what a figure says around the level
    month: float  # of what the level moves by in a month


DEFAULT = Variances(figure=0.125, month=0.0)  # assumed where they cannot be told: after one figure, an sd of 0.5


class Level(NamedTuple):
    """Predictive distribution of one figure's log."""

    centre: float
    sd: float


def variances_of(series: Sequence[tuple[Array, Array]]) -> Variances:
    """Maximum likelihood over all series of (middles in years, logs); DEFAULT with fewer than STEPS steps in all."""
    from scipy.optimize import minimize

    grids = [_by_month(*one) for one in series]
    models = [_model(grid) for grid in grids if np.isfinite(grid).sum() > 1]
    if sum(np.isfinite(grid).sum() - 1 for grid in grids) < STEPS:
        return DEFAULT
    found = minimize(
        lambda at: -sum(model.loglike(np.exp(at)) for model in models) / len(models),
        np.log(START), bounds=[(np.log(LEAST), np.log(MOST))] * 2, method="L-BFGS-B",
    )  # fmt: skip
    return Variances(*map(float, np.exp(found.x)))


def level_at(middles: Array, logs: Array, wanted: float, variances: Variances) -> Level:
    """A figure of the month `wanted` (years), forecast, or smoothed where later figures are known."""
    first = int(np.floor(min(middles.min(), wanted) * 12))
    last = int(np.floor(max(middles.max(), wanted) * 12))
    grid = _by_month(middles, logs, first, last)
    smoothed = _model(grid).smooth(np.array(variances))
    at = int(np.floor(wanted * 12)) - first
    variance = smoothed.smoothed_state_cov[0, 0, at] + variances.figure
    return Level(float(smoothed.smoothed_state[0, at]), float(np.sqrt(variance)))


def _by_month(middles: Array, logs: Array, first: int | None = None, last: int | None = None) -> Array:
    """(month,) mean log of the month's figures, NaN without any; from the first figure to the last, or as told."""
    month = np.floor(middles * 12).astype(int)
    first, last = month.min() if first is None else first, month.max() if last is None else last
    size, place = last - first + 1, month - first
    count = np.bincount(place, minlength=size)
    return np.where(count > 0, np.bincount(place, logs, size) / np.maximum(count, 1), np.nan)


def _model(grid: Array) -> Any:
    """Exact diffuse start: the first figure sets the level and teaches no variance."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    return UnobservedComponents(grid, level="llevel", use_exact_diffuse=True)
