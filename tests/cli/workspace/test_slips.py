"""Slips that a person makes with a workspace: what is named twice, wrongly or together, and two people of one name."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Told
from tests.cli.workspace.conftest import Command, listed

REPORT = "At least 4,321 North Korean workers were in Russia in March 2024, the harbour office of Oru said.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def read(command: Command, cases: str, file: Path) -> str:
    """Read a public report; the id of its claim on workers."""
    told = command("read", str(file), "--public", "--publisher", "Harbour Gazette", "--published", "2024-04-02",
                   "--workspace", cases)  # fmt: skip
    assert told.code == 0, told.err
    return next(row["id"] for row in listed(command, cases) if row["measure"] == "workers_present")


@pytest.mark.parametrize("where", [".", "copies"])
def test_a_workspace_is_no_document(command: Command, cases: str, report: Path, where: str) -> None:
    read(command, cases, report)
    told = command("read", str(Path(cases, where)), "--public", "--workspace", cases)
    assert told.code == 2
    assert "is a workspace, or lies in one" in told.err


def test_a_folder_is_read_without_the_workspaces_in_it(command: Command, cases: str, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    assert command("init", str(saved / "others"), "--as", "ben").code == 0
    (saved / "report.txt").write_text(REPORT, encoding="utf-8")
    told = command("read", str(saved), "--public", "--workspace", cases, "--format", "json")
    assert told.code == 0, told.err
    assert [Path(row["origin"]).name for row in json.loads(told.out)] == ["report.txt"]


def test_decisions_of_two_kinds_are_refused_together(command: Command, cases: str, report: Path) -> None:
    id = read(command, cases, report)
    told = command("review", "--reject", id, "--accept-above", "0.1", "--why", "a look", "--workspace", cases)
    assert told.code == 2
    assert "one at a time" in told.err
    assert id in {row["id"] for row in listed(command, cases)}


def test_nothing_is_recorded_where_one_of_the_names_is_unknown(command: Command, cases: str, report: Path) -> None:
    id = read(command, cases, report)
    told = command("review", "--accept", id, "--accept", "p000000000000", "--why", "a look", "--workspace", cases)
    assert told.code == 2
    assert id in {row["id"] for row in listed(command, cases)}


def test_one_name_in_two_workspaces_may_be_two_people(
    command: Command, cases: str, report: Path, tmp_path: Path
) -> None:
    others = str(tmp_path / "others")
    assert command("init", others, "--as", "ana").code == 0
    ours, theirs = read(command, cases, report), read(command, others, report)
    decide(command, "--reject", ours, cases)
    decide(command, "--accept", theirs, others)
    ledger = str(tmp_path / "their.ledger")
    assert command("export", "--to", "ledger", "--workspace", others, "-o", ledger).code == 0
    assert command("import", ledger, "--workspace", cases).code == 0
    rows = {row["id"]: row["status"] for row in listed(command, cases)}
    assert rows[ours] == "disputed"
    assert ours not in command("claims", "--workspace", cases, "--format", "csv").out


def decide(command: Command, verdict: str, id: str, folder: str) -> Told:
    told = command("review", verdict, id, "--why", "read the page", "--workspace", folder)
    assert told.code == 0, told.err
    return told


def test_a_strange_file_among_the_copies_hinders_no_erasure(command: Command, cases: str, report: Path) -> None:
    id = read(command, cases, report)
    document = next(row["document"] for row in listed(command, cases) if row["id"] == id)
    copies = Path(cases, "copies")
    (copies / ".DS_Store").touch()
    (copies / "cc").mkdir(exist_ok=True)
    (copies / "cc" / ".nfs0001").touch()
    told = command("erase", document, "--why", "consent was withdrawn", "--workspace", cases)
    assert told.code == 0, told.err
    assert not [file for file in copies.rglob("*") if file.is_file() and b"4,321" in file.read_bytes()]
    assert command("verify", cases).code == 0


def test_a_lost_copy_is_found_though_what_is_kept_beside_the_ledger_forgot_it(
    command: Command, cases: str, report: Path
) -> None:
    read(command, cases, report)
    with sqlite3.connect(Path(cases, "derived.sqlite")) as kept:
        kept.execute("delete from documents")
    for file in Path(cases, "copies").rglob("*"):
        if file.is_file():
            file.unlink()
    told = command("verify", cases)
    assert told.code == 1
    assert "the copy cannot be read" in told.out + told.err
