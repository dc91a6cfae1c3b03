"""All engines run one text: the same step to the bit or to rounding, the same distribution where they count.

T9: people and money are conserved for any valid state and rates, exactly where they are counted.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from tallystick.stocks.chance import binomial, stream
from tallystick.stocks.check import checked
from tallystick.stocks.engines import compiled, meanfield, plain, vectors
from tallystick.stocks.inputs import PARTS, Inputs, Trajectory, check_inputs
from tallystick.vocab.errors import ModelError
from tests.stocks import small

GRAPH = checked(small.TEXT)
Array = NDArray[np.float64]


def rate(high: float) -> st.SearchStrategy[float]:
    return st.one_of(st.just(0.0), st.floats(1e-9, high))


@st.composite
def any_inputs(draw: st.DrawFn) -> Inputs:
    months = draw(st.integers(1, 8))
    persons = st.one_of(st.just(0), st.integers(1, 10), st.integers(1000, 10**7))
    group = st.tuples(st.sampled_from([0.0, 0.5, 1.0]), rate(5.0), rate(1.0))
    return small.inputs(
        months,
        people=[[draw(persons) for _ in range(5)]],
        money=[[0, 0, draw(st.integers(0, 10**9)), draw(st.integers(0, 10**9)) / 100, 0, 0]],
        parameters=[
            [draw(st.floats(1, 600)), draw(rate(1e5)), 5000, 1e6, draw(st.floats(0, 1)), 0.9, 0.001, draw(rate(1e4)), 1]
        ],
        outside=[[[draw(rate(1.0))] for _ in range(months)]],
        weight=[[[draw(rate(20.0)), draw(rate(20.0))] for _ in range(months)]],
        groups=[[draw(group) for _ in range(5)]],
        loops=[draw(st.sampled_from([0.0, 1.0]))],
    )


def close(found: Array, expected: Array) -> bool:
    """Equal within 1e-12 of the largest value of its kind."""
    return bool(np.abs(found - expected).max(initial=0.0) <= 1e-12 * max(1.0, np.abs(expected).max(initial=0.0)))


@settings(max_examples=60, deadline=None)
@given(any_inputs())
def test_plain_and_numba_agree_to_the_bit_on_the_deterministic_step(given_inputs: Inputs) -> None:
    one = plain.run(GRAPH, given_inputs)
    other = compiled.trajectories(GRAPH, given_inputs, seed=0, first=0, runs=1, draws="mean")
    for name in PARTS:
        assert np.array_equal(getattr(one, name), getattr(other, name)[0]), name


@settings(max_examples=60, deadline=None)
@given(any_inputs())
def test_plain_and_numba_agree_to_the_bit_where_they_count(given_inputs: Inputs) -> None:
    key = stream.run_key(7, 3)
    one = plain.run(GRAPH, given_inputs, draw=binomial.binomial, key=(key.key0, key.key1))
    other = compiled.trajectories(GRAPH, given_inputs, seed=7, first=3, runs=1)
    for name in PARTS:
        assert np.array_equal(getattr(one, name), getattr(other, name)[0]), name


@settings(max_examples=25, deadline=None)
@given(any_inputs())
def test_arrays_agree_with_plain_python_within_rounding(given_inputs: Inputs) -> None:
    one = plain.run(GRAPH, given_inputs)
    for engine in (vectors.run(GRAPH, given_inputs), meanfield.run(GRAPH, given_inputs)):
        for name in PARTS:
            assert close(getattr(engine, name)[0], getattr(one, name)), name


@settings(max_examples=60, deadline=None)
@given(any_inputs(), st.integers(0, 2**32))
def test_people_and_cents_are_conserved_exactly_where_they_are_counted(given_inputs: Inputs, seed: int) -> None:
    numba = compiled.trajectories(GRAPH, given_inputs, seed=seed, first=0, runs=3)
    numpy = vectors.run(GRAPH, given_inputs, seed=seed, runs=3)
    for path in (numba, numpy):
        assert (path.people.sum(axis=2) == path.people[:, :1].sum(axis=2)).all()
        assert (path.money.sum(axis=2) == path.money[:, :1].sum(axis=2)).all()
        assert path.people.min() >= 0
        assert path.money[:, :, 1:].min() >= 0  # all but the boundary, where money comes from


@settings(max_examples=60, deadline=None)
@given(any_inputs())
def test_people_and_money_are_conserved_within_rounding_where_they_are_means(given_inputs: Inputs) -> None:
    for path in (plain.run(GRAPH, given_inputs), meanfield.run(GRAPH, given_inputs)):
        people, money = np.atleast_3d(path.people).reshape(-1, 5), path.money.reshape(-1, 6)
        assert close(people.sum(axis=1), np.full(len(people), people[0].sum()))
        assert np.abs(money.sum(axis=1) - money[0].sum()).max() <= 1e-12 * max(1.0, np.abs(money).max()) * 6
        assert people.min() >= -1e-9
        assert path.level.min() >= 0


def test_money_of_a_month_closes_by_hand() -> None:
    """One month: 30 cents of each USD of pay are booked to those present at its end, the rest and 120 a head taken."""
    path = plain.run(GRAPH, small.inputs(1))
    near, far = path.people[1][1:3]
    departed, taken = path.movers[0][:2].sum(), 120 * path.movers[0][:2].sum()
    firms, state, owed_near, owed_far, paid, unpaid = path.money[1]
    assert np.isclose(state, 350 * (near + far) + taken)
    assert np.isclose(firms, -500 * (near + far) - taken)
    ended, died, moved = (path.movers[0][[2, 3, 4]] / 500) * 1000
    assert np.isclose(owed_near, 1000 - ended - died - moved + 150 * near)
    assert np.isclose(paid, 0.4 * (ended + 2000.55 * path.movers[0][5] / 700))
    assert np.isclose(owed_far + paid + unpaid + owed_near, 3000.55 + 150 * (near + far))
    assert departed > 0


def ensembles(runs: int) -> tuple[Trajectory, Trajectory]:
    given_inputs = small.inputs(24)
    return (
        compiled.trajectories(GRAPH, given_inputs, seed=11, first=0, runs=runs),
        vectors.run(GRAPH, given_inputs, seed=12, runs=runs),
    )


def smallest_p(one: Array, other: Array) -> float:
    """The smallest p of two-sample Kolmogorov-Smirnov tests of every column that varies, times their number."""
    columns = [at for at in range(one.shape[1]) if np.ptp(one[:, at]) > 0]
    return min(stats.ks_2samp(one[:, at], other[:, at]).pvalue for at in columns) * len(columns)


def test_ensembles_of_numba_and_numpy_agree_in_distribution() -> None:
    """2,000 runs each, all strata and balances at three months. Power: see the next test."""
    one, other = ensembles(2000)
    for month in (3, 12, 24):
        assert smallest_p(one.people[:, month], other.people[:, month]) > 1e-3
        assert smallest_p(one.money[:, month], other.money[:, month]) > 1e-3


def test_a_rate_off_by_two_per_cent_would_have_been_seen() -> None:
    off = small.inputs(24, parameters=[[10 / 1.02, 500, 5000, 1e6, 0.4, 0.9, 0.001, 120, 1]])
    one = compiled.trajectories(GRAPH, small.inputs(24), seed=11, first=0, runs=2000)
    other = vectors.run(GRAPH, off, seed=12, runs=2000)
    assert smallest_p(one.people[:, 24], other.people[:, 24]) < 1e-3


def test_without_feedback_the_mean_field_is_the_mean_of_the_ensemble() -> None:
    """Rates that depend on no state make the step linear in persons: then, and only then, the two means are one."""
    given_inputs = small.inputs(24, loops=[0])
    means = meanfield.run(GRAPH, given_inputs).people[0, -1]
    runs = compiled.trajectories(GRAPH, given_inputs, seed=5, first=0, runs=4000).people[:, -1]
    error = runs.std(axis=0) / np.sqrt(len(runs))
    assert (np.abs(runs.mean(axis=0) - means) <= 4 * error + 1e-9).all()


def test_runs_do_not_depend_on_how_they_are_divided() -> None:
    whole = compiled.trajectories(GRAPH, small.inputs(12), seed=3, first=0, runs=10)
    parts = [compiled.trajectories(GRAPH, small.inputs(12), seed=3, first=first, runs=5) for first in (0, 5)]
    assert np.array_equal(whole.people, np.concatenate([part.people for part in parts]))
    assert np.array_equal(whole.money, np.concatenate([part.money for part in parts]))


def test_the_mean_field_has_gradients() -> None:
    import jax

    jax.config.update("jax_enable_x64", True)
    given_inputs = small.inputs(12)
    path = meanfield.path_of(GRAPH)

    def owed(wage: float) -> jax.Array:
        par = jax.numpy.asarray(given_inputs.parameters[0]).at[1].set(wage)
        of = given_inputs
        return path(of.people[0], of.money[0], of.level[0], par, of.outside[0], of.weight[0], of.groups[0], of.loops)[
            1
        ][-1, 2]

    step = 0.01
    by_differences = (owed(500 + step) - owed(500 - step)) / (2 * step)
    assert np.isclose(jax.grad(owed)(500.0), by_differences, rtol=1e-7)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": [[1, 2, 3]]}, "people has shape"),
        ({"people": [[-1, 0, 0, 0, 0]]}, "pool: starts below zero persons"),
        ({"people": [[float("inf"), 0, 0, 0, 0]]}, "people holds a number that is not finite"),
        ({"level": [[-1.0]]}, "jobs: starts outside 0 to inf"),
        ({"weight": np.full((1, 3, 2), -0.1)}, "depart: pool > abroad/near: has a weight below zero"),
        ({"outside": np.ones((2, 3, 1))}, "outside has 2 draws, not 1 or 1"),
        ({"loops": [1, 1]}, "loops has shape"),
        ({"loops": [1.5]}, "Loops.crowding: is 1.5, outside 0 to 1"),
        ({"outside": np.full((1, 3, 1), -0.1)}, "Outside.open: is -0.1, outside 0 to 1"),
        ({"parameters": [[10, 500, 5000, 1e6, 1.2, 0.9, 0.001, 120, 1]]}, "Parameters.paid: is 1.2, outside 0 to 1"),
        ({"groups": np.full((1, 5, 3), 6.0)}, "Group.near: is 6, outside 0 to 1"),
        ({"level": [[float("nan")]]}, "level holds a number that is not finite"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        check_inputs(GRAPH, small.inputs(3, **changes))


def test_people_in_32_bits_are_the_same_people() -> None:
    asked = {"seed": 5, "first": 2, "runs": 3}
    narrow = compiled.trajectories(GRAPH, small.inputs(12), **asked, keep=("people",), narrow=True)
    assert narrow.people.dtype == np.int32
    assert np.array_equal(narrow.people, compiled.trajectories(GRAPH, small.inputs(12), **asked).people)


def test_more_people_than_32_bits_hold_are_refused() -> None:
    crowd = small.inputs(12)
    crowd = replace(crowd, people=crowd.people + 2.0**31)
    with pytest.raises(ValueError, match="32 bits"):
        compiled.trajectories(GRAPH, crowd, seed=5, first=0, runs=1, narrow=True)
