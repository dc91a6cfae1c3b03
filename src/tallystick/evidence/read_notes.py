"""The note of a claim that a program read in a workspace: which program, and whether a person has accepted the claim.

A table has no column for that, so the note is written in one form here and is known again by it. It judges nothing.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

NOBODY_YET: Final = "nobody has accepted it yet"
FORM: Final = re.compile(
    r"Read by .+ from a copy held in the workspace, document \S+; "
    rf"(?P<word>{NOBODY_YET}|accepted (?P<bulk>in bulk )?by (?P<by>.+?) on \d{{4}}-\d\d-\d\d)"
    r"(?:; (?:corrected|goes back to): .+)?\.",
    re.DOTALL,
)


def read_note(
    reader: str,
    accepted_by: str,
    on: date,
    *,
    proposed: bool,
    in_bulk: bool = False,
    document: str,
    corrected: tuple[str, ...] = (),
    goes_back: tuple[str, ...] = (),
) -> str:
    """The note of a claim that `reader` read; `accepted_by` and `on` count where it is more than proposed.

    in_bulk : whether it was accepted with many others at once, so that nobody looked at it
    document : its id in the workspace
    corrected : what people changed in the reading, each in words
    goes_back : each link to an earlier claim, with its kind, its score and why
    """
    how = "accepted in bulk" if in_bulk else "accepted"
    word = NOBODY_YET if proposed else f"{how} by {accepted_by} on {on}"
    changed = "".join(f"; corrected: {each}" for each in corrected)
    linked = "".join(f"; goes back to: {each}" for each in goes_back)
    return f"Read by {reader} from a copy held in the workspace, document {document}; {word}{changed}{linked}."


def acceptance(note: str) -> str:
    """Who accepted the claim and when, or that nobody did; "" for a claim that no program read."""
    found = FORM.fullmatch(note)
    return found["word"] if found else ""


def accepted_by(note: str) -> str:
    """Who accepted what a program read; "" where nobody did, or where no program read it."""
    found = FORM.fullmatch(note)
    return (found["by"] or "") if found else ""


def accepted_in_bulk(note: str) -> bool:
    """Whether it was accepted with many others at once, so that nobody looked at it."""
    found = FORM.fullmatch(note)
    return bool(found and found["bulk"])
