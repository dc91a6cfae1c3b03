"""Promise: `simulate -o DIR` leaves the earlier folder or the new one, whole, whenever it is stopped; and nobody."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from tallystick.cli.main import run
from tallystick.study import forward
from tests.scenarios.fits import fitted

KILLS = 6  # of each kind while files are written
STOPS = 2  # of each kind while two processes work
MUCH = ("--runs", "100000")  # some ten seconds of work
QUESTION = ("simulate", "publicity", "--until", "2026-12", "--seed", "7")
ROOT = Path(__file__).parents[2]

# Both answers lie in the cache, so that nearly all of its time goes into reading, drawing and writing.
WRITER = """
import itertools, os, sys, time
from tallystick.cli.main import run

shown, sys.stdout = sys.stdout, open(os.devnull, "w")
for runs in itertools.cycle(("20", "22")):
    began = time.monotonic()
    assert run([*sys.argv[2:], "--runs", runs, "-o", sys.argv[1]]) == 0
    print(time.monotonic() - began, file=shown, flush=True)
"""


@pytest.fixture
def folder(cache_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of runs, written from a fit that nobody sampled."""
    fitted(cache_folder)
    monkeypatch.setenv("TALLYSTICK_CACHE", str(cache_folder))
    for runs in ("22", "20"):
        assert run((*QUESTION, "--runs", runs, "-o", str(tmp_path / "runs"))) == 0
    return tmp_path / "runs"


def runs_in(folder: Path) -> int:
    """How many runs the folder tells of; it has to be whole, and to hold nothing else."""
    assert run(("verify", str(folder))) == 0
    return int(msgspec.json.decode((folder / forward.FOUND).read_bytes())["runs"])


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)


def begun(*command: str) -> subprocess.Popen[bytes]:
    """A command in a group of processes of its own."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    return subprocess.Popen(
        [sys.executable, *command], env=environment, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def stopped(running: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """Send the signal, as Ctrl-C does to the command alone, and wait until nobody of its group is left."""
    running.send_signal(how)
    try:
        running.communicate(timeout=60)
        end = time.monotonic() + 30
        while _lives(running.pid):
            assert time.monotonic() < end, "a process outlived the command that started it"
            time.sleep(0.05)
    finally:
        if _lives(running.pid):
            os.killpg(running.pid, signal.SIGKILL)  # or this test would wait for it for ever


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_whenever_the_writing_is_stopped_one_whole_folder_stands(folder: Path) -> None:
    chance, left, seen = random.Random(5), 0, set()
    for how in (signal.SIGKILL, signal.SIGINT) * KILLS:
        with begun("-c", WRITER, str(folder), *QUESTION) as running:
            assert running.stdout is not None
            turn = float(running.stdout.readline())  # the first imports too, and so is the longest
            time.sleep(chance.uniform(0, turn))
            stopped(running, how)
        assert running.returncode != 0
        seen.add(runs_in(folder))
        left += bool(leftovers(folder))
    assert left, "no kill hit a run while it wrote: this test showed nothing"
    assert seen == {20, 22}
    assert run((*QUESTION, "--runs", "22", "-o", str(folder))) == 0
    assert runs_in(folder) == 22
    assert not leftovers(folder)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_whenever_runs_are_stopped_the_earlier_folder_stands_and_nobody_works_on(
    folder: Path, how: signal.Signals
) -> None:
    chance = random.Random(how)
    for stop in range(STOPS):
        with begun("-m", "tallystick", *QUESTION, *MUCH, "--processes", "2", "-o", str(folder)) as running:
            while len(_workers(running.pid)) < 1 + stop:  # also while the second is being started
                assert running.poll() is None
                time.sleep(0.01)
            time.sleep(stop and chance.uniform(0, 2))
            stopped(running, how)
        assert running.returncode == (130 if how is signal.SIGINT else -how)
        assert runs_in(folder) == 20
        assert not leftovers(folder)


def _workers(pid: int) -> list[int]:
    """Its processes that work; one more of its children watches what they share."""
    children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [each for each in children if b"spawn_main" in _command_of(each)]


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:  # it ended between the two looks
        return b""


@pytest.mark.parametrize("at", ["_files", "_drawings"])
def test_an_interruption_between_two_files_leaves_what_there_was_and_nothing_beside(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at: str
) -> None:
    def interrupt(*_: object) -> None:
        assert any(folder.parent.glob(".*/results.json")), "nothing was written yet"
        raise KeyboardInterrupt

    monkeypatch.setattr(forward, at, interrupt)
    for place in (folder, folder.parent / "another"):
        assert run((*QUESTION, "--runs", "22", "-o", str(place))) == 130
        assert "nothing was left half written" in capsys.readouterr().err
        assert runs_in(folder) == 20
        assert not leftovers(folder)
