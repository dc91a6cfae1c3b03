"""A fit after a few claims changed, from the draws of an earlier one: weighed and taken again, nothing moves.

The new posterior is the old one times the density of what is said now, over that of what is said no more. Weights are
smoothed, and their Pareto k says whether they can be believed (`psis`). Draws are taken by weight, at even steps along
the chains (Kitagawa 1996, doi:10.2307/1390750), so that a draw taken twice stands beside itself and counts for less
than two in effective sample sizes. A heavy chain fills places of the others: whether chains agree is therefore asked of
the weights before anything is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.across import expected_across
from tallystick.calibrate.density import Expected, log_density, terms_of
from tallystick.calibrate.diagnostics import efficiency, mixing
from tallystick.calibrate.fit import (
    SIDE_LIMITS,
    FitResult,
    Limits,
    Prepared,
    idata_of,
    judged_of,
    prepare,
    published_years,
)
from tallystick.calibrate.influence import RELIABLE_K
from tallystick.calibrate.leading import draws_of, leading_of
from tallystick.calibrate.leave_out import dataset, side_of
from tallystick.calibrate.observe import parts_of, reports_of
from tallystick.calibrate.origins import origin_densities
from tallystick.calibrate.psis import smoothed
from tallystick.calibrate.sample import Run
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.estimate import Diagnostics
from tallystick.vocab.programme import Programme

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
# For a look: half the effective draws of a fit that is published, so that an end of an 80 % interval errs by 5 % of its
# width. That chains agree was judged before they were weighed, and is asked of the weights themselves.
LIMITS = Limits(SIDE_LIMITS.r_hat, 200)
SPREAD = 1e-9  # of log weights: below it they differ by rounding alone


class Earlier(Protocol):
    """What is read of a fit that passed its diagnostics; each (draw, ...), chain after chain."""

    @property
    def unknowns(self) -> Mapping[str, Array]:
        """Each on its natural scale."""

    @property
    def paths(self) -> tuple[Array, ...]:
        """The fields of `sample.Run` but the first."""

    @property
    def draws(self) -> xr.Dataset:
        """Headline estimands."""

    @property
    def prior_draws(self) -> xr.Dataset:
        """The same before any claim."""

    @property
    def diagnostics(self) -> Diagnostics:
        """With the number of chains."""


class Uneven(Exception):
    """Too few of the earlier draws would carry the answer; says by what this is known."""


class _Spoken(NamedTuple):
    """What some observations would have said under each draw, and how likely what they say is: (draw, claim)."""

    ready: Prepared
    expected: Expected
    density: Array


def resampled(programme: Programme, account: Account, earlier: Earlier, heard: Sequence[Observation]) -> FitResult:
    """The fit of an account from one of what was `heard`, under the same settings and unknowns; with nothing beside.

    Uneven where a claim stands in another table or country than any before, and where the draws do not carry it.
    """
    ready = prepare(programme, account.observations)
    if _slots(ready, heard) != _slots(ready, ready.observations):
        raise Uneven("other tables or countries speak")
    z, chains = ready.model.layout.standard(earlier.unknowns), earlier.diagnostics.chains
    now = _spoken(ready, z)
    taken = by_weight(_density_of(now, heard) - _density_before(programme, heard, ready, z), chains)
    run = Run(*(part[taken].reshape(chains, -1, *part.shape[1:]) for part in (z, *earlier.paths)))
    draws = earlier.draws.isel(draw=taken)
    judged = _judged(programme, draws, run, earlier.diagnostics.seed)
    return _result(now, run, taken, draws, earlier.prior_draws, judged)


def _slots(ready: Prepared, observations: Sequence[Observation]) -> tuple[tuple[str, ...], ...]:
    """What the unknowns of single countries and tables stand for."""
    return parts_of(observations, ready.model.hosts), reports_of(observations)


def _spoken(ready: Prepared, z: Array) -> _Spoken:
    said = expected_across(z, ready.model, ready.data)
    return _Spoken(ready, said, log_density(said, terms_of(ready.model, ready.data), ready.model, ready.data, np))


def _density_of(spoken: _Spoken, others: Sequence[Observation]) -> Array:
    """(draw,) log density of the observations that are not among `others`."""
    return np.asarray(spoken.density[:, [one not in others for one in spoken.ready.observations]].sum(axis=1))


def _density_before(programme: Programme, heard: Sequence[Observation], ready: Prepared, z: Array) -> Array:
    """(draw,) log density of what was heard and is said no more."""
    if set(heard) <= set(ready.observations):
        return np.zeros(len(z))
    return _density_of(_spoken(prepare(programme, heard), z), ready.observations)


def by_weight(log_ratio: Array, chains: int) -> NDArray[np.int64]:
    """Places of the draws that stand for the new posterior, in order; Uneven where their weights cannot be believed."""
    if np.ptp(log_ratio) < SPREAD:  # nothing to weigh: of weights without a tail, no k is known
        return np.arange(len(log_ratio))
    chained = log_ratio.reshape(chains, -1, 1)
    r_hat = float(mixing(chained).r_hat[0])
    if not r_hat <= LIMITS.r_hat:
        raise Uneven(f"chains disagree on what is new, R-hat {r_hat:.3f}")
    weights, k = smoothed(log_ratio, float(efficiency(chained)[0]))
    if not k <= RELIABLE_K:
        raise Uneven(f"the Pareto k of their weights is {k:.2f}, above {RELIABLE_K}")
    steps = (np.arange(len(weights)) + 0.5) / len(weights)
    return np.minimum(np.searchsorted(np.cumsum(weights), steps), len(weights) - 1)


def _judged(programme: Programme, draws: xr.Dataset, run: Run, seed: int) -> Diagnostics:
    """R-hat and effective sample sizes of every published quantity; Uneven where they miss LIMITS."""
    columns = {name: _published(programme, draws, name) for name in programme.tables["model"]["headline"]}
    names = [name for name, part in columns.items() for _ in range(part.shape[1])]
    drawn = np.concatenate(list(columns.values()), axis=1)
    judged = judged_of(names, drawn.reshape(*run.z.shape[:2], -1), run, seed, LIMITS)
    if not judged.passed:
        effective = min(judged.ess_bulk_min, judged.ess_tail_min)
        raise Uneven(f"{effective:.0f} effective draws are left of {judged.worst}, R-hat {judged.r_hat_max:.3f}")
    return judged


def _published(programme: Programme, draws: xr.Dataset, name: str) -> Array:
    """(draw, quantity) of the years for which an estimand is published."""
    first, last = published_years(programme, name)
    whole = draws[name]
    axis = next((axis for axis in ("month", "year") if axis in whole.dims), None)
    if axis is not None:
        whole = whole.isel({axis: [first <= int(str(label)[:4]) <= last for label in whole[axis].values]})
    return np.asarray(whole.values.reshape(whole.sizes["draw"], -1), dtype=float)


def _result(
    now: _Spoken, run: Run, taken: NDArray[np.int64], draws: xr.Dataset, prior: xr.Dataset, judged: Diagnostics
) -> FitResult:
    ready, shape = now.ready, run.z.shape[:2]
    said, terms = Expected(*(part[taken] for part in now.expected)), terms_of(now.ready.model, now.ready.data)
    flat = run.z.reshape(-1, run.z.shape[-1])
    origins = origin_densities(flat, said, terms, ready.model, ready.data, ready.origins)
    arrays = {"log_likelihood": now.density[taken], "centre": said.centre, "scale": said.scale}
    leading = leading_of(ready.programme)
    itself = side_of(draws_of(draws, leading).reshape(*shape, -1), judged)
    return FitResult(
        idata=idata_of(ready, terms, run, {name: part.reshape(*shape, -1) for name, part in arrays.items()}),
        draws=draws,
        prior_draws=prior,
        alternatives={},
        origins=dataset(ready.origins, origins.reshape(*shape, -1), leading, itself, {}, {}),
        diagnostics=judged,
        ended={},
    )
