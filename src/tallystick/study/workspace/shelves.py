"""Records kept by name in a file of their own, so that a workspace's state need not be in memory whole.

    Shelf   records of one kind in an SQLite table; what was changed is written at the next `flush`
    Veil    records in memory laid over others: what only who holds a key may see never reaches the file

Both are mappings, and so is the plain dict that stands in for them where a state is worked out in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, MutableMapping
from hashlib import blake2b
from typing import Any, Final, Generic, TypeVar

import msgspec

from tallystick.vocab.errors import EvidenceError

T = TypeVar("T")
PAGE: Final = 500  # records fetched by one statement
DAMAGED: Final = "`tallystick verify DIR --rebuild` works it out again from the ledger"


class DamagedError(EvidenceError):
    """A file that is derived from the ledger does not hold what was written to it."""


class Shelf(MutableMapping[str, T], Generic[T]):
    """Records of one kind by name, in the order in which they were first put there."""

    def __init__(self, file: sqlite3.Connection, table: str, kind: Any) -> None:
        self._at, self._table = file, table
        self._read, self._written = msgspec.msgpack.Decoder(kind), msgspec.msgpack.Encoder()
        self._changed: dict[str, T] = {}
        self._do(
            f"create table if not exists {table} (number integer primary key, name text not null unique, body blob)"
        )

    def __getitem__(self, name: str) -> T:
        if name in self._changed:
            return self._changed[name]
        row = self._do(f"select body from {self._table} where name = ?", name).fetchone()
        if row is None:
            raise KeyError(name)
        try:
            record: T = self._read.decode(row[0])
        except (msgspec.MsgspecError, TypeError) as error:
            raise DamagedError(f"is no record: {error}", file=self._table, field=name, hint=DAMAGED) from error
        return record

    def __setitem__(self, name: str, record: T) -> None:
        self._changed[name] = record

    def __delitem__(self, name: str) -> None:
        gone = self._do(f"delete from {self._table} where name = ?", name).rowcount
        if self._changed.pop(name, None) is None and not gone:
            raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in self._changed or self._is_written(name)

    def __iter__(self) -> Iterator[str]:
        """Names; what is changed meanwhile may be among them or not."""
        new, last = dict.fromkeys(self._changed), -1
        statement = f"select number, name from {self._table} where number > ? order by number limit {PAGE}"
        while rows := self._do(statement, last).fetchall():
            for _, name in rows:
                new.pop(name, None)
                yield name
            last = rows[-1][0]
        yield from new

    def __len__(self) -> int:
        (count,) = self._do(f"select count(*) from {self._table}").fetchone()
        return int(count) + sum(not self._is_written(name) for name in self._changed)

    def __bool__(self) -> bool:
        return bool(self._changed) or self._do(f"select 1 from {self._table} limit 1").fetchone() is not None

    def hashes(self) -> Iterator[tuple[str, bytes]]:
        """Each name, with a hash of its record as it is kept."""
        for name, body in self._do(f"select name, body from {self._table}"):
            yield name, blake2b(body, digest_size=8).digest()

    def flush(self) -> None:
        """Write what was changed, within the transaction of who asks."""
        for name, record in self._changed.items():
            self._do(
                f"insert into {self._table} (name, body) values (?, ?) on conflict (name) "
                "do update set body = excluded.body",
                name,
                self._written.encode(record),
            )
        self._changed.clear()

    def forget(self) -> None:
        """Drop what was changed and not written."""
        self._changed.clear()

    def empty(self) -> None:
        """Drop all of it."""
        self.forget()
        self._do(f"delete from {self._table}")

    def _is_written(self, name: object) -> bool:
        return self._do(f"select 1 from {self._table} where name = ?", name).fetchone() is not None

    def _do(self, statement: str, *bindings: object) -> sqlite3.Cursor:
        try:
            return self._at.execute(statement, bindings)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise DamagedError(f"cannot be read ({error})", file=self._table, hint=DAMAGED) from error


class Veil(MutableMapping[str, T], Generic[T]):
    """Records in memory over those of `below`, which stays as it is."""

    def __init__(self, below: MutableMapping[str, T]) -> None:
        self.below = below
        self.front: dict[str, T] = {}
        self._hidden: set[str] = set()

    def __getitem__(self, name: str) -> T:
        if name in self.front:
            return self.front[name]
        if name in self._hidden:
            raise KeyError(name)
        return self.below[name]

    def __setitem__(self, name: str, record: T) -> None:
        self.front[name] = record

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.front.pop(name, None)
        self._hidden.add(name)

    def __contains__(self, name: object) -> bool:
        return name in self.front or (name not in self._hidden and name in self.below)

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self.below if name not in self.front and name not in self._hidden)
        yield from self.front

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def hide(self, name: str) -> None:
        """Let `name` be gone here, whatever lies below."""
        self.front.pop(name, None)
        self._hidden.add(name)
