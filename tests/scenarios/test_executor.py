"""Answers come in order and are the same when workers die; what is given up stops, and leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tallystick.scenarios import executor
from tallystick.scenarios.executor import NEW_POOLS, Where, in_order
from tallystick.vocab.errors import RunError, UsageError
from tests.scenarios import ensembles

THREADS, PROCESSES = Where(kind="threads", workers=2), Where(kind="processes", workers=2)
SQUARES = [number * number for number in range(12)]


@pytest.mark.parametrize("where", [THREADS, PROCESSES])
def test_answers_come_in_the_order_of_the_tasks(where: Where) -> None:
    assert list(in_order(ensembles.square, range(12), where)) == SQUARES


@pytest.mark.parametrize("where", [THREADS, PROCESSES])
def test_a_fault_of_the_work_itself_is_told_and_not_tried_again(where: Where) -> None:
    with pytest.raises(ValueError, match="three is not liked"):
        list(in_order(ensembles.fails_at_three, range(12), where))


def test_what_a_dead_process_had_is_done_again(tmp_path: Path) -> None:
    note = tmp_path / "died"
    tasks = [(number, note) for number in range(12)]
    assert list(in_order(ensembles.dies_once, tasks, PROCESSES)) == SQUARES
    assert note.exists()


def test_a_process_that_dies_while_it_tells_its_answer_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executor, "PATIENCE", 0.2)
    note = tmp_path / "died"
    tasks = [(number, note) for number in range(12)]
    assert list(in_order(ensembles.tells_half_once, tasks, PROCESSES)) == SQUARES
    assert note.exists()


def test_processes_are_ended_while_one_tells_its_answer(tmp_path: Path) -> None:
    pool = executor._pool(2)
    futures = [pool.submit(ensembles.tells_half_and_waits, tmp_path, executor.never) for _ in range(2)]
    _until(lambda: any(tmp_path.iterdir()))
    executor.stop(pool)
    assert all(future.done() for future in futures)


def test_processes_that_always_die_are_not_started_for_ever() -> None:
    with pytest.raises(RunError, match=f"died {NEW_POOLS + 1} times") as fault:
        list(in_order(ensembles.always_dies, range(3), PROCESSES))
    assert "memory" in fault.value.hint


def test_few_answers_wait_in_memory() -> None:
    handed: list[int] = []

    class Tasks(list[int]):
        def __getitem__(self, at: int) -> int:  # type: ignore[override]
            handed.append(at)
            return at

    with closing(in_order(ensembles.square, Tasks(range(1000)), THREADS)) as answers:
        next(answers)
        assert len(handed) <= 10


def test_threads_stop_when_the_run_is_given_up(tmp_path: Path) -> None:
    with closing(in_order(_soon_and_waits, [None, tmp_path, tmp_path], THREADS)) as answers:
        next(answers)
        while not (tmp_path / str(os.getpid())).exists():
            time.sleep(0.01)  # until another works
        began = time.monotonic()
    assert (tmp_path / "stopped").exists()
    assert time.monotonic() - began < 20


def _soon_and_waits(folder: Path | None, halted: Callable[[], bool]) -> None:
    """One without a folder is done at once; the others wait to be stopped."""
    if folder is not None:
        ensembles.says_pid_and_waits(folder, halted)


PROGRAM = """
import sys
from pathlib import Path
from tallystick.scenarios.executor import Where, in_order
from tests.scenarios import ensembles

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    list(in_order(ensembles.says_pid_and_waits, [folder] * 4, Where(kind="processes", workers=2)))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_one_that_was_interrupted_or_killed(tmp_path: Path, how: int) -> None:
    notes, program = tmp_path / "notes", tmp_path / "program.py"
    notes.mkdir()
    program.write_text(PROGRAM)
    environment = ensembles.environment()
    with subprocess.Popen([sys.executable, str(program), str(notes)], env=environment, stderr=subprocess.PIPE) as main:
        _until(lambda: len(list(notes.iterdir())) == 2)
        main.send_signal(how)
        main.communicate(timeout=30)
    assert main.returncode != 0
    _until(lambda: not any(Path(f"/proc/{each.name}").exists() for each in notes.iterdir()))
    assert len(list(notes.iterdir())) == 2  # nothing further was begun


def _until(true: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_cluster_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"needs dask\.distributed") as fault:
        list(in_order(ensembles.square, range(3), Where(kind="cluster", address="tcp://127.0.0.1:1")))
    assert fault.value.hint == "pip install 'tallystick[cluster]'"


HALF_STARTED = """
import signal
from multiprocessing import util
from tallystick.scenarios.executor import Where, in_order
from tests.scenarios import ensembles

usual, started = util.spawnv_passfds, []


def interrupted(path, arguments, passfds):
    pid = usual(path, arguments, passfds)  # it now waits for what its parent is about to write to it
    started.append(pid)
    if len(started) == 3:  # one watches what processes share, one is being given its first task
        signal.raise_signal(signal.SIGINT)
    return pid


if __name__ == "__main__":
    util.spawnv_passfds = interrupted
    try:
        list(in_order(ensembles.length, [bytes(1_000_000)] * 6, Where(kind="processes", workers=2)))
    except KeyboardInterrupt:
        print("interrupted")
"""


def test_an_interrupt_while_a_worker_is_being_started_ends_the_run(tmp_path: Path) -> None:
    script = tmp_path / "half_started.py"
    script.write_text(HALF_STARTED)
    done = subprocess.run(
        [sys.executable, str(script)],
        env=ensembles.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "interrupted\n"), done.stderr
