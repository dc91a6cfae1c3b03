"""What a withheld row said stands in no file, and a word of it is refused; the row itself stays, and what it is for."""

from __future__ import annotations

import csv

import pytest

from tallystick.brief.words.claims import claim_quantity
from tallystick.cli.cards import card_of
from tallystick.evidence.programme import SHIPPED, load_programme
from tallystick.evidence.withheld import INSTEAD, LEFT_OUT, WORDS, withheld
from tallystick.study.study import Study
from tallystick.vocab.errors import EvidenceFaults
from tests.evidence.damage import Copy


def shipped(file: str) -> dict[str, dict[str, str]]:
    with (SHIPPED / "dprk" / file).open(encoding="utf-8", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


STATEMENTS = (*(f"fuels25_s{number}" for number in (37, 42, 46, 48, 51, 55, 78, 80, 81)), "asiapress25_s35")
SAID = {"id", "report", "statement", "sensitivity", "supports_or_contradicts"}  # what every row has to say
OF_A_CELL = {"period", "framework_limb", "framework_phase", "framework_bearing"}


def test_a_withheld_statement_says_nothing_but_what_a_cell_would_be_silent_without() -> None:
    known = {statement.id: statement for statement in load_programme("dprk").statements}
    written = shipped("statements.csv")
    for name in STATEMENTS:
        kept, line = known[name], written[name]
        assert line["statement"] == INSTEAD
        assert line["supports_or_contradicts"] == "neutral"
        told = {field for field, text in line.items() if text}
        assert told == (SAID | OF_A_CELL if name == "fuels25_s42" else SAID)
        assert kept.statement == LEFT_OUT
        assert (kept.note, kept.place, kept.hedge, kept.kind, kept.asserted_by, kept.paragraph) == ("",) * 6
        assert kept.indicators == ()


def test_a_withheld_claim_has_no_figure_and_no_days_and_is_no_observation() -> None:
    study = Study("dprk")
    claims = {claim.id: claim for claim in study.programme.claims}
    found = [claims[id] for id in withheld(study.programme) if id in claims]
    assert [each.id for each in found] == ["bbc_esc_half"]
    for each in found:
        assert (each.low, each.point, each.high, each.start, each.end, each.hedge) == (None, None, None, None, None, "")
        assert claim_quantity(each) == "figure not shown"
        assert each.id not in {seen.claim for seen in study.account.observations}


def test_no_reason_tells_what_was_withheld() -> None:
    rows = shipped("hand/withheld.csv")
    assert {*STATEMENTS, "bbc_esc_half"} == set(rows)
    assert {row["why"] for row in rows.values()} == {"to protect people"}


def test_the_command_that_shows_a_row_shows_that_it_is_left_out_and_no_more() -> None:
    study = Study("dprk")
    for name in shipped("hand/withheld.csv"):
        assert card_of(study, name) == [("id", name), ("row", "Left out to protect people.")]


SPOILT = {"actors": "DPRK", "kind": "control", "paragraph": "7", "related_claims": "nis_oct24_stock"}
SPOILT |= {"period_start": "2024-01-01", "period_end": "2024-12-31"}
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
    assert LEFT_OUT in repr(row)
    assert "a reason" not in repr(row)


@KINDS
def test_a_withheld_row_that_says_a_word_is_refused_and_the_word_not_repeated(kind: str, name: str, copy: Copy) -> None:
    file, says, more = WORDS[kind]
    copy.add("hand/withheld.csv", "fuels25_s37", id=name, kind=kind)
    copy.cell(file, name, **dict.fromkeys(more, ""), **{says: INSTEAD})
    for field in (says, *more):
        spoilt = Copy(copy.folder.parent / f"spoilt-{field}", of=copy.folder)
        spoilt.cell(file, name, **{field: SPOILT.get(field, "Zq7canary")})
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
    for name in STATEMENTS:
        said = {"statement": "Something else.", "kind": "control", "paragraph": "1", "asserted_by": "somebody"}
        copy.cell("statements.csv", name, **said)
    copy.cell("claims.csv", "bbc_esc_half", note="")
    (copy.folder / "hand" / "withheld.csv").unlink()
    made = load_programme(copy.folder)
    assert "withheld" not in made.hand
    assert not [row for row in made.statements if row.statement == LEFT_OUT]


def test_who_withholds_a_row_changes_the_evidence_root(copy: Copy) -> None:
    copy.cell("hand/withheld.csv", "fuels25_s37", why="another reason")
    assert load_programme(copy.folder).evidence_root != load_programme("dprk").evidence_root
