"""Promise: a draw is a whole number of people, the same in plain Python and numba, and follows the binomial law."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.stocks.chance import binomial as plain
from tallystick.stocks.chance import compiled, stream


@pytest.mark.parametrize(
    ("n", "p"),
    [(1, 0.3), (10, 0.9), (50, 0.1), (1000, 0.02), (10**6, 0.3), (10**9, 0.25), (2**53, 0.7), (40, 0.26), (9, 1e-9)],
)
def test_plain_python_and_numba_draw_the_same_numbers(n: int, p: float) -> None:
    key = stream.run_key(7, 3)
    words = np.uint64(key.key0), np.uint64(key.key1)
    assert [plain.binomial(n, p, *key, i) for i in range(300)] == [
        compiled.binomial(n, p, *words, i) for i in range(300)
    ]


@pytest.mark.parametrize("draw", [plain.binomial, compiled.binomial])
def test_what_is_certain_needs_no_chance_and_what_is_no_probability_is_refused(draw) -> None:  # type: ignore[no-untyped-def]
    key = tuple(np.uint64(word) for word in stream.run_key(1, 1))
    assert [draw(0, 0.5, *key, 0), draw(5, 0.0, *key, 0), draw(5, 1.0, *key, 0), draw(5, 1 + 1e-12, *key, 0)] == [
        0,
        0,
        5,
        5,
    ]
    with pytest.raises(ValueError, match="fewer than 0 people"):
        draw(-1, 0.5, *key, 0)
    for p in (-0.01, 1.01, float("nan")):
        with pytest.raises(ValueError, match="outside 0 to 1"):
            draw(5, p, *key, 0)
