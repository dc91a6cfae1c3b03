"""Many documents read into a workspace, in this process, in several, or on a cluster; recorded in the order given.

Only parsing and reading are handed out; this process alone writes. What a worker had when it died is read again by
another. At most a few documents are in memory for each worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, overload

from tallystick.evidence.documents.derived import Refused
from tallystick.evidence.programme import programme_folder
from tallystick.scenarios.executor import Halted, Where, in_order, never
from tallystick.study.workspace.read import Source, Told, known, loaded, record
from tallystick.study.workspace.taken import NOTHING, Extractor, Given, Loader, Taken, Vocabulary, by_grammar, take
from tallystick.study.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tallystick.study.workspace.by_model import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How documents are read: with which programme's words, and with a language model where one is named."""

    programme: str
    given: Given = NOTHING
    model: Model | None = None


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
) -> Iterator[Told]:
    """What became of each document, as it is recorded; `where` None reads them one after another in this process."""
    tasks = _Tasks(workspace, found, reader, public)
    answers: Iterable[Taken] = (work(task, never) for task in tasks) if where is None else in_order(work, tasks, where)
    for number, (source, taken) in enumerate(zip(found, answers, strict=True)):
        data = tasks.loaded.pop(number)
        if workspace.ids_of(data):
            yield known(workspace, source, data, by=by, public=public)
        else:
            yield record(workspace, source, data, taken, by=by, public=public, now=now())


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

    def __init__(self, workspace: Workspace, found: Sequence[Source], reader: Reader, public: bool) -> None:
        self._workspace, self._found, self._reader, self._public = workspace, found, reader, public
        self.loaded: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._found)

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
        refused = refused or self._workspace.refusal_of(data, source.name)
        is_read = refused is None and not self._workspace.ids_of(data)
        return Task(
            data=data if is_read else None,
            name=source.name,
            reader=self._reader,
            public=self._public,
            refused=refused,
        )
