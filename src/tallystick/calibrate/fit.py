"""One fit of a programme: posterior, prior, named alternatives, and whether the sampler can be believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate import engine
from tallystick.calibrate.density import Expected, Terms, expected, log_likelihood, terms_of
from tallystick.calibrate.diagnostics import mixing
from tallystick.calibrate.headline import after_deadline, axes_of, dataset, headline_of, untold_measures
from tallystick.calibrate.influence import in_the_open, watched
from tallystick.calibrate.leading import draws_of, leading_of
from tallystick.calibrate.leave_out import Chosen, Side, Without, in_doubt, side_of
from tallystick.calibrate.leave_out import dataset as origins_dataset
from tallystick.calibrate.model import Model, model_of
from tallystick.calibrate.observe import Data, compile_data, parts_of, reports_of
from tallystick.calibrate.origins import Origins, origin_densities, origins_of
from tallystick.calibrate.sample import Chains, Report, Run, Sampler, extended, run, sampler_of
from tallystick.calibrate.settings import check_model
from tallystick.calibrate.stacking import predicted
from tallystick.calibrate.system import names_of, series_of
from tallystick.calibrate.tuned import Arrays, packed, under_priors, unpacked
from tallystick.calibrate.unknowns import Layout, Unknown, moved, widened
from tallystick.reconcile.account import Account, Observation
from tallystick.vocab.errors import FitError
from tallystick.vocab.estimate import Diagnostics
from tallystick.vocab.programme import Programme

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
CHAINS, WARMUP, DRAWS = 4, 300, 1000
SETTLE = 50  # iterations that go by before the first draw of chains that go on from those of a like fit
LONGER, EXTENSIONS = 250, 6  # more draws a chain while the diagnostics fail, and how often
SIDE_CHAINS, SIDE_DRAWS = 2, 100  # of a named alternative or a fit without one origin, which are shown beside
SIDE_LONGER, SIDE_EXTENSIONS = 50, 6  # more draws a chain of either while its leading figures have not mixed
WARM_DRAWS = 500  # of a fit that starts where another ended
PRIOR_DRAWS = 1000
R_HAT_LIMIT = 1.01
BATCH = 100  # draws evaluated at once; every fit's count is a multiple, so that one compile serves all
Evaluate = Callable[[Array, Terms], dict[str, Array]]
Judge = Callable[["Prepared", Run, Mapping[str, Array], int], Diagnostics]


class Limits(NamedTuple):
    """What draws must reach to be shown: R-hat at most, effective samples of bulk and tails at least."""

    r_hat: float
    ess: float


LIMITS = Limits(R_HAT_LIMIT, 400)
SIDE_LIMITS = Limits(
    1.05, 50
)  # of a normal, Monte Carlo errors of 7 % of the 80 % width, at its ends 10 %: decision 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A programme's model and data, ready for any number of fits without compiling again."""

    programme: Programme
    observations: tuple[Observation, ...]
    model: Model
    data: Data
    origins: Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class FitResult:
    """idata: ArviZ file (unknowns; log likelihood, centre and scale of the claims that are `in_the_open`).

    The datasets have `draw` and labelled axes.
    origins: who says what, how well it is predicted, and leading figures without some of them (`leave_out.dataset`).
    """

    idata: Any
    draws: xr.Dataset
    prior_draws: xr.Dataset
    alternatives: Mapping[str, xr.Dataset]
    origins: xr.Dataset
    diagnostics: Diagnostics
    ended: Arrays  # where its chains ended, for a later fit to start from (`tuned`)


def prepare(programme: Programme, observations: Sequence[Observation]) -> Prepared:
    """Read the model, lay the observations out for it; EvidenceError where it is at fault or a claim has no series."""
    check_model(programme)
    if not observations:
        raise FitError("no used claim had been published by that day", hint="take a later day for --as-of")
    engine.prepare()
    model = model_for(programme, observations)
    middle = model.layout.values(np.zeros(model.layout.size), *model.layout.priors(), np)
    known = names_of(model, series_of(middle, model, np))
    data = compile_data(programme, observations, model, known)
    seen = tuple(observations)
    return Prepared(programme=programme, observations=seen, model=model, data=data, origins=origins_of(seen, data))


def model_for(programme: Programme, observations: Sequence[Observation]) -> Model:
    """The model with the unknowns that these observations need."""
    hosts = tuple(host for host in programme.hosts if host != "WW")
    return model_of(programme, parts_of(observations, hosts), len(reports_of(observations)))


def fit(
    programme: Programme,
    account: Account,
    *,
    seed: int,
    chains: int = CHAINS,
    warmup: int = WARMUP,
    draws: int = DRAWS,
    progress: Report | None = None,
    alternatives: bool = True,
    device: engine.Device = "cpu",
    start: Arrays | None = None,
) -> FitResult:
    """Fit the model to the account's observations.

    seed : the same seed, evidence, libraries and `start` give the same draws. chains, warmup, draws : of each fit.
    progress : hears how far the sampler is. FitError when draws are not finite. Chains that fail their diagnostics
    go on for a while before they are judged for good. device : where chains run. start : where chains of a like fit
    ended (`tuned.packed`), for these to go on from: with fewer draws, and nothing beside. They agreed when they ended,
    so that R-hat cannot see a region that only the new density has: a fit without `start` can.
    """
    engine.prepare(device)
    alternatives, draws = alternatives and start is None, draws if start is None else min(draws, WARM_DRAWS)
    ready = prepare(programme, account.observations)
    base = terms_of(ready.model, ready.data)
    sampler, evaluate = sampler_of(ready.model, ready.data, base, warmup=warmup), evaluator_of(ready)
    earlier = None if start is None else unpacked(start, sampler)
    work = _Work(ready=ready, sampler=sampler, evaluate=evaluate, seed=seed, progress=progress)
    chained = run(
        sampler, base, seed=seed, draws=draws, chains=chains, stage="fit", report=progress, earlier=earlier,
        settle=SETTLE,
    )  # fmt: skip
    chained, arrays, judged = _until_judged(
        work, base, chained, _judge, stage="fit", stream=100, longer=LONGER, often=EXTENSIONS
    )
    found = _dataset(ready, arrays)
    others, sides = _alternatives(work, chained) if alternatives else ({}, {})
    said = _by_origin(ready, base, chained, arrays)
    doubted = _doubted(ready, said, found) if alternatives else []
    without = {at: _without(work, at, chained) for at in doubted}
    return FitResult(
        idata=idata_of(ready, base, chained.run, arrays),
        draws=found,
        prior_draws=_dataset(ready, evaluate(_prior(ready.model, seed), base)),
        alternatives=others,
        origins=origins_dataset(
            ready.origins, said, leading_of(programme), _side(ready, chained, found, judged), sides, without
        ),
        diagnostics=judged,
        ended=packed(chained),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What all runs of one fit share."""

    ready: Prepared
    sampler: Sampler
    evaluate: Evaluate
    seed: int
    progress: Report | None


def _until_judged(
    work: _Work, terms: Terms, chained: Chains, judge: Judge, *, stage: str, stream: int, longer: int, often: int
) -> tuple[Chains, dict[str, Array], Diagnostics]:
    """Go on with the same chains while they fail their diagnostics, at most `often` times.

    Not where they diverged: more draws take no divergence away. stream : of the first run; the others follow it.
    """
    arrays = work.evaluate(chained.run.z, terms)
    judged = judge(work.ready, chained.run, arrays, work.seed)
    for place in range(1, often + 1):
        if judged.passed or judged.divergences:
            break
        more = run(
            work.sampler, terms, seed=work.seed, stream=stream + place, draws=longer, chains=chained.run.z.shape[0],
            stage=f"{stage}, longer", report=work.progress, earlier=chained, settle=0,
        )  # fmt: skip
        fresh = work.evaluate(more.run.z, terms)
        chained = extended(chained, more)
        arrays = {name: np.concatenate([part, fresh[name]], axis=1) for name, part in arrays.items()}
        judged = judge(work.ready, chained.run, arrays, work.seed)
    return chained, arrays, judged


def _prior(model: Model, seed: int) -> Array:
    return np.random.default_rng(seed).standard_normal((1, PRIOR_DRAWS, model.layout.size))


def _beside(
    work: _Work, terms: Terms, chained: Chains, *, stage: str, stream: int
) -> tuple[Chains, dict[str, Array], Diagnostics]:
    """A short fit of a like density, from where chains of the main one ended, judged by its leading figures."""
    side = run(
        work.sampler, terms, seed=work.seed, stream=stream, draws=SIDE_DRAWS, chains=SIDE_CHAINS, settle=SETTLE,
        stage=stage, report=work.progress, earlier=chained,
    )  # fmt: skip
    return _until_judged(
        work, terms, side, _judge_side, stage=stage, stream=stream, longer=SIDE_LONGER, often=SIDE_EXTENSIONS
    )


def _side(ready: Prepared, chained: Chains, found: xr.Dataset, judged: Diagnostics) -> Side:
    leading = draws_of(found, leading_of(ready.programme))
    return side_of(leading.reshape(*chained.run.z.shape[:2], leading.shape[1]), judged)


def _alternatives(work: _Work, chained: Chains) -> tuple[dict[str, Any], dict[str, Chosen]]:
    """Headline draws under each named other choice, and how it predicts each origin."""
    out, sides, ready = {}, {}, work.ready
    base = terms_of(ready.model, ready.data)
    for place, choice in enumerate(ready.model.alternatives):
        terms, stage = alternative_terms(ready, choice), f"alternative: {choice['name']}"
        start = under_priors(chained, base, terms)
        side, arrays, judged = _beside(work, terms, start, stage=stage, stream=200 + 10 * place)
        id, found = str(choice["id"]), _dataset(ready, arrays)
        said = predicted(_by_origin(ready, terms, side, arrays))
        out[id], sides[id] = found, Chosen(_side(ready, side, found, judged), said, ready.origins.heard(terms.used))
    return out, sides


def _doubted(ready: Prepared, said: Array, found: xr.Dataset) -> list[int]:
    """Origins to fit without: never one that speaks of what is never told."""
    untold = untold_measures(ready.programme)
    silent = {one.voice for one in ready.observations if one.measure in untold}
    leading = draws_of(found, leading_of(ready.programme))
    return in_doubt(said.reshape(-1, said.shape[-1]), leading, [name not in silent for name in ready.origins.names])


def _without(work: _Work, at: int, chained: Chains) -> Without:
    """What an origin says and the leading figures, under draws of a fit that does not hear it; see `leave_out`."""
    ready = work.ready
    name, claims = ready.origins.names[at], set(ready.origins.claims[at])
    used = np.array([float(one.claim not in claims) for one in ready.observations])
    terms = terms_of(ready.model, replace(ready.data, used=used))
    side, arrays, judged = _beside(work, terms, chained, stage=f"without: {name}", stream=1000 + 10 * at)
    density = _by_origin(ready, terms, side, arrays)[..., at]
    return Without(_side(ready, side, _dataset(ready, arrays), judged), density)


def _by_origin(ready: Prepared, terms: Terms, chained: Chains, arrays: Mapping[str, Array]) -> Array:
    """(chain, draw, origin) log densities of what each origin says."""
    z, centre, scale = (part.reshape(-1, part.shape[-1]) for part in (chained.run.z, arrays["centre"], arrays["scale"]))
    found = origin_densities(z, Expected(centre, scale), terms, ready.model, ready.data, ready.origins)
    return found.reshape(*chained.run.z.shape[:2], -1)


def alternative_terms(ready: Prepared, choice: Mapping[str, Any]) -> Terms:
    """The terms of one named other choice: priors moved or widened, and claims left out by class or measure."""
    changed = Layout(tuple(_changed(one, choice, ready.data.claims) for one in ready.model.layout.unknowns))
    classes, measures = choice.get("leave_out_classes", ()), choice.get("leave_out_measures", ())
    out = [one.asserter_class in classes or one.measure in measures for one in ready.observations]
    return terms_of(ready.model, replace(ready.data, used=1.0 - np.array(out, dtype=float)), changed.priors())


def _changed(unknown: Unknown, choice: Mapping[str, Any], fitted: Sequence[str]) -> Unknown:
    """An unknown as a choice has it; `widen` is for those whose reason cites a claim that is also fitted."""
    changes = choice.get("set", {})
    changed = moved(unknown, changes[unknown.name]) if unknown.name in changes else unknown
    return widened(changed, choice["widen"]) if "widen" in choice and unknown.cited & set(fitted) else changed


def evaluator_of(ready: Prepared) -> Evaluate:
    """A compiled function of draws (chain, draw, unknown) and terms.

    It gives headline estimands, log likelihood, and centre and scale of every claim, each (chain, draw, ...).
    """
    import jax
    import jax.numpy as jnp

    after = after_deadline(ready.model, ready.programme.deadline)

    @jax.jit
    def batch(rows: Any, terms: Terms) -> dict[str, Any]:
        return jax.vmap(lambda row: one(row, terms))(rows)

    def one(row: Any, terms: Terms) -> dict[str, Any]:
        values = ready.model.layout.values(row, terms.location, terms.width, jnp)
        speaks = expected(row, terms, ready.model, ready.data, jnp)
        fitted = {"log_likelihood": log_likelihood(row, terms, ready.model, ready.data)}
        fitted |= {"centre": speaks.centre, "scale": speaks.scale}
        return headline_of(values, ready.model, after, jnp) | fitted

    def evaluate(z: Array, terms: Terms) -> dict[str, Array]:
        rows = z.reshape(-1, z.shape[-1])
        pieces = [batch(rows[at : at + BATCH], terms) for at in range(0, len(rows), BATCH)]
        arrays = {name: np.concatenate([np.asarray(piece[name]) for piece in pieces]) for name in pieces[0]}
        wrong = [name for name, part in arrays.items() if not np.isfinite(part).all()]
        if wrong:
            raise FitError(
                f"draws of {wrong[0]} are not finite", hint="look for a prior in model.toml that is far too wide"
            )
        return {name: part.reshape(*z.shape[:2], *part.shape[1:]) for name, part in arrays.items()}

    return evaluate


def _dataset(ready: Prepared, arrays: Mapping[str, Array]) -> xr.Dataset:
    """Single precision: seven digits are more than any interval here supports."""
    flat = {name: arrays[name].reshape(-1, *arrays[name].shape[2:]).astype(np.float32) for name in axes_of(ready.model)}
    return dataset(flat, ready.model)


def published_years(programme: Programme, estimand: str) -> tuple[int, int]:
    """First and last year for which an estimand is published."""
    years = programme.tables["model"]["headline"][estimand].get("years", programme.window)
    return int(years[0]), int(years[1])


def _judge(ready: Prepared, main: Run, arrays: Mapping[str, Array], seed: int) -> Diagnostics:
    """R-hat and effective sample sizes of every published quantity."""
    names, columns = [], []
    for name in ready.programme.tables["model"]["headline"]:
        part = arrays[name]
        kept = part[..., _kept(ready, name, part.shape[-1])].reshape(*part.shape[:2], -1)
        names += [name] * kept.shape[-1]
        columns.append(kept)
    return judged_of(names, np.concatenate(columns, axis=-1), main, seed, LIMITS)


def _judge_side(ready: Prepared, side: Run, arrays: Mapping[str, Array], seed: int) -> Diagnostics:
    """The same of the leading figures alone, or of all that is watched where a programme leads with none."""
    found, figures = _dataset(ready, arrays), leading_of(ready.programme)
    names, flat = (
        ([one.id for one in figures], draws_of(found, figures)) if figures else watched(ready.programme, found)
    )
    drawn = flat.reshape(*side.z.shape[:2], len(names))
    return judged_of(names, drawn, side, seed, SIDE_LIMITS)


def judged_of(names: Sequence[str], drawn: Array, main: Run, seed: int, limits: Limits) -> Diagnostics:
    """How well chains agree on these quantities. drawn : (chain, draw, quantity)."""
    mixed = mixing(drawn)
    worst = int(np.nanargmin(np.minimum(mixed.ess_bulk, mixed.ess_tail)))
    r_hat, bulk, tail = np.nanmax(mixed.r_hat), np.nanmin(mixed.ess_bulk), np.nanmin(mixed.ess_tail)
    diverging = int(main.diverging.sum())
    return Diagnostics(
        passed=bool(r_hat <= limits.r_hat and min(bulk, tail) >= limits.ess and diverging == 0),
        r_hat_max=float(r_hat), ess_bulk_min=float(bulk), ess_tail_min=float(tail), divergences=diverging,
        chains=main.z.shape[0], draws=main.z.shape[1], worst=names[worst], seed=seed,
    )  # fmt: skip


def _kept(ready: Prepared, name: str, length: int) -> Any:
    first, last = published_years(ready.programme, name)
    per_year = length // len(ready.model.grid.years)
    start = (first - ready.model.grid.first_year) * per_year
    return slice(start, (last - ready.model.grid.first_year + 1) * per_year)


def idata_of(ready: Prepared, terms: Terms, main: Run, arrays: Mapping[str, Array]) -> Any:
    """What is published: every draw of the unknowns, and what each claim that may be weighed in the open is held to."""
    import arviz

    layout, flat = ready.model.layout, main.z.reshape(-1, ready.model.layout.size)
    drawn = [layout.values(row, terms.location, terms.width, np) for row in flat]
    posterior = {
        one.name: np.array([each[one.name] for each in drawn]).reshape(
            *main.z.shape[:2], *([one.size] if one.size > 1 else [])
        )
        for one in layout.unknowns
    }
    open_ = in_the_open(ready.programme, ready.observations)
    fitted = {name: arrays[name][..., open_] for name in ("log_likelihood", "centre", "scale")}
    return arviz.from_dict(
        posterior=posterior,
        log_likelihood={"claims": fitted["log_likelihood"]},
        posterior_predictive={"centre": fitted["centre"], "scale": fitted["scale"]},
        sample_stats={
            "diverging": main.diverging,
            "n_steps": main.steps,
            "acceptance_rate": main.accept,
            "energy": main.energy,
        },
        coords={"claim": [ready.data.claims[at] for at in open_]},
        dims={"claims": ["claim"], "centre": ["claim"], "scale": ["claim"]},
    )
