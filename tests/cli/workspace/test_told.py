"""What a person is told who meets a workspace cold: what is missing, which document, and the way out that works."""

from __future__ import annotations

import sqlite3
from io import StringIO
from pathlib import Path

import pytest

from tests.cli.workspace.conftest import Command, listed


@pytest.fixture
def read(command: Command, cases: str, report: Path) -> str:
    """A workspace in which claims wait; its document."""
    told = command("read", str(report), "--public", "--publisher", "Harbour Gazette", "--workspace", cases)
    assert told.code == 0, told.err
    return listed(command, cases)[0]["document"]


@pytest.mark.usefixtures("read")
def test_no_reason_is_made_up_for_a_bulk_acceptance(command: Command, cases: str) -> None:
    before = listed(command, cases)
    for why in ((), ("--why", " ")):
        told = command("review", "--accept-above", "0", *why, "--workspace", cases)
        assert told.code == 2
        assert "a reason is missing" in told.err
    assert listed(command, cases) == before


@pytest.mark.usefixtures("read")
def test_the_walk_asks_again_for_a_reason(command: Command, cases: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = listed(command, cases)[0]["id"]
    monkeypatch.setattr("sys.stdin", StringIO("r\n\n  \nnot ours\nq\n"))
    told = command("review", "--workspace", cases)
    assert told.out.count("a reason is missing") == 2
    assert "ana: reject not ours" in command("show", first, "--workspace", cases).out


def test_what_is_neither_brief_nor_workspace_is_wrong_usage_and_both_are_named(
    command: Command, tmp_path: Path
) -> None:
    for folder, what in ((tmp_path / "nosuch", "no such folder"), (tmp_path, "neither a brief nor a workspace")):
        told = command("verify", str(folder))
        assert told.code == 2
        assert what in told.err
        assert "`tallystick brief` wrote" in told.err
        assert "`tallystick init` made" in told.err


def test_for_a_damaged_copy_the_way_out_works(command: Command, cases: str, report: Path, read: str) -> None:
    for copy in Path(cases, "copies").glob("??/*"):
        copy.chmod(0o600)
        copy.write_bytes(b"something else")
    told = command("verify", cases)
    assert told.code == 1
    assert "`tallystick erase ID --why ...`, read it again with --again" in told.err
    assert "ledger from a copy" not in told.err
    assert command("erase", read, "--why", "its copy is damaged", "--workspace", cases).code == 0
    assert command("read", str(report), "--public", "--again", "--workspace", cases).code == 0
    assert command("verify", cases).code == 0


def test_an_address_without_its_scheme_is_told_from_a_file(command: Command, cases: str) -> None:
    for name in ("www.example.org/a.pdf", "example.org/a.pdf"):
        told = command("read", name, "--workspace", cases)
        assert told.code == 2
        assert f"{name}: is no file, and an address begins with http:// or https://" in told.err
        assert f"https://{name}" in told.err
    assert "there is no such file" in command("read", "reports/a.pdf", "--workspace", cases).err


def test_every_refused_document_is_named_once_with_its_reason(
    command: Command, cases: str, report: Path, tmp_path: Path
) -> None:
    for name in ("first.pdf", "second.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4\nxx")
    files = [str(tmp_path / "first.pdf"), str(report), str(tmp_path / "second.pdf")]
    told = command("read", *files, "--public", "--workspace", cases)
    assert told.code == 1
    assert "2 of 3 documents were not read" in told.err
    assert told.err.count("first.pdf") == told.err.count("second.pdf") == 1
    assert told.out.count("first.pdf") == told.out.count("second.pdf") == 1
    assert told.err.count("is no PDF that can be read") == 2


def test_a_read_says_once_that_what_is_not_proposed_is_not_absent(
    command: Command, cases: str, report: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The harbour was quiet.\n", encoding="utf-8")
    told = command("read", str(report), str(other), "--public", "--workspace", cases)
    assert told.err.count("what is not proposed is not absent") == 1


def test_the_card_of_a_refused_document_says_why(command: Command, cases: str, read: str, tmp_path: Path) -> None:
    (tmp_path / "first.pdf").write_bytes(b"%PDF-1.4\nxx")
    told = command("read", str(tmp_path / "first.pdf"), "--public", "--workspace", cases, "--format", "csv")
    refused = told.out.splitlines()[1].partition(",")[0]
    card = command("show", refused, "--workspace", cases)
    assert card.code == 0, card.err
    assert "was not read" in card.out
    assert "is no PDF that can be read" in card.out
    unknown = command("show", read[:-1] + ("0" if read[-1] != "0" else "1"), "--workspace", cases)
    assert unknown.code == 2
    assert f"did you mean {read}" in unknown.err
    assert "`tallystick review --list`" in unknown.err


def test_the_card_of_a_document_tells_statements_and_how_much_is_kept_back(
    command: Command, cases: str, read: str
) -> None:
    first = listed(command, cases)[0]["id"]
    assert "kept back" not in command("show", read, "--workspace", cases).out
    command("review", "--restrict", first, "--why", "it narrows", "--workspace", cases)
    card = command("show", read, "--workspace", cases).out
    assert "1 kept back" in card
    assert first not in card


def test_a_card_tells_no_figure_of_what_was_kept_back_since(command: Command, cases: str, tmp_path: Path) -> None:
    text = "Harbour Gazette, {day} April 2024\n\n{more} 4,321 North Korean labourers were in Russia in March 2024.\n"
    for day, more in ((2, "More than"), (9, "The office said that more than")):
        (tmp_path / f"{day}.txt").write_text(text.format(day=day, more=more), encoding="utf-8")
        assert command("read", str(tmp_path / f"{day}.txt"), "--public", "--workspace", cases).code == 0
    shown = {row["id"]: command("show", row["id"], "--workspace", cases).out for row in listed(command, cases)}
    (id,) = (id for id, out in shown.items() if "perhaps" in out)
    other = next(one for one in shown if one != id and one in shown[id])
    assert command("review", "--restrict", other, "--why", "it names a helper", "--workspace", cases).code == 0
    told = command("show", id, "--workspace", cases).out
    assert id in told
    assert other not in told
    assert "perhaps" not in told


@pytest.mark.usefixtures("read")
def test_a_rebuild_works_where_what_is_derived_is_damaged(command: Command, cases: str) -> None:
    with sqlite3.connect(Path(cases, "derived.sqlite")) as connection:
        connection.execute("update held set body = x'00'")
    connection.close()
    told = command("review", "--list", "--workspace", cases)
    assert told.code == 1
    assert "`tallystick verify DIR --rebuild`" in told.err
    told = command("verify", cases, "--rebuild")
    assert (told.code, "it was worked out again from the ledger" in told.err) == (0, True)
    assert listed(command, cases)
    assert "are as they were kept" in command("verify", cases, "--rebuild").err
