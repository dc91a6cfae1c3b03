"""A workspace through its commands: documents in, claims out, decisions kept, testimony erased, two people merged."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from tallystick.cli.main import run
from tests.cli.conftest import Told

Command = Callable[..., Told]
REPORT = """Harbour Gazette, 2 April 2024

More than 4,321 North Korean labourers were working on building sites in Russia in March 2024, said the harbour office
of Oru. They are paid about $640 a month, of which the government in Pyongyang takes
70 to 80 percent, the office said.
"""
TESTIMONY = """A man named Ri Chol-su, 34, who worked on a site in the town of Oru, told us on 3 March 2024 that
27 North Korean workers there earn 190 dollars a month. He got out at night through the harbour with
the help of a driver.
"""

OF_CHANCE = re.compile(r"\b[dps][0-9a-f]{12}\b|\b[0-9a-f]{64}\b|\b\d{4}-\d\d-\d\d[T ][\d:.]+")
"""Ids, hashes and times of capture: any two digits stand in them on some day."""

ALONE = "A North Korean worker who gave only his surname, Ri, said that he slept in a container with eleven others.\n"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command, given by its words, with a configuration and a cache of the test's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path / "cache"))

    def one(*words: str) -> Told:
        capsys.readouterr()
        code = run(words)
        return Told(code, *capsys.readouterr())

    return one


@pytest.fixture
def cases(command: Command, tmp_path: Path) -> str:
    """A new workspace."""
    folder = str(tmp_path / "cases")
    assert command("init", folder, "--as", "ana").code == 0
    return folder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def listed(command: Command, cases: str, *more: str) -> list[dict[str, str]]:
    told = command("review", "--list", "--workspace", cases, "--format", "csv", *more)
    assert told.code == 0, told.err
    return list(csv.DictReader(StringIO(told.out)))


def everything(folder: str) -> bytes:
    """Every byte that lies in a workspace."""
    return b"".join(file.read_bytes() for file in sorted(Path(folder).rglob("*")) if file.is_file())


def test_what_is_read_waits_until_it_is_accepted_and_then_counts(command: Command, cases: str, report: Path) -> None:
    read = command("read", str(report), "--public", "--workspace", cases, "--format", "json")
    assert read.code == 0, read.err
    assert json.loads(read.out)[0]["outcome"] == "read"
    rows = listed(command, cases)
    stock = next(row for row in rows if row["measure"] == "workers_present")
    assert "4,321 North Korean labourers" in stock["quote"]
    assert stock["id"] not in command("claims", "--workspace", cases, "--format", "csv").out
    accepted = command("review", "--accept", stock["id"], "--why", "read the page", "--workspace", cases)
    assert (accepted.code, accepted.out.strip()) == (0, stock["id"])
    shown = command("show", stock["id"], "--workspace", cases, "--format", "json")
    assert json.loads(shown.out)["in its words"] == stock["quote"]
    assert stock["id"] not in [row["id"] for row in listed(command, cases)]


def test_what_nobody_accepted_counts_only_where_that_is_asked_for(command: Command, cases: str, report: Path) -> None:
    read = command("read", str(report), "--public", "--workspace", cases)
    assert read.code == 0, read.err
    waiting = {row["id"] for row in listed(command, cases) if row["status"] == "proposed"}
    told = command("claims", "--workspace", cases, "--include-proposed", "--format", "csv").out
    assert waiting
    assert {row["id"] for row in csv.DictReader(StringIO(told))} >= waiting


def test_the_same_document_twice_is_one_document(command: Command, cases: str, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "the same.txt"
    other.write_bytes(report.read_bytes())
    command("read", str(report), "--public", "--workspace", cases)
    before = listed(command, cases)
    again = command("read", str(other), "--public", "--workspace", cases, "--format", "json")
    assert json.loads(again.out)[0]["outcome"] == "known"
    assert listed(command, cases) == before


def test_a_decision_can_be_taken_back(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    id = listed(command, cases)[0]["id"]
    command("review", "--reject", id, "--why", "not ours", "--workspace", cases)
    assert id not in [row["id"] for row in listed(command, cases)]
    command("review", "--undo", id, "--why", "it is", "--workspace", cases)
    assert id in [row["id"] for row in listed(command, cases)]


def test_a_correction_is_what_counts(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    stock = next(row for row in listed(command, cases) if row["measure"] == "workers_present")
    told = command("review", "--correct", stock["id"], "--set", "low=4000", "--why", "a slip", "--workspace", cases)
    assert told.code == 0, told.err
    rows = csv.DictReader(StringIO(command("claims", "--workspace", cases, "--format", "csv").out))
    assert next(row for row in rows if row["id"] == stock["id"])["low"] == "4000.0"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--set", "low=4000"), "--set: nothing is corrected"),
        (("--correct", "ID", "--why", "a slip"), "nothing is corrected"),
        (("--correct", "ID", "--set", "low=many", "--why", "a slip"), "'many' is no number"),
        (("--correct", "ID", "--set", "quote=other words", "--why", "a slip"), "quote cannot be corrected"),
        (("--correct", "ID", "--set", "start=soon", "--why", "a slip"), "start"),
        (("--accept", "p000000000000", "--why", "no"), "no proposal is called 'p000000000000'"),
        (("--accept", "ID"), "a reason is missing"),
        (("--correct", "ID", "--set", "unit=visas", "--why", "a slip"), "does not fit workers_present"),
        (("--overrule", "ID", "--why", "no"), "names no edge"),
        (("--overrule", "ID=nobody", "--why", "no"), "has no edge to 'nobody'"),
    ],
)
def test_what_is_no_decision_is_refused_and_changes_nothing(
    command: Command, cases: str, report: Path, words: tuple[str, ...], problem: str
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    before = listed(command, cases)
    id = next(row["id"] for row in before if row["measure"] == "workers_present")
    told = command("review", *(word.replace("ID", id) for word in words), "--workspace", cases)
    assert told.code != 0
    assert problem in told.err
    assert listed(command, cases) == before


def test_what_is_not_marked_public_lies_sealed_and_reaches_no_output(
    command: Command, cases: str, tmp_path: Path
) -> None:
    file = tmp_path / "testimony.txt"
    file.write_text(TESTIMONY, encoding="utf-8")
    read = command("read", str(file), "--workspace", cases)
    assert read.code == 0, read.err
    lying = everything(cases)
    for word in (b"Chol-su", b"through the harbour", b"190 dollars", b"testimony.txt", TESTIMONY.encode()[:40]):
        assert word not in lying, word
    told = command("claims", "--workspace", cases, "--include-proposed", "--format", "json")
    assert "190" not in [str(row["point"]) for row in json.loads(told.out)]
    bulk = command("review", "--accept-above", "0", "--why", "all of it", "--workspace", cases)
    assert bulk.out.startswith("0 accepted")


def test_a_sealed_testimony_waits_without_its_words(command: Command, cases: str, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(REPORT, encoding="utf-8")
    command("read", str(file), "--workspace", cases)
    for shape in ("table", "csv", "json"):
        told = command("review", "--list", "--workspace", cases, "--format", shape)
        assert "kept back" in told.out
        assert "4,321" not in told.out
        assert "harbour office" not in told.out


def test_what_a_person_keeps_back_leaves_every_output_at_once_and_for_all_days(
    command: Command, cases: str, report: Path
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    id = next(row["id"] for row in listed(command, cases) if row["measure"] == "workers_present")
    command("review", "--accept", id, "--why", "read the page", "--workspace", cases)
    assert id in command("claims", "--workspace", cases, "--format", "csv").out
    day = "2999-12-31"  # after anything that a machine of ours records
    command("review", "--restrict", id, "--why", "it names a helper", "--workspace", cases)
    for words in ((), ("--include-proposed",), ("--ledger-as-of", day)):
        assert id not in command("claims", "--workspace", cases, "--format", "csv", *words).out
    assert b"names a helper" not in everything(cases)
    undone = command("review", "--undo", id, "--why", "ben's, not mine", "--by", "ben", "--workspace", cases)
    assert undone.code == 2
    assert "ben has said nothing of it" in undone.err


def test_what_narrows_to_somebody_in_a_public_report_is_kept_back(command: Command, cases: str, tmp_path: Path) -> None:
    file = tmp_path / "printed.txt"
    file.write_text(REPORT + TESTIMONY, encoding="utf-8")
    command("read", str(file), "--public", "--workspace", cases)
    kept = [row for row in listed(command, cases) if "kept back" in row["quote"]]
    assert kept
    assert not any(row["figure"] or "190" in row["quote"] for row in kept)
    command("review", "--accept-above", "0", "--why", "all of it", "--workspace", cases)
    assert {row["id"] for row in listed(command, cases)} >= {row["id"] for row in kept}
    refused = command("review", "--accept", kept[0]["id"], "--why", "no", "--workspace", cases)
    assert refused.code == 2
    assert "is kept back" in refused.err


def test_an_erased_testimony_is_gone_and_the_chain_holds(command: Command, cases: str, tmp_path: Path) -> None:
    file = tmp_path / "testimony.txt"
    file.write_text(TESTIMONY + REPORT, encoding="utf-8")
    read = command("read", str(file), "--public", "--workspace", cases, "--format", "json")
    document = json.loads(read.out)[0]["document"]
    assert b"Chol-su" in everything(cases)
    told = command("erase", document, "--why", "consent was withdrawn", "--workspace", cases)
    assert told.code == 0, told.err
    assert b"Chol-su" not in everything(cases)
    assert command("verify", cases).code == 0
    assert not [row for row in listed(command, cases) if row["document"] == document]


def test_any_change_to_the_ledger_is_found(command: Command, cases: str) -> None:
    import sqlite3

    with sqlite3.connect(Path(cases) / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE entry SET by = 'ben' WHERE number = 7")
    told = command("verify", cases)
    assert told.code == 1
    assert "not as they were recorded" in told.err


def test_a_changed_copy_is_found(command: Command, cases: str, report: Path) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    copy = next(
        file for file in (Path(cases) / "copies").rglob("*") if file.is_file() and b"Gazette" in file.read_bytes()
    )
    copy.write_bytes(copy.read_bytes().replace(b"4,321", b"9,321"))
    told = command("verify", cases)
    assert told.code == 1
    assert "the copy is not what was kept" in told.out


def test_a_document_that_cannot_be_read_is_told_and_recorded(command: Command, cases: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(b"%PDF-1.7\nnothing follows")
    told = command("read", str(file), "--public", "--workspace", cases)
    assert told.code == 1
    assert "broken.pdf" in told.err
    assert "hint:" in told.err
    assert command("verify", cases).code == 0


@pytest.mark.parametrize("missing", ["nowhere.txt", "no folder/x.html"])
def test_a_missing_file_is_named(command: Command, cases: str, missing: str) -> None:
    told = command("read", missing, "--workspace", cases)
    assert told.code == 2
    assert missing in told.err


def test_a_folder_that_is_no_workspace_is_named(command: Command, tmp_path: Path) -> None:
    told = command("review", "--list", "--workspace", str(tmp_path))
    assert told.code == 2
    assert "this is no workspace" in told.err


def test_a_workspace_is_laid_over_nothing(command: Command, cases: str) -> None:
    told = command("init", cases)
    assert told.code == 2
    assert "there is something here already" in told.err


def test_options_of_a_workspace_need_one(command: Command) -> None:
    told = command("claims", "--include-proposed")
    assert told.code == 2
    assert "--include-proposed: no workspace is named" in told.err


def test_two_people_keep_both_histories_and_both_opinions(
    command: Command, cases: str, report: Path, tmp_path: Path
) -> None:
    other = str(tmp_path / "others")
    command("init", other, "--as", "ben")
    for folder in (cases, other):
        command("read", str(report), "--public", "--workspace", folder)
    mine = next(row["id"] for row in listed(command, cases) if row["measure"] == "workers_present")
    theirs = next(row["id"] for row in listed(command, other) if row["measure"] == "workers_present")
    command("review", "--accept", mine, "--why", "read it", "--workspace", cases)
    command("review", "--reject", theirs, "--why", "it is a plan", "--workspace", other)
    file = str(tmp_path / "ben.ledger")
    assert command("export", "--to", "ledger", "--workspace", other, "-o", file).code == 0
    told = command("import", file, "--workspace", cases)
    assert told.code == 0, told.err
    stock = [row for row in listed(command, cases) if row["measure"] == "workers_present"]
    assert [row["status"] for row in stock] == ["disputed"]
    claims = command("claims", "--workspace", cases, "--format", "csv").out
    assert mine not in claims
    assert theirs not in claims
    assert command("verify", cases).code == 0
    assert "nothing new" in command("import", file, "--workspace", cases).out


def test_what_a_colleague_read_is_reviewed_by_its_quote_where_its_text_is_not_here(
    command: Command, cases: str, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, file = str(tmp_path / "others"), str(tmp_path / "ana.ledger")
    command("init", other, "--as", "ben")
    command("read", str(report), "--public", "--workspace", cases)
    command("export", "--to", "ledger", "--workspace", cases, "-o", file)
    assert command("import", file, "--workspace", other).code == 0
    monkeypatch.setattr("sys.stdin", StringIO("a\nread it elsewhere\nq\n"))
    told = command("review", "--workspace", other)
    assert told.code == 0, told.err
    assert "(the text that it was read from is not here)" in told.out
    assert command("verify", other).code == 0


def test_an_erasure_reaches_a_colleague_who_imports(command: Command, cases: str, report: Path, tmp_path: Path) -> None:
    other, file = str(tmp_path / "others"), str(tmp_path / "ana.ledger")
    command("init", other, "--as", "ben")
    read = command("read", str(report), "--public", "--workspace", cases, "--format", "json")
    command("export", "--to", "ledger", "--workspace", cases, "-o", file)
    command("import", file, "--workspace", other)
    id = listed(command, other)[0]["id"]
    command("review", "--accept", id, "--why", "ana has the copy", "--workspace", other)
    assert id in command("claims", "--workspace", other, "--format", "csv").out
    command("erase", json.loads(read.out)[0]["document"], "--why", "withdrawn", "--workspace", cases)
    command("export", "--to", "ledger", "--workspace", cases, "-o", file)
    told = command("import", file, "--workspace", other)
    assert told.code == 0, told.err
    assert listed(command, other) == []
    assert b"4,321" not in everything(other)
    assert command("verify", other).code == 0


def test_a_ledger_is_exported_from_a_workspace_to_a_file(command: Command, cases: str) -> None:
    for words in (("--workspace", cases), ("-o", "mine.ledger")):
        told = command("export", "--to", "ledger", *words)
        assert told.code == 2
        assert "--to ledger writes a workspace's record to a file" in told.err


def test_a_document_and_a_proposal_open_by_their_ids(command: Command, cases: str, report: Path) -> None:
    told = command("read", str(report), "--public", "--workspace", cases, "--format", "json")
    document = json.loads(told.out)[0]["document"]
    stock = next(row for row in listed(command, cases) if row["measure"] == "workers_present")
    shown = json.loads(command("show", document, "--workspace", cases, "--format", "json").out)
    assert shown["sha256"] == sha256(report.read_bytes()).hexdigest()
    assert f"{stock['id']}  proposed  {stock['quote']}" in shown["claim"]
    claim = command("show", stock["id"], "--workspace", cases)
    assert "status        proposed" in claim.out
    assert stock["quote"] in claim.out
    assert stock["asserted_by"] in claim.out


def test_what_is_restricted_does_not_open_by_its_id(command: Command, cases: str, tmp_path: Path) -> None:
    testimony = tmp_path / "testimony.txt"
    testimony.write_text(TESTIMONY, encoding="utf-8")
    public = tmp_path / "public.txt"
    public.write_text(f"{REPORT}\n{ALONE}", encoding="utf-8")
    for file, option in ((testimony, ()), (public, ("--public",))):
        told = command("read", str(file), *option, "--workspace", cases, "--format", "json")
        document = json.loads(told.out)[0]["document"]
        rows = [row for row in listed(command, cases) if row["document"] == document]
        kept = [row["id"] for row in rows if row["quote"].startswith("(kept back")]
        assert kept
        for id in (document, *kept):
            shown = command("show", id, "--workspace", cases)
            said = OF_CHANCE.sub("", shown.out + shown.err)
            found = [word for word in ("Ri Chol", "27", "harbour with", "eleven") if word in said]
            assert not found, said


def test_an_id_that_neither_evidence_nor_workspace_has_is_refused(command: Command, cases: str) -> None:
    told = command("show", "d000000000000", "--workspace", cases)
    assert told.code == 2
    assert "has nothing called 'd000000000000'" in told.err
