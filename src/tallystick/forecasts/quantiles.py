"""A forecast as a list of quantiles, and how it is scored from that list alone.

A record has to be scored years later by whoever holds it, so what is frozen is no code and no sample but a list of
numbers: the figure that is exceeded with chance 0.995, 0.99, ... 0.005. All is reckoned on the log scale:

    place        share of the forecast below a figure: straight lines between neighbouring quantiles; beyond the
                 outermost two, exponential tails that go on with the density between them
    log score    natural log of the density that those lines and tails have at the figure
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


def at(quantiles: Sequence[float], level: float) -> float:
    """The quantile at one of LEVELS."""
    return quantiles[round(level / STEP) - 1]


def place(quantiles: Sequence[float], said: float) -> float:
    """The share of the forecast below `said`, the natural log of a figure."""
    logs = np.log(quantiles)
    if said < logs[0]:
        return float(STEP * np.exp((said - logs[0]) / (logs[1] - logs[0])))
    if said > logs[-1]:
        return float(1 - STEP * np.exp((logs[-1] - said) / (logs[-1] - logs[-2])))
    return float(np.interp(said, logs, LEVELS))


def log_score(quantiles: Sequence[float], said: float) -> float:
    """The natural log of the density, on the log scale, at `said`."""
    logs = np.log(quantiles)
    gap = int(np.clip(np.searchsorted(logs, said) - 1, 0, len(logs) - 2))
    beyond = max(logs[0] - said, said - logs[-1], 0.0)
    return float(np.log(STEP / (logs[gap + 1] - logs[gap])) - beyond / (logs[gap + 1] - logs[gap]))


def crps(quantiles: Sequence[float], said: float) -> float:
    """The continuous ranked probability score on the log scale, 0 at best."""
    logs = np.log(quantiles)
    return float(2 * STEP * np.sum(((said < logs) - LEVELS) * (logs - said)))
