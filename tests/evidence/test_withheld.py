"""What a withheld row said stands in no file, and a word of it is refused; the row itself stays, and what it is for."""

from __future__ import annotations

import pytest

from tallystick.brief.words.claims import claim_quantity
from tallystick.cli.cards import card_of
from tallystick.evidence.programme import SHIPPED, load_programme
from tallystick.evidence.withheld import INSTEAD, LEFT_OUT, WORDS, withheld
from tallystick.study.study import Study
from tallystick.vocab.errors import EvidenceFaults
from tests.evidence.damage import Copy

CLAIM = "camp_500m"  # read beside the model, and the origin of no other


def test_the_programme_that_ships_withholds_by_holding_no_row() -> None:
    """A row that only says that it is left out tells where to look."""
    made = load_programme("dprk")
    assert withheld(made) == frozenset()
    files = [path for path in (SHIPPED / "dprk").rglob("*") if path.suffix in (".csv", ".toml")]
    assert len(files) > 30
    words = {path.name: path.read_text(encoding="utf-8") for path in files}
    assert [name for name, text in words.items() if LEFT_OUT in text or f",{INSTEAD}," in text] == []


def test_a_withheld_statement_says_nothing(copy: Copy) -> None:
    copy.withhold("fuels25_s37")
    kept = next(each for each in load_programme(copy.folder).statements if each.id == "fuels25_s37")
    assert kept.statement == LEFT_OUT
    assert (kept.note, kept.place, kept.hedge, kept.kind, kept.asserted_by, kept.paragraph) == ("",) * 6


def test_a_withheld_claim_has_no_figure_and_no_days_and_is_no_observation(copy: Copy) -> None:
    copy.withhold(CLAIM, "claim")
    study = Study(copy.folder)
    found = study.programme.claim(CLAIM)
    assert (found.low, found.point, found.high, found.start, found.end, found.hedge) == (None,) * 5 + ("",)
    assert claim_quantity(found) == "figure not shown"
    assert CLAIM not in {seen.claim for seen in study.account.observations}


def test_the_command_that_shows_a_row_shows_that_it_is_left_out_and_no_more(copy: Copy) -> None:
    copy.withhold("fuels25_s37")
    copy.withhold(CLAIM, "claim")
    study = Study(copy.folder)
    for name in ("fuels25_s37", CLAIM):
        assert card_of(study, name) == [("id", name), ("row", "Left out to protect people.")]


SPOILT = {"actors": "DPRK", "kind": "control", "paragraph": "7", "related_claims": "nis_oct24_stock"}
SPOILT |= {"period_start": "2024-01-01", "period_end": "2024-12-31"}
KINDS = pytest.mark.parametrize(
    ("kind", "name"), [("claim", "nis_oct24_stock"), ("event", "E12"), ("statement", "fuels25_s65")]
)


@KINDS
def test_every_kind_of_row_can_be_withheld(kind: str, name: str, copy: Copy) -> None:
    copy.withhold(name, kind)
    made = load_programme(copy.folder)
    row = next(row for row in (*made.claims, *made.events, *made.statements) if row.id == name)
    assert LEFT_OUT in repr(row)
    assert "to protect people" not in repr(row).replace(LEFT_OUT, "")


@KINDS
def test_a_withheld_row_that_says_a_word_is_refused_and_the_word_not_repeated(kind: str, name: str, copy: Copy) -> None:
    file, says, more = WORDS[kind]
    copy.withhold(name, kind)
    for field in (says, *more):
        spoilt = Copy(copy.folder.parent / f"spoilt-{field}", of=copy.folder)
        spoilt.cell(file, name, **{field: SPOILT.get(field, "Zq7canary")})
        with pytest.raises(EvidenceFaults) as caught:
            load_programme(spoilt.folder)
        found = {(fault.file, fault.row, fault.field) for fault in caught.value.faults}
        assert found == {(file, spoilt.row_of(file, name), field)}
        assert "Zq7canary" not in str(caught.value)


def test_a_row_that_says_it_is_withheld_needs_a_reason(copy: Copy) -> None:
    copy.cell("statements.csv", "fuels25_s65", statement=INSTEAD)
    with pytest.raises(EvidenceFaults, match=r"does not agree with hand/withheld\.csv"):
        load_programme(copy.folder)


def test_who_withholds_a_row_changes_the_evidence_root(copy: Copy) -> None:
    copy.withhold("fuels25_s37")
    before = load_programme(copy.folder).evidence_root
    copy.cell("hand/withheld.csv", "fuels25_s37", why="another reason")
    assert load_programme(copy.folder).evidence_root != before
