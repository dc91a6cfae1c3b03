"""How each claim sits with the fit, and how far each origin moves it (a table or briefing is one origin here).

Leaving an origin out is done by Pareto-smoothed importance sampling (Vehtari, Simpson, Gelman, Yao and Gabry 2024,
JMLR 25:72): draws are weighed by one over the density of all that the origin says (`origins`). Where the weights are
too uneven (Pareto k above 0.7) the number is marked as unreliable, and no page or file gives it; for the figures that a
brief leads with, the fit was made again without the few worst of these origins (`leave_out`), and its answer is marked
so where its chains disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.headline import untold_measures
from tallystick.calibrate.leading import draws_of, leading_of
from tallystick.calibrate.psis import Medians, smoothed
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.estimate import ClaimFit
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Errors, Leading, Silenced

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
RELIABLE_K = 0.7
QUANTILES = (0.1, 0.5, 0.9)
# What moves the number who reach safety is never looked for.
WATCHED = (
    "workers_present", "workers_arrived", "gross_wage", "state_take", "booked_pay", "programme_revenue",
    "worker_months_after_deadline", "hours_worked", "kept_per_hour", "shortage_filled",
)  # fmt: skip


class Influence(NamedTuple):
    """What leaving one origin out does: the largest move, of which quantity, and the Pareto k of the weights."""

    move: float
    quantity: int
    k: float


def claim_fits(programme: Programme, account: Account, fit: Any) -> tuple[ClaimFit, ...]:
    """One record for each used claim, in the order of the observations.

    Claims that speak to an estimand that is never told (`untold` in model.toml) have none. Where a fit
    without a claim's origin was made, it says what moves, of the leading figures alone: weights could not.
    """
    observed = tuple(account.observations[at] for at in in_the_open(programme, account.observations))
    tails = tail_probabilities(programme, observed, *expected_of(fit, observed))
    labels, quantities = watched(programme, fit.draws)
    found = influences(_densities(fit.origins), quantities)
    names = fit.origins.origin.values.tolist()
    told = [(one.move, labels[one.quantity], one.k <= RELIABLE_K) for one in found]
    moved = dict(zip(names, told, strict=True)) | by_refits(programme, account, fit)
    return tuple(
        ClaimFit(
            claim=one.claim,
            tail_probability=float(tail),
            influence=moved[one.voice][0],
            influence_on=moved[one.voice][1],
            influence_reliable=moved[one.voice][2],
        )
        for one, tail in zip(observed, tails, strict=True)
    )


def by_refits(programme: Programme, account: Account, fit: Any) -> dict[str, tuple[float, str, bool]]:
    """Origin -> largest move of a leading figure, its label, and whether it is reliable, of fits without the origin."""
    largest: dict[str, Silenced] = {}
    for one in silenced(programme, account, fit, only=fit.origins.silent.values.tolist()):
        if abs(one.move) >= abs(largest.get(one.origin, one).move):
            largest[one.origin] = one
    return {name: (abs(one.move), _label(one.figure, fit.draws), one.reliable) for name, one in largest.items()}


def _label(figure: Leading, draws: Any) -> str:
    """As `watched` calls it."""
    parts = {"host": figure.host, "world": figure.host, "month": figure.period, "year": figure.period}
    return " ".join([figure.id, *(str(parts.get(axis, figure.part)) for axis in draws[figure.id].dims[1:])])


def in_the_open(programme: Programme, observed: Sequence[Observation]) -> list[int]:
    """Places of the other observations: a published file tells of these alone how they sit with each draw."""
    apart = untold_measures(programme)
    return [at for at, one in enumerate(observed) if one.measure not in apart]


def expected_of(fit: Any, observed: Sequence[Observation]) -> tuple[Array, Array]:
    """Centre and scale, (draw, claim) on the log scale, of what each of these was expected to say."""
    predicted = fit.idata.posterior_predictive.sel(claim=[one.claim for one in observed])
    return flat(predicted["centre"]), flat(predicted["scale"])


def _densities(origins: xr.Dataset) -> Array:
    """(draw, origin) log densities of what each origin says."""
    return np.asarray(origins.log_density.values, dtype=float)


def silenced(
    programme: Programme, account: Account, fit: Any, *, only: Collection[str] | None = None
) -> tuple[Silenced, ...]:
    """Every leading figure without each origin, or each of `only`, by a fit without it where there is one."""
    figures, says = leading_of(programme), dict[str, list[Observation]]()
    if not figures:
        return ()
    for one in account.observations:
        says.setdefault(one.voice, []).append(one)
    leading, untold = draws_of(fit.draws, figures), untold_measures(programme)
    usual, refits = np.quantile(leading, QUANTILES, axis=0), fit.origins.silent.values.tolist()
    out: list[Silenced] = []
    for name, each in zip(fit.origins.origin.values.tolist(), _densities(fit.origins).T, strict=True):
        if (only is None or name in only) and not {one.measure for one in says[name]} & untold:
            found = _refitted(fit.origins, name) if name in refits else _weighed(each, leading)
            moves = (found.said[1] - usual[1]) / (usual[2] - usual[0])
            claims = tuple(one.claim for one in says[name])
            out += [
                Silenced(
                    figure=figure, origin=name, claims=claims, lower_80=float(low), median=float(middle),
                    upper_80=float(high), move=float(move), how=found.how, reliable=found.reliable, errors=errors,
                )
                for figure, (low, middle, high), move, errors in zip(
                    figures, found.said.T, moves, found.errors, strict=True
                )
            ]  # fmt: skip
    return tuple(out)


class _Found(NamedTuple):
    """said : (quantile, figure) without an origin. errors : of each figure, as in Silenced."""

    said: Array
    errors: tuple[Errors | None, ...]
    how: str
    reliable: bool


def _refitted(origins: xr.Dataset, name: str) -> _Found:
    one = origins.sel(silent=name)
    errors = tuple(errors_of(mine) for mine in one.silent_error.values.T)
    return _Found(one.silent_said.values, errors, "refit", bool(one.silent_mixed))


def _weighed(log_density: Array, leading: Array) -> _Found:
    said, k = quantiles_without(log_density, leading)
    return _Found(said, (None,) * leading.shape[1], "psis", k <= RELIABLE_K)


def errors_of(errors: Array) -> Errors:
    """Of one figure. errors : (quantile,) by QUANTILES."""
    low, middle, high = (float(one) for one in errors)
    return Errors(lower_80=low, median=middle, upper_80=high)


def quantiles_without(log_density: Array, quantities: Array) -> tuple[Array, float]:
    """The 10th, 50th and 90th percentile of each quantity without an origin, and the Pareto k of the weights.

    log_density : (draw,) of what the origin says. quantities : (draw, quantity).
    """
    (weights, k), found = smoothed(-log_density), np.empty((len(QUANTILES), quantities.shape[1]))
    for at, each in enumerate(quantities.T):
        order = np.argsort(each)
        share = np.cumsum(weights[order])
        places = np.searchsorted(share, np.array(QUANTILES) * share[-1])
        found[:, at] = each[order[np.minimum(places, len(each) - 1)]]
    return found, k


def flat(values: Any) -> Array:
    """(draw, claim) of an array with chains."""
    return np.asarray(values.values, dtype=float).reshape(-1, values.shape[-1])


def tail_probabilities(programme: Programme, observed: tuple[Observation, ...], centre: Array, scale: Array) -> Array:
    """(claim,) two-sided chance of a figure at least as far out as the claim's nearest bound; see ClaimFit.

    centre, scale : (draw, claim), log.
    """
    from scipy.special import ndtr

    likelihood = programme.tables["model"]["likelihood"]
    rare, wide = likelihood["outlier_share"], likelihood["outlier_widen"]

    def below(limits: list[float | None], missing: float) -> Array:
        at = np.array([missing if limit is None else float(np.log(limit)) for limit in limits])
        z = (at - centre) / scale
        share: Array = np.asarray((1 - rare) * ndtr(z) + rare * ndtr(z / wide), dtype=float)
        return np.asarray(share.mean(axis=0), dtype=float)

    points = [one.point for one in observed]
    low = [one.low if point is None else point for one, point in zip(observed, points, strict=True)]
    high = [one.high if point is None else point for one, point in zip(observed, points, strict=True)]
    return np.asarray(np.minimum(1.0, 2 * np.minimum(1 - below(low, -np.inf), below(high, np.inf))), dtype=float)


def watched(programme: Programme, draws: Any) -> tuple[list[str], Array]:
    """Labels and (draw, quantity) values, at yearly steps, of what is watched."""
    headline: Mapping[str, Any] = programme.tables["model"]["headline"]
    labels, columns = [], []
    for name in (one for one in WATCHED if one in headline):
        first, last = headline[name].get("years", programme.window)
        axes = [draws[name][axis].values.tolist() for axis in draws[name].dims[1:]]
        flat = draws[name].values.reshape(draws.sizes["draw"], -1).astype(float)
        for parts, column in zip(product(*axes), flat.T, strict=True):
            yearly = parts[-1][4:] in ("", "-12") and first <= int(parts[-1][:4]) <= last
            if yearly and np.ptp(column) > 0:
                labels.append(" ".join([name, *parts]))
                columns.append(column)
    return labels, np.stack(columns, axis=1)


def influences(likelihood: Array, quantities: Array) -> list[Influence]:
    """For each origin, how far the medians move when its likelihood is divided out.

    likelihood : (draw, origin) log. quantities : (draw, quantity). Moves are in units of a quantity's 80 % width.
    """
    medians = Medians(quantities)
    found = (medians.moved(-each) for each in likelihood.T)
    return [Influence(one.most, one.worst, one.k) for one in found]
