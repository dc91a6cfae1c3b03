"""Sketches merge exactly in any order, keep ranks, and are wrong by less than 0.4 % of a value's own size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from tallystick.scenarios.sketch import NOTHING, Sketch, bins_of, merged, sketch_of

Array = NDArray[np.float64]
RANKS = (0.0, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 1.0)
VALUES = st.floats(-1e17, 1e17, allow_nan=False)


def same(one: Sketch, other: Sketch) -> bool:
    return np.array_equal(one.keys, other.keys) and np.array_equal(one.counts, other.counts)


@given(hnp.arrays(np.float64, st.tuples(st.integers(1, 60), st.just(1)), elements=VALUES))
def test_a_quantile_is_the_value_of_its_rank_within_half_a_percent_of_itself(values: Array) -> None:
    for rank, found in zip(RANKS, sketch_of(values).quantiles(0, RANKS), strict=True):
        true = np.sort(values[:, 0])[int(rank * (len(values) - 1))]
        assert abs(found - true) <= max(abs(true) / 256, NOTHING)


@given(hnp.arrays(np.float64, (40, 3), elements=VALUES), st.permutations(range(40)), st.integers(1, 40))
def test_order_and_number_of_parts_change_no_byte(values: Array, order: list[int], parts: int) -> None:
    pieces = [sketch_of(piece) for piece in np.array_split(values[order], parts)]
    halves = [merged(pieces[::2]), merged(pieces[1::2])]
    assert same(merged(halves), sketch_of(values))


@pytest.mark.parametrize("value", [0.0, -0.0, 1e-10, -1e-10])
def test_zero_is_exactly_zero(value: float) -> None:
    assert sketch_of(np.array([[value]])).quantiles(0, [0.5]) == [0.0]


def test_bins_are_in_the_order_of_their_values() -> None:
    values = np.sort(np.concatenate([-np.geomspace(1e-8, 1e17, 5000), [0.0], np.geomspace(1e-8, 1e17, 5000)]))
    assert (np.diff(bins_of(values)) >= 0).all()


def test_no_value_is_counted_nowhere() -> None:
    sketch = sketch_of(np.array([[np.nan, 1.0], [2.0, np.nan]]))
    assert sketch.counts.tolist() == [1, 1]
    assert np.isnan(sketch_of(np.array([[np.nan]])).quantiles(0, RANKS)).all()


def test_a_sketch_grows_with_the_spread_of_values_and_not_with_their_number() -> None:
    chance = np.random.default_rng(1)
    sizes = [sketch_of(chance.lognormal(9, 0.35, (n, 1))).nbytes for n in (10_000, 1_000_000)]
    assert sizes[1] < 1.5 * sizes[0]
    assert sizes[1] < 10_000


def test_a_sketch_has_a_largest_size() -> None:
    chance = np.random.default_rng(1)
    values = chance.choice([-1, 1], (400_000, 1)) * 10 ** chance.uniform(-9, 18, (400_000, 1))
    assert sketch_of(values).nbytes <= 16 * 23_000
