"""Promise: NumPy draws what plain Python and numba draw, number by number, whatever the chunks."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.stocks.chance import binomial, compiled, stream, vectors

SIZE = 40_000


def _cases() -> tuple[np.ndarray, np.ndarray]:
    """Every size: people 0 to 10^9, p from 1e-9 to nearly 1, and its ends."""
    rng = np.random.default_rng(6)
    n = np.floor(10 ** rng.uniform(0, 9, SIZE)) - 1
    p = 10 ** rng.uniform(-9, np.log10(0.5), SIZE)
    p = np.where(rng.random(SIZE) < 0.3, 1 - p, p)
    p[:20], p[20:40] = 0.0, 1.0
    return n, p


def test_numpy_draws_what_plain_python_and_numba_draw() -> None:
    n, p = _cases()
    key = stream.run_key(9, 4)
    words = tuple(np.uint64(word) for word in key)
    arrays = vectors.binomials(n, p, *words, np.arange(SIZE))
    rows = list(enumerate(zip(n.astype(int).tolist(), p.tolist(), strict=True)))
    assert arrays.tolist() == [compiled.binomial(a, b, *words, i) for i, (a, b) in rows]
    assert arrays[:3_000].tolist() == [binomial.binomial(a, b, *key, i) for i, (a, b) in rows[:3_000]]


def test_chunks_change_nothing_and_shapes_broadcast() -> None:
    n, p = _cases()
    words = tuple(np.uint64(word) for word in stream.run_key(9, 4))
    whole = vectors.binomials(n, p, *words, np.arange(SIZE))
    parts = [
        vectors.binomials(n[i : i + 777], p[i : i + 777], *words, np.arange(SIZE)[i : i + 777])
        for i in range(0, SIZE, 777)
    ]
    assert np.array_equal(whole, np.concatenate(parts))
    keys = stream.run_key(9, np.arange(5, dtype=np.uint64))
    grid = vectors.binomials(np.full((3, 5), 1e6), 0.25, *keys, np.arange(3)[:, None])
    assert grid[2, 4] == binomial.binomial(10**6, 0.25, *stream.run_key(9, 4), 2)


@pytest.mark.parametrize(("n", "p"), [(-1, 0.5), (5, 1.01), (5, -0.01), (5, np.nan), (np.nan, 0.5)])
def test_what_is_no_number_of_people_or_no_probability_is_refused(n: float, p: float) -> None:
    with pytest.raises(ValueError, match="fewer than 0 people, or with a probability outside"):
        vectors.binomials(np.array([n, 1.0]), np.array([p, 0.5]), 1, 2, np.arange(2))


def test_a_probability_that_rounding_left_just_outside_is_certain() -> None:
    assert vectors.binomials([5.0, 5.0], [1 + 1e-12, -1e-12], 1, 2, np.arange(2)).tolist() == [5.0, 0.0]
