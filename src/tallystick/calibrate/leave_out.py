"""Which origins need a fit without them, and what a fit keeps of who says what.

Leaving an origin out is done by weighing the draws (`influence`). Where the weights rest on too few draws (Pareto k
above 0.7) the model is fitted again without the origin, from where its chains ended: of such weights not even the size
of a move can be trusted, so none is looked at first. Fits beside the main one are short, and each is judged by how well
its chains agree on the figures that a brief leads with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.influence import QUANTILES, RELIABLE_K
from tallystick.calibrate.origins import Origins
from tallystick.calibrate.psis import smoothed
from tallystick.calibrate.stacking import ITSELF, Predicted, from_refit, predicted
from tallystick.vocab.estimate import Diagnostics
from tallystick.vocab.trust import Leading

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
MOST = 3  # fits without one origin, three seconds of a processor each: of the others in doubt nothing is told


class Side(NamedTuple):
    """What a fit says of the leading figures, and whether its chains agree on them.

    said : (quantile, figure) by QUANTILES. error : the Monte Carlo standard error of each.
    """

    said: Array
    error: Array
    judged: Diagnostics


class Chosen(NamedTuple):
    """A fit under a named choice: how it predicts each origin, and which origins it heard."""

    side: Side
    predicted: Predicted
    held: Array


class Without(NamedTuple):
    """A fit without one origin. density : (chain, draw) log density of what that origin says."""

    side: Side
    density: Array


def in_doubt(log_density: Array, leading: Array, asked: Sequence[bool]) -> list[int]:
    """The origins to fit without, in order. asked : by origin, whether anything is told of what it moves.

    log_density : (draw, origin). leading : (draw, figure). Draws count as independent here, as wherever a move is told;
    comparing choices reads a longer tail (`stacking`), and may lose an origin that is not fitted without.
    """
    if not leading.shape[1]:
        return []
    doubt = [(smoothed(-each)[1], at) for at, each in enumerate(log_density.T) if asked[at]]
    return sorted(at for _, at in sorted((-k, at) for k, at in doubt if k > RELIABLE_K)[:MOST])


def side_of(leading: Array, judged: Diagnostics) -> Side:
    """The leading figures of a fit. leading : (chain, draw, figure)."""
    import arviz

    def error(drawn: Array, share: float) -> float:
        found = arviz.mcse(drawn, method="quantile", prob=share)  # type: ignore[no-untyped-call]  # as everywhere here
        return float(found)

    said = np.quantile(leading, QUANTILES, axis=(0, 1))
    errors = [error(each, share) for share in QUANTILES for each in np.moveaxis(leading, -1, 0)]
    return Side(said, np.reshape(errors, said.shape), judged)


def dataset(
    origins: Origins,
    log_density: Array,
    leading: Sequence[Leading],
    itself: Side,
    choices: Mapping[str, Chosen],
    without: Mapping[int, Without],
) -> xr.Dataset:
    """What is kept of who says what, for influence and stacking.

    log_density : (chain, draw, origin). itself : the main fit. without : by place of the origin.
    """
    import xarray as xr

    main = _settled(predicted(log_density), without)
    every = {ITSELF: Chosen(itself, main, np.ones(len(origins.names))), **choices}
    labels = [f"{one.id}|{one.host}|{one.period}|{one.part or ''}" for one in leading]
    return xr.Dataset(
        {
            "log_density": (("draw", "origin"), log_density.reshape(-1, len(origins.names)).astype(np.float32)),
            "predictive": (("choice", "origin"), np.stack([one.predicted.density for one in every.values()])),
            "predictive_error": (("choice", "origin"), np.stack([one.predicted.error for one in every.values()])),
            "predictive_k": (("choice", "origin"), np.stack([one.predicted.k for one in every.values()])),
            "held": (("choice", "origin"), np.stack([one.held for one in every.values()]).astype(np.int8)),
            **_told("choice", [one.side for one in every.values()], len(labels)),
            **_told("silent", [one.side for one in without.values()], len(labels)),
        },
        coords={
            "origin": list(origins.names), "choice": list(every), "figure": labels, "quantile": list(QUANTILES),
            "silent": [origins.names[at] for at in without],
        },
    )  # fmt: skip


def _told(axis: str, sides: Sequence[Side], figures: int) -> dict[str, tuple[tuple[str, ...], Array]]:
    shape, cell = (len(sides), len(QUANTILES), figures), (axis, "quantile", "figure")
    judged = [one.judged for one in sides]
    return {
        f"{axis}_said": (cell, np.reshape([one.said for one in sides], shape)),
        f"{axis}_error": (cell, np.reshape([one.error for one in sides], shape)),
        f"{axis}_mixed": ((axis,), np.array([one.passed for one in judged], dtype=np.int8)),
        f"{axis}_r_hat": ((axis,), np.array([one.r_hat_max for one in judged])),
        f"{axis}_ess": ((axis,), np.array([min(one.ess_bulk_min, one.ess_tail_min) for one in judged])),
    }


def _settled(main: Predicted, without: Mapping[int, Without]) -> Predicted:
    """Predictions of the main fit, those of origins that were fitted without as that fit gives them, if it mixed."""
    for at, (side, density) in without.items():
        main.density[at], main.error[at] = from_refit(density)
        main.k[at] = 0.0 if side.judged.passed else np.inf
    return main
