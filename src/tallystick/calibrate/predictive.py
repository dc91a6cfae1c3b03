"""Whether the figures that were published look like figures that the fitted model would have made.

Each figure is laid against what the model expects of such a figure from all other voices: where in that distribution it
falls is its probability integral transform (PIT), even between 0 and 1 if the model's errors are of the right size.
Leaving a voice out is done by weighing the draws (`reweighed`; Vehtari, Gelman and Gabry 2017,
doi:10.1007/s11222-016-9696-4); where those weights are too uneven the figure alone is left out, and where these are
too, nothing is, and that is counted. Floors and ceilings give no figure and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.blocs import figure
from tallystick.calibrate.influence import RELIABLE_K, flat, speaks_beside_nothing
from tallystick.calibrate.reweighed import smoothed
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
LEVELS = (0.5, 0.8, 0.95)
Without = Literal["voice", "figure", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a figure falls in what is expected of it: `pit` from 0 to 1, and what that was expected without."""

    claim: str
    measure: str
    asserter_class: str
    pit: float
    without: Without


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures of one kind: how many, the shares inside the central intervals of LEVELS, the mean of their places."""

    name: str
    figures: int
    inside: tuple[float, ...]
    mean: float
    figure_out: int  # of which only the figure could be left out
    nothing_out: int


def placed(programme: Programme, account: Account, fit: Any) -> tuple[Placed, ...]:
    """Every used claim with a figure, but those of what is shown alone."""
    apart, observed = speaks_beside_nothing(programme), account.observations
    predicted = fit.idata.posterior_predictive
    likelihood = flat(fit.idata.log_likelihood["claims"])
    below = _below(programme, observed, flat(predicted["centre"]), flat(predicted["scale"]))
    return tuple(_placed(observed, at, likelihood, below) for at in _figures(observed, apart))


def _figures(observed: Sequence[Observation], apart: frozenset[str]) -> Iterator[int]:
    return (at for at, one in enumerate(observed) if one.measure not in apart and figure(one) is not None)


def _placed(observed: Sequence[Observation], at: int, likelihood: Array, below: Array) -> Placed:
    pit, without = _without(observed, at, likelihood, below[:, at])
    one = observed[at]
    return Placed(
        claim=one.claim, measure=one.measure, asserter_class=one.asserter_class, pit=pit, without=without
    )  # fmt: skip


def _without(observed: Sequence[Observation], at: int, likelihood: Array, below: Array) -> tuple[float, Without]:
    """The mean of `below` (draw,) without the figure's voice, or as much of it as can be told."""
    voice = [place for place, other in enumerate(observed) if other.voice == observed[at].voice]
    tries: tuple[tuple[Without, list[int]], ...] = (("voice", voice), ("figure", [at]))
    for name, silent in tries:
        weights, k = smoothed(-likelihood[:, silent].sum(axis=1))
        if k <= RELIABLE_K:
            return float(weights @ below), name
    return float(below.mean()), "nothing"


def _below(programme: Programme, observed: Sequence[Observation], centre: Array, scale: Array) -> Array:
    """(draw, claim) chance of a figure below; of a range or a rounded figure, the mean of the chances at its ends."""
    from scipy.special import ndtr

    likelihood = programme.tables["model"]["likelihood"]
    rare, wide = likelihood["outlier_share"], likelihood["outlier_widen"]

    def chance(figures: list[float]) -> Array:
        z = (np.log(figures) - centre) / scale
        return np.asarray((1 - rare) * ndtr(z) + rare * ndtr(z / wide))

    ends = [(one.low, one.high) if one.low and one.high else (figure(one) or 1.0,) * 2 for one in observed]
    return (chance([float(low) for low, _ in ends]) + chance([float(high) for _, high in ends])) / 2


def grouped(found: Iterable[Placed], by: str) -> tuple[Group, ...]:
    """Groups by a field of Placed, in order of size; the first holds all."""
    every = tuple(found)
    names = dict.fromkeys(getattr(one, by) for one in every)
    groups = [_group(name, [one for one in every if getattr(one, by) == name]) for name in names]
    return (_group("all", every), *sorted(groups, key=lambda one: (-one.figures, one.name)))


def _group(name: str, found: Sequence[Placed]) -> Group:
    pit = np.array([one.pit for one in found])
    return Group(
        name=name,
        figures=len(found),
        inside=tuple(float((np.abs(pit - 0.5) <= level / 2).mean()) for level in LEVELS),
        mean=float(pit.mean()),
        figure_out=sum(one.without == "figure" for one in found),
        nothing_out=sum(one.without == "nothing" for one in found),
    )
