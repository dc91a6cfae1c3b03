"""Claims as the model itself would make them: a planted truth, and what the programme's sources would then have said.

Everything about a claim is kept but its figure: what it speaks of, its window, its asserter's class, the table that it
shares an error with, and how it is worded. So the density that a fit uses is exactly the distribution that the
simulated figures come from, and intervals must hold the planted truth as often as they say:

    point             the simulated reading
    at least, up to   the threshold is a matter of design; which side is reported is what happened
    range, rounded    the log axis is cut into cells of the claim's own width, one of them the claim's own range or
                      rounding interval; reported is the cell that holds the simulated reading
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.density import Terms, expected
from tallystick.calibrate.model import Model
from tallystick.calibrate.observe import KINDS, OPEN, Data

Array = NDArray[np.float64]
POINT, AT_LEAST, UP_TO, RANGE, ROUNDED = map(KINDS.index, ("point", "at_least", "up_to", "range", "rounded"))


def plant(generator: np.random.Generator, model: Model) -> Array:
    """(unknown,) standard normals: one truth, drawn from the prior."""
    return generator.standard_normal(model.layout.size)


def simulate(truth: Array, terms: Terms, model: Model, data: Data, generator: np.random.Generator) -> Terms:
    """The terms of a fit to simulated figures; `terms` gives the priors and the real figures' design."""
    return worded(readings(truth, terms, model, data, generator), terms, data)


def worded(read: Array, terms: Terms, data: Data) -> Terms:
    """Terms in which each source words what it read, (claim,) logs, as it words its real figure."""
    low, high = _bounds(read, terms, data)
    return terms._replace(point=np.where(data.kind == POINT, read, terms.point), low=low, high=high)


def readings(truth: Array, terms: Terms, model: Model, data: Data, generator: np.random.Generator) -> Array:
    """(claim,) logs of what each source finds, before it words it."""
    centre, scale = expected(truth, terms, model, data, np)
    return np.asarray(centre + errors(scale, model, generator))


def errors(scale: Array, model: Model, generator: np.random.Generator) -> Array:
    """Errors on the log scale, in the shape of `scale`: normal ones, a share of them `outlier_widen` times as wide."""
    rare, wide = model.likelihood["outlier_share"], model.likelihood["outlier_widen"]
    widen = np.where(generator.random(scale.shape) < rare, wide, 1.0)
    return np.asarray(scale * widen * generator.standard_normal(scale.shape))


def _bounds(read: Array, terms: Terms, data: Data) -> tuple[Array, Array]:
    threshold = np.where(data.kind == AT_LEAST, terms.low, terms.high)
    above, one_sided = read >= threshold, (data.kind == AT_LEAST) | (data.kind == UP_TO)
    ranged = (data.kind == RANGE) | (data.kind == ROUNDED)
    width = np.where(ranged, terms.high - terms.low, 1.0)
    shift = np.where(ranged, np.floor((read - terms.low) / width) * width, 0.0)
    low = np.where(one_sided, np.where(above, threshold, -OPEN), terms.low + shift)
    high = np.where(one_sided, np.where(above, OPEN, threshold), terms.high + shift)
    return low, high
