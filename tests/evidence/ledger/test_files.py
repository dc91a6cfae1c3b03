"""Promise: a file that is no ledger, or no longer one, is named with what was found and the way out."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tallystick.evidence.ledger import engine, schema
from tallystick.evidence.ledger.engine import Engine
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.store import Ledger
from tests.evidence.ledger.made import made, opened


def _sql(*statements: str) -> Callable[[Path], None]:
    def run(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return run


def _text(file: Path) -> None:
    file.write_text("Day, place, number\n" * 100, encoding="utf-8")


def _no_text(file: Path) -> None:
    """Found by fuzzing: SQLite's own message then holds bytes that are no text."""
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE entry", b"CREATE TABLE ent\xfb("))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize(
    ("damage", "problem", "hint"),
    [
        (Path.unlink, "there is no such file", "tallystick init"),
        (lambda file: (file.unlink(), file.mkdir()), "is a folder", "tallystick init"),
        (lambda file: file.write_bytes(b""), "holds nothing: its making was cut off", "make it again"),
        (_text, "is no ledger: it is not an SQLite file", "take this one from a copy"),
        (_cut, "is damaged: it was cut short", "take the ledger from a copy"),
        (_no_text, "is damaged", "take the ledger from a copy"),
        (_sql("PRAGMA application_id = 1"), "is an SQLite file, but no ledger", "tallystick init"),
        (_sql("PRAGMA user_version = 9"), r"written by a newer Tallystick \(version 9", "use that Tallystick"),
        (_sql("PRAGMA user_version = 0"), "written by another Tallystick", "this one knows version 1"),
        (_sql("DROP INDEX entry_order"), "entry_order is not as Tallystick makes it", "from a copy"),
        (_sql("ALTER TABLE content ADD COLUMN more TEXT"), "content is not as Tallystick makes it", "from a copy"),
        (
            _sql("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM content; END"),
            "trigger t is not as Tallystick makes it",
            "from a copy",
        ),
        (_sql("DELETE FROM ledger"), "names no chain as its own", "tallystick verify"),
        (_sql("UPDATE ledger SET value = 'x'"), "holds no entry of its own chain x", "tallystick verify"),
    ],
)
def test_what_is_no_ledger_is_named_with_a_way_out(
    damage: Callable[[Path], Any], problem: str, hint: str, tmp_path: Path
) -> None:
    made(tmp_path).close()
    damage(tmp_path / "ana.sqlite")
    with pytest.raises(LedgerError, match=rf"^ana\.sqlite: .*{problem}") as told:
        opened(tmp_path)
    assert hint in told.value.hint


def test_a_workspace_may_keep_other_tables_in_the_file(tmp_path: Path) -> None:
    made(tmp_path).close()
    _sql("CREATE TABLE derived (x)", "CREATE TRIGGER t AFTER INSERT ON derived BEGIN SELECT 1; END")(
        tmp_path / "ana.sqlite"
    )
    with opened(tmp_path) as ledger:
        assert ledger.verify() == ()


def test_content_in_another_spelling_is_named_when_it_is_read(tmp_path: Path) -> None:
    made(tmp_path).close()
    _sql("""UPDATE content SET body = CAST('{"a": 1}' AS BLOB)""")(tmp_path / "ana.sqlite")
    with (
        opened(tmp_path) as ledger,
        pytest.raises(LedgerError, match=r"entry 1 of chain .*: its content is not in canon"),
    ):
        list(ledger.entries())


def test_a_ledger_is_not_made_where_nothing_can_be(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"ana\.sqlite: cannot be made: No such file or directory") as told:
        made(tmp_path / "nowhere")
    assert "may be written to by you" in told.value.hint


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("database is locked", "another process has been writing to it for 30 seconds"),
        ("database or disk is full", "there is no room left to write"),
        ("attempt to write a readonly database", "nothing may be written there"),
        ("unable to open database file", "cannot be opened or made there"),
        ("disk I/O error", "the disk failed to read or write"),
        ("database disk image is malformed", "is damaged"),
        ("file is not a database", "is no ledger"),
        ("some\x1bthing else", r"SQLite says: some\\u001bthing else"),
    ],
)
def test_what_sqlite_says_is_told_in_words_with_a_way_out(said: str, problem: str, tmp_path: Path) -> None:
    def fail(_: Path) -> engine.Connection:
        raise sqlite3.OperationalError(said)

    with pytest.raises(LedgerError, match=rf"^ana\.sqlite: {problem}") as told:
        made(tmp_path, engine=Engine(connect=fail, error=sqlite3.Error))
    assert told.value.hint


def test_who_waits_too_long_for_another_writer_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path).close()
    at_once = tuple(one for one in schema.SETTINGS if "busy_timeout" not in one)
    monkeypatch.setattr(schema, "SETTINGS", at_once)
    monkeypatch.setattr(engine, "PATIENCE", 0)
    told = pytest.raises(LedgerError, match="another process has been writing to it")
    with opened(tmp_path) as one, opened(tmp_path) as other, one.writing(), told:
        other.append("row", "c1", {}, "ana")


def test_readers_see_the_last_commit_while_another_writes(tmp_path: Path) -> None:
    made(tmp_path).close()
    with opened(tmp_path) as writer, opened(tmp_path) as reader, writer.writing():
        writer.place([writer.draft("row", {}, by="ana", subject="c1")])
        assert reader.length == 1
        assert reader.verify() == ()


@pytest.mark.parametrize("seed", range(6))
def test_any_bytes_written_over_a_ledger_are_found_or_change_nothing(seed: int, tmp_path: Path) -> None:
    """Damage below SQLite: it is refused, named by `verify`, or lies where nothing of the ledger is."""
    with made(tmp_path) as ledger:
        ledger.append_all(ledger.draft("row", {"text": "word " * 40}, by="ana", subject=f"c{n}") for n in range(60))
        before = list(ledger.entries())
    whole, chance = (tmp_path / "ana.sqlite").read_bytes(), random.Random(seed)
    for _ in range(40):
        at, length = chance.randrange(len(whole)), chance.choice([1, 4, 300])
        changed = whole[:at] + chance.randbytes(length) + whole[at + length :]
        (tmp_path / "ana.sqlite").write_bytes(changed[: len(whole)])
        assert _is_found(tmp_path / "ana.sqlite", before)


def _is_found(path: Path, before: list[Any]) -> bool:
    try:
        with Ledger.open(path) as ledger:
            return bool(ledger.verify()) or list(ledger.entries()) == before
    except LedgerError:
        return True
