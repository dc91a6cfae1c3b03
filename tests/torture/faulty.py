"""Files that fail on request: the n-th write, sync, truncation or deletion, once or for ever; and power that fails.

SQLite is run over these files by apsw. Such files share no memory, so the ledger's log is read by one connection alone:
what is tested is what reaches the disk, and in which order.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from tallystick.evidence.ledger.engine import Engine

NAME = "tallystick-faulty"
FAILURES: dict[str, type[apsw.Error]] = {  # by what SQLite itself says of them
    "disk I/O error": apsw.IOError,
    "database or disk is full": apsw.FullError,
}


@dataclass(slots=True)
class Plan:
    """When to fail: at the `at`-th point, 0 for never; there alone, or from there on."""

    at: int = 0
    for_ever: bool = False
    failure: str = "disk I/O error"
    seen: int = 0  # points met so far
    met: Counter[str] = field(default_factory=Counter)  # of these, by the name of the file
    unsynced: dict[str, list[Callable[[bytearray], None]]] = field(default_factory=dict)  # by file, since its last sync
    durable: dict[str, bytes] = field(default_factory=dict)  # by file, what its last sync left

    def point(self, file: str) -> None:
        """Pass a point at which a disk may fail, of that file."""
        self.seen += 1
        self.met[Path(file).name] += 1
        if self.at and (self.seen == self.at or (self.for_ever and self.seen > self.at)):
            raise FAILURES[self.failure](self.failure)

    def note(self, file: str, change: Callable[[bytearray], None]) -> None:
        """Remember a change that is not on the disk until it is synced."""
        self.unsynced.setdefault(file, []).append(change)

    def sync(self, file: str) -> None:
        """All changes of a file are on the disk."""
        self.durable[file] = self._with(file, self.unsynced.pop(file, []))

    def cut_power(self, chance: random.Random) -> None:
        """Leave of each file what was synced, and of later changes any that chance let through, in any order."""
        for file, changes in self.unsynced.items():
            kept = [one for one in changes if chance.random() < 0.5]
            chance.shuffle(kept)
            if Path(file).exists():
                Path(file).write_bytes(self._with(file, kept))

    def _with(self, file: str, changes: list[Callable[[bytearray], None]]) -> bytes:
        content = bytearray(self.durable.get(file, b""))
        for change in changes:
            change(content)
        return bytes(content)


class _File(apsw.VFSFile):  # type: ignore[misc]
    def __init__(self, plan: Plan, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self.plan = plan
        self.file = name.filename() if isinstance(name, apsw.URIFilename) else str(name or "")
        if self.file:
            plan.durable.setdefault(self.file, Path(self.file).read_bytes())

    def xWrite(self, data: bytes, offset: int) -> None:
        self.plan.point(self.file)
        super().xWrite(data, offset)
        self.plan.note(self.file, lambda content: _overwrite(content, data, offset))

    def xSync(self, flags: int) -> None:
        self.plan.point(self.file)
        super().xSync(flags)
        self.plan.sync(self.file)

    def xTruncate(self, size: int) -> None:
        self.plan.point(self.file)
        super().xTruncate(size)
        self.plan.note(self.file, lambda content: _cut(content, size))


def _overwrite(content: bytearray, data: bytes, offset: int) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _cut(content: bytearray, size: int) -> None:
    del content[size:]


class _Files(apsw.VFS):  # type: ignore[misc]
    def __init__(self, plan: Plan) -> None:
        super().__init__(NAME, "")
        self.plan = plan

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(self.plan, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:
        self.plan.point(name)
        super().xDelete(name, sync)
        self.plan.unsynced.pop(name, None)
        self.plan.durable.pop(name, None)


@contextmanager
def faulty(plan: Plan) -> Iterator[Engine]:
    """An engine for a ledger over such files. Close every ledger that it opened before leaving."""
    files = _Files(plan)

    def connect(path: Path) -> apsw.Connection:
        connection = apsw.Connection(str(path), vfs=NAME)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()  # without it, a log needs shared memory
        return connection

    try:
        yield Engine(connect=connect, error=apsw.Error)
    finally:
        files.unregister()
