"""A predictive distribution of the natural log of a figure, as a weighted mixture of normals.

Every forecaster gives one: the system a component for each draw and future, a plain baseline a single component.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Mixture(NamedTuple):
    """Normals on the log scale; each (component,).

    weight : sums to 1. centre, sd : of the natural log of the figure; every sd above 0.
    """

    weight: Array
    centre: Array
    sd: Array
