"""Origins that agree with each other, and what they do together: the flag for colluding sources.

One origin counts once however often it is copied, but several origins that say the same may be one source behind
several names. A bloc is three voices or more that give, within a quarter, one figure for one quantity of one host
within two years. Agreement is no fault: it is also what good witnesses look like. A bloc is flagged where the account
hangs on it: without it, a headline median would move by more than half of its 80 % interval, or its figure would lie
outside what all others leave for that figure, or so much hangs on it that the draws of the fit cannot tell; and where
its voices agree more closely than separate ones would, apart from what all others leave. A reader is then told who
agrees, on what, and against whom; nothing is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.agreement import chance_alike
from tallystick.calibrate.density import terms_of
from tallystick.calibrate.fit import prepare
from tallystick.calibrate.influence import RELIABLE_K, expected_of, in_the_open
from tallystick.calibrate.observe import shared_key
from tallystick.calibrate.origins import shared_errors
from tallystick.calibrate.psis import smoothed
from tallystick.calibrate.reweighed import Watch
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Bloc

Array = NDArray[np.float64]
VOICES = 3  # fewer that agree are no bloc
AGREE = np.log(1.25)  # a quarter above the lowest of them at most: readers take such figures for one
NEAR_YEARS = 2  # the middle of each period lies within half of this, before or after, of that of the lowest figure
HALF = 0.5  # of an 80 % interval
OUTSIDE = 0.01  # two-sided: outside the 99 % interval of what all others leave
ALIKE, APART = 0.01, 0.2  # so many such groups among separate voices at most, and outside the 80 % interval


class Readings(NamedTuple):
    """(draw, claim) of what each claim should have said, all on the log scale.

    centre, with the error that it shares with its table as the draw has it; scale, of its own error; that shared error;
    and its standard deviation.
    """

    centre: Array
    scale: Array
    error: Array
    step: Array

    def of(self, places: Sequence[int]) -> Readings:
        """Of these claims alone."""
        return Readings(*(part[:, list(places)] for part in self))


def readings_of(programme: Programme, account: Account, fit: Any, places: Sequence[int]) -> Readings:
    """Readings of the observations at these places, none of a measure that no output tells. fit : with `unknowns`."""
    ready = prepare(programme, account.observations)
    z = ready.model.layout.standard(fit.unknowns)
    error, step = shared_errors(z, terms_of(ready.model, ready.data), ready.model, ready.data)
    observed, at = [account.observations[place] for place in places], list(places)
    return Readings(*expected_of(fit, observed), error[:, at], step[:, at])


def blocs(programme: Programme, account: Account, fit: Any) -> tuple[Bloc, ...]:
    """Every bloc among the claims of a fit, the most moving first."""
    open_ = in_the_open(programme, account.observations)
    observed, readings = [account.observations[at] for at in open_], readings_of(programme, account, fit, open_)
    watch, says = Watch(programme, fit.draws), said_of(fit.origins)
    likelihood = programme.tables["model"]["likelihood"]
    found = [
        bloc_of(watch, [observed[at] for at in places], near(observed, places), says, readings.of(places), likelihood)
        for places in agreeing(observed)
    ]
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


def near(observed: Sequence[Observation], places: Sequence[int]) -> list[Observation]:
    """All that give a figure for the quantity of a bloc about its time."""
    one, times = observed[places[0]], [_middle(observed[at]) for at in places]
    return [
        other
        for other in observed
        if (other.measure, other.host, other.unit) == (one.measure, one.host, one.unit)
        and figure(other) is not None
        and min(times) - NEAR_YEARS / 2 <= _middle(other) <= max(times) + NEAR_YEARS / 2
    ]


def _largest(runs: Sequence[tuple[int, ...]], observed: Sequence[Observation]) -> list[tuple[int, ...]]:
    """The runs with enough voices that lie in no other."""
    enough = {run for run in runs if len({observed[at].voice for at in run}) >= VOICES}
    return sorted(run for run in enough if not any(set(run) < set(other) for other in enough))


def bloc_of(
    watch: Watch,
    members: Sequence[Observation],
    near: Sequence[Observation],
    says: Mapping[str, Array],
    readings: Readings,
    likelihood: Mapping[str, float],
) -> Bloc:
    """What the draws say of these claims.

    near : as the function of that name. says : of each voice, as `said_of`. readings : of the members.
    """
    voices = tuple(dict.fromkeys(one.voice for one in members))
    without = -np.sum([says[voice] for voice in voices], axis=0)
    moved, (weights, _) = watch.moved(without), smoothed(without)
    figures = [figure(one) or np.nan for one in members]
    expects = (readings.centre - readings.error).mean(axis=1)  # without them, what their tables share is unknown
    above = float(weights @ chance_above(float(np.log(figures).mean()), members, readings, likelihood))
    order = np.argsort(expects)
    middle = expects[order][int((np.cumsum(weights[order]) < 0.5).sum())]
    reliable, tail = moved.k <= RELIABLE_K, 2 * min(above, 1 - above)
    sd = np.sqrt((readings.scale**2 + readings.step**2).mean(axis=0))
    alike = chance_alike(members, near, sd, likelihood, float(AGREE))
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
        alike=alike,
        move=moved.most,
        on=watch.labels[moved.worst],
        reliable=reliable,
        flagged=not reliable or moved.most > HALF or tail < OUTSIDE or (alike < ALIKE and tail < APART),
    )


def chance_above(
    figure: float, members: Sequence[Observation], readings: Readings, likelihood: Mapping[str, float]
) -> Array:
    """(draw,) chance that the mean of what these claims would read lies above a figure; all logs.

    Errors of a table's figures move together, other errors by themselves; of these, any number may be an outlier. By
    that number the mean is a mixture of normals: exactly if all have one scale, else in its first two moments.
    """
    from scipy.special import ndtr
    from scipy.stats import binom

    rare, wide, many = likelihood["outlier_share"], likelihood["outlier_widen"], len(members)
    centre, own = (readings.centre - readings.error).mean(axis=1), (readings.scale**2).sum(axis=1) / many**2
    outliers = np.arange(many + 1)
    wider = own[:, None] * (1 + (wide**2 - 1) * outliers / many) + _shared(members, readings.step)[:, None]
    above = ndtr((centre - figure)[:, None] / np.sqrt(wider))
    return np.asarray(above @ binom.pmf(outliers, many, rare))


def _shared(members: Sequence[Observation], step: Array) -> Array:
    """(draw,) variance of what the errors that tables share add to the mean. step : (draw, claim)."""
    keys = [shared_key(one) for one in members]
    tables = np.array([[float(key == table) for key in keys] for table in dict.fromkeys(keys)])
    return np.asarray(((step @ tables.T) ** 2).sum(axis=1) / len(members) ** 2)
