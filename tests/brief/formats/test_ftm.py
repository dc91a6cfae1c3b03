"""Promise: each line is an entity that FollowTheMoney's own model accepts, and none is of a private person."""

from __future__ import annotations

import json
from typing import Any

import pytest
from followthemoney import model
from followthemoney.proxy import EntityProxy
from followthemoney.schema import Schema

from tallystick.brief.formats.ftm import SCHEMA_OF_KIND, exported, ftm
from tallystick.brief.formats.shown import Shown

Entities = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def entities(told: Shown) -> Entities:
    lines = [json.loads(line) for line in ftm(told).splitlines()]
    found = {entity["id"]: entity for entity in lines}
    assert len(found) == len(lines)
    return found


def _schema(entity: dict[str, Any]) -> Schema:
    found = model.get(entity["schema"])
    assert found is not None
    return found


def _note(claim: str) -> str:
    return f"dprk-{claim.replace('_', '.')}-Note"


def test_every_entity_is_valid_by_its_schema(entities: Entities) -> None:
    for entity in entities.values():
        schema = _schema(entity)
        assert not schema.abstract
        schema.validate(entity)  # raises InvalidData where a property that is required is missing
        for name in entity["properties"]:
            assert schema.get(name) is not None, f"{schema.name} has no property {name}"


def test_every_value_is_already_clean(entities: Entities) -> None:
    """What FollowTheMoney would change or drop when it loads a line, it would change without telling."""
    for entity in entities.values():
        for name, values in entity["properties"].items():
            prop = _schema(entity).get(name)
            assert prop is not None
            assert [prop.type.clean(value) for value in values] == values, (entity["id"], name)


def test_an_entity_that_is_loaded_gives_the_same_properties(entities: Entities) -> None:
    for entity in entities.values():
        read = EntityProxy.from_dict(model, entity, cleaned=False).to_dict()
        assert {name: set(values) for name, values in read["properties"].items()} == {
            name: set(values) for name, values in entity["properties"].items()
        }


def test_every_reference_leads_to_an_entity_of_the_range(entities: Entities) -> None:
    followed = 0
    for entity in entities.values():
        for name, values in entity["properties"].items():
            prop = _schema(entity).get(name)
            assert prop is not None
            if prop.range is not None:
                followed += len(values)
                assert all(_schema(entities[value]).is_a(prop.range) for value in values)
    assert followed > 1000


def test_each_claim_is_a_note_with_its_page_as_proof(told: Shown, entities: Entities) -> None:
    notes = {name for name, entity in entities.items() if entity["schema"] == "Note"}
    assert notes == {_note(claim.id) for claim in told.claims}
    for name in notes:
        (proof,) = entities[name]["properties"]["proof"]
        assert entities[proof]["schema"] == "Article"
        assert entities[name]["properties"]["entity"] == [proof]


def test_people_are_holders_of_public_office_and_nobody_else(told: Shown, entities: Entities) -> None:
    people = {entity["properties"]["name"][0] for entity in entities.values() if entity["schema"] == "Person"}
    assert people == {row.name for row in told.programme.entities if row.kind.startswith("official")} - {
        row.name for row in told.programme.entities if row.kind == "official post"
    }
    assert len(people) > 3
    private = [row for row in told.programme.entities if row.kind in ("expert", "journalist")]
    assert len(private) > 3
    names = {name for row in private for name in (row.name, *row.aliases)}
    named = {
        name for entity in entities.values() for key in ("name", "alias") for name in entity["properties"].get(key, ())
    }
    assert not names & named
    assert not [name for name in entities if name.split("-")[1] in {row.id for row in private}]


def test_a_kind_that_is_not_known_is_not_guessed_at(told: Shown) -> None:
    assert {row.kind for row in told.programme.entities if not exported(row)} >= {"expert", "journalist", "place"}
    assert set(SCHEMA_OF_KIND.values()) <= {schema.name for schema in model}


def test_copies_are_linked_to_what_they_go_back_to(told: Shown, entities: Entities) -> None:
    links = [entity["properties"] for entity in entities.values() if entity["schema"] == "UnknownLink"]
    ends = {(link["subject"][0], link["object"][0], link["role"][0]) for link in links}
    proven = {
        (_note(claim.id), _note(parent), claim.link_kind) for claim in told.claims for parent in claim.derived_from
    }
    assert len(proven) > 50
    assert proven <= ends
    assert {role for *_, role in ends - proven} == {"suspected"}
