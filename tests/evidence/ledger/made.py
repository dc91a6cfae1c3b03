"""Ledgers for tests: with a clock that stands and bytes that are always the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tallystick.evidence.ledger.engine import STANDARD, Engine
from tallystick.evidence.ledger.store import Ledger

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def noon() -> datetime:
    """A clock that stands."""
    return NOON


def tokens(seed: str) -> Callable[[int], bytes]:
    """Bytes that look random and are the same in each run."""
    count = iter(range(1 << 30))
    return lambda length: sha256(f"{seed} {next(count)}".encode()).digest()[:length]


def made(folder: Path, name: str = "ana", *, engine: Engine = STANDARD) -> Ledger:
    """A new ledger of somebody."""
    genesis = {"workspace": name}
    return Ledger.create(
        folder / f"{name}.sqlite", by=name, now=noon, token=tokens(name), genesis=genesis, engine=engine
    )


def opened(folder: Path, name: str = "ana", again: str = "again") -> Ledger:
    """The same ledger, to be added to."""
    return Ledger.open(folder / f"{name}.sqlite", now=noon, token=tokens(f"{name} {again}"))


def files(folder: Path) -> bytes:
    """All bytes of all files in a folder."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
