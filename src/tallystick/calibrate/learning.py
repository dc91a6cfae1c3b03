"""What a fit has learnt of how asserters err and of all else that the model does not know, and what it was only told.

Every unknown has a stated prior. Where the posterior is nearly as wide as the prior, the data did not tell, and no
output may call such a number learnt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.fit import model_for
from tallystick.calibrate.model import GROUPS
from tallystick.calibrate.unknowns import Unknown
from tallystick.reconcile.account import Account
from tallystick.vocab.programme import Programme

OF_FLIGHT = ("flee", "rescue_level", "rescue_slope")  # the equations need them, no published file has them
UNTOLD = frozenset({*OF_FLIGHT, "harm"})  # nor is it told what was learnt of them, or of death
OF_CLASSES = ("class_scale", "class_bias")  # which `learning` tells by the class
OF_TABLES = "report_error"  # luck of one table each, of which there is nothing to learn
EIGHTY = 1.2815515594457831  # standard deviations from the middle of a normal to the ends of its central 80 %
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


class Spread(NamedTuple):
    """Median and central 80 %, on the natural scale."""

    lower_80: float
    median: float
    upper_80: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """One unknown of the model, or one part of it, before and after the evidence.

    part : from 1 on, of `parts`: a node in time, a country, a term. ratio : standard deviation of the posterior over
    that of the prior, on the scale on which the prior is normal.
    """

    unknown: str
    part: int
    parts: int
    prior: Spread
    posterior: Spread
    ratio: float

    @property
    def learnt(self) -> bool:
        """Whether the evidence narrowed it enough to be told as a result."""
        return self.ratio <= LEARNT


def narrowed(
    programme: Programme, account: Account, unknowns: Mapping[str, NDArray[np.float64]]
) -> tuple[Narrowed, ...]:
    """Every unknown in the model's order, but those of asserters, of single tables, and UNTOLD.

    unknowns : the fit's draws by name, (draw,) or (draw, part).
    """
    skipped = {*UNTOLD, *OF_CLASSES, OF_TABLES}
    layout = model_for(programme, account.observations).layout
    return tuple(
        row for one in layout.unknowns if one.name not in skipped for row in _parts(one, unknowns[one.name])
    )  # fmt: skip


def _parts(unknown: Unknown, values: NDArray[np.float64]) -> list[Narrowed]:
    draws, middle = values.reshape(len(values), -1), np.array(unknown.location)
    widths = np.array(unknown.width)
    sd = np.sqrt(np.cumsum(widths**2)) if unknown.transform == "steps" else widths  # of a level, all steps up to it
    ends = [_natural(unknown, middle + at * sd) for at in (-EIGHTY, 0.0, EIGHTY)]
    ratio = _scaled(unknown, draws).std(axis=0) / sd
    found = np.quantile(draws, [0.1, 0.5, 0.9], axis=0)
    return [
        Narrowed(
            unknown=unknown.name, part=at + 1, parts=unknown.size, prior=Spread(*(float(end[at]) for end in ends)),
            posterior=Spread(*(float(end) for end in found[:, at])), ratio=float(ratio[at]),
        )
        for at in range(unknown.size)
    ]  # fmt: skip


def _scaled(unknown: Unknown, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """On the scale on which the prior is normal."""
    if unknown.transform == "identity":
        return values
    return np.asarray(np.log(values / (1 - values)) if unknown.transform == "logit" else np.log(values))


def _natural(unknown: Unknown, scaled: NDArray[np.float64]) -> NDArray[np.float64]:
    if unknown.transform == "identity":
        return scaled
    return np.asarray(1 / (1 + np.exp(-scaled)) if unknown.transform == "logit" else np.exp(scaled))
