"""Promise: a number is known from its address alone, in four kinds of arithmetic, and neighbours are unrelated.

What is tested here runs in seconds: 2^20 to 2^22 numbers per test, each p-value corrected for the family. BigCrush and
PractRand were not run on this construction; its two parts (SplitMix64's sequence, the moremur mixer) are published.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from tallystick.stocks.chance import compiled, stream

SIZE = 1 << 20
Bits = NDArray[np.uint64]


def _numbers(seed: Any, run: Any, counter: Any, attempt: Any) -> Bits:
    """Numbers at arrays of addresses."""
    seed, run, counter, attempt = (np.atleast_1d(np.asarray(each, np.uint64)) for each in (seed, run, counter, attempt))
    out: Bits = stream.bits(stream.start(*stream.run_key(seed, run), counter), attempt)
    return out


def _along(axis: str, seed: int = 5) -> Bits:
    """SIZE numbers whose addresses differ in one part only, by one from each to the next."""
    address: dict[str, Any] = {"seed": seed, "run": 3, "counter": 7, "attempt": 0} | {axis: np.arange(SIZE)}
    return _numbers(**address)


AXES = ("seed", "run", "counter", "attempt")


def _in_numba(*address: int) -> int:
    seed, run, counter, attempt = (np.uint64(each) for each in address)
    key = (np.uint64(each) for each in compiled.run_key(seed, run))
    return int(compiled.bits(np.uint64(compiled.start(*key, counter)), attempt))


def test_plain_numpy_numba_and_jax_give_the_same_bits() -> None:
    rng = np.random.default_rng(0)
    seeds, runs, counters, attempts = rng.integers(0, 2**64, (4, 500), dtype=np.uint64)
    seeds[:2], runs[:2], counters[:2], attempts[:2] = 0, 2**64 - 1, 2**64 - 1, 0
    rows = list(zip(*(each.tolist() for each in (seeds, runs, counters, attempts)), strict=True))
    plain = [stream.bits(stream.start(*stream.run_key(s, r), c), a) for s, r, c, a in rows]
    numba = [_in_numba(*row) for row in rows]
    with jax.enable_x64(True):
        bits = jax.jit(lambda s, r, c, a: stream.bits(stream.start(*stream.run_key(s, r), c), a))
        uniform = jax.jit(lambda place, a: stream.uniform(place, a))
        words = [jnp.asarray(each) for each in (seeds, runs, counters, attempts)]
        in_jax, jax_uniform = np.asarray(bits(*words)), np.asarray(uniform(words[0], words[3]))
    assert plain == numba == in_jax.tolist() == _numbers(seeds, runs, counters, attempts).tolist()
    wanted = [stream.uniform(row[0], row[3]) for row in rows]
    assert wanted == jax_uniform.tolist() == stream.uniform(seeds, attempts).tolist()
    assert wanted == [compiled.uniform(np.uint64(row[0]), np.uint64(row[3])) for row in rows]


def test_a_number_in_the_unit_interval_is_never_its_end() -> None:
    assert (0 + stream.HALF_STEP) * stream.TO_UNIT == 2.0**-53
    assert ((2**52 - 1) + stream.HALF_STEP) * stream.TO_UNIT == 1 - 2.0**-53


def test_the_mixer_is_one_to_one() -> None:
    """Undone step by step: x ^= x >> s is its own inverse repeated, and odd multipliers have inverses mod 2^64."""
    rng = np.random.default_rng(1)
    for x in rng.integers(0, 2**64, 200, dtype=np.uint64).tolist():
        y = stream.mix(x)
        for shift, factor in ((27, stream.SECOND), (33, stream.FIRST), (27, 1)):
            y = _unshift(y, shift) * pow(factor, -1, 2**64) & stream.MASK
        assert y == x


def _unshift(y: int, shift: int) -> int:
    x = y
    for _ in range(64 // shift + 1):
        x = y ^ (x >> shift)
    return x


@pytest.mark.parametrize("axis", AXES)
def test_uniform_along_each_part_of_the_address(axis: str) -> None:
    """Chi-square of the top 12 bits, of the low 12, of bits 26 to 37; each bit's share; Kolmogorov-Smirnov."""
    x = _along(axis)
    values = []
    for shift in (52, 26, 0):
        seen = np.bincount(((x >> np.uint64(shift)) & np.uint64(4095)).astype(np.int64), minlength=4096)
        values.append(stats.chisquare(seen).pvalue)
    ones = [int(((x >> np.uint64(i)) & np.uint64(1)).sum()) for i in range(64)]
    values.append(min(1.0, 64 * min(stats.binomtest(each, SIZE).pvalue for each in ones)))
    values.append(stats.kstest((x >> np.uint64(12)) * 2.0**-52, "uniform").pvalue)
    assert min(values) * len(values) * len(AXES) > 1e-4


@pytest.mark.parametrize("axis", AXES)
def test_neighbours_are_unrelated(axis: str) -> None:
    """Pairs at lags 1, 2, 16 and 240: correlation of the numbers, and each of 64 bits with the same bit."""
    x = _along(axis)
    u = (x >> np.uint64(12)) * 2.0**-52
    values = []
    for lag in (1, 2, 16, 240):
        values.append(stats.pearsonr(u[:-lag], u[lag:]).pvalue)
        same = x[:-lag] ^ x[lag:]
        ones = [int(((same >> np.uint64(i)) & np.uint64(1)).sum()) for i in range(64)]
        values.append(min(1.0, 64 * min(stats.binomtest(each, len(same)).pvalue for each in ones)))
        grid = (x[:-lag] >> np.uint64(58)).astype(np.int64) * 64 + (x[lag:] >> np.uint64(58)).astype(np.int64)
        values.append(stats.chisquare(np.bincount(grid, minlength=4096)).pvalue)
    assert min(values) * len(values) * len(AXES) > 1e-4


@pytest.mark.parametrize("part", AXES)
def test_one_bit_of_an_address_changes_half_the_bits_of_its_number(part: str) -> None:
    """Avalanche: for each of the low 32 bits of the part, over 4,096 addresses, 32 of 64 bits change on average."""
    rng = np.random.default_rng(2)
    base = dict(zip(AXES, rng.integers(0, 2**32, (4, 4096), dtype=np.uint64), strict=True))
    before = _numbers(**base)
    for bit in range(32):
        after = _numbers(**(base | {part: base[part] ^ np.uint64(1 << bit)}))
        flipped = np.unpackbits((before ^ after).view(np.uint8)).reshape(4096, 64)
        assert abs(flipped.sum(1).mean() - 32) < 6 * 4 / 64  # six standard errors
        assert np.abs(flipped.mean(0) - 0.5).max() < 6 * 0.5 / 64


@pytest.mark.parametrize("shift", [32, 0], ids=["high", "low"])
@pytest.mark.parametrize("axis", AXES)
def test_birthday_spacings(axis: str, shift: int) -> None:
    """Marsaglia's test: of 4,096 birthdays in 2^32 days, equal spacings are Poisson with mean m^3 / 4n = 4."""
    days = ((_along(axis) >> np.uint64(shift)) & np.uint64(0xFFFF_FFFF)).reshape(-1, 4096).astype(np.int64)
    spacings = np.sort(np.diff(np.sort(days, axis=1), axis=1), axis=1)
    repeats = (np.diff(spacings, axis=1) == 0).sum(1)
    total, mean = int(repeats.sum()), 4.0 * len(days)
    p = min(1.0, 2 * min(stats.poisson.cdf(total, mean), stats.poisson.sf(total - 1, mean)))
    assert p * 2 * len(AXES) > 1e-4


def test_no_address_of_a_whole_study_shares_a_number() -> None:
    """A million addresses over runs, months x routes and attempts, and 2^17 keys of two seeds: all differ."""
    run, counter, attempt = (each.ravel() for each in np.meshgrid(np.arange(64), np.arange(4096), np.arange(4)))
    keys = [stream.run_key(seed, np.arange(1 << 16, dtype=np.uint64)) for seed in (0, 1)]
    for words in (_numbers(1, run, counter, attempt), np.concatenate([word for key in keys for word in key])):
        assert np.diff(np.sort(words)).min() > 0


def test_a_weak_generator_fails_these_tests() -> None:
    """Power: the sequence of places without the mixer fails the test of spacings by far."""
    weyl = (np.arange(SIZE, dtype=np.uint64) * np.uint64(stream.SPREAD)) >> np.uint64(32)
    spacings = np.sort(np.diff(np.sort(weyl.reshape(-1, 4096).astype(np.int64), axis=1), axis=1), axis=1)
    assert (np.diff(spacings, axis=1) == 0).sum() > 100 * 4 * 256
