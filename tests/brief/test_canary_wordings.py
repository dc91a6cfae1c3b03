"""Promise: nothing is said of what the number who reach safety hangs on, and a list of firms is no screening list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tallystick.brief.build import brief_json, build_document, data_tables
from tallystick.brief.document import Document
from tallystick.brief.facts import Facts

SAFETY = "escapes_to_safety"


# Nothing beside the number who reach safety -----------------------------------------------------------------


@pytest.fixture(scope="module")
def spoilt(facts: Facts) -> Facts:
    """The same facts, as if a fit had looked for what moves that number."""
    return replace(facts, fits=tuple(replace(fit, influence_on=f"{SAFETY} 2022", influence=0.9) for fit in facts.fits))


def rows_of(facts: Facts) -> Iterator[tuple[str, Any]]:
    """Every entry of brief.json and every row of every table."""
    for name, entries in json.loads(brief_json(facts)).items():
        yield from ((name, entry) for entry in (entries if isinstance(entries, list) else [entries]))
    for name, rows in data_tables(facts).items():
        yield from ((f"{name}.csv", row) for row in rows)


def test_that_number_stands_in_no_row(spoilt: Facts) -> None:
    rows = list(rows_of(spoilt))
    assert {"estimates", "estimates.csv"} <= {name for name, _ in rows}
    assert [(name, row) for name, row in rows if SAFETY in json.dumps(row)] == []


def test_a_claim_on_that_number_is_shown_beside_no_other_quantity(facts: Facts) -> None:
    measures = set(facts.programme.tables["model"]["headline"][SAFETY]["measures"])
    claims = {claim.id for claim in facts.programme.claims if claim.measure in measures}
    used = claims & set(facts.fit_of)
    assert used
    for name, row in rows_of(facts):
        if name in ("claims", "claims.csv") and row["id"] in claims:
            assert not row.get("influence"), row["id"]
            assert row.get("tail_probability") is None, row["id"]


def test_it_has_no_card_and_no_claim_moves_it(spoilt: Facts) -> None:
    document = build_document(spoilt)
    assert [card.id for card in document.estimates if card.id.startswith(SAFETY)] == []
    assert [card.id for card in document.claims if card.influence] == []


# Listings ---------------------------------------------------------------------------------------------------


def test_a_row_that_lists_firms_says_that_it_is_no_screening_list(document: Document, facts: Facts) -> None:
    listings = {row.id for row in facts.programme.law if "designated persons" in row.addressee}
    said = {entry.id: dict(entry.fields).get("Status", "") for entry in document.entries if entry.group == "Law"}
    assert len(listings) >= 10
    assert {name for name, words in said.items() if words} == listings
    assert all("status since not followed; not a screening list" in said[name] for name in listings)
