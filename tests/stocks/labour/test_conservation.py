"""T9 on the model of the map: whatever the state, the rates, the levers and the plans, nobody and no cent is lost.

A case is drawn as a seed and a share of values that lie at the ends of their ranges; months are few and starts are
anywhere. Kernels are kept between sessions, as compiling the model takes longer than all cases together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tallystick.stocks.chance import binomial, stream
from tallystick.stocks.engines import compiled, meanfield, plain, vectors
from tallystick.stocks.inputs import PARTS, Inputs, Trajectory
from tallystick.stocks.labour import fields
from tallystick.stocks.units import fields as ranges
from tests.stocks.labour.made import graph

Array = NDArray[np.float64]
MONTHS, SEED = 4, 7
MOST_PEOPLE, MOST_MONEY, MOST_LEVEL = 1e8, 1e9, 1e6
CASES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def anywhere(low: float, high: float, shape: tuple[int, ...], rng: np.random.Generator, at_ends: float) -> Array:
    """Numbers of a range, over all orders of magnitude where there are many, some of them at its ends."""
    some = rng.uniform(low, high, shape)
    if low >= 0 and high > 1000 * max(low, 1e-9):
        some = np.exp(rng.uniform(np.log(max(low, high * 1e-9)), np.log(high), shape))
    return np.where(rng.random(shape) < at_ends, rng.choice([low, high], shape), some)


def a_case(seed: int, at_ends: float) -> Inputs:
    """Inputs of one draw, valid and otherwise anything."""
    found, rng = graph(), np.random.default_rng(seed)

    def of(kind: type[Any], *shape: int) -> Array:
        columns = [anywhere(each.low, each.high, shape, rng, at_ends) for _, each in ranges(kind)]
        return np.stack(columns, axis=-1)

    money = np.zeros((1, len(found.balances)))
    for account in ("booked", "debt"):
        at = slice(*found.span(account))
        money[:, at] = np.round(anywhere(0, MOST_MONEY, money[:, at].shape, rng, at_ends), 2)
    levels = [anywhere(each.low, min(each.high, MOST_LEVEL), (), rng, at_ends) for each in found.text.levels]
    return Inputs(
        people=np.rint(anywhere(0, MOST_PEOPLE, (1, len(found.strata)), rng, at_ends)),
        money=money,
        level=np.array([levels], dtype=float),
        parameters=of(fields.Parameters, 1),
        outside=of(fields.Outside, 1, MONTHS),
        weight=anywhere(0, 20, (1, MONTHS, len(found.weighted)), rng, at_ends),
        groups=of(fields.Group, 1, len(found.strata)),
        loops=rng.choice([0.0, 1.0], len(fields.Loops._fields)),
    )


any_case = st.builds(a_case, st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.3, 0.9]))


@pytest.fixture
def run(cache_folder: Path) -> Any:
    """The compiled step, from where kernels are kept."""

    def go(given_inputs: Inputs, **asked: Any) -> Trajectory:
        return compiled.trajectories(graph(), given_inputs, kept=cache_folder, **asked)

    return go


def boundary() -> list[bool]:
    found = graph()
    ends = {each.id: each.is_boundary for each in found.text.accounts}
    return [ends[name.partition("/")[0]] for name in found.balances]


def assert_nobody_and_no_cent_is_lost(path: Trajectory) -> None:
    assert (path.people.sum(axis=2) == path.people[:, :1].sum(axis=2)).all()
    assert (path.money.sum(axis=2) == path.money[:, :1].sum(axis=2)).all()
    assert path.people.min() >= 0
    assert path.movers.min() >= 0
    assert path.money[:, :, ~np.array(boundary())].min() >= 0
    assert np.isfinite(path.level).all()


@CASES
@given(any_case, st.integers(0, 2**32))
def test_people_and_cents_are_conserved_to_the_last_by_exact_draws(run: Any, case: Inputs, seed: int) -> None:
    assert_nobody_and_no_cent_is_lost(run(case, seed=seed, first=0, runs=2))


@CASES
@given(any_case, st.integers(0, 2**32))
def test_people_and_cents_are_conserved_to_the_last_by_fixed_work(run: Any, case: Inputs, seed: int) -> None:
    assert_nobody_and_no_cent_is_lost(run(case, seed=seed, first=0, runs=2, draws="fast"))


@settings(CASES, max_examples=8)
@given(any_case, st.integers(0, 2**32))
def test_people_and_cents_are_conserved_to_the_last_in_arrays(case: Inputs, seed: int) -> None:
    """Arrays hold cents as floats, whole up to 2^53: fewer people and lower pay keep every sum below that."""
    fewer = replace(case, people=np.rint(case.people / 1000), groups=case.groups.copy())
    fewer.groups[:, :, fields.Group._fields.index("gross")] /= 100
    assert_nobody_and_no_cent_is_lost(vectors.run(graph(), fewer, seed=seed, runs=2))


@CASES
@given(any_case)
def test_plain_and_numba_give_the_same_bits(run: Any, case: Inputs) -> None:
    means = plain.run(graph(), case), run(case, seed=0, first=0, runs=1, draws="mean")
    key = stream.run_key(SEED, 3)
    counts = (
        plain.run(graph(), case, draw=binomial.binomial, key=(key.key0, key.key1)),
        run(case, seed=SEED, first=3, runs=1),
    )
    for one, other in (means, counts):
        for name in PARTS:
            assert np.array_equal(getattr(one, name), getattr(other, name)[0]), name


def together(cases: list[Inputs]) -> Inputs:
    """Cases as draws of one run: arrays are compiled for their shape."""
    names = ("people", "money", "level", "parameters", "outside", "weight", "groups")
    return replace(cases[0], **{name: np.concatenate([getattr(each, name) for each in cases]) for name in names})


@lru_cache(maxsize=1)
def many() -> Inputs:
    """A month of sixty cases of up to a million people a stratum, with the loops of the first.

    One month, from anywhere: where nearly all leave, what stays is the rounding of a difference, and a second month
    that divides by it has as many digits as that.
    """
    cases = together([a_case(seed, (0.0, 0.3, 0.9)[seed % 3]) for seed in range(60)])
    people = np.rint(cases.people / 100)
    return replace(cases, people=people, outside=cases.outside[:, :1], weight=cases.weight[:, :1])


def close(found: Array, expected: Array) -> bool:
    """Within 1e-12 of the largest value of its kind."""
    return bool(np.abs(found - expected).max() <= 1e-12 * max(1.0, np.abs(expected).max()))


def oracles() -> Iterator[tuple[int, Trajectory]]:
    for draw in range(many().draws):
        yield draw, plain.run(graph(), many().of_draw(draw))


@pytest.mark.parametrize("engine", [vectors.run, meanfield.run], ids=["numpy", "jax"])
def test_arrays_give_what_plain_python_gives(engine: Any) -> None:
    path = engine(graph(), many())
    for draw, oracle in oracles():
        for name in PARTS:
            assert close(getattr(path, name)[draw], getattr(oracle, name)), (draw, name)


def test_means_conserve_people_and_money_within_rounding() -> None:
    for draw, path in oracles():
        assert close(path.people.sum(axis=1), np.full(2, path.people[0].sum())), draw
        gap = np.abs(path.money.sum(axis=1) - path.money[0].sum()).max()
        assert gap <= 1e-12 * max(1.0, np.abs(path.money).max()) * len(graph().balances), draw
        least = path.people.min(), path.money[:, ~np.array(boundary())].min()
        assert least[0] >= -1e-12 * path.people.max(), draw
        assert least[1] >= -1e-12 * max(1.0, np.abs(path.money).max()), draw
