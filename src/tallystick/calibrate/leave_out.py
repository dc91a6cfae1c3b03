"""Which origins need a fit without them, and what a fit keeps of who says what.

Leaving an origin out is done by weighing the draws (`influence`). Where the weights rest on too few draws (Pareto k
above 0.7) and the figures that a brief leads with might move, the model is fitted again without the origin, from where
its chains ended. An origin whose weighed move is small is spared that: its number stands, marked as unreliable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.influence import RELIABLE_K, quantiles_without
from tallystick.calibrate.origins import Origins
from tallystick.calibrate.stacking import ITSELF, Predicted, from_refit, predicted
from tallystick.vocab.trust import Leading

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
MATTERS = 0.1  # of a leading figure's 80 % width: an origin that moves none by so much is not worth another fit


def in_doubt(log_density: Array, leading: Array) -> list[int]:
    """The origins to fit without. log_density : (draw, origin). leading : (draw, figure)."""
    if not leading.shape[1]:
        return []
    low, usual, high = np.quantile(leading, [0.1, 0.5, 0.9], axis=0)
    found = []
    for at, each in enumerate(log_density.T):
        without, k = quantiles_without(each, leading)
        if k > RELIABLE_K and np.abs((without[1] - usual) / (high - low)).max() >= MATTERS:
            found.append(at)
    return found


class Side:
    """What is kept of a fit beside the main one: how it predicts each origin, and which origins it heard."""

    def __init__(self, log_density: Array, held: Array) -> None:
        self.predicted, self.held = predicted(log_density), held


def dataset(
    origins: Origins,
    log_density: Array,
    leading: Sequence[Leading],
    sides: Mapping[str, Side],
    without: Mapping[int, tuple[Array, Array]],
) -> xr.Dataset:
    """What is kept of who says what, for influence and stacking.

    log_density : (draw, origin). without : by place of the origin, (draw,) log density of what it says and
    (draw, figure) leading figures, both under draws that did not hear it.
    """
    import xarray as xr

    main = _settled(predicted(log_density), {at: density for at, (density, _) in without.items()})
    every = {ITSELF: (main, np.ones(len(origins.names)))}
    every |= {id: (one.predicted, one.held) for id, one in sides.items()}
    labels = [f"{one.id}|{one.host}|{one.period}|{one.part or ''}" for one in leading]
    moved = np.stack([draws for _, draws in without.values()]) if without else np.empty((0, 0, len(labels)))
    return xr.Dataset(
        {
            "log_density": (("draw", "origin"), log_density.astype(np.float32)),
            "predictive": (("choice", "origin"), np.stack([one.density for one, _ in every.values()])),
            "predictive_error": (("choice", "origin"), np.stack([one.error for one, _ in every.values()])),
            "predictive_k": (("choice", "origin"), np.stack([one.k for one, _ in every.values()])),
            "held": (("choice", "origin"), np.stack([held for _, held in every.values()]).astype(np.int8)),
            "without": (("silent", "side_draw", "figure"), moved.astype(np.float32)),
        },
        coords={
            "origin": list(origins.names), "choice": list(every), "figure": labels,
            "silent": [origins.names[at] for at in without],
        },
    )  # fmt: skip


def _settled(main: Predicted, without: Mapping[int, Array]) -> Predicted:
    """Predictions of the main fit, those of origins that were fitted without as that fit gives them."""
    for at, density in without.items():
        main.density[at], main.error[at] = from_refit(density)
        main.k[at] = 0.0
    return main
