"""Promise: the fast draw is near the exact law, by computation; one text gives the same counts everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import special, stats

from tallystick.stocks.chance import binomial, compiled, fixed_work, stream
from tests.stocks.chance import distance, law

Floats = NDArray[np.float64]
PAGE = Path(__file__).parents[3] / "docs" / "methods" / "chance.md"


def _many(size: int) -> tuple[Floats, Floats, Floats]:
    """Cases over all sizes: people 1 to 10^8, p from 1e-8 to nearly 1, any uniform number."""
    rng = np.random.default_rng(4)
    p = 10 ** rng.uniform(-8, np.log10(0.5), size)
    p = np.where(rng.random(size) < 0.3, 1 - p, p)
    return np.floor(10 ** rng.uniform(0, 8, size)), p, (rng.integers(0, 1 << 52, size) + 0.5) * 2.0**-52


def test_total_variation_distance_from_the_exact_law_is_at_most_a_thousandth_in_twenty_regimes() -> None:
    table = distance.table()
    assert len(table) == 20
    assert max(row[2] for row in table) <= distance.NEAREST
    assert max(row[3] for row in table) <= distance.NEAREST


def test_the_page_shows_the_table_as_it_is_computed() -> None:
    """Regimes to the letter, distances within a quarter: another processor's exp may move their second digit."""
    shown = PAGE.read_text(encoding="utf-8").split("```text\n")[1].split("```")[0].splitlines()
    computed = distance.lines()
    assert [line[:34] for line in shown] == [line[:34] for line in computed]
    assert _distances(shown) == pytest.approx(_distances(computed), rel=0.25, abs=1e-7)


def _distances(lines: list[str]) -> list[float]:
    return [float(each.lstrip("<")) for line in lines[1:] for each in line[34:].split()]


def test_the_distance_is_small_where_the_method_changes_and_shrinks_with_size() -> None:
    """Around 8 expected, for p from rare to a half: the worst places. From there it falls as 1/n^2."""
    near = [(n, p) for p in (1e-6, 0.01, 0.1, 0.3, 0.41, 0.5) for n in (int(7.9 / p), int(8.1 / p) + 1)]
    assert max(distance.distance(n, p) for n, p in near) <= 4e-4
    small, larger, large = (distance.distance(n, 0.3) for n in (40, 160, 10_000))
    assert larger < small / 10
    assert large < 1e-6


def test_the_computed_distance_sees_what_it_should() -> None:
    """Power: the exact quantile has none, a normal without corrections has more than is allowed."""
    assert distance.distance(300, 0.01, lambda n, p, u: stats.binom.ppf(u, n, p)) < 1e-12
    normal = distance.distance(
        300, 0.05, lambda n, p, u: np.floor(n * p + 0.5 + special.ndtri(u) * np.sqrt(n * p * (1 - p)))
    )
    assert normal > 10 * distance.NEAREST
    assert distance.distance(1_000, 0.3, lambda n, p, u: fixed_work.count(n, p * 1.005, u, np, np.float64)) > 0.03


def test_the_normal_quantile_is_good_to_a_millionth() -> None:
    u = np.concatenate(
        [2.0 ** -np.arange(1.1, 53, 0.01), 1 - 2.0 ** -np.arange(2, 40, 0.01), np.linspace(0.001, 0.999, 999)]
    )
    u = u[u != 0.5]
    got = fixed_work.quantile(u - 0.5, np.minimum(u, 1 - u), np)
    assert np.abs(got / special.ndtri(u) - 1).max() < 1.2e-6


def test_jax_gives_numpys_counts_and_nearly_so_in_float32() -> None:
    n, p, u = _many(200_000)
    wanted = fixed_work.count(n, p, u, np, np.float64)
    with jax.enable_x64(True):
        run: Any = jax.jit(fixed_work.count, static_argnums=(3, 4))
        wide, narrow = (np.asarray(run(n, p, u, jnp, real)) for real in (jnp.float64, jnp.float32))
    assert wide.dtype == narrow.dtype == np.float64
    assert (wide != wanted).mean() < 1e-4
    spread = np.sqrt(n * p * (1 - p))
    assert (np.abs(narrow - wanted) <= 1 + 1e-5 * spread).all()


def test_one_at_a_time_gives_the_same_counts_in_plain_python_numba_and_arrays() -> None:
    n, p, _ = _many(2_000)
    key = stream.run_key(3, 8)
    words = tuple(np.uint64(word) for word in key)
    plain = [fixed_work.fast_binomial(int(a), b, *key, i) for i, (a, b) in enumerate(zip(n, p.tolist(), strict=True))]
    numba = [compiled.fast_binomial(int(a), b, *words, i) for i, (a, b) in enumerate(zip(n, p.tolist(), strict=True))]
    counters = np.arange(len(n), dtype=np.uint64)
    arrays = fixed_work.fast_binomials(n, p, *(np.array([word]) for word in words), counters, np, np.float64)
    assert plain == numba
    assert (arrays != plain).mean() < 1e-3


@given(n=st.integers(0, 10**9), p=st.floats(0, 1), low=st.floats(1e-15, 0.999), high=st.floats(1e-15, 0.999))
def test_counts_lie_between_none_and_all_and_a_larger_number_gives_no_smaller_count(
    n: int, p: float, low: float, high: float
) -> None:
    low, high = sorted((low, high))
    people, share, u = np.full(2, float(n)), np.full(2, p), np.array([low, high])
    less, more = fixed_work.count(people, share, u, np, np.float64)
    assert 0 <= less <= n
    assert 0 <= more <= n
    assert less <= more + 1e-5 * np.sqrt(n * p * (1 - p))


@pytest.mark.parametrize("draw", [fixed_work.fast_binomial, compiled.fast_binomial])
def test_what_is_certain_or_refused_is_so_in_the_fast_draw_too(draw: Any) -> None:
    words = tuple(np.uint64(word) for word in stream.run_key(1, 1))
    assert [draw(n, p, *words, 0) for n, p in [(0, 0.5), (5, 0.0), (5, 1.0)]] == [0, 0, 5]
    with pytest.raises(ValueError, match="outside 0 to 1"):
        draw(5, 1.01, *words, 0)


def test_below_eight_expected_the_fast_draw_gives_the_exact_draws_counts() -> None:
    """Both invert the same number there; only counts from 12 up may differ."""
    words = tuple(np.uint64(word) for word in stream.run_key(2, 2))
    for n, p in [(10, 0.2), (1_000, 0.004), (10**6, 7e-6)]:
        pairs = [
            (binomial.binomial(n, p, *stream.run_key(2, 2), i), compiled.fast_binomial(n, p, *words, i))
            for i in range(2_000)
        ]
        assert all(exact == fast for exact, fast in pairs if exact < fixed_work.BELOW)


def test_the_fast_draw_follows_the_law_where_its_distance_is_below_what_chance_shows() -> None:
    """200,000 draws of each regime: a distance of 3e-4 is about what chance alone gives, so this finds gross faults."""
    results = [law.judged(n, p, law.drawn(n, p, 200_000, seed=2, draw=compiled.fast_binomial)) for n, p in law.REGIMES]
    assert law.smallest(results) > law.WORST
