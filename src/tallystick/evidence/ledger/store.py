"""A ledger in its file: made, opened, added to and read. One file, any number of processes.

A commit is on the disk before `append` returns, and several entries are added together or not at all. Nothing here
changes an entry that is written; the only thing that can go is content (`tallystick.evidence.ledger.erase`).
Who opens a ledger without `now` and `token`, the clock and the source of random bytes, opens it to read.

It is no table of what holds at present: that is worked out from the entries, and can be worked out again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from tallystick.evidence.faults import shown
from tallystick.evidence.ledger import schema
from tallystick.evidence.ledger.engine import STANDARD, Connection, Engine, telling
from tallystick.evidence.ledger.entry import (
    GENESIS,
    KEPT,
    SALT,
    Draft,
    Entry,
    content_of,
    draft_of,
    entry_of,
    is_sound,
    text_of,
)
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.held import COLUMNS, Erased, bare_entry, erased_by

if TYPE_CHECKING:
    from tallystick.evidence.ledger.exchange import Merged
    from tallystick.evidence.ledger.verify import Fault

AT_ONCE: Final = 500  # entries fetched by one statement: memory stays flat, and no snapshot outlives a fetch
WITH_CONTENT: Final = f"SELECT {COLUMNS}, body FROM entry LEFT JOIN content ON content.hash = entry.hash"
LAST: Final = "~"  # sorts behind every moment
FROM_A_COPY: Final = "`tallystick verify` names all that does not hold; take the ledger from a copy"


class Place(NamedTuple):
    """Where an entry stands."""

    chain: str
    number: int


class Ledger:
    """An open ledger. Use it in a `with`, or `close` it."""

    def __init__(
        self, path: Path, engine: Engine, now: Callable[[], datetime] | None, token: Callable[[int], bytes] | None
    ) -> None:
        self.path, self.engine = path, engine
        self._now, self._token = now, token
        with telling(engine, path):
            self.connection: Connection = engine.connect(path)
        try:
            with telling(engine, path):
                schema.set_up(self.connection)
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        by: str,
        now: Callable[[], datetime],
        token: Callable[[int], bytes],
        genesis: Mapping[str, Any],
        engine: Engine = STANDARD,
    ) -> Self:
        """A new ledger that says of itself what `genesis` says; LedgerError where there is something already.

        A file in which nothing was ever made, since its making was cut off, is taken for none.
        """
        _make_private(path)
        ledger = cls(path, engine, now, token)
        try:
            ledger._begin_chain(by, genesis)
        except BaseException:
            ledger.close()
            raise
        return ledger

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        now: Callable[[], datetime] | None = None,
        token: Callable[[int], bytes] | None = None,
        engine: Engine = STANDARD,
    ) -> Self:
        """The ledger in that file; LedgerError says what is there instead."""
        if not path.is_file():
            there = "is a folder" if path.is_dir() else "there is no such file"
            raise LedgerError(there, file=path.name, hint="name a ledger, or make one with `tallystick init`")
        ledger = cls(path, engine, now, token)
        try:
            ledger._check()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Close the file; the last to do so leaves no log of writes beside it.

        Where the disk fails meanwhile, the log stays: what was committed is in it, and who opens the file next goes on.
        """
        with suppress(self.engine.error):
            self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Added to

    def draft(
        self, kind: str, content: Mapping[str, Any], *, by: str, subject: str = "", prefix: str = "", why: str = ""
    ) -> Draft:
        """What may be added by `append_all`, committed to already.

        It is about `subject`; or, given a `prefix`, it brings in something new, whose id, the draft's `subject`, is
        that prefix and 12 digits of the commitment. `why` is kept in the content, under that name.
        """
        if kind in KEPT:
            raise ValueError(f"kind: the ledger writes an entry of kind {kind} itself")
        return self._draft(kind, {**content, "why": why} if why else content, by=by, subject=subject, prefix=prefix)

    def append(self, kind: str, subject: str, content: Mapping[str, Any], by: str, why: str = "") -> Entry:
        """One more entry, on the disk when this returns."""
        (entry,) = self.append_all([self.draft(kind, content, by=by, subject=subject, why=why)])
        return entry

    def append_all(self, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
        """These entries, in this order, all or none; on the disk when this returns."""
        with self.writing():
            return self.place(drafts)

    def place(self, drafts: Iterable[Draft]) -> tuple[Entry, ...]:
        """The same within `writing`, for what has more to write."""
        drafts = tuple(drafts)
        self._check_subjects(drafts)
        above, placed = self._last(), []
        for draft in drafts:
            above = entry_of(draft, above, self._clock())
            self._insert(above, draft.salt, draft.body)
            placed.append(above)
        return tuple(placed)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written within becomes part of the ledger at its end, or nothing does. Others wait meanwhile."""
        with telling(self.engine, self.path):
            self.connection.execute("BEGIN IMMEDIATE").fetchall()
            try:
                yield
                self.connection.execute("COMMIT").fetchall()
            except BaseException:
                self._roll_back()
                raise

    # Read

    @property
    def own(self) -> str:
        """The chain that this ledger adds to."""
        row = self._one("SELECT value FROM ledger WHERE key = ?", schema.OWN)
        if row is None:
            raise LedgerError("names no chain as its own", file=self.path.name, hint=FROM_A_COPY)
        return str(row[0])

    @property
    def head(self) -> str:
        """The hash of the last entry of its own chain. Printed elsewhere, it tells a ledger that was rolled back."""
        return self._last().hash

    @property
    def length(self) -> int:
        """How many entries it holds, of all chains."""
        return int(self._one("SELECT count(*) FROM entry")[0])

    def entries(
        self, upto: datetime | None = None, kinds: Collection[str] | None = None, chain: str | None = None
    ) -> Iterator[Entry]:
        """Entries with their content, of all chains, by (at, hash): the same order in every ledger that holds them.

        `upto` leaves out what was made after that moment. What is added while they are read may be among them or not;
        what `verify` and `export` read is of one moment.
        """
        conditions, bindings = ["(at, entry.hash) > (?, ?)"], []
        for condition, values in (
            ("at <= ?", None if upto is None else [text_of(upto)]),
            ("kind IN ({})", None if kinds is None else sorted(kinds)),
            ("entry.chain = ?", None if chain is None else [chain]),
        ):
            if values is not None:
                conditions.append(condition.format(", ".join("?" * len(values))))
                bindings += values
        statement = f"{WITH_CONTENT} WHERE {' AND '.join(conditions)} ORDER BY at, entry.hash LIMIT {AT_ONCE}"
        after = ("", "")
        while rows := self.all(statement, *after, *bindings):
            yield from map(self._entry, rows)
            after = (rows[-1][3], rows[-1][8])

    def after(self, number: int) -> Iterator[Entry]:
        """Entries of its own chain behind that number, with their content, in order."""
        own = self.own
        statement = f"{WITH_CONTENT} WHERE entry.chain = ? AND number > ? ORDER BY number LIMIT {AT_ONCE}"
        while rows := self.all(statement, own, number):
            yield from map(self._entry, rows)
            number = rows[-1][1]

    def hash_at(self, number: int) -> str | None:
        """The hash of that entry of its own chain; None where there is none."""
        row = self._one("SELECT hash FROM entry WHERE chain = ? AND number = ?", self.own, number)
        return None if row is None else str(row[0])

    def about(self, subject: str) -> tuple[Entry, ...]:
        """All entries about a subject, in order."""
        rows = self.all(f"{WITH_CONTENT} WHERE subject = ? ORDER BY at, entry.hash", subject)
        return tuple(map(self._entry, rows))

    def at_or_before(self, moment: datetime) -> Entry | None:
        """The last entry that its own chain had at that moment; None before the chain began."""
        statement = f"{WITH_CONTENT} WHERE entry.chain = ? AND at <= ? ORDER BY number DESC LIMIT 1"
        row = self._one(statement, self.own, text_of(moment))
        return None if row is None else self._entry(row)

    def holds(self, head: str) -> Place | None:
        """Where the entry with a printed hash stands; None: this is another ledger, or it was rolled back since."""
        row = self._one("SELECT chain, number FROM entry WHERE hash = ?", head.strip().lower())
        return None if row is None else Place(*row)

    def heads(self, upto: datetime | None = None) -> dict[str, tuple[str, int]]:
        """Of each chain, the last hash and the length; `upto` leaves out what was made after that moment.

        Within a chain later is further on, so these lengths name exactly the entries that `entries(upto)` gives.
        """
        last = "SELECT chain, max(number) AS last FROM entry WHERE at <= ? GROUP BY chain"
        rows = self.all(
            f"SELECT entry.chain, hash, number FROM entry JOIN ({last}) AS ends "
            "ON ends.chain = entry.chain AND ends.last = entry.number ORDER BY entry.chain",
            text_of(upto) if upto else LAST,
        )
        return {chain: (head, number) for chain, head, number in rows}

    def latest(self, heads: Iterable[str]) -> str:
        """The moment, as entries write it, of the latest of the entries with these hashes."""
        moments = [self._one("SELECT at FROM entry WHERE hash = ?", head)[0] for head in heads]
        return str(max(moments))

    def erased(self) -> Erased:
        """What was erased, whoever erased it."""
        told = [self._entry(row) for row in self.all(f"{WITH_CONTENT} WHERE kind = 'erase'")]
        return erased_by(told)

    # What else is done with it, each in a module of its own

    def verify(self) -> tuple[Fault, ...]:
        """All that does not hold, by chain and number; nothing where all does."""
        from tallystick.evidence.ledger.verify import faults

        return faults(self)

    def erase(self, targets: Iterable[str], *, why: str, by: str, instead: Sequence[Draft] = ()) -> Entry:
        """Delete the content of entries, named by their hash or subject, for good; the entry that says so.

        `instead` is recorded in the same step.
        """
        from tallystick.evidence.ledger.erase import erase

        return erase(self, targets, why=why, by=by, instead=instead)

    def export(self, file: Path) -> int:
        """Write all of it to a file that `merge` reads; how many entries."""
        from tallystick.evidence.ledger.exchange import export

        return export(self, file)

    def merge(
        self, file: Path, *, by: str, rehearse: bool = False, check: Callable[[Sequence[Entry]], None] | None = None
    ) -> Merged:
        """Take over what another ledger's export holds and this one does not, all or nothing; or rehearse it.

        `check` raises where one of the new entries must not be taken over, and then none is.
        """
        from tallystick.evidence.ledger.exchange import merge, no_check

        return merge(self, file, by=by, rehearse=rehearse, check=check or no_check)

    # Within the package

    def all(self, statement: str, *bindings: object) -> list[Any]:
        """Every row of a statement."""
        with telling(self.engine, self.path):
            return self.connection.execute(statement, bindings).fetchall()

    def _one(self, statement: str, *bindings: object) -> Any:
        with telling(self.engine, self.path):
            return self.connection.execute(statement, bindings).fetchone()

    def own_draft(self, kind: str, content: Mapping[str, Any], *, by: str) -> Draft:
        """A draft of a kind that only the ledger writes."""
        return self._draft(kind, content, by=by)

    def _draft(self, kind: str, content: Mapping[str, Any], *, by: str, subject: str = "", prefix: str = "") -> Draft:
        if self._token is None:
            raise ValueError(f"{self.path} was opened to read: it has no source of random bytes")
        return draft_of(kind, content, by=by, salt=self._token(SALT), subject=subject, prefix=prefix)

    def _clock(self) -> datetime:
        if self._now is None:
            raise ValueError(f"{self.path} was opened to read: it has no clock")
        return self._now()

    def _check(self) -> None:
        with telling(self.engine, self.path):
            found = schema.problem_with(self.connection)
        if found:
            raise LedgerError(found[0], file=self.path.name, hint=found[1])
        self._last()
        if self.all("SELECT 1 FROM ledger WHERE key = ?", schema.UNSCRUBBED) and self._now is not None:
            self._finish_erasure()

    def _finish_erasure(self) -> None:
        """Overwrite what an erasure that was cut off left; while others use the file, `verify` goes on to name it."""
        from tallystick.evidence.ledger.erase import scrub

        with suppress(LedgerError):
            scrub(self, patience=0)

    def _begin_chain(self, by: str, genesis: Mapping[str, Any]) -> None:
        with telling(self.engine, self.path):
            self.connection.execute("PRAGMA journal_mode = WAL").fetchall()
        with self.writing():
            if not schema.is_empty(self.connection):
                hint = "open it, or name another place"
                raise LedgerError("is there already", file=self.path.name, hint=hint)
            schema.make_tables(self.connection)
            draft = self.own_draft(GENESIS, genesis, by=by)
            first = entry_of(draft, None, self._clock())
            self.connection.execute("INSERT INTO ledger VALUES (?, ?)", (schema.OWN, first.chain)).fetchall()
            self._insert(first, draft.salt, draft.body)

    def _insert(self, entry: Entry, salt: bytes, body: bytes) -> None:
        self.insert_entry(entry)
        self.insert_content(entry, salt, body)

    def insert_content(self, entry: Entry, salt: bytes, body: bytes) -> None:
        """Write what an entry that is written already says."""
        self.connection.execute("INSERT INTO content VALUES (?, ?, ?)", (entry.hash, salt, body)).fetchall()

    def insert_entry(self, entry: Entry) -> None:
        """Write an entry's line, without its content."""
        line = (
            entry.chain, entry.number, entry.previous, entry.at, entry.by, entry.kind, entry.subject, entry.commitment,
            entry.hash,
        )  # fmt: skip
        self.connection.execute(f"INSERT INTO entry VALUES ({', '.join('?' * len(line))})", line).fetchall()

    def _last(self) -> Entry:
        """The last entry of its own chain, without content."""
        own = self.own
        row = self._one(f"SELECT {COLUMNS} FROM entry WHERE chain = ? ORDER BY number DESC LIMIT 1", own)
        if row is None:
            raise LedgerError(f"holds no entry of its own chain {own}", file=self.path.name, hint=FROM_A_COPY)
        last = bare_entry(row)
        if not is_sound(last):
            problem = f"the last entry of its own chain, {shown(last.number)}, is not what its hash says"
            raise LedgerError(problem, file=self.path.name, hint=FROM_A_COPY)
        return last

    def _check_subjects(self, drafts: Sequence[Draft]) -> None:
        """Refuse a subject that was erased, and an id that was drawn for something else already."""
        gone = self.erased().subjects
        for draft in drafts:
            if draft.kind not in KEPT and draft.subject in gone:
                hint = "what was erased does not come back under its id; bring it in under another, if at all"
                raise LedgerError(f"{shown(draft.subject)} was erased", file=self.path.name, hint=hint)
            if draft.derived and self._one("SELECT 1 FROM entry WHERE subject = ?", draft.subject):
                problem = f"the id {draft.subject} was drawn for something else already"
                raise LedgerError(problem, file=self.path.name, hint="repeat the command: it draws another")

    def _entry(self, row: Sequence[Any]) -> Entry:
        """The entry of a row with its content, where that is there."""
        if row[9] is None:
            return bare_entry(row)
        try:
            return bare_entry(row, content_of(row[9]))
        except ValueError as error:
            problem = f"entry {row[1]} of chain {row[0]}: its content {error}"
            raise LedgerError(problem, file=self.path.name, hint=FROM_A_COPY) from error

    def _roll_back(self) -> None:
        """Drop what was begun; a failed statement may have done so already."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK").fetchall()


def _make_private(path: Path) -> None:
    """An empty file that only its owner may read; SQLite gives the files beside it the same rights."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        folder = os.open(path.parent, os.O_RDONLY)
    except FileExistsError:
        return
    except OSError as error:
        hint = "look whether its folder exists and may be written to by you"
        raise LedgerError(f"cannot be made: {error.strerror}", file=path.name, hint=hint) from error
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
