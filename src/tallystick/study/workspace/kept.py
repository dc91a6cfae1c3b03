"""A workspace's state in a file beside its ledger, brought forward entry by entry, never believed before the ledger.

    derived.sqlite   what follows from the entries that lie in clear: nothing that is sealed, whoever may open it

It names the entry of the ledger up to which it goes. Where the ledger holds another entry there, where entries came in
between (a merge) or content went (an erasure), where the file is torn or was made by other code, it is emptied and
worked out again. What the analyst's key opens is laid over it in memory. A study's evidence is worked out from the
ledger alone (`Workspace.state_at`), so that whoever changes this file changes no estimate.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from tallystick.evidence.ledger.engine import STANDARD, telling
from tallystick.evidence.ledger.entry import ERASE, MERGE, Entry
from tallystick.evidence.ledger.seal import SEALED
from tallystick.evidence.ledger.store import Ledger
from tallystick.reconcile.kinship.nearby import Nearby
from tallystick.reconcile.kinship.prints import Prints, PrintsError, saying
from tallystick.study.hashes import hash_of, sha256_of
from tallystick.study.workspace.contents import Key
from tallystick.study.workspace.records import Document, Held, HeldStatement, Opinion, Refusal
from tallystick.study.workspace.shelves import DamagedError, Shelf, Veil
from tallystick.study.workspace.state import DOCUMENT, NAME, State, apply, state_of
from tallystick.vocab.version import VERSION

FILE: Final = "derived.sqlite"
PRINTS: Final = "prints.sqlite"
PATIENCE: Final = 30  # seconds to wait for another process that brings it forward
AT_ONCE: Final = 2000  # entries between two times that records are written, of a long way forward
KINDS: Final[dict[str, Any]] = {
    "documents": Document, "held": Held, "statements": HeldStatement, "rows": list[dict[str, str]], "tables": str,
    "by_bytes": dict[str, str], "by_address": list[str], "of_document": list[str], "unasked": bool, "unplaced": bool,
    "unmarked": bool, "refused": list[Refusal], "by_mark": list[str], "unheard": list[Opinion],
    "same": str, "twins": list[str], "asked": list[str],
    "readings": str, "secret": bool,
}  # fmt: skip
CODE: Final = ("kept.py", "shelves.py", "state.py", "records.py", "relate.py")


class Kept:
    """The state of a ledger, in its file or, where nothing may be written there, in memory."""

    def __init__(self, file: sqlite3.Connection, ledger: Ledger, key: Key) -> None:
        self.file, self._ledger, self._key = file, ledger, key
        self._place_of = ledger.path.with_name(FILE)
        self._keyless = Key(recipients=key.recipients)
        with self._writing():
            file.execute("create table if not exists told (name text primary key, value text not null) without rowid")
            self._shelves: dict[str, Shelf[Any]] = {name: Shelf(file, name, kind) for name, kind in KINDS.items()}
            self.secret = self._shelves["secret"]  # subjects of entries of which something is sealed
            self.clear = _state(ledger.own, {name: self._shelves[name] for name in _mappings()})
            self.nearby = Nearby(file)
        self.full, self._seen, self._veiled = self.clear, 0, set[str]()
        self.hidden = Nearby(sqlite3.connect(":memory:", isolation_level=None))  # figures that are kept back
        self._forward(begins=True)

    @classmethod
    def open(cls, folder: Path, ledger: Ledger, key: Key) -> Kept:
        """The state of the workspace in that folder, as its ledger has it now."""
        file = folder / FILE
        with suppress(sqlite3.OperationalError):  # it may not be written there, or somebody else does so for long
            try:
                return cls._in_file(file, ledger, key)
            except sqlite3.OperationalError:
                raise
            except (sqlite3.DatabaseError, DamagedError):
                remove(folder)
            return cls._in_file(file, ledger, key)
        return cls(_in_memory(), ledger, key)

    @classmethod
    def _in_file(cls, file: Path, ledger: Ledger, key: Key) -> Kept:
        opened = _connect(file)
        try:
            return cls(opened, ledger, key)
        except BaseException:
            opened.close()
            raise

    @property
    def shelves(self) -> tuple[Shelf[Any], ...]:
        """The records by kind, as they lie in the file."""
        return tuple(self._shelves.values())

    def close(self) -> None:
        """Give the file back."""
        self.file.close()

    def forward(self, appended: Sequence[Entry] = ()) -> None:
        """Let every entry count that the ledger has now; `appended` are the last ones, where who asks has them."""
        with telling(STANDARD, self._place_of):
            self._forward(appended)

    def _forward(self, appended: Sequence[Entry] = (), *, begins: bool = False) -> None:
        with self._writing():
            number = self._number(begins)
            since = min(number, self._seen) if self._seen else number
            if number and appended and appended[0].number == since + 1:
                new: Iterable[Entry] = appended
            else:
                new = self._ledger.after(since) if number else ()
            if not number or not self._follow(new, number):
                self._afresh()
            self._flush()

    def rebuild(self) -> dict[str, int]:
        """Work all of it out again; how many records of each kind are not as they were kept."""
        other = Kept(_in_memory(), self._ledger, self._keyless)
        differ = {name: _differing(self._shelves[name], other._shelves[name]) for name in KINDS if name not in QUEUES}
        other.close()
        with telling(STANDARD, self._place_of), self._writing():
            self._afresh()
            self._flush()
        return {name: count for name, count in differ.items() if count}

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change what is kept beside the records (figures, what waits), all or nothing."""
        with telling(STANDARD, self._place_of), self._writing():
            yield
            self._flush()

    # One entry after the other

    def _follow(self, new: Iterable[Entry], number: int) -> bool:
        """Let the entries behind `number` count, and those not seen here yet; False where all must be gone through."""
        for count, entry in enumerate(new, start=1):
            if entry.kind in (MERGE, ERASE):
                return False
            if entry.number > number:
                self._count(entry)
            if self._seen and entry.number > self._seen:
                self._unveil(entry)
            if not count % AT_ONCE:
                self._flush()
        if not self._seen:
            self._lay_over()
        self._seen = int(self._told("number") or 0)
        return True

    def _afresh(self) -> None:
        """Work it out from the first entry on, at one moment of the ledger."""
        for shelf in self._shelves.values():
            shelf.forget()
            shelf.empty()
        self.nearby.empty()
        self.clear.sealed = self.clear.erased = 0
        self._tell(code=_code(), number=0, hash="", at="", unordered=0)
        self._ledger.connection.execute("BEGIN").fetchall()
        try:
            for count, entry in enumerate(self._ledger.entries(), start=1):
                self._count(entry)
                if not count % AT_ONCE:
                    self._flush()
        finally:
            self._ledger.connection.execute("ROLLBACK").fetchall()
        self._lay_over()
        self._seen = int(self._told("number") or 0)

    def _count(self, entry: Entry) -> None:
        """As who has no key sees it."""
        apply(self.clear, entry, self._keyless)
        if entry.content is not None and SEALED in entry.content and entry.kind != NAME:
            self.secret[entry.subject] = True
        at = f"{entry.at} {entry.hash}"
        if at < self._place.get("at", ""):
            self._place["unordered"] = "1"
        self._place["at"] = max(at, self._place.get("at", ""))
        if entry.chain == self.clear.own:
            self._place |= {"number": str(entry.number), "hash": entry.hash}

    # What the key opens

    def _lay_over(self) -> None:
        """What is sealed, over what lies in clear."""
        self.hidden.empty()
        self._veiled = set()
        if self._key.identity is None:
            self.full = self.clear
            return
        self._veil()
        for subject in list(self.secret):
            if self.full.id_of(subject) not in self._veiled:
                self._replay(subject)
        self.full.erased = self.clear.erased

    def _veil(self) -> None:
        laid: dict[str, Any] = {name: Veil(getattr(self.clear, name)) for name in _mappings()}
        self.full = _state(self.clear.own, laid | {"by_mark": {}})  # marks are of what cannot be opened here

    def _unveil(self, entry: Entry) -> None:
        """One more entry as who holds the key sees it, where that is another sight."""
        if self.full is self.clear or entry.content is None or entry.kind == NAME:
            return
        name = self.full.id_of(entry.subject)
        if not isinstance(self.full.held, Veil):
            apply(self.full, entry, self._key)
        elif entry.kind == DOCUMENT and entry.content.get("sha256") in _front(self.full.by_bytes):
            self._complete()
        elif name in self._veiled:
            apply(self.full, entry, self._key)
        elif SEALED in entry.content:
            self._replay(entry.subject)
        self.full.erased = self.clear.erased

    def _replay(self, subject: str) -> None:
        """All that was ever said about a subject, in order, as if nothing of it lay in clear."""
        if not isinstance(self.full.held, Veil):
            return
        names = self.full.all_ids_of(self.full.id_of(subject))
        for name in names:
            for shelf in (self.full.held, self.full.statements, self.full.unasked, self.full.unheard):
                assert isinstance(shelf, Veil)
                shelf.hide(name)
        self._veiled.update(names)
        entries = chain.from_iterable(self._ledger.about(name) for name in names)
        for entry in sorted(entries, key=lambda one: (one.at, one.hash)):
            apply(self.full, entry, self._key)
        if _front(self.full.same):
            self._complete()

    def _complete(self) -> None:
        """Where something sealed and something in clear are one, only all entries in order tell which came first."""
        self.full = state_of(self._ledger.entries(), self._key, self.clear.own)

    # The file

    def _number(self, begins: bool) -> int:
        """Up to which entry of its own chain the file goes; 0 where it goes along with no state of the ledger."""
        self._place = dict(self.file.execute("select name, value from told"))
        self.clear.sealed, self.clear.erased = (int(self._told(name) or 0) for name in ("sealed", "erased"))
        number = int(self._told("number") or 0)
        is_this = self._told("code") == _code() and number and self._ledger.hash_at(number) == self._told("hash")
        return 0 if not is_this or (begins and self._told("unordered") == "1") else number

    def _told(self, name: str) -> str:
        return str(self._place.get(name, ""))

    def _tell(self, **values: object) -> None:
        self._place |= {name: str(value) for name, value in values.items()}

    def _flush(self) -> None:
        for shelf in self._shelves.values():
            shelf.flush()
        self._tell(sealed=self.clear.sealed, erased=self.clear.erased)
        self.file.executemany("insert or replace into told values (?, ?)", list(self._place.items()))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.file.execute("begin immediate")
        try:
            yield
            self.file.execute("commit")
        except BaseException:
            for shelf in getattr(self, "_shelves", {}).values():
                shelf.forget()
            if self.file.in_transaction:
                self.file.execute("rollback")
            self._seen = 0
            raise


def forget(folder: Path, ledger: Ledger, key: Key) -> None:
    """Work out again what is derived, after an erasure or a merge, so that nothing is left of what the ledger forgot.

    Other processes may be at work with these files, and must find them whole at every moment. So what goes is
    overwritten within them; where that cannot be, they are removed.
    """
    try:
        with closing(Kept(_connect(folder / FILE), ledger, Key(recipients=key.recipients))) as kept:
            _bring_to_file(kept.file)
        with closing(Prints(_private(folder / PRINTS))) as prints:
            prints.empty()
        with closing(_connect(folder / PRINTS)) as file:
            _bring_to_file(file)
    except (sqlite3.DatabaseError, DamagedError, PrintsError):
        remove(folder)


def _bring_to_file(opened: sqlite3.Connection) -> None:
    """Let nothing of what was overwritten stay in the log beside the file."""
    (is_busy, *_), *_ = opened.execute("pragma wal_checkpoint(truncate)").fetchall()
    if is_busy:
        raise sqlite3.OperationalError("somebody reads it for long")


QUEUES: Final = ("unplaced", "unmarked")  # what waits to be taken in elsewhere, which follows from no entry


def remove(folder: Path, names: Sequence[str] = (FILE, PRINTS)) -> None:
    """Overwrite and remove what is derived: it may hold what is to be forgotten."""
    for name in (f"{file}{more}" for file in names for more in ("", "-wal", "-shm")):
        place = folder / name
        if place.exists():
            with place.open("r+b") as file:  # on most file systems this reaches the old blocks
                file.write(bytes(place.stat().st_size))
                os.fsync(file.fileno())
            place.unlink()


def prints_of(folder: Path, kept: Kept) -> Prints:
    """The index of wording beside that state; where it is new, every document waits to be taken in.

    PrintsError where it may not be written there: in memory it would take in what then waits no more for the file.
    """
    with saying(PRINTS):
        prints = _prints(folder)
    if not len(prints):
        with kept.changing():
            for id in kept.clear.documents:
                kept.clear.unmarked[id] = True
    return prints


def _prints(folder: Path) -> Prints:
    try:
        return Prints(_private(folder / PRINTS))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # it is torn
        remove(folder, [PRINTS])
    return Prints(_private(folder / PRINTS))


def _private(file: Path) -> Path:
    """The file, made where there is none, for its owner alone."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass
    except OSError as error:  # nothing may be written there, or nothing more: SQLite would say no other
        raise sqlite3.OperationalError(f"unable to open database file: {error.strerror}") from error
    return file


def _connect(file: Path) -> sqlite3.Connection:
    opened = sqlite3.connect(_private(file), timeout=PATIENCE, isolation_level=None)
    try:
        for setting in (
            "journal_mode = wal", "synchronous = normal",  # a cut of power loses the last of it, and tears nothing
            "secure_delete = on", "trusted_schema = off", "cell_size_check = on", "temp_store = memory",
        ):  # fmt: skip
            opened.execute(f"pragma {setting}").fetchall()
    except BaseException:
        opened.close()
        raise
    return opened


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _state(own: str, mappings: dict[str, Any]) -> State:
    return State(own=own, **mappings)


def _mappings() -> tuple[str, ...]:
    return tuple(field.name for field in fields(State) if field.name in KINDS)


def _front(shelf: object) -> dict[str, Any]:
    return shelf.front if isinstance(shelf, Veil) else {}


def _differing(one: Shelf[Any], other: Shelf[Any]) -> int:
    """How many records are in one of them alone, or not the same in both."""
    first, second = dict(one.hashes()), dict(other.hashes())
    return sum(first.get(name) != second.get(name) for name in first.keys() | second.keys())


@cache
def _code() -> str:
    """What made the file: another version of ours may see the same entries otherwise."""
    here = Path(__file__).parent
    return hash_of([VERSION, *(sha256_of(here / name) for name in CODE)])
