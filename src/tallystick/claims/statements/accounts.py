"""Signs that a document is somebody's own account, where nothing was read: what `read --public` has to warn of.

Claims and statements that narrow are kept back one by one. All else of a public document lies in clear, and a testimony
that was read as public by mistake is told by that: somebody speaks of themselves, or a helper, a way, a number to call
or a changed name stands where no claim is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from tallystick.claims.statements.narrowing import Narrowing
from tallystick.claims.statements.patterns import plain
from tallystick.claims.statements.stretches import Span, sentences
from tallystick.claims.statements.words import StatementWords

TELLING: Final = frozenset(("interviewee", "helper", "partner", "escape", "contact", "unread"))  # kinds of narrowing


class Passage(Protocol):
    """What was read from a passage of a text."""

    @property
    def passage_start(self) -> int: ...
    @property
    def passage_end(self) -> int: ...


def passages_beside(
    text: str, narrowings: Iterable[Narrowing], read: Iterable[Passage], *, words: StatementWords
) -> int:
    """How many passages outside all that was `read` narrow to a person, a helper or a way."""
    return len(spans_beside(text, narrowings, read, words=words))


def spans_beside(
    text: str, narrowings: Iterable[Narrowing], read: Iterable[Passage], *, words: StatementWords
) -> tuple[Span, ...]:
    """Where these passages stand, in order; those that overlap are one."""
    passages = [(one.passage_start, one.passage_end) for one in read]
    told = {(one.start, one.end) for one in narrowings if one.kind in TELLING} | _changed_names(text, words)
    outside = sorted(span for span in told if not any(start < span[1] and span[0] < end for start, end in passages))
    found: list[Span] = []
    for start, end in outside:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _changed_names(text: str, words: StatementWords) -> set[Span]:
    """Sentences that say that a name was changed."""
    seen, places = plain(text)
    signs = [names.called_after for names in words.names.values() if names.called_after]
    return {
        (places[start], places[end])
        for start, end in sentences(seen)
        if any(sign.search(seen, start, end) for sign in signs)
    }
