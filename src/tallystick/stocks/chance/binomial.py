"""How many of n people go, when each goes with probability p: an exact draw, the same in plain Python and numba.

Two published methods, by the expected number n min(p, 1 - p):

    below 10    inversion by walking up the probabilities, one uniform number (BINV; Kachitvichyanukul and Schmeiser
                1988, doi:10.1145/42372.42381)
    from 10     transformed rejection with squeeze, two uniform numbers for each try, 1.2 to 1.5 tries (BTRS;
                Hörmann 1993, doi:10.1080/00949659308811496)

"Exact" means: no approximation but that of floating point; `tests/stocks/chance/` holds ten million draws of each of
20 regimes against the exact probabilities. The log of the ratio of two probabilities is written so that it keeps its
digits for any n (differences of neighbours, never of two large logarithms), up to n = 2^53.

Plain Python runs this text and is the oracle; `compiled.binomial` is numba's translation of the same functions.
"""

from __future__ import annotations

import math

from tallystick.stocks.chance.stream import Word, start, uniform

FEW = 10.0  # expected number from which BTRS holds (Hörmann's condition)
NEAR = 16  # up to here a product is faster than four logarithms; measured, without effect on the numbers drawn
FAR = 110  # more than this never comes with an expected number below 10: its chance is below 1e-70
# log k! - ((k + 1/2) log(k + 1) - (k + 1) + log(2 pi)/2) for k = 0..9; from 10 the series below is good to 4e-13.
SMALL_STIRLING = (
    0.08106146679532726,
    0.0413406959554093,
    0.027677925684998338,
    0.020790672103765093,
    0.016644691189821193,
    0.013876128823070748,
    0.01189670994589177,
    0.010411265261972096,
    0.009255462182712733,
    0.008330563433362871,
)


def binomial(n: int, p: float, key0: Word, key1: Word, counter: Word) -> int:
    """Draw from Binomial(n, p) with the numbers of this key and counter.

    n : persons, 0 to 2^53. p : probability; rounding may leave it 1e-9 outside [0, 1].
    """
    if n <= 0 or p <= 0.0 or p >= 1.0 or p != p:
        return certain(n, p)
    place = start(key0, key1, counter)
    if p <= 0.5:
        return scarce(n, p, place)
    return n - scarce(n, 1.0 - p, place)


def certain(n: int, p: float) -> int:
    """Answer where nothing is left to chance; refuse what is no number of people or no probability."""
    if n < 0:
        raise ValueError("a draw was asked for from fewer than 0 people")
    if not -1e-9 <= p <= 1.0 + 1e-9:
        raise ValueError("a draw was asked for with a probability outside 0 to 1")
    return n if p >= 1.0 else 0


def scarce(n: int, p: float, place: Word) -> int:
    """Draw for p up to a half."""
    if n * p < FEW:
        return by_inversion(n, p, place)
    return by_rejection(n, p, place)


def by_inversion(n: int, p: float, place: Word) -> int:
    """Count how many of the summed probabilities one uniform number exceeds (BINV).

    Four at a time: a processor guesses "one more block?" better than "one more person?", which halves the time.
    """
    odds = p / (1.0 - p)
    ratio = (n + 1) * odds  # f(k) = f(k - 1) (ratio / k - odds)
    none = math.exp(n * log_rest(p))
    attempt = 0
    while True:
        u = uniform(place, attempt)
        chance, passed, i, k = none, none, 0.0, 0
        while i < FAR:
            chance1 = chance * (ratio / (i + 1.0) - odds)
            chance2 = chance1 * (ratio / (i + 2.0) - odds)
            chance3 = chance2 * (ratio / (i + 3.0) - odds)
            passed1 = passed + chance1
            passed2 = passed1 + chance2
            passed3 = passed2 + chance3
            k += int(u > passed) + int(u > passed1) + int(u > passed2) + int(u > passed3)
            if u <= passed3:
                return int(min(k, n))
            i += 4.0
            chance = chance3 * (ratio / i - odds)
            passed = passed3 + chance
        attempt += 1  # rounding left more than the probabilities sum to: once in about 10^15 draws


def by_rejection(n: int, p: float, place: Word) -> int:
    """Try points under a table-mountain hat until one lies under the probabilities (BTRS)."""
    spread = math.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    middle = n * p + 0.5
    sure = 0.92 - 4.2 / b
    attempt = 0
    while True:
        u = uniform(place, attempt) - 0.5
        v = uniform(place, attempt + 1)
        attempt += 2
        edge = 0.5 - abs(u)
        x = (2.0 * a / edge + b) * u + middle
        if edge >= 0.07 and v <= sure:
            return int(x)
        if 0.0 <= x < n + 1.0:
            height = v * (2.83 + 5.1 / b) * spread / (a / (edge * edge) + b)
            if is_under(height, n, p, int(x)):
                return int(x)


def log_rest(p: float) -> float:
    """Give log(1 - p), p up to a half; the series is that of artanh, good to the last digit and without a call."""
    if p > 0.05:
        return math.log1p(-p)
    s = p / (2.0 - p)
    z = s * s
    return -2.0 * s * (1.0 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z / 11)))))


def is_under(height: float, n: int, p: float, k: int) -> bool:
    """Say whether `height` lies under f(k) / f(mode): by multiplying up when k is near, else by logarithms.

    The logarithm of the ratio lies within `unsure` of that of a normal hill (BTPE's squeeze; Kachitvichyanukul and
    Schmeiser 1988), which settles nearly all that is far.
    """
    mode = int((n + 1) * p)
    away = abs(k - mode)
    if away > NEAR:
        level, d, variance = math.log(height), float(away), n * p * (1.0 - p)
        hill = -d * d / (2.0 * variance)
        unsure = d / variance * ((d * (d / 3.0 + 0.625) + 1 / 6) / variance + 0.5)
        if abs(level - hill) > unsure and d < variance / 2.0 - 1.0:
            return level < hill
        return level <= log_ratio(n, p, k, mode)
    odds = p / (1.0 - p)
    ratio = (n + 1) * odds
    product = 1.0
    for i in range(min(k, mode) + 1, max(k, mode) + 1):
        product *= ratio / i - odds
    return height * product <= 1.0 if k < mode else height <= product


def log_ratio(n: int, p: float, k: int, mode: int) -> float:
    """Give log(f(k) / f(mode)); each term is of the size of k - mode, so no digits are lost."""
    d = k - mode
    return (
        d * math.log(p / (1.0 - p) * (n - k + 1) / (k + 1))
        - (mode + 0.5) * math.log1p(d / (mode + 1.0))
        - (n - mode + 0.5) * math.log1p(-d / (n - mode + 1.0))
        + (stirling(mode) + stirling(n - mode))
        - (stirling(k) + stirling(n - k))
    )


def stirling(k: int) -> float:
    """Give what Stirling's formula, centred at k + 1, lacks to log k!."""
    if k < 10:
        return SMALL_STIRLING[k]
    z = 1.0 / (k + 1.0)
    return (1 / 12 - (1 / 360 - (1 / 1260 - z * z / 1680) * z * z) * z * z) * z
