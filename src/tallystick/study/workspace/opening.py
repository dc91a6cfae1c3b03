"""What lies sealed here and is read once more as public: left sealed, unless it is to be opened on purpose.

A folder that holds a published report may hold a testimony beside it. To read both as public would tell of the witness
in clear, for good; so what is sealed is opened only where that is asked for in so many words, and then it is counted
what in it narrows to somebody, as of any document that comes into clear.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tallystick.evidence.documents.derived import Refused
from tallystick.evidence.programme import programme_folder
from tallystick.study.workspace.texts import stretches_of
from tallystick.study.workspace.workspace import Workspace

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


def narrowing_in(workspace: Workspace, ids: Sequence[str]) -> int:
    """How many passages of these documents narrow to somebody, outside all that was read from them."""
    from tallystick.claims.statements.accounts import passages_beside
    from tallystick.claims.statements.narrowing import narrows
    from tallystick.claims.statements.words import read_statement_words

    if not ids:
        return 0
    words, state, count = read_statement_words(programme_folder(workspace.settings.programme)), workspace.state, 0
    for document in (state.documents[id] for id in ids):
        text, _ = stretches_of(workspace, document)
        read = [one.proposed for one in (*state.held_of(document.id), *state.statements_of(document.id))]
        count += passages_beside(text, narrows(text, language=document.language, words=words), read, words=words)
    return count
