"""A workspace's evidence as studies read it: a programme's folder in the cache, made when it is first asked for."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import msgspec

from tallystick.evidence.ledger.entry import GENESIS, text_of
from tallystick.study.cache import Cache
from tallystick.study.hashes import code_hash, hash_of
from tallystick.study.recorded import Recorded
from tallystick.study.workspace.accepted import write
from tallystick.study.workspace.workspace import EVIDENCE, Workspace
from tallystick.vocab.errors import EvidenceError, UsageError

RECORDED = "recorded.json"


def evidence_of(
    workspace: Workspace, cache: Cache, *, upto: datetime | None = None, include_proposed: bool = False
) -> tuple[Path, Recorded]:
    """The folder of the evidence that follows from what was recorded by `upto`, and of which state it is."""
    heads = _heads(workspace, upto)
    now = _heads(workspace, None)  # what was kept back since is kept back in every earlier state too
    asked = {"heads": heads, "now": now, "upto": str(upto), "proposed": include_proposed}
    key = hash_of({**asked, "code": code_hash((".",))})

    def fill(folder: Path) -> None:
        with workspace.copies.adding():  # an erasure waits, and then removes what was written of what it erases
            workspace.kept.forward()  # what somebody keeps back meanwhile cuts the passages beside it
            state = workspace.state_at(upto)
            if _heads(workspace, upto) != heads:  # somebody recorded something meanwhile
                state = workspace.state_within(heads)
            proposed = write(workspace, folder, state, include_proposed=include_proposed)
        told = Recorded(
            head=heads[workspace.ledger.own][0],
            heads=tuple(head for head, _ in heads.values()),
            entries=sum(length for _, length in heads.values()),
            moment=text_of(upto) if upto else workspace.ledger.latest(head for head, _ in heads.values()),
            proposed=proposed,
            asked_proposed=include_proposed,
        )
        (folder / RECORDED).write_bytes(msgspec.json.encode(told))

    folder = cache.find("state", key) or cache.keep("state", key, fill)
    return folder, msgspec.json.decode((folder / RECORDED).read_bytes(), type=Recorded)


def forget_evidence(workspace: Workspace) -> None:
    """Remove all evidence that was written out: it may quote what is kept back or gone; it is made again at need.

    Whoever calls holds `copies.alone`, so that nobody writes it out meanwhile.
    """
    folder = workspace.folder / EVIDENCE
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        hint = "allow it to be removed, then remove it: it is made again when it is asked for"
        raise EvidenceError(f"cannot be removed: {error.strerror}", file=folder.name, hint=hint) from error


def _heads(workspace: Workspace, upto: datetime | None) -> dict[str, tuple[str, int]]:
    heads = workspace.ledger.heads(upto)
    if workspace.ledger.own not in heads:
        (first, *_) = workspace.ledger.entries(kinds=[GENESIS], chain=workspace.ledger.own)
        hint = f"name a later moment: it began on {first.moment:%Y-%m-%d, %H:%M:%S} UTC"
        raise UsageError(f"--ledger-as-of {upto:%Y-%m-%d}: the ledger had not begun", hint=hint)
    return heads
