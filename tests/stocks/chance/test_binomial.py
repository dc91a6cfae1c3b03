"""Promise: a draw is a whole number of people, the same in plain Python and numba, and follows the binomial law."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.stocks.chance import binomial as plain
from tallystick.stocks.chance import compiled, stream
from tests.stocks.chance import full, law

DRAWS = 200_000
BOTH = {"plain": plain.binomial, "numba": compiled.binomial}


def _words(seed: int, run: int) -> tuple[np.uint64, np.uint64]:
    key = stream.run_key(seed, run)
    return np.uint64(key.key0), np.uint64(key.key1)


@pytest.mark.parametrize(
    ("n", "p"),
    [(1, 0.3), (10, 0.9), (50, 0.1), (1000, 0.02), (10**6, 0.3), (10**9, 0.25), (2**53, 0.7), (40, 0.26), (9, 1e-9)],
)
def test_plain_python_and_numba_draw_the_same_numbers(n: int, p: float) -> None:
    key, words = stream.run_key(7, 3), _words(7, 3)
    assert [plain.binomial(n, p, *key, i) for i in range(400)] == [
        compiled.binomial(n, p, *words, i) for i in range(400)
    ]


@given(n=st.integers(0, 2**53), p=st.floats(0, 1), counter=st.integers(0, 2**40))
def test_a_draw_lies_between_none_and_all_and_is_equal_in_both(n: int, p: float, counter: int) -> None:
    k = plain.binomial(n, p, *stream.run_key(3, 1), counter)
    assert 0 <= k <= n
    assert k == compiled.binomial(n, p, *_words(3, 1), counter)


@pytest.mark.parametrize("draw", BOTH.values(), ids=BOTH)
def test_what_is_certain_needs_no_chance(draw: Any) -> None:
    cases = [(0, 0.5), (5, 0.0), (5, 1.0), (5, 1 + 1e-12), (5, -1e-12)]
    assert [draw(n, p, *_words(1, 1), 0) for n, p in cases] == [0, 0, 5, 5, 0]


@pytest.mark.parametrize("draw", BOTH.values(), ids=BOTH)
def test_what_is_no_number_of_people_or_no_probability_is_refused(draw: Any) -> None:
    with pytest.raises(ValueError, match="fewer than 0 people"):
        draw(-1, 0.5, *_words(1, 1), 0)
    for p in (-0.01, 1.01, float("nan")):
        with pytest.raises(ValueError, match="outside 0 to 1"):
            draw(5, p, *_words(1, 1), 0)


def test_twenty_regimes_follow_the_exact_law() -> None:
    """200,000 draws each; power at this size: see the test of a sampler with p 0.5 % off."""
    results = [law.judged(n, p, law.drawn(n, p, DRAWS, seed=1)) for n, p in law.REGIMES]
    assert len(results) == 20
    assert law.smallest(results) > law.WORST


def _one_half_percent_more(n: int, p: float, key0: Any, key1: Any, counter: int) -> int:
    return compiled.binomial(n, min(p * 1.005, 1.0), key0, key1, counter)


def _rounded_normal(n: int, p: float, key0: Any, key1: Any, counter: int) -> int:
    place = compiled.start(key0, key1, counter)
    radius = np.sqrt(-2 * np.log(compiled.uniform(place, 0)))
    x = n * p + np.sqrt(n * p * (1 - p)) * radius * np.cos(2 * np.pi * compiled.uniform(place, 1))
    return min(max(int(np.floor(x + 0.5)), 0), n)


def _never_the_mode(n: int, p: float, key0: Any, key1: Any, counter: int) -> int:
    k = compiled.binomial(n, p, key0, key1, counter)
    return k + 1 if k == int((n + 1) * p) and k < n else k


@pytest.mark.parametrize(
    ("wrong", "caught_at_least"), [(_one_half_percent_more, 11), (_rounded_normal, 14), (_never_the_mode, 16)]
)
def test_a_wrong_sampler_is_caught(wrong: Any, caught_at_least: int) -> None:
    """In how many of 20 regimes, each read as strictly as in the family of 40 tests; small or even regimes cannot."""
    draw = numba.njit(wrong)
    results = [law.judged(n, p, law.drawn(n, p, DRAWS, seed=1, draw=draw)) for n, p in law.REGIMES]
    caught = sum(min(result.fine, result.coarse) * 2 * len(results) < law.WORST for result in results)
    assert caught >= caught_at_least


def test_the_stated_power_against_half_a_percent_is_what_the_law_gives() -> None:
    """At 200,000 draws 11 regimes catch it almost surely, at ten million 18; the other two are nearly certain."""
    small, large = ([law.power(n, p, _off(p), draws) for n, p in law.REGIMES] for draws in (DRAWS, 10_000_000))
    assert sum(each > 0.97 for each in small) >= 11
    assert sum(each > 0.97 for each in large) >= 18


def _off(p: float) -> float:
    return p * (1.005 if p < 0.9 else 0.995)


def test_the_full_form_prints_its_table_and_chunks_and_threads_change_nothing() -> None:
    one, worst = full.report(1_000, 1, 1)
    two, _ = full.report(1_000, 1, 2)
    assert one == two
    assert worst > law.WORST
    assert len(one.splitlines()) == 22


def test_the_full_form_ends_with_1_only_when_a_regime_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert full.main(["--draws", "2000"]) == 0
    wrong = numba.njit(_rounded_normal)
    right = law.drawn
    monkeypatch.setattr(law, "drawn", lambda n, p, draws, **rest: right(n, p, draws, **rest, draw=wrong))
    assert full.main(["--draws", "2000"]) == 1
    assert capsys.readouterr().out.count("smallest p-value") == 2
