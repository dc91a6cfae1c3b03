"""By what a workspace knows the bytes of documents that were erased from it, so that none comes back by accident.

A folder that is read a second time holds the testimony that was withdrawn, too. Of each erased document its mark is
kept: an HMAC with the workspace's own key (`marks`), and no hash that a guessed text could be tried on. It lies beside
the ledger and not in it, so that no export carries it. Where a workspace knows documents by no mark, none is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

from tallystick.evidence.documents.derived import Refused
from tallystick.study.workspace.contents import about
from tallystick.study.workspace.workspace import Workspace

FILE: Final = "erased.marks"
ERASED: Final = "erased"  # the verdict on such bytes; it is told, and recorded nowhere


def remember(workspace: Workspace, subjects: Iterable[str]) -> None:
    """Keep the marks of these documents, on the disk when this returns. Ask before they are erased: then they go."""
    documents = [subject for subject in subjects if subject.startswith("d")]
    told = [about(entry.content, "mark") for one in documents for entry in workspace.ledger.about(one)]
    new = sorted({mark for mark in told if isinstance(mark, str)} - _kept(workspace))
    if not new:
        return
    handle = os.open(workspace.folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(f"{mark}\n" for mark in new)
        file.flush()
        os.fsync(handle)


def refusal(workspace: Workspace, data: bytes) -> Refused | None:
    """Why bytes that were erased here are not read; None where nobody here can tell that they were."""
    kept = _kept(workspace)
    if not data or not kept or workspace.key.known_mark(data) not in kept:
        return None
    return Refused(
        verdict=ERASED,
        message="was erased from this workspace",
        hint="leave it out; where it may come back after all, read it with --again",
    )


def _kept(workspace: Workspace) -> frozenset[str]:
    try:
        return frozenset((workspace.folder / FILE).read_text(encoding="ascii").split())
    except FileNotFoundError:
        return frozenset()
