"""What a withheld row says is gone once the programme is loaded; that it is there, and what it bears on, stays."""

from __future__ import annotations

import csv

import pytest

from tallystick.evidence.programme import SHIPPED, load_programme
from tests.evidence.damage import Copy


def shipped(file: str) -> dict[str, dict[str, str]]:
    with (SHIPPED / "dprk" / file).open(encoding="utf-8", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def test_a_withheld_statement_counts_and_says_nothing() -> None:
    known = {statement.id: statement for statement in load_programme("dprk").statements}
    rows, written = shipped("hand/withheld.csv"), shipped("statements.csv")
    assert {"fuels25_s37", "fuels25_s46", "fuels25_s51", "fuels25_s80", "fuels25_s81"} <= set(rows)
    for name, row in rows.items():
        kept = known[name]
        assert kept.statement == f"wording withheld: {row['why']}"
        assert (kept.note, kept.place, kept.hedge, kept.actors) == ("", "", "", ())
        assert (kept.report, kept.kind) == (written[name]["report"], written[name]["kind"])
        assert ";".join(kept.framework_limbs) == written[name]["framework_limb"]
        assert ";".join(kept.indicators) == written[name]["ilo_indicators"]


@pytest.mark.parametrize(
    ("kind", "file", "name", "fields"),
    [
        ("claim", "claims.csv", "nis_oct24_stock", ("note", "region", "hedge")),
        ("event", "events.csv", "E12", ("title", "note", "place")),
        ("entity", "entities.csv", "N072", ("name", "role", "aliases")),
        ("statement", "statements.csv", "fuels25_s39", ("statement", "place", "note")),
    ],
)
def test_every_kind_of_row_can_be_withheld(
    kind: str, file: str, name: str, fields: tuple[str, ...], copy: Copy
) -> None:
    copy.cell(file, name, **{field: "Zq7canary" for field in fields if file != "entities.csv"})
    copy.add("hand/withheld.csv", "fuels25_s37", id=name, kind=kind)
    made = load_programme(copy.folder)
    known = {row.id: row for row in (*made.claims, *made.events, *made.entities, *made.statements)}
    was = {row.id: row for row in load_programme("dprk").entities}
    assert "Zq7canary" not in repr(known[name])
    assert kind != "entity" or was[name].name not in repr(known[name])


def test_a_programme_may_withhold_nothing(copy: Copy) -> None:
    (copy.folder / "hand" / "withheld.csv").unlink()
    made = load_programme(copy.folder)
    assert "withheld" not in made.hand
    assert not [row for row in made.statements if row.statement.startswith("wording withheld")]


def test_who_withholds_a_row_changes_the_evidence_root(copy: Copy) -> None:
    copy.cell("hand/withheld.csv", "fuels25_s37", why="another reason")
    assert load_programme(copy.folder).evidence_root != load_programme("dprk").evidence_root
