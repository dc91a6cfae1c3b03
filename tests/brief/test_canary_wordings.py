"""Promise: withheld wordings stand in no output, and nothing is said of what the number who reach safety hangs on."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallystick.brief.build import brief_json, build_document, data_tables
from tallystick.brief.document import Document
from tallystick.brief.facts import Facts
from tallystick.brief.write import as_csv, write_pages
from tallystick.cli.cards import card_of
from tallystick.evidence.programme import SHIPPED
from tallystick.study.study import Study
from tallystick.vocab.estimate import Alternative
from tests.brief.canary import found_in

SAFETY = "escapes_to_safety"


def wordings() -> dict[str, str]:
    """What the withheld rows say in the files, by id."""
    folder = SHIPPED / "dprk"
    with (folder / "hand" / "withheld.csv").open(encoding="utf-8", newline="") as handle:
        names = [row["id"] for row in csv.DictReader(handle) if row["kind"] == "statement"]
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as handle:
        said = {row["id"]: row["statement"] for row in csv.DictReader(handle)}
    return {name: said[name].rstrip(".") for name in names}


def test_no_file_of_a_brief_prints_a_withheld_wording(facts: Facts, document: Document, tmp_path: Path) -> None:
    write_pages(document, tmp_path)
    (tmp_path / "brief.json").write_bytes(brief_json(facts))
    (tmp_path / "data").mkdir(exist_ok=True)
    for name, rows in data_tables(facts).items():
        (tmp_path / "data" / f"{name}.csv").write_text(as_csv(rows), encoding="utf-8")
    assert len(wordings()) >= 5
    assert (tmp_path / "brief.html").is_file()
    assert (tmp_path / "brief.pdf").is_file()
    assert found_in(tmp_path, wordings().values()) == []


def test_the_command_that_shows_a_row_does_not_show_it_either() -> None:
    study = Study("dprk")
    for name, words in wordings().items():
        shown = " ".join(text for _, text in card_of(study, name))
        assert name in shown
        assert "wording withheld" in shown
        assert words not in shown


# Nothing beside the number who reach safety -----------------------------------------------------------------


@pytest.fixture(scope="module")
def spoilt(facts: Facts) -> Facts:
    """The same facts, as if a fit had looked for what moves that number, and had other choices beside it."""
    beside = tuple(Alternative(id="other", name="Other", interval=e.interval) for e in facts.estimates[:1])
    return replace(
        facts,
        estimates=tuple(replace(e, alternatives=beside) if e.id == SAFETY else e for e in facts.estimates),
        fits=tuple(replace(fit, influence_on=f"{SAFETY} 2022", influence=0.9) for fit in facts.fits),
    )


def rows_of(facts: Facts) -> Iterator[tuple[str, Any]]:
    """Every entry of brief.json and every row of every table."""
    for name, entries in json.loads(brief_json(facts)).items():
        yield from ((name, entry) for entry in (entries if isinstance(entries, list) else [entries]))
    for name, rows in data_tables(facts).items():
        yield from ((f"{name}.csv", row) for row in rows)


def test_that_number_stands_in_no_row_but_its_own(spoilt: Facts) -> None:
    found = [(name, row) for name, row in rows_of(spoilt) if SAFETY in json.dumps(row)]
    assert {name for name, _ in found} == {"estimates", "estimates.csv"}
    assert {row["id"] for _, row in found} == {SAFETY}
    assert all(not row.get("alternatives") for _, row in found)


def test_a_claim_on_that_number_is_shown_beside_no_other_quantity(facts: Facts) -> None:
    measures = set(facts.programme.tables["model"]["headline"][SAFETY]["measures"])
    claims = {claim.id for claim in facts.programme.claims if claim.measure in measures}
    used = claims & set(facts.fit_of)
    assert used
    for name, row in rows_of(facts):
        if name in ("claims", "claims.csv") and row["id"] in claims:
            assert not row.get("influence"), row["id"]
            assert row.get("tail_probability") is None, row["id"]


def test_its_cards_show_no_other_choice_and_no_influence(spoilt: Facts) -> None:
    document = build_document(spoilt)
    assert [card.id for card in document.estimates if card.id.startswith(SAFETY) and card.alternatives] == []
    assert [card.id for card in document.claims if card.influence] == []


# Listings ---------------------------------------------------------------------------------------------------


def test_a_row_that_lists_firms_says_that_it_is_no_screening_list(document: Document, facts: Facts) -> None:
    listings = {row.id for row in facts.programme.law if "designated persons" in row.addressee}
    said = {entry.id: dict(entry.fields).get("Status", "") for entry in document.entries if entry.group == "Law"}
    assert len(listings) >= 10
    assert {name for name, words in said.items() if words} == listings
    assert all("status since not followed; not a screening list" in said[name] for name in listings)
