"""What every test shares: no skipping in CI, steady Hypothesis, one fit for all who need the real one."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tallystick.study.study import Study

CACHE = "TALLYSTICK_CACHE"  # names the folder of the cache
WARM = "TALLYSTICK_TEST_CACHE"  # a cache to start from, so that who writes tests need not wait for the fit each time
pytest_plugins = ["pytester"]
CI = bool(os.environ.get("CI"))
# A loaded machine makes any deadline fail now and then; CI draws the same examples each time.
settings.register_profile("tallystick", deadline=None, derandomize=CI)
settings.load_profile("tallystick")


def _fail_when_skipped(report: Any) -> None:
    """In CI a test that did not run has not passed."""
    if CI and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped in CI: {report.longrepr}"


def pytest_configure() -> None:
    """In CI the fit is made, not found: a warm cache would hide what the code now gives. Children hear Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as under `make test &` of a script
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if CI and os.environ.get(WARM):
        raise pytest.UsageError(f"{WARM} is set in CI")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    _fail_when_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    _fail_when_skipped(report)
    return report


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Let one test process pass, the others wait: they would all compute the same."""
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run see, and no other run does."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def cache_folder(shared_folder: Path) -> Path:
    """The cache of this run of the tests: empty at first, unless a warm one is named."""
    return Path(os.environ.get(WARM) or shared_folder / "cache")


@pytest.fixture(scope="session")
def study(shared_folder: Path, cache_folder: Path) -> Study:
    """The real study of the programme that ships, fitted once per run of the tests.

    The fit runs in a process of its own, as a user's does: here other tests may have set JAX up in their way.
    """
    from tallystick.study.study import Study

    with one_at_a_time(shared_folder / "fit.lock"):
        if not (shared_folder / "brief").exists():
            tallystick("brief", "-o", str(shared_folder / "brief"), cache=cache_folder)
    return Study(cache=cache_folder)


def tallystick(*arguments: str, cache: Path) -> str:
    """Run the command in a process of its own, told to use two threads (`test_repeat`); what it wrote to stdout."""
    environment = os.environ | {CACHE: str(cache), "OPENBLAS_NUM_THREADS": "2"}
    command = [sys.executable, "-m", "tallystick", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def brief_folder(study: Study, shared_folder: Path) -> Path:  # noqa: ARG001  # the study comes first, and writes it
    """The real brief, written once per run of the tests. Read it; do not change it."""
    return shared_folder / "brief"
