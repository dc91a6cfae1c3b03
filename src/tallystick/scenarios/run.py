"""Ensembles of several scenarios on the same random numbers, summed up as they come in.

    results = run_ensembles(graph, {"baseline": ..., "ceasefire": ...}, outcomes, seed=1, runs=10_000, first_year=2026)
    results.effect("ceasefire", "workers", 2028).parameters.quantiles

The answer depends on the model, the inputs, the seed and the design alone: not on who did the work, or in how many
parts. What it takes in memory does not grow with the number of runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tallystick.scenarios.chunks import (
    COMPILED,
    Block,
    Chunk,
    Design,
    Engine,
    blocks,
    design_of,
    is_by_jax,
    size_of,
    work,
)
from tallystick.scenarios.executor import Where, fitting, in_order
from tallystick.scenarios.outcomes import LaidOut, Outcome
from tallystick.scenarios.residual import refuse_residuals
from tallystick.scenarios.results import Results, Row
from tallystick.scenarios.summary import Tally
from tallystick.scenarios.travel import Packed, Recipe, graph_of, packed, rows_of, spread
from tallystick.stocks.check import check
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs, check_inputs
from tallystick.vocab.errors import UsageError

Progress = Callable[[int, int], None]  # (runs done, runs in all)
WITHOUT_CHANCE: tuple[Engine, ...] = ("meanfield", "means")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """What is asked for: scenarios by id, the baseline first, over the same draws and years."""

    graph: Graph
    model: Graph | Packed  # as it goes to workers
    scenarios: dict[str, Inputs]
    laid_out: dict[str, LaidOut]  # the outcomes, by scenario
    outcomes: tuple[Outcome, ...]
    seed: int
    design: Design
    first_year: int
    engine: Engine
    kept: Path | None

    @property
    def baseline(self) -> str:
        """What the others are compared with."""
        return next(iter(self.scenarios))

    @property
    def years(self) -> tuple[int, ...]:
        """Whole years only."""
        months = next(iter(self.scenarios.values())).months
        return tuple(range(self.first_year, self.first_year + months // 12))

    def chunk(self, block: Block) -> Chunk:
        """What a worker needs for one block."""
        laid_out = {id: each.of_draws(block.first, block.end) for id, each in self.laid_out.items()}
        return Chunk(
            model=self.model, laid_out=laid_out, scenarios=rows_of(self.scenarios, block.first, block.end),
            block=block, seed=self.seed, engine=self.engine, kept=self.kept,
        )  # fmt: skip


def run_ensembles(
    model: Graph | Recipe,
    inputs: Mapping[str, Inputs],
    outcomes: Sequence[Outcome],
    *,
    seed: int,
    runs: int,
    first_year: int,
    baseline: str = "baseline",
    engine: Engine = "ensemble",
    where: Where | None = None,
    kept: Path | None = None,
    progress: Progress | None = None,
) -> Results:
    """Run all scenarios and sum up: levels of each, and its effects against `baseline` in the same runs.

    inputs : by scenario; the same draws in the same order, the same months. runs : of each scenario, at least; see
    `design_of`. engine : without chance each draw is run once. where : threads for little, processes for much, if not
    said. first_year : the year of the first twelve months. kept : folder of compiled kernels.
    """
    where = where or fitting(runs * len(inputs))
    ensemble = _ensemble(model, inputs, outcomes, seed, runs, first_year, baseline, engine, where, kept)
    cells = len(ensemble.years) * len(ensemble.outcomes)
    levels = {id: Tally(cells) for id in ensemble.scenarios}
    effects = {id: Tally(cells) for id in ensemble.scenarios if id != baseline}
    _prepare(ensemble, where)
    done, every = 0, list(blocks(ensemble.design, size_of(ensemble.design, engine)))
    chunks = _Chunks(ensemble, every)
    with closing(in_order(work, chunks, where)) as answers:
        for block, answer in zip(every, answers, strict=True):
            for tallies, parts in ((levels, answer.levels), (effects, answer.effects)):
                for id, tally in tallies.items():
                    tally.add(parts[id], is_last=block.is_last)
            done += block.runs
            if progress is not None:
                progress(done, ensemble.design.runs)
    return _results(ensemble, levels, effects)


class _Chunks(Sequence[Chunk]):
    """Chunks made when they are handed out: all at once would be the inputs once more."""

    def __init__(self, ensemble: Ensemble, every: Sequence[Block]) -> None:
        self._ensemble, self._blocks = ensemble, every

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, at: int) -> Chunk:  # type: ignore[override]  # no slices are asked for
        return self._ensemble.chunk(self._blocks[at])


def _ensemble(
    model: Graph | Recipe, inputs: Mapping[str, Inputs], outcomes: Sequence[Outcome], seed: int, runs: int,
    first_year: int, baseline: str, engine: Engine, where: Where, kept: Path | None,
) -> Ensemble:  # fmt: skip
    """The question, checked: faults are told here and not by a worker."""
    if baseline not in inputs:
        raise UsageError(f"there is no scenario {baseline!r} to compare with", hint=f"there are {', '.join(inputs)}")
    graph = graph_of(model)
    check(graph)
    shapes = {(each.draws, each.months) for each in inputs.values()}
    if len(shapes) > 1:
        raise UsageError("scenarios differ in their draws or months, and cannot be compared run by run")
    draws, months = shapes.pop()
    if months < 12:
        raise UsageError(f"{months} months are no year", hint="run at least twelve")
    for each in inputs.values():
        check_inputs(graph, each)
        refuse_residuals(graph, outcomes, each)
    design = Design(draws=min(runs, draws), repeats=1) if engine in WITHOUT_CHANCE else design_of(runs, draws)
    ordered = {id: spread(each, design.draws) for id, each in {baseline: inputs[baseline], **inputs}.items()}
    return Ensemble(
        graph=graph, model=graph if where.kind == "threads" else packed(model), scenarios=ordered,
        laid_out={id: LaidOut(graph, outcomes, each) for id, each in ordered.items()}, outcomes=tuple(outcomes),
        seed=seed, design=design, first_year=first_year, engine=engine, kept=kept,
    )  # fmt: skip


def _prepare(ensemble: Ensemble, where: Where) -> None:
    """Compile once, here, where all workers find it: in this process, or in the folder of kept kernels."""
    if is_by_jax(ensemble.engine):
        return
    from tallystick.stocks.engines import chosen

    is_found = where.kind == "threads" or (where.kind == "processes" and ensemble.kept is not None)
    if chosen.compiled_engine() is not None and is_found:
        chosen.prepare(ensemble.graph, draws=COMPILED[ensemble.engine], kept=ensemble.kept)


def _results(ensemble: Ensemble, levels: Mapping[str, Tally], effects: Mapping[str, Tally]) -> Results:
    return Results(
        model=ensemble.graph.text.id, baseline=ensemble.baseline, seed=ensemble.seed,
        draws=ensemble.design.draws, repeats=ensemble.design.repeats,
        levels=tuple(_rows(ensemble, levels)), effects=tuple(_rows(ensemble, effects)),
    )  # fmt: skip


def _rows(ensemble: Ensemble, tallies: Mapping[str, Tally]) -> Iterator[Row]:
    for id, tally in tallies.items():
        for at, outcome in enumerate(ensemble.outcomes):
            for place, year in enumerate(ensemble.years):
                figures = tally.figures(place * len(ensemble.outcomes) + at)
                yield Row(
                    scenario=id, outcome=outcome.id, name=outcome.name, unit=outcome.unit, year=year, figures=figures
                )
