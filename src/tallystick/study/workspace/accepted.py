"""Which proposals an estimate may use, and as what: accepted, from a public document, on a measure of the programme.

What nobody has accepted is used only where it was asked for, and every brief then says so. What is disputed, rejected
or restricted is never used, asked for or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from tallystick.claims.proposal import Proposal, StatementProposal
from tallystick.evidence.claim_rows import CLAIMS
from tallystick.evidence.programme import programme_folder
from tallystick.study.workspace.evidence_folder import page_of, pages_of, write_evidence
from tallystick.study.workspace.passages import passage_of, quoted_alone
from tallystick.study.workspace.records import Document, Held, Opinion
from tallystick.study.workspace.rows import Accepted, Words
from tallystick.study.workspace.state import State
from tallystick.study.workspace.statement_rows import AcceptedStatement
from tallystick.study.workspace.texts import place_of, stretches_of
from tallystick.study.workspace.workspace import Workspace


def accepted(state: State, *, include_proposed: bool = False) -> tuple[Accepted, ...]:
    """The claims that may be used, by id; links to claims that are not among them are left out."""
    chosen = [claim for held in state.held.values() for claim in _usable(state, held, include_proposed)]
    known = {cells["id"] for cells in state.rows.get(CLAIMS, ())} | {claim.held.id for claim in chosen}
    return tuple(sorted((_linked(claim, known) for claim in chosen), key=lambda claim: claim.held.id))


def accepted_statements(state: State) -> tuple[AcceptedStatement, ...]:
    """The statements that people accepted, by id. What nobody has accepted is never told, asked for or not."""
    pages = pages_of(state.base)
    found = []
    for told in state.statements.values():
        document = state.documents.get(told.document)
        if told.status == "accepted" and document is not None and document.public and not told.reviewed.restricted:
            last = told.decisions[-1]
            found.append(
                AcceptedStatement(
                    told=told, document=document, page=page_of(document, pages), by=last.by, on=last.at.date()
                )
            )
    return tuple(sorted(found, key=lambda one: one.told.id))


def write(workspace: Workspace, folder: Path, state: State, *, include_proposed: bool = False) -> int:
    """Fill `folder` with the evidence that follows from `state`; how many of its claims nobody has accepted."""
    chosen = accepted(state, include_proposed=include_proposed)

    alone = quoted_alone(workspace)

    def words_of(document: Document, said: Proposal | StatementProposal) -> Words | None:
        if not workspace.copies.holds(document.text):  # a colleague's: a ledger is exported without its copies
            return None
        text, stretches = stretches_of(workspace, document)
        if text[said.quote_start : said.quote_end] != said.quote:
            return None  # read by a colleague from a text that another version made of the same bytes
        passage = passage_of(text, said, alone=document.id in alone)
        return Words(text, place_of(stretches, said.quote_start), passage)

    told = accepted_statements(state)
    write_evidence(folder, programme_folder(workspace.settings.programme), state.base, chosen, words_of, told)
    return sum(claim.proposed for claim in chosen)


def _usable(state: State, held: Held, include_proposed: bool) -> Iterator[Accepted]:
    document = state.documents.get(held.document)
    if document is None or not document.public:
        return
    if held.status == "accepted" or (include_proposed and held.status == "proposed"):
        yield from _of_one(state, held, document, held.deciding)
    elif held.status == "split":
        for part in parts_of(held):
            yield from _of_one(state, part, document, held.decisions[-1])


def parts_of(held: Held) -> tuple[Held, ...]:
    """The claims into which a person split a proposal, each corrected by that person to what it is a part of."""
    by = held.decisions[-1]
    claim = replace(held.claim, restricted=held.kept_back)
    return tuple(
        Held(
            id=f"{held.id}_{number}",
            document=held.document,
            claim=claim,
            opinions=(replace(by, verdict="correct", changes=changes),),
            links=held.links,
        )
        for number, changes in enumerate(by.changes["into"], start=1)
    )


def _of_one(state: State, held: Held, document: Document, last: Opinion | None) -> Iterator[Accepted]:
    claim = held.reviewed
    if not claim.measure or claim.restricted:
        return
    yield Accepted(
        held=held,
        document=document,
        page=page_of(document, pages_of(state.base)),
        by=last.by if last else claim.extractor,
        on=(last.at if last else document.captured_at).date(),
        proposed=last is None,
        in_bulk=last is not None and last.bulk,
    )


def _linked(claim: Accepted, known: Collection[str]) -> Accepted:
    links = tuple(link for link in claim.held.links if link.to in known and link.to != claim.held.id)
    return replace(claim, held=replace(claim.held, links=links))
