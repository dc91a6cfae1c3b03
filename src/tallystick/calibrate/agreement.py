"""How likely separate voices are to agree as closely as those of a bloc do: colluders err alike, witnesses do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from tallystick.reconcile.account import Observation

Array = NDArray[np.float64]
GRID = 4001  # points, over FAR of the widest errors on each side
FAR = 6.0


def chance_alike(
    members: Sequence[Observation],
    near: Sequence[Observation],
    sd: Array,
    likelihood: Mapping[str, float],
    within: float,
) -> float:
    """How many groups of such voices one would expect to lie `within` of each other if all erred separately; at most 1.

    near : all that speak of that quantity about that time, members among them. sd : (member,) of the whole error of
    each, in logs, where `within` is too. One figure of each voice counts. What the voices should have said is taken
    to be one number: were it not, they would agree less often. As many groups are counted as could be made of
    voices of the same classes, because a bloc is found by looking for those that agree (a bound by Boole).
    """
    first = [at for at, one in enumerate(members) if one.voice not in {other.voice for other in members[:at]}]
    classes = Counter(members[at].asserter_class for at in first)
    voices = {one.voice: one.asserter_class for one in near}
    every = Counter(voices.values())
    groups = prod(comb(max(every[kind], many), many) for kind, many in classes.items())
    return float(min(1.0, groups * _within(sd[first], likelihood, within)))


def _within(sd: Array, likelihood: Mapping[str, float], within: float) -> float:
    """Chance that errors with these sizes, each an outlier now and then, have a range of at most `within`.

    The chance that the lowest lies about x, times that each other lies in the `within` above it, summed over all x.
    """
    rare, wide = likelihood["outlier_share"], likelihood["outlier_widen"]
    edges = np.linspace(-FAR * wide * sd.max(), FAR * wide * sd.max(), GRID)
    x, mass = (edges[1:] + edges[:-1]) / 2, np.diff(_mixture(edges, sd, rare, wide), axis=1)
    inside = np.log(np.maximum(_mixture(x + within, sd, rare, wide) - _mixture(x, sd, rare, wide), 1e-300))
    return float((mass * np.exp(inside.sum(axis=0) - inside)).sum())


def _mixture(x: Array, sd: Array, rare: float, wide: float) -> Array:
    """(voice, point) distribution of the errors of each."""
    from scipy.special import ndtr

    scaled = x / sd[:, None]
    return np.asarray((1 - rare) * ndtr(scaled) + rare * ndtr(scaled / wide))
