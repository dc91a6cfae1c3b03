"""What a fit has learnt of how asserters err, and what it has only been told.

Scales and leans of asserter classes have stated priors. Where the posterior is nearly as wide as the prior, the data
did not tell, and no output may call such a number learnt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.model import GROUPS
from tallystick.vocab.programme import Programme

LEARNT = 0.8  # learnt where the posterior's standard deviation is at most this part of the prior's
SCALE = "scale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """One number of a class before and after the evidence.

    quantity : `scale` (log of a figure's standard deviation) or a group of measures, for the common lean on these.
    prior, posterior : mean and standard deviation, on the log scale.
    """

    asserter_class: str
    quantity: str
    prior: tuple[float, float]
    posterior: tuple[float, float]

    @property
    def learnt(self) -> bool:
        """Whether the evidence narrowed it enough to be told as a result."""
        return self.posterior[1] <= LEARNT * self.prior[1]


def learning(programme: Programme, unknowns: Mapping[str, NDArray[np.float64]]) -> tuple[Learning, ...]:
    """Scale, then leans, of each class in the order of the file.

    unknowns : the fit's, with `class_scale` and `class_bias` (draw, slot).
    """
    scales, leans = np.log(unknowns["class_scale"]), unknowns["class_bias"]
    spread, rows = float(programme.tables["model"]["likelihood"]["class_scale_sd"]), []
    for place, one in enumerate(programme.asserter_classes.values()):
        rows.append(_row(one.id, SCALE, (float(np.log(one.scale)), spread), scales[:, place]))
        for slot, group in enumerate(GROUPS):
            rows.append(_row(one.id, group, (0.0, one.bias_sd), leans[:, place * len(GROUPS) + slot]))
    return tuple(rows)


def _row(name: str, quantity: str, prior: tuple[float, float], draws: NDArray[np.float64]) -> Learning:
    return Learning(
        asserter_class=name, quantity=quantity, prior=prior, posterior=(float(draws.mean()), float(draws.std()))
    )
