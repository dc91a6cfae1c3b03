"""What claims would say under many draws at once, compiled and batched."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.density import Expected, expected, terms_of
from tallystick.calibrate.fit import BATCH
from tallystick.calibrate.model import Model
from tallystick.calibrate.observe import Data


def expected_across(z: NDArray[np.float64], model: Model, data: Data) -> Expected:
    """(draw, claim) what `density.expected` gives for each row of z, (draw, unknown) standard normals."""
    import jax
    import jax.numpy as jnp

    terms = terms_of(model, data)
    batch = jax.jit(jax.vmap(lambda row: expected(row, terms, model, data, jnp)))
    pieces = [batch(z[at : at + BATCH]) for at in range(0, len(z), BATCH)]
    return Expected(*(np.concatenate([np.asarray(each) for each in field]) for field in zip(*pieces, strict=True)))
