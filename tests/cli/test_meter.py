"""Progress: a live meter in a terminal, a line now and then elsewhere, and nothing on stdout."""

import os
import pty
import re
import subprocess
import sys

import pytest

from tallystick.calibrate.sample import Progress
from tallystick.cli.meter import meter, running, say

RUNNING = """
import time
from tallystick.cli.meter import running
with running() as hear:
    for done in (0, 50, 500, 1000):
        hear("runs", done, 1000)
        time.sleep(0.5)  # five times as long as a picture stands
"""


def _run(total: int = 8) -> None:
    with meter() as hear:
        for done in range(total + 1):
            hear(
                Progress(
                    stage="warm-up", chains=4, done=done, total=total, divergences=2, seconds_left=float(total - done)
                )
            )


def test_without_a_terminal_each_quarter_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    _run()
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(" of ")[0] for line in err.splitlines()] == [f"warm-up: {done}" for done in (0, 2, 4, 6, 8)]
    assert "4 chains, 2 divergences, 8 s left" in err
    assert "4 chains, 2 divergences, 0 s left" in err


def test_in_a_terminal_chains_draws_divergences_and_time_left_are_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    _run()
    out, err = capsys.readouterr()
    assert out == ""
    for words in ("warm-up", "8 of 8 draws", "4 chains", "2 divergences", "0 s left"):
        assert words in err


def test_without_a_terminal_each_quarter_of_the_runs_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    with running() as hear:
        for stage, every in (("runs", 40), ("without chance", 1)):
            for done in range(every + 1):
                hear(stage, done, every)
    out, err = capsys.readouterr()
    assert out == ""
    runs = [f"runs: {done} of 40" for done in (0, 10, 20, 30, 40)]
    assert err.splitlines() == [*runs, "without chance: 0 of 1", "without chance: 1 of 1"]


def test_in_a_real_terminal_a_bar_follows_the_runs_and_is_gone_at_the_end() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", RUNNING], stderr=theirs, stdout=subprocess.PIPE,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80"},
    ) as child:  # fmt: skip
        os.close(theirs)
        shown = _all_of(ours)
        out, _ = child.communicate(timeout=60)
    assert (child.returncode, out) == (0, b"")
    for done, share in ((0, 0), (50, 5), (500, 50), (1000, 100)):
        assert re.search(rf"runs .*\s{share} % .*{done} of 1000", shown), shown
    assert shown.rstrip().endswith("\x1b[2K")  # the line is cleared


def _all_of(terminal: int) -> str:
    """What a terminal showed until nobody had it open."""
    parts = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # EIO: the other side is closed
            part = b""
        if not part:
            os.close(terminal)
            return b"".join(parts).decode()
        parts.append(part)


def test_a_message_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("cache: \x1b[2Jgone")
    assert capsys.readouterr().err == "cache: [2Jgone\n"
