"""Promise: what is erased is gone from every byte of the ledger's files, and everything else still holds."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tallystick.evidence.ledger import erase as module
from tallystick.evidence.ledger import schema
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.store import Ledger
from tests.evidence.ledger.made import files, made, opened

PLANTED = "the foreman kept their papers"


def _filled(ledger: Ledger) -> None:
    """Many entries of many sizes, so that pages were split and cells moved; the planted words stand in three."""
    chance = random.Random(1)
    for number in range(60):
        words = {"text": "word " * chance.randrange(1, 400)}
        ledger.append("row", f"c{number}", words | ({"quote": PLANTED} if number % 20 == 7 else {}), "ana")


def test_erased_words_are_in_no_byte_while_the_ledger_is_open_nor_after(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        _filled(ledger)
        assert PLANTED.encode() in files(tmp_path)
        ledger.erase(["c7", "c27", "c47"], why="asked to", by="ana")
        assert PLANTED.encode() not in files(tmp_path)
        assert ledger.verify() == ()
    assert PLANTED.encode() not in files(tmp_path)


def test_salts_are_erased_too_so_that_no_guess_can_be_tried(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        entry = ledger.append("row", "c1", {"quote": PLANTED}, "ana")
        ((salt,),) = ledger.all("SELECT salt FROM content WHERE hash = ?", entry.hash)
        assert salt in files(tmp_path)
        ledger.erase([entry.hash], why="asked to", by="ana")
        assert salt not in files(tmp_path)


def test_deleting_alone_would_leave_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "scrub", lambda _: None)
    with made(tmp_path) as ledger:
        _filled(ledger)
        ledger.erase(["c7", "c27", "c47"], why="asked to", by="ana")
        assert PLANTED.encode() in files(tmp_path)
        assert [one.problem for one in ledger.verify()] == ["content was erased, but is not overwritten yet"]


def test_an_erasure_that_was_cut_off_is_finished_by_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, made(tmp_path) as ledger:
        patched.setattr(module, "scrub", lambda _: None)
        ledger.append("row", "c1", {"quote": PLANTED}, "ana")
        ledger.erase(["c1"], why="asked to", by="ana")
    with Ledger.open(tmp_path / "ana.sqlite") as reader:
        assert [one.hint for one in reader.verify()] == [
            "run a command that writes to this ledger while no other uses it"
        ]
    with opened(tmp_path) as ledger:
        assert ledger.verify() == ()
        assert PLANTED.encode() not in files(tmp_path)


def test_while_another_reads_it_is_said_that_words_are_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.scrub, "__defaults__", (0,))
    with made(tmp_path) as ledger, closing(sqlite3.connect(tmp_path / "ana.sqlite")) as reader:
        ledger.append("row", "c1", {"quote": PLANTED}, "ana")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchall()
        with pytest.raises(LedgerError, match="not overwritten yet: another process is reading") as told:
            ledger.erase(["c1"], why="asked to", by="ana")
        assert "it finishes the erasure" in told.value.hint
        reader.execute("COMMIT")
        assert list(ledger.entries())[1].content is None
    with opened(tmp_path) as ledger:
        assert ledger.verify() == ()
    assert PLANTED.encode() not in files(tmp_path)


def test_a_tombstone_says_what_was_erased_when_by_whom_and_why(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        one, other = (ledger.append("row", "c1", {"n": n}, "ana") for n in range(2))
        third = ledger.append("row", "c2", {"n": 2}, "ana")
        stone = ledger.erase(["c1", third.hash], why="she asked", by="bek")
        assert (stone.kind, stone.by, stone.number) == ("erase", "bek", 5)
        assert [entry.content for entry in ledger.entries()] == [
            {"workspace": "ana"},
            *(None, None, None),
            {"entries": sorted([one.hash, other.hash, third.hash]), "subjects": ["c1"], "why": "she asked"},
        ]


def test_a_subject_that_was_erased_stays_erased(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        ledger.append("row", "c1", {}, "ana")
        kept = ledger.append("row", "c2", {}, "ana")
        ledger.erase(["c1", kept.hash], why="asked to", by="ana")
        with pytest.raises(LedgerError, match='"c1" was erased') as told:
            ledger.append("row", "c1", {}, "ana")
        assert "bring it in under another" in told.value.hint
        ledger.append("row", "c2", {}, "ana")  # of it, one entry was erased, not the subject
        assert ledger.verify() == ()


@pytest.mark.parametrize(
    ("targets", "why", "problem"),
    [
        (["c1", "c9"], "x", 'there is no entry "c9", and none about it'),
        (["c1", ""], "x", 'there is no entry ""'),
        (["{genesis}"], "x", "is of kind genesis, and cannot be erased"),
        (["{erase}"], "x", "is of kind erase, and cannot be erased"),
        (["c0"], "x", '"c0" was erased already'),
        (["c1"], " ", "a reason is missing"),
    ],
)
def test_what_cannot_be_erased_is_said_and_then_nothing_is(
    targets: list[str], why: str, problem: str, tmp_path: Path
) -> None:
    with made(tmp_path) as ledger:
        for subject in ("c0", "c1"):
            ledger.append("row", subject, {}, "ana")
        stone = ledger.erase(["c0"], why="asked to", by="ana")
        before = ledger.head
        named = [one.format(genesis=ledger.own, erase=stone.hash) for one in targets]
        with pytest.raises(LedgerError, match=problem):
            ledger.erase(named, why=why, by="ana")
        assert ledger.head == before
        assert len(ledger.about("c1")) == 1
        assert ledger.about("c1")[0].content == {}


def test_an_erasure_leaves_nothing_in_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "temporary"))
    with made(tmp_path) as ledger:
        _filled(ledger)
        before = os.stat(tmp_path / "temporary").st_mtime_ns  # noqa: PTH116
        ledger.erase(["c7"], why="asked to", by="ana")
        assert os.stat(tmp_path / "temporary").st_mtime_ns == before  # noqa: PTH116


def test_the_file_says_while_an_erasure_is_unfinished_and_no_longer(tmp_path: Path) -> None:
    with made(tmp_path) as ledger:
        ledger.append("row", "c1", {}, "ana")
        ledger.erase(["c1"], why="asked to", by="ana")
        assert ledger.all("SELECT key FROM ledger") == [(schema.OWN,)]
