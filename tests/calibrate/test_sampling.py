"""The sampler's promises: the same seed, the same draws; it reports, and it stops when told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate import fit, sample
from tallystick.calibrate.leading import leading_of
from tallystick.calibrate.recovery import Bench
from tallystick.calibrate.sample import PIECE, Chains, Frame, Progress, rounder, run
from tallystick.calibrate.tuned import packed, unpacked
from tests.scenarios.fits import PASSED


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


def test_coordinates_of_a_pilot_run_make_a_normal_posterior_round() -> None:
    """Known answer: of a normal with covariance S, points have covariance S and slopes its inverse, in any frame."""
    generator = np.random.default_rng(3)
    mix, root, middle = (0.3 * generator.normal(size=shape) for shape in ((4, 4), (4, 4), 4))
    covariance, root = mix @ mix.T + np.diag([0.3, 0.7, 1.0, 3.0]), root + np.eye(4)
    z = generator.multivariate_normal(middle, covariance, size=40_000)
    slopes = (z - middle) @ np.linalg.inv(covariance) @ root
    found = rounder(Frame(np.ones(4), root), z, slopes)
    np.testing.assert_allclose(found.root @ found.root.T, covariance, atol=0.03 * np.abs(covariance).max())
    np.testing.assert_allclose(found.mode, middle, atol=0.05)


def test_fewer_points_than_directions_still_give_coordinates() -> None:
    points = np.random.default_rng(4).normal(size=(2, 5, 30))
    found = rounder(Frame(np.zeros(30), np.eye(30)), *points)
    assert np.linalg.cond(found.root) < 3


def test_chains_that_were_packed_go_on_as_if_they_had_not_been(bench: Bench, first: Chains) -> None:
    plain = {name: np.array(part) for name, part in packed(first).items()}
    kept, again = _draw(bench, earlier=first, settle=0), _draw(bench, earlier=unpacked(plain, bench.sampler), settle=0)
    np.testing.assert_array_equal(again.run.z, kept.run.z)


def test_chains_learn_at_once_that_the_density_is_another(bench: Bench, first: Chains) -> None:
    """From claims that say a thirtieth, where each chain stands is far worse than it knew: it must not stay there."""
    other = bench.terms._replace(**{name: getattr(bench.terms, name) - 3.4 for name in ("low", "point", "high")})
    found = run(bench.sampler, other, seed=5, draws=PIECE, chains=2, stage="test", earlier=first, settle=PIECE)
    for state in found.states:
        energy, slope = bench.sampler.gradient(found.frame.mode + found.frame.root @ state.z, other)
        assert state.potential_energy == pytest.approx(float(energy), rel=1e-9)
        np.testing.assert_allclose(state.z_grad, found.frame.root.T @ slope, rtol=1e-6, atol=1e-6)
    assert (found.run.z[:, -1] != first.run.z[:, -1]).all()


def _soon(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


@pytest.mark.parametrize(("divergences", "longer"), [(0, fit.EXTENSIONS), (1, 0)])
def test_chains_that_diverged_do_not_go_on(
    bench: Bench, first: Chains, monkeypatch: pytest.MonkeyPatch, divergences: int, longer: int
) -> None:
    """They could go on for ever and never pass."""
    failed, asked = replace(PASSED, passed=False, divergences=divergences), list[int]()
    monkeypatch.setattr(fit, "_judge", lambda *_: failed)
    monkeypatch.setattr(fit, "run", lambda *_, **options: asked.append(options["stream"]) or first)
    work = replace(_work(bench), evaluate=lambda *_: {})
    fit._until_judged(work, bench.terms, first, fit._judge, stage="test", stream=0, longer=PIECE, often=fit.EXTENSIONS)
    assert len(asked) == longer


def _work(bench: Bench) -> Any:
    return fit._Work(ready=bench.prepared, sampler=bench.sampler, evaluate=bench.evaluate, seed=5, progress=None)


def test_a_fit_beside_the_main_one_goes_on_while_its_chains_disagree_and_then_says_so(
    bench: Bench, first: Chains, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "SIDE_EXTENSIONS", 1)
    monkeypatch.setattr(fit, "SIDE_DRAWS", PIECE)
    for limits, draws in ((fit.Limits(9.0, 1), PIECE), (fit.Limits(0.1, 1), 2 * PIECE)):
        monkeypatch.setattr(fit, "SIDE_LIMITS", limits)
        side, _, judged = fit._beside(_work(bench), bench.terms, first, stage="test", stream=50)
        assert (judged.draws, judged.passed) == (draws, draws == PIECE)
        assert side.run.z.shape[1] == draws
        assert judged.worst in {one.id for one in leading_of(bench.prepared.programme)}


@pytest.mark.parametrize(
    ("apart", "length", "diverging", "passed"),
    [(0.0, 200, 0, True), (3.0, 200, 0, False), (0.0, 16, 0, False), (0.0, 200, 1, False)],
)
def test_chains_of_a_short_fit_that_disagree_or_are_too_few_are_told(
    apart: float, length: int, diverging: int, passed: bool
) -> None:
    """Two chains of independent normals, the second moved by so many standard deviations."""
    drawn = np.random.default_rng(8).standard_normal((2, length, 1)) + np.array([0.0, apart])[:, None, None]
    lost = np.arange(2 * length).reshape(2, length) < diverging
    main = sample.Run(drawn, lost, *[np.ones((2, length))] * 3)
    found = fit.judged_of(["figure"], drawn, main, 1, fit.SIDE_LIMITS)
    assert (found.passed, found.draws, found.divergences) == (passed, length, diverging)


def test_a_figure_that_never_varies_does_not_stand_in_the_way_of_the_others() -> None:
    varying = np.random.default_rng(8).standard_normal((2, 200, 1))
    drawn = np.concatenate([np.ones((2, 200, 1)), varying], axis=-1)
    main = sample.Run(drawn, np.zeros((2, 200), dtype=bool), *[np.ones((2, 200))] * 3)
    found = fit.judged_of(["constant", "varying"], drawn, main, 1, fit.SIDE_LIMITS)
    assert (found.passed, found.worst) == (True, "varying")
    assert found == fit.judged_of(["varying"], varying, main, 1, fit.SIDE_LIMITS)


@pytest.mark.parametrize("warmup", [50, 101, 150])
def test_a_warm_up_that_would_leave_its_draws_among_the_kept_is_refused(bench: Bench, warmup: int) -> None:
    ready = bench.prepared
    with pytest.raises(ValueError, match="warm-up"):
        sample.sampler_of(ready.model, ready.data, bench.terms, warmup=warmup)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"draws": 75}, "draws: 75"),
        ({"draws": 0}, "draws: 0"),
        ({"settle": 20}, "settle: 20"),
        ({"chains": 3}, "3 chains cannot go on from 2"),
    ],
)
def test_counts_that_would_be_cut_short_are_refused(
    bench: Bench, first: Chains, options: dict[str, int], told: str
) -> None:
    asked: dict[str, Any] = {"draws": PIECE, "chains": 2, "settle": PIECE} | options
    with pytest.raises(ValueError, match=told):
        run(bench.sampler, bench.terms, seed=5, stage="test", earlier=first, **asked)
