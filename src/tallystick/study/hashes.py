"""Hashes that name what a run depends on: files, source code, settings, the machine's kind."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import msgspec

PACKAGE = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).resolve().parent / "requirements.lock"  # the file at the top of the repository, linked here
SAMPLING = ("jax", "jaxlib", "numpyro", "numpy", "scipy", "arviz", "xarray")  # what can move a draw or its summary
SMOOTHING = ("statsmodels",)  # what moves plain forecasts, too
FORECASTING = ("calibrate", "evidence", "forecasts", "reconcile", "stocks", "vocab")  # whose code can move a forecast
CPUINFO = Path("/proc/cpuinfo")
WIDEST = ("avx512f", "avx2")  # sets of instructions by which sums are made, the wider first


def sha256_of(file: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def hash_of(value: object) -> str:
    """SHA-256 of a value's JSON with sorted keys: equal values, equal hash."""
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()


def code_hash(packages: Iterable[str]) -> str:
    """SHA-256 over every file of these packages of ours, templates and fonts too: a changed line is another run."""
    found = [file for package in packages for file in sorted((PACKAGE / package).rglob("*"))]
    files = [file for file in found if file.is_file() and "__pycache__" not in file.parts]
    return hash_of([(file.relative_to(PACKAGE).as_posix(), sha256_of(file)) for file in files])


def lock_hash() -> str:
    """SHA-256 of the lock file that this code is meant to run with."""
    return sha256_of(LOCK)


def library_versions(*more: str) -> dict[str, str]:
    """Those of SAMPLING, and `more`, that are really installed: a lock file does not prove what runs."""
    return {name: version(name) for name in (*SAMPLING, *more)}


def forecasting_versions() -> dict[str, str]:
    """Those of all that can move a forecast: plain ones are smoothed by a library of their own."""
    return library_versions(*SMOOTHING)


def processor_family(told: Path = CPUINFO) -> str:
    """The kind of processor; bytes are promised equal only within one.

    `told` is where Linux tells of its processors; where there is none, the rest is what Python knows.
    """
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {_family(told) if told.exists() else platform.processor() or 'unknown'}"


def _family(told: Path) -> str:
    """Vendor, family, and the widest instructions, by which OpenBLAS and XLA choose the order in which they add."""
    pairs = [line.split(":", 1) for line in told.read_text(encoding="utf-8").splitlines() if ":" in line]
    facts = {name.strip(): value.strip() for name, value in reversed(pairs)}  # reversed: the first core wins
    kind = f"{facts.get('vendor_id', 'unknown')} family {facts.get('cpu family', 'unknown')}"
    return ", ".join([kind, *(name for name in WIDEST if name in facts.get("flags", "").split())][:2])
