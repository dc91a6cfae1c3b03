"""Around whatever makes the ledger forget: that no copy, index or evidence outlives what it was of.

It says nothing of what is to be forgotten; that is for an erasure (`erase`), a merge, or what is sealed again
(`resealed`). A note on the disk says that one of them is at work, so that one which was killed is finished later.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tallystick.study.workspace.copies import sync_folder
from tallystick.study.workspace.evidence import forget_evidence
from tallystick.study.workspace.kept import forget
from tallystick.study.workspace.spoken import orphans
from tallystick.study.workspace.workspace import Workspace

NOTE = "erasing"  # lies there while copies of what the ledger forgets may still be here


@contextmanager
def noted(workspace: Workspace) -> Iterator[None]:
    """Around letting the ledger forget: nobody adds copies, relates claims or writes evidence out meanwhile."""
    handle = _locked_note(workspace.folder / NOTE)
    try:
        with workspace.copies.alone():
            try:
                yield
            finally:
                forget_copies(workspace)
    finally:
        os.close(handle)


def _locked_note(note: Path) -> int:
    """The note on the disk, locked while whoever wrote it lives; so that nobody else takes the erasure for cut off."""
    while True:
        handle = os.open(note, os.O_RDONLY | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if note.exists() and os.path.samestat(os.fstat(handle), note.stat()):
            sync_folder(note.parent)
            return handle
        os.close(handle)  # another erasure ended between the two steps, and took its note away


def forget_copies(workspace: Workspace) -> None:
    """What was kept or worked out must not outlive what it was of. Whoever calls holds `copies.alone`."""
    workspace.copies.remove_drafts()
    for name in orphans(workspace):
        workspace.copies.remove(name)
    workspace.forget_state()
    forget(workspace.folder, workspace.ledger, workspace.key)
    forget_evidence(workspace)
    (workspace.folder / NOTE).unlink(missing_ok=True)
