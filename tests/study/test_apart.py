"""The fit's own process: what it tells arrives, what it cannot mend is raised here, and it stops when told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.study import apart
from tallystick.study.apart import Job, compute_apart
from tallystick.vocab.errors import FitError


def _child(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Let an invented child take the place of the real one."""
    popen = subprocess.Popen
    monkeypatch.setattr(apart.subprocess, "Popen", lambda _, **options: popen([sys.executable, "-c", body], **options))


JOB = Job(programme="dprk", seed=1, as_of=None, cache="unused")
STEP = '{"type":"step","stage":"fit","chains":4,"done":1,"total":2,"divergences":0,"seconds_left":3.5}'


def test_progress_and_messages_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, f'print(\'{STEP}\'); print(\'{{"type":"said","message":"damaged"}}\')')
    steps, said = [], list[str]()
    compute_apart(JOB, steps.append, said.append)
    (step,) = steps
    assert (step.stage, step.chains, step.done, step.total, step.seconds_left) == ("fit", 4, 1, 2, 3.5)
    assert said == ["damaged"]


def test_what_the_fit_cannot_mend_is_raised_with_its_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, """print('{"type":"failed","message":"draws are not finite","hint":"look at the priors"}')""")
    with pytest.raises(FitError, match="draws are not finite") as raised:
        compute_apart(JOB, None, print)
    assert raised.value.hint == "look at the priors"


def test_a_full_disk_there_is_a_full_disk_here(monkeypatch: pytest.MonkeyPatch) -> None:
    full = '{"type":"no place","number":28,"message":"No space left on device","file":"/x/draws.nc"}'
    _child(monkeypatch, f"print('{full}')")
    with pytest.raises(OSError, match="No space left") as raised:
        compute_apart(JOB, None, print)
    assert (raised.value.errno, raised.value.filename) == (28, "/x/draws.nc")


def test_a_child_that_dies_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(FitError, match="ended with code -9"):
        compute_apart(JOB, None, print)


def test_a_listener_that_fails_stops_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    told = f"open({str(pid)!r}, 'w').write(str(os.getpid())); print('{STEP}', flush=True)"
    _child(monkeypatch, f"import os, time; {told}; time.sleep(600)")

    def fail(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compute_apart(JOB, fail, print)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
