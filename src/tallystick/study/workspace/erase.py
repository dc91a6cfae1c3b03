"""A testimony taken out of a workspace for good: the document, all that was read from it, and every copy.

Erasing a document erases its proposals, statements, opinions and edges, and those of every other document of the same
bytes. Erasing one proposal or statement erases what was said of it, and leaves the document.

The ledger forgets first, and the copies go then. What lies between is noted on the disk, so that an erasure which was
killed is finished by whoever opens the workspace next to write; and so is one that comes with a colleague's ledger.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tallystick.evidence.ledger.exchange import Merged
from tallystick.study.swap import replace_file
from tallystick.study.workspace.state import State
from tallystick.study.workspace.workspace import EVIDENCE, Workspace
from tallystick.vocab.errors import UsageError

NOTE = "erasing.json"  # copies of each document that can be erased now, by the document's id


def erase(workspace: Workspace, ids: Iterable[str], *, why: str, by: str) -> int:
    """Erase; how many entries lost their content. UsageError where an id is not known, and then nothing is erased."""
    subjects = {subject for id in ids for subject in _with_all(workspace.state, id)}
    count = sum(len(workspace.ledger.about(subject)) for subject in subjects)
    with _copies_noted(workspace):
        workspace.ledger.erase(sorted(subjects), why=why, by=by)
    return count


def merge(workspace: Workspace, file: Path, *, by: str) -> Merged:
    """Take over what another ledger's export holds, and forget the copies of what was erased there."""
    with _copies_noted(workspace):
        return workspace.ledger.merge(file, by=by)


def finish(workspace: Workspace) -> None:
    """Remove the copies of erased documents that an erasure which was cut off has left, and drafts of killed reads."""
    workspace.copies.sweep()
    note = workspace.folder / NOTE
    if not note.exists():
        return
    with workspace.copies.alone():
        workspace.forget_state()
        living = {name for one in workspace.state.documents.values() for name in (one.copy, one.text)}
        for id, names in msgspec.json.decode(note.read_bytes(), type=dict[str, tuple[str, ...]]).items():
            entries = workspace.ledger.about(id)
            if entries and all(entry.content is None for entry in entries):
                for name in {*names} - living:  # somebody may have read the same document again meanwhile
                    workspace.copies.remove(name)
    shutil.rmtree(workspace.folder / EVIDENCE, ignore_errors=True)  # it is derived, and may quote what is gone
    note.unlink()


@contextmanager
def _copies_noted(workspace: Workspace) -> Iterator[None]:
    documents = workspace.state.documents.values()
    names = {id: (one.copy, one.text) for one in documents for id in workspace.state.all_ids_of(one.id)}
    replace_file(workspace.folder / NOTE, msgspec.json.encode(names))
    try:
        yield
    finally:
        workspace.forget_state()
        finish(workspace)


def _with_all(state: State, id: str) -> Iterator[str]:
    """Every subject that has to go with that id."""
    name = state.id_of(id)
    if name in state.documents:
        for document in state.ids_of(state.documents[name].sha256):
            yield from _of_document(state, document)
    elif name in state.held or name in state.statements:
        yield from state.all_ids_of(name)
    else:
        hint = "name a document, a claim or a statement of the workspace; what is sealed needs --identity"
        raise UsageError(f"nothing here is called {id!r}", hint=hint)


def _of_document(state: State, document: str) -> Iterator[str]:
    yield from state.all_ids_of(document)
    for shelf in (state.held, state.statements):
        for held in shelf.values():
            if held.document == document:
                yield from state.all_ids_of(held.id)
