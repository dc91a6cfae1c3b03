"""A workspace's evidence is a programme's folder like any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tallystick.claims.proposal import Proposal
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tallystick.reconcile.kinship.same_document import SAME
from tallystick.study.workspace.evidence_folder import known_asserters, write_evidence
from tallystick.study.workspace.records import Document, Link
from tallystick.study.workspace.rows import Accepted, Words
from tallystick.vocab.errors import EvidenceFaults
from tallystick.vocab.programme import Programme
from tests.study.workspace.invented import TEXT, accepted, base, document, held, opinion, shipped


def words_of(_: Document, __: Proposal) -> Words:
    return Words(TEXT, "page 2", TEXT)


def written(folder: Path, claims: Sequence[Accepted]) -> Programme:
    write_evidence(folder, shipped(), base(), claims, words_of)
    return load_programme(folder)


def test_without_accepted_claims_it_is_the_evidence_that_ships(tmp_path: Path) -> None:
    assert written(tmp_path, ()).evidence_root == load_programme("dprk").evidence_root


def test_an_accepted_claim_is_a_claim_like_any_other(tmp_path: Path) -> None:
    programme = written(tmp_path, [accepted()])
    claim = programme.claim("p0123456789ab")
    assert (claim.measure, claim.low, claim.host, claim.asserted_by) == (
        "workers_present", 4321, "RU", "harbour gazette of Oru",
    )  # fmt: skip
    assert claim.asserter_class == "unvetted"
    assert (claim.asserted_earliest, claim.asserted_latest) == (date(2024, 4, 2), date(2024, 4, 2))
    assert reconcile(programme).disposition_of(claim.id).disposition == "used"


def test_its_words_stand_beside_it_with_the_hash_of_their_copy(tmp_path: Path) -> None:
    (row,) = written(tmp_path, [accepted()]).hand["quotes"]
    assert TEXT[int(row["start"]) : int(row["end"])] == row["quote"] == "at least 4,321 labourers"
    assert row["passage"] == TEXT
    assert (row["document"], row["place"]) == ("ab" * 32, "page 2")


def test_a_known_asserter_keeps_its_class_whatever_the_letter_case(tmp_path: Path) -> None:
    claim = written(tmp_path, [accepted(held(opinion("accept"), asserted_by="nis"))]).claim("p0123456789ab")
    assert (claim.asserted_by, claim.asserter_class) == ("NIS", "government")


def test_a_figure_that_names_nobody_is_the_publishers(tmp_path: Path) -> None:
    claim = written(tmp_path, [accepted(held(opinion("accept"), asserted_by=""))]).claim("p0123456789ab")
    assert claim.asserted_by == "Harbour Gazette"


def test_a_document_without_an_address_is_cited_as_a_report(tmp_path: Path) -> None:
    programme = written(tmp_path, [accepted(page=document(url=""))])
    assert programme.claim("p0123456789ab").url == "reports/d0123456789ab.txt"
    assert programme.reports["d0123456789ab"].published_earliest == date(2024, 4, 2)


def test_an_upheld_link_folds_the_claim_into_its_origin(tmp_path: Path) -> None:
    link = Link(to="nis_oct24_stock", kind="repeats", score=0.9, reasons=("same value",), verdict="upheld")
    later = document(published_on=date(2024, 12, 1))
    programme = written(tmp_path, [accepted(held(opinion("accept"), links=(link,)), page=later)])
    claim = programme.claim("p0123456789ab")
    assert (claim.link_kind, claim.derived_from) == ("repeats", ("nis_oct24_stock",))
    assert claim.asserted_earliest == min(programme.claim("nis_oct24_stock").asserted_earliest, date(2024, 12, 1))


@pytest.mark.parametrize(
    ("score", "verdict", "suspected"),
    [(0.9, "proposed", ("nis_oct24_stock",)), (0.2, "proposed", ()), (0.9, "overruled", ())],
)
def test_a_likely_copy_is_suspected_until_somebody_overrules_it(
    tmp_path: Path, score: float, verdict: str, suspected: tuple[str, ...]
) -> None:
    link = Link(to="nis_oct24_stock", kind="repeats", score=score, reasons=(), verdict=verdict)
    claim = written(tmp_path, [accepted(held(opinion("accept"), links=(link,)))]).claim("p0123456789ab")
    assert claim.suspected_from == suspected


@pytest.mark.parametrize(("verdict", "derived"), [("proposed", ("nis_oct24_stock",)), ("overruled", ())])
def test_what_was_read_twice_from_one_document_needs_nobodys_word(
    tmp_path: Path, verdict: str, derived: tuple[str, ...]
) -> None:
    link = Link(to="nis_oct24_stock", kind="repeats", score=1.0, reasons=(SAME,), verdict=verdict)
    later = document(published_on=date(2024, 12, 1))
    claim = written(tmp_path, [accepted(held(opinion("accept"), links=(link,)), page=later)]).claim("p0123456789ab")
    assert (claim.derived_from, claim.suspected_from) == (derived, ())


def test_what_the_checks_refuse_is_refused_here_too(tmp_path: Path) -> None:
    wrong = accepted(held(opinion("correct", unit="visas")))
    with pytest.raises(EvidenceFaults, match="does not fit workers_present"):
        written(tmp_path, [wrong])


def test_the_same_claims_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    several = [
        accepted(),
        accepted(held(opinion("accept"), id="pffffffffffff", asserted_by="Oru guild", low=4400.0)),
    ]
    one = written(tmp_path / "one", several)
    other = written(tmp_path / "other", several[::-1])
    assert one.evidence_root == other.evidence_root


@pytest.mark.parametrize("name", ["National Intelligence Service", "국가정보원", "nis"])
def test_a_body_that_the_programme_knows_by_another_name_is_no_new_asserter(tmp_path: Path, name: str) -> None:
    claim = written(tmp_path, [accepted(held(opinion("accept"), asserted_by=name))]).claim("p0123456789ab")
    assert (claim.asserted_by, claim.asserter_class) == ("NIS", "government")


def test_a_group_and_a_person_are_known_by_their_own_words_alone() -> None:
    known = known_asserters(base())
    folded = {cells["name"].casefold(): cells["kind"] for cells in base().rows["entities.csv"]}
    shipped = {cells["asserted_by"].casefold() for cells in base().rows["hand/asserters.csv"]}
    added = known.keys() - shipped
    assert added
    assert {folded[name] for name in added if name in folded} <= {"ministry", "organisation", "media", "company"}
