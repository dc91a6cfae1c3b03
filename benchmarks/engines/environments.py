"""The environment of each library: made once from its file of hashes, and again when that file changes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.engines.entries import OURS

ROOT = Path(__file__).resolve().parents[2]
LOCKS = Path(__file__).parent / "locks"
FOLDER = ROOT / "build" / "engines"  # git ignores it, and `make clean` removes it
STAMP = "installed.stamp"


class NotInstalled(Exception):
    """An environment could not be made; its text says why."""


def python_of(environment: str) -> Path:
    """The Python of an environment, which is made now where it is not there."""
    if environment == OURS:
        return Path(sys.executable)
    folder, lock = FOLDER / environment, LOCKS / f"{environment}.txt"
    want = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()
    stamp = folder / STAMP
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == want):
        _make(environment, folder, lock)
        stamp.write_text(want, encoding="utf-8")
    return folder / "bin" / "python"


def _make(environment: str, folder: Path, lock: Path) -> None:
    sys.stderr.write(f"engines: installing {environment}\n")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        _fill(folder, lock)
    except BaseException:  # also when interrupted: half an environment is none
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _fill(folder: Path, lock: Path) -> None:
    _run([sys.executable, "-m", "venv", str(folder)])
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    # The lock holds all that is needed, so nothing is resolved; wheels only, so that no stranger's code runs now.
    _run([*pip, "--no-deps", "--require-hashes", "--only-binary", ":all:", "--compile", "-r", str(lock)])


def _run(command: list[str]) -> None:
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(command, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise NotInstalled(in_short(done.stdout))


def in_short(said: str) -> str:
    """The last line of an error, without addresses or paths: pages say nothing about the machine."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower()] or lines or ["it said nothing"]
    return re.sub(r"\S*(?:://|/)\S*", "...", errors[-1])[:200]
