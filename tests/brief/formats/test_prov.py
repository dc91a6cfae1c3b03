"""Promise: the W3C's model reads the document, and every disposition leads back through a claim to a page."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest
from prov.constants import PROV_ATTR_GENERATED_ENTITY, PROV_ATTR_USED_ENTITY
from prov.model import ProvDerivation, ProvDocument, ProvElement, ProvRelation

from tallystick.brief.formats.prov import prov
from tallystick.brief.formats.shown import Shown


@pytest.fixture(scope="module")
def text(told: Shown) -> str:
    return prov(told, "9.9.9")


@pytest.fixture(scope="module")
def document(text: str) -> ProvDocument:
    return ProvDocument.deserialize(content=text, format="json")


def _names(document: ProvDocument) -> set[str]:
    return {str(record.identifier) for record in document.get_records(ProvElement)}


def test_reading_and_writing_again_loses_nothing(document: ProvDocument) -> None:
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document
    assert len(document.get_records()) > 3000


def test_nothing_that_was_written_is_lost_on_reading(text: str, document: ProvDocument) -> None:
    written: dict[str, dict[str, Any]] = json.loads(text)
    assert len(document.get_records()) == sum(len(rows) for kind, rows in written.items() if kind != "prefix")


def test_every_relation_joins_things_that_the_document_declares(document: ProvDocument) -> None:
    known = _names(document)
    for relation in document.get_records(ProvRelation):
        ends = {str(value) for _, value in relation.formal_attributes if value is not None}
        assert ends <= known, relation


def test_every_disposition_leads_to_a_page(told: Shown, document: ProvDocument) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for link in document.get_records(ProvDerivation):
        (made,), (source,) = link.get_attribute(PROV_ATTR_GENERATED_ENTITY), link.get_attribute(PROV_ATTR_USED_ENTITY)
        used[str(made)].add(str(source))
    for claim in told.claims:
        assert used[f"disposition:{claim.id}"] == {f"claim:{claim.id}"}
        assert f"source:{told.page_of[claim.id].id}" in used[f"claim:{claim.id}"]


def test_no_claim_goes_back_to_itself(document: ProvDocument) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for link in document.get_records(ProvDerivation):
        (made,), (source,) = link.get_attribute(PROV_ATTR_GENERATED_ENTITY), link.get_attribute(PROV_ATTR_USED_ENTITY)
        used[str(made)].add(str(source))
    for name in list(used):
        met: set[str] = set()
        ahead = list(used[name])
        while ahead:
            each = ahead.pop()
            if each not in met:
                met.add(each)
                ahead += used.get(each, ())
        assert name not in met


def test_root_and_version_stand_in_it(told: Shown, text: str) -> None:
    written = json.loads(text)
    assert written["entity"]["evidence:root"]["word:sha256"] == told.programme.evidence_root
    assert written["agent"]["software:tallystick"]["word:version"] == "9.9.9"


def test_no_agent_and_no_time_is_made_up_for_the_reading(text: str) -> None:
    written = json.loads(text)
    assert {each["prov:activity"] for each in written["wasAssociatedWith"].values()} == {"step:reconciling"}
    assert "prov:startTime" not in text
    assert "prov:time" not in text
