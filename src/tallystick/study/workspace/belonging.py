"""What belongs to a document, a reading or a refusal, so that an erasure takes all of it, with the key and without.

A document brings readings, and these bring opinions and links; other documents may be of the same bytes; and links of
other claims may name what goes, with its figures. All of that is told by entries in clear, or by what sealed entries
are `about`. Links that nobody here can open are taken where whoever recorded them could have known what goes: what
claims go back to is worked out again, a person's word on such a link is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tallystick.evidence.ledger.entry import MERGE, Entry
from tallystick.study.workspace.contents import Key, about
from tallystick.study.workspace.state import DOCUMENT, EDGE, LINEAGE, PROPOSAL, PUBLISH, REFUSED, STATEMENT
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError

BYTES, READINGS, LINKS = (DOCUMENT, PUBLISH, REFUSED), (PROPOSAL, STATEMENT), (LINEAGE, EDGE)
KINDS: Final = (*BYTES, *READINGS, *LINKS, MERGE)


@dataclass(frozen=True, slots=True)
class _Link:
    """An entry that names claims; `names` is None where nobody here can open it."""

    entry: Entry
    names: frozenset[str] | None


@dataclass(slots=True)
class _Found:
    """All entries that something belongs to, by subject."""

    known_by: dict[str, set[str]] = field(default_factory=dict)  # document or refusal -> hashes and marks of its bytes
    refused: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)  # of these, what bears a mark of this workspace
    closed: set[str] = field(default_factory=set)  # of these, what was read here and nobody at hand can open
    document_of: dict[str, str] = field(default_factory=dict)  # reading -> document
    links: list[_Link] = field(default_factory=list)
    first: dict[str, tuple[str, int]] = field(default_factory=dict)  # subject -> chain and number of its first entry
    merged: list[tuple[str, int, str]] = field(default_factory=list)  # chain, number of the merge, the chain merged


def with_all(workspace: Workspace, ids: Iterable[str]) -> tuple[list[str], list[str]]:
    """The subjects that go with those ids, and the hashes of further entries; UsageError where an id is not known."""
    found = _found(workspace)
    subjects = {subject for id in ids for subject in _subjects(workspace, found, id)}
    _check_twins(found, subjects)
    hashes = [
        link.entry.hash for link in found.links if link.entry.subject not in subjects and _tells(found, link, subjects)
    ]
    return sorted(subjects), sorted(hashes)


def _found(workspace: Workspace) -> _Found:
    found = _Found()
    for entry in workspace.ledger.entries(kinds=KINDS):
        if entry.content is not None:
            _note(found, entry, entry.content, workspace.key)
            if entry.kind in BYTES and entry.chain == workspace.ledger.own:
                found.marked.update({entry.subject} if about(entry.content, "mark") else ())
                found.closed.update(() if "sha256" in (workspace.key.opened(entry.content) or {}) else {entry.subject})
    return found


def _check_twins(found: _Found, subjects: set[str]) -> None:
    """UsageError where what lies sealed here may be of the same bytes as what goes, and only the key tells whether."""
    unmarked = (id for id in subjects & found.known_by.keys() if not _of_same_bytes(found, id) & found.marked)
    if found.closed - subjects and (id := next(unmarked, None)):
        hint = "name the file of your age identity with --identity, so that all of it goes"
        raise UsageError(f"what lies sealed here may be {id} again, and cannot be known without its key", hint=hint)


def _note(found: _Found, entry: Entry, content: Mapping[str, Any], key: Key) -> None:
    found.first.setdefault(entry.subject, (entry.chain, entry.number))
    inside = key.opened(content) or {}
    if entry.kind in BYTES:
        marks = (inside.get("sha256"), about(content, "mark"))
        found.known_by.setdefault(entry.subject, set()).update(mark for mark in marks if mark and isinstance(mark, str))
        if entry.kind == REFUSED:
            found.refused.add(entry.subject)
    elif entry.kind in READINGS:
        found.document_of[entry.subject] = str(about(content, "document") or inside.get("document"))
    elif entry.kind in LINKS:
        found.links.append(_Link(entry, _named(inside) if key.opens(content) else None))
    elif isinstance(content.get("chain"), str):
        found.merged.append((entry.chain, entry.number, content["chain"]))


def _named(content: Mapping[str, Any]) -> frozenset[str]:
    links = content.get("links", ())
    named = [content.get("to"), *(link.get("to") for link in links if isinstance(link, dict))]
    return frozenset(str(one) for one in named if one)


def _subjects(workspace: Workspace, found: _Found, id: str) -> Iterator[str]:
    if id in found.known_by:
        documents = _of_same_bytes(found, id)
        if id in found.refused:  # that it was not read is forgotten; what another version read of it stays
            yield from documents & found.refused
            return
        yield from documents
        yield from (reading for reading, document in found.document_of.items() if document in documents)
    elif id in found.document_of:
        yield from {id, *workspace.state.all_ids_of(workspace.state.id_of(id))}
    else:
        raise UsageError(f"nothing here is called {id!r}", hint="name a document, a claim or a statement by its id")


def _of_same_bytes(found: _Found, id: str) -> set[str]:
    """That document and every other of the same bytes, by hash or mark; one may lead to the next."""
    same, marks = {id}, set(found.known_by[id])
    while more := {other for other, known in found.known_by.items() if known & marks} - same:
        same |= more
        marks = marks.union(*(found.known_by[other] for other in more))
    return same


def _tells(found: _Found, link: _Link, subjects: set[str]) -> bool:
    if link.names is not None:
        return bool(link.names & subjects)
    return any(_could_know(found, link.entry, *found.first[subject]) for subject in subjects)


def _could_know(found: _Found, entry: Entry, chain: str, number: int) -> bool:
    """Whether who recorded that entry had an earlier one at hand: in their own chain, or in one that they merged."""
    if entry.chain == chain:
        return entry.number > number
    return any((entry.chain, chain) == (into, merged) and at < entry.number for into, at, merged in found.merged)
