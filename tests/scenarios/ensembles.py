"""A small model with two scenarios over a few draws, and work for executors: what the tests of ensembles share."""

from __future__ import annotations

import os
import signal
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from tallystick.scenarios.outcomes import Outcome, Sum
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.text import Text
from tests.stocks import small

NO_NUMBA = 'raise ModuleNotFoundError("No module named \'numba\'", name="numba")\n'  # in a numba.py found first
GRAPH = Graph(small.TEXT)
DRAWS, MONTHS, FIRST_YEAR = 8, 24, 2030
OUTCOMES = (
    Outcome(id="abroad", name="Workers abroad", unit="person", sums=(Sum(of="abroad"),)),
    Outcome(id="arrived", name="Arrived", unit="person", sums=(Sum(of="depart"),)),
    Outcome(id="months_far", name="Far", unit="person-month", sums=(Sum(of="abroad", over="months", strata=("f*",)),)),
    Outcome(id="owed", name="Booked pay owed", unit="USD", sums=(Sum(of="owed"),)),
    Outcome(
        id="taken", name="Taken", unit="USD/person/month", sums=(Sum(of="take"), Sum(of="fee")),
        per=(Sum(of="abroad", over="months"),),
    ),
    Outcome(id="jobs", name="Jobs", unit="job", sums=(Sum(of="jobs"),)),
)  # fmt: skip


def text_of(id: str) -> Text:
    """The small text under another name: what a recipe calls."""
    return small.altered(id=id)


def baseline(draws: int = DRAWS) -> Inputs:
    """Draws of wages, waits and shares that differ."""
    one, chance = small.inputs(MONTHS), np.random.default_rng(7)
    many = {
        name: np.repeat(getattr(one, name), draws, axis=0) for name in ("people", "money", "level", "groups")
    }  # fmt: skip
    spread = np.array([0.2, 0.2, 0, 0, 0.1, 0, 0, 0.2, 0])
    return replace(one, **many, parameters=one.parameters * np.exp(spread * chance.standard_normal((draws, 9))))


def half_open(draws: int = DRAWS) -> Inputs:
    """The same, with half the departures."""
    same = baseline(draws)
    return replace(same, outside=same.outside * 0.5)


def both(draws: int = DRAWS) -> dict[str, Inputs]:
    """Two scenarios, by id."""
    return {"baseline": baseline(draws), "half": half_open(draws)}


def square(number: int, halted: Callable[[], bool]) -> int:  # noqa: ARG001 - the signature of work
    """Work that succeeds."""
    return number * number


def fails_at_three(number: int, halted: Callable[[], bool]) -> int:
    """Work with a fault of its own."""
    if number == 3:
        raise ValueError("three is not liked")
    return square(number, halted)


def dies_once(task: tuple[int, Path], halted: Callable[[], bool]) -> int:
    """Kills its own process the first time that it meets 3, and leaves a note that it did."""
    number, note = task
    if number == 3 and not note.exists():
        note.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number, halted)


def always_dies(number: int, halted: Callable[[], bool]) -> int:  # noqa: ARG001
    """Kills its own process whenever it is asked."""
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def says_pid_and_waits(folder: Path, halted: Callable[[], bool]) -> None:
    """Notes its process and goes on until it is told to stop, or a minute."""
    (folder / str(os.getpid())).touch()
    for _ in range(600):
        if halted():
            (folder / "stopped").touch()
            return
        time.sleep(0.1)


def length(task: bytes, halted: Callable[[], bool]) -> int:  # noqa: ARG001
    """Of a task that may be more than a pipe holds."""
    return len(task)


def tells_half_once(task: tuple[int, Path], halted: Callable[[], bool]) -> int:
    """Kills its own process with half an answer told, the first time that it meets 3."""
    number, note = task
    if number == 3 and not note.exists():
        note.touch()
        _tell_half()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number, halted)


def tells_half_and_waits(folder: Path, halted: Callable[[], bool]) -> None:
    """Tells half an answer, then waits to be killed."""
    _tell_half()
    says_pid_and_waits(folder, halted)


def _tell_half() -> None:
    """Write the length of an answer to the pipe of the pool that this process works for, and not the answer."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 1000))


def environment(*first: Path) -> dict[str, str]:
    """Of a child that imports what we do, and before all else what lies in these folders."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (*first, *filter(None, sys.path), Path.cwd())))}
