"""Content is deleted for good: from the tables, from unused pages, and from the log of writes.

What stays is a tombstone, an entry of kind `erase` that names the entries, the subjects and the reason; the chain still
holds, since it never held content. A subject that was erased stays erased: no entry about it is added or imported.

What cannot be promised: that the disk forgets. Drives and file systems may keep old blocks until they are written over,
and so do backups. The reason is kept and is carried to others: it must not repeat what was erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from tallystick.evidence.faults import shown
from tallystick.evidence.ledger import schema
from tallystick.evidence.ledger.engine import PATIENCE, telling
from tallystick.evidence.ledger.entry import ERASE, KEPT, Draft, Entry
from tallystick.evidence.ledger.errors import LedgerError

if TYPE_CHECKING:
    from tallystick.evidence.ledger.store import Ledger

AGAIN: Final = "close what else uses this ledger, then run any command that writes to it: it finishes the erasure"


def erase(ledger: Ledger, targets: Iterable[str], *, why: str, by: str, instead: Sequence[Draft] = ()) -> Entry:
    """Delete the content of the entries with these hashes, and of all entries about these subjects.

    `instead` is recorded in the same step: what is to be known in the place of what goes.

    LedgerError where one is not known, cannot be erased or was erased, and then nothing is. Where another process is
    reading all the while, LedgerError says that the content is deleted but not yet overwritten.
    """
    if not why.strip():
        raise LedgerError("a reason is missing", file=ledger.path.name, hint="say with --why what the erasure is for")
    with ledger.writing():
        hashes, subjects = _named(ledger, dict.fromkeys(targets))
        delete(ledger, hashes)
        ledger.place(instead)
        content = {"entries": hashes, "subjects": subjects, "why": why}
        (entry,) = ledger.place([ledger.own_draft(ERASE, content, by=by)])
    scrub(ledger)
    return entry


def delete(ledger: Ledger, hashes: Sequence[str]) -> None:
    """Within `writing`: drop content and salts, and note that their pages have to be overwritten."""
    for one in hashes:
        ledger.connection.execute("DELETE FROM content WHERE hash = ?", (one,)).fetchall()
    note = "INSERT INTO ledger VALUES (?, '') ON CONFLICT DO NOTHING"
    ledger.connection.execute(note, (schema.UNSCRUBBED,)).fetchall()


def scrub(ledger: Ledger, patience: int = PATIENCE) -> None:
    """Write the file anew without its unused pages, and empty the log. LedgerError where others read for too long.

    `secure_delete` alone would leave what stood in a page before its cells were moved to another.
    """
    with telling(ledger.engine, ledger.path):
        _wait(ledger, patience)
        try:
            ledger.connection.execute("VACUUM").fetchall()
            if ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                problem = "content was deleted, but is not overwritten yet: another process is reading"
                raise LedgerError(problem, file=ledger.path.name, hint=AGAIN)
            ledger.connection.execute("DELETE FROM ledger WHERE key = ?", (schema.UNSCRUBBED,)).fetchall()
        finally:
            _wait(ledger, PATIENCE)


def _wait(ledger: Ledger, seconds: int) -> None:
    ledger.connection.execute(f"PRAGMA busy_timeout = {seconds * 1000}").fetchall()


def _named(ledger: Ledger, targets: Iterable[str]) -> tuple[list[str], list[str]]:
    """The hashes of the entries meant, and which of the targets are subjects."""
    hashes, subjects = list[str](), list[str]()
    for target in targets:
        rows = ledger.all("SELECT hash, kind, 0 FROM entry WHERE hash = ?", target)
        if not rows and target:
            rows = ledger.all("SELECT hash, kind, 1 FROM entry WHERE subject = ?", target)
            subjects += [target] if rows else []
        _check(ledger, target, rows)
        hashes += [row[0] for row in rows]
    return sorted(set(hashes)), sorted(subjects)


def _check(ledger: Ledger, target: str, rows: Sequence[tuple[str, str, int]]) -> None:
    if not rows:
        hint = "name a document or claim by its id, or an entry by its whole hash"
        raise LedgerError(f"there is no entry {shown(target)}, and none about it", file=ledger.path.name, hint=hint)
    for own, kind, _ in rows:
        if kind in KEPT:
            hint = "erase what it names, or begin a new workspace without it"
            problem = f"entry {own} is of kind {kind}, and cannot be erased"
            raise LedgerError(problem, file=ledger.path.name, hint=hint)
    if not any(ledger.all("SELECT 1 FROM content WHERE hash = ?", row[0]) for row in rows):
        hint = "`tallystick verify` says whether all that was erased is gone"
        raise LedgerError(f"{shown(target)} was erased already", file=ledger.path.name, hint=hint)
