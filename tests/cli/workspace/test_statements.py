"""Promise: statements are clues. They wait, are decided on and erased as claims are, and prove nothing."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from tallystick.assess.forced_labour import forced_labour
from tallystick.assess.obligations import readings
from tallystick.evidence.programme import load_programme
from tallystick.study.workspace.accepted import write
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.programme import Programme
from tests.cli.workspace.conftest import REPORT, Command, everything, listed

TEXT = """Harbour Gazette, 2 April 2024

North Korean workers at the Russian kilns may not leave the compound without a minder, the gazette found. Their
passports are kept by the managers, and part of their pay is withheld until they go home.
"""
PASSPORTS = "passports are kept by the managers"  # after a line that was full
TESTIMONY = """Ri Chol-su, 34, a North Korean worker, told us in March that the passports of the workers at the kiln
of Oru are kept by the manager, and that North Korean workers may not leave without a minder. A driver helped him out.
"""


@pytest.fixture
def gazette(tmp_path: Path) -> Path:
    file = tmp_path / "gazette.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def read(command: Command, cases: str, gazette: Path) -> str:
    """The document whose statements wait."""
    told = command("read", str(gazette), "--public", "--workspace", cases, "--format", "json")
    assert told.code == 0, told.err
    assert json.loads(told.out)[0]["statements"] == 3
    return str(json.loads(told.out)[0]["document"])


def waiting(command: Command, cases: str, words: str = PASSPORTS) -> dict[str, str]:
    (found,) = [row for row in listed(command, cases) if words in row["quote"]]
    return found


def decide(command: Command, cases: str, *words: str) -> None:
    told = command("review", *words, "--why", "read the page", "--workspace", cases)
    assert told.code == 0, told.err


def programme(cases: str, folder: Path) -> Programme:
    """The evidence that follows from the workspace."""
    folder.mkdir()
    with Workspace.open(Path(cases)) as opened:
        write(opened, folder, opened.state)
    return load_programme(folder)


@pytest.mark.usefixtures("read")
def test_statements_wait_in_the_list_with_their_words(command: Command, cases: str) -> None:
    row = waiting(command, cases)
    assert (row["measure"], row["status"], row["confidence"]) == ("statement", "proposed", "")
    assert "documents" in row["figure"]
    assert "I07" in row["figure"]


@pytest.mark.usefixtures("read")
def test_no_bulk_acceptance_clears_a_statement(command: Command, cases: str) -> None:
    before = listed(command, cases)
    bulk = command("review", "--accept-above", "0", "--why", "all of it", "--workspace", cases)
    assert bulk.out.startswith("0 accepted")
    assert listed(command, cases) == before


def test_an_accepted_statement_is_a_row_of_the_evidence_with_its_words_and_its_copy(
    command: Command, cases: str, read: str, tmp_path: Path
) -> None:
    id = waiting(command, cases)["id"]
    assert id not in {row.id for row in programme(cases, tmp_path / "before").statements}
    decide(command, cases, "--accept", id)
    assert id not in [row["id"] for row in listed(command, cases)]
    after = programme(cases, tmp_path / "after")
    (row,) = [row for row in after.statements if row.id == id]
    assert (row.report, row.paragraph, row.kind, row.indicators) == (read, "2", "control", ("I07",))
    assert (row.supports_or_contradicts, row.period) == ("supports", "")
    assert row.statement == f"Their {PASSPORTS}"
    assert after.reports[read].published_latest == date(2024, 4, 2)
    shown = json.loads(command("show", id, "--workspace", cases, "--format", "json").out)
    assert shown["in its words"] == f"Their {PASSPORTS}"
    assert "SHA-256" in shown["where"]


def test_what_is_accepted_is_a_clue_and_moves_no_cell_of_the_framework(
    command: Command, cases: str, read: str, tmp_path: Path
) -> None:
    def cells(found: Programme) -> object:
        told = forced_labour(found, readings(found), {}, date(2026, 1, 1))
        return [(each.cohort, each.id, each.outcome, each.statements) for each in told.cells], told.conclusions

    before = programme(cases, tmp_path / "before")
    for row in listed(command, cases):
        decide(command, cases, "--accept", row["id"])
    after = programme(cases, tmp_path / "after")
    assert sum(row.report == read for row in after.statements) == 3
    assert cells(after) == cells(before)


@pytest.mark.usefixtures("read")
def test_a_rejected_or_undecided_statement_makes_no_row_even_where_what_is_proposed_is_asked_for(
    command: Command, cases: str, tmp_path: Path
) -> None:
    rejected = waiting(command, cases)["id"]
    decide(command, cases, "--reject", rejected)
    assert rejected not in [row["id"] for row in listed(command, cases)]
    folder = tmp_path / "evidence"
    folder.mkdir()
    with Workspace.open(Path(cases)) as opened:
        write(opened, folder, opened.state, include_proposed=True)
        mine = set(opened.state.statements)
    assert not mine & {row.id for row in load_programme(folder).statements}
    decide(command, cases, "--undo", rejected)
    assert rejected in [row["id"] for row in listed(command, cases)]


@pytest.mark.usefixtures("read")
def test_corrected_tags_are_what_counts(command: Command, cases: str, tmp_path: Path) -> None:
    id = waiting(command, cases)["id"]
    tags = ("--set", "topics=pay;documents", "--set", "indicators=I07;I08", "--set", "bearing=contradicts")
    decide(command, cases, "--correct", id, *tags)
    (row,) = [row for row in programme(cases, tmp_path / "after").statements if row.id == id]
    assert (row.kind, row.indicators, row.supports_or_contradicts) == ("pay", ("I07", "I08"), "contradicts")
    assert set(row.framework_bearings) == {"contradicts"}


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--correct", "ID", "--set", "indicators=I99"), 'unknown indicator "I99"'),
        (("--correct", "ID", "--set", "bearing=proves"), "bearing: is none of supports"),
        (("--correct", "ID", "--set", "low=4"), "low cannot be corrected"),
        (("--correct", "ID", "--set", "quote=others"), "quote cannot be corrected"),
        (("--correct", "ID", "--set", "limbs=involuntariness"), "limbs, phases: differ in number"),
        (("--split", "ID", "--into", "topics=pay", "--into", "topics=debt"), "a statement is not split"),
        (("--uphold", "ID=rsis23_s01"), "is no claim that was read here"),
    ],
)
def test_what_is_no_tag_is_refused_and_changes_nothing(
    command: Command, cases: str, words: tuple[str, ...], problem: str
) -> None:
    before = listed(command, cases)
    id = waiting(command, cases)["id"]
    told = command("review", *(word.replace("ID", id) for word in words), "--why", "no", "--workspace", cases)
    assert told.code != 0
    assert problem in told.err
    assert listed(command, cases) == before


def test_a_restricted_statement_shows_its_words_to_its_owners_review_alone(
    command: Command, cases: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "testimony.txt"
    file.write_text(TESTIMONY, encoding="utf-8")
    read = command("read", str(file), "--workspace", cases, "--format", "json")
    assert json.loads(read.out)[0]["statements"] >= 1
    rows = [row for row in listed(command, cases) if row["measure"] == "statement"]
    assert rows
    for row in rows:
        assert (row["figure"], row["asserted_by"]) == ("", "")
        assert row["quote"].startswith("(kept back")
        card = command("show", row["id"], "--workspace", cases)
        assert [line.split()[0] for line in card.out.splitlines()] == ["id", "sealed"]
    for word in (b"Chol-su", b"the kiln", b"driver helped"):
        assert word not in everything(cases)
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    assert "at the kiln" in command("review", "--workspace", cases).out
    refused = command("review", "--accept", rows[0]["id"], "--why", "no", "--workspace", cases)
    assert refused.code == 2
    assert "is kept back" in refused.err


def test_a_statement_of_a_public_report_that_narrows_lies_sealed(command: Command, cases: str, tmp_path: Path) -> None:
    file = tmp_path / "printed.txt"
    file.write_text(TEXT + TESTIMONY, encoding="utf-8")
    command("read", str(file), "--public", "--workspace", cases)
    kept = [row for row in listed(command, cases) if row["measure"] == "statement" and row["status"] == "restricted"]
    assert kept
    with Workspace.open(Path(cases)) as opened:  # nobody's identity: what everyone but the owner sees
        assert not {row["id"] for row in kept} & set(opened.state.statements)


@pytest.mark.usefixtures("read")
def test_what_a_person_keeps_back_leaves_every_output_for_all_days(
    command: Command, cases: str, tmp_path: Path
) -> None:
    id = waiting(command, cases)["id"]
    decide(command, cases, "--accept", id)
    assert command("show", id, "--workspace", cases).code == 0
    decide(command, cases, "--restrict", id)
    for words in ((), ("--ledger-as-of", "2999-12-31")):  # after anything that a machine of ours records
        shown = command("show", id, "--workspace", cases, *words)
        assert PASSPORTS not in shown.out
    assert id not in {row.id for row in programme(cases, tmp_path / "after").statements}


@pytest.mark.usefixtures("read")
def test_what_a_colleague_made_of_a_statement_is_taken_over_beside_ones_own(
    command: Command, cases: str, gazette: Path, tmp_path: Path
) -> None:
    other, file = str(tmp_path / "others"), str(tmp_path / "ben.ledger")
    command("init", other, "--as", "ben")
    command("read", str(gazette), "--public", "--workspace", other)
    decide(command, other, "--correct", waiting(command, other)["id"], "--set", "indicators=I07;I08")
    assert command("export", "--to", "ledger", "--workspace", other, "-o", file).code == 0
    told = command("import", file, "--workspace", cases)
    assert told.code == 0, told.err
    assert not [row for row in listed(command, cases) if PASSPORTS in row["quote"]]
    (row,) = [row for row in programme(cases, tmp_path / "theirs").statements if PASSPORTS in row.statement]
    assert row.indicators == ("I07", "I08")
    decide(command, cases, "--reject", row.id)
    assert waiting(command, cases)["status"] == "disputed"
    assert row.id not in {each.id for each in programme(cases, tmp_path / "disputed").statements}


def test_a_statement_is_erased_with_its_document_and_alone(command: Command, cases: str, read: str) -> None:
    one = waiting(command, cases)["id"]
    decide(command, cases, "--accept", one)
    assert PASSPORTS.encode() in everything(cases)
    assert command("erase", one, "--why", "a slip", "--workspace", cases).code == 0
    assert one not in command("review", "--list", "--workspace", cases).out
    assert command("show", one, "--workspace", cases).code != 0
    assert len(listed(command, cases)) == 2
    assert command("erase", read, "--why", "withdrawn", "--workspace", cases).code == 0
    assert listed(command, cases) == []
    assert PASSPORTS.encode() not in everything(cases)
    assert command("verify", cases).code == 0


def test_a_statement_of_a_page_with_an_address_has_a_report_of_its_own(
    command: Command, cases: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    address = "https://gazette.example.org/kilns"
    head = f'<title>At the kilns</title><link rel="canonical" href="{address}">'
    paragraphs = "".join(f"<p>{part}</p>" for part in (TEXT + REPORT).split("\n\n"))
    page = f"<html><head>{head}</head><body><article>{paragraphs}</article></body></html>"
    file.write_text(page, encoding="utf-8")
    command("read", str(file), "--public", "--published", "2024-04-02", "--workspace", cases)
    for row in listed(command, cases):
        if PASSPORTS in row["quote"] or row["measure"] == "workers_present":
            decide(command, cases, "--accept", row["id"])
    found = programme(cases, tmp_path / "after")
    (claim,) = [claim for claim in found.claims if claim.url == address]
    (statement,) = [row for row in found.statements if PASSPORTS in row.statement]
    assert claim.title == found.reports[statement.report].title == "At the kilns"


@pytest.mark.usefixtures("read")
def test_the_card_of_a_document_lists_its_statements(command: Command, cases: str) -> None:
    row = waiting(command, cases)
    told = command("show", row["document"], "--workspace", cases)
    assert f"{row['id']}  proposed" in told.out
    assert "statement" in told.out
