"""Libraries that wait for their turn: one process for each row, started once, asked for one run at a time."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from types import TracebackType
from typing import Any

from benchmarks.brief import CORES, HOLD
from benchmarks.engines.entries import Entry
from benchmarks.engines.environments import ROOT, in_short, python_of

QUIET = {"PYTHONPATH": str(ROOT), "STARSIM_INSTALL_FONTS": "0", "NUMBA_NUM_THREADS": str(CORES), "MPLBACKEND": "agg"}


class Failed(Exception):
    """A library stopped; its text says what it said."""


class Worker:
    """One started script."""

    def __init__(self, entry: Entry) -> None:
        python = str(python_of(entry.environment))
        script = [python, "-m", f"benchmarks.engines.{entry.script}", entry.task, str(entry.runs), "--wait"]
        self.entry = entry
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = subprocess.Popen(
            [python, "-c", HOLD, *script],
            cwd=ROOT,
            env=os.environ | QUIET,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()
        self._said.close()

    def ready(self) -> dict[str, Any]:
        """Wait until it has compiled and run once."""
        return self._answer()

    def run(self, **options: int) -> dict[str, Any]:
        """One run, timed by the process itself."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(options) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise Failed(self._last_words()) from None
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Failed(self._last_words())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _last_words(self) -> str:
        self._process.wait()
        self._said.seek(0)
        return f"{in_short(self._said.read().decode(errors='replace'))} (exit code {self._process.returncode})"
