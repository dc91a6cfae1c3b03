"""A what-if that sets what comes from outside tells so in the brief: on its card, in its table and in the document."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from tallystick.brief.cards_runs import driven, moves_of
from tallystick.brief.contract_runs import scenarios
from tallystick.scenarios.scenario import Drive
from tests.brief.conftest import invented_facts
from tests.brief.test_contract import SCHEMA
from tests.brief.what_ifs import with_what_ifs

WAR = Drive(
    driver="war", name="demand of the war", acts="war", unit="1", level=0.5, is_factor=True, start="2027-01",
    until="2027-12", over_months=3,
)  # fmt: skip
PLAN = replace(WAR, driver="plan", name="workers planned", unit="person/month", level=1200.0, is_factor=False, until="")


@pytest.mark.parametrize(
    ("drive", "words"),
    [
        (
            WAR,
            "demand of the war: 0.5 times what it would be from January 2027 to December 2027, growing evenly over "
            "three months",
        ),
        (PLAN, "workers planned: 1,200 persons a month from January 2027, growing evenly over three months"),
        (replace(WAR, is_factor=False, level=0.25, over_months=0), "demand of the war: 0.25 from January 2027 to"),
    ],
)
def test_a_drive_is_told_in_words(drive: Drive, words: str) -> None:
    assert driven(drive).startswith(words)


def test_card_and_document_tell_of_drivers_beside_levers() -> None:
    facts = with_what_ifs(invented_facts())
    assert facts.simulated is not None
    driving = replace(facts.simulated.scenarios["publicity"], drives=(WAR, PLAN))
    told = replace(facts.simulated, scenarios={**facts.simulated.scenarios, "publicity": driving})
    assert moves_of(told, driving)[1:] == (driven(WAR), driven(PLAN))
    found = {each["id"]: each for each in scenarios(replace(facts, simulated=told))}
    assert found["publicity"]["drivers"] == [
        {"id": "war", "factor": 0.5, "from": "2027-01", "until": "2027-12", "over_months": 3},
        {"id": "plan", "value": 1200.0, "from": "2027-01", "over_months": 3},
    ]
    assert "drivers" not in found["council_returns"]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    part = {"$ref": "#/$defs/scenario", "$defs": schema["$defs"]}
    assert [error.message for error in jsonschema.Draft202012Validator(part).iter_errors(found["publicity"])] == []
    both = {**found["publicity"], "drivers": [{"id": "war", "factor": 1, "value": 1, "from": "2027-01"}]}
    assert list(jsonschema.Draft202012Validator(part).iter_errors(both))
