"""What-ifs for programs: what brief.json and the flat tables say of them, and what no output may say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from tallystick.brief.build import brief_json, data_tables
from tallystick.brief.cards_runs import shown_assumptions
from tallystick.brief.facts import Facts
from tallystick.brief.simulated import Simulated
from tests.brief.test_contract import SCHEMA
from tests.systems import leaks

# For programs -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scenarios(ahead: Facts) -> list[dict[str, Any]]:
    whole = json.loads(brief_json(ahead))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(whole)] == []
    found: list[dict[str, Any]] = whole["scenarios"]
    return found


def test_each_what_if_has_its_levers_and_effects_and_the_baseline_its_levels(
    scenarios: list[dict[str, Any]], found: Simulated
) -> None:
    first, *others = scenarios
    assert (first["id"], first["is_baseline"], first["levers"]) == ("as_it_goes", True, [])
    assert "effects" not in first
    assert {row["year"] for row in first["levels"]} == set(range(2026, 2031))
    assert [each["id"] for each in others] == list(found.ordered)
    for each in others:
        assert each["levers"]
        assert all({"parameters", "chance", "same_sign"} <= set(row) for row in each["effects"])
    compliance = next(each for each in others if each["id"] == "full_compliance")
    assert "no plain success" in compliance["caution"]
    assert compliance["levers"] == [
        {"id": "demand_compliance", "strength": 1, "from": "2026-07", "over_months": 6}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("break_it", "word"),
    [
        (lambda s: s[1].pop("effects"), "effects"),
        (lambda s: s[0].update(effects=s[1]["effects"]), "should not be valid"),
        (lambda s: s[1]["effects"][0].pop("median"), "median"),
        (lambda s: s[1]["effects"][0].update(region="north"), "region"),
        (lambda s: s[1]["levers"][0].update({"from": "July"}), "does not match"),
    ],
)
def test_the_schema_refuses_a_what_if_that_the_contract_does_not_know(
    scenarios: list[dict[str, Any]], break_it: Any, word: str
) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    broken = json.loads(json.dumps(scenarios))
    break_it(broken)
    part = {"$ref": "#/$defs/scenario", "$defs": schema["$defs"]}
    errors = [e.message for each in broken for e in jsonschema.Draft202012Validator(part).iter_errors(each)]
    assert any(word in message for message in errors), errors


def test_the_table_of_years_has_all_that_the_runs_told(ahead: Facts, found: Simulated) -> None:
    rows = data_tables(ahead)["scenarios"]
    assert len(rows) == len(found.results.levels) + len(found.results.effects)
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    page = (SCHEMA.parent / "brief-folder.md").read_text(encoding="utf-8")
    assert [name for name in data_tables(ahead) if f"`{name}.csv`" not in page] == []


# What no output may say -------------------------------------------------------------------------------------


def test_nothing_of_the_runs_tells_of_flight_and_a_planted_row_would_be_found(ahead: Facts) -> None:
    assert leaks.in_rows(_rows(ahead)) == []
    assert ahead.simulated is not None
    results = ahead.simulated.results
    planted = tuple(replace(row, outcome="escapes", name="escapes in the year") for row in results.effects[:3])
    worse = replace(ahead.simulated, results=replace(results, effects=(*results.effects, *planted)))
    assert len(leaks.in_rows(_rows(replace(ahead, simulated=worse)))) >= 3


def test_no_assumption_shown_bears_on_control_or_flight(ahead: Facts) -> None:
    shown = list(shown_assumptions(ahead))
    assert len(shown) > 50
    assert leaks.in_factors(shown) == []
    assert leaks.in_factors([*shown, "recapture"]) == ["recapture"]


def _rows(facts: Facts) -> Iterator[dict[str, Any]]:
    for each in json.loads(brief_json(facts))["scenarios"]:
        yield from (dict(row, scenario=each["id"]) for row in each.get("effects", each.get("levels")))
    yield from (row for name in ("scenarios", "assumptions") for row in data_tables(facts)[name])
