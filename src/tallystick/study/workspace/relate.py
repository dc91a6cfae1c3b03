"""To which known claims a proposal may go back: asked once for each proposal, and recorded, edges or none.

What was read before a run was broken off is asked about by the next one: a proposal without such an entry has not been
asked about yet. A person upholds or overrules an edge by an entry of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tallystick.evidence.ledger.entry import Draft
from tallystick.reconcile.kinship.edges import Edge, edges
from tallystick.reconcile.kinship.sighting import Sighting, sighting_of
from tallystick.study.workspace.read import append
from tallystick.study.workspace.records import Document, Held
from tallystick.study.workspace.state import EDGE, LINEAGE, State
from tallystick.study.workspace.texts import stretches_of
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError

PERSONS_WORD = {"uphold": "upheld", "overrule": "overruled"}


def relate(workspace: Workspace, *, by: str) -> int:
    """Record the edges of every proposal that was not asked about yet; how many proposals those are."""
    state = workspace.state
    new = [held for held in state.held.values() if held.id not in state.related]
    if not new:
        return 0
    programme = workspace.programme
    before = [held for held in state.held.values() if held.id in state.related]
    found = edges(
        [_sighting(state, held) for held in new],
        [*map(sighting_of, programme.claims), *(_sighting(state, held) for held in before)],
        _Texts(workspace),
        programme=programme,
    )
    by_claim: dict[str, list[Edge]] = {}
    for edge in found:
        by_claim.setdefault(edge.claim, []).append(edge)
    append(workspace, [_draft(workspace, held, by_claim.get(held.id, ()), by) for held in new])
    return len(new)


def judge(workspace: Workspace, id: str, to: str, word: str, *, by: str, why: str) -> None:
    """Uphold or overrule the edge of a proposal to another claim."""
    held = workspace.state.held.get(workspace.state.id_of(id))
    link = next((link for link in held.links if link.to == to), None) if held else None
    if held is None or link is None:
        hint = "`tallystick review` shows the edges of each proposal"
        raise UsageError(f"{id} has no edge to {to!r}", hint=hint)
    content = {"to": to, "kind": link.kind, "verdict": PERSONS_WORD[word], "why": why}
    shown = workspace.key.sealed(content) if _tells_of_restricted(workspace.state, held, [content]) else content
    append(workspace, [workspace.ledger.draft(EDGE, shown, by=by, subject=held.id)])


def _draft(workspace: Workspace, held: Held, found: Sequence[Edge], by: str) -> Draft:
    links = [
        {"to": parent, "kind": edge.kind, "score": round(edge.score, 4), "reasons": [*edge.reasons, *edge.damage]}
        for edge in found
        for parent in edge.parents
    ]
    content = {"links": links}
    shown = workspace.key.sealed(content) if _tells_of_restricted(workspace.state, held, links) else content
    return workspace.ledger.draft(LINEAGE, shown, by=by, subject=held.id)


def _tells_of_restricted(state: State, held: Held, links: Sequence[Mapping[str, object]]) -> bool:
    """Whether the claim or one that it may go back to is kept back: reasons tell figures and names of both."""
    others = (state.held.get(str(link["to"])) for link in links)
    return state.is_kept_back(held) or any(other is not None and state.is_kept_back(other) for other in others)


def _sighting(state: State, held: Held) -> Sighting:
    claim, document = held.reviewed, state.documents[held.document]
    earliest, latest = _asserted(document, claim.start)
    return Sighting(
        id=held.id,
        measure=claim.measure,
        low=claim.low,
        point=claim.point,
        high=claim.high,
        unit=claim.unit,
        host=claim.host,
        region=claim.region,
        sector=claim.sector,
        start=claim.start,
        end=claim.end,
        asserted_by=claim.asserted_by,
        attribution=claim.attribution,
        published_by=document.publisher,
        earliest=earliest,
        latest=latest,
        published=document.published_on,
        document=document.id,
        quote=claim.quote,
        hedge=claim.hedge,
    )


def _asserted(document: Document, start: date | None) -> tuple[date, date]:
    """A document without a date was printed by the day on which it was read, and who knows since when."""
    read = document.captured_at.date()
    if document.published_on is not None:
        return document.published_on, document.published_on
    return min(start or read, read), read


class _Texts(Mapping[str, str]):
    """The texts of documents by id, each read from its copy when it is asked for."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __contains__(self, id: object) -> bool:
        document = self._workspace.state.documents.get(str(id))
        return document is not None and self._workspace.copies.holds(document.text)

    def __getitem__(self, id: str) -> str:
        return stretches_of(self._workspace, self._workspace.state.documents[id])[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._workspace.state.documents)

    def __len__(self) -> int:
        return len(self._workspace.state.documents)
