"""What the ledger asks of a library for SQLite, and what it makes of that library's errors.

The standard library's `sqlite3` is the one that is used. Another is for proofs: one whose files can be made to fail.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from tallystick.evidence.faults import printable
from tallystick.evidence.ledger.errors import LedgerError

PATIENCE: Final = 30  # seconds to wait for another process that is writing

# What SQLite says, what is said instead, and the way out. The first that fits counts.
ANSWERS: Final = (
    (
        "locked",
        f"another process has been writing to it for {PATIENCE} seconds",
        "wait until the other command has ended, then repeat this one: what it had confirmed is kept",
    ),
    (
        "full",
        "there is no room left to write",
        "make room on that disk and repeat the command: what it had confirmed is kept",
    ),
    (
        "readonly",
        "nothing may be written there, and reading a ledger needs a lock beside it",
        "allow writing in its folder, or copy the whole folder to a place where you may write",
    ),
    (
        "unable to open",
        "cannot be opened or made there",
        "look whether its folder exists and may be written to by you",
    ),
    (
        "not a database",
        "is no ledger: it is not an SQLite file, or its beginning was overwritten",
        "name a ledger that `tallystick init` made, or take this one from a copy",
    ),
    (
        "malformed",
        "is damaged: it was cut short or written to by something else",
        "take the ledger from a copy, or import the last `tallystick export --to ledger` into a new workspace",
    ),
    (
        "i/o",
        "the disk failed to read or write",
        "look at the disk (dmesg says more), then repeat the command: what it had confirmed is kept",
    ),
)  # fmt: skip
OTHER = "take the ledger from a copy; `tallystick verify` says whether what is left of it holds"


class Cursor(Protocol):
    """Rows that a statement gives."""

    def fetchall(self) -> list[Any]: ...

    def fetchone(self) -> Any: ...


class Connection(Protocol):
    """An open SQLite file that begins and ends no transaction by itself."""

    @property
    def in_transaction(self) -> bool: ...

    def execute(self, statement: str, bindings: Sequence[Any] = ..., /) -> Cursor: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A library for SQLite: how it opens a file, making it where there is none, and the root of its errors."""

    connect: Callable[[Path], Connection]
    error: type[Exception]


def _standard(file: Path) -> Connection:
    return sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)


STANDARD: Final = Engine(connect=_standard, error=sqlite3.Error)


@contextmanager
def telling(engine: Engine, file: Path) -> Iterator[None]:
    """Say what a failed statement means for who asked, and the way out."""
    try:
        yield
    except UnicodeDecodeError as error:  # what SQLite says repeats bytes of the file
        raise _told("malformed", file) from error
    except (engine.error, OverflowError) as error:
        raise _told(str(error), file) from error


def _told(said: str, file: Path) -> LedgerError:
    text = said.lower()
    for sign, problem, hint in ANSWERS:
        if sign in text:
            return LedgerError(problem, file=file.name, hint=hint)
    return LedgerError(f"SQLite says: {printable(said)}", file=file.name, hint=OTHER)
