"""Promise (T5): a read survives kills, failed writes and crowds, and what it said was read is there.

Short forms; `python -m tests.torture.full` is the long one. Beside each stands a test that it would find a slip.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tallystick.study.workspace import copies
from tallystick.study.workspace.kept import FILE, PRINTS
from tallystick.study.workspace.workspace import LEDGER
from tests.torture import read_at_once, read_killed
from tests.torture.kill import Moment, campaign
from tests.torture.read_at_once import all_of, read_and_review_at_once
from tests.torture.read_failed import TRACEBACK, Ended, fail_each_of_a_read, said
from tests.torture.read_killed import kill_reads, problems
from tests.torture.reading import Place, prepared, run, tallystick, told

LEAVES_A_CHILD = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3)"], stdout=subprocess.DEVNULL)
print("begun", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Three documents to read, and a workspace to copy."""
    return prepared(tmp_path_factory.mktemp("place"), 3)


def test_no_document_that_was_said_to_be_read_is_lost_by_a_kill_and_the_next_read_goes_on(tmp_path: Path) -> None:
    tally = kill_reads(tmp_path / "place", kills=6, seed=4)
    assert (tally.kills, tally.problems) == (6, [])
    assert tally.acknowledged


def test_the_check_after_a_kill_finds_what_is_lost_or_half_written(place: Place) -> None:
    workspace = place.workspace("checked")
    run(place, *read_killed.words_of(place, workspace, public=True))
    whole, _ = told(place, workspace)
    assert problems(place, workspace, whole, ["3"]) == []
    assert problems(place, place.workspace("empty"), whole, ["1", "2"]) == ["lost: 00.txt", "lost: 01.txt"]
    other = place.workspace("restricted")
    run(place, *read_killed.words_of(place, other, public=False))
    assert all(one.startswith("half written: ") for one in problems(place, other, whole, ["3"]))
    assert told(place, place.workspace("none"))[0].lacks(whole)


def test_a_child_that_outlives_its_parent_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.torture.kill.PATIENCE", 0.1)
    tally = campaign(
        [sys.executable, "-c", LEAVES_A_CHILD],
        kills=1,
        moments=lambda: Moment(after=1, delay=0, alone=True),
        acknowledged=lambda line: line,
        check=lambda _: [],
    )
    assert tally.problems == ["orphans: 1 processes outlived it"]


def test_any_failed_write_of_a_read_leaves_what_a_transaction_left_and_is_told(tmp_path: Path) -> None:
    found = fail_each_of_a_read(tmp_path / "place", chosen=lambda every: random.Random(8).sample(every, 12))
    assert found.problems == []
    assert set(found.points) == {LEDGER, FILE, PRINTS, "copies"}
    assert min(found.points.values()) > 20
    assert (found.cases, found.old + found.new) == (12, 12)


def test_copies_whose_names_did_not_reach_the_disk_would_be_missed_after_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "sync_folder", lambda _: None)
    found = fail_each_of_a_read(tmp_path / "place", chosen=lambda every: [one for one in every if one.power][-40::20])
    assert any("the copy cannot be read" in one for one in found.problems)


@pytest.mark.parametrize(
    ("ended", "problem"),
    [
        (Ended(code=1, out="", err="error: Input/output error\nhint: make room\n"), "an unclear message"),
        (Ended(code=TRACEBACK, out="", err="error: ledger.sqlite\nhint: look\n"), "an unclear message"),
        (Ended(code=0, out="", err="read: 1 of 2\n"), "done, it said, but it is not"),
        (Ended(code=1, out="", err="read: 2 of 2\nerror: ledger.sqlite: the disk failed\nhint: look\n"), "lost: 2"),
    ],
)
def test_a_read_that_says_the_wrong_thing_of_a_failure_is_found(ended: Ended, problem: str) -> None:
    assert any(problem in one for one in said(ended, 1, done=False))


def test_four_who_read_and_review_at_once_lose_nothing_and_meet_no_lock(tmp_path: Path) -> None:
    together = read_and_review_at_once(tmp_path / "place", processes=4, documents=4)
    assert (together.documents, together.problems) == (4, [])
    assert together.verdicts >= 4 * 10


def test_a_document_that_is_there_twice_is_found(place: Place) -> None:
    workspace = place.workspace("doubled")
    run(place, *read_killed.words_of(place, workspace, public=True))
    whole, problems = told(place, workspace)
    assert problems == []
    with closing(sqlite3.connect(workspace / FILE)) as file, file:
        file.execute("insert into documents (name, body) select 'd0123456789ab', body from documents limit 1")
    problems = read_at_once.differs(place, workspace, whole)
    assert [one for one in problems if one.startswith("there twice: ")] == [
        f"there twice: {next(iter(whole.documents))}"
    ]


def test_a_verdict_that_is_lost_in_a_crowd_is_found(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = place.workspace("forgetful")
    run(place, *read_killed.words_of(place, workspace, public=True))
    monkeypatch.setattr(read_at_once, "all_of", lambda ids, name, where: all_of(ids[1:], name, where))
    _, problems = read_at_once.reviewed(place, workspace, 1)
    assert [one.startswith("lost: person0 on p") for one in problems] == [True]


def test_moments_fall_on_the_start_on_documents_and_on_what_follows_them() -> None:
    moment = read_killed.moments(random.Random(1))
    drawn = [moment() for _ in range(200)]
    assert {one.after for one in drawn} == set(range(read_killed.LAST + 1))
    assert {one.alone for one in drawn} == {True, False}


def test_a_command_says_all_that_it_says_in_the_order_in_which_it_says_it(place: Place) -> None:
    assert "no such file" in _failing(place, "read", "nowhere.txt", "--workspace", str(place.base))
    assert tallystick("init")[-1] == "init"


def _failing(place: Place, *words: str) -> str:
    with pytest.raises(AssertionError, match="ended with 2") as found:
        run(place, *words)
    return str(found.value)
