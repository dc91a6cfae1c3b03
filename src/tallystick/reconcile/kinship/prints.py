"""An index on disk of the marks that texts leave, and which texts share wording with a given one.

It holds hashes of sentences and of runs of words (`kinship.cuts`) and no text; memory is bounded by SQLite's page
cache. That two texts are near says that words were copied, not who copied whom.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import Any

from tallystick.reconcile.kinship.cuts import ONE_IN, Marks, marks_of
from tallystick.vocab.errors import EvidenceError, TallystickError

RARE = 16  # holders: a sentence in more texts is a footer, a slogan or much copied
MOST_HOLDERS = 64  # looked up per mark, the first added first: a text copied a thousand times still meets its root
ENOUGH_RUNS = 3
PAGE = 500  # texts asked about by one statement
LARGE_SHARE = 0.3  # of either text's marks; a much copied text is told from a shared footer by how much is shared
CACHE = 96 * 1024  # KiB of pages in memory
BATCH = 500  # texts between two commits of `add_all`
BYTES = 8  # of a run
PATIENCE = 60  # seconds that one who writes waits for another
WAY_OUT = "look whether that disk works and has room, then repeat the command: nothing was recorded in vain"
MADE_AGAIN = "`tallystick verify DIR --rebuild` makes it again from the documents"
SCHEMA = """
create table if not exists text (
    number integer primary key, id text not null unique, prints integer not null, runs blob not null
);
create table if not exists mark (hash integer not null, text integer not null, primary key (hash, text)) without rowid;
"""


class PrintsError(EvidenceError):
    """The index could not be read or written; all that it holds can be worked out again."""


class TornPrintsError(PrintsError):
    """The index's file is damaged."""


@contextmanager
def saying(file: str) -> Iterator[None]:
    """Say which index failed, and the way out."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise PrintsError(f"cannot be read or written ({error})", file=file, hint=WAY_OUT) from error
    except sqlite3.Error as error:
        raise TornPrintsError(f"is damaged ({error})", file=file, hint=MADE_AGAIN) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A known text that shares wording with the one asked about.

    prints, runs         sentences shared whole; runs of five words shared, estimated from the sample that is kept
    rare_prints, rare_runs    of these, those that few texts have
    share, share_of_known     shared marks over the marks of the text asked about, and over those of the known text
    """

    id: str
    prints: int
    runs: int
    rare_prints: int
    rare_runs: int
    share: float
    share_of_known: float


class Prints:
    """The index; a file, or ":memory:" for a small one. Use it in a `with`, or close it.

    To open it raises what SQLite does: who asked knows what to do without. Later failures are a PrintsError.
    """

    def __init__(self, path: Path | str) -> None:
        self._name = Path(path).name
        self._at = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            self._set_up()
        except BaseException:
            self._at.close()
            raise
        self._held: list[tuple[str, Marks]] = []  # taken in and not written yet
        self._holding: dict[int, list[int]] = defaultdict(list)  # by mark, the places in that list, below zero
        self._held_ids: set[str] = set()

    def _set_up(self) -> None:
        self._at.execute("pragma journal_mode = wal").fetchall()
        self._at.execute("pragma secure_delete = on").fetchall()  # marks of a text that was erased are overwritten
        self._at.execute("pragma synchronous = normal")
        self._at.execute(f"pragma cache_size = -{CACHE}")
        self._at.executescript(SCHEMA)

    def __enter__(self) -> Prints:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._held_ids or self._row("select 1 from text where id = ?", document_id) is not None

    def __len__(self) -> int:
        return int(self._row("select count(*) from text")[0]) + len(self._held)

    def close(self) -> None:
        """Give the file back; what was only held is gone."""
        self._at.close()

    def hold(self, document_id: str, text: str) -> None:
        """Take in one text, to be written by `write` with many others: its marks lie on as many pages of the file."""
        if document_id in self:
            return
        marks = marks_of(text)
        self._held.append((document_id, marks))
        self._held_ids.add(document_id)
        for mark in marks.prints | marks.runs:
            self._holding[mark].append(-len(self._held))

    def write(self) -> tuple[str, ...]:
        """Write what is held; the ids of those texts."""
        written = tuple(name for name, _ in self._held)
        self._write(self._held)
        self._held, self._holding, self._held_ids = [], defaultdict(list), set()
        return written

    @property
    def held(self) -> int:
        """How many texts are held and not written."""
        return len(self._held)

    def is_held(self, document_id: str) -> bool:
        """Whether that text was taken in and is not written yet."""
        return document_id in self._held_ids

    def runs_of(self, document_id: str) -> frozenset[int] | None:
        """The runs that the sample keeps of a known text; None of another."""
        if document_id in self._held_ids:
            return next(marks.runs for name, marks in reversed(self._held) if name == document_id)
        found = self._row("select runs from text where id = ?", document_id)
        return None if found is None else frozenset(array("q", found[0]))

    def add(self, document_id: str, text: str, language: str = "") -> None:
        """Take in one text; one that is known already stays as it is."""
        self.add_all([(document_id, text, language)])

    def add_all(self, documents: Iterable[tuple[str, str, str]]) -> None:
        """Take in many (id, text, language), committed in batches, which is several times faster."""
        waiting: list[tuple[str, Marks]] = []
        for document_id, text, _ in documents:  # the script says how to cut; a language cannot know it better
            waiting.append((document_id, marks_of(text)))
            if len(waiting) == BATCH:
                self._write(waiting)
                waiting = []
        self._write(waiting)

    def forget(self, document_id: str) -> None:
        """Drop a text's marks; slow, since marks are not kept by text, and rarely needed."""
        with self._transaction():
            found = self._row("select number from text where id = ?", document_id)
            if found is None:
                raise TallystickError(f"no text {document_id!r} in this index", hint="nothing was removed")
            self._at.execute("delete from mark where text = ?", found)
            self._at.execute("delete from text where number = ?", found)

    def empty(self) -> None:
        """Drop the marks of every text."""
        with self._transaction():
            self._at.execute("delete from mark")
            self._at.execute("delete from text")

    def near(self, text: str, *, but: str = "") -> tuple[Near, ...]:
        """The known texts that share wording with `text`, those that share most first; `but` is left out.

        A text counts as near where it shares a rare sentence, ENOUGH_RUNS rare runs, or a LARGE_SHARE of either.
        """
        marks = marks_of(text)
        holders = {mark: self._holders(mark) for mark in marks.prints | marks.runs}
        shared_prints, rare_prints = _count(marks.prints, holders)
        shared_runs, rare_runs = _count(marks.runs, holders)
        found = [
            self._near(number, size, shared_prints, shared_runs, rare_prints, rare_runs, len(holders))
            for number, size in self._sizes(shared_prints.keys() | shared_runs.keys())
        ]
        wanted = (one for one in found if one.id != but and _is_near(one))
        return tuple(sorted(wanted, key=lambda one: (-one.share, -one.share_of_known, one.id)))

    def _holders(self, mark: int) -> list[int]:
        with saying(self._name):
            rows = self._at.execute("select text from mark where hash = ? limit ?", (mark, MOST_HOLDERS))
            written = [row[0] for row in rows]
        return written + self._holding.get(mark, [])[: MOST_HOLDERS - len(written)]

    def _near(
        self,
        number: int,
        size: tuple[str, int],
        prints: Counter[int],
        runs: Counter[int],
        rare_prints: Counter[int],
        rare_runs: Counter[int],
        marks: int,
    ) -> Near:
        name, own = size
        shared = prints[number] + runs[number]
        return Near(
            id=name,
            prints=prints[number],
            runs=ONE_IN * runs[number],
            rare_prints=rare_prints[number],
            rare_runs=ONE_IN * rare_runs[number],
            share=shared / marks,
            share_of_known=shared / own,
        )

    def _sizes(self, numbers: Iterable[int]) -> Iterator[tuple[int, tuple[str, int]]]:
        """The id of each text, and how many marks it has."""
        written = []
        for number in numbers:
            if number < 0:
                name, marks = self._held[-number - 1]
                yield number, (name, len(marks.prints) + len(marks.runs))
            else:
                written.append(number)
        for start in range(0, len(written), PAGE):
            those = written[start : start + PAGE]
            told = f"select number, id, prints, length(runs) from text where number in ({', '.join('?' * len(those))})"
            with saying(self._name):
                rows = self._at.execute(told, those).fetchall()
            for number, name, prints, length in rows:
                yield number, (name, prints + length // BYTES)

    def _write(self, waiting: list[tuple[str, Marks]]) -> None:
        """Marks in their order over all texts, so that each page of the table is looked for once."""
        rows: list[tuple[int, int | None]] = []
        with self._transaction():
            for document_id, marks in waiting:
                row = (document_id, len(marks.prints), array("q", sorted(marks.runs)).tobytes())
                written = self._at.execute("insert or ignore into text (id, prints, runs) values (?, ?, ?)", row)
                if written.rowcount:
                    marks_in = zip(marks.prints | marks.runs, repeat(written.lastrowid), strict=False)
                    rows.extend(marks_in)
            self._at.executemany("insert into mark values (?, ?)", sorted(rows))

    def _row(self, statement: str, *bindings: object) -> Any:
        """The first row, None where there is none."""
        with saying(self._name):
            return self._at.execute(statement, bindings).fetchone()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with saying(self._name):
            self._at.execute("begin immediate")
            try:
                yield
                self._at.execute("commit")
            except BaseException:
                if self._at.in_transaction:  # a disk that failed may have ended it already
                    self._at.execute("rollback")
                raise


def _count(marks: Iterable[int], holders: dict[int, list[int]]) -> tuple[Counter[int], Counter[int]]:
    """How many of the marks each text holds, and how many of the rare ones."""
    every, rare = Counter[int](), Counter[int]()
    for mark in marks:
        every.update(holders[mark])
        if len(holders[mark]) <= RARE:
            rare.update(holders[mark])
    return every, rare


def _is_near(one: Near) -> bool:
    enough = one.rare_prints > 0 or one.rare_runs >= ENOUGH_RUNS * ONE_IN
    return enough or max(one.share, one.share_of_known) >= LARGE_SHARE
