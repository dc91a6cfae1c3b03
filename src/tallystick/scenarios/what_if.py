"""A question to the model, from a programme and a fit to its answer: what would each scenario change?

    asked = WhatIf(programme=..., baseline=..., scenarios=..., levers=..., runs=1_000, until="2030-12", seed=1)
    answer(asked, unknowns).effect("host_stops", "workers_present", 2030)

It runs as many draws of the fit as the design wants, evenly spaced, each with its own draw of what is assumed. Beside
the mean of the runs stands the mean of the same draws without chance: where the two differ, the equations of means
are no stand-in for whole persons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.headline import DAYS_A_YEAR
from tallystick.scenarios.baseline import Baseline, Start, baseline, months_between
from tallystick.scenarios.chunks import Engine, design_of
from tallystick.scenarios.executor import HERE, Where
from tallystick.scenarios.levers import inputs_under
from tallystick.scenarios.outcomes import Outcome
from tallystick.scenarios.reported import HOURS, UNPAID, outcomes_of
from tallystick.scenarios.results import Results, without_chance
from tallystick.scenarios.run import WITHOUT_CHANCE, run_ensembles
from tallystick.scenarios.scenario import Lever, Scenario, horizon_fault
from tallystick.scenarios.start import parts_of, start_of
from tallystick.scenarios.travel import Recipe
from tallystick.stocks.check import checked
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.shape import Shape
from tallystick.stocks.labour.text import build
from tallystick.vocab.errors import ScenarioError, UsageError
from tallystick.vocab.programme import Programme

Array = NDArray[np.float64]
Progress = Callable[[str, int, int], None]  # (stage, runs done, runs in all)
MOST_DRAWS = 1_000  # of the fit: beyond them, more runs are more chances and no more parameters
RUNS = 1_000
TEXT = "tallystick.stocks.labour.text:build"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What is asked. `baseline` is what all `scenarios` are compared with."""

    programme: Programme
    baseline: Scenario
    scenarios: tuple[Scenario, ...]
    levers: Mapping[str, Lever]
    runs: int
    until: str  # "YYYY-MM", whole years after the programme's start
    seed: int
    engine: Engine = "ensemble"

    @property
    def months(self) -> tuple[str, ...]:
        """The months of a run; UsageError where they are no whole years."""
        return run_months(self.programme, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """All that runs need: the model, where it starts, and inputs by scenario with the baseline first."""

    graph: Graph
    recipe: Recipe
    shape: Shape
    start: Start
    months: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    base: Baseline
    inputs: Mapping[str, Inputs]


def run_months(programme: Programme, until: str) -> tuple[str, ...]:
    """The months after the programme's start up to `until`."""
    start = programme.tables["scenarios"]["run"]["start"]
    fault = horizon_fault(start, until)
    if fault is not None:
        problem, hint = fault
        raise UsageError(problem, hint=hint)
    return months_between(start, until)


def answer(
    asked: WhatIf,
    unknowns: Mapping[str, Array],
    *,
    where: Where | None = None,
    kept: Path | None = None,
    progress: Progress | None = None,
) -> Results:
    """Levels and effects of all scenarios, with the mean without chance beside each.

    unknowns : the fit's, by name, draws first. kept : folder of compiled kernels.
    """
    tell = progress or _say_nothing
    tell("start of runs", 0, 1)
    ready = prepared(asked, unknowns)
    tell("start of runs", 1, 1)
    if asked.engine in WITHOUT_CHANCE:
        return without_chance(_runs(asked, ready, asked.engine, where, kept, tell))
    threads = where if where is not None and where.kind == "threads" else HERE  # means are too quick for others
    means = _runs(asked, ready, "means", threads, kept, tell)
    return _runs(asked, ready, asked.engine, where, kept, tell).beside(means)


def prepared(asked: WhatIf, unknowns: Mapping[str, Array]) -> Prepared:
    """The model and its inputs under every scenario."""
    programme, months, parts = asked.programme, asked.months, parts_of(asked.programme)
    some, shape = evenly(unknowns, _draws(asked, min(MOST_DRAWS, draws_of(unknowns)))), parts[0]
    graph = checked(build(*parts))
    start = start_of(programme, some, programme.tables["scenarios"]["run"]["start"])
    base = baseline(graph, shape, programme.tables, start, months, asked.seed)
    beside = hours_of(some) | unpaid_of(some)
    base = replace(base, inputs=replace(base.inputs, beside=beside))
    every = (asked.baseline, *asked.scenarios)
    return Prepared(
        graph=graph, recipe=Recipe(function=TEXT, arguments=parts), shape=shape, start=start, months=months, base=base,
        outcomes=tuple(each for each in outcomes_of(shape) if _is_known(each, beside)),
        inputs={each.id: inputs_under(base, each, asked.levers) for each in every},
    )  # fmt: skip


def _draws(asked: WhatIf, available: int) -> int:
    """How many draws of the fit are run: without chance, one run of each tells all; else each is run twice or more."""
    if asked.engine in WITHOUT_CHANCE:
        return min(asked.runs, available)
    return design_of(asked.runs, available).draws


def draws_of(unknowns: Mapping[str, Array]) -> int:
    """How many draws a fit kept."""
    return len(next(iter(unknowns.values())))


def evenly(unknowns: Mapping[str, Array], draws: int) -> dict[str, Array]:
    """So many draws of each, evenly spaced: chains that stand one after the other all have a say."""
    every = draws_of(unknowns)
    at = np.arange(draws) * every // draws
    return {name: np.asarray(each[at], dtype=float) for name, each in unknowns.items()}


def hours_of(unknowns: Mapping[str, Array]) -> dict[str, Array]:
    """Hours of a worker-month, where the programme's fit knows them."""
    if "hours_a_day" not in unknowns:
        return {}
    return {HOURS: unknowns["hours_a_day"] * (DAYS_A_YEAR - unknowns["rest_days"]) / 12}


def unpaid_of(unknowns: Mapping[str, Array]) -> dict[str, Array]:
    """What is not paid of booked pay at return, for each dollar that is."""
    return {UNPAID: (1 - unknowns["paid_share"]) / unknowns["paid_share"]}


def _is_known(outcome: Outcome, beside: Mapping[str, Array]) -> bool:
    return all(each.times != HOURS or HOURS in beside for each in (*outcome.sums, *outcome.per))


def _runs(
    asked: WhatIf, ready: Prepared, engine: Engine, where: Where | None, kept: Path | None, tell: Progress
) -> Results:
    draws = ready.base.inputs.draws
    stage, runs = ("without chance", draws) if engine in WITHOUT_CHANCE else ("runs", design_of(asked.runs, draws).runs)
    tell(stage, 0, runs)
    here = where is not None and where.kind == "threads"
    return run_ensembles(
        ready.graph if here else ready.recipe, ready.inputs, ready.outcomes, seed=asked.seed, runs=runs,
        first_year=int(ready.months[0][:4]), baseline=asked.baseline.id, engine=engine, where=where, kept=kept,
        progress=lambda done, every: tell(stage, done, every),
    )  # fmt: skip


def baseline_of(scenarios: Sequence[Scenario]) -> Scenario:
    """The one scenario of a programme that changes nothing."""
    without = [each for each in scenarios if each.changes_nothing]
    if len(without) == 1:
        return without[0]
    if not without:
        raise ScenarioError(
            "every scenario changes something, so there is nothing to compare with", file="scenarios/",
            hint="add one that has no [[lever]] and no [[driver]]",
        )  # fmt: skip
    raise ScenarioError(
        f"{without[0].id} and {without[1].id} both change nothing", file="scenarios/",
        hint="keep one of them: it is what all others are compared with",
    )  # fmt: skip


def _say_nothing(stage: str, done: int, every: int) -> None:
    pass
