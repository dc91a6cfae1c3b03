"""A workspace's evidence as studies read it: a programme's folder in the cache, made when it is first asked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from tallystick.evidence.ledger.entry import text_of
from tallystick.study.cache import Cache
from tallystick.study.hashes import code_hash, hash_of
from tallystick.study.recorded import Recorded
from tallystick.study.workspace.accepted import write
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError

RECORDED = "recorded.json"


def evidence_of(
    workspace: Workspace, cache: Cache, *, upto: datetime | None = None, include_proposed: bool = False
) -> tuple[Path, Recorded]:
    """The folder of the evidence that follows from what was recorded by `upto`, and of which state it is."""
    head = _head(workspace, upto)
    asked = {"head": head, "heads": workspace.ledger.heads(), "upto": str(upto), "proposed": include_proposed}
    key = hash_of({**asked, "code": code_hash((".",))})

    def fill(folder: Path) -> None:
        with workspace.copies.adding():  # an erasure waits, and then removes what was written of what it erases
            state = workspace.state_at(upto)
            proposed = write(workspace, folder, state, include_proposed=include_proposed)
        entries = sum(1 for _ in workspace.ledger.entries(upto=upto))
        told = Recorded(
            head=head,
            entries=entries,
            upto=text_of(upto) if upto else "",
            proposed=proposed,
            asked_proposed=include_proposed,
        )
        (folder / RECORDED).write_bytes(msgspec.json.encode(told))

    folder = cache.find("state", key) or cache.keep("state", key, fill)
    return folder, msgspec.json.decode((folder / RECORDED).read_bytes(), type=Recorded)


def _head(workspace: Workspace, upto: datetime | None) -> str:
    if upto is None:
        return workspace.ledger.head
    entry = workspace.ledger.at_or_before(upto)
    if entry is None:
        raise UsageError(f"--ledger-as-of {upto}: the ledger had not begun", hint="name a later moment")
    return entry.hash
