"""brief.json and the flat tables say what the contract says, and the same facts give the same bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tallystick.brief.build import brief_json, data_tables
from tallystick.brief.document import Document
from tallystick.brief.facts import Facts
from tallystick.brief.write import write_pages
from tallystick.evidence.read_notes import read_note

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "brief.schema.json"
NOT_BUILT = {"backtest", "value_of_information", "influence", "choices"}


@pytest.fixture(scope="module")
def brief(facts: Facts) -> dict[str, Any]:
    return json.loads(brief_json(facts))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_account_validates(brief: dict[str, Any], validator: Any) -> None:
    assert [error.message for error in validator.iter_errors(brief)] == []


@pytest.mark.parametrize(
    ("break_it", "word"),
    [
        (lambda b: b["estimates"][0].pop("prior"), "prior"),
        (lambda b: b["claims"][0].update(disposition="dropped"), "dropped"),
        (lambda b: b["estimates"][0].update(region="north"), "region"),
        (lambda b: b.update(scenarios=[]), "non-empty"),
        (lambda b: b.update(evidence_root="x"), "does not match"),
        (lambda b: b["findings"][0].update(outcome="guilty"), "guilty"),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_know(
    brief: dict[str, Any], validator: Any, break_it: Any, word: str
) -> None:
    broken = json.loads(json.dumps(brief))
    break_it(broken)
    assert any(word in error.message for error in validator.iter_errors(broken))


def test_what_is_not_built_is_absent_and_nothing_is_empty(brief: dict[str, Any]) -> None:
    assert not (NOT_BUILT | {"scenarios"}) & set(brief)  # no runs, no what-ifs
    assert all(value for value in brief.values() if isinstance(value, list))
    assert all("region" not in e and "sector" not in e for e in brief["estimates"])


def test_every_estimate_names_claims_that_are_there_and_used(brief: dict[str, Any]) -> None:
    used = {claim["id"] for claim in brief["claims"] if claim["disposition"] == "used"}
    assert all(set(estimate["claims"]) <= used for estimate in brief["estimates"])
    assert all(estimate["origins"] <= len(estimate["claims"]) for estimate in brief["estimates"])


def test_each_cohort_has_its_conclusion_beside_its_cells(brief: dict[str, Any]) -> None:
    cohorts = [found["cohort"] for found in brief["forced_labour_conclusions"]]
    assert len(cohorts) == len(set(cohorts))
    assert set(cohorts) == {cell["cohort"] for cell in brief["forced_labour"]}


def test_every_interval_is_nested(brief: dict[str, Any]) -> None:
    names = ("lower_95", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_95")
    for estimate in brief["estimates"]:
        values = [estimate[name] for name in names]
        assert values == sorted(values), estimate["id"]


def test_every_claim_stands_once_with_its_reason_and_its_page(brief: dict[str, Any], facts: Facts) -> None:
    ids = [claim["id"] for claim in brief["claims"]]
    assert ids == [claim.id for claim in facts.programme.claims]
    assert {claim for source in brief["sources"] for claim in source["claims"]} == set(ids)


def test_the_same_facts_give_the_same_bytes(facts: Facts) -> None:
    assert brief_json(facts) == brief_json(facts)


def test_every_table_has_one_set_of_columns(facts: Facts) -> None:
    for name, rows in data_tables(facts).items():
        assert rows, name
        assert {tuple(row) for row in rows} == {tuple(rows[0])}, name


def test_no_table_of_the_account_has_the_name_of_a_table_or_chart_of_the_page(
    facts: Facts, document: Document, tmp_path: Path
) -> None:
    write_pages(document, tmp_path, pdf=False)
    on_page = {file.stem for file in (tmp_path / "data").glob("*.csv")}
    assert on_page
    assert not on_page & set(data_tables(facts))


def test_every_disposition_stands_in_the_table_of_claims(facts: Facts) -> None:
    kinds = {row["disposition"] for row in data_tables(facts)["claims"]}
    assert kinds == {"used", "repeat", "garbled", "context", "out_of_scope"}


def test_the_page_of_the_folder_names_every_table_of_the_account(facts: Facts) -> None:
    page = (SCHEMA.parent / "brief-folder.md").read_text(encoding="utf-8")
    assert [name for name in data_tables(facts) if f"`{name}.csv`" not in page] == []


def test_what_a_program_read_says_so_with_its_words_and_where_they_stand(facts: Facts, validator: Any) -> None:
    first, *others = facts.programme.claims
    note = read_note("grammar 1", "ana", date(2024, 4, 3), proposed=False, document="d01")
    quote = {"claim": first.id, "quote": "some 4,321", "passage": "There were some 4,321.", "place": "", "start": "11",
             "end": "21", "document": "ab" * 32}  # fmt: skip
    hand = {**facts.programme.hand, "quotes": (quote,)}
    read = replace(facts, programme=replace(facts.programme, claims=(replace(first, note=note), *others), hand=hand))
    account = json.loads(brief_json(read))
    assert [error.message for error in validator.iter_errors(account)] == []
    told = {one["id"]: one for one in account["claims"]}
    assert told[first.id]["read_by_a_program"] == "accepted by ana on 2024-04-03"
    assert told[first.id]["quote"]["document"] == "ab" * 32
    assert all("read_by_a_program" not in told[one.id] for one in others)
    row = next(row for row in data_tables(read)["claims"] if row["id"] == first.id)
    assert (row["quote"], row["quote_start"], row["quote_end"], row["copy_sha256"]) == ("some 4,321", 11, 21, "ab" * 32)
    assert "accepted by ana on 2024-04-03" in row["note"]
