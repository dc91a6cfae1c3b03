"""The walk through what waits, and decisions by name: each kept with its reason, each to be taken back."""

from __future__ import annotations

import csv
import json
import re
import shutil
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest

from tallystick.evidence.programme import programme_folder
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError
from tests.cli.workspace.conftest import REPORT, Command, listed

SHOWN = re.compile(r"^\s+claim  (p[0-9a-f]{12}), (\w+)", re.MULTILINE)
THREE = (
    REPORT
    + "\nAbout 210 North Korean labourers were working in Mongolia in March 2024, said the harbour office of Oru.\n"
)
Walk = list[tuple[str, str]]  # the proposals that were shown, each with its status


@pytest.fixture
def read(command: Command, cases: str, report: Path) -> str:
    """Three claims that wait."""
    report.write_text(THREE, encoding="utf-8")
    assert command("read", str(report), "--public", "--workspace", cases).code == 0
    return cases


@pytest.fixture
def walk(command: Command, cases: str, monkeypatch: pytest.MonkeyPatch) -> object:
    """Answer the walk's questions line by line."""

    def through(*answers: str) -> tuple[Walk, str]:
        monkeypatch.setattr("sys.stdin", StringIO("".join(f"{answer}\n" for answer in answers)))
        told = command("review", "--workspace", cases)
        assert told.code == 0, told.err
        return SHOWN.findall(told.out), told.out

    return through


def ids(command: Command, cases: str) -> list[str]:
    return [row["id"] for row in listed(command, cases)]


def verdicts(cases: str) -> list[tuple[str, str, str]]:
    """Every word that was said, in order: of what, which, and why."""
    with Workspace.open(Path(cases)) as opened:
        entries = opened.ledger.entries(kinds=["review"])
        return [
            (entry.subject, str((entry.content or {})["verdict"]), str((entry.content or {})["why"]))
            for entry in entries
        ]


def claims(command: Command, cases: str) -> dict[str, dict[str, str]]:
    told = command("claims", "--workspace", cases, "--format", "csv")
    assert told.code == 0, told.err
    return {row["id"]: row for row in csv.DictReader(StringIO(told.out))}


@pytest.mark.usefixtures("read")
def test_undo_takes_the_last_decision_back_and_shows_that_claim_again(
    command: Command, cases: str, walk: object
) -> None:
    first, second, *_ = ids(command, cases)
    shown, _ = walk("r", "not ours", "u", "a slip", "q")  # type: ignore[operator]
    assert shown == [(first, "proposed"), (second, "proposed"), (first, "proposed")]
    assert verdicts(cases) == [(first, "reject", "not ours"), (first, "undo", "a slip")]
    assert first in ids(command, cases)


@pytest.mark.usefixtures("read")
def test_several_decisions_are_taken_back_one_after_the_other_past_what_was_left(
    command: Command, cases: str, walk: object
) -> None:
    first, second, third = ids(command, cases)
    shown, _ = walk("r", "no", "n", "r", "no", "u", "back", "u", "back", "q")  # type: ignore[operator]
    assert [id for id, _ in shown] == [first, second, third, third, first]
    assert ids(command, cases) == [first, second, third]


@pytest.mark.usefixtures("read")
def test_the_very_last_decision_can_be_taken_back_too(command: Command, cases: str, walk: object) -> None:
    first, second, third = ids(command, cases)
    shown, told = walk("n", "n", "r", "no", "u", "back", "q")  # type: ignore[operator]
    assert [id for id, _ in shown] == [first, second, third, third]
    assert "that was the last" in told
    assert ids(command, cases) == [first, second, third]


@pytest.mark.parametrize("answers", [("a",), ("a", "q", "q"), ("x", "Q", "q"), ("r",), ("s", "low=1", "low=2", "")])
@pytest.mark.usefixtures("read")
def test_who_leaves_before_giving_a_reason_has_decided_nothing(
    command: Command, cases: str, walk: object, answers: tuple[str, ...]
) -> None:
    """Also where the terminal is closed, or a script's answers are at an end."""
    before = listed(command, cases)
    walk(*answers)  # type: ignore[operator]
    assert verdicts(cases) == []
    assert listed(command, cases) == before


@pytest.mark.usefixtures("read")
def test_undo_before_any_decision_says_so_and_touches_nothing(command: Command, cases: str, walk: object) -> None:
    id = ids(command, cases)[0]
    command("review", "--reject", id, "--why", "yesterday", "--workspace", cases)
    command("review", "--undo", id, "--why", "today", "--workspace", cases)
    shown, told = walk("u", "q")  # type: ignore[operator]
    assert [each for each, _ in shown] == [id]
    assert "nothing was decided yet" in told
    assert len(verdicts(cases)) == 2


@pytest.mark.usefixtures("read")
def test_the_walk_accepts_corrects_and_keeps_back(command: Command, cases: str, walk: object) -> None:
    first, second, third = ids(command, cases)
    walk("a", "read it", "c", "host=CN asserted_by='another office'", "it says so", "x", "it names a helper", "q")  # type: ignore[operator]
    assert ids(command, cases) == []
    known = claims(command, cases)
    assert first in known
    assert (known[second]["host"], known[second]["asserted_by"]) == ("CN", "another office")
    assert third not in known


@pytest.mark.usefixtures("read")
def test_what_cannot_be_recorded_is_told_and_asked_again(command: Command, cases: str, walk: object) -> None:
    before = ids(command, cases)
    answers = ("c", "unit=visas", "no", "c", "low='", "y", "c", "low=nan", "z", "c", "quote=x", "no", "?", "q")
    shown, told = walk(*answers)  # type: ignore[operator]
    assert len(shown) == 1
    for said in (
        "does not fit workers_present",
        "No closing quotation",
        "'nan' is no number",
        "quote cannot be corrected",
    ):
        assert said in told
    assert "answer with one of the letters" in told
    assert (ids(command, cases), verdicts(cases)) == (before, [])


@pytest.mark.parametrize("by_option", [True, False], ids=["by option", "in the walk"])
def test_a_proposal_is_split_into_claims_with_given_values(
    command: Command, read: str, walk: object, by_option: bool
) -> None:
    id = ids(command, read)[0]
    parts = ("low=3000 host=RU", "low=1321 host=CN asserted_by='another office'")
    if by_option:
        into = ("--into", parts[0], "--into", parts[1])
        told = command("review", "--split", id, *into, "--why", "two hosts", "--workspace", read)
        assert told.code == 0, told.err
    else:
        walk("s", *parts, "", "two hosts", "q")  # type: ignore[operator]
    known = claims(command, read)
    assert id not in known
    assert [(known[f"{id}_{n}"]["low"], known[f"{id}_{n}"]["host"]) for n in (1, 2)] == [
        ("3000.0", "RU"),
        ("1321.0", "CN"),
    ]
    assert id not in ids(command, read)
    assert command("review", "--undo", id, "--why", "one host", "--workspace", read).code == 0
    assert id in ids(command, read)
    assert f"{id}_1" not in claims(command, read)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--split", "ID", "--into", "low=1"), "fewer than two claims"),
        (("--split", "ID"), "fewer than two claims"),
        (("--split", "ID", "--into", "low=1", "--into", "unit=visas"), "does not fit workers_present"),
        (("--split", "ID", "--into", "low=1", "--into", "colour=red"), "colour cannot be corrected"),
        (("--split", "ID", "--into", "low=1", "--into", "low"), "sets nothing"),
        (("--into", "low=1"), "--into: nothing is split"),
        (("--correct", "ID", "--set", "low=1e400"), "'1e400' is no number"),
        (("--correct", "ID", "--set", "low=nan"), "'nan' is no number"),
        (("--correct", "ID", "--set", "low=1_000"), "'1_000' is no number"),
        (("--correct", "ID", "--set", "low=\u0664"), "is no number"),
        (("--accept", "ID", "--by", ""), "--by:"),
        (("--accept", "ID", "--by", " ana"), "--by:"),
        (("--accept", "ID", "--by", "a\u202eb"), "--by:"),
        (("--accept", "ID", "--by", "a" * 201), "--by:"),
        (("--accept", "ID", "--why", "read \udcff"), "--why: holds bytes that are no UTF-8"),
        (("--correct", "ID", "--set", "asserted_by=\udcff"), "asserted_by: holds bytes"),
    ],
)
def test_what_is_no_decision_is_wrong_usage_that_names_the_field(
    command: Command, read: str, words: tuple[str, ...], problem: str
) -> None:
    before = ids(command, read)
    given = [word.replace("ID", before[0]) for word in words]
    told = command("review", *given, *(() if "--why" in words else ("--why", "no")), "--workspace", read)
    assert told.code in (1, 2)
    assert problem in told.err
    assert (ids(command, read), verdicts(read)) == (before, [])


@pytest.mark.parametrize(
    "words",
    [
        ("read", "FILE", "--public", "--by", " ana"),
        ("read", "FILE", "--public", "--publisher", "\udcff"),
        ("read", "FILE", "--public", "--title", "\udcff"),
        ("erase", "d000000000000", "--why", "x", "--by", ""),
        ("erase", "d000000000000", "--why", "\udcff"),
        ("import", "FILE", "--by", "\x07"),
    ],
)
def test_a_name_or_a_text_that_no_ledger_holds_is_refused_by_every_command(
    command: Command, cases: str, report: Path, words: tuple[str, ...]
) -> None:
    told = command(*(word.replace("FILE", str(report)) for word in words), "--workspace", cases)
    assert told.code == 2
    assert f"error: {words[-2]}:" in told.err


def test_a_workspace_is_made_in_nobodys_name_neither(command: Command, tmp_path: Path) -> None:
    told = command("init", str(tmp_path / "new"), "--as", "")
    assert told.code == 2
    assert "error: --as:" in told.err
    assert not (tmp_path / "new").exists()


def test_a_name_in_the_settings_that_no_ledger_holds_is_told(command: Command, cases: str, report: Path) -> None:
    settings = Path(cases) / "workspace.toml"
    settings.write_text(settings.read_text().replace('analyst = "ana"', 'analyst = ""'))
    told = command("read", str(report), "--public", "--workspace", cases)
    assert told.code == 2
    assert "analyst of workspace.toml" in told.err


def test_the_nearest_known_claims_are_those_accepted_here_too(
    command: Command, cases: str, report: Path, tmp_path: Path, walk: object
) -> None:
    command("read", str(report), "--public", "--workspace", cases)
    id = next(row["id"] for row in listed(command, cases) if row["measure"] == "workers_present")
    command("review", "--accept", id, "--why", "read it", "--workspace", cases)
    other = tmp_path / "other.txt"
    other.write_text(REPORT.replace("4,321", "4,322"), encoding="utf-8")
    command("read", str(other), "--public", "--workspace", cases)
    _, told = walk("n", "n", "n", "n", "n")  # type: ignore[operator]
    nearest = [line for line in told.split("\n") if line.strip().startswith("known  ")]
    assert any(f"known  {id}: at least 4,321 persons, RU" in line for line in nearest)


def test_cards_and_links_go_by_the_programme_in_the_ledger_and_not_by_what_is_installed(
    command: Command, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed, cases = tmp_path / "programme", str(tmp_path / "own")
    shutil.copytree(programme_folder("dprk"), installed)
    assert command("init", cases, "--as", "ana", "--programme", str(installed)).code == 0
    (installed / "measures.toml").write_text("[[measure]]\nid = 'of another edition'\n")
    (installed / "claims.csv").write_text("nothing,of,the,kind\n")
    told = command("read", str(report), "--public", "--workspace", cases)
    assert told.code == 0, told.err
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    shown = command("review", "--workspace", cases)
    assert shown.code == 0, shown.err
    assert "means  North Korean nationals at work" in shown.out


def test_bulk_acceptance_passes_over_what_takes_who_said_it_from_another_sentence(
    command: Command, cases: str, report: Path
) -> None:
    report.write_text(
        "Harbour Gazette, 2 April 2024\n\n"
        "More than 4,321 North Korean labourers were working on building sites in Russia in March 2024, said the "
        "harbour office of Oru. They are paid about $640 a month.\n",
        encoding="utf-8",
    )
    assert command("read", str(report), "--public", "--workspace", cases).code == 0
    rows = {row["measure"]: row["id"] for row in listed(command, cases)}
    told = command("review", "--accept-above", "0.3", "--why", "nobody looked", "--workspace", cases)
    assert told.out == "1 accepted\n"
    assert "1 take who said it from another sentence, and wait for a look of their own" in told.err
    assert "harbour office" not in told.err
    assert [row["id"] for row in listed(command, cases)] == [rows["gross_wage"]]


def test_what_is_passed_over_is_told_before_anything_is_accepted(
    command: Command, cases: str, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("read", str(report), "--public", "--workspace", cases)

    def refuse(*_: object, **__: object) -> None:
        raise UsageError("nothing is accepted", hint="none")

    monkeypatch.setattr("tallystick.study.workspace.review.accept_above", refuse)
    monkeypatch.setattr("tallystick.study.workspace.review.passed_over", lambda *_: {"are of no use": 3})
    told = command("review", "--accept-above", "0.3", "--why", "nobody looked", "--workspace", cases)
    assert told.code == 2
    assert told.err.startswith("3 are of no use, and wait for a look of their own\n")
    assert "nothing is accepted" in told.err


@pytest.mark.usefixtures("read")
def test_what_was_accepted_in_bulk_says_so_until_somebody_looks(command: Command, cases: str) -> None:
    id = next(row["id"] for row in listed(command, cases) if row["measure"] == "workers_present")
    command("review", "--accept-above", "0.3", "--why", "nobody looked", "--workspace", cases)
    assert "accepted in bulk by ana on" in command("show", id, "--workspace", cases).out.replace("\n", " ")
    for kind in ("ftm", "prov"):
        out = Path(cases).parent / f"out-{kind}"
        assert command("export", "--to", kind, "--workspace", cases, "-o", str(out)).code == 0
        told = out.read_text(encoding="utf-8")
        assert "accepted in bulk by ana on" in told
        assert "accepted by ana" not in told
    files = Path(cases).glob("evidence/state/*/hand/quotes.csv")
    assert any("ana (in bulk)" in file.read_text(encoding="utf-8") for file in files)
    command("review", "--accept", id, "--why", "read the page", "--workspace", cases)
    note = json.loads(command("show", id, "--workspace", cases, "--format", "json").out)["note"]
    assert "accepted by ana on" in note


@pytest.mark.usefixtures("read")
def test_confidence_is_shown_with_two_decimals_and_with_what_it_speaks_of(
    command: Command, cases: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = listed(command, cases)[0]["id"]
    card = command("show", id, "--workspace", cases).out
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    for shown in (card, command("review", "--workspace", cases).out):
        assert re.search(r"confidence [01]\.\d\d \(of\s+value\s+and\s+measure\s+alone\)", shown)


@pytest.mark.usefixtures("read")
def test_bulk_acceptance_goes_by_confidence_as_it_is_listed(command: Command, cases: str) -> None:
    shown = command("review", "--list", "--workspace", cases)
    highest = max(float(row["confidence"]) for row in listed(command, cases))
    assert f"{highest:.2f}" in shown.out
    assert not re.search(r"0\.\d{3}", shown.out)
    told = command("review", "--accept-above", f"{highest:.2f}", "--why", "nobody looked", "--workspace", cases)
    assert not told.out.startswith("0 accepted")


@pytest.mark.usefixtures("read")
def test_a_correction_leaves_its_trace_on_the_card_with_the_copy_that_it_can_be_laid_against(
    command: Command, cases: str
) -> None:
    row = next(row for row in listed(command, cases) if row["measure"] == "workers_present")
    corrected = ("--correct", row["id"], "--set", "low=4000", "--why", "a floor")
    assert command("review", *corrected, "--workspace", cases).code == 0
    told = command("show", row["id"], "--workspace", cases, "--format", "json")
    shown = json.loads(told.out)
    assert re.search(r"corrected: low from 4\d+ to 4000, by ana \(a floor\)", shown["note"])
    assert shown["document"] == row["document"]
    assert "url" not in shown
    files = [Path(cases) / shown[field] for field in ("copy held", "its text")]
    for file in files:
        assert sha256(file.read_bytes()).hexdigest() == file.name
    assert "characters" in shown["where"]
    for file in files:
        file.unlink()
    bare = json.loads(command("show", row["id"], "--workspace", cases, "--format", "json").out)
    assert bare["copy held"] == f"not here; SHA-256 {files[0].name}"


def test_a_denied_claim_is_told_on_its_card_and_passes_no_bulk_acceptance(
    command: Command, cases: str, tmp_path: Path
) -> None:
    (tmp_path / "denied.txt").write_text(
        "Moscow rejected Seoul's estimate of 14,500 North Korean workers in Russia. It denied that 6,200 North Korean "
        "workers had arrived in Russia.",
        encoding="utf-8",
    )
    paper = (str(tmp_path / "denied.txt"), "--published", "2024-10-21", "--public")
    heard = command("read", *paper, "--workspace", cases)
    assert "figures that the text only denies, which are no claims: 1" in heard.err
    bulk = command("review", "--accept-above", "0.1", "--why", "nobody looked", "--workspace", cases)
    assert bulk.out == "0 accepted\n"
    assert "1 are denied in their text, or may be" in bulk.err
    (row,) = listed(command, cases)
    assert row["asserted_by"] == "Seoul"
    told = " ".join(command("show", row["id"], "--workspace", cases).out.split())
    assert "denied in the same text" in told
    assert "look out another denies it in the same sentence: look" in told


def test_an_assumed_period_is_told_on_cards_and_passes_no_bulk_acceptance(
    command: Command, cases: str, tmp_path: Path
) -> None:
    (tmp_path / "undated.txt").write_text(
        "In 2018 the first crews came to Vessany. Some 4,000 North Korean labourers work in Russia.", encoding="utf-8"
    )
    heard = command("read", str(tmp_path / "undated.txt"), "--public", "--workspace", cases)
    assert (heard.code, "1 without a date: " in heard.err) == (0, True)
    bulk = command("review", "--accept-above", "0.1", "--why", "nobody looked", "--workspace", cases)
    assert bulk.out == "0 accepted\n"
    assert "1 are of documents without a date" in bulk.err
    row = next(row for row in listed(command, cases) if row["measure"] == "workers_present")
    told = " ".join(command("show", row["id"], "--workspace", cases).out.split())
    assert "look out the period is assumed: the document has no date" in told
