"""The tables of a ledger's file: how they are made, and how it is known that a file has them as they were made.

A workspace may keep further tables in the same file; nothing here reads them.
"""

from __future__ import annotations

from typing import Final

from tallystick.evidence.ledger.engine import PATIENCE, Connection

MARK: Final = 0x54616C6C  # "Tall", the application id in the file's header
VERSION: Final = 1
OWN, UNSCRUBBED = "own", "unscrubbed"  # keys of the table `ledger`
TABLES: Final = {
    # own         the chain that this ledger adds to
    # unscrubbed  there while erased content may still lie in unused pages of the file
    "ledger": "CREATE TABLE ledger (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "entry": """CREATE TABLE entry (
    chain TEXT NOT NULL,
    number INTEGER NOT NULL,
    previous TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    "commitment" TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    UNIQUE (chain, number)
) STRICT""",
    "content": """CREATE TABLE content (
    hash TEXT NOT NULL PRIMARY KEY REFERENCES entry (hash),
    salt BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT""",
    "entry_order": "CREATE INDEX entry_order ON entry (at, hash)",
    "entry_subject": "CREATE INDEX entry_subject ON entry (subject)",
    "entry_kept": "CREATE INDEX entry_kept ON entry (kind) WHERE kind IN ('genesis', 'erase', 'merge')",
}
SETTINGS: Final = (
    f"PRAGMA busy_timeout = {PATIENCE * 1000}",  # milliseconds
    "PRAGMA trusted_schema = OFF",  # a file from elsewhere runs nothing here
    "PRAGMA cell_size_check = ON",  # a damaged page is refused, not read past
    "PRAGMA temp_store = MEMORY",  # nothing of it lies in a temporary file
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # a commit is on the disk before it is told
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten with zeros
)


def set_up(connection: Connection) -> None:
    """What holds for a connection and is not kept in the file."""
    for setting in SETTINGS:
        connection.execute(setting).fetchall()


def make_tables(connection: Connection) -> None:
    """The tables, within the transaction that also writes the first entry."""
    connection.execute(f"PRAGMA application_id = {MARK}").fetchall()
    connection.execute(f"PRAGMA user_version = {VERSION}").fetchall()
    for statement in TABLES.values():
        connection.execute(statement).fetchall()


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever made in the file: it is new, or its making was cut off."""
    return connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is None


def problem_with(connection: Connection) -> tuple[str, str] | None:
    """Why the file is no ledger that this code reads, and the way out; None where it is one."""
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if is_empty(connection):
        return "holds nothing: its making was cut off, or it is no ledger", "make it again with `tallystick init`"
    if mark != MARK:
        return "is an SQLite file, but no ledger", "name a ledger that `tallystick init` made"
    if version != VERSION:
        whose = "a newer" if version > VERSION else "another"
        return (
            f"was written by {whose} Tallystick (version {version} of the tables)",
            f"use that Tallystick; this one knows version {VERSION}",
        )
    return _other_tables(connection)


def _other_tables(connection: Connection) -> tuple[str, str] | None:
    """Tables, indexes, views or triggers that are not as they were made."""
    rows = connection.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    ours = {(name, sql) for name, table, sql in rows if name in TABLES or table in TABLES}
    for name, _ in sorted(ours ^ set(TABLES.items())):
        return f"its table, index or trigger {name} is not as Tallystick makes it", "take the ledger from a copy"
    return None
