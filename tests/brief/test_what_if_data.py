"""What-ifs for programs: what brief.json and the flat tables say of them, and what no output may say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from tallystick.brief.build import brief_json, build_document, data_tables
from tallystick.brief.cards_runs import shown_assumptions
from tallystick.brief.chapters.what_if import _many
from tallystick.brief.display import anchor
from tallystick.brief.document import Block, Figure, Spans, Table, plain
from tallystick.brief.facts import Facts
from tallystick.brief.html import render
from tallystick.brief.simulated import HEAD, UNMEASURED, Simulated
from tallystick.brief.targets import all_spans
from tests.brief.test_contract import SCHEMA
from tests.systems import leaks

TALKED = "word_gets_home"  # hangs on what people tell, for which they can be punished

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
        sure = set() if found.hangs_on_talk(each["id"]) else {"same_sign"}
        assert all({"parameters", "chance"} | sure <= set(row) for row in each["effects"])
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
    told = [
        row
        for row in (*found.results.levels, *found.results.effects)
        if row.outcome not in UNMEASURED and (row.scenario, row.unit) != (TALKED, "USD")
    ]
    assert len(rows) == len(told)
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    page = (SCHEMA.parent / "brief-folder.md").read_text(encoding="utf-8")
    assert [name for name in data_tables(ahead) if f"`{name}.csv`" not in page] == []


def test_no_output_gives_deaths_or_injuries_of_runs_a_number(ahead: Facts, found: Simulated) -> None:
    """Their rates are assumed: a table of them would be copied as a finding."""
    assert set(UNMEASURED) <= {row.outcome for row in found.results.levels}
    document = build_document(ahead)
    words = plain(tuple(all_spans(document)))
    assert "Deaths and injuries are not told" in words
    assert "Injuries that end work" not in words
    assert not [card.id for card in document.runs if card.id.split(".")[1] in UNMEASURED]
    names = {"deaths at work and from illness", "injuries that end work"}
    assert names <= {row.name for row in found.results.levels}
    assert not {row.get("name") for row in (*data_tables(ahead)["scenarios"], *_rows(ahead))} & names


def test_what_people_could_be_punished_for_telling_is_given_no_price_and_no_certainty(
    ahead: Facts, found: Simulated
) -> None:
    money = {row.outcome for row in found.results.effects if row.scenario == TALKED and row.unit == "USD"}
    assert {"state_income", "booked_owed"} <= money
    document = build_document(ahead)
    blocks = [block for chapter in document.chapters for section in chapter.sections for block in section.blocks]
    priced = {f"{TALKED}.{outcome}" for outcome in money}
    opened = {span.run.rpartition(".")[0] for span in all_spans(document) if isinstance(span, Figure) and span.run}
    cards = {one.id for one in document.runs}
    assert not priced & {id.rpartition(".")[0] for id in (*opened, *cards)}
    page = render(document)
    assert anchor("run", f"{TALKED}.{HEAD}.") in page
    assert not [id for id in priced if anchor("run", f"{id}.") in page]
    for id, columns in (("what-if-money", slice(1, None)), ("what-if-borne", slice(2, None))):
        assert set(map(plain, _row_of(blocks, id)[columns])) == {"not told"}, id
    assert plain(_row_of(blocks, "what-if-spread")[-1]) == "\u2013"
    assert not [one.note for one in document.runs if one.scenario == TALKED and one.note]
    (said,) = _many(found, [TALKED], "lower")
    assert "(assumed; those who tell can be punished; ask nobody" in plain(said)


def test_programs_read_no_price_and_no_certainty_of_it_either(ahead: Facts, scenarios: list[dict[str, Any]]) -> None:
    in_json = [dict(row, scenario=each["id"]) for each in scenarios for row in each.get("effects", [])]
    in_table = [row for row in data_tables(ahead)["scenarios"] if row["kind"] == "effect"]
    for rows in (in_json, in_table):
        talked, others = ([row for row in rows if (row["scenario"] == TALKED) == is_it] for is_it in (True, False))
        assert "person" in {row["unit"] for row in talked}
        assert not [row for row in talked if row["unit"] == "USD" or row.get("same_sign") is not None]
        assert [row for row in others if row["unit"] == "USD" and row.get("same_sign") is not None]


def _row_of(blocks: Sequence[Block], id: str) -> tuple[Spans, ...]:
    """The row of that what-if in a table."""
    table = next(block for block in blocks if isinstance(block, Table) and block.id == id)
    (row,) = (row for row in table.rows if "publicly known" in plain(row[0]))
    return row


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
