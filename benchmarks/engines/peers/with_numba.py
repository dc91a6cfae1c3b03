"""Numba, written by hand for this one problem, as fast as we know how: what a generated engine is measured against.

Binomials are exact: inversion (BINV) below a mean of 10, else transformed rejection (BTRS; Hoermann 1993,
doi:10.1080/00949659308811496). Uniforms are xoshiro256++ (Blackman and Vigna 2021, doi:10.1145/3460772), one stream for
each run, so that results do not depend on threads; runs are spread over the cores, months are not. What is the same in
every month of a run is worked out once before its first.
"""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np
from numba import njit, prange, uint64

from benchmarks.engines import problem
from benchmarks.engines.peers.common import Task, named, serve

MONTHS = problem.MONTHS
STOCKS = len(problem.STOCKS)
FIRST_SHUT, FIRST_OPEN = problem.SHUT
QUOTA = problem.QUOTA
(
    APPLY,
    REFUSE,
    SELECT,
    TRAIN,
    CLEAR,
    TO_CONSTRUCTION,
    TO_TEXTILE,
    TO_FORESTRY,
    CONSTRUCTION_HOME,
    CONSTRUCTION_INJURY,
    CONSTRUCTION_ESCAPE,
    TEXTILE_HOME,
    FORESTRY_HOME,
    INJURED_HOME,
    INJURED_DEATH,
    REST,
) = problem.HAZARDS
FAR = 10.0  # mean from which rejection is faster than inversion
LOG_FACTORIAL = np.array([math.lgamma(k + 1.0) for k in range(128)])
HALF_LOG_2PI = 0.5 * math.log(2.0 * math.pi)


@njit(inline="always")
def seeded(seed, run, stream):
    """Four words of state from a seed and a run, by splitmix64."""
    word = uint64(seed) * uint64(0x9E3779B97F4A7C15) ^ (uint64(run) + uint64(1)) * uint64(0xD1B54A32D192ED03)
    for place in range(4):
        word += uint64(0x9E3779B97F4A7C15)
        mixed = (word ^ (word >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> uint64(27))) * uint64(0x94D049BB133111EB)
        stream[place] = mixed ^ (mixed >> uint64(31))


@njit(inline="always")
def uniform(stream):
    """A number in (0, 1): 53 bits of xoshiro256++, and never 0."""
    total = stream[0] + stream[3]
    word = ((total << uint64(23)) | (total >> uint64(41))) + stream[0]
    shifted = stream[1] << uint64(17)
    stream[2] ^= stream[0]
    stream[3] ^= stream[1]
    stream[1] ^= stream[2]
    stream[0] ^= stream[3]
    stream[2] ^= shifted
    stream[3] = (stream[3] << uint64(45)) | (stream[3] >> uint64(19))
    return (np.float64(word >> uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@njit(inline="always")
def log_factorial(k):
    if k < 128:
        return LOG_FACTORIAL[k]
    inverse = 1.0 / (k + 1.0)
    series = inverse * (1.0 / 12.0 - inverse * inverse * (1.0 / 360.0 - inverse * inverse / 1260.0))
    return (k + 0.5) * math.log(k + 1.0) - (k + 1.0) + HALF_LOG_2PI + series


@njit
def inversion(n, p, log_q, stream):
    """BINV: walk up the distribution from 0."""
    odds = p / (1.0 - p)
    step = (n + 1) * odds
    while True:
        left = uniform(stream)
        chance = math.exp(n * log_q)
        k = 0
        while left > chance:
            left -= chance
            k += 1
            if k > n or k > 110:  # rounding has eaten the tail: draw again
                break
            chance *= step / k - odds
        else:
            return k


@njit
def rejection(n, p, log_odds, stream):
    """BTRS, for p up to a half."""
    deviation = math.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * deviation
    a = -0.0873 + 0.0248 * b + 0.01 * p
    centre = n * p + 0.5
    squeeze = 0.92 - 4.2 / b
    mode_height = -1.0
    mode = 0
    while True:
        u = uniform(stream) - 0.5
        v = uniform(stream)
        inside = 0.5 - abs(u)
        k = np.int64(math.floor((2.0 * a / inside + b) * u + centre))
        if inside >= 0.07 and v <= squeeze:
            return k
        if k < 0 or k > n:
            continue
        if mode_height < 0.0:
            mode = np.int64(math.floor((n + 1) * p))
            mode_height = log_factorial(mode) + log_factorial(n - mode)
        scaled = math.log(v * (2.83 + 5.1 / b) * deviation / (a / (inside * inside) + b))
        if scaled <= mode_height - log_factorial(k) - log_factorial(n - k) + (k - mode) * log_odds:
            return k


@njit(inline="always")
def draw(n, chance, stream):
    """How many of `n` take an exit of a chance that stays: (p, log(1 - p), log(p / (1 - p)), whether turned over)."""
    p, log_q, log_odds, is_turned = chance
    if n == 0 or p <= 0.0:
        return np.int64(0)
    if n * p < FAR:
        k = inversion(n, p, log_q, stream)
    else:
        k = rejection(n, p, log_odds, stream)
    return n - k if is_turned else k


@njit
def ready(p):
    """A chance with what a draw needs of it; p above a half is turned over."""
    is_turned = p > 0.5
    low = 1.0 - p if is_turned else p
    if low <= 0.0:
        return (0.0, 0.0, 0.0, is_turned)
    return (low, math.log1p(-low), math.log(low / (1.0 - low)), is_turned)


@njit
def two(first, second):
    """The conditional chances of two competing exits."""
    total = first + second
    leaving = -math.expm1(-total)
    one = leaving * first / total
    return ready(one), ready(leaving * second / total / (1.0 - one))


@njit
def three(first, second, third):
    """The conditional chances of three competing exits."""
    total = first + second + third
    leaving = -math.expm1(-total)
    one, two, three = leaving * first / total, leaving * second / total, leaving * third / total
    return ready(one), ready(two / (1.0 - one)), ready(three / (1.0 - one - two))


@njit(parallel=True, error_model="numpy", nogil=True)
def histories(seed, people, kept):
    """Fill `kept`, persons, (run, month, stock)."""
    refuse, select = two(REFUSE, SELECT)
    train, clear = ready(-math.expm1(-TRAIN)), ready(-math.expm1(-CLEAR))
    to_construction, to_textile, to_forestry = three(TO_CONSTRUCTION, TO_TEXTILE, TO_FORESTRY)
    construction_home, injury, escape = three(CONSTRUCTION_HOME, CONSTRUCTION_INJURY, CONSTRUCTION_ESCAPE)
    textile_home, forestry_home = ready(-math.expm1(-TEXTILE_HOME)), ready(-math.expm1(-FORESTRY_HOME))
    injured_home, death = two(INJURED_HOME, INJURED_DEATH)
    rest = ready(-math.expm1(-REST))
    for run in prange(kept.shape[0]):
        stream = np.empty(4, np.uint64)
        seeded(seed, run, stream)
        pool = np.int64(people)
        applicants = selected = trained = waiting = np.int64(0)
        construction = textile = forestry = injured = np.int64(0)
        returned = escaped = dead = np.int64(0)
        for month in range(kept.shape[1]):
            room = max(0.0, 1.0 - (construction + textile + forestry + injured) / (QUOTA * people))
            applying = draw(pool, ready(-math.expm1(-APPLY * room)), stream)
            refused = draw(applicants, refuse, stream)
            chosen = draw(applicants - refused, select, stream)
            training = draw(selected, train, stream)
            cleared = draw(trained, clear, stream)
            going_c = going_t = going_f = np.int64(0)
            if month < FIRST_SHUT or month >= FIRST_OPEN:
                going_c = draw(waiting, to_construction, stream)
                going_t = draw(waiting - going_c, to_textile, stream)
                going_f = draw(waiting - going_c - going_t, to_forestry, stream)
            home_c = draw(construction, construction_home, stream)
            hurt = draw(construction - home_c, injury, stream)
            gone = draw(construction - home_c - hurt, escape, stream)
            home_t = draw(textile, textile_home, stream)
            home_f = draw(forestry, forestry_home, stream)
            home_i = draw(injured, injured_home, stream)
            dying = draw(injured - home_i, death, stream)
            rested = draw(returned, rest, stream)
            pool += refused + rested - applying
            applicants += applying - refused - chosen
            selected += chosen - training
            trained += training - cleared
            waiting += cleared - going_c - going_t - going_f
            construction += going_c - home_c - hurt - gone
            textile += going_t - home_t
            forestry += going_f - home_f
            injured += hurt - home_i - dying
            returned += home_c + home_t + home_f + home_i - rested
            escaped += gone
            dead += dying
            kept[run, month, 0] = pool
            kept[run, month, 1] = applicants
            kept[run, month, 2] = selected
            kept[run, month, 3] = trained
            kept[run, month, 4] = waiting
            kept[run, month, 5] = construction
            kept[run, month, 6] = textile
            kept[run, month, 7] = forestry
            kept[run, month, 8] = injured
            kept[run, month, 9] = returned
            kept[run, month, 10] = escaped
            kept[run, month, 11] = dead


def ensemble(runs: int, people: int = problem.PEOPLE) -> Task:
    def run(seed: int) -> Any:
        kept = np.empty((runs, MONTHS, STOCKS), np.int32)
        histories(seed, people, kept)
        return kept

    return Task(
        run=run,
        ends=lambda kept: named(kept[:, -1]),
        kind="chance",
        runs=runs,
        draws=runs * problem.DRAWS_A_RUN,
        people=people,
        note="two threads",
    )


if __name__ == "__main__":
    sys.exit(serve("numba", {"ensemble": ensemble}, __doc__))
