"""What the effects of levers hang on: Sobol indices of each effect over everything that is assumed, and of the ranking.

A design of Saltelli (2010, doi:10.1016/j.cpc.2009.09.018; SALib) moves every assumed number through its prior, the
draws of the fit through their order by workers present, and the plan of arrivals through its wandering; runs without
chance give each scenario's effect against the baseline at the same point. First-order indices say how much of an
effect's variance one factor makes alone, total ones how much it makes with all others. They are those of the relative
effect, 2 (x - b) / (|x| + |b|) for a level x and a baseline b: it lies between -2 and 2, so that no few points of a
long tail decide.

The *ranking* is the order of the scenarios by their effect on one outcome; those that tie share the mean of their
places, so that no order of names decides. Its own indices are those of how far it
lies from the usual order (Spearman's footrule). No factor bears on control or flight: those have no prior, and no
outcome tells of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.assumed import assumed_of, at_quantile, drawn
from tallystick.scenarios.baseline import Baseline, baseline_with
from tallystick.scenarios.chunks import ROUNDING, Halt, of_dollars
from tallystick.scenarios.executor import HERE, Halted, Where, in_order
from tallystick.scenarios.levers import inputs_under
from tallystick.scenarios.outcomes import LaidOut, Outcome
from tallystick.scenarios.what_if import Prepared, WhatIf
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.assumptions import Assumed
from tallystick.vocab.errors import ModelError

Array = NDArray[np.float64]
FIT, PLAN = "the fit", "the plan of arrivals"
FACTORS_OF_ALL = (FIT, PLAN)
SETTLES = 12  # months after which a wandering plan has moved as far as it will
BATCH = 500  # points run at a time: bounds memory
AGAIN = 100  # resamples, for the half widths
LEAST = 0.001  # of an effect's variance; what makes less of it has no index
Progress = Callable[[int, int], None]  # (points done, points in all)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One factor's part in one effect: first-order and total Sobol index with 95 % bootstrap half widths."""

    scenario: str  # "" for the ranking of all
    outcome: str
    factor: str
    why: str  # where the factor's prior comes from
    first: float
    first_error: float
    total: float
    total_error: float

    @property
    def is_told(self) -> bool:
        """Whether the samples tell its total index from nought."""
        return self.total > self.total_error

    def is_apart_from(self, other: Index) -> bool:
        """Whether the samples tell the two total indices apart: their intervals do not overlap."""
        return abs(self.total - other.total) > self.total_error + other.total_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a scenario stands in the ranking, from the largest fall to the largest rise: usual place, how often first.

    usual : those that tie share the lowest of their places. first_share : of points at which nothing else is as low.
    """

    scenario: str
    usual: int
    first_share: float
    median_effect: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The scenarios by their effect on one outcome, in the usual order."""

    outcome: str
    name: str
    unit: str
    places: tuple[Place, ...]

    @property
    def first_changes(self) -> float:
        """The share of points at which the usual first one is not first, or not alone."""
        return 1 - self.places[0].first_share


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Indices of effects and of rankings, for one year; none of factors that make less than a thousandth of one."""

    year: int
    samples: int  # base points of the design
    points: int  # points run, each under every scenario
    seed: int
    indices: tuple[Index, ...]
    rankings: tuple[Ranking, ...]

    def of(self, scenario: str, outcome: str) -> tuple[Index, ...]:
        """Indices of one effect, the largest total first; of the ranking by that outcome for the scenario ""."""
        found = (each for each in self.indices if (each.scenario, each.outcome) == (scenario, outcome))
        return tuple(sorted(found, key=lambda each: -each.total))


def sensitivity(
    asked: WhatIf, ready: Prepared, *, samples: int, year: int, kept: Path | None = None, where: Where = HERE,
    progress: Progress | None = None,
) -> Sensitivity:  # fmt: skip
    """Indices of every outcome at the end of that year. Points run are samples x (factors + 2), samples a power of two.

    Recent studies of such designs want some hundreds of samples; the half widths say whether there were enough. kept :
    folder of compiled kernels. where : threads, how many.
    """
    from SALib.sample import sobol

    factors = factors_of(asked.programme.tables)
    names = [*factors, *FACTORS_OF_ALL]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    points = sobol.sample(problem, samples, calc_second_order=False, seed=asked.seed)
    levels = _levels(asked, ready, points, year, kept, where, progress)
    effects, relative = effects_of(levels)
    compared = [each.id for each in asked.scenarios]
    whys = {name: one.why for name, one in factors.items()} | dict.fromkeys(FACTORS_OF_ALL, "")
    told = {*told_of(asked.programme.tables), *FACTORS_OF_ALL}
    indices = partial(_indices, whys=whys, told=told, seed=asked.seed)
    found = [
        *(
            each
            for at, scenario in enumerate(compared)
            for of, outcome in enumerate(ready.outcomes)
            for each in indices(relative[:, at, of], scenario, outcome.id)
        ),
        *(
            each
            for of, outcome in enumerate(ready.outcomes)
            for each in indices(_moves(effects[:, :, of]), "", outcome.id)
        ),
    ]
    rankings = tuple(ranking(compared, effects[:, :, of], outcome) for of, outcome in enumerate(ready.outcomes))
    return Sensitivity(
        year=year, samples=samples, points=len(points), seed=asked.seed, indices=tuple(found), rankings=rankings
    )


def factors_of(tables: Mapping[str, Any]) -> dict[str, Assumed]:
    """Everything that has a prior; what is no factor would be noise in every index."""
    return {name: one for name, one in assumed_of(tables).items() if one.has_prior}


def told_of(tables: Mapping[str, Any]) -> dict[str, Assumed]:
    """The factors whose share may be told: what only a sign is told of acts, and is not among them."""
    return {name: one for name, one in factors_of(tables).items() if not one.is_sign_only}


def effects_of(levels: Array) -> tuple[Array, Array]:
    """(point, scenario, outcome) effects against the first scenario, and the same relative to level and baseline.

    What rounding alone makes of two equal levels is no effect.
    """
    effects, size = levels[:, 1:] - levels[:, :1], np.abs(levels[:, 1:]) + np.abs(levels[:, :1])
    effects[np.abs(effects) <= ROUNDING * size] = 0.0
    return effects, 2 * effects / np.where(size > 0, size, 1.0)


def levels_at(
    ready: Prepared, under: Iterable[Inputs], outcomes: Sequence[Outcome], year: int, seed: int, kept: Path | None
) -> Array:
    """(point, scenario, outcome) without chance at the end of one year; one set of inputs for each scenario."""
    from tallystick.stocks.engines import chosen

    at, found = year - int(ready.months[0][:4]), []
    for inputs in under:
        laid_out = LaidOut(ready.graph, outcomes, inputs)
        terms = of_dollars(ready.graph, laid_out.terms())
        sums = chosen.yearly(
            ready.graph, inputs, terms, seed=seed, first=0, runs=inputs.draws, kept=kept, draws="mean"
        )  # fmt: skip
        found.append(laid_out.values(sums, np.arange(inputs.draws))[:, at])
    levels = np.stack(found, axis=1)
    lacking = ~np.isfinite(levels).all(axis=(0, 1))
    if lacking.any():
        raise ModelError("has no value at some points, and so no indices", equation=outcomes[int(lacking.argmax())].id)
    return levels


def ranking(scenarios: Sequence[str], effects: Array, outcome: Outcome) -> Ranking:
    """The usual order of these scenarios; `effects` by point and scenario."""
    ranks = _ranks(effects)
    mean = ranks.sum(axis=0)
    places = [
        Place(
            scenario=scenario, usual=1 + int((mean < mean[at]).sum()), first_share=float((ranks[:, at] == 1).mean()),
            median_effect=float(np.median(effects[:, at])),
        )
        for at, scenario in enumerate(scenarios)
    ]  # fmt: skip
    ordered = tuple(sorted(places, key=lambda place: (place.usual, place.scenario)))
    return Ranking(outcome=outcome.id, name=outcome.name, unit=outcome.unit, places=ordered)


def _ranks(effects: Array) -> Array:
    """(point, scenario) place of each, 1 for the lowest; those that tie share the mean of their places."""
    lower = (effects[:, None, :] < effects[:, :, None]).sum(axis=2)
    same = (effects[:, None, :] == effects[:, :, None]).sum(axis=2)
    return np.asarray(lower + (same + 1) / 2)


def _moves(effects: Array) -> Array:
    """(point,) how far the order of the scenarios lies from the usual one."""
    ranks = _ranks(effects)
    return np.asarray(np.abs(ranks - _ranks(ranks.sum(axis=0)[None])).sum(axis=1))


def _levels(
    asked: WhatIf, ready: Prepared, points: Array, year: int, kept: Path | None, where: Where,
    progress: Progress | None,
) -> Array:  # fmt: skip
    """(point, scenario, outcome) levels, some points at a time."""
    parts = []
    work = partial(_batch, asked=asked, ready=ready, year=year, kept=kept)
    batches = [points[first : first + BATCH] for first in range(0, len(points), BATCH)]
    with closing(in_order(work, batches, where)) as found:
        for part in found:
            parts.append(part)
            if progress is not None:
                progress(sum(map(len, parts)), len(points))
    return np.concatenate(parts)


def _batch(points: Array, halted: Halted, *, asked: WhatIf, ready: Prepared, year: int, kept: Path | None) -> Array:
    """Some points under every scenario."""
    base = _base(asked, ready, points)
    return levels_at(ready, _under(asked, base, halted), ready.outcomes, year, asked.seed, kept)


def _under(asked: WhatIf, base: Baseline, halted: Halted) -> Iterator[Inputs]:
    for scenario in (asked.baseline, *asked.scenarios):
        if halted():
            raise Halt
        yield inputs_under(base, scenario, asked.levers)


def _base(asked: WhatIf, ready: Prepared, points: Array) -> Baseline:
    """The baseline at these points: quantiles of each factor, of the fit's draws by size, and of the plan."""
    tables, start = asked.programme.tables, ready.start
    factors = factors_of(tables)
    columns = dict(zip((*factors, *FACTORS_OF_ALL), points.T, strict=True))
    assumed = drawn(assumed_of(tables).values(), len(points), asked.seed)
    assumed |= {name: at_quantile(one, columns[name]) for name, one in factors.items()}
    by_size = np.argsort(sum(start.present.values()), kind="stable")
    rows = by_size[np.minimum((columns[FIT] * len(by_size)).astype(int), len(by_size) - 1)]
    moved = _moved(len(ready.months), assumed, columns[PLAN])
    base = baseline_with(
        ready.graph, ready.shape, tables, start.rows(rows), ready.months, assumed,
        dict.fromkeys(ready.shape.hosts, moved),
    )  # fmt: skip
    beside = {name: each[rows] for name, each in ready.base.inputs.beside.items()}
    return replace(base, inputs=replace(base.inputs, beside=beside))


def _moved(months: int, assumed: Mapping[str, Array], u: Array) -> Array:
    """(point, month) factors: the plan moves to a level drawn from where its wandering would settle, and stays.

    Of all hosts alike, while in the runs each host's plan wanders by itself.
    """
    from scipy.special import ndtri

    settled = assumed["plan_sd"] / np.sqrt(1 - assumed["plan_memory"] ** 2) * ndtri(np.clip(u, 1e-6, 1 - 1e-6))
    grown = np.minimum((np.arange(months) + 1) / SETTLES, 1.0)
    return np.asarray(np.exp(settled[:, None] * grown))


def _indices(
    values: Array, scenario: str, outcome: str, *, whys: Mapping[str, str], told: Collection[str], seed: int
) -> list[Index]:  # fmt: skip
    """Of one quantity, over the factors that are told and move it: the others would be nought, and take as long."""
    from SALib.analyze import sobol

    names = list(whys)
    design = values.reshape(-1, len(names) + 2)  # a base point, it with each factor exchanged, and its partner
    bases = design[:, [0, -1]]
    if np.ptp(bases) == 0:
        return []
    totals = 0.5 * ((design[:, 1:-1] - design[:, :1]) ** 2).mean(axis=0) / bases.var()
    moving = np.flatnonzero((totals >= LEAST) & np.isin(names, list(told)))
    if not len(moving):
        return []
    moved = [names[at] for at in moving]
    problem = {"num_vars": len(moved), "names": moved, "bounds": [[0.0, 1.0]] * len(moved)}
    some = design[:, [0, *(moving + 1), len(names) + 1]].ravel()
    # SALib takes a seed of 0 for none.
    found = sobol.analyze(problem, some, calc_second_order=False, num_resamples=AGAIN, seed=seed + 1)
    return [
        Index(
            scenario=scenario, outcome=outcome, factor=name, why=whys[name], first=float(found["S1"][at]),
            first_error=float(found["S1_conf"][at]), total=float(found["ST"][at]),
            total_error=float(found["ST_conf"][at]),
        )
        for at, name in enumerate(moved)
    ]  # fmt: skip
