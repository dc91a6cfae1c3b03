"""What a colleague's ledger tells in clear and is kept back here: kept back for who has no key, too.

A colleague may have read the same bytes, made them public, and found that a claim narrows to nobody. What we read lies
sealed, so that without the key nobody sees that the two are one, and all evidence is worked out without it. So where
ledgers are merged, with the key at hand, a verdict of this workspace keeps their reading back, in clear. It is said
once: who takes it back is not overruled. Of such a document itself nothing is told either, neither where it came from
nor its hash; and whoever imports is told of it, since in the colleague's own workspace it goes on to lie in clear.
"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.evidence.ledger.entry import Draft
from tallystick.evidence.ledger.seal import SEALED
from tallystick.study.workspace.read import append
from tallystick.study.workspace.records import Document, Held, HeldStatement
from tallystick.study.workspace.state import DOCUMENT, PROPOSAL, REVIEW, STATEMENT
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError

WHY = "it is kept back in this workspace"


def check_key(workspace: Workspace) -> None:
    """UsageError where something that was read here lies sealed, and nobody at hand can open all of it."""
    ledger, key = workspace.ledger, workspace.key
    for entry in ledger.entries(kinds=(DOCUMENT, PROPOSAL, STATEMENT)):
        content = entry.content or {}
        if entry.chain == ledger.own and SEALED in content and not key.opens(content):
            hint = "name the file of the age identity that opens what is restricted here with --identity"
            raise UsageError("what is kept back here cannot be held against theirs without its key", hint=hint)


def keep_back_theirs(workspace: Workspace, *, by: str) -> None:
    """Record a verdict on each reading of somebody else that lies in clear and is kept back here."""
    append(workspace, list(_drafts(workspace, by)))


def _drafts(workspace: Workspace, by: str) -> Iterator[Draft]:
    full, clear, ledger = workspace.state, workspace.kept.clear, workspace.ledger
    readings: list[Held | HeldStatement] = [*clear.held.values(), *clear.statements.values()]
    for theirs in readings:
        if theirs.chain == ledger.own or clear.is_kept_back(theirs) or _was_said(workspace, theirs.id):
            continue
        ours = full.judged(full.id_of(theirs.id))
        if ours is not None and full.is_kept_back(ours):
            said = {"verdict": "restrict", "changes": {}, "why": WHY}
            yield ledger.draft(REVIEW, said, by=by, subject=theirs.id)

    for document in clear.documents.values():
        is_theirs = document.chain != ledger.own and document.public
        if is_theirs and _is_sealed_here(workspace, document) and not _was_said(workspace, document.id):
            said = {"verdict": "restrict", "changes": {}, "why": WHY}
            yield ledger.draft(REVIEW, said, by=by, subject=document.id)


def in_clear_there(workspace: Workspace) -> tuple[str, ...]:
    """The ids of colleagues' documents that lie in clear with them, and are sealed here."""
    clear = workspace.kept.clear
    return tuple(one.id for one in clear.documents.values() if one.chain != clear.own and not one.public)


def _is_sealed_here(workspace: Workspace, theirs: Document) -> bool:
    ours = workspace.state.documents.get(workspace.state.id_of(theirs.id))
    return ours is not None and not ours.public


def _was_said(workspace: Workspace, id: str) -> bool:
    told = (one for one in workspace.ledger.about(id) if one.kind == REVIEW and one.chain == workspace.ledger.own)
    return any(one.content is not None and one.content.get("verdict") == "restrict" for one in told)
