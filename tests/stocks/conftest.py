"""The functions that stocks need of a library, for each of the three that tests run them with."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tallystick.stocks.people import Ops


def _months(values: np.ndarray) -> np.ndarray:
    return np.cumsum(values, axis=-1)


@pytest.fixture(scope="session")
def plain() -> Ops:
    """Plain Python floats: one month at a time, so nothing to sum along."""
    return Ops(math.exp, math.expm1, math.log, sum)


@pytest.fixture(scope="session")
def with_numpy() -> Ops:
    return Ops(np.exp, np.expm1, np.log, _months)


@pytest.fixture(scope="session")
def with_jax() -> Ops:
    from tallystick.calibrate.engine import prepare

    prepare()
    import jax.numpy as jnp

    return Ops(jnp.exp, jnp.expm1, jnp.log, lambda values: jnp.cumsum(values, axis=-1))
