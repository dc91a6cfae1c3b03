"""How many of n people go, by the same few operations for everyone: nearly exact, and fast (`--fast`).

One uniform number in, one count out, no branch and no loop whose length depends on the numbers, so that a vector
processor or a GPU does many at once. In the manner of Giles and Beentjes (2024, doi:10.1007/978-3-031-64529-7_22),
from the mathematics. With e = n min(p, 1 - p), the expected number:

    e >= 8      the inverse of the cumulative probability, expanded about the normal (Cornish and Fisher 1938,
                doi:10.2307/1400905, with Sheppard's corrections for whole numbers) up to the third order:

                    x = np + 1/2 + s w + (1-2p)(w^2 - 1)/6 - ((1 + 2v) w^3 + (2 - 14v) w) / (72 s)
                        + (1-2p)(2 + v)(3w^4 + 7w^2 - 16) / (1620 s^2),       v = p(1-p), s^2 = nv,

                where w is the normal quantile of the uniform number; the count is x without its fraction
    e < 8       counts below 12 by adding up their probabilities, from the top; beyond, the expansion

The normal quantile is one polynomial in -log(4u(1-u)) and one in its root (the form of Giles 2012,
doi:10.1016/B978-0-12-385963-1.00010-1; fitted anew, relative error below 1.2e-6).

How near: the total variation distance from the exact law, computed, is at most 3e-4 (about 8 expected) and falls as
1/n^2 to 3e-7; `python -m tests.stocks.chance.distance` prints it for 20 pairs of n and p. A larger uniform number
never gives a smaller count, up to rounding, so that two scenarios that share their numbers differ by no more than
they must.

`count` and `fast_binomials` serve NumPy and JAX arrays. `real` is the kind of number they work in: with float32 only
what needs more digits (the uniform number, the mean) stays in float64. `fast_binomial` is the same for one draw at a
time, in plain Python or numba, with the signature of the exact draw; it skips what it does not need, and on processors
it is the faster of the two.
"""

from __future__ import annotations

import math
from typing import Any

from tallystick.stocks.chance.binomial import certain
from tallystick.stocks.chance.stream import Word, start, uniform

Number = Any  # a float or an array
ENOUGH = 8.0  # expected number from which the expansion alone is good to 3e-4
BELOW = 12  # counts found by adding up, where fewer are expected
# In -log(4u(1-u)) - 2.5, up to 5, and in its root less 3.5, from there on to u = 2^-53.
CENTRE = (
    *(2.12331357, 0.34880266, -0.00590817097, -0.00177301016, 3.09150203e-4),
    *(-6.21799274e-6, -4.99056521e-6, 4.86103934e-7, 4.03546353e-8),
)
TAIL = (
    *(4.71708951, 1.42460513, 0.00462383284, -0.00276341288, 0.00153892636),
    *(-0.00118552755, 6.95060776e-4, -2.12433625e-4, 2.52074699e-5),
)
# In (u - 1/2)^2 - 0.08, for u from 0.1 to 0.9: saves one draw at a time the logarithm four times in five.
MIDDLE = (
    *(2.764186135, 3.990613382, 12.5934179, 49.78072983, 219.0295938),
    *(947.3506556, 4388.588079, 37366.19043, 207195.3792),
)


def polynomial(c: tuple[float, ...], x: Number) -> Number:
    """Give c[0] + c[1] x + ... + c[8] x^8."""
    return c[0] + x * (c[1] + x * (c[2] + x * (c[3] + x * (c[4] + x * (c[5] + x * (c[6] + x * (c[7] + x * c[8])))))))


def beyond_normal(p: Number, spread: Number, w: Number) -> Number:
    """Give x - np of the expansion (see above); `spread` is s."""
    v, w2, inverse = p * (1.0 - p), w * w, 1.0 / spread
    second = w * ((1.0 + 2.0 * v) * w2 + (2.0 - 14.0 * v)) * (inverse * (1 / 72))
    third = (2.0 + v) * ((3.0 * w2 + 7.0) * w2 - 16.0) * (inverse * inverse * (1 / 1620))
    return 0.5 + spread * w + (1.0 - 2.0 * p) * ((w2 - 1.0) * (1 / 6) + third) - second


def count(n: Number, p: Number, u: Number, xp: Any, real: Any) -> Number:
    """Give the count whose cumulative probability first reaches `u`, nearly.

    n, p, u : arrays that broadcast, float64; u in (0, 1). xp : numpy or jax.numpy. real : xp.float64 or xp.float32.
    Returns whole numbers as float64. What is no probability is clipped: check before.
    """
    is_more = p > 0.5
    rare, above = xp.where(is_more, 1.0 - p, p), xp.where(is_more, u, 1.0 - u)
    mean = n * rare
    whole = xp.floor(mean)
    part, least = (mean - whole).astype(real), xp.minimum(above, 1.0 - above).astype(real)
    side, above, small = (0.5 - above).astype(real), above.astype(real), rare.astype(real)
    spread = xp.sqrt(xp.maximum((mean * (1.0 - rare)).astype(real), 1.0))
    w = quantile(side, least, xp)
    expanded = whole + xp.floor(part + beyond_normal(small, spread, w))
    added, left = adding(n.astype(real), small, above, xp)
    few = xp.where(above < left, xp.maximum(expanded, BELOW), added)
    k = xp.clip(xp.where(mean < ENOUGH, few, expanded), 0.0, n)
    return xp.where(is_more, n - k, k)


def fast_binomials(n: Number, p: Number, key0: Word, key1: Word, counter: Word, xp: Any, real: Any) -> Number:
    """Draw from Binomial(n, p), nearly, over arrays; keys and counters are arrays of uint64 (JAX: in x64).

    The counts are those of `fast_binomial` but for rounding; `xp` and `real` as in `count`.
    """
    return count(n, p, uniform(start(key0, key1, counter), 0), xp, real)


def quantile(side: Number, least: Number, xp: Any) -> Number:
    """Give the normal quantile of u = 1/2 + side; `least` is the smaller of u and 1 - u."""
    z = -xp.log(4.0 * least * (1.0 - least))
    inner = polynomial(CENTRE, z - 2.5)
    outer = polynomial(TAIL, xp.sqrt(xp.maximum(z, 5.0)) - 3.5)
    return 2.0 * side * xp.where(z < 5.0, inner, outer)


def adding(n: Number, p: Number, above: Number, xp: Any) -> tuple[Number, Number]:
    """Count, of the first probabilities of more than k, those that exceed `above`; give also the last of them."""
    odds = p / (1.0 - p)
    # Where more are expected, the answer is not used; the limits keep it finite.
    ratio, log_none = xp.minimum((n + 1.0) * odds, 4.0 * ENOUGH), xp.maximum(n * xp.log1p(-p), -2.0 * ENOUGH)
    chance, left = xp.exp(log_none), -xp.expm1(log_none)
    k = xp.zeros_like(left)
    for i in range(1, BELOW + 1):
        k = k + (above < left)
        if i < BELOW:
            chance = chance * (ratio * (1.0 / i) - odds)
            left = left - chance
    return k, left


def fast_binomial(n: int, p: float, key0: Word, key1: Word, counter: Word) -> int:
    """Draw from Binomial(n, p), nearly, with one number of this key and counter; `n` and `p` as in the exact draw."""
    if n <= 0 or p <= 0.0 or p >= 1.0 or p != p:
        return certain(n, p)
    u = uniform(start(key0, key1, counter), 0)
    return rarely(n, p, 1.0 - u) if p <= 0.5 else n - rarely(n, 1.0 - p, u)


def rarely(n: int, p: float, above: float) -> int:
    """Give the count for p up to a half, where `above` is the chance of more."""
    if n * p >= ENOUGH:
        return expanded(n, p, above)
    k = added(n, p, 1.0 - above)
    return k if k < BELOW else min(n, max(BELOW, expanded(n, p, above)))


def expanded(n: int, p: float, above: float) -> int:
    """Give the count by the expansion."""
    side = 0.5 - above
    square = side * side
    if square < 0.16:
        w = side * polynomial(MIDDLE, square - 0.08)
    else:
        z = -math.log(4.0 * above * (1.0 - above))
        w = 2.0 * side * (polynomial(CENTRE, z - 2.5) if z < 5.0 else polynomial(TAIL, math.sqrt(z) - 3.5))
    x = n * p + beyond_normal(p, math.sqrt(max(n * p * (1.0 - p), 1.0)), w)
    return int(min(n, int(max(x, 0.0))))


def added(n: int, p: float, u: float) -> int:
    """Count, up to 12, the summed probabilities that `u` exceeds; four at a time, as the exact draw does."""
    odds = p / (1.0 - p)
    ratio = (n + 1) * odds
    chance = math.exp(n * math.log1p(-p))
    passed, k, i = chance, 0, 0.0
    while i < BELOW:
        chance1 = chance * (ratio / (i + 1.0) - odds)
        chance2 = chance1 * (ratio / (i + 2.0) - odds)
        chance3 = chance2 * (ratio / (i + 3.0) - odds)
        passed1 = passed + chance1
        passed2 = passed1 + chance2
        passed3 = passed2 + chance3
        k += int(u > passed) + int(u > passed1) + int(u > passed2) + int(u > passed3)
        if u <= passed3:
            break
        i += 4.0
        chance = chance3 * (ratio / i - odds)
        passed = passed3 + chance
    return int(min(k, n))
