"""A predictive distribution of the natural log of a figure, as a weighted mixture of normals.

Every forecaster gives one: the system a component for each draw and future, a plain baseline a single component.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
PAIRS_UP_TO = 128  # components whose pairs are summed one by one; above, a grid is faster
NODES = 2048  # of that grid
RATIO = 1.1  # between the widths that share a curve on it: their mean variance moves a CRPS by some 1e-4 at most
TAILS = 8.0  # standard deviations that the grid reaches beyond every centre


class Mixture(NamedTuple):
    """Normals on the log scale; each (component,).

    weight : sums to 1. centre, sd : of the natural log of the figure; every sd above 0.
    """

    weight: Array
    centre: Array
    sd: Array


def normal(centre: float, sd: float) -> Mixture:
    """One component."""
    return Mixture(np.ones(1), np.array([centre]), np.array([sd]))


def pooled(mixtures: Sequence[Mixture], weights: Sequence[float]) -> Mixture:
    """The linear opinion pool; `weights` are rescaled to sum to 1."""
    shares = np.asarray(weights) / np.sum(weights)
    parts = [share * one.weight for share, one in zip(shares, mixtures, strict=True)]
    centres, sds = [one.centre for one in mixtures], [one.sd for one in mixtures]
    return Mixture(np.concatenate(parts), np.concatenate(centres), np.concatenate(sds))


def cdf(mixture: Mixture, value: ArrayLike) -> Array:
    """Chance of a log at or below `value`, in its shape."""
    from scipy.special import ndtr

    return np.asarray(ndtr(_standard(mixture, value)) @ mixture.weight)


def log_density(mixture: Mixture, value: ArrayLike) -> Array:
    """Natural log of the density on the log scale, in the shape of `value`."""
    from scipy.special import logsumexp

    terms = -0.5 * _standard(mixture, value) ** 2 - np.log(mixture.sd * np.sqrt(2 * np.pi))
    return np.asarray(logsumexp(terms, b=mixture.weight, axis=-1))


def log_probability(mixture: Mixture, low: float, high: float) -> float:
    """Natural log of the chance that the log lies from `low` to `high`, which may be infinite; exact far out."""
    from scipy.special import log_ndtr, logsumexp

    start, end = _standard(mixture, low), _standard(mixture, high)
    above = start > 0  # on that side the upper tail keeps the digits
    start, end = np.where(above, -end, start), np.where(above, -start, end)
    mass = log_ndtr(end) + np.log1p(-np.exp(log_ndtr(start) - log_ndtr(end)))
    return float(logsumexp(mass, b=mixture.weight))


def probability(mixture: Mixture, low: float, high: float) -> float:
    """Chance that the log lies from `low` to `high`, which may be infinite."""
    return float(np.exp(log_probability(mixture, low, high)))


def quantile(mixture: Mixture, level: ArrayLike) -> Array:
    """The logs below which these shares lie, in the shape of `level`, each between 0 and 1 exclusive.

    Roots by Chandrupatla's method (doi 10.1016/S0965-9978(96)00051-8) between the extreme quantiles of components.
    """
    from scipy.optimize import elementwise
    from scipy.special import ndtri

    levels = np.asarray(level, dtype=float)
    each = mixture.centre + mixture.sd * ndtri(levels)[..., None]
    slack = 1e-6 * mixture.sd.max()  # a single component's quantiles are the root itself: room on both sides of it
    bracket = (each.min(axis=-1) - slack, each.max(axis=-1) + slack)
    found = elementwise.find_root(lambda value, share: cdf(mixture, value) - share, bracket, args=(levels,))
    assert np.all(found.success), "a mixture's distribution function rises from 0 to 1"
    return np.asarray(found.x)


def crps(mixture: Mixture, said: float) -> float:
    """Continuous ranked probability score on the log scale, 0 at best: mean distance less half the mean spread.

    Closed form for each component and pair of components (Grimit and others 2006, doi 10.1256/qj.05.235); with many
    components the spread comes from a grid.
    """
    distance = mixture.weight @ _mean_distance(mixture.centre - said, mixture.sd)
    return float(distance - half_spread(mixture))


def half_spread(mixture: Mixture) -> float:
    """Half the mean distance between two independent draws: what a CRPS gives back for being wide."""
    if len(mixture.weight) > PAIRS_UP_TO:
        return _half_spread_on_grid(mixture)
    between = mixture.centre[:, None] - mixture.centre
    pairs = _mean_distance(between, np.hypot(mixture.sd[:, None], mixture.sd))
    return float(mixture.weight @ pairs @ mixture.weight / 2)


def _mean_distance(centre: Array, sd: Array) -> Array:
    """E|X| of a normal."""
    from scipy.special import ndtr

    standard = centre / sd
    density = np.exp(-0.5 * standard**2) / np.sqrt(2 * np.pi)
    return np.asarray(centre * (2 * ndtr(standard) - 1) + 2 * sd * density)


def _half_spread_on_grid(mixture: Mixture) -> float:
    """Integral of F (1 - F), F from centres counted on a grid and smoothed by their widths in Fourier space.

    A centre between two nodes counts at both, in proportion. Widths within RATIO of each other share a curve.
    """
    low, high = (mixture.centre - TAILS * mixture.sd).min(), (mixture.centre + TAILS * mixture.sd).max()
    step = (high - low) / (NODES - 2)  # so that the highest centre too has a node above it
    width = (np.log(mixture.sd / mixture.sd.min()) / np.log(RATIO)).astype(int)
    variance = np.bincount(width, mixture.weight * mixture.sd**2) / np.maximum(
        np.bincount(width, mixture.weight), 1e-300
    )
    node, beyond = np.divmod((mixture.centre - low) / step, 1)
    place = width * NODES + node.astype(int)
    counts = np.bincount(place, mixture.weight * (1 - beyond), variance.size * NODES)
    counts += np.bincount(place + 1, mixture.weight * beyond, variance.size * NODES)
    frequency = 2 * np.pi * np.fft.rfftfreq(NODES, step)
    smooth = np.exp(-0.5 * np.multiply.outer(variance, frequency**2))
    mass = np.fft.irfft((np.fft.rfft(counts.reshape(-1, NODES)) * smooth).sum(axis=0), NODES)
    below = np.cumsum(mass)
    return float(step * (below * (1 - below)).sum())


def _standard(mixture: Mixture, value: ArrayLike) -> Array:
    """(..., component) distances of `value` from each centre, in its sd."""
    return np.asarray((np.asarray(value, dtype=float)[..., None] - mixture.centre) / mixture.sd)
