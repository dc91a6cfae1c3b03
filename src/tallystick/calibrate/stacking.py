"""How well each named choice predicts what an origin says from all others, and the mixture that predicts best.

Stacking (Yao, Vehtari, Simpson and Gelman 2018, doi:10.1214/17-BA1091): the weights that give what was said the highest
log density, each origin predicted from the others. Densities without an origin come from the draws by Pareto-smoothed
importance sampling (Vehtari, Gelman and Gabry 2017, doi:10.1007/s11222-016-9696-4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.diagnostics import efficiency
from tallystick.calibrate.influence import RELIABLE_K, errors_of
from tallystick.calibrate.leading import leading_of
from tallystick.calibrate.psis import smoothed
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Answer, Choice, Foretold, Leading

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
ITSELF = ""  # the model as it is, among the named choices
# Log scores that differ by less do not tell models apart, whatever their standard errors say: Sivula, Magnusson,
# Matamoros and Vehtari 2020, arXiv:2008.10296. Four are a factor of 55.
TELLING = 4.0
SURE = 2.0  # Monte Carlo standard errors that a difference must lie beyond that
AGAIN = 200  # times that origins are drawn again, to see how firm the weights are


class Predicted(NamedTuple):
    """(origin,) log density of what the origin said, predicted from the others; its Monte Carlo error; Pareto k."""

    density: Array
    error: Array
    k: Array


def predicted(log_density: Array) -> Predicted:
    """Predict each origin from the others. log_density : (chain, draw, origin), of draws that heard them all."""
    columns = []
    for each, worth in zip(np.moveaxis(log_density, -1, 0), _worth(log_density), strict=True):
        weights, k = smoothed(-each.ravel(), worth)
        columns.append((*_mean(each.ravel(), weights, worth), k))
    return Predicted(*np.array(columns).T)


def from_refit(log_density: Array) -> tuple[float, float]:
    """The log density of what an origin said and its error, by (chain, draw) values of draws that did not hear it."""
    (worth,) = _worth(log_density[..., None])
    return _mean(log_density.ravel(), np.ones(log_density.size), worth)


def _worth(log_density: Array) -> Array:
    """(origin,) independent draws of a density that one of these draws stands for."""
    return efficiency(np.exp(log_density - log_density.max(axis=(0, 1))))


def _mean(log_density: Array, weights: Array, worth: float) -> tuple[float, float]:
    """The log of a weighted mean of densities, and the error of that log by the delta method.

    worth : how many independent draws one of these stands for (Vehtari, Gelman and Gabry 2017, section 2.1).
    """
    highest, share = log_density.max(), weights / weights.sum()
    density = np.exp(log_density - highest)
    mean = float(share @ density)
    error = float(np.sqrt((share**2) @ (density - mean) ** 2 / worth)) / mean
    return float(np.log(mean) + highest), error


def stacked(density: Array, rounds: int = 2000) -> Array:
    """(choice,) weights of the mixture that predicts best. density : (origin, choice), logs.

    The sum of logs of mixtures is concave in the weights; each round of expectation-maximisation climbs it.
    """
    likely = np.exp(density - density.max(axis=1, keepdims=True))
    weights = np.full(density.shape[1], 1 / density.shape[1])
    for _ in range(rounds):
        weights = weights * (likely / (likely @ weights)[:, None]).mean(axis=0)
    return np.asarray(weights, dtype=float)


def choices(programme: Programme, fit: Any, seed: int) -> tuple[Choice, ...]:
    """The model and each named choice, weighed where the evidence tells it from the model.

    Choices are compared on origins that all of them hear and whose predictions can be relied on. A choice is told from
    the model where it foretells all that they say TELLING better or worse; between others no data decide. One whose
    chains do not agree is not compared, and keeps no origin from the comparison; the model itself always does.
    """
    origins, figures = fit.origins, leading_of(programme)
    mixed = origins.choice_mixed.values == 1
    names = {str(one["id"]): str(one["name"]) for one in programme.tables["model"].get("alternative", ())}
    ids = [str(one) for one in origins.choice.values]
    asked = mixed | (np.arange(len(mixed)) == 0)
    usable = ((origins.held == 1) & (origins.predictive_k <= RELIABLE_K))[asked].all("choice").values
    density, error = origins.predictive.values[:, usable].astype(float), origins.predictive_error.values[:, usable]
    less = (density - density[0]).sum(axis=1)
    noise = np.sqrt((error**2 + error[0] ** 2).sum(axis=1))
    weighed = _weighed(density, mixed & (np.abs(less) - SURE * noise > TELLING), seed)
    return tuple(
        Choice(
            id=id,
            name=names.get(id, ""),
            compared=int((usable & asked[at]).sum()),
            difference=float(less[at]) if asked[at] else None,
            error=(float(noise[at]) if at else 0.0) if asked[at] else None,
            answers=_answers(figures, origins.choice_said.values[at], origins.choice_error.values[at]),
            reliable=bool(mixed[at]),
            foretold=_foretold(origins, at, usable & asked[at]) if at else (),
            **weighed.get(at, NOT_WEIGHED),
        )
        for at, id in enumerate(ids)
    )


def _foretold(origins: xr.Dataset, at: int, usable: NDArray[np.bool_]) -> tuple[Foretold, ...]:
    """Each origin that the choice at this place hears. usable : (origin,) whether it is compared on that origin."""
    density, error = origins.predictive.values.astype(float), origins.predictive_error.values
    each = zip(origins.origin.values, density[at], density[0], error[at], error[0], usable, strict=True)
    return tuple(
        Foretold(
            origin=str(name), difference=float(mine - usual), error=float(np.hypot(*noise)), compared=bool(compared)
        )
        for heard, (name, mine, usual, *noise, compared) in zip(origins.held.values[at], each, strict=True)
        if heard
    )


def _answers(figures: Sequence[Leading], said: Array, error: Array) -> tuple[Answer, ...]:
    """said, error : (quantile, figure) by QUANTILES."""
    return tuple(
        Answer(
            figure=figure, lower_80=float(low), median=float(middle), upper_80=float(high), errors=errors_of(mine)
        )
        for figure, (low, middle, high), mine in zip(figures, said.T, error.T, strict=True)
    )  # fmt: skip


NOT_WEIGHED: Mapping[str, Any] = {"weight": None, "lower": None, "upper": None}


def _weighed(density: Array, told: NDArray[np.bool_], seed: int) -> dict[int, dict[str, Any]]:
    """Weights by place, of the model and of the choices that the evidence tells from it."""
    told_apart = [0, *np.flatnonzero(told)]
    if len(told_apart) == 1:
        return {}
    matrix, generator = density[told_apart].T, np.random.default_rng(seed)
    again = [stacked(matrix[generator.integers(len(matrix), size=len(matrix))], 200) for _ in range(AGAIN)]
    low, high = np.quantile(again, [0.1, 0.9], axis=0)
    found = zip(told_apart, stacked(matrix), low, high, strict=True)
    return {int(at): {"weight": float(w), "lower": float(a), "upper": float(b)} for at, w, a, b in found}
