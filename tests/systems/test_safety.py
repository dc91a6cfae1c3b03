"""Systems that are described and never measured: control, and escape. What no output says, and what would be found."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallystick.brief.build import brief_json, build_document, data_tables
from tallystick.brief.diagrams.elements import shown_loops, wording_of
from tallystick.brief.document import Chart, Document
from tallystick.brief.facts import Facts
from tallystick.cli import run_tables
from tallystick.cli.main import run as run_command
from tallystick.scenarios.assumed import assumed_of
from tallystick.scenarios.effects import LeverEffect, lever_effects
from tallystick.scenarios.executor import Where
from tallystick.scenarios.outcomes import LaidOut, Outcome, Sum
from tallystick.scenarios.reported import outcomes_of
from tallystick.scenarios.results import Results
from tallystick.scenarios.run import run_ensembles
from tallystick.scenarios.scenario import Scenario, load_scenario
from tallystick.stocks.labour.fields import LEVERS, Parameters
from tallystick.vocab.errors import ModelError, ScenarioError
from tests.brief.conftest import invented_facts
from tests.brief.what_ifs import with_what_ifs
from tests.docs.pages import pages
from tests.docs.system_pages import pictures, system_text
from tests.stocks.labour.made import World
from tests.stocks.labour.test_loops import PUSHED, SIGNS, pushed
from tests.systems import leaks
from tests.systems.described import row
from tests.systems.real import account, beside, graph, levers, programme, real, regions, scenarios, shape, under

Array = Any


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The account of the programme that ships, with what its scenarios would change."""
    return with_what_ifs(invented_facts())


@pytest.fixture(scope="module")
def document(facts: Facts) -> Document:
    return build_document(facts)


@pytest.fixture(scope="module")
def results(cache_folder: Path) -> Results:
    """Two scenarios, as every export of a run tells them."""
    inputs = {name: _with_hours(under(name).inputs) for name in ("as_it_goes", "full_compliance")}
    return run_ensembles(
        graph(), inputs, outcomes_of(shape()), seed=1, runs=40, first_year=2026, baseline="as_it_goes",
        where=Where(kind="threads"), kept=cache_folder,
    )  # fmt: skip


def _with_hours(inputs: Any) -> Any:
    return replace(inputs, beside=beside(inputs.draws))


def charts_of(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Chart):
        yield node.id, [node.title, node.subtitle, node.alt, node.spec]
    elif isinstance(node, list | tuple):
        for each in node:
            yield from charts_of(each)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from charts_of(getattr(node, name))


# The two rows ------------------------------------------------------------------------------------------------------


@row("Control and surveillance", system="control", uses="control B2 R5 R6 R8 FL5 FL6")
def test_control_and_surveillance(facts: Facts, document: Document, results: Results) -> None:
    """Map each control to rows, framework cells FL5 and FL6 and indicators I03, I04, I06; the signs of B2, R5, R8 hold
    inside the model; no output carries them."""
    rows_by_control: dict[str, set[str]] = {}
    for each in facts.assessment.controls:
        rows_by_control.setdefault(each.id, set()).update(each.statements)
    assert "fuels25_s55" in rows_by_control["surveillance"]
    assert "fuels25_s56" in rows_by_control["outings"]
    assert "perspective18_s22" in rows_by_control["talk"]
    found = {(each.id, each.group): each for each in facts.assessment.controls}
    assert {cell for each in found.values() for cell in each.cells} == {"FL5", "FL6"}
    assert {"I03", "I04", "I06"} <= {indicator for each in found.values() for indicator in each.indicators}
    assert all(each.statements and each.origins for each in found.values())
    one = World(graph(), real().first(24))
    for id in ("B2", "R5", "R8"):
        name, by, _, through = PUSHED[id]
        others = dict.fromkeys(through, 1.0)
        on, off = (pushed(one.but(loops=others | {id: switch}), name, by) for switch in (1.0, 0.0))
        assert (on - off) * SIGNS[id] > 1e-7, id
    assert {loop.id for loop in graph().text.loop_list} - {loop.id for loop in shown_loops(graph().text)} == {
        "B2", "R5", "R6", "R8",
    }  # fmt: skip
    assert leaks.in_outcomes(graph(), outcomes_of(shape())) == []
    assert leaks.in_factors(_factors()) == []
    assert leaks.in_factors([*LEVERS, *(lever.acts for lever in levers().values())]) == []
    assert _said_in_all(facts, document, results) == []


@row("Escape and rescue", system="escape", uses="K6 K7 F11 F12 F13")
def test_escape_and_rescue(facts: Facts, document: Document, results: Results, tmp_path: Path) -> None:
    """Fit F12 to yearly totals only; no output for a month, a region or a control measure; say nothing of what
    moves them."""
    fitted = [seen for seen in account().observations if seen.measure == "escapes"]
    assert len(fitted) == 2
    for seen in fitted:
        assert ((seen.end - seen.start).days >= 364, seen.region, seen.sector) == (True, "", ""), seen.claim
    assert programme().tables["model"]["operators"]["escapes"] == {"series": "reached_safety", "take": "sum"}
    assert not [each.id for each in facts.estimates if leaks.FLIGHT.search(each.id.replace("_", " "))]
    assert _rows_of_all(facts, results) == []
    assert leaks.in_charts(charts_of(document)) == []
    words = " ".join(leaks.words_of(document))
    assert "Two totals cannot say." in words
    assert "less flight" not in words
    with pytest.raises(ScenarioError, match="is reported and never run"):
        _scenario_with("aid_to_escapees", tmp_path)


def _factors() -> list[str]:
    """What a sensitivity may move: every assumed number with a prior, of the equations and of how runs go."""
    return [name for name, one in assumed_of(programme().tables).items() if one.has_prior]


def _rows_of_all(facts: Facts, results: Results) -> list[str]:
    rows = [*leaks.rows_in(json.loads(brief_json(facts)))]
    rows += [each for table in data_tables(facts).values() for each in table]
    rows += [*leaks.rows_in(results.as_json()), *csv.DictReader(io.StringIO(results.as_csv()))]
    rows += [each.as_json() for each in _effects_of_levers(results)]
    assert len(rows) > 5000
    return leaks.in_rows(rows)


def _effects_of_levers(results: Results) -> tuple[LeverEffect, ...]:
    ids = [each.id for each in outcomes_of(shape())]
    return lever_effects(results, scenarios().values(), levers(), 2030, ids)


def _terminal(results: Results) -> Iterator[str]:
    """What `simulate` prints in each of its forms."""
    ids = [each.id for each in outcomes_of(shape())]
    yield from run_tables.overview(results, ids, 2030)
    yield from run_tables.side_by_side(results, ids, 2030)
    yield from run_tables.of_levers(_effects_of_levers(results), results.baseline)
    for one in scenarios().values():
        if one.id in results.scenarios:
            yield from run_tables.by_year(results, one, ids, range(2026, 2031))
    yield from run_tables.words_of(scenarios().values())


def _said_in_all(facts: Facts, document: Document, results: Results) -> list[str]:
    """Sentences of the brief, its data, the results, every page, every picture and every scenario."""
    texts = ["\n".join(leaks.words_of(document)), *leaks.words_of(json.loads(brief_json(facts)))]
    texts += ["\n".join(leaks.words_of(table)) for table in data_tables(facts).values()]
    texts += ["\n".join(_terminal(results)), results.as_csv(), *(page.read_text(encoding="utf-8") for page in pages())]
    texts += [one.text for one in scenarios().values()]
    wording = wording_of(programme().tables["pictures"], programme().tables["system"])
    texts += pictures(system_text(programme()), wording).values()
    return [hit for text in texts for hit in leaks.in_words(text, regions())]


def _scenario_with(lever: str, folder: Path) -> Scenario:
    file = folder / "planted.toml"
    pull = f'[[lever]]\nid = "{lever}"\nstrength = 1.0\nfrom = "2026-07"\n'
    file.write_text(f'id = "planted"\nname = "x"\nquestion = "x?"\n{pull}', encoding="utf-8")
    return load_scenario(file, programme().tables["scenarios"], [])


def _joined(rows: Mapping[str, str]) -> list[str]:
    """Rows whose words bring a control and flight together, with a number or without."""
    return [id for id, words in rows.items() if leaks.FLIGHT.search(words) and leaks.CONTROL.search(words)]


def test_no_row_that_ships_joins_control_and_flight() -> None:
    rows = {each.id: f"{each.statement} {each.note}" for each in programme().statements}
    rows |= {each.id: f"{each.note} {each.hedge}" for each in programme().claims}
    rows |= {each.id: f"{each.title} {each.note}" for each in programme().events}
    assert len(rows) > 700
    assert _joined(rows) == []
    assert _joined(rows | {"fuels25_s56": "Outings ended, and fewer escape."}) == ["fuels25_s56"]


def test_no_lever_of_flight_names_a_row_or_an_effect() -> None:
    found = [each for each in programme().tables["levers"]["lever"] if {"F11", "F12", "F13"} & {*each["acts_on"]}]
    assert [(each["id"], each["evidence"]) for each in found] == [("aid_to_escapees", [])]
    assert found[0]["says"].startswith("No statement of effect is given here.")
    assert levers()["aid_to_escapees"].acts == ""


@pytest.mark.parametrize("command", ["claims", "chains"])
@pytest.mark.parametrize("shape_of_output", ["table", "json", "csv"])
def test_no_format_of_a_command_tells_of_flight(
    command: str, shape_of_output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command([command, "--format", shape_of_output]) == 0
    said = capsys.readouterr().out
    rows: list[dict[str, Any]] = []
    if shape_of_output != "table":
        rows = json.loads(said) if shape_of_output == "json" else list(csv.DictReader(io.StringIO(said)))
        assert len(rows) > 50
        said = "\n".join(leaks.words_of(rows))
    assert leaks.in_rows(rows) == []
    assert leaks.in_words(said, regions()) == []


@pytest.mark.parametrize("claim", [each.id for each in programme().claims if "escape" in each.measure])
def test_a_card_tells_a_yearly_total_and_no_more(claim: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["show", claim]) == 0
    said = capsys.readouterr().out
    assert claim in said
    assert leaks.in_words(said, regions()) == []


# What would be found: each of these is planted, and each has to be seen ---------------------------------------------


def outcome(of: str, name: str = "x") -> Outcome:
    return Outcome(id="planted", name=name, unit="person", sums=(Sum(of=of),))


@pytest.mark.parametrize("of", ["hiding", "flee", "recapture", "rescued", "safe", "control", "booked_with_flee"])
def test_an_outcome_that_tells_of_flight_is_found(of: str) -> None:
    assert leaks.in_outcomes(graph(), [*outcomes_of(shape()), outcome(of)]) == ["planted"]


@pytest.mark.parametrize("of", ["hiding", "flee", "recapture", "rescued", "safe", "control", "booked_with_flee"])
def test_an_engine_refuses_to_run_an_outcome_that_is_internal(of: str) -> None:
    with pytest.raises(ModelError, match="is internal to the model"):
        LaidOut(graph(), [outcome(of)], _with_hours(real().inputs))


@pytest.mark.parametrize("name", ["SIGN_ONLY", "control_lag", "hiding_ref", "flee", "rescue", "helpers"])
def test_a_sensitivity_over_flight_or_control_is_found(name: str) -> None:
    assert leaks.in_factors([*_factors(), name]) == [name]


def test_the_size_that_stands_for_a_sign_is_no_parameter_and_no_number_of_a_programme() -> None:
    """Nothing of control or flight has a prior, and what control does has no parameter at all."""
    assert not any("sign" in name for name in Parameters._fields)
    numbers = [*programme().tables["system"]["parameter"], *programme().tables["system"]["beside"]]
    arrows = {name for name in Parameters._fields if _is_arrow(name)}
    assert arrows == set()
    assert [each["name"] for each in numbers if each.get("transform") and each["name"] in leaks.INSIDE] == []


def _is_arrow(name: str) -> bool:
    """An elasticity is named "what_onto": one that begins or ends in control, misery, flight or rescue."""
    ends = name.split("_")
    inside = {"control", "misery", "flight", "hiding", "rescue"}
    return len(ends) > 1 and ends[-1] not in ("ref", "lag") and bool(inside & {ends[0], ends[-1]})


YEARLY: dict[str, Any] = {"id": "escapes_to_safety", "host": "RU", "period": "2022", "median": 20.0}


@pytest.mark.parametrize(
    "change",
    [
        {"period": "2022-05"}, {"period": "2022-05-01/2022-05-31"}, {"month": "2022-05"}, {"region": "Primorye"},
        {"sector": "construction"}, {"cohort": "stranded"}, {"scenario": "publicity"}, {"lever": "news_at_home"},
        {"factor": "vetting_lag"}, {"alternatives": ["fixed_quota"]}, {"influence": 0.4},
    ],
    ids=str,
)  # fmt: skip
def test_a_row_of_flight_below_a_year_or_a_State_or_beside_anything_is_found(change: dict[str, Any]) -> None:
    assert leaks.in_rows([YEARLY]) == []
    assert len(leaks.in_rows([YEARLY, YEARLY | change])) == 1


def planted(words: str) -> Callable[[Document], Document]:
    return lambda document: replace(document, subtitle=f"{document.subtitle}. {words}")


@pytest.mark.parametrize(
    "words",
    [
        "Where outings end, escapes fall by 30 %.",
        "Each further minder takes 2 from the number of those who fled.",
        "In May 2022, 3 workers reached safety.",
        "Escapes: 2022-05, 3 persons.",
        "Of the 20 who escaped, 12 came from Primorye.",
        "Rescues would rise to 40 if telephones were allowed.",
        "The elasticity of flight to control is 0.25.",
        "Three a month are rescued.",
    ],
)
def test_a_sentence_that_tells_of_flight_is_found_in_a_brief(document: Document, words: str) -> None:
    said = "\n".join(leaks.words_of(planted(words)(document)))
    assert [hit for hit in leaks.in_words(said, regions()) if hit in f" {words}"] != []


@pytest.mark.parametrize(
    "words", ["About 20 workers reached safety in 2022.", "Control, or something else, may be behind fewer escapes."]
)
def test_a_yearly_total_and_a_sentence_without_a_number_may_stand(words: str) -> None:
    assert leaks.in_words(words, regions()) == []


def test_a_chart_of_rescues_by_month_is_found(document: Document) -> None:
    rows = [{"month": f"2022-{month:02d}", "rescued": month} for month in range(1, 13)]
    chart = Chart(
        id="monthly", title="A year", subtitle="", alt="Twelve bars.", spec={"data": {"values": rows}, "mark": "bar"},
        claims=("bbc_esc22",),
    )  # fmt: skip
    drawn = [*charts_of(document), *charts_of(chart)]
    assert len(drawn) > 5
    assert leaks.in_charts(drawn) == ["monthly"]


def test_an_effect_of_a_scenario_on_flight_is_found(results: Results) -> None:
    effect = replace(results.effects[0], outcome="escapes", name="escapes")
    spoilt = replace(results, effects=(*results.effects, effect))
    assert len(leaks.in_rows(spoilt.as_json()["effects"])) == 1
    assert len(leaks.in_rows(csv.DictReader(io.StringIO(spoilt.as_csv())))) == 1
    nested = {"id": "publicity", "effects": [{"outcome": "rescues", "year": 2027, "median": 3.0}]}
    assert len(leaks.in_rows(leaks.rows_in({"scenarios": [nested]}))) == 1


@pytest.mark.parametrize("name", ["control_lag", "SIGN_ONLY", "hiding_ref"])
def test_an_assumption_on_what_is_a_sign_alone_is_found(facts: Facts, name: str) -> None:
    shown = data_tables(facts)["assumptions"]
    planted = {"name": name, "unit": "1", "transform": "log", "median": 0.25, "sd": 0.1, "why": "", "evidence": ""}
    assert leaks.in_rows(shown) == []
    assert len(leaks.in_rows([*shown, planted])) == 1


def test_a_picture_that_names_what_is_inside_is_found() -> None:
    """The model as its author wrote it, with flight no longer marked internal, would be drawn."""
    text = system_text(programme())
    wording = wording_of(programme().tables["pictures"], programme().tables["system"])
    inside = {"K6", "F11", "F13"}
    assert not any(f">{symbol}" in svg for svg in pictures(text, wording).values() for symbol in inside)
    open_text = replace(
        text, stocks=tuple(replace(each, is_internal=False) for each in text.stocks),
        flows=tuple(replace(each, is_internal=False) for each in text.flows),
    )  # fmt: skip
    assert any(f">{symbol}" in svg for svg in pictures(open_text, wording).values() for symbol in inside)
