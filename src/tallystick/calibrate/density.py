"""The log density: standard normal unknowns, heavy-tailed claims on the log scale.

An error is normal with the class's scale, or, with a small stated probability, several times as wide:
the contaminated normal of Tukey (1960), whose distribution function is closed, so that bounds and ranges speak
through exact tails. Figures of one table share part of their error; one country shares a spread with its group.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.model import Model
from tallystick.calibrate.observe import Data
from tallystick.calibrate.system import series_of, stacked
from tallystick.calibrate.world import World, under

TINY = 1e-280  # keeps log finite where a probability underflows


class Terms(NamedTuple):
    """What changes between fits of one model: priors and data. A tree of arrays, so nothing is compiled again."""

    location: Any
    width: Any
    window: Any
    low: Any
    point: Any
    high: Any
    used: Any
    world: World | None = None  # what replaces the programme's calendar, if anything does


def terms_of(model: Model, data: Data, unknown_priors: tuple[Any, Any] | None = None) -> Terms:
    """The terms of a fit; `unknown_priors` replaces the layout's own locations and widths."""
    location, width = unknown_priors or model.layout.priors()
    return Terms(location, width, data.window, data.low, data.point, data.high, data.used)


class Expected(NamedTuple):
    """(claim,) log median of what each claim would say, and the scale of its own error."""

    centre: Any
    scale: Any


def expected(z: Any, terms: Terms, model: Model, data: Data, xp: Any) -> Expected:
    """What each claim would say under `z`, before its own error."""
    model = model if terms.world is None else under(model, terms.world)
    values = model.layout.values(z, terms.location, terms.width, xp)
    rows = stacked(series_of(values, model, xp), model, xp, data.names)
    claim, month = np.nonzero(data.window)  # one month in twenty: only what claims speak of is read
    spoken = rows.reshape(-1)[data.row[claim] * rows.shape[1] + month]
    weights = terms.window.reshape(-1)[claim * rows.shape[1] + month]
    level, spread = _of_some_day(spoken, weights, claim, data, xp)
    whole = xp.log(_by_claim(spoken * weights, claim, len(data.claims), xp) + TINY)
    per_class, errors = xp.atleast_1d(values["class_scale"]), xp.atleast_1d(values["report_error"])
    scale, parts = per_class[data.who], xp.exp(xp.atleast_1d(values["part_weight"]))
    share = xp.log(parts / (model.together @ parts))[data.part]
    part, shared, common = data.part >= 0, data.report >= 0, model.likelihood["report_share"]
    error = xp.where(shared, errors[data.report] * scale * np.sqrt(common), 0.0)
    own = scale * np.where(shared, np.sqrt(1 - common), 1.0)
    own = xp.sqrt(
        own**2 + np.where(part, model.likelihood["part_extra_sd"] ** 2, 0.0) + data.counting + data.varies + spread
    )
    reads = xp.where(data.undated > 0, level, whole)
    return Expected(reads + xp.where(part, share, 0.0) + values["class_bias"][data.lean] + error, own)


def _by_claim(values: Any, claim: NDArray[np.int64], claims: int, xp: Any) -> Any:
    """(claim,) sums of values that stand claim by claim."""
    if xp is np:
        return np.bincount(claim, values, claims)
    from jax.ops import segment_sum

    return segment_sum(values, claim, claims, indices_are_sorted=True)


def _of_some_day(spoken: Any, weights: Any, claim: NDArray[np.int64], data: Data, xp: Any) -> tuple[Any, Any]:
    """(claim,) mean and variance of the logs of what a claim speaks of, over the days that it may be of.

    Both 0 where its days are known. The shape of the mixture over months beyond these is left to the claim's own error.
    """
    at = np.flatnonzero(data.undated[claim])
    logs, parts, claim = xp.log(spoken[at] + TINY), weights[at], claim[at]
    middle = _by_claim(logs * parts, claim, len(data.claims), xp)
    return middle, _by_claim(parts * (logs - middle[claim]) ** 2, claim, len(data.claims), xp)


def log_likelihood(z: Any, terms: Terms, model: Model, data: Data) -> Any:
    """(claim,) log densities (points) and log probabilities (bounds, ranges, round figures) under JAX."""
    import jax.numpy as jnp

    return log_density(expected(z, terms, model, data, jnp), terms, model, data, jnp) * terms.used


def log_density(said: Expected, terms: Terms, model: Model, data: Data, xp: Any) -> Any:
    """(..., claim) the same of every claim, left out or not, where each is expected as `said`; `xp`: NumPy or JAX."""
    if xp is np:
        from scipy.special import ndtr
    else:
        from jax.scipy.special import ndtr

    centre, scale = said
    rare, wide = model.likelihood["outlier_share"], model.likelihood["outlier_widen"]
    points, bounds = (np.flatnonzero(data.kind == 0), np.flatnonzero(data.kind != 0))  # each pays for its own only

    def density(width: Any) -> Any:
        z = (terms.point[points] - centre[..., points]) / width[..., points]
        return xp.exp(-0.5 * z**2) / (np.sqrt(2 * np.pi) * width[..., points])

    def mass(width: Any) -> Any:
        low, high = ((limit[bounds] - centre[..., bounds]) / width[..., bounds] for limit in (terms.low, terms.high))
        flip = low > 0  # from the side where it does not cancel
        return ndtr(xp.where(flip, -low, high)) - ndtr(xp.where(flip, -high, low))

    parts = [(1 - rare) * of(scale) + rare * of(scale * wide) for of in (density, mass)]
    order = np.argsort(np.concatenate([points, bounds]))
    return xp.log(xp.concatenate(parts, axis=-1)[..., order] + TINY)


def potential(terms: Terms, model: Model, data: Data) -> Any:
    """The negative log posterior of the standard normal vector, up to a constant."""

    def energy(z: Any) -> Any:
        return 0.5 * (z**2).sum() - log_likelihood(z, terms, model, data).sum()

    return energy
