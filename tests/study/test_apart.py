"""Processes of the fit and the what-ifs: what they tell arrives, what they cannot mend is raised, they stop."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tallystick.study import apart
from tallystick.study.apart import Ears, Job, beside, compute_apart
from tallystick.vocab.errors import FitError, RunError


def _child(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Let an invented child take the place of the real one; it is given the job as that is."""
    popen = subprocess.Popen

    def begun(command: list[str], **options: Any) -> Any:
        return popen([sys.executable, "-c", body, command[-1]], **options)

    monkeypatch.setattr(apart.subprocess, "Popen", begun)


JOB = Job(part="fit", programme="dprk", seed=1, as_of=None, cache="unused")
RUNS = Job(part="what-ifs", programme="dprk", seed=1, as_of=None, cache="unused")
DEAF = Ears(tell=print)
STEP = '{"type":"step","stage":"fit","chains":4,"done":1,"total":2,"divergences":0,"seconds_left":3.5}'


def test_progress_and_messages_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, f'print(\'{STEP}\'); print(\'{{"type":"said","message":"damaged"}}\')')
    steps, said = [], list[str]()
    compute_apart(JOB, Ears(tell=said.append, progress=steps.append))
    (step,) = steps
    assert (step.stage, step.chains, step.done, step.total, step.seconds_left) == ("fit", 4, 1, 2, 3.5)
    assert said == ["damaged"]


def test_the_number_of_cores_and_an_earlier_use_of_jax_do_not_reach_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sum over two threads has other last digits than over one, and a fit on them other draws."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    monkeypatch.setenv("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=true")
    found = "f\"{os.environ['OPENBLAS_NUM_THREADS']} {os.environ.get('XLA_FLAGS')}\""
    _child(monkeypatch, f"import json, os; print(json.dumps(dict(type='said', message={found})))")
    said = list[str]()
    compute_apart(JOB, Ears(tell=said.append))
    assert said == ["1 None"]


def test_what_the_child_logs_is_heard(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """As that numba is missing; in a notebook nobody sees what a child writes to stderr."""
    body = """
import logging, sys
from tallystick.study import apart

apart._compute = lambda job: logging.getLogger("tallystick.stocks.engines").warning("runs go through NumPy")
sys.exit(apart.main())
"""
    _child(monkeypatch, body)
    said = list[str]()
    compute_apart(RUNS, Ears(tell=said.append))
    assert said == ["runs go through NumPy"]
    assert capfd.readouterr().err == ""


def test_how_far_the_runs_are_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, """print('{"type":"ran","stage":"runs","done":500,"every":1000}')""")
    heard = list[tuple[str, int, int]]()
    compute_apart(RUNS, Ears(tell=print, running=lambda *far: heard.append(far)))
    assert heard == [("runs", 500, 1000)]


def test_what_a_run_cannot_mend_is_an_error_of_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, """print('{"type":"failed","message":"one.toml: is no TOML","hint":"mend that line"}')""")
    with pytest.raises(RunError, match=r"one.toml: is no TOML") as raised:
        compute_apart(RUNS, DEAF)
    assert raised.value.hint == "mend that line"


def test_what_is_said_after_a_fault_does_not_hide_it(monkeypatch: pytest.MonkeyPatch) -> None:
    failed, said = '{"type":"failed","message":"no room","hint":"make some"}', '{"type":"said","message":"left"}'
    _child(monkeypatch, f"print('{failed}'); print('{said}')")
    with pytest.raises(RunError, match="no room"):
        compute_apart(RUNS, Ears(tell=lambda _: None))


def test_a_process_of_runs_that_ends_badly_is_an_error_of_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "raise SystemExit(3)")
    with pytest.raises(RunError, match="the process of the what-ifs ended with code 3"):
        compute_apart(RUNS, DEAF)


def test_what_the_fit_cannot_mend_is_raised_with_its_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, """print('{"type":"failed","message":"draws are not finite","hint":"look at the priors"}')""")
    with pytest.raises(FitError, match="draws are not finite") as raised:
        compute_apart(JOB, DEAF)
    assert raised.value.hint == "look at the priors"


def test_a_full_disk_there_is_a_full_disk_here(monkeypatch: pytest.MonkeyPatch) -> None:
    full = '{"type":"no place","number":28,"message":"No space left on device","file":"/x/draws.nc"}'
    _child(monkeypatch, f"print('{full}')")
    with pytest.raises(OSError, match="No space left") as raised:
        compute_apart(JOB, DEAF)
    assert (raised.value.errno, raised.value.filename) == (28, "/x/draws.nc")


def test_a_child_that_dies_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(FitError, match="ended with code -9"):
        compute_apart(JOB, DEAF)


def test_a_listener_that_fails_stops_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    told = f"open({str(pid)!r}, 'w').write(str(os.getpid())); print('{STEP}', flush=True)"
    _child(monkeypatch, f"import os, time; {told}; time.sleep(600)")

    def fail(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compute_apart(JOB, Ears(tell=print, progress=fail))
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_child_that_hears_no_interrupt_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As where a script began all of it with `nohup ... &`."""
    pid = tmp_path / "pid"
    deaf = "import os, signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    told = f"open({str(pid)!r}, 'w').write(str(os.getpid())); print('{STEP}', flush=True)"
    _child(monkeypatch, f"{deaf}; {told}; time.sleep(600)")
    monkeypatch.setattr(apart, "PATIENCE", 0.1)

    def fail(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compute_apart(JOB, Ears(tell=print, progress=fail))
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_child_works_beside_and_is_heard_when_the_caller_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, """print('{"type":"failed","message":"no room","hint":"make some"}')""")
    done = list[str]()
    with pytest.raises(RunError, match="no room"), beside(Job(**_fields(RUNS) | {"part": "engines"}), DEAF):
        done.append("the fit")
    assert done == ["the fit"]


def test_a_caller_that_fails_stops_the_child_beside_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started, mark = tmp_path / "started", tmp_path / "stopped"
    body = f"""
import pathlib, time
try:
    pathlib.Path({str(started)!r}).touch()
    time.sleep(60)
except KeyboardInterrupt:
    pathlib.Path({str(mark)!r}).touch()
"""
    _child(monkeypatch, body)
    with pytest.raises(FitError, match="did not mix"), beside(RUNS, DEAF):
        _fail_once(started)
    assert mark.exists()


def _fail_once(started: Path) -> None:
    while not started.exists():
        time.sleep(0.01)
    raise FitError("did not mix", hint="another seed")


def _fields(job: Job) -> dict[str, Any]:
    return msgspec.structs.asdict(job)
