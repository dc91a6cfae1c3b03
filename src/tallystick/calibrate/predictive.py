"""Whether the figures that were published look like figures that the fitted model would have made.

Each figure is laid against what the model expects of such a figure from all other voices: where in that distribution it
falls is its probability integral transform (PIT), even between 0 and 1 if the model's errors are of the right size.
Leaving a voice out is done by weighing the draws (`reweighed`; Vehtari, Gelman and Gabry 2017,
doi:10.1007/s11222-016-9696-4), and the error that its table shares is then unknown again; where the weights are too
uneven nothing is left out, and that is counted. Floors and ceilings give no figure and stand aside.

The same is asked of the prior alone, which heard nothing: whether it thought possible what was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.across import expected_across
from tallystick.calibrate.blocs import Readings, figure, readings_of, said_of
from tallystick.calibrate.fit import prepare
from tallystick.calibrate.influence import RELIABLE_K, in_the_open
from tallystick.calibrate.psis import smoothed
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
LEVELS = (0.5, 0.8, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a figure falls in what is expected of it: `pit` from 0 to 1; `left_out` False where its voice is in."""

    claim: str
    measure: str
    asserter_class: str
    pit: float
    left_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures of one kind: how many, the shares inside the central intervals of LEVELS, the mean of their places."""

    name: str
    figures: int
    inside: tuple[float, ...]
    mean: float
    left_out: int  # figures whose voice could be left out


def placed(programme: Programme, account: Account, fit: Any) -> tuple[Placed, ...]:
    """Every used claim with a figure, but those of what is never told."""
    places = in_the_open(programme, account.observations)
    observed = [account.observations[at] for at in places]
    says, readings = said_of(fit.origins), readings_of(programme, account, fit, places)
    return tuple(
        _placed(programme, one, at, says[one.voice], readings)
        for at, one in enumerate(observed)
        if figure(one) is not None
    )


def placed_before(programme: Programme, account: Account, draws: int, seed: int) -> tuple[Placed, ...]:
    """The same claims in what so many draws of the prior lead one to expect, with all errors of who claims."""
    ready = prepare(programme, account.observations)
    z = np.random.default_rng(seed).standard_normal((draws, ready.model.layout.size))
    said, alike = expected_across(z, ready.model, ready.data), np.zeros(draws)  # the errors of tables are in `said`
    return tuple(
        Placed(
            claim=one.claim, measure=one.measure, asserter_class=one.asserter_class, left_out=True,
            pit=float(chance_below(programme, one, said.centre[:, at], said.scale[:, at], alike).mean()),
        )
        for at in in_the_open(programme, ready.observations)
        if figure(one := ready.observations[at]) is not None
    )  # fmt: skip


def _placed(programme: Programme, one: Observation, at: int, says: Array, readings: Readings) -> Placed:
    weights, k = smoothed(-says)
    left_out = k <= RELIABLE_K
    centre, scale, error, step = (part[:, at] for part in readings)
    if left_out:  # what its table shares is unknown without it
        pit = float(weights @ chance_below(programme, one, centre - error, scale, step))
    else:
        pit = float(chance_below(programme, one, centre, scale, np.zeros(len(weights))).mean())
    return Placed(
        claim=one.claim, measure=one.measure, asserter_class=one.asserter_class, pit=pit, left_out=left_out
    )  # fmt: skip


def chance_below(programme: Programme, one: Observation, centre: Array, scale: Array, step: Array) -> Array:
    """(draw,) chance of a figure below; of a range, the mean of the chances at its ends. All on the log scale."""
    from scipy.special import ndtr

    likelihood = programme.tables["model"]["likelihood"]
    rare, wide = likelihood["outlier_share"], likelihood["outlier_widen"]
    usual, outlier = np.hypot(scale, step), np.hypot(scale * wide, step)
    ends = (one.low, one.high) if one.low and one.high else (figure(one) or np.nan,)
    away = [np.log(end) - centre for end in ends]
    return np.asarray(np.mean([(1 - rare) * ndtr(z / usual) + rare * ndtr(z / outlier) for z in away], axis=0))


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
        left_out=sum(one.left_out for one in found),
    )
