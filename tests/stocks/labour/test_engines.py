"""The text in every engine of expected numbers: one answer, and a gradient that is finite everywhere."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.calibrate.engine import prepare
from tallystick.stocks.engines import meanfield, vectors
from tallystick.stocks.inputs import Trajectory
from tallystick.stocks.labour import fields
from tallystick.stocks.labour.signals import signals
from tests.stocks.labour.made import World, now_of, world

PULLED = {"listing": 0.5, "council": 0.3, "news": 0.4, "direct_pay": 0.2, "in_kind": 0.3, "ordered": 1.0}


@pytest.fixture(scope="module")
def one() -> World:
    return world(36).but(outside=PULLED)


@pytest.fixture(scope="module")
def oracle(one: World) -> Trajectory:
    return one.run()


def same(found: Trajectory, oracle: Trajectory) -> None:
    for name in ("people", "money", "level"):
        ours, theirs = getattr(found, name), getattr(oracle, name)
        np.testing.assert_allclose(ours.reshape(theirs.shape), theirs, rtol=1e-11, atol=1e-6, err_msg=name)


def test_arrays_give_what_plain_python_gives(one: World, oracle: Trajectory) -> None:
    same(vectors.run(one.graph, one.inputs), oracle)


def test_the_mean_field_gives_what_plain_python_gives(one: World, oracle: Trajectory) -> None:
    prepare()
    same(meanfield.run(one.graph, one.inputs), oracle)


def test_slopes_are_finite_where_levers_and_loops_begin() -> None:
    """At the reference itself, where bounded forms and the smaller of two have their corners."""
    prepare()
    import jax
    import jax.numpy as jnp

    still, kinds = world(1), (fields.Now, fields.Outside, fields.Parameters)
    at = (now_of(still.graph, still.inputs), still.inputs.outside[0, 0], still.inputs.parameters[0])
    on = fields.Loops(*(1.0 for _ in fields.Loops._fields))

    def all_signals(*parts: jax.Array) -> jax.Array:
        records = (kind(*part) for kind, part in zip(kinds, parts, strict=True))
        return jnp.stack(signals(*records, on, vectors.ops_of(jnp)))

    slopes = jax.jit(jax.jacrev(all_signals, argnums=(0, 1, 2)))(*(jnp.array(part, dtype=float) for part in at))
    assert all(np.isfinite(slope).all() for slope in slopes)
    row, column = fields.Signals._fields.index("depart"), fields.Now._fields.index("vacancies")
    assert slopes[0][row, column] == pytest.approx(0.4 / 20_400, rel=1e-9)  # pull over vacancies and the floor
