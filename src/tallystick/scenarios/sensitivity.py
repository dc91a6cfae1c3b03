"""What the effects of levers hang on: Sobol indices of each effect over everything that is assumed, and of the ranking.

A design of Saltelli (2010, doi:10.1016/j.cpc.2009.09.018; SALib) moves every assumed number through its prior, the
draws of the fit through their order by workers present, and the plan of arrivals through its wandering; the mean-field
engine gives each scenario's effect against the baseline at the same point. First-order indices say how much of an
effect's variance one factor makes alone, total ones how much it makes with all others. They are those of the relative
effect, 2 (x - b) / (x + b) for a level x and a baseline b: it lies between -2 and 2, so that no few points of a long
tail decide.

The *ranking* is the order of the scenarios by their effect on one outcome. Its own indices are those of how far it
lies from the usual order (Spearman's footrule). No factor bears on control or flight: those have no prior, and no
outcome tells of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.scenarios.assumed import assumed_of, at_quantile, drawn
from tallystick.scenarios.baseline import Baseline, Start, baseline_with
from tallystick.scenarios.levers import inputs_under
from tallystick.scenarios.outcomes import Outcome, Plan
from tallystick.scenarios.scenario import Lever, Scenario
from tallystick.stocks.graph import Graph
from tallystick.stocks.labour.assumptions import Assumed
from tallystick.stocks.labour.shape import Shape

Array = NDArray[np.float64]
FIT, PLAN = "the fit", "the plan of arrivals"
FACTORS_OF_ALL = (FIT, PLAN)
SETTLES = 12  # months after which a wandering plan has moved as far as it will in the mean-field runs
BATCH = 500  # points run at a time: bounds memory
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a scenario stands in the ranking, from the largest fall to the largest rise: usual place, share first."""

    scenario: str
    usual: int
    first_share: float
    median_effect: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """Indices of effects and of the ranking, for one year."""

    year: int
    samples: int  # base points of the design
    points: int  # points run, each under every scenario
    seed: int
    outcome: str  # by which scenarios are ranked
    indices: tuple[Index, ...]
    ranking: tuple[Place, ...]

    @property
    def hangs_on(self) -> Index | None:
        """The assumption that the ranking hangs on most, by its total index; None where it is always the same."""
        return max((each for each in self.indices if not each.scenario), key=lambda each: each.total, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the model, where it starts, and scenarios with the baseline first."""

    graph: Graph
    shape: Shape
    tables: Mapping[str, Any]
    start: Start
    months: Sequence[str]
    scenarios: Mapping[str, Scenario]
    levers: Mapping[str, Lever]
    outcomes: Sequence[Outcome]
    rank_by: str  # id of the outcome that the ranking is by
    beside: Mapping[str, Array]  # (draw,) what outcomes multiply by, of the draws of `start`


def sensitivity(asked: Question, *, samples: int, seed: int, progress: Progress | None = None) -> Sensitivity:
    """Indices at the last year. `samples` is a power of two; points run are samples x (factors + 2).

    Recent studies of such designs want some hundreds of samples; the half widths say whether there were enough.
    """
    from SALib.sample import sobol

    factors = _factors(asked.tables)
    names = [*factors, *FACTORS_OF_ALL]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    points = sobol.sample(problem, samples, calc_second_order=False, seed=seed)
    effects, relative = _effects(asked, factors, points, seed, progress)  # (point, scenario, outcome)
    compared = list(asked.scenarios)[1:]
    whys = {name: one.why for name, one in factors.items()} | dict.fromkeys(FACTORS_OF_ALL, "")
    indices = [
        each
        for at, scenario in enumerate(compared)
        for of, outcome in enumerate(asked.outcomes)
        for each in _indices(problem, relative[:, at, of], scenario, outcome.id, whys, seed)
    ]
    ranked = effects[:, :, [outcome.id for outcome in asked.outcomes].index(asked.rank_by)]
    ranks = ranked.argsort(axis=1).argsort(axis=1) + 1.0
    usual = np.median(ranks, axis=0).argsort().argsort() + 1
    indices += _indices(problem, np.abs(ranks - usual).sum(axis=1), "", asked.rank_by, whys, seed)
    places = [
        Place(
            scenario=scenario, usual=int(usual[at]), first_share=float((ranks[:, at] == 1).mean()),
            median_effect=float(np.median(ranked[:, at])),
        )
        for at, scenario in enumerate(compared)
    ]  # fmt: skip
    return Sensitivity(
        year=int(asked.months[-1][:4]), samples=samples, points=len(points), seed=seed, outcome=asked.rank_by,
        indices=tuple(indices), ranking=tuple(sorted(places, key=lambda place: place.usual)),
    )  # fmt: skip


def _factors(tables: Mapping[str, Any]) -> dict[str, Assumed]:
    """Everything that has a prior; what is no factor would be noise in every index."""
    return {name: one for name, one in assumed_of(tables).items() if one.has_prior}


def _effects(
    asked: Question, factors: Mapping[str, Assumed], points: Array, seed: int, progress: Progress | None
) -> tuple[Array, Array]:
    """(point, scenario, outcome) effects at the last year, and the same relative to level and baseline."""
    parts = []
    for first in range(0, len(points), BATCH):
        some = points[first : first + BATCH]
        parts.append(_levels(asked, factors, some, seed))
        if progress is not None:
            progress(first + len(some), len(points))
    levels = np.concatenate(parts)
    effects, size = levels[:, 1:] - levels[:, :1], np.abs(levels[:, 1:]) + np.abs(levels[:, :1])
    return effects, 2 * effects / np.where(size > 0, size, 1.0)


def _levels(asked: Question, factors: Mapping[str, Assumed], points: Array, seed: int) -> Array:
    """(point, scenario, outcome) levels at the last year."""
    from tallystick.stocks.engines import meanfield

    base = _base(asked, factors, points, seed)
    levels = []
    for scenario in asked.scenarios.values():
        inputs = inputs_under(base, scenario, asked.levers)
        plan = Plan(asked.graph, asked.outcomes, inputs)
        yearly = meanfield.yearly(asked.graph, inputs, plan.terms())
        levels.append(plan.values(yearly, np.arange(len(points)))[:, -1])
    return np.stack(levels, axis=1)


def _base(asked: Question, factors: Mapping[str, Assumed], points: Array, seed: int) -> Baseline:
    """The baseline at these points: quantiles of each factor, of the fit's draws by size, and of the plan."""
    columns = dict(zip((*factors, *FACTORS_OF_ALL), points.T, strict=True))
    assumed = drawn(assumed_of(asked.tables).values(), len(points), seed)
    assumed |= {name: at_quantile(one, columns[name]) for name, one in factors.items()}
    by_size = np.argsort(sum(asked.start.present.values()), kind="stable")
    rows = by_size[np.minimum((columns[FIT] * len(by_size)).astype(int), len(by_size) - 1)]
    moved = _moved(asked, assumed, columns[PLAN])
    base = baseline_with(
        asked.graph, asked.shape, asked.tables, asked.start.rows(rows), asked.months, assumed,
        dict.fromkeys(asked.shape.hosts, moved),
    )  # fmt: skip
    return replace(base, inputs=replace(base.inputs, beside={name: each[rows] for name, each in asked.beside.items()}))


def _moved(asked: Question, assumed: Mapping[str, Array], u: Array) -> Array:
    """(point, month) factors: the plan moves to a level drawn from where its wandering would settle, and stays.

    Of all hosts alike, while in the runs each host's plan wanders by itself.
    """
    from scipy.special import ndtri

    settled = assumed["plan_sd"] / np.sqrt(1 - assumed["plan_memory"] ** 2) * ndtri(np.clip(u, 1e-6, 1 - 1e-6))
    grown = np.minimum((np.arange(len(asked.months)) + 1) / SETTLES, 1.0)
    return np.asarray(np.exp(settled[:, None] * grown))


def _indices(
    problem: Mapping[str, Any], values: Array, scenario: str, outcome: str, whys: Mapping[str, str], seed: int
) -> list[Index]:
    """All factors' indices of one quantity; none where it does not vary."""
    from SALib.analyze import sobol

    step = problem["num_vars"] + 2  # a base point, it with each factor exchanged, and its partner
    if np.ptp([values[::step], values[step - 1 :: step]]) == 0:
        return []
    found = sobol.analyze(problem, values, calc_second_order=False, num_resamples=100, seed=seed)
    return [
        Index(
            scenario=scenario, outcome=outcome, factor=name, why=whys[name], first=float(found["S1"][at]),
            first_error=float(found["S1_conf"][at]), total=float(found["ST"][at]),
            total_error=float(found["ST_conf"][at]),
        )
        for at, name in enumerate(problem["names"])
    ]  # fmt: skip
