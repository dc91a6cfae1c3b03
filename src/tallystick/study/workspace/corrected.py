"""What people corrected in a reading, in words: which field, from what to what, by whom and why.

Not the corrected claim itself, which follows from all opinions together (`records`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tallystick.study.workspace.records import Held, HeldStatement, Opinion

NOTHING: Final = "nothing"
KEPT_BACK: Final = "restricted"


def corrections(held: Held | HeldStatement) -> Iterator[str]:
    """Each correction that stands, in the order in which people are heard."""
    for opinion in held.standing:
        if opinion.verdict == "correct":
            yield corrected(held, opinion)


def corrected(held: Held | HeldStatement, opinion: Opinion) -> str:
    """One person's correction, as "low from 4321 to 4000, by ana (a floor)"."""
    read = msgspec.to_builtins(held.proposed)
    told = (_change(name, read.get(name), value) for name, value in opinion.changes.items())
    changes = "; ".join(filter(None, told)) or NOTHING
    why = f" ({opinion.why})" if opinion.why and KEPT_BACK not in opinion.changes else ""
    return f"{changes}, by {opinion.by}{why}"


def _change(name: str, before: Any, after: Any) -> str:
    """What kept a claim back is not told again, nor why it was cleared: that may tell what nobody else is to know.

    "" where the field was given as it had been read.
    """
    if name == KEPT_BACK:
        return "that it is kept back was cleared" if not after else "that it is kept back was added"
    return f"{name} from {_plain(before)} to {_plain(after)}" if _plain(before) != _plain(after) else ""


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or NOTHING
    if isinstance(value, float):
        return f"{value:.12g}"
    return NOTHING if value is None or value == "" else str(value)
