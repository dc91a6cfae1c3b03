"""A testimony taken out of a workspace for good: the document, all that was read from it, and every copy.

Erasing a document erases its proposals, statements, opinions and edges, and those of every other document of the same
bytes (`belonging`). Erasing one proposal or statement erases what was said of it, and leaves the document. No key is
needed: who may erase need not be able to read.

The ledger forgets first. Then every copy goes of which it does not speak any more, and all evidence that was derived.
What lies between is noted on the disk (`forgetting`), so that an erasure which was killed is finished by whoever opens
the workspace next to write; and so is one that comes with a colleague's ledger.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

from tallystick.evidence.ledger.exchange import Merged
from tallystick.study.workspace.belonging import with_all
from tallystick.study.workspace.erased import remember
from tallystick.study.workspace.forgetting import NOTE, forget_copies, noted
from tallystick.study.workspace.sound import checked
from tallystick.study.workspace.telling import check_telling
from tallystick.study.workspace.theirs import check_key, keep_back_theirs
from tallystick.study.workspace.workspace import Workspace


def erase(workspace: Workspace, ids: Iterable[str], *, why: str, by: str, insists: bool = False) -> int:
    """Erase; how many entries lost their content. UsageError where an id is not known, and then nothing is erased.

    Nor where the reason, which stays for good, seems to tell of somebody, unless whoever gives it `insists`.
    """
    named = tuple(ids)
    check_telling(workspace, {"why": why}, insists=insists)
    with_all(workspace, named)  # says what is not known, before anything is done
    with noted(workspace):
        workspace.kept.forward()  # what others have recorded until they were kept out
        subjects, hashes = with_all(workspace, named)
        about = {entry.hash for one in subjects for entry in workspace.ledger.about(one) if entry.content is not None}
        remember(workspace, subjects)
        workspace.ledger.erase([*subjects, *hashes], why=why, by=by)
    return len(about | {*hashes})


def merge(workspace: Workspace, file: Path, *, by: str) -> Merged:
    """Take over what another ledger's export holds, and forget the copies of what was erased there.

    LedgerError names an entry that could not have been recorded; then nothing is taken over. What it tells of that is
    kept back here is kept back from then on (`theirs`), for which the key has to be at hand: UsageError without.
    """
    check_key(workspace)
    check = checked(workspace, file.name)
    with noted(workspace):
        merged = workspace.ledger.merge(file, by=by, check=check)
        workspace.forget_state()
        keep_back_theirs(workspace, by=by)
        return merged


def finish(workspace: Workspace) -> None:
    """Remove the copies that an erasure which was cut off has left, and drafts of killed reads."""
    workspace.copies.sweep()
    try:
        handle = os.open(workspace.folder / NOTE, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if len(workspace.ledger.heads(None)) > 1:  # it may have been a merge that was cut off
            keep_back_theirs(workspace, by=workspace.settings.analyst)
        with workspace.copies.alone():
            forget_copies(workspace)
    except BlockingIOError:
        return  # who erases is at work, and will finish it
    finally:
        os.close(handle)
