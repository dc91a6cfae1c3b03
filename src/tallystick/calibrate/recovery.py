"""One simulated data set: plant a truth, simulate the claims, fit, and see where the truth lies among the draws.

Talts, Betancourt, Simpson, Vehtari and Gelman (2018), arXiv:1804.06788: when data come from the model's own prior, the
rank of the truth among independent posterior draws is uniform, for every quantity. Ranked are headline quantities,
every unknown of the model, and two sums over all of them that also see the data: how likely the simulated figures are,
and how usual the unknowns (Modrák, Moon, Kim, Bürkner, Huurre, Faltejsková, Gelman and Vehtari 2023,
doi:10.1214/23-BA1404).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.density import Terms, terms_of
from tallystick.calibrate.diagnostics import mixing
from tallystick.calibrate.fit import BATCH, Evaluate, Prepared, evaluator_of, prepare
from tallystick.calibrate.headline import axes_of, labels_of
from tallystick.calibrate.model import Model
from tallystick.calibrate.sample import Chains, Sampler, extended, run, sampler_of
from tallystick.calibrate.simulate import plant, simulate
from tallystick.reconcile.account import Account
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
LEVELS = (0.5, 0.8, 0.95)
RANKS = 99  # draws, thinned, that a truth is ranked among: ranks 0 to 99, a hundred equal chances
FILE = "calibration.toml"


UNKNOWN, WHOLE = "unknowns of the model", "the density as a whole"  # stand where an estimand's name stands
OF_THE_WHOLE = ("log likelihood of the figures", "log prior of the unknowns")


class Quantity(NamedTuple):
    """One number of the headline estimands that the check looks at."""

    label: str
    estimand: str
    place: tuple[int, ...]


class Size(NamedTuple):
    """How much sampling each simulated data set gets; iterations are multiples of the sampler's pieces.

    Chains go on by `draws` until the least effective sample size of all quantities reaches RANKS, so that the draws
    that a truth is ranked among are nearly independent; they end after `most` draws whatever it is.
    """

    chains: int = 2
    warmup: int = 300
    draws: int = 300
    most: int = 1200


class Outcome(NamedTuple):
    """What one simulated data set showed. Axes: (quantity,), and (level, quantity) for `inside`."""

    number: int
    draws: int  # kept of each chain
    rank: NDArray[np.int64]
    inside: NDArray[np.bool_]
    r_hat: float
    ess: float
    divergences: int
    cpu_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Everything that all data sets share; compiled once in a process."""

    prepared: Prepared
    terms: Terms
    sampler: Sampler
    evaluate: Evaluate
    quantities: tuple[Quantity, ...]
    size: Size


def bench_of(programme: Programme, account: Account, size: Size) -> Bench:
    """Read the model, compile the sampler; EvidenceError where the programme names no periods to look at."""
    prepared = prepare(programme, account.observations)
    terms = terms_of(prepared.model, prepared.data)
    return Bench(
        prepared=prepared,
        terms=terms,
        sampler=sampler_of(prepared.model, prepared.data, terms, warmup=size.warmup),
        evaluate=evaluator_of(prepared),
        quantities=quantities_of(programme, prepared.model),
        size=size,
    )


def quantities_of(programme: Programme, model: Model) -> tuple[Quantity, ...]:
    """What calibration.toml names, for every host, visa class and cohort of each estimand; and all unknowns."""
    periods = programme.tables.get("calibration", {}).get("periods")
    if not periods:
        raise EvidenceError("names no periods", file=FILE, field="periods", hint="list periods for each estimand")
    shown = [one for name, chosen in periods.items() for one in _of_estimand(name, chosen, model)]
    return (*shown, *_unknowns(model), *(Quantity(name, WHOLE, ()) for name in OF_THE_WHOLE))


def _unknowns(model: Model) -> Iterator[Quantity]:
    """Each degree of freedom: an unknown, or one of the numbers that make one up."""
    for one in model.layout.unknowns:
        for at in range(one.size):
            yield Quantity(f"{one.name}[{at + 1}]" if one.size > 1 else one.name, UNKNOWN, (at,))


def _of_estimand(name: str, periods: list[str], model: Model) -> Iterator[Quantity]:
    known = axes_of(model)
    if not known.get(name):
        raise EvidenceError(
            f"no estimand {name} with periods", file=FILE, field="periods", hint="one of " + ", ".join(known)
        )
    axes = [labels_of(model)[axis][1] for axis in known[name]]
    unknown = sorted(set(periods) - set(axes[-1]))
    if unknown:
        raise EvidenceError(f"{name} has no period {unknown[0]}", file=FILE, field="periods", hint=f"as {axes[-1][0]}")
    for place in product(*(range(len(axis)) for axis in axes)):
        labels = [axis[at] for axis, at in zip(axes, place, strict=True)]
        if labels[-1] in periods:
            yield Quantity(" ".join([name, *labels]), name, place)


def recover(bench: Bench, seed: int, number: int) -> Outcome:
    """Data set `number` of the check with this seed: the same whatever ran before it, and wherever."""
    began = time.process_time()
    model, data = bench.prepared.model, bench.prepared.data
    generator = np.random.default_rng([seed, number])
    truth = plant(generator, model)
    terms = simulate(truth, bench.terms, model, data, generator)
    return compare(bench, number, truth, terms, int(generator.integers(2**31)), began)


def compare(bench: Bench, number: int, truth: Array, terms: Terms, seed: int, began: float) -> Outcome:
    """Fit the simulated terms and place the planted truth among the draws."""
    chained, drawn = _drawn(bench, terms, seed, f"set {number}")
    planted = _of_draws(bench, np.broadcast_to(truth, (1, BATCH, len(truth))), terms)[0, 0]
    mixed = mixing(drawn)
    return Outcome(
        number=number,
        draws=drawn.shape[1],
        rank=rank_of(planted, drawn),
        inside=inside(planted, drawn.reshape(-1, drawn.shape[-1])),
        r_hat=float(np.nanmax(mixed.r_hat)),
        ess=float(np.nanmin(np.minimum(mixed.ess_bulk, mixed.ess_tail))),
        divergences=int(chained.run.diverging.sum()),
        cpu_seconds=time.process_time() - began,
    )


def _drawn(bench: Bench, terms: Terms, seed: int, stage: str) -> tuple[Chains, Array]:
    """The chains, and (chain, draw, quantity) of them; they go on while any quantity mixes too slowly."""
    size = bench.size
    chained = run(bench.sampler, terms, seed=seed, draws=size.draws, chains=size.chains, stage=stage)
    drawn = _of_draws(bench, chained.run.z, terms)
    while np.nanmin(mixing(drawn).ess_bulk) < RANKS and drawn.shape[1] < size.most:
        more = run(
            bench.sampler, terms, seed=seed, stream=drawn.shape[1], draws=size.draws, chains=size.chains, stage=stage,
            earlier=chained, settle=0,
        )  # fmt: skip
        chained = extended(chained, more)
        drawn = np.concatenate([drawn, _of_draws(bench, more.run.z, terms)], axis=1)
    return chained, drawn


def _of_draws(bench: Bench, z: Array, terms: Terms) -> Array:
    """(chain, draw, quantity): headline quantities, unknowns, the density as a whole."""
    arrays = bench.evaluate(z, terms)
    whole = [arrays["log_likelihood"].sum(axis=-1), -0.5 * (z**2).sum(axis=-1)]
    return np.concatenate([picked(arrays, _headline(bench), 2), z, np.stack(whole, axis=-1)], axis=-1)


def _headline(bench: Bench) -> tuple[Quantity, ...]:
    return tuple(one for one in bench.quantities if one.estimand not in (UNKNOWN, WHOLE))


def picked(arrays: Mapping[str, Any], quantities: tuple[Quantity, ...], leading: int) -> Array:
    """(..., quantity) of the arrays' cells, keeping `leading` axes before those of the estimand."""
    cells: list[Any] = [(*((slice(None),) * leading), *one.place) for one in quantities]
    return np.stack([arrays[one.estimand][cell] for one, cell in zip(quantities, cells, strict=True)], axis=-1)


def inside(truth: Array, draws: Array) -> NDArray[np.bool_]:
    """(level, quantity) whether the central interval of `draws` (draw, quantity) holds the truth."""
    tails = [((1 - level) / 2, (1 + level) / 2) for level in LEVELS]
    ends = np.quantile(draws, np.array(tails).ravel(), axis=0).reshape(len(LEVELS), 2, -1)
    return np.asarray((ends[:, 0] <= truth) & (truth <= ends[:, 1]))


def rank_of(truth: Array, draws: Array) -> NDArray[np.int64]:
    """(quantity,) how many of RANKS draws, evenly spaced through the chains (chain, draw, quantity), lie below."""
    flat = draws.reshape(-1, draws.shape[-1])
    kept = flat[np.linspace(0, len(flat) - 1, RANKS).round().astype(int)]
    return np.asarray((kept < truth).sum(axis=0))
