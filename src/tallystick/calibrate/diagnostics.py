"""Whether a sampler's draws may be shown: rank-normalised split R-hat, bulk and tail effective sample sizes.

Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), doi:10.1214/20-BA1221, for many quantities at once; ArviZ's
own functions, one quantity at a time, are the check in the tests.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
AT_ONCE, THREADS = 100, 2  # quantities at a time: ranks and covariances of thousands would fill the memory


class Mixing(NamedTuple):
    """(quantity,) each; NaN where a quantity never varies."""

    r_hat: Array
    ess_bulk: Array
    ess_tail: Array


def mixing(draws: Array) -> Mixing:
    """How well chains agree on each quantity. draws : (chain, draw, quantity)."""
    starts = range(0, draws.shape[-1], AT_ONCE)
    with ThreadPoolExecutor(THREADS) as pool:  # sorts and transforms leave Python's lock to the other core
        parts = list(pool.map(lambda at: _mixing(_first_axis(draws[..., at : at + AT_ONCE])), starts))
    return Mixing(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def efficiency(draws: Array) -> Array:
    """(quantity,) draws that a mean is worth, over those that there are; 1 where a quantity never varies.

    draws : (chain, draw, quantity).
    """
    split = _split(_first_axis(draws))
    return np.where(np.ptp(split, axis=(1, 2)) == 0, 1.0, _ess(split) / split[0].size)


def _first_axis(draws: Array) -> Array:
    """(quantity, chain, draw), so that what is sorted and transformed lies together in memory."""
    return np.ascontiguousarray(np.moveaxis(draws, -1, 0))


def _mixing(draws: Array) -> Mixing:
    split = _split(draws)
    ranked = _rank_normal(split)
    folded = np.abs(split - np.median(split, axis=(1, 2), keepdims=True))
    low, high = np.quantile(draws, [0.05, 0.95], axis=(1, 2))[..., None, None]
    tails = np.minimum(_ess((split <= low).astype(float)), _ess((split <= high).astype(float)))
    still = np.ptp(split, axis=(1, 2)) == 0
    parts = np.maximum(_r_hat(ranked), _r_hat(_rank_normal(folded))), _ess(ranked), tails
    return Mixing(*(np.where(still, np.nan, part) for part in parts))


def _split(draws: Array) -> Array:
    half = draws.shape[2] // 2
    return np.concatenate([draws[..., :half], draws[..., draws.shape[2] - half :]], axis=1)


def _rank_normal(draws: Array) -> Array:
    from scipy.special import ndtri
    from scipy.stats import rankdata

    quantities, chains, length = draws.shape
    ranks = rankdata(draws.reshape(quantities, -1), axis=1, method="average")
    return np.asarray(ndtri((ranks - 0.375) / (chains * length + 0.25)).reshape(draws.shape))


def _r_hat(draws: Array) -> Array:
    length = draws.shape[2]
    within = draws.var(axis=2, ddof=1).mean(axis=1)
    between = length * draws.mean(axis=2).var(axis=1, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sqrt((between / within + length - 1) / length))


def _ess(draws: Array) -> Array:
    """Geyer's initial monotone sequence over the mean autocovariance of the chains."""
    _, chains, length = draws.shape
    covariance = _autocovariance(draws)
    mean_var = covariance[0] * length / (length - 1)
    var_plus = mean_var * (length - 1) / length
    if chains > 1:
        var_plus = var_plus + draws.mean(axis=2).var(axis=1, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        rho = 1 - (mean_var - covariance) / var_plus
    rho[0] = 1.0
    tau = _correlation_time(rho)
    tau = np.maximum(tau, 1 / np.log10(chains * length))
    return np.asarray(chains * length / tau)


def _correlation_time(rho: Array) -> Array:
    """(quantity,) from autocorrelations (lag, quantity): pairs of lags before the first that is not positive, none
    above an earlier one; of that first, what lies at its even lag counts once, as in Stan and ArviZ.
    """
    count = (len(rho) - 1) // 2
    pairs = rho[: 2 * count : 2] + rho[1 : 2 * count : 2]
    ends = pairs <= 0
    last = np.where(ends.any(axis=0), ends.argmax(axis=0), count - 1)
    before = np.arange(count)[:, None] < last
    monotone = np.minimum.accumulate(np.where(before, pairs, np.inf), axis=0)
    even = np.take_along_axis(rho, 2 * last[None], axis=0)[0]
    return np.asarray(-1 + 2 * np.where(before, monotone, 0.0).sum(axis=0) + np.maximum(even, 0.0))


def _autocovariance(draws: Array) -> Array:
    """(lag, quantity) mean over the chains, by FFT."""
    length = draws.shape[2]
    centred = draws - draws.mean(axis=2, keepdims=True)
    spectrum = np.fft.rfft(centred, n=2 * length)
    power = (spectrum.real**2 + spectrum.imag**2).mean(axis=1)  # before the way back, which is then made once
    return np.asarray(np.fft.irfft(power, n=2 * length)[:, :length].T / length)
