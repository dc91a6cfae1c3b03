"""What a withheld row said stands in no file, and a word of it is refused; the row itself stays, and what it is for."""

from __future__ import annotations

import csv

import pytest

from tallystick.cli.cards import card_of
from tallystick.evidence.programme import SHIPPED, load_programme
from tallystick.evidence.withheld import INSTEAD, WORDS
from tallystick.study.study import Study
from tallystick.vocab.errors import EvidenceFaults
from tests.evidence.damage import Copy


def shipped(file: str) -> dict[str, dict[str, str]]:
    with (SHIPPED / "dprk" / file).open(encoding="utf-8", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def test_a_withheld_statement_counts_and_says_nothing() -> None:
    known = {statement.id: statement for statement in load_programme("dprk").statements}
    rows, written = shipped("hand/withheld.csv"), shipped("statements.csv")
    assert {f"fuels25_s{number}" for number in (37, 42, 46, 51, 78, 80, 81)} <= set(rows)
    for name, row in rows.items():
        kept, line = known[name], written[name]
        assert line["statement"] == INSTEAD
        assert not any(line[field] for field in ("note", "place", "hedge", "actors"))
        assert kept.statement == f"wording withheld: {row['why']}"
        assert (kept.note, kept.place, kept.hedge, kept.actors) == ("", "", "", ())
        assert (kept.report, kept.kind, kept.paragraph) == (line["report"], line["kind"], line["paragraph"])
        assert kept.period
        assert ";".join(kept.framework_limbs) == line["framework_limb"]
        assert ";".join(kept.indicators) == line["ilo_indicators"]


def test_the_command_that_shows_a_row_shows_the_reason() -> None:
    study = Study("dprk")
    for name, row in shipped("hand/withheld.csv").items():
        shown = " ".join(text for _, text in card_of(study, name))
        assert name in shown
        assert f"wording withheld: {row['why']}" in shown


KINDS = pytest.mark.parametrize(
    ("kind", "name"), [("claim", "nis_oct24_stock"), ("event", "E12"), ("statement", "fuels25_s39")]
)


@KINDS
def test_every_kind_of_row_can_be_withheld(kind: str, name: str, copy: Copy) -> None:
    file, says, more = WORDS[kind]
    copy.add("hand/withheld.csv", "fuels25_s37", id=name, kind=kind, why="a reason")
    copy.cell(file, name, **dict.fromkeys(more, ""), **{says: INSTEAD})
    made = load_programme(copy.folder)
    row = next(row for row in (*made.claims, *made.events, *made.statements) if row.id == name)
    assert "wording withheld: a reason" in repr(row)


@KINDS
def test_a_withheld_row_that_says_a_word_is_refused_and_the_word_not_repeated(kind: str, name: str, copy: Copy) -> None:
    file, says, more = WORDS[kind]
    copy.add("hand/withheld.csv", "fuels25_s37", id=name, kind=kind)
    copy.cell(file, name, **dict.fromkeys(more, ""), **{says: INSTEAD})
    for field in (says, *more):
        spoilt = Copy(copy.folder.parent / f"spoilt-{field}", of=copy.folder)
        spoilt.cell(file, name, **{field: "DPRK" if field == "actors" else "Zq7canary"})
        with pytest.raises(EvidenceFaults) as caught:
            load_programme(spoilt.folder)
        found = {(fault.file, fault.row, fault.field) for fault in caught.value.faults}
        assert found == {(file, spoilt.row_of(file, name), field)}
        assert "Zq7canary" not in str(caught.value)


def test_a_row_that_says_it_is_withheld_needs_a_reason(copy: Copy) -> None:
    copy.cell("statements.csv", "fuels25_s39", statement=INSTEAD)
    with pytest.raises(EvidenceFaults, match=r"does not agree with hand/withheld\.csv"):
        load_programme(copy.folder)


def test_a_programme_may_withhold_nothing(copy: Copy) -> None:
    for name in shipped("hand/withheld.csv"):
        copy.cell("statements.csv", name, statement="Something else.")
    (copy.folder / "hand" / "withheld.csv").unlink()
    made = load_programme(copy.folder)
    assert "withheld" not in made.hand
    assert not [row for row in made.statements if row.statement.startswith("wording withheld")]


def test_who_withholds_a_row_changes_the_evidence_root(copy: Copy) -> None:
    copy.cell("hand/withheld.csv", "fuels25_s37", why="another reason")
    assert load_programme(copy.folder).evidence_root != load_programme("dprk").evidence_root
