"""Messages and progress on stderr: a live meter in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tallystick.vocab.cells import printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from tallystick.calibrate.sample import Progress

Hear = Callable[["Progress"], None]
HearRuns = Callable[[str, int, int], None]
LINES = 4  # where nobody watches, one line for each quarter of a stage is enough


def say(message: str) -> None:
    """One line to stderr."""
    sys.stderr.write(printable(message) + "\n")


@contextmanager
def meter() -> Iterator[Hear]:
    """A listener for the sampler's progress."""
    if not sys.stderr.isatty():
        yield _Lines().hear
        return
    with _bars() as bars:
        yield _Live(bars).hear


@contextmanager
def running() -> Iterator[HearRuns]:
    """A listener for the progress of runs: (stage, done, in all)."""
    if not sys.stderr.isatty():
        yield _Lines().hear_runs
        return
    with _bars() as bars:
        yield _Live(bars).hear_runs


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[state]}"),
    )
    return Progress(*columns, console=Console(file=sys.stderr), transient=True)


class _Live:
    """One bar for each stage."""

    def __init__(self, bars: Bars) -> None:
        self._bars, self._tasks = bars, dict[str, "TaskID"]()

    def hear(self, now: Progress) -> None:
        self._show(now.stage, now.done, now.total, _state(now))

    def hear_runs(self, stage: str, done: int, every: int) -> None:
        self._show(stage, done, every, f"{done} of {every}")

    def _show(self, stage: str, done: int, every: int, state: str) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=every, state="")
        self._bars.update(self._tasks[stage], completed=done, total=every, state=state)


class _Lines:
    """A line when a stage begins and for each quarter of it."""

    def __init__(self) -> None:
        self._said: dict[str, int] = {}

    def hear(self, now: Progress) -> None:
        self._tell(now.stage, now.done, now.total, _state(now))

    def hear_runs(self, stage: str, done: int, every: int) -> None:
        self._tell(stage, done, every, f"{done} of {every}")

    def _tell(self, stage: str, done: int, every: int, state: str) -> None:
        part = LINES * done // max(every, 1)
        if self._said.get(stage) != part:
            self._said[stage] = part
            say(f"{stage}: {state}")


def _state(now: Progress) -> str:
    done = f"{now.done} of {now.total} draws, {now.chains} chains, {now.divergences} divergences"
    return f"{done}, {now.seconds_left:.0f} s left"
