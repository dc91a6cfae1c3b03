"""To which known claims a proposal may go back: asked once for each proposal, and recorded, edges or none.

What was read before a run was broken off is asked about by the next one: a proposal without such an entry has not been
asked about yet. A person upholds or overrules an edge by an entry of their own.

A new claim is laid against those few known ones whose figures, sources or wording come near it (`kinship.nearby`,
`kinship.prints`), so that the ten-thousandth document takes as long as the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import chain
from typing import Final

from tallystick.evidence.ledger.entry import Draft
from tallystick.reconcile.kinship.bands import when
from tallystick.reconcile.kinship.cuts import marks_of
from tallystick.reconcile.kinship.edges import Edge, edges
from tallystick.reconcile.kinship.nearby import Nearby
from tallystick.reconcile.kinship.pages import Page, pages_of
from tallystick.reconcile.kinship.sighting import Sighting, sighting_of
from tallystick.study.workspace.read import append
from tallystick.study.workspace.records import Document, Held
from tallystick.study.workspace.shelves import Veil
from tallystick.study.workspace.state import LINEAGE, State
from tallystick.study.workspace.texts import stretches_of
from tallystick.study.workspace.unsaid import unsaid_of
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.programme import Programme

AT_ONCE: Final = 64  # proposals that are asked about together
MOST_COPIES: Final = 12  # documents that share most wording, whose claims are looked at whatever their figures
HELD: Final = 1000  # texts whose marks wait to be written together


def relate(workspace: Workspace, *, by: str) -> int:
    """Record the edges of every proposal that was not asked about yet; how many proposals those are.

    They are asked about in the order of their assertion, some at a time: a copy may be read before what it copies.
    """
    take_in(workspace, write_from=1)
    state = workspace.state
    waiting = sorted((when(sighting_in(state, state.held[id])), id) for id in state.unasked)
    for start in range(0, len(waiting), AT_ONCE):
        with workspace.copies.adding():  # an erasure waits, and then takes what was recorded of what it erases
            workspace.kept.forward()
            state = workspace.state
            left = [state.held[id] for _, id in waiting[start : start + AT_ONCE] if id in state.unasked]
            _relate(workspace, left, by)
    return len(waiting)


def _relate(workspace: Workspace, new: Sequence[Held], by: str) -> None:
    """Of the known ones, those that go back to nothing so far and are later than one that is new may copy that one.

    Who reads a copy first and what it copies on another day must not count the two as two.
    """
    state = workspace.state
    if not new:
        return
    asked = [_with_passage(workspace, sighting_in(state, held), held) for held in new]
    beside = cache(partial(near_documents, workspace))
    near = {one.id: tuple(_candidates(workspace, one, beside(one.document))) for one in asked}
    waiting, named = frozenset(state.unasked), dict.fromkeys(chain.from_iterable(near.values()))
    held_of = {id: held for id in named if id not in waiting and (held := state.held.get(id)) is not None}
    known = {id: sighting_in(state, held) for id, held in held_of.items()}
    free = {id for id, held in held_of.items() if not _likeliest(held)}
    later = {id for one in asked for id in free.intersection(near[one.id]) if when(known[id]) > when(one)}
    found = edges(
        asked,
        [*_shipped(workspace.programme), *known.values()],
        programme=workspace.programme,
        runs_of=partial(_runs_of, workspace),
        origin_of=_origins(workspace, held_of),
        later=later,
    )
    by_claim: dict[str, list[Edge]] = {}
    for edge in found:
        by_claim.setdefault(edge.claim, []).append(edge)
    told = [*new, *(held_of[id] for id in sorted(later) if id in by_claim)]
    append(workspace, [_draft(workspace, held, by_claim.get(held.id, ()), by) for held in told])


def _with_passage(workspace: Workspace, one: Sighting, held: Held) -> Sighting:
    """As it is, with the words that it was read from: they may say what its fields do not."""
    text, read = _text(workspace, one.document), held.claim
    if text is None or text[read.quote_start : read.quote_end] != read.quote:
        return one
    return replace(one, passage=text[read.passage_start : read.passage_end])


def _shipped(programme: Programme) -> Iterator[Sighting]:
    """The programme's own rows, each with the pages that it may have been coded from."""
    for claim in programme.claims:
        yield replace(sighting_of(claim), pages=pages_of(claim, programme.reports))


def _origins(workspace: Workspace, known: Mapping[str, Held]) -> dict[str, str]:
    """The origin of each known claim: where its likeliest edges lead, one after the other, until there is none."""
    origins, state = dict(workspace.origins), workspace.state
    for name, held in known.items():
        path, further = [name], _likeliest(held)
        while path[-1] not in origins and further not in (*path, ""):
            path.append(further)
            further = _likeliest(state.held[further]) if further in state.held else ""
        origins |= dict.fromkeys(path, origins.get(path[-1], path[-1]))
    return origins


def _likeliest(held: Held) -> str:
    """The claim to which the first edge leads that nobody overruled; "" where there is none."""
    return next((link.to for link in held.links if link.verdict != "overruled"), "")


def _candidates(workspace: Workspace, one: Sighting, documents: Iterable[str]) -> Iterator[str]:
    """Ids of proposals that come near, by their figures or because such documents hold them."""
    for index in (workspace.kept.nearby, workspace.kept.hidden):
        yield from index.near(one, workspace.programme)
        yield from index.after(one)
    for document in (one.document, *documents):
        yield from workspace.state.of_document.get(document, ())


def near_documents(workspace: Workspace, document: str) -> tuple[str, ...]:
    """The documents that share most wording with that one, the nearest first."""
    text = _text(workspace, document)
    found = () if text is None else workspace.prints.near(text, but=document)
    return tuple(one.id for one in found[:MOST_COPIES] if one.id in workspace.state.documents)


def _runs_of(workspace: Workspace, document: str) -> frozenset[int] | None:
    """The runs of words of a document's text; what is restricted is in no index, and is cut when it is asked for."""
    runs = workspace.prints.runs_of(document)
    if runs is not None:
        return runs
    text = _text(workspace, document)
    return None if text is None else marks_of(text).runs


def _text(workspace: Workspace, id: str) -> str | None:
    document = workspace.state.documents.get(id)
    if document is None or not workspace.copies.holds(document.text):
        return None
    return stretches_of(workspace, document)[0]


def take_in(workspace: Workspace, *, write_from: int = HELD) -> None:
    """Let what is new be found by its wording and its figures; wording is written once so many texts wait for it.

    What is restricted is found by its figures, while the workspace is open, and leaves nothing on the disk.
    """
    with workspace.copies.adding():  # an erasure waits, and then empties what was written here
        workspace.kept.forward()
        _take_in(workspace, write_from)


def _take_in(workspace: Workspace, write_from: int) -> None:
    kept, prints = workspace.kept, workspace.prints
    done: list[str] = []
    for id in kept.clear.unmarked:
        document = kept.clear.documents[id]
        if prints.is_held(id):
            continue
        if document.public and id not in prints and workspace.copies.holds(document.text):
            prints.hold(id, stretches_of(workspace, document)[0])
            done += prints.write() if prints.held >= HELD else ()
        else:
            done.append(id)
    done += prints.write() if prints.held >= write_from else ()
    for id in done:
        if id not in kept.clear.documents and id in prints:
            prints.forget(id)  # it was held here while somebody erased it
    with kept.changing():
        for id in done:
            kept.clear.unmarked.pop(id, None)
        _place(kept.clear, kept.clear.unplaced, kept.nearby, workspace.programme)
    if kept.full is not kept.clear:
        queue = kept.full.unplaced
        _place(kept.full, queue.front if isinstance(queue, Veil) else queue, kept.hidden, workspace.programme)


def _place(state: State, queue: MutableMapping[str, bool], nearby: Nearby, programme: Programme) -> None:
    for id in list(queue):
        nearby.put(sighting_in(state, state.held[id]), programme)
        del queue[id]


def _draft(workspace: Workspace, held: Held, found: Sequence[Edge], by: str) -> Draft:
    links = [
        {"to": parent, "kind": edge.kind, "score": round(edge.score, 4), "reasons": [*edge.reasons, *edge.damage]}
        for edge in found
        for parent in edge.parents
    ]
    content = {"links": links}
    shown = workspace.key.sealed(content) if tells_of_restricted(workspace.state, held, links) else content
    return workspace.ledger.draft(LINEAGE, shown, by=by, subject=held.id)


def tells_of_restricted(state: State, held: Held, links: Sequence[Mapping[str, object]]) -> bool:
    """Whether the claim or one that it may go back to is kept back: reasons tell figures and names of both."""
    others = (state.held.get(str(link["to"])) for link in links)
    return state.is_kept_back(held) or any(other is not None and state.is_kept_back(other) for other in others)


def sighting_in(state: State, held: Held) -> Sighting:
    """A proposal with its corrections, as kinship sees it."""
    claim, document = held.reviewed if held.opinions else held.claim, state.documents[held.document]
    unsaid = unsaid_of(held)
    earliest, latest = _asserted(document, None if "period" in unsaid else claim.start)
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
        pages=(_page(document),),
        dated=document.published_on is not None,
        unsaid=unsaid,
    )


def _page(document: Document) -> Page:
    """What names the document to others: its address, or the bytes themselves."""
    day = document.published_on
    name = document.url or f"{document.sha256} {document.part}"
    return Page(name=name, title=document.title, publisher=document.publisher, earliest=day, latest=day)


def _asserted(document: Document, start: date | None) -> tuple[date, date]:
    """A document without a date was printed by the day on which it was read, and who knows since when."""
    read = document.captured_at.date()
    if document.published_on is not None:
        return document.published_on, document.published_on
    return min(start or read, read), read
