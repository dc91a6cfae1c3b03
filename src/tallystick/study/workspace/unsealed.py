"""What was sealed and may lie in clear from now on, recorded once more so that it counts for who has no key.

All evidence is worked out without a key. So when a document is made public, or a person finds that a claim narrows to
nobody, then the reading, what people corrected in it, and what it goes back to are recorded again in clear; why
somebody said so stays sealed. An id keeps to the chain that drew it: what a colleague read is theirs to bring in clear.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from tallystick.evidence.ledger.entry import Draft
from tallystick.study.workspace.contents import as_content
from tallystick.study.workspace.records import Held, HeldStatement, Link
from tallystick.study.workspace.resealed import COMPUTED
from tallystick.study.workspace.state import EDGE, LINEAGE, PROPOSAL, REVIEW, STATEMENT
from tallystick.study.workspace.workspace import Workspace


def claims_in_clear(workspace: Workspace, document: str, claims: Sequence[Held], *, by: str) -> list[Draft]:
    """The entries that tell of these claims of a public document, and of the links of others to them."""
    mine = {held.id: own for held in claims if (own := workspace.own_id(held.id))}
    drafts = [each for held in claims if held.id in mine for each in _of_claim(workspace, document, held, mine, by)]
    for other in workspace.state.held.values():
        leads_here = any(link.to in mine for link in other.links)
        if leads_here and other.id not in mine and not workspace.state.is_kept_back(other):
            drafts += _links(workspace, other, other.id, mine, by)
    return drafts


def may_be_told(held: Held | HeldStatement) -> bool:
    """Whether neither what it narrows to nor a person keeps it back."""
    return not held.kept_back and held.status != "restricted"


def statements_in_clear(
    workspace: Workspace, document: str, told: Iterable[HeldStatement], *, by: str
) -> Iterator[Draft]:
    """The entries that tell of these statements of a public document."""
    for one in told:
        own = workspace.own_id(one.id)
        if own:
            content = {"document": document, "statement": as_content(one.statement)}
            yield workspace.ledger.draft(STATEMENT, content, by=by, subject=own)
            yield from _opinions(workspace, one, own)


def _of_claim(workspace: Workspace, document: str, held: Held, clear: Collection[str], by: str) -> Iterator[Draft]:
    own, ledger = workspace.own_id(held.id) or held.id, workspace.ledger
    yield ledger.draft(PROPOSAL, {"document": document, "claim": as_content(held.claim)}, by=by, subject=own)
    yield from _opinions(workspace, held, own)
    if held.id not in workspace.state.unasked:
        yield from _links(workspace, held, own, clear, by)


def _opinions(workspace: Workspace, held: Held | HeldStatement, own: str) -> Iterator[Draft]:
    """What people here changed in it, without their reasons, which may tell what nobody else is to know."""
    for opinion in held.standing:
        if opinion.chain == workspace.ledger.own and opinion.changes:
            said = {"verdict": opinion.verdict, "changes": dict(opinion.changes), "why": ""}
            yield workspace.ledger.draft(REVIEW, said, by=opinion.by, subject=own)


def _links(workspace: Workspace, held: Held, subject: str, clear: Collection[str], by: str) -> Iterator[Draft]:
    """The links that tell of nothing that is kept back, and what people made of them."""
    ledger, state = workspace.ledger, workspace.state

    def may_be_told(link: Link) -> bool:
        return link.to in clear or link.to not in state.held or not state.is_kept_back(state.held[link.to])

    formulas = [link.reasons for link in held.links if link.kind == COMPUTED and not may_be_told(link)]
    told = [link for link in held.links if may_be_told(link) and link.reasons not in formulas]
    yield ledger.draft(LINEAGE, {"links": [_proposed(link) for link in told]}, by=by, subject=subject)
    for link in told:
        if link.verdict != "proposed":
            said = {"to": link.to, "kind": link.kind, "verdict": link.verdict, "why": ""}
            yield ledger.draft(EDGE, said, by=link.by or by, subject=subject)


def _proposed(link: Link) -> dict[str, Any]:
    return {"to": link.to, "kind": link.kind, "score": link.score, "reasons": list(link.reasons)}
