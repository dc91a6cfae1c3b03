"""Single changes of a ledger's file, at random: any row edited, deleted, inserted, swapped, duplicated or reordered.

Whoever makes them may write SQL without foreign keys. One change is one row, one swapped pair, or one entry with its
hash worked out anew. The end of one's own chain can be cut off cleanly, and entries can be added to it, by whoever may
write to it: those are no changes of what is past, and are for a printed head to find.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tallystick.evidence.ledger.entry import Entry, hash_of
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.held import COLUMNS, bare_entry
from tallystick.evidence.ledger.store import Ledger
from tests.torture.appender import add_batch
from tests.torture.failed_writes import tokens

Connection = sqlite3.Connection
Mutation = Callable[[Connection, random.Random], None]
TABLES = {
    "entry": ("chain", "number", "previous", "at", "by", "kind", "subject", "commitment", "hash"),
    "content": ("hash", "salt", "body"),
    "ledger": ("key", "value"),
}
WEIGHTS = {"entry": 5, "content": 4, "ledger": 1}


@dataclass(slots=True)
class Found:
    """How many changes of each kind were made, and those that nobody saw."""

    made: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def planted(folder: Path) -> Path:
    """The ledger that is changed: three people who merged each other's, and erased some of it."""
    names = ("ana", "bek", "cho")
    ledgers = {name: _person(folder, name) for name in names}
    for giver, taker in (("bek", "ana"), ("ana", "bek"), ("cho", "ana"), ("bek", "ana")):
        ledgers[giver].export(file := folder / f"{giver}.jsonl")
        ledgers[taker].merge(file, by=taker)
        add_batch(ledgers[taker], f"{taker} after {giver}", by=taker)
    for ledger in ledgers.values():
        ledger.close()
    return folder / "ana.sqlite"


def _person(folder: Path, name: str) -> Ledger:
    clock = iter(range(1 << 30))
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    ledger = Ledger.create(
        folder / f"{name}.sqlite",
        by=name,
        now=lambda: start + timedelta(minutes=next(clock)),
        token=tokens(name),
        genesis={"workspace": name},
    )
    for number in range(6):
        document = add_batch(ledger, f"{name} {number}", by=name)
        ledger.append("review", document, {"verdict": "accept", "number": number}, name)
        if number in (2, 4):
            ledger.erase([document], why="asked to", by=name)
    return ledger


def mutate(folder: Path, *, count: int, seed: int, mutations: dict[str, Mutation] | None = None) -> Found:
    """Change the planted ledger so many times, each time from the start, and look whether it is found."""
    path, found, chance = planted(folder), Found(), random.Random(seed)
    kinds = MUTATIONS if mutations is None else mutations
    before = _dump(path)
    while found.made.total() < count:
        kind = chance.choice(sorted(kinds))
        shutil.copyfile(path, changed := folder / "changed.sqlite")
        with closing(sqlite3.connect(changed, isolation_level=None)) as connection:
            try:
                kinds[kind](connection, chance)
            except sqlite3.IntegrityError:
                continue  # the tables do not even allow it
        if _dump(changed) == before:
            continue
        found.made[kind] += 1
        if not is_found(changed):
            found.missed.append(f"{kind}: {sorted(_dump(changed) ^ before, key=str)}")
    return found


def is_found(path: Path) -> bool:
    """Whether the ledger is refused, or `verify` names something."""
    try:
        with Ledger.open(path) as ledger:
            return bool(ledger.verify())
    except LedgerError:
        return True


def _dump(path: Path) -> set[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return {(table, *row) for table in TABLES for row in connection.execute(f"SELECT * FROM {table}")}


def _table(chance: random.Random) -> str:
    return chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]


def _rowids(connection: Connection, table: str) -> list[int]:
    return [row for (row,) in connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]


def _value(connection: Connection, table: str, column: str, row: int) -> Any:
    return connection.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', (row,)).fetchone()[0]


def _set(connection: Connection, table: str, column: str, row: int, value: Any) -> None:
    connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', (value, row))


def _other(value: Any, chance: random.Random) -> Any:
    """Another value of its kind, as near as one sign, bit or step."""
    if isinstance(value, int):
        return value + chance.choice([-1, 1, chance.randint(2, 99)])
    if not value:
        return value + (b"x" if isinstance(value, bytes) else "x")
    at = chance.randrange(len(value))
    if isinstance(value, bytes):
        return value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]
    sign = chance.choice([one for one in "0123456789abcdefxyz" if one != value[at]])
    return value[:at] + chance.choice([sign, "", sign + value[at]]) + value[at + 1 :]


def edit(connection: Connection, chance: random.Random) -> None:
    """Any cell of any table."""
    table = _table(chance)
    row, column = chance.choice(_rowids(connection, table)), chance.choice(TABLES[table])
    _set(connection, table, column, row, _other(_value(connection, table, column, row), chance))


def delete(connection: Connection, chance: random.Random) -> None:
    table = _table(chance)
    connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (chance.choice(_rowids(connection, table)),))


def insert(connection: Connection, chance: random.Random) -> None:
    """A row like another, each cell of which may be changed."""
    table = _table(chance)
    row = chance.choice(_rowids(connection, table))
    values = [_value(connection, table, column, row) for column in TABLES[table]]
    values = [_other(value, chance) if chance.random() < 0.7 else value for value in values]
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def swap(connection: Connection, chance: random.Random) -> None:
    """One cell of two rows, or all that two entries say."""
    table = chance.choice(["entry", "content"])
    one, other = chance.sample(_rowids(connection, table), 2)
    column = chance.choice(TABLES[table])
    _exchange(connection, table, column, one, other)


def _exchange(connection: Connection, table: str, column: str, one: int, other: int) -> None:
    first, second = (_value(connection, table, column, row) for row in (one, other))
    _set(connection, table, column, one, _away(first))
    _set(connection, table, column, other, first)
    _set(connection, table, column, one, second)


def _away(value: Any) -> Any:
    """A value that stands nowhere, so that two can change places where no two may be equal."""
    return -value if isinstance(value, int) else value + (b"-" if isinstance(value, bytes) else "-")


def duplicate(connection: Connection, chance: random.Random) -> None:
    """An entry again, with its content: under the next number, hashed as it must be, where a chain may be added to."""
    entry = chance.choice(_entries(connection))
    end = max((one for one in _entries(connection) if one.chain == entry.chain), key=lambda one: one.number)
    again = _hashed(entry, number=end.number + 1, previous=chance.choice([end.hash, entry.previous]))
    _insert(connection, again)


def reorder(connection: Connection, chance: random.Random) -> None:
    """Two entries of one chain change their numbers; or their places whole, all but the chain."""
    entries = _entries(connection)
    one, other = chance.sample(range(len(entries)), 2)
    columns = chance.choice([("number",), ("number", "previous"), ("number", "previous", "at"), ("at",)])
    rows = [_row_of(connection, entries[each]) for each in (one, other)]
    for column in columns:
        _exchange(connection, "entry", column, *rows)


def rewrite(connection: Connection, chance: random.Random) -> None:
    """A past entry says something else, and its hash is worked out anew and its content moved along."""
    entries = _entries(connection)
    ends = {chain: max(one.number for one in entries if one.chain == chain) for chain in {one.chain for one in entries}}
    entry = chance.choice([one for one in entries if one.number < ends[one.chain]])
    column = chance.choice(["at", "by", "kind", "subject", "commitment", "previous"])
    new = _hashed(entry, **{column: _other(getattr(entry, column), chance)})
    row = _row_of(connection, entry)
    for each in TABLES["entry"]:
        _set(connection, "entry", each, row, getattr(new, each))
    connection.execute("UPDATE content SET hash = ? WHERE hash = ?", (new.hash, entry.hash))


def restore(connection: Connection, chance: random.Random) -> None:
    """Something is put where content was erased."""
    gone = connection.execute("SELECT hash FROM entry WHERE hash NOT IN (SELECT hash FROM content)").fetchall()
    salt, body = connection.execute("SELECT salt, body FROM content ORDER BY hash LIMIT 1").fetchone()
    connection.execute("INSERT INTO content VALUES (?, ?, ?)", (chance.choice(gone)[0], salt, body))


MUTATIONS: dict[str, Mutation] = {
    "edit": edit,
    "delete": delete,
    "insert": insert,
    "swap": swap,
    "duplicate": duplicate,
    "reorder": reorder,
    "rewrite": rewrite,
    "restore": restore,
}


def _entries(connection: Connection) -> list[Entry]:
    return [bare_entry(row) for row in connection.execute(f"SELECT {COLUMNS} FROM entry ORDER BY chain, number")]


def _row_of(connection: Connection, entry: Entry) -> int:
    return int(connection.execute("SELECT rowid FROM entry WHERE hash = ?", (entry.hash,)).fetchone()[0])


def _hashed(entry: Entry, **changed: Any) -> Entry:
    new = replace(entry, **changed)
    return replace(new, hash=hash_of(new))


def _insert(connection: Connection, entry: Entry) -> None:
    values = [getattr(entry, column) for column in TABLES["entry"]]
    connection.execute(f"INSERT INTO entry VALUES ({', '.join('?' * len(values))})", values)
