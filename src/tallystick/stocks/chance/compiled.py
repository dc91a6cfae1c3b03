"""The stream and the draws as numba compiles them; importing this imports numba.

The functions are those of `stream`, `binomial` and `fixed_work`, not copies: numba translates the same text, and a
test holds both to the same bits. Only `word` differs: plain Python cuts an int to 64 bits, numba casts to uint64,
which wraps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba.extending import overload, register_jitable

from tallystick.stocks.chance import binomial as exact
from tallystick.stocks.chance import fixed_work, stream

# "numpy": a division gives what IEEE says, as in arrays; no divisor of a draw can be 0. No "_nrt": nothing that is
# compiled makes an array, and whoever calls holds those that it is given; to count who holds one, which processors must
# do one at a time, would take half of a month's time. Nothing is cached on disk: numba's cache watches one file, and a
# function here is made of two.
OPTIONS: dict[str, Any] = {"error_model": "numpy", "nogil": True, "_nrt": False}
INNER: dict[str, Any] = {**OPTIONS, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # only compiled code calls it


def _word(x):  # type: ignore[no-untyped-def]  # noqa: ARG001  # numba compares this signature with that of `cast`
    """Bind `word` to a cast."""

    def cast(x):  # type: ignore[no-untyped-def]
        return np.uint64(x)

    return cast


overload(stream.word, inline="always")(_word)
PARTS: tuple[Callable[..., Any], ...] = (
    *(stream.mix, stream.run_key, stream.start, stream.bits, stream.uniform),
    *(exact.certain, exact.scarce, exact.by_inversion, exact.by_rejection),
    *(exact.log_rest, exact.is_under, exact.log_ratio, exact.stirling),
    *(fixed_work.polynomial, fixed_work.beyond_normal),
    *(fixed_work.rarely, fixed_work.expanded, fixed_work.added),
)
for _part in PARTS:
    register_jitable(**INNER)(_part)  # plain Python goes on calling them as they are; compiled code may call them too

run_key = numba.njit(**OPTIONS)(stream.run_key)
start = numba.njit(**OPTIONS)(stream.start)
bits = numba.njit(**OPTIONS)(stream.bits)
uniform = numba.njit(**OPTIONS)(stream.uniform)
binomial = numba.njit(**OPTIONS)(exact.binomial)
fast_binomial = numba.njit(**OPTIONS)(fixed_work.fast_binomial)
