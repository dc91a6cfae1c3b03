"""Whether a workspace is whole, and whether a brief is of it: `tallystick verify`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tallystick.evidence.ledger.entry import GENESIS
from tallystick.evidence.ledger.seal import SEALED
from tallystick.evidence.ledger.store import Ledger
from tallystick.evidence.programme import load_programme
from tallystick.study.manifest import Manifest
from tallystick.study.swap import scratch
from tallystick.study.workspace.accepted import write
from tallystick.study.workspace.sound import problem_with
from tallystick.study.workspace.state import DOCUMENT, State
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import EvidenceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it was recorded."""

    place: str
    problem: str
    of_a_copy: bool = False  # the ledger holds: what is at fault is a file beside it


def faults_of(workspace: Workspace) -> list[Fault]:
    """All that does not hold: in the chains; and where they hold, in the copies that documents have."""
    chained = workspace.ledger.verify()
    if chained:
        return [Fault(place=f"{fault.chain[:12]} {fault.number}", problem=fault.problem) for fault in chained]
    return [*_sealed_elsewhere(workspace), *_copies(workspace)]


def _sealed_elsewhere(workspace: Workspace) -> Iterator[Fault]:
    """What others sealed and this key opens: when their ledger was taken over, the key may not have been at hand."""
    own = workspace.ledger.own
    for entry in workspace.ledger.entries():
        is_theirs = entry.chain != own and SEALED in (entry.content or {})
        if is_theirs and (problem := problem_with(workspace, entry)):
            yield Fault(place=f"{entry.chain[:12]} {entry.number}", problem=problem)


def _own(workspace: Workspace) -> frozenset[str]:
    """Documents that were read here, and not by a colleague whose ledger was taken over."""
    return frozenset(entry.subject for entry in workspace.ledger.entries(kinds=[DOCUMENT], chain=workspace.ledger.own))


def _copies(workspace: Workspace) -> Iterator[Fault]:
    own = _own(workspace)
    documents = workspace.state_at(None).documents  # from the ledger: what is kept beside it may be damaged too
    for document in documents.values():
        for what, name in (("copy", document.copy), ("text", document.text)):
            if not workspace.copies.holds(name) and document.id not in own:
                continue  # a colleague's: a ledger is exported without its copies
            try:
                workspace.copies.read(name)
            except EvidenceError as error:
                yield Fault(place=f"{document.id} {what}", problem=error.problem, of_a_copy=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a brief is to a ledger: `same`, `older` or `neither`, in words with the reason."""

    word: str
    told: str


def match(workspace: Workspace, manifest: Manifest) -> Match:
    """Whether the brief is of this ledger as it is, of an older state of it, or of neither."""
    if manifest.ledger is None:
        return _without_head(workspace, manifest)
    heads = _heads(workspace.ledger, {manifest.ledger, *(manifest.ledger_heads or ())})
    if heads is None:
        return Match(word="neither", told="the ledger does not hold the entry that the brief printed as its head")
    proposed = any("--include-proposed" in line.split() for line in manifest.repeat)
    state = workspace.state_within(heads, as_it_was=True)
    if root_of(workspace, state, include_proposed=proposed) == manifest.evidence_root:
        since = workspace.ledger.length - sum(length for _, length in heads.values())
        return _same() if not since else Match(word="older", told=f"{since} entries were made or taken over since")
    if workspace.state.erased:
        return Match(word="older", told="content was erased since, so that its evidence cannot be worked out again")
    return Match(word="neither", told="the ledger held other evidence when it had the head that the brief printed")


def _heads(ledger: Ledger, printed: Iterable[str]) -> dict[str, tuple[str, int]] | None:
    """How long each chain was when these were the heads; None where the ledger does not hold one of them."""
    heads: dict[str, tuple[str, int]] = {}
    for head in printed:
        place = ledger.holds(head)
        if place is None:
            return None
        heads[place.chain] = (head, place.number)
    return heads


def root_of(workspace: Workspace, state: State, *, include_proposed: bool = False) -> str:
    """The root of the evidence that follows from a state."""
    with scratch() as place:
        write(workspace, place, state, include_proposed=include_proposed)
        return load_programme(place).evidence_root


def _without_head(workspace: Workspace, manifest: Manifest) -> Match:
    """A brief of a programme alone: of the evidence with which the workspace began, or of none of its states."""
    genesis = next(iter(workspace.ledger.entries(kinds=[GENESIS], chain=workspace.ledger.own)))
    if root_of(workspace, workspace.state) == manifest.evidence_root:
        return _same()
    if genesis.content and genesis.content["programme_root"] == manifest.evidence_root:
        return Match(word="older", told="it is of the programme's evidence with which the workspace began")
    return Match(word="neither", told="no state of this ledger is known to have had its evidence")


def _same() -> Match:
    return Match(word="same", told="nothing was recorded since that would change its evidence")
