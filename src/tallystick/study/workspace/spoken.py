"""Of which copies the ledger speaks, in clear or beside what is sealed; and so which of them nobody needs."""

from __future__ import annotations

from tallystick.evidence.ledger.entry import Entry
from tallystick.study.workspace.contents import about
from tallystick.study.workspace.state import DOCUMENT, PUBLISH
from tallystick.study.workspace.workspace import Workspace


def spoken_of(workspace: Workspace) -> frozenset[str]:
    """The names of all copies that some document has: of one that was made public, those that lie in clear alone."""
    ledger, last = workspace.ledger, dict[str, frozenset[str]]()
    read = {(entry.subject, entry.chain) for entry in ledger.entries(kinds=[DOCUMENT])}
    for entry in ledger.entries(kinds=[DOCUMENT, PUBLISH]):
        if entry.content is not None and (entry.subject, entry.chain) in read:  # nobody else speaks for it
            last[entry.subject] = _named(entry)
    return frozenset().union(*last.values())


def orphans(workspace: Workspace) -> tuple[str, ...]:
    """Copies of which no document speaks: left by a read that was killed, by an erasure, or by making them public."""
    there = tuple(workspace.copies.names())  # listed first: what is added meanwhile is no orphan
    spoken = spoken_of(workspace)
    return tuple(name for name in there if name not in spoken)


def clear(workspace: Workspace) -> tuple[str, ...]:
    """Remove those copies, while nobody adds any; their names."""
    with workspace.copies.alone():
        left = orphans(workspace)
        for name in left:
            workspace.copies.remove(name)
    return left


def _named(entry: Entry) -> frozenset[str]:
    assert entry.content is not None
    named = about(entry.content, "copies") or (entry.content.get("copy"), entry.content.get("text"))
    return frozenset(map(str, named))
