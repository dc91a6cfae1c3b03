"""Promise: setup names what is missing, does nothing twice, and installs nothing that the lock does not pin."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

FILES = ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "tools/setup")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What setup reads, in a folder of its own."""
    (tmp_path / "tools").mkdir()
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def _setup(clone: Path, kind: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(clone / "tools" / "setup"), kind]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


def _script(file: Path, body: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return file


def _wanted(clone: Path, lock: str) -> str:
    """The stamp of an installation: the hash of what it was made from."""
    parts = [(clone / name).read_bytes() for name in (lock, "pyproject.toml", "tools/setup")]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def test_an_old_python_is_refused_with_a_way_out(clone: Path) -> None:
    old = _script(clone / "python3.9", "exit 1")  # what `sys.exit(sys.version_info < (3, 11))` does there
    done = _setup(clone, "run", PYTHON=str(old))
    assert done.returncode == 1
    assert "error: Tallystick needs Python 3.11 or newer" in done.stderr
    assert "hint: " in done.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize(("kind", "lock"), [("run", "requirements.lock"), ("dev", "requirements-dev.lock")])
def test_what_is_installed_already_is_left_alone(clone: Path, kind: str, lock: str) -> None:
    log = clone / "log"
    _script(clone / ".venv" / "bin" / "python", f'echo "$@" >> {log}; exec {sys.executable} "$@"')
    (clone / ".venv" / f"{kind}.stamp").write_text(_wanted(clone, lock) + "\n")
    assert _setup(clone, kind).returncode == 0
    assert "pip" not in log.read_text()


def test_a_changed_lock_is_installed_by_hash_and_never_compiled(clone: Path) -> None:
    log = clone / "log"
    _script(
        clone / ".venv" / "bin" / "python",
        f'case "$*" in *"-m "*) echo "$@" >> {log};; *) exec {sys.executable} "$@";; esac',
    )
    (clone / ".venv" / "run.stamp").write_text("of another lock\n")
    assert _setup(clone, "run").returncode == 0
    first, second, *_ = log.read_text().splitlines()
    assert "--require-hashes --only-binary :all:" in first
    assert "-r requirements.lock" in first
    assert "--no-deps" in second
    assert (clone / ".venv" / "run.stamp").read_text() == _wanted(clone, "requirements.lock") + "\n"


def test_what_fails_halfway_is_not_taken_for_done(clone: Path) -> None:
    _script(
        clone / ".venv" / "bin" / "python", f'case "$*" in *"-m pip"*) exit 7;; *) exec {sys.executable} "$@";; esac'
    )
    (clone / ".venv" / "run.stamp").write_text("of another lock\n")
    assert _setup(clone, "run").returncode == 7
    assert not (clone / ".venv" / "run.stamp").exists()
