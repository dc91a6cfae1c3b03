"""Words that people give beside a reading, and that the ledger keeps in clear: held to what texts are held to.

A reason, a correction, a title travels with every export, and a reason for an erasure cannot itself be erased. So where
our rules find that such words narrow to somebody they are refused, unless whoever wrote them insists that they do not.
That nothing is found is no permission.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from tallystick.claims.statements.words import StatementWords, read_statement_words
from tallystick.evidence.programme import programme_folder
from tallystick.study.workspace.workspace import Workspace
from tallystick.vocab.errors import UsageError

HINT = "it is kept in clear and travels: say it without the person, or give the command with --insist if it names none"


def check_telling(workspace: Workspace, told: Mapping[str, object], *, insists: bool) -> None:
    """UsageError where one of these texts, each by the name of what holds it, narrows to somebody."""
    if insists:
        return
    for name, value in told.items():
        for text in _texts(value):
            if why := why_private(workspace, text):
                raise UsageError(f"{name}: {why}", hint=HINT)


def why_private(workspace: Workspace, text: str) -> str:
    """Why a text of a line or two may tell of somebody private; "" where no rule of ours says so."""
    from tallystick.claims.statements.named_sources import private_sources
    from tallystick.claims.statements.narrowing import REASONS, narrows, private_persons

    words = _words(workspace.settings.programme)
    found = next((one.reason for one in narrows(text, language="en", words=words)), "")
    named = private_persons(text, words=words) or private_sources([text], text, words=words)
    return found or (REASONS["person"] if named else "")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


@lru_cache(maxsize=1)
def _words(programme: str) -> StatementWords:
    return read_statement_words(programme_folder(programme))
