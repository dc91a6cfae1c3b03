"""Origins that agree with each other, and what they do together: the flag for colluding sources.

One origin counts once however often it is copied, but several origins that say the same may be one source behind
several names. A bloc is three voices or more that give, within a quarter, one figure for one quantity of one host
within two years. Agreement is no fault: it is also what good witnesses look like. A bloc is flagged where the account
hangs on it: without it, a headline median would move by more than half of its 80 % interval, or its figure would lie
outside what all others leave for that figure, or so much hangs on it that the draws of the fit cannot tell. A reader is
then told who agrees, on what, and against whom; nothing is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.influence import RELIABLE_K, expected_of, in_the_open
from tallystick.calibrate.reweighed import Watch, smoothed
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Bloc

Array = NDArray[np.float64]
VOICES = 3  # fewer that agree are no bloc
AGREE = np.log(1.25)  # a quarter above the lowest of them at most: readers take such figures for one
NEAR_YEARS = 2  # the middle of each period lies within half of this, before or after, of that of the lowest figure
HALF = 0.5  # of an 80 % interval
OUTSIDE = 0.01  # two-sided: outside the 99 % interval of what all others leave


def blocs(programme: Programme, account: Account, fit: Any) -> tuple[Bloc, ...]:
    """Every bloc among the claims of a fit, the most moving first."""
    observed = [account.observations[at] for at in in_the_open(programme, account.observations)]
    centre, _ = expected_of(fit, observed)
    watch, says = Watch(programme, fit.draws), said_of(fit.origins)
    found = [bloc_of(watch, observed, places, says, centre) for places in agreeing(observed)]
    return tuple(sorted(found, key=lambda one: (-one.move, one.claims)))


def said_of(origins: Any) -> dict[str, Array]:
    """(draw,) log density of all that each voice says, by its name."""
    densities = np.asarray(origins.log_density.values, dtype=float)
    return dict(zip(origins.origin.values.tolist(), densities.T, strict=True))


def agreeing(observed: Sequence[Observation], apart: frozenset[str] = frozenset()) -> list[tuple[int, ...]]:
    """Places of the claims of each bloc; measures `apart` are not looked at."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(observed):
        if one.measure not in apart and figure(one) is not None:
            groups[one.measure, one.host, one.unit].append(at)
    return [bloc for places in groups.values() for bloc in _largest(list(_runs(observed, places)), observed)]


def figure(one: Observation) -> float | None:
    """The figure that a claim gives; of a range its geometric middle, of a bound none."""
    if one.low is not None and one.high is not None:
        return float(np.sqrt(one.low * one.high))
    return one.point


def _runs(observed: Sequence[Observation], places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """From each claim up: all with a figure at most AGREE above its own that lie near it in time."""
    logs = {at: float(np.log(figure(observed[at]) or np.nan)) for at in places}
    for first in places:
        near = [at for at in places if abs(_middle(observed[at]) - _middle(observed[first])) <= NEAR_YEARS / 2]
        yield tuple(sorted(at for at in near if 0 <= logs[at] - logs[first] <= AGREE))


def _middle(one: Observation) -> float:
    return (one.start.toordinal() + one.end.toordinal()) / 2 / 365.25


def _largest(runs: Sequence[tuple[int, ...]], observed: Sequence[Observation]) -> list[tuple[int, ...]]:
    """The runs with enough voices that lie in no other."""
    enough = {run for run in runs if len({observed[at].voice for at in run}) >= VOICES}
    return sorted(run for run in enough if not any(set(run) < set(other) for other in enough))


def bloc_of(
    watch: Watch, observed: Sequence[Observation], places: tuple[int, ...], says: Mapping[str, Array], centre: Array
) -> Bloc:
    """What the draws say of these claims. says : of each voice, as `said_of`. centre : (draw, claim)."""
    members = [observed[at] for at in places]
    voices = tuple(dict.fromkeys(one.voice for one in members))
    without = -np.sum([says[voice] for voice in voices], axis=0)
    moved, (weights, _) = watch.moved(without), smoothed(without)
    figures = [figure(one) or np.nan for one in members]
    expects = centre[:, list(places)].mean(axis=1)
    above = float(weights[expects > np.log(figures).mean()].sum())
    order = np.argsort(expects)
    middle = expects[order][int((np.cumsum(weights[order]) < 0.5).sum())]
    reliable, tail = moved.k <= RELIABLE_K, 2 * min(above, 1 - above)
    return Bloc(
        claims=tuple(one.claim for one in members),
        voices=voices,
        measure=members[0].measure,
        host=members[0].host,
        low=min(figures),
        high=max(figures),
        unit=members[0].unit,
        factor=float(np.exp(np.log(figures).mean() - middle)),
        tail=tail,
        move=moved.most,
        on=watch.labels[moved.worst],
        reliable=reliable,
        flagged=not reliable or moved.most > HALF or tail < OUTSIDE,
    )
