"""Promises (T4, T5): the ledger survives kills, failed writes and crowds, and no change of its past goes unseen.

Short forms; `python -m tests.torture.full` is the long one. Beside each stands a test that it would find a slip.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from tallystick.evidence.ledger import schema, store, verify
from tallystick.evidence.ledger.entry import Draft, Entry
from tallystick.evidence.ledger.store import Ledger
from tests.hostile.through_read import Found
from tests.torture import failed_writes, full, killed
from tests.torture.appender import PARTS, add_batch, batches, opened
from tests.torture.at_once import write_at_once
from tests.torture.failed_writes import OPERATIONS, fail_each
from tests.torture.full import main
from tests.torture.kill import Moment, Tally, campaign, random_moments
from tests.torture.mutations import MUTATIONS, mutate
from tests.torture.read_at_once import Together

SLIP = """
import sys
from pathlib import Path
from tests.torture.appender import add_batch, opened
with opened(Path({path!r})) as ledger:
    for number in range(200):
        sys.stdout.write(f"added {{number}}\\n")  # before it is so
        sys.stdout.flush()
        for part in range(4):  # one by one
            content = {{"batch": str(number), "mark": "m", "part": part}}
            ledger.append_all([ledger.draft("document", content, by="ana", prefix="d")])
"""


def test_nothing_acknowledged_is_lost_and_no_batch_is_halved_by_a_kill(tmp_path: Path) -> None:
    tally = killed.kill_often(tmp_path, kills=12, seed=2)
    assert (tally.kills, tally.problems) == (12, [])
    assert tally.acknowledged


def test_a_writer_that_speaks_too_soon_or_writes_by_parts_is_found_by_kills(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    opened(path).close()
    tally = campaign(
        [sys.executable, "-c", SLIP.format(path=str(path))],
        kills=40,
        moments=random_moments(random.Random(1), most=6, start=0.2, between=0.002),
        acknowledged=killed.acknowledged,
        check=lambda told: killed.problems(path, told),
    )
    assert tally.kills < 40
    assert tally.problems[0].startswith(("lost: ", "by half: "))


def test_a_command_that_fails_when_started_again_is_a_problem() -> None:
    command = [sys.executable, "-c", "raise SystemExit('cannot go on')"]
    tally = campaign(
        command, kills=1, moments=lambda: Moment(after=1, delay=0), acknowledged=lambda line: line, check=lambda _: []
    )
    assert tally.problems == ["ended by itself with 1: cannot go on\n"]


def test_the_check_after_a_kill_finds_what_is_lost_halved_or_back(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with opened(path) as ledger:
        add_batch(ledger, "whole")
        content = {"batch": "half", "mark": "m", "part": 0}
        ledger.append_all([ledger.draft("document", content, by="ana", prefix="d")])
    told = ["added whole", "added gone", "erased whole"]
    found = killed.problems(path, told)
    assert [one.partition(":")[0] for one in found] == [
        "lost", "by half", "came back", "erasure lost", "not overwritten",
    ]  # fmt: skip


def test_any_failed_write_leaves_the_old_ledger_or_the_new_one(tmp_path: Path) -> None:
    found = fail_each(tmp_path, every=9)
    assert found.problems == []
    assert set(found.points) == set(OPERATIONS)
    assert min(found.old, found.new) > 20
    assert found.old + found.new == found.cases


def test_a_ledger_that_did_not_wait_for_the_disk_would_lose_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = tuple(one.replace("synchronous = FULL", "synchronous = OFF") for one in schema.SETTINGS)
    monkeypatch.setattr(schema, "SETTINGS", careless)
    monkeypatch.setattr(failed_writes, "OPERATIONS", {"append": failed_writes.append})
    assert any("neither the old nor the new" in one for one in fail_each(tmp_path).problems)


def test_a_batch_in_several_transactions_would_be_found_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_by_one(ledger: Ledger, drafts: list[Draft]) -> tuple[Entry, ...]:
        return tuple(ledger.append_one(draft) for draft in drafts)

    def append_one(ledger: Ledger, draft: Draft) -> Entry:
        with ledger.writing():
            return ledger.place([draft])[0]

    monkeypatch.setattr(Ledger, "append_one", append_one, raising=False)
    monkeypatch.setattr(Ledger, "append_all", one_by_one)
    monkeypatch.setattr(failed_writes, "OPERATIONS", {"append": failed_writes.append})
    assert any("neither the old nor the new" in one for one in fail_each(tmp_path, every=3).problems)


def test_any_single_change_of_the_past_is_found(tmp_path: Path) -> None:
    found = mutate(tmp_path, count=150, seed=5)
    assert found.missed == []
    assert set(found.made) == set(MUTATIONS)


@pytest.mark.parametrize(("guard", "kind"), [("_of_chains", "rewrite"), ("_of_contents", "restore")])
def test_a_check_left_out_of_verify_would_be_noticed(
    guard: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, guard, lambda *_: ())
    assert mutate(tmp_path, count=60, seed=3, mutations={kind: MUTATIONS[kind]}).missed


def test_eight_processes_at_once_lose_nothing_and_meet_no_lock(tmp_path: Path) -> None:
    written = write_at_once(tmp_path, processes=8, transactions=6)
    assert (written.acknowledged, written.problems) == (48, [])


def test_a_crowd_that_loses_a_batch_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.Ledger, "verify", lambda _: ())
    monkeypatch.setattr("tests.torture.at_once.batches", lambda ledger: dict(list(batches(ledger).items())[1:]))
    assert any(one.startswith("lost: ") for one in write_at_once(tmp_path, processes=1, transactions=2).problems)


def test_the_full_form_runs_and_says_what_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failed_writes, "OPERATIONS", {"append": failed_writes.append})
    stand_ins = {  # each is tested beside this, and takes a minute
        "kill_reads": Tally(kills=1, acknowledged=["8"]),
        "fail_each_of_a_read": failed_writes.Found(points=Counter(read=5), cases=2, old=1, new=1),
        "read_and_review_at_once": Together(processes=2, documents=2, verdicts=16, problems=[]),
        "read_hostile": Found(endings=Counter(empty=1), problems=["an.eml: ended with 0"]),
    }
    for name, result in stand_ins.items():
        monkeypatch.setattr(full, name, lambda *_, result=result, **__: result)
    asked = ["--kills", "2", "--changes", "3", "--processes", "2", "--transactions", "2", "--date", "2026-11-23"]
    asked += ["--reads", "2", "--failures", "2", "--kept", str(tmp_path)]
    assert main(asked) == 1
    said, wrong = capsys.readouterr()
    assert wrong.endswith("an.eml: ended with 0\n")
    assert "8 of 8: hostile 0" in wrong
    assert "not the full form" in said
    assert "Of some 25 cases" in said
    assert "| kills | 2 |" in said
    assert "| all | 3 | 3 |" in said
    assert "| acknowledged | 4 |" in said
    assert said.count("| kills | 1 |") == 1
    assert "| cases | 2 |" in said
    assert "| documents | 2 |" in said
    assert "| empty | 1 |" in said
    assert PARTS == 4  # what the page says of a batch
    assert main(asked) == 1
    assert "8 of 8 turns were done before and are taken over" in (again := capsys.readouterr()).err
    assert again.out == said
