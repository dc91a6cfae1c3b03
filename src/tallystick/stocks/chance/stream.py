"""Random numbers with an address: (seed, run, counter, attempt) -> 64 bits, or a uniform number in (0, 1).

Nothing is kept between calls. A draw's address is its run and its counter (month x routes + route); what it consumes
is counted by `attempt` (0, 1, ...), so that a draw that needs five numbers does not shift its neighbours: two
scenarios use the same numbers for the same route and month, and threads, chunks and machines do not matter.

    run_key(seed, run)              two words of 64 bits; one key for each run
    start(key0, key1, counter)      the place of a draw, once per draw
    bits(place, attempt)            its numbers, one after the other
    uniform(place, attempt)         the same in (0, 1), a multiple of 2^-53, never 0 or 1

How: the counter is spread by an odd multiplier, added to the first key word, mixed; the second word is added; from
that place each attempt is one step of a Weyl sequence, mixed again. So a draw's own numbers are SplitMix64 (Steele,
Lea and Flood 2014, doi:10.1145/2660193.2660195) with another published mixer, and its place is a keyed mix of the
counter, as in counter-based generators (Salmon et al. 2011, doi:10.1145/2063384.2063405). The mixer is P. Evensen's
"moremur" (2019), the shape of Murmur3's with constants of better avalanche; both lie below 2^63, which all four
kinds of number can hold as a plain constant.

One text serves plain Python (ints), NumPy and JAX (uint64 arrays; JAX in x64) and numba (see `compiled`); a test
holds them equal to the bit. It is no generator for secrets, and not tested by BigCrush: `tests/stocks/chance/` says
what was tested.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Word = Any  # 64 bits without sign: an int below 2^64, or an array of uint64

MASK = 0xFFFF_FFFF_FFFF_FFFF
SPREAD = 0x6A09_E667_F3BC_C909  # the fraction of sqrt(2), made odd: neighbouring counters land far apart
STEP = 0x1B87_3593_CC9E_2D51  # odd, 33 bits set, no pattern; one attempt to the next
FIRST, SECOND = 0x3C79_AC49_2BA7_B653, 0x1C69_B3F7_4AC4_AE35  # moremur's two multipliers
HALF_STEP, TO_UNIT = 0.5, 2.0**-52


class Key(NamedTuple):
    """What distinguishes the numbers of one run from those of all others: 128 bits."""

    key0: Word
    key1: Word


def word(x: Word) -> Word:
    """Keep 64 bits: an int is cut, arrays of uint64 wrap by themselves, numba binds a cast to uint64."""
    return x & MASK if isinstance(x, int) else x


def mix(x: Word) -> Word:
    """Turn 64 bits into 64 others, one to one; half of them change whenever one does."""
    x = word((x ^ (x >> word(27))) * word(FIRST))
    x = word((x ^ (x >> word(33))) * word(SECOND))
    return x ^ (x >> word(27))


def run_key(seed: Word, run: Word) -> Key:
    """Give the key of one run; `seed` and `run` are whole numbers from 0 to 2^64 - 1.

    Both words pass through both inputs, so that neither neighbouring seeds nor neighbouring runs share one.
    """
    key0 = mix(word(mix(word(word(seed) + word(SPREAD))) + word(word(run) * word(STEP))))
    key1 = mix(word(mix(word(word(run) + word(STEP))) ^ word(word(seed) * word(SPREAD) + word(FIRST))))
    return Key(key0, key1)


def start(key0: Word, key1: Word, counter: Word) -> Word:
    """Give the place where the numbers of one draw begin."""
    return word(mix(word(key0 + word(word(counter) * word(SPREAD)))) + key1)


def bits(place: Word, attempt: Word) -> Word:
    """Give the `attempt`-th 64 bits of a draw."""
    return mix(word(place + word(word(attempt) * word(STEP))))


def uniform(place: Word, attempt: Word) -> Any:
    """Give the `attempt`-th number of a draw in (0, 1): the middle of one of 2^52 equal cells."""
    return ((bits(place, attempt) >> word(12)) + HALF_STEP) * TO_UNIT
