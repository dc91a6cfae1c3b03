"""A forecast as a list of quantiles, and how it is scored from that list alone.

A record has to be scored years later by whoever holds it, so what is frozen is no code and no sample but a list of
numbers: the figure that is exceeded with chance 0.995, 0.99, ... 0.005. All is reckoned on the log scale:

    place        share of the forecast below a figure. The levels' normal scores (probits) are joined by straight lines
                 over the logs of the quantiles, and the outermost lines go on: of a normal that is all of it
    log score    natural log of the density that belongs to those lines, at the figure
    CRPS         twice the integral of the pinball loss over levels (Gneiting and Ranjan 2011,
                 doi 10.1198/jbes.2010.08110), by the trapezoidal rule: twice the sum of the losses at all levels,
                 times the step between levels
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tallystick.forecasts.mixture import Mixture, quantile

Array = NDArray[np.float64]
STEP = 1 / 200
LEVELS = np.arange(1, 200) * STEP  # 0.005 to 0.995
DIGITS = 6  # significant, of each quantile
SHOWN = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99)


def quantiles_of(mixture: Mixture) -> tuple[float, ...]:
    """The figure at each of LEVELS, in its own unit."""
    return tuple(float(f"{value:.{DIGITS}g}") for value in np.exp(quantile(mixture, LEVELS)))


def are_whole(quantiles: Sequence[float]) -> bool:
    """Whether there is a figure for each of LEVELS, above nought, and each above the one before."""
    steps = np.diff([0.0, *quantiles])
    return len(quantiles) == len(LEVELS) and bool(np.isfinite(steps).all() and (steps > 0).all())


def at(quantiles: Sequence[float], level: float) -> float:
    """The quantile at one of LEVELS."""
    return quantiles[round(level / STEP) - 1]


def place(quantiles: Sequence[float], said: float) -> float:
    """The share of the forecast below `said`, the natural log of a figure."""
    from scipy.special import ndtr

    score, _ = _score_at(quantiles, said)
    return float(ndtr(score))


def log_score(quantiles: Sequence[float], said: float) -> float:
    """The natural log of the density, on the log scale, at `said`."""
    score, slope = _score_at(quantiles, said)
    return float(np.log(slope / np.sqrt(2 * np.pi)) - score**2 / 2)


def _score_at(quantiles: Sequence[float], said: float) -> tuple[float, float]:
    """The normal score of a log on the line of its gap, and how steep that is."""
    from scipy.special import ndtri

    logs, scores = np.log(quantiles), ndtri(LEVELS)
    gap = int(np.clip(np.searchsorted(logs, said) - 1, 0, len(logs) - 2))
    slope = (scores[gap + 1] - scores[gap]) / (logs[gap + 1] - logs[gap])
    return float(scores[gap] + slope * (said - logs[gap])), float(slope)


def crps(quantiles: Sequence[float], said: float) -> float:
    """The continuous ranked probability score on the log scale, 0 at best."""
    logs = np.log(quantiles)
    return float(2 * STEP * np.sum(((said < logs) - LEVELS) * (logs - said)))
