"""What lies sealed here and is read once more as public: left sealed, unless it is to be opened on purpose.

A folder that holds a published report may hold a testimony beside it. To read both as public would tell of the witness
in clear, for good; so what is sealed is opened only where that is asked for in so many words, and then it is counted
what in it narrows to somebody, as of any document that comes into clear.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tallystick.evidence.documents.derived import Refused
from tallystick.evidence.programme import programme_folder
from tallystick.study.workspace.texts import stretches_of
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError

SEALED_HERE: Final = "sealed"  # the verdict on what is known here and lies sealed; it is told, and recorded nowhere


def still_sealed(workspace: Workspace, ids: Iterable[str], *, public: bool, opens: bool) -> Refused | None:
    """Why what is known here is not read as public; None where it lies in clear, or is to be opened."""
    if not public or opens or not closed_of(workspace, ids):
        return None
    return Refused(
        verdict=SEALED_HERE,
        message="lies sealed here, and stays so",
        hint="leave it out; where it was published after all, look at it in your review first, then add --open",
    )


def closed_of(workspace: Workspace, ids: Iterable[str]) -> tuple[str, ...]:
    """Of these documents those that do not lie in clear."""
    documents = workspace.state.documents
    return tuple(id for id in ids if id not in documents or not documents[id].public)


def narrowing_in(workspace: Workspace, ids: Iterable[str]) -> tuple[str, ...]:
    """The passages of these documents that narrow to somebody, in their words; those of what is kept back too."""
    from tallystick.claims.statements.accounts import narrowing_spans
    from tallystick.claims.statements.narrowing import narrows
    from tallystick.claims.statements.words import read_statement_words

    words, state = read_statement_words(programme_folder(workspace.settings.programme)), workspace.state
    found: list[str] = []
    for document in (state.documents[id] for id in ids):
        text, _ = stretches_of(workspace, document)
        narrowings = narrows(text, language=document.language, words=words)
        found += [text[slice(*span)] for span in narrowing_spans(text, narrowings, words=words)]
    return tuple(found)


def narrowing_passages(workspace: Workspace, id: str) -> tuple[str, ...]:
    """As `narrowing_in`, of one document; UsageError where it is not known, or its text is not here to be looked at."""
    document = workspace.state.documents.get(workspace.state.id_of(id))
    if document is None:
        hint = "name a document by its id; what is sealed needs --identity"
        raise UsageError(f"no document is called {id!r}", hint=hint)
    if not workspace.copies.holds(document.text):
        hint = "it was read by somebody else, and a ledger comes without copies: ask them"
        raise UsageError(f"{id}: its text is not here", hint=hint)
    return narrowing_in(workspace, [document.id])
