"""One answer whoever does the work; scenarios share their chances; what is asked wrongly is told at once."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.scenarios.chunks import FEW, MOST, NARROW, TOGETHER, Design, Engine, blocks, design_of, size_of
from tallystick.scenarios.executor import Where
from tallystick.scenarios.outcomes import LaidOut, Outcome, Sum
from tallystick.scenarios.results import Results
from tallystick.scenarios.run import run_ensembles
from tallystick.scenarios.travel import Packed, Recipe, graph_of, packed, spread
from tallystick.stocks.engines import chosen, compiled
from tallystick.stocks.graph import Graph
from tallystick.vocab.errors import ModelError, UsageError
from tests.scenarios.ensembles import DRAWS, FIRST_YEAR, GRAPH, OUTCOMES, baseline, both
from tests.stocks import small

RUNS = 2_400  # five chunks of repeats with 8 draws, eight chunks of draws and repeats with 80
MANY = 80  # draws of which a chunk has only some


def results(kernels: Path, kind: str = "threads", workers: int = 1, seed: int = 1, draws: int = DRAWS) -> Results:
    where = Where(kind=kind, workers=workers)  # type: ignore[arg-type]
    return run_ensembles(
        GRAPH, both(draws), OUTCOMES, seed=seed, runs=RUNS, first_year=FIRST_YEAR, where=where, kept=kernels
    )  # fmt: skip


def written(found: Results) -> bytes:
    """Every figure with all its digits, as files hold it."""
    return json.dumps(found.as_json(), allow_nan=False).encode() + found.as_csv().encode()


@pytest.fixture(scope="module")
def serial(kernels: Path) -> Results:
    return results(kernels)


@pytest.fixture(scope="module")
def alone(serial: Results, kernels: Path) -> dict[int, bytes]:
    """What one thread finds, by draws."""
    return {DRAWS: written(serial), MANY: written(results(kernels, draws=MANY))}


@pytest.mark.parametrize("draws", [DRAWS, MANY])
@pytest.mark.parametrize(("kind", "workers"), [("threads", 2), ("threads", 8), ("processes", 2), ("processes", 3)])
def test_threads_and_processes_give_the_same_bytes(
    alone: dict[int, bytes], kernels: Path, kind: str, workers: int, draws: int
) -> None:
    assert written(results(kernels, kind, workers, draws=draws)) == alone[draws]


@pytest.mark.parametrize(("most", "chunks"), [(1, 160), (150, 16), (1_000, 4), (RUNS, 2)])
def test_chunks_of_any_number_of_draws_give_the_same_bytes(
    alone: dict[int, bytes], kernels: Path, monkeypatch: pytest.MonkeyPatch, most: int, chunks: int
) -> None:
    design = Design(draws=MANY, repeats=RUNS // MANY)
    assert len(list(blocks(design, size_of(design, "ensemble")))) == 8
    monkeypatch.setattr("tallystick.scenarios.run.size_of", lambda *_: most)
    monkeypatch.setattr("tallystick.scenarios.chunks.NARROW", 1)
    assert len(list(blocks(design, most))) == chunks
    assert written(results(kernels, "threads", 2, draws=MANY)) == alone[MANY]


def test_weights_that_agree_within_a_chunk_are_summed_as_in_all_others(
    kernels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the first half of the draws the weights are one and the same, of the others they differ."""
    usual = baseline(MANY)
    groups = usual.groups.copy()
    groups[:, 1:, 0] = np.where(np.arange(MANY) < MANY // 2, 1 / 3, np.linspace(0.1, 0.9, MANY))[:, None]
    inputs = {"baseline": replace(usual, groups=groups)}
    asked = (Outcome(id="near", name="Near", unit="USD", sums=(Sum(of="owed", by="near"),)),)
    found = set()
    for most in (1, RUNS):
        monkeypatch.setattr("tallystick.scenarios.run.size_of", lambda *_, most=most: most)
        found.add(written(run_ensembles(
            GRAPH, inputs, asked, seed=1, runs=2 * MANY, first_year=FIRST_YEAR, where=Where(kind="threads"),
            kept=kernels,
        )))  # fmt: skip
    assert len(found) == 1


def test_another_seed_gives_other_numbers(serial: Results, kernels: Path) -> None:
    assert results(kernels, seed=2).as_csv() != serial.as_csv()


@pytest.mark.parametrize("draws", [DRAWS, MANY])
def test_figures_are_those_of_the_runs_themselves(kernels: Path, draws: int) -> None:
    """With 80 draws a chunk has 20 of them, and its run numbers do not follow each other."""
    found = run_ensembles(
        GRAPH,
        both(draws),
        OUTCOMES,
        seed=1,
        runs=RUNS,
        first_year=FIRST_YEAR,
        where=Where(kind="threads"),
        kept=kernels,
    )
    laid_out = LaidOut(GRAPH, OUTCOMES, baseline(draws))
    used = np.arange(RUNS) % draws
    each = {
        id: laid_out.values(
            compiled.yearly(GRAPH, inputs, laid_out.terms(), seed=1, first=0, runs=RUNS, kept=kernels), used
        )
        for id, inputs in both(draws).items()
    }
    for at, outcome in enumerate(OUTCOMES):
        values, effect = each["half"][:, 1, at], (each["half"] - each["baseline"])[:, 1, at]
        level = found.level("half", outcome.id, FIRST_YEAR + 1)
        assert (level.runs, level.draws) == (RUNS, draws)
        assert level.mean == pytest.approx(values.mean(), rel=1e-12)
        assert level.all.sd == pytest.approx(values.std(ddof=1), rel=1e-9)
        assert level.all.quantiles[3] == pytest.approx(np.quantile(values, 0.5, method="lower"), rel=0.004)
        assert found.effect("half", outcome.id, FIRST_YEAR + 1).mean == pytest.approx(effect.mean(), rel=1e-9)


def test_a_scenario_that_changes_nothing_has_no_effect_in_any_run(kernels: Path) -> None:
    same = {"baseline": baseline(), "same": baseline()}
    found = run_ensembles(
        GRAPH, same, OUTCOMES, seed=1, runs=100, first_year=2030, where=Where(kind="threads"), kept=kernels
    )
    assert found.effects
    for row in found.effects:
        assert row.figures.mean == row.figures.all.sd == 0
        assert set(row.figures.all.quantiles) == {0.0}


def test_common_chances_make_effects_surer_than_separate_ones(serial: Results) -> None:
    level, effect = (find("half", "abroad", FIRST_YEAR) for find in (serial.level, serial.effect))
    assert effect.chance is not None
    assert level.chance is not None
    assert effect.chance.sd < 0.8 * np.sqrt(2) * level.chance.sd


@pytest.mark.parametrize(("draws", "runs"), [(1, 5), (3, 7), (300, 100)])
def test_any_number_of_draws_and_runs_is_run(kernels: Path, draws: int, runs: int) -> None:
    found = run_ensembles(
        GRAPH, both(draws), OUTCOMES, seed=1, runs=runs, first_year=2030, where=Where(kind="threads"), kept=kernels
    )
    assert found.draws * found.repeats >= runs
    assert found.level("half", "abroad", 2031).runs == found.draws * found.repeats


@given(st.integers(1, 5000), st.integers(1, 3000), st.integers(1, 400))
def test_chunks_hold_every_run_once_and_never_too_many(draws: int, repeats: int, runs: int) -> None:
    design = Design(draws=draws % 90 + 1, repeats=repeats % 400 + 1)
    done = np.zeros((design.repeats, design.draws), int)
    for block in blocks(design, runs):
        done[block.repeat : block.repeat_end, block.first : block.end] += 1
        assert block.runs <= max(runs, _least(design))
        if block.is_last:
            assert (done[:, block.first : block.end] == 1).all()
    assert (done == 1).all()


def _least(design: Design) -> int:
    """Runs of a chunk that no smaller size can cut: so many draws, and repeats that stay together."""
    return min(design.draws, NARROW) * min(design.repeats, max(TOGETHER, FEW // design.draws))


def test_a_usual_run_has_chunks_for_many_workers_and_a_large_one_none_that_takes_long() -> None:
    for draws, repeats, at_least in ((500, 2, 16), (1_000, 10, 32), (1_000, 1_000, 200)):
        design = Design(draws=draws, repeats=repeats)
        every = list(blocks(design, size_of(design, "ensemble")))
        assert len(every) >= at_least
        assert max(each.runs for each in every) <= MOST


@given(st.integers(2, 10**6), st.integers(1, 4000))
def test_a_design_has_at_least_the_runs_asked_for_and_two_of_each_draw(runs: int, available: int) -> None:
    design = design_of(runs, available)
    assert design.draws <= available
    assert design.repeats >= 2
    assert runs <= design.runs <= runs + design.repeats + design.draws


def test_fewer_draws_are_taken_evenly() -> None:
    many = baseline(10)
    np.testing.assert_array_equal(spread(many, 5).parameters, many.parameters[::2])


def test_results_go_to_json_and_csv(serial: Results) -> None:
    plain = json.loads(json.dumps(serial.as_json(), allow_nan=False))
    assert plain["draws"] * plain["repeats"] == RUNS
    assert {row["scenario"] for row in plain["levels"]} == {"baseline", "half"}
    assert {row["scenario"] for row in plain["effects"]} == {"half"}
    rows = list(csv.DictReader(io.StringIO(serial.as_csv())))
    assert len(rows) == 3 * 2 * len(OUTCOMES)
    row = next(r for r in rows if (r["kind"], r["outcome"], r["year"]) == ("effect", "abroad", str(FIRST_YEAR)))
    assert float(row["parameters_q97.5"]) == serial.effect("half", "abroad", FIRST_YEAR).parameters.quantiles[-1]  # type: ignore[union-attr]


def test_a_text_that_passed_no_check_is_refused_before_it_runs() -> None:
    flows = [replace(each, rate=small.booked) if each.id == "end" else each for each in small.FLOWS]
    with pytest.raises(ModelError, match="end: is in USD"):
        run_ensembles(Graph(small.altered(flows=flows)), both(), OUTCOMES, seed=1, runs=8, first_year=2030)


def test_progress_counts_runs_up_to_all(kernels: Path) -> None:
    seen: list[tuple[int, int]] = []
    run_ensembles(
        GRAPH, both(), OUTCOMES, seed=1, runs=RUNS, first_year=2030, where=Where(kind="threads", workers=2),
        kept=kernels, progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip
    assert seen == sorted(seen)
    assert len(seen) > 2
    assert seen[-1] == (RUNS, RUNS)


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_a_run_that_is_interrupted_leaves_nobody_working(kernels: Path, kind: str) -> None:
    def interrupt(done: int, total: int) -> None:  # noqa: ARG001 - what progress is told
        raise KeyboardInterrupt

    where = Where(kind=kind, workers=2)  # type: ignore[arg-type]
    before = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        run_ensembles(
            GRAPH, both(), OUTCOMES, seed=1, runs=20_000, first_year=2030, where=where, kept=kernels,
            progress=interrupt,
        )  # fmt: skip
    assert not multiprocessing.active_children()
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(("engine", "draws"), [("ensemble", "exact"), ("fast", "fast"), ("means", "mean")])
def test_what_runs_ask_for_was_compiled_once_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, engine: Engine, draws: str
) -> None:
    """Else each thread or process would compile it, again in every command."""
    asked = list[tuple[str, Path]]()

    def yearly(*_: object, draws: str, kept: Path, **__: object) -> None:
        asked.append((draws, kept))
        raise RuntimeError("begun")

    monkeypatch.setattr(chosen, "prepare", lambda *_, draws, kept: asked.append((draws, kept)))
    monkeypatch.setattr(chosen, "yearly", yearly)
    monkeypatch.setattr("tallystick.stocks.engines.fast.on_gpu", lambda: False)
    with pytest.raises(RuntimeError, match="begun"):
        run_ensembles(
            GRAPH, both(), OUTCOMES, seed=1, runs=8, first_year=2030, engine=engine, kept=tmp_path,
            where=Where(kind="threads", workers=1),
        )  # fmt: skip
    assert asked == [(draws, tmp_path)] * 2


def test_scenarios_that_cannot_be_compared_are_refused(kernels: Path) -> None:
    for other in (baseline(3), replace(baseline(), outside=np.ones((1, 12, 1)), weight=np.ones((1, 12, 2)))):
        with pytest.raises(UsageError, match="differ in their draws or months"):
            run_ensembles(
                GRAPH, {"baseline": baseline(), "x": other}, OUTCOMES, seed=1, runs=10, first_year=2030, kept=kernels
            )
    with pytest.raises(UsageError, match="there is no scenario 'today' to compare with"):
        run_ensembles(GRAPH, both(), OUTCOMES, seed=1, runs=10, first_year=2030, baseline="today", kept=kernels)
    with pytest.raises(UsageError, match="0 runs were asked for"):
        run_ensembles(GRAPH, both(), OUTCOMES, seed=1, runs=0, first_year=2030, kept=kernels)


def test_asking_for_what_was_not_run_names_it(serial: Results) -> None:
    with pytest.raises(UsageError, match="no effects of abroad under baseline in 2030"):
        serial.effect("baseline", "abroad", FIRST_YEAR)


def test_a_model_travels_by_its_recipe_and_is_built_once() -> None:
    recipe = Recipe(function="tests.scenarios.ensembles:text_of", arguments=("other",))
    one, other = packed(recipe), packed(recipe)
    assert graph_of(one).text.id == "other"
    assert graph_of(one) is graph_of(Packed(other.digest, other.content)) is graph_of(recipe)
    assert len(one.content) < 200


def test_a_graph_of_module_functions_travels_as_it_is() -> None:
    assert graph_of(packed(GRAPH)).strata == GRAPH.strata
    assert len(packed(GRAPH).content) < 10_000


def test_a_model_that_cannot_travel_says_how_it_could() -> None:
    local = Graph(small.altered(signals=lambda now, outside, par, loops, ops: small.Signal(1.0)))  # noqa: ARG005
    with pytest.raises(ModelError, match="small: cannot be sent to another process") as fault:
        packed(local)
    assert "Recipe" in fault.value.hint
