"""The words around a claim or a statement as they may be shown in clear: every card and table takes them from here.

Where a document is read its passages are cut so that none holds what is kept back (`claims.statements.apart`). What a
person keeps back later lies sealed from then on, and who has no key cannot know where its words are; all evidence is
worked out without a key. So in a document of which somebody keeps back what had been read in clear, every other claim
and statement is shown by its own quote alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tallystick.claims.proposal import Proposal, StatementProposal
from tallystick.evidence.ledger.entry import Entry
from tallystick.evidence.ledger.seal import SEALED
from tallystick.study.workspace.contents import about
from tallystick.study.workspace.records import standing
from tallystick.study.workspace.state import DOCUMENT, PROPOSAL, STATEMENT
from tallystick.study.workspace.workspace import Workspace

CUT: Final = "[…]"  # stands for what is not shown
READINGS: Final = (PROPOSAL, STATEMENT)


def passage_of(text: str, said: Proposal | StatementProposal, *, alone: bool) -> str:
    """Its passage in the copy's text; `alone`, its own quote, with a mark where more was read.

    alone : whether somebody keeps back what had been read in clear from the same document
    """
    if not alone:
        return text[said.passage_start : said.passage_end]
    before = f"{CUT} " if said.passage_start < said.quote_start else ""
    after = f" {CUT}" if said.quote_end < said.passage_end else ""
    return f"{before}{text[said.quote_start : said.quote_end]}{after}"


def quoted_alone(workspace: Workspace) -> frozenset[str]:
    """The documents of which somebody keeps back, at this moment, what had been read in clear; without a key."""
    clear = workspace.kept.clear
    told = [one.id for each in (clear.held, clear.statements) for one in each.values() if one.is_restricted]
    told += [id for id, said in clear.unheard.items() if any(one.verdict == "restrict" for one in standing(said))]
    return frozenset(clear.id_of(document) for id in told for document in _was_in_clear(workspace, id))


def _was_in_clear(workspace: Workspace, id: str) -> Iterator[str]:
    """Its document, unless it was sealed from the first, when the passages beside it were cut for it."""
    read = [entry for entry in workspace.ledger.about(id) if entry.kind in READINGS]
    named = {str(document) for entry in read if (document := _document(entry))}
    always_sealed = all(entry.content is not None and SEALED in entry.content for entry in read)
    if not always_sealed or any(_was_sealed(workspace, document) for document in named):
        yield from named


def _document(entry: Entry) -> object:
    return (entry.content or {}).get("document") or about(entry.content, "document")


def _was_sealed(workspace: Workspace, document: str) -> bool:
    """Whether a document was read as restricted, so that nothing of it was cut for being told."""
    told = [entry for entry in workspace.ledger.about(document) if entry.kind == DOCUMENT]
    return not told or told[0].content is None or SEALED in told[0].content
