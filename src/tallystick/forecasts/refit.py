"""A fit to what had been published by a cut, and what it would have said of figures that came later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.density import Terms, expected
from tallystick.calibrate.diagnostics import mixing
from tallystick.calibrate.sample import Chains, Report, Sampler, extended, run, sampler_of
from tallystick.calibrate.world import World
from tallystick.forecasts.bench import Bench
from tallystick.forecasts.mixture import Mixture
from tallystick.vocab.errors import FitError

Array = NDArray[np.float64]
CHAINS, WARMUP, DRAWS = 2, 300, 300
R_HAT_LIMIT, LONGER = 1.05, 4  # of every unknown; how often chains that are above it go on
STREAMS = 10  # random streams of one cut
REACH = 0.01  # share of futures that may lie beyond the reach of the closed form
BATCH = 100  # draws evaluated at once
Evaluate = Callable[[Array, Terms, World], tuple[Array, Array]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """The bench's sampler and evaluator; priors, claims and calendars are their arguments."""

    sampler: Sampler
    evaluate: Evaluate


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """Draws of one cut's fit. z : (draw, unknown) standard normals."""

    day: date
    terms: Terms
    z: Array
    r_hat: float  # the worst, over unknowns
    divergences: int


def compiled_of(bench: Bench, terms: Terms) -> Compiled:
    """Compile once for terms of these shapes."""
    sampler = sampler_of(bench.model, bench.data, terms, warmup=WARMUP)
    return Compiled(sampler=sampler, evaluate=_evaluator_of(bench))


def _evaluator_of(bench: Bench) -> Evaluate:
    """A function of draws, terms and one world for each draw: (draw, claim) log centre and scale of every claim."""
    import jax
    import jax.numpy as jnp

    @jax.jit
    def batch(rows: Any, terms: Terms, worlds: World) -> Any:
        def one(row: Any, world: World) -> Any:
            return expected(row, terms._replace(world=world), bench.model, bench.data, jnp)

        return jax.vmap(one)(rows, worlds)

    def evaluate(z: Array, terms: Terms, worlds: World) -> tuple[Array, Array]:
        pieces = [
            batch(z[at : at + BATCH], terms, jax.tree.map(lambda rows: rows[at : at + BATCH], worlds))  # noqa: B023
            for at in range(0, len(z), BATCH)
        ]
        centre, scale = (np.concatenate([np.asarray(part[field]) for part in pieces]) for field in (0, 1))
        return within_reach(centre, scale)

    return evaluate


def within_reach(centre: Array, scale: Array) -> tuple[Array, Array]:
    """The draws whose every reading is finite; FitError where more than REACH of them are not.

    The closed form reaches as far as hazards that sum to 600 over all months (`stocks.engines.closed`). A future in
    which everybody leaves within days again and again is beyond it: an outsider's wide priors hold a few of these.
    """
    finite = np.isfinite(centre).all(axis=1) & np.isfinite(scale).all(axis=1)
    if finite.mean() < 1 - REACH:
        hint = "look for a prior or a size in backtest.toml that is far too wide"
        raise FitError(f"{len(centre) - finite.sum()} of {len(centre)} futures have no finite forecast", hint=hint)
    return centre[finite], scale[finite]


def refit(compiled: Compiled, terms: Terms, day: date, seed: int, report: Report | None = None) -> Refit:
    """Fit `terms`; the same seed gives the same draws, whatever was fitted before."""
    stage, stream = f"as of {day}", STREAMS * day.toordinal()
    chained = run(
        compiled.sampler, terms, seed=seed, stream=stream, draws=DRAWS, chains=CHAINS, stage=stage, report=report
    )
    r_hat = _r_hat(chained)
    for longer in range(1, LONGER + 1):  # chains that disagree go on, as those of the account's own fit do
        if r_hat <= R_HAT_LIMIT:
            break
        more = run(
            compiled.sampler, terms, seed=seed, stream=stream + longer, draws=DRAWS, chains=CHAINS,
            stage=f"{stage}, longer", report=report, earlier=chained, settle=0,
        )  # fmt: skip
        chained = extended(chained, more)
        r_hat = _r_hat(chained)
    z = chained.run.z.reshape(-1, chained.run.z.shape[-1])
    kept = np.linspace(0, len(z) - 1, CHAINS * DRAWS).round().astype(int)  # as many of a long run as of a short one
    return Refit(day=day, terms=terms, z=z[kept], r_hat=r_hat, divergences=int(chained.run.diverging.sum()))


def _r_hat(chained: Chains) -> float:
    return float(np.nanmax(mixing(chained.run.z).r_hat))


def unseen(centre: Array, scale: Array, counting: Array) -> Array:
    """(draw, claim) scales in which a count varies by what is forecast of it, and not by what it then was.

    counting : (claim,) log variance of the published count, 1/n; 0 where nothing is counted.
    """
    forecast = np.where(counting > 0, np.exp(-np.maximum(centre, 0.0)), 0.0)
    return np.asarray(np.sqrt(scale**2 - counting + forecast))


def predictive(centre: Array, scale: Array, likelihood: Mapping[str, float]) -> Mixture:
    """What a figure is forecast to say: its reading under each draw, and its own error, now and then far wider.

    centre, scale : (draw,) of the log of the figure.
    """
    rare, wide = likelihood["outlier_share"], likelihood["outlier_widen"]
    weight = np.repeat([1 - rare, rare], len(centre)) / len(centre)
    return Mixture(weight, np.tile(centre, 2), np.concatenate([scale, wide * scale]))
