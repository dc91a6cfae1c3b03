"""The standard library's `sqlite3`, as far as it is used, over a build of SQLite whose files can be made to fail.

What is derived is opened by `sqlite3.connect`, which knows no such files. This stands in its place: the same calls, and
of a failure the same class of error that `sqlite3` would raise.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

AS_DATABASE_ERROR = (apsw.CorruptError, apsw.NotADBError)
AS_INTEGRITY_ERROR = (apsw.ConstraintError,)


@contextmanager
def as_sqlite3() -> Iterator[None]:
    """Raise what `sqlite3` would."""
    try:
        yield
    except AS_DATABASE_ERROR as error:
        raise sqlite3.DatabaseError(str(error)) from error
    except AS_INTEGRITY_ERROR as error:
        raise sqlite3.IntegrityError(str(error)) from error
    except apsw.Error as error:
        raise sqlite3.OperationalError(str(error)) from error


class Rows:
    """What a statement gave."""

    def __init__(self, rows: Iterator[Any], rowcount: int, lastrowid: int) -> None:
        self._rows, self.rowcount, self.lastrowid = rows, rowcount, lastrowid

    def __iter__(self) -> Iterator[Any]:
        with as_sqlite3():
            yield from self._rows

    def fetchall(self) -> list[Any]:
        return list(self)

    def fetchone(self) -> Any:
        return next(iter(self), None)


class Other:
    """A connection."""

    def __init__(self, at: apsw.Connection) -> None:
        self._at = at

    @property
    def in_transaction(self) -> bool:
        return bool(self._at.in_transaction)

    def execute(self, statement: str, bindings: Sequence[Any] = ()) -> Rows:
        with as_sqlite3():
            before = self._at.total_changes()
            rows = self._at.execute(statement, tuple(bindings))
            return Rows(rows, self._at.total_changes() - before, self._at.last_insert_rowid())

    def executemany(self, statement: str, bindings: Iterable[Sequence[Any]]) -> None:
        with as_sqlite3():
            self._at.executemany(statement, bindings)

    def executescript(self, statements: str) -> None:
        self.execute(statements)

    def close(self) -> None:
        with suppress(apsw.Error):  # as `sqlite3`, which hears of no checkpoint that failed meanwhile
            self._at.close()


@contextmanager
def failing_below(folder: Path, connect: Callable[[Path], apsw.Connection]) -> Iterator[None]:
    """Let files in that folder be opened by `connect` wherever `sqlite3.connect` is asked to."""
    usual = sqlite3.connect

    def either(file: Any, **how: Any) -> Any:
        if not Path(file).is_relative_to(folder):
            return usual(file, **how)
        with as_sqlite3():
            return Other(connect(Path(file)))

    with patch.object(sqlite3, "connect", either):
        yield
