"""Where a text narrows to somebody: what `read --public` counts and warns of, and `review --narrowing` shows.

Claims and statements that narrow are kept back one by one. All else of a public document lies in clear, the sentences
around what is kept back too, so whoever decides whether it may has to see every one; and a testimony that was read as
public by mistake is told by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tallystick.claims.statements.narrowing import Narrowing
from tallystick.claims.statements.patterns import plain
from tallystick.claims.statements.stretches import Span, sentences
from tallystick.claims.statements.words import StatementWords

WHOLE: Final = "account"  # kind of narrowing that is all of a text, and shows nothing of where to look


def narrowing_spans(text: str, narrowings: Iterable[Narrowing], *, words: StatementWords) -> tuple[Span, ...]:
    """Where passages narrow to somebody, or say that a name was changed, in order; those that overlap are one.

    A text that is somebody's own account narrows whole; it is given whole only where nothing in it tells more.
    """
    known = list(narrowings)
    parts = {(one.start, one.end) for one in known if one.kind != WHOLE} | _changed_names(text, words)
    found: list[Span] = []
    for start, end in sorted(parts or {(one.start, one.end) for one in known}):
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
