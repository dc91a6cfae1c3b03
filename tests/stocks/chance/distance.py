"""How far the fast draw is from the exact law, computed and not sampled.

    python -m tests.stocks.chance.distance      prints the table

The count is a step function of the uniform number, so the probability that the fast draw gives k is the length of the
interval of u that maps to k. Each end of each interval is found by bisection over the 2^52 numbers that the stream can
give; the total variation distance is half the sum of the differences from the exact probabilities.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from tallystick.stocks.chance import fixed_work, stream
from tests.stocks.chance import law

Floats = NDArray[np.float64]
Count = Callable[[Floats, Floats, Floats], Floats]
NEAREST = 1e-3  # the distance that is promised


def in_numpy(n: Floats, p: Floats, u: Floats, real: Any = np.float64) -> Floats:
    """The fast count in NumPy."""
    out: Floats = fixed_work.count(n, p, u, np, real)
    return out


def in_float32(n: Floats, p: Floats, u: Floats) -> Floats:
    """The same with float32 within."""
    return in_numpy(n, p, u, np.float32)


def cumulative(n: int, p: float, ks: Floats, count: Count) -> Floats:
    """Probability that the fast count is at most k, for each k: the share of the stream's numbers that give it."""
    low, high = np.full(len(ks), -1, np.int64), np.full(len(ks), 1 << 52, np.int64)
    people, share = np.full(len(ks), float(n)), np.full(len(ks), p)
    while (high - low).max() > 1:
        middle = (low + high) // 2
        given = np.clip(middle, 0, (1 << 52) - 1)
        u = (given + stream.HALF_STEP) * stream.TO_UNIT
        is_at_most = (count(people, share, u) <= ks) & (middle < 1 << 52) | (middle < 0)
        low, high = np.where(is_at_most, middle, low), np.where(is_at_most, high, middle)
    return high * 2.0**-52


def distance(n: int, p: float, count: Count = in_numpy) -> float:
    """Total variation distance of the fast draw from Binomial(n, p); what lies outside the window counts in full."""
    low, high = law.window(n, p)
    ks = np.arange(low, high, dtype=float)
    got = np.diff(np.concatenate([[0.0], cumulative(n, p, ks, count), [1.0]]))
    wanted = np.diff(np.concatenate([[0.0], stats.binom.cdf(ks, n, p), [1.0]]))
    return float(np.abs(got - wanted).sum() / 2)


@cache
def table() -> list[tuple[int, float, float, float]]:
    """Regime, distance in float64, distance with float32 within."""
    return [(n, p, distance(n, p), distance(n, p, in_float32)) for n, p in law.REGIMES]


def lines() -> list[str]:
    """The table as printed; what rounding alone makes is below 1e-9."""
    rows = [f"{'n':>11} {'p':>8} {'n p':>12} {'float64':>9} {'float32':>9}"]
    rows += [f"{n:11,} {p:8.4g} {n * p:12,.6g} {_short(wide)} {_short(narrow)}" for n, p, wide, narrow in table()]
    return rows


def _short(value: float) -> str:
    return f"{'<1e-9':>9}" if value < 1e-9 else f"{value:9.1e}"


if __name__ == "__main__":
    print("\n".join(lines()))  # noqa: T201 - a command
