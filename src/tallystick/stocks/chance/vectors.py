"""The exact draw over arrays in NumPy, for machines without numba.

The same two methods, operation by operation, with the same numbers of the stream as `binomial.binomial`: so the counts
are the same whatever the chunks, the order of the draws or the threads, and the same as the other engines'. (NumPy's
exp and log differ from the C library's in the last digit now and then; a count differs for that about once in 10^12
draws.) NumPy's own generator is 2.5 to 4 times as fast; seeded by chunk it would give another history
for another chunk.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.chance import binomial as exact
from tallystick.stocks.chance import stream

Floats = NDArray[np.float64]
Words = NDArray[np.uint64]
BLOCK = 4096  # draws at a time: they stay in the cache, which makes them four times as fast and changes none
TABLE = np.array(exact.SMALL_STIRLING)


def binomials(n: Any, p: Any, key0: Any, key1: Any, counter: Any) -> Floats:
    """Draw from Binomial(n, p) for arrays that broadcast; whole numbers as float64.

    n : persons, up to 2^53. p : probability. key0, key1, counter : uint64, as for one draw.
    """
    n, p = np.broadcast_arrays(np.asarray(n, float), np.asarray(p, float))
    if not ((n >= 0) & (p >= -1e-9) & (p <= 1.0 + 1e-9)).all():
        raise ValueError("a draw was asked for from fewer than 0 people, or with a probability outside 0 to 1")
    words = (np.atleast_1d(np.asarray(each, np.uint64)) for each in (key0, key1, counter))
    place = np.broadcast_to(stream.start(*words), n.shape).ravel()
    flat, share, out = n.ravel(), p.ravel(), np.empty(n.size)
    for first in range(0, n.size, BLOCK):
        part = slice(first, first + BLOCK)
        out[part] = _block(flat[part], share[part], place[part])
    return out.reshape(n.shape)


def _block(n: Floats, p: Floats, place: Words) -> Floats:
    out = np.where(p >= 1.0, n, 0.0)
    rare = np.where(p <= 0.5, p, 1.0 - p)
    is_open = (n > 0) & (p > 0.0) & (p < 1.0)
    is_few = n * rare < exact.FEW
    for chosen, draw in ((is_open & is_few, _by_inversion), (is_open & ~is_few, _by_rejection)):
        k = draw(n[chosen], rare[chosen], place[chosen])
        out[chosen] = np.where(p[chosen] <= 0.5, k, n[chosen] - k)
    return out


def _by_inversion(n: Floats, p: Floats, place: Words) -> Floats:
    """See `binomial.by_inversion`; who is not done goes on to the next four, or to the next number."""
    k, at, attempt = np.zeros(len(n)), np.arange(len(n)), 0
    while len(at):
        k[at], is_done = _one_walk(n[at], p[at], stream.uniform(place[at], attempt))
        at, attempt = at[~is_done], attempt + 1
    return np.minimum(k, n)


def _one_walk(n: Floats, p: Floats, u: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    odds = p / (1.0 - p)
    ratio, chance = (n + 1.0) * odds, np.exp(n * np.log1p(-p))
    passed, k, at, i = chance, np.zeros(len(n)), np.arange(len(n)), 0.0
    while len(at) and i < exact.FAR:
        for _ in range(4):
            k[at] += u > passed
            i += 1.0
            last, chance = passed, chance * (ratio / i - odds)
            passed = passed + chance
        goes_on = u > last
        at = at[goes_on]
        u, odds, ratio, chance, passed = (each[goes_on] for each in (u, odds, ratio, chance, passed))
    is_done = np.ones(len(n), bool)
    is_done[at] = False
    return k, is_done


def _by_rejection(n: Floats, p: Floats, place: Words) -> Floats:
    """See `binomial.by_rejection`; who is rejected tries again."""
    k, at, attempt = np.zeros(len(n)), np.arange(len(n)), 0
    while len(at):
        k[at], is_taken = _one_try(n[at], p[at], place[at], attempt)
        at, attempt = at[~is_taken], attempt + 2
    return k


def _one_try(n: Floats, p: Floats, place: Words, attempt: int) -> tuple[Floats, NDArray[np.bool_]]:
    spread = np.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    u = stream.uniform(place, attempt) - 0.5
    v = stream.uniform(place, attempt + 1)
    edge = 0.5 - np.abs(u)
    x = (2.0 * a / edge + b) * u + (n * p + 0.5)
    is_taken = (edge >= 0.07) & (v <= 0.92 - 4.2 / b)
    asks = ~is_taken & (x >= 0.0) & (x < n + 1.0)
    k = np.floor(x)
    height = v * (2.83 + 5.1 / b) * spread / (a / (edge * edge) + b)
    is_taken[asks] = np.log(height[asks]) <= _log_ratio(n[asks], p[asks], k[asks])
    return k, is_taken


def _log_ratio(n: Floats, p: Floats, k: Floats) -> Floats:
    """See `binomial.log_ratio`."""
    mode = np.floor((n + 1.0) * p)
    d = k - mode
    ratio: Floats = (
        d * np.log(p / (1.0 - p) * (n - k + 1.0) / (k + 1.0))
        - (mode + 0.5) * np.log1p(d / (mode + 1.0))
        - (n - mode + 0.5) * np.log1p(-d / (n - mode + 1.0))
        + (_stirling(mode) + _stirling(n - mode))
        - (_stirling(k) + _stirling(n - k))
    )
    return ratio


def _stirling(k: Floats) -> Floats:
    z = 1.0 / (k + 1.0)
    series: Floats = (1 / 12 - (1 / 360 - (1 / 1260 - z * z / 1680) * z * z) * z * z) * z
    return np.where(k < len(TABLE), TABLE[np.minimum(k, len(TABLE) - 1).astype(np.int64)], series)
