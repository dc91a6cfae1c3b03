"""Many documents read into a workspace, in this process, in several, or on a cluster; recorded in the order given.

Only parsing and reading are handed out; this process alone writes. What a worker had when it died is read again by
another. Documents are handed out and recorded some at a time: a document is acknowledged once all that are recorded
with it are on the disk. So at most a few dozen are in memory for each worker.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Final, overload

from tallystick.evidence.documents.derived import Refused
from tallystick.evidence.programme import programme_folder
from tallystick.scenarios.executor import Halted, Where, in_order, never
from tallystick.study.workspace.erased import refusal
from tallystick.study.workspace.opening import still_sealed
from tallystick.study.workspace.read import (
    Answer,
    Source,
    Told,
    is_to_ask,
    known,
    loaded,
    read_again,
    record,
    record_all,
)
from tallystick.study.workspace.taken import NOTHING, Extractor, Given, Loader, Taken, Vocabulary, by_grammar, take
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import RunError

if TYPE_CHECKING:
    from tallystick.study.workspace.by_model import Model

TOGETHER: Final = 64  # documents that are recorded together
MOST_BYTES: Final = 8_000_000  # of them
LONGEST: Final = timedelta(seconds=2)  # that one waits for the next
BUNDLE: Final = 8  # documents handed out together


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How documents are read: with which programme's words, and with a language model where one is named."""

    programme: str
    given: Given = NOTHING
    model: Model | None = None

    @property
    def extractor(self) -> str:
        """What is asked beside the grammar; "" for nothing."""
        return self.model.extractor if self.model else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One document to parse and read; without data where there is nothing to do."""

    data: bytes | None
    name: str
    reader: Reader
    public: bool
    refused: Refused | None = None


def read_all(
    workspace: Workspace,
    found: Sequence[Source],
    reader: Reader,
    *,
    by: str,
    public: bool,
    now: Callable[[], datetime],
    where: Where | None = None,
    again: bool = False,
    opens: bool = False,
) -> Iterator[Told]:
    """What became of each document, once it is recorded; `where` None reads them one after another in this process.

    What was erased here is read only `again`, and what lies sealed becomes public only where that `opens` it.
    """
    tasks = _Tasks(workspace, found, reader, public, again, opens)
    batch = _Batch(workspace, by, public)
    try:
        for number, (source, taken) in enumerate(zip(found, _answers(tasks, where), strict=True)):
            data = tasks.loaded.pop(number)
            answer = Answer(source=source, data=data, taken=taken, now=now(), extractor=reader.extractor)
            if not batch.takes(answer):
                yield from batch.record()
            if workspace.ids_of(data):
                yield from batch.record()
                yield _once_more(workspace, answer, by=by, public=public, opens=opens)
            elif source.is_page:  # which may be known by its words
                yield _recorded(workspace, answer, by=by, public=public, opens=opens)
            else:
                batch.add(answer)
    except RunError:  # a model or a cluster that went: nothing is lost of what was read until then
        yield from batch.record()
        raise
    yield from batch.record()


def _once_more(workspace: Workspace, answer: Answer, *, by: str, public: bool, opens: bool) -> Told:
    """What becomes of a document that was read before: perhaps a model is asked of it that was not."""
    if answer.taken.refused is not None:
        return _recorded(workspace, answer, by=by, public=public, opens=opens)
    if answer.taken.texts and is_to_ask(workspace, answer.data, answer.extractor):
        return read_again(workspace, answer, by=by, public=public, opens=opens)
    return known(workspace, answer.source, answer.data, by=by, public=public, opens=opens)


def _recorded(workspace: Workspace, answer: Answer, *, by: str, public: bool, opens: bool) -> Told:
    source, data, taken = answer.source, answer.data, answer.taken
    extractor, now = answer.extractor, answer.now
    return record(workspace, source, data, taken, by=by, public=public, now=now, extractor=extractor, opens=opens)


class _Batch:
    """Documents that are recorded together: what is brought to the disk at once is there much sooner."""

    def __init__(self, workspace: Workspace, by: str, public: bool) -> None:
        self._workspace, self._by, self._public = workspace, by, public
        self._waiting: dict[bytes, Answer] = {}

    def takes(self, answer: Answer) -> bool:
        """Whether this one may wait with the others: they are few and young, and it is none of them again."""
        if not self._waiting:
            return not answer.source.is_page
        first = next(iter(self._waiting.values()))
        size = sum(len(one.data) for one in self._waiting.values())
        is_old = answer.now - first.now >= LONGEST
        is_full = is_old or len(self._waiting) >= TOGETHER or size >= MOST_BYTES
        return not (is_full or answer.source.is_page or sha256(answer.data).digest() in self._waiting)

    def add(self, answer: Answer) -> None:
        """Let it wait."""
        self._waiting[sha256(answer.data).digest()] = answer

    def record(self) -> list[Told]:
        """Record those that wait; what became of each."""
        those, self._waiting = list(self._waiting.values()), {}
        return record_all(self._workspace, those, by=self._by, public=self._public) if those else []


def _answers(tasks: _Tasks, where: Where | None) -> Iterator[Taken]:
    """What each document came to, in order; several are handed out together, so that workers need not wait for more."""
    if where is None:
        return (work(task, never) for task in tasks)
    return chain.from_iterable(in_order(work_all, _Bundles(tasks, tasks.bundle(where)), where))


def work_all(bundle: Sequence[Task], halted: Halted) -> tuple[Taken, ...]:
    """Parse and read some documents."""
    return tuple(work(task, halted) for task in bundle)


def work(task: Task, halted: Halted) -> Taken:
    """Parse and read one document, with what this process keeps for it."""
    if task.data is None or halted():
        return Taken(refused=task.refused)
    words, extract = _words(task.reader.programme), _extractor(task)
    return take(task.data, task.name, loader=_loader(), words=words, extract=extract, given=task.reader.given)


def _extractor(task: Task) -> Extractor:
    if task.reader.model is None:
        return by_grammar
    from tallystick.study.workspace.by_model import ByBoth

    return ByBoth(task.reader.model, restricted=not task.public)


@cache
def _loader() -> Loader:
    """The child process that parses: one for each process that reads."""
    from tallystick.evidence.documents.nursery import Nursery

    return Nursery()


@lru_cache(maxsize=1)
def _words(programme: str) -> Vocabulary:
    """The words of the programme: read once in a process."""
    from tallystick.claims.reading.words import read_words
    from tallystick.claims.statements.words import read_statement_words

    folder = programme_folder(programme)
    return Vocabulary(claims=read_words(folder), statements=read_statement_words(folder))


class _Tasks(Sequence[Task]):
    """Tasks made when they are asked for: a document is in memory from then until it is recorded."""

    def __init__(
        self, workspace: Workspace, found: Sequence[Source], reader: Reader, public: bool, again: bool, opens: bool
    ) -> None:
        self._workspace, self._found, self._reader, self._public = workspace, found, reader, public
        self._again, self._opens = again, opens
        self.loaded: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._found)

    def bundle(self, where: Where) -> int:
        """How many go to a worker together: each gets several bundles; what a model has read is not put at risk."""
        if self._reader.model is not None:
            return 1
        workers = where.workers or os.cpu_count() or 1
        return max(1, min(BUNDLE, len(self._found) // (4 * workers)))

    @overload
    def __getitem__(self, at: int) -> Task: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Task]: ...
    def __getitem__(self, at: int | slice) -> Task | Sequence[Task]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        source = self._found[at]
        data, refused = loaded(source)
        self.loaded[at] = data
        erased = None if self._again else refusal(self._workspace, data)
        refused = refused or erased or self._workspace.refusal_of(data, source.name)
        ids = self._workspace.ids_of(data)
        is_known = bool(ids) and not is_to_ask(self._workspace, data, self._reader.extractor)
        closed = still_sealed(self._workspace, ids, public=self._public, opens=self._opens)  # goes to no model either
        refused = closed if is_known or closed else refused
        is_read = refused is None and not is_known
        return Task(
            data=data if is_read else None,
            name=source.name,
            reader=self._reader,
            public=self._public,
            refused=refused,
        )


class _Bundles(Sequence[Sequence[Task]]):
    """The same tasks, so many together."""

    def __init__(self, tasks: Sequence[Task], size: int) -> None:
        self._tasks, self._size = tasks, size

    def __len__(self) -> int:
        return -(-len(self._tasks) // self._size)

    @overload
    def __getitem__(self, at: int) -> Sequence[Task]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Task]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Task] | Sequence[Sequence[Task]]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return self._tasks[at * self._size : (at + 1) * self._size]
