"""What becomes of planted values where sources err otherwise than the model supposes, and whether it is noticed.

Each world plants a truth, as the recovery check does, and lets the programme's sources err in a way of its own: they
copy each other unseen, a class leans one way, errors have heavier tails, or somebody plants a figure, alone or as five
origins that agree on it. The same truth with honest errors is fitted beside, so that what a world costs is told apart
from what any data set costs. Planted figures stand in places of their own, which are silent in all other worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.blocs import Readings, agreeing, bloc_of, near
from tallystick.calibrate.density import Expected, Terms, expected, terms_of
from tallystick.calibrate.fit import BATCH, evaluator_of, prepare
from tallystick.calibrate.headline import axes_of, dataset, untold_measures
from tallystick.calibrate.model import Model
from tallystick.calibrate.newcomer import Offer, observation_of
from tallystick.calibrate.origins import origin_densities, shared_errors
from tallystick.calibrate.recovery import Bench, Quantity, Size, inside, picked, quantities_of
from tallystick.calibrate.reweighed import Watch
from tallystick.calibrate.sample import run, sampler_of
from tallystick.calibrate.simulate import POINT, RANGE, ROUNDED, plant, readings, worded
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.programme import Programme
from tallystick.vocab.trust import Bloc

Array = NDArray[np.float64]
FIVE = 5
LEAN = 2.0  # the class that leans gives twice the truth
COPIED, NEAR = 0.5, 24  # chance that a figure copies another of its series if it has one within so many months
TAIL = 2.0  # degrees of freedom of Student's t: its variance is infinite
SIZE = Size(chains=2, warmup=200, draws=300, most=300)


class Plot(NamedTuple):
    """Figures that somebody plants: how many origins, of which class, at which multiple of the truth."""

    origins: int
    asserter_class: str
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What all worlds share: a bench with silent places for planted figures, by the class that they would have."""

    programme: Programme
    bench: Bench
    places: Mapping[str, tuple[int, ...]]

    @property
    def observed(self) -> tuple[Observation, ...]:
        return self.bench.prepared.observations


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One world, one data set: truths held (level, quantity), moves (quantity,) against the honest fit, the flags."""

    world: str
    inside: NDArray[np.bool_]
    moves: Array
    flagged: bool  # a bloc that holds every planted figure, or of any claims where nothing is planted in common


def stage_of(programme: Programme, account: Account, classes: Sequence[str], where: Offer, size: Size = SIZE) -> Stage:
    """Compile once, with FIVE silent places for each class; `where` says of what planted figures speak."""
    offers = [where._replace(asserter_class=kind) for kind in classes for _ in range(FIVE)]
    planted = [observation_of(programme, one, at) for at, one in enumerate(offers)]
    prepared = prepare(programme, (*account.observations, *planted))
    first = len(account.observations)
    used = np.where(np.arange(first + len(planted)) < first, 1.0, 0.0)
    terms = terms_of(prepared.model, replace(prepared.data, used=used))
    bench = Bench(
        prepared=prepared,
        terms=terms,
        sampler=sampler_of(prepared.model, prepared.data, terms, warmup=size.warmup),
        evaluate=evaluator_of(prepared),
        quantities=_watched(programme, prepared.model),
        size=size,
    )
    places = {kind: tuple(range(first + FIVE * at, first + FIVE * (at + 1))) for at, kind in enumerate(classes)}
    return Stage(programme=programme, bench=bench, places=places)


def _watched(programme: Programme, model: Model) -> tuple[Quantity, ...]:
    """Estimands whose move may be told: none that is `untold` in model.toml."""
    headline = programme.tables["model"]["headline"]
    told = {name for name, entry in headline.items() if not entry.get("untold")}
    return tuple(one for one in quantities_of(programme, model) if one.estimand in told)


def noises(stage: Stage) -> dict[str, Callable[[Array, Array, Array, np.random.Generator], Array]]:
    """Worlds of noise by name: from honest readings, what they should have been about and their scales, all (claim,)
    logs, to the readings of that world.
    """
    data, kinds = stage.bench.prepared.data, tuple(stage.programme.asserter_classes.values())
    middle = data.window @ np.arange(data.window.shape[1]) / data.window.sum(axis=1)

    def copies(read: Array, _: Array, __: Array, generator: np.random.Generator) -> Array:
        out = read.copy()
        for at in np.flatnonzero(generator.random(len(read)) < COPIED):
            alike = np.flatnonzero((data.row == data.row[at]) & (np.abs(middle - middle[at]) <= NEAR))
            others = alike[alike != at]
            if len(others):
                out[at] = read[generator.choice(others)]
        return out

    def leaning(read: Array, _: Array, __: Array, ___: np.random.Generator) -> Array:
        open_to_it = [at for at, kind in enumerate(kinds) if kind.bias_sd >= np.median([one.bias_sd for one in kinds])]
        most = max(open_to_it, key=lambda at: int((data.who == at).sum()))
        return np.asarray(read + np.log(LEAN) * (data.who == most))

    def heavy(_: Array, centre: Array, scale: Array, generator: np.random.Generator) -> Array:
        return np.asarray(centre + scale * generator.standard_t(TAIL, len(centre)))

    return {"copies": copies, "leaning class": leaning, "heavy tails": heavy}


def plots(vetted: str, unvetted: str) -> dict[str, Plot]:
    """Worlds of planted figures by name."""
    many = [(1, unvetted), (FIVE, unvetted), (FIVE, vetted)]
    return {
        f"{origins} planted ({kind}), times {factor:g}": Plot(origins, kind, factor)
        for origins, kind in many
        for factor in (0.1, 10.0)
    }


def staged(stage: Stage, seed: int, number: int, worlds: Mapping[str, Plot]) -> tuple[Seen, ...]:
    """Data set `number`, fitted in every world; the honest one comes first."""
    bench, generator = stage.bench, np.random.default_rng([seed, number])
    model, data = bench.prepared.model, bench.prepared.data
    truth = plant(generator, model)
    centre, scale = expected(truth, bench.terms, model, data, np)
    read = readings(truth, bench.terms, model, data, generator)
    honest = worded(read, bench.terms, data)
    usual = _fitted(stage, honest, int(generator.integers(2**31)))
    planted = picked(bench.evaluate(np.broadcast_to(truth, (1, BATCH, len(truth))), honest), bench.quantities, 2)[0, 0]
    told = {
        name: worded(noise(read, centre, scale, generator), bench.terms, data) for name, noise in noises(stage).items()
    }
    told |= {name: with_plot(stage, honest, plot, centre) for name, plot in worlds.items()}
    seen = [_seen("honest", stage, honest, usual, usual, planted, ())]
    for name, terms in told.items():
        arrays = _fitted(stage, terms, int(generator.integers(2**31)))
        places = _places(stage, worlds[name]) if name in worlds else ()
        seen.append(_seen(name, stage, terms, arrays, usual, planted, places))
    return tuple(seen)


def with_plot(stage: Stage, terms: Terms, plot: Plot, centre: Array) -> Terms:
    """The same figures and the planted ones, at a multiple of what such a figure should have been."""
    places = list(_places(stage, plot))
    point, used = np.array(terms.point, dtype=float), np.array(terms.used, dtype=float)
    point[places], used[places] = centre[places] + np.log(plot.factor), 1.0
    return terms._replace(point=point, used=used)


def _places(stage: Stage, plot: Plot) -> tuple[int, ...]:
    return stage.places[plot.asserter_class][: plot.origins]


def _fitted(stage: Stage, terms: Terms, seed: int) -> dict[str, Array]:
    """(draw, ...) of what is evaluated, and the draws themselves as `z`. Each world tunes its own chains: those tuned
    to other figures may never leave the place that they start from.
    """
    bench, size = stage.bench, stage.bench.size
    chains = run(bench.sampler, terms, seed=seed, draws=size.draws, chains=size.chains, stage="misled")
    arrays = bench.evaluate(chains.run.z, terms) | {"z": chains.run.z}
    return {name: part.reshape(-1, *part.shape[2:]) for name, part in arrays.items()}


def _seen(
    world: str,
    stage: Stage,
    terms: Terms,
    arrays: Mapping[str, Array],
    usual: Mapping[str, Array],
    truth: Array,
    planted: tuple[int, ...],
) -> Seen:
    drawn, before = (picked(each, stage.bench.quantities, 1) for each in (arrays, usual))
    low, middle, high = np.quantile(before, [0.1, 0.5, 0.9], axis=0)
    found = flags(stage, terms, arrays)
    names = {stage.observed[at].claim for at in planted}
    flagged = any(names <= set(one.claims) for one in found) if len(planted) > 1 else bool(found)
    moves = (np.median(drawn, axis=0) - middle) / (high - low)
    return Seen(world=world, inside=inside(truth, drawn), moves=moves, flagged=flagged)


def flags(stage: Stage, terms: Terms, arrays: Mapping[str, Array]) -> tuple[Bloc, ...]:
    """The flagged blocs of a fit to these terms. arrays : (draw, ...) of it, with its `z`."""
    ready, heard = stage.bench.prepared, np.flatnonzero(np.asarray(terms.used) > 0)
    spoken = Expected(arrays["centre"], arrays["scale"])
    densities = origin_densities(arrays["z"], spoken, terms, ready.model, ready.data, ready.origins)
    says = dict(zip(ready.origins.names, densities.T, strict=True))
    every = list(as_said(stage, terms))
    observed, watch = [every[at] for at in heard], _watch(stage, arrays)
    readings = Readings(*spoken, *shared_errors(arrays["z"], terms, ready.model, ready.data)).of(heard.tolist())
    likelihood = ready.model.likelihood
    found = [
        bloc_of(watch, [observed[at] for at in places], near(observed, places), says, readings.of(places), likelihood)
        for places in agreeing(observed, untold_measures(stage.programme))
    ]
    return tuple(one for one in found if one.flagged)


def as_said(stage: Stage, terms: Terms) -> Iterator[Observation]:
    """The observations with the figures of these terms; bounds, which give no figure, as they stand."""
    kinds = stage.bench.prepared.data.kind
    for one, kind, point, low, high in zip(stage.observed, kinds, terms.point, terms.low, terms.high, strict=True):
        if kind == POINT:
            yield replace(one, point=float(np.exp(point)), low=None, high=None)
        elif kind in (RANGE, ROUNDED):
            yield replace(one, point=None, low=float(np.exp(low)), high=float(np.exp(high)))
        else:
            yield one


class Plotted(NamedTuple):
    """What planted figures do to the fit of the real evidence: the largest move, of which median, and the blocs."""

    move: float
    on: str
    flags: tuple[Bloc, ...]
    flagged: bool  # a bloc that holds every planted figure


def plotted(stage: Stage, seed: int, worlds: Mapping[str, Plot]) -> tuple[tuple[Bloc, ...], dict[str, Plotted]]:
    """The blocs flagged in the real evidence as it is, and each plot added to it, fitted anew."""
    bench = stage.bench
    usual = _fitted(stage, bench.terms, seed)
    centre = np.median(usual["centre"], axis=0)
    before = _watch(stage, usual)
    out = {}
    for at, (name, plot) in enumerate(worlds.items()):
        terms = with_plot(stage, bench.terms, plot, centre)
        arrays = _fitted(stage, terms, seed + at + 1)
        after, found = _watch(stage, arrays), flags(stage, terms, arrays)
        moves = np.abs(after.usual - before.usual) / before.width
        names = {stage.observed[place].claim for place in _places(stage, plot)}
        out[name] = Plotted(
            move=float(moves.max()),
            on=before.labels[int(moves.argmax())],
            flags=found,
            flagged=any(names <= set(one.claims) for one in found),
        )
    return flags(stage, bench.terms, usual), out


def _watch(stage: Stage, arrays: Mapping[str, Array]) -> Watch:
    model = stage.bench.prepared.model
    return Watch(stage.programme, dataset({name: arrays[name] for name in axes_of(model)}, model))
