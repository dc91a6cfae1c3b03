"""The sampler's promises: the same seed, the same draws; it reports, and it stops when told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate import sample
from tallystick.calibrate.recovery import Bench
from tallystick.calibrate.sample import PIECE, Chains, Progress, run


@pytest.fixture(scope="module")
def first(bench: Bench) -> Chains:
    """Two chains of two pieces."""
    return _draw(bench)


def _draw(bench: Bench, seed: int = 5, **options: Any) -> Chains:
    return run(bench.sampler, bench.terms, seed=seed, draws=2 * PIECE, chains=2, stage="test", **options)


def test_the_same_seed_gives_the_same_draws_in_one_thread_or_two(
    bench: Bench, first: Chains, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "ThreadPoolExecutor", lambda _: ThreadPoolExecutor(1))
    again = _draw(bench, earlier=None)
    for name in first.run._fields:
        np.testing.assert_array_equal(getattr(again.run, name), getattr(first.run, name))


def test_chains_and_seeds_and_streams_differ(bench: Bench, first: Chains) -> None:
    one, two = first.run.z
    other = _draw(bench, seed=6, earlier=first, settle=PIECE).run.z
    stream = _draw(bench, seed=6, stream=1, earlier=first, settle=PIECE).run.z
    assert np.isclose(one, two).mean() < 1e-3  # a few of many thousand numbers lie close by chance
    assert np.isclose(other, stream).mean() < 1e-3


def test_it_says_how_far_it_is(bench: Bench, first: Chains) -> None:
    heard: list[Progress] = []
    _draw(bench, report=heard.append, earlier=first, settle=PIECE)
    assert [one.done for one in heard] == list(range(PIECE, 6 * PIECE + 1, PIECE))
    assert {(one.stage, one.chains, one.total) for one in heard} == {("test", 2, 6 * PIECE)}
    assert heard[-1].seconds_left == 0
    assert all(one.seconds_left > 0 for one in heard[:-1])


@pytest.mark.parametrize("chain", [0, 1])
def test_what_stops_one_chain_stops_the_other_at_its_next_piece(
    bench: Bench, first: Chains, chain: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour of draws is asked for; an interrupt in either chain ends both."""
    heard: list[int] = []
    monkeypatch.setattr(sample, "_chain", _interrupted(sample._chain, first.states[chain].z))
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        run(
            bench.sampler, bench.terms, seed=7, draws=100_000, chains=2, stage="long", earlier=first,
            report=lambda now: heard.append(now.done),
        )  # fmt: skip
    assert max(heard, default=0) < 20 * PIECE  # of 200,000: what the other drew before it heard of it
    assert _soon(lambda: threading.active_count() <= before)


def _interrupted(draw: Callable[..., Any], start: Any) -> Callable[..., Any]:
    """The chain that starts there is interrupted, the other draws."""

    def one(sampler: Any, terms: Any, frame: Any, state: Any, *rest: Any) -> Any:
        if np.array_equal(state.z, start):
            raise KeyboardInterrupt
        return draw(sampler, terms, frame, state, *rest)

    return one


def test_ctrl_c_while_reporting_stops_every_chain(bench: Bench, first: Chains) -> None:
    heard: list[int] = []

    def report(now: Progress) -> None:
        heard.append(now.done)
        if len(heard) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(bench.sampler, bench.terms, seed=7, draws=100_000, chains=2, stage="long", report=report, earlier=first)
    assert max(heard) < 20 * PIECE


def _soon(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()
