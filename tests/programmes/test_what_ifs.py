"""The invented state runs forward under its own scenarios: other visa classes, no closed border, nothing sent beside.

Runs start from draws of the prior, so that nothing waits for a fit.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tallystick.calibrate.model import model_of
from tallystick.evidence.programme import load_programme
from tallystick.scenarios.baseline import Baseline, baseline, months_between
from tallystick.scenarios.executor import Where
from tallystick.scenarios.levers import inputs_under
from tallystick.scenarios.reported import outcomes_of
from tallystick.scenarios.results import Results
from tallystick.scenarios.run import run_ensembles
from tallystick.scenarios.scenario import Scenario, levers_of, load_scenarios
from tallystick.scenarios.start import shape_of, start_of
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour.assumptions import elements_of
from tallystick.stocks.labour.text import build
from tallystick.vocab.errors import ScenarioError
from tallystick.vocab.programme import Programme
from tests.programmes import VESSANY

DRAWS, RUNS, SEED = 8, 64, 7


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(VESSANY)


@pytest.fixture(scope="module")
def start_line(programme: Programme) -> Baseline:
    """The run in which nothing is changed, from half a standard deviation around the prior's middle."""
    tables, rng = programme.tables, np.random.default_rng(SEED)
    layout = model_of(programme, (), 0).layout
    drawn = [layout.values(0.5 * rng.standard_normal(layout.size), *layout.priors(), np) for _ in range(DRAWS)]
    unknowns = {name: np.array([one[name] for one in drawn]) for name in drawn[0]}
    shape, run = shape_of(programme), tables["scenarios"]["run"]
    graph = Graph(build(shape, elements_of(tables["system"])))
    start = start_of(programme, unknowns, run["start"])
    return baseline(graph, shape, tables, start, months_between(run["start"], run["until"]), SEED)


@pytest.fixture(scope="module")
def inputs(programme: Programme, start_line: Baseline) -> dict[str, Inputs]:
    levers = levers_of(programme.tables["scenarios"])
    return {id: inputs_under(start_line, one, levers) for id, one in _scenarios(programme, VESSANY).items()}


@pytest.fixture(scope="module")
def results(start_line: Baseline, inputs: dict[str, Inputs], cache_folder: Path) -> Results:
    reported = tuple(each for each in outcomes_of(start_line.shape) if not any(part.times for part in each.sums))
    return run_ensembles(
        start_line.graph, inputs, reported, seed=SEED, runs=RUNS, first_year=2025, baseline="as_it_goes",
        where=Where(kind="threads", workers=2), kept=cache_folder,
    )  # fmt: skip


def _scenarios(programme: Programme, folder: Path) -> dict[str, Scenario]:
    groups = (programme.claims, programme.statements, programme.law, programme.events)
    known = [record.id for group in groups for record in group]
    return load_scenarios(folder / "scenarios", programme.tables["scenarios"], known)


def _level(results: Results, outcome: str, year: int = 2027) -> float:
    (found,) = [
        row for row in results.levels
        if (row.scenario, row.outcome, row.year) == ("as_it_goes", outcome, year)
    ]  # fmt: skip
    return found.figures.mean


def _effect(results: Results, scenario: str, outcome: str, year: int = 2027) -> float:
    (found,) = [
        row for row in results.effects if (row.scenario, row.outcome, row.year) == (scenario, outcome, year)
    ]  # fmt: skip
    return found.figures.mean


def test_its_people_are_in_its_own_classes(start_line: Baseline) -> None:
    assert start_line.shape.hosts == ("XA", "XB")
    assert start_line.shape.visas == ("contract", "trainee")
    assert start_line.shape.rebuilding == ()


def test_a_closed_trainee_visa_keeps_some_out_and_sends_others_on_permits(
    results: Results, inputs: dict[str, Inputs], start_line: Baseline
) -> None:
    assert _effect(results, "trainee_visa_closed", "arrivals") < -0.2 * _level(results, "arrivals")
    graph = start_line.graph
    routes = [graph.routes[place] for place in graph.weighted]
    on_permit = routes.index("depart: selected/XA > abroad/" + start_line.shape.later("contract"))
    before, after = (inputs[id].weight[:, -1, on_permit] for id in ("as_it_goes", "trainee_visa_closed"))
    assert (after > before).all()


def test_who_is_refused_by_one_host_goes_to_the_other(results: Results) -> None:
    assert _effect(results, "tesmar_refuses", "arrivals") > 0
    assert _effect(results, "tesmar_refuses", "sent") < 0


def test_what_it_does_not_have_stays_at_nothing(results: Results) -> None:
    """No border closed, no rounds are sent, nobody rebuilds."""
    for outcome in ("months_after_deadline_stranded", "munitions", "military_builders"):
        for year in (2025, 2026, 2027):
            assert _level(results, outcome, year) == 0


def test_a_lever_of_another_programme_is_refused(programme: Programme, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "council.toml").write_text(
        'id = "council"\nname = "A council acts"\nquestion = "Does it?"\nevidence = []\n\n'
        '[[lever]]\nid = "council_action"\nstrength = 1.0\nfrom = "2025-01"\n'
    )
    with pytest.raises(ScenarioError, match="unknown lever 'council_action'"):
        _scenarios(programme, tmp_path)
