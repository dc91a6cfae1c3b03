"""A testimony taken out of a workspace for good: the document, all that was read from it, and every copy.

Erasing a document erases its proposals, statements, opinions and edges, and those of every other document of the same
bytes. Erasing one proposal or statement erases what was said of it, and leaves the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tallystick.study.workspace.state import State
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError


def erase(workspace: Workspace, ids: Iterable[str], *, why: str, by: str) -> int:
    """Erase; how many entries lost their content. UsageError where an id is not known, and then nothing is erased."""
    state = workspace.state
    subjects = {subject for id in ids for subject in _with_all(state, id)}
    copies = {
        name
        for id in subjects & state.documents.keys()
        for name in (state.documents[id].copy, state.documents[id].text)
    }
    count = sum(len(workspace.ledger.about(subject)) for subject in subjects)
    workspace.ledger.erase(sorted(subjects), why=why, by=by)
    for name in sorted(copies):
        workspace.copies.remove(name)
    workspace.forget_state()
    return count


def _with_all(state: State, id: str) -> Iterator[str]:
    """Every subject that has to go with that id."""
    name = state.id_of(id)
    if name in state.documents:
        bytes_ = state.documents[name].sha256
        for document in state.ids_of(bytes_):
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
