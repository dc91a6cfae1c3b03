"""What lay in clear and is kept back from now on: taken out of the ledger as an erasure does, and sealed anew.

The chain goes on to hold: an entry whose content goes is one that was erased, and the sealed one says the same to who
has the key. So no command shows it, and no export that is written from now on tells it; an import elsewhere carries
that on. Entries of other claims that name it, with its figures, are replaced too, and what else they said stays in
clear. Where a person takes the verdict back, it comes into clear again (`unsealed`).

Beyond reach are the copy of its document, which was published and lies here whole, and what was written before. What a
colleague read, or said of it, lies in a chain of theirs, and only they can say it again, sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tallystick.evidence.ledger.entry import Draft, Entry
from tallystick.evidence.ledger.seal import SEALED
from tallystick.study.workspace.forgetting import noted
from tallystick.study.workspace.state import EDGE, LINEAGE, PROPOSAL, REVIEW, STATEMENT
from tallystick.study.workspace.workspace import Workspace

WHY = "it is kept back from now on, and recorded again, sealed"
COMPUTED = "computes_from"
READINGS = (PROPOSAL, STATEMENT)
TELLS = (*READINGS, REVIEW, LINEAGE, EDGE)


def lies_in_clear(workspace: Workspace, id: str) -> bool:
    """Whether an entry of this workspace's own tells in clear of what goes by that id."""
    return any(entry.kind in READINGS for entry in _about(workspace, _names(workspace, id)))


def lies_in_clear_elsewhere(workspace: Workspace, id: str) -> str:
    """The id under which a colleague's chain tells of it in clear, for who has no key to hear of it; "" for none."""
    found = [entry for name in sorted(_names(workspace, id)) for entry in workspace.ledger.about(name)]
    theirs = (one for one in found if one.chain != workspace.ledger.own and one.kind in READINGS and _is_clear(one))
    return next((entry.subject for entry in theirs), "")


def reseal(workspace: Workspace, id: str, verdict: Draft | None = None, *, by: str) -> None:
    """Record the verdict that keeps it back, and in the same step let all that tells of it in clear be sealed.

    Without a verdict, where it is kept back already.
    """
    with noted(workspace):
        workspace.kept.forward()  # what others have recorded until they were kept out
        names = _names(workspace, id)
        own, links = [*_about(workspace, names)], [*_leading_there(workspace, names)]
        drafts = [_sealed(workspace, entry) for entry in (*own, *links)]
        drafts += filter(None, (_without(workspace, entry, names) for entry in links))
        gone = [entry.hash for entry in (*own, *links)]
        workspace.ledger.erase(gone, why=WHY, by=by, instead=[*drafts, *([verdict] if verdict else [])])


def _names(workspace: Workspace, id: str) -> frozenset[str]:
    return frozenset(workspace.state.all_ids_of(workspace.state.id_of(id)))


def _about(workspace: Workspace, names: Collection[str]) -> Iterator[Entry]:
    """The entries of its own chain about these ids that tell something in clear, in order."""
    found = [entry for name in names for entry in workspace.ledger.about(name)]
    for entry in sorted(found, key=lambda one: (one.at, one.hash)):
        if entry.chain == workspace.ledger.own and entry.kind in TELLS and _is_clear(entry):
            yield entry


def _leading_there(workspace: Workspace, names: Collection[str]) -> Iterator[Entry]:
    """The entries of its own chain about other claims that lead to one of these in clear, with its figures."""
    for entry in workspace.ledger.entries(kinds=(LINEAGE, EDGE), chain=workspace.ledger.own):
        if entry.subject not in names and _is_clear(entry) and _named(entry) & frozenset(names):
            yield entry


def _is_clear(entry: Entry) -> bool:
    return entry.content is not None and SEALED not in entry.content


def _named(entry: Entry) -> frozenset[str]:
    content = entry.content or {}
    return frozenset((content.get("to", ""), *(link["to"] for link in content.get("links", ()))))


def _sealed(workspace: Workspace, entry: Entry) -> Draft:
    """The same entry once more, told to who has the key; of a verdict the word alone stays in clear."""
    content: Mapping[str, Any] = entry.content or {}
    key, in_clear = workspace.key, dict[str, Any]()
    if entry.kind == REVIEW:
        in_clear = {"verdict": content["verdict"]}
        held = key.sealed({name: value for name, value in content.items() if name != "verdict"})
    elif entry.kind in READINGS:
        held = key.sealed(content, document=content["document"])
    else:
        held = key.sealed(content)
    return workspace.ledger.draft(entry.kind, in_clear | held, by=entry.by, subject=entry.subject)


def _without(workspace: Workspace, entry: Entry, names: Collection[str]) -> Draft | None:
    """What else links of another claim told; None where they told nothing else.

    A computation goes whole: the link to each of its inputs tells the figures of all.
    """
    links = (entry.content or {}).get("links", ())
    formulas = [link["reasons"] for link in links if link["to"] in names and link["kind"] == COMPUTED]
    left = [link for link in links if link["to"] not in names and link["reasons"] not in formulas]
    return workspace.ledger.draft(LINEAGE, {"links": left}, by=entry.by, subject=entry.subject) if left else None
