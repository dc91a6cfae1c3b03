"""The words that claims and statements were read from, as `hand/quotes.csv` has them: where we hold a copy of the page.

A programme may have none. A row is a person's judgement that these words carry the claim; whether the copy still holds
them is checked where the copy lies. Line breaks and signs that nobody sees stand as blanks here, sign for sign, so
that offsets stay those of the copy's text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from tallystick.evidence.cells import Cells, unseen_sign
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder
from tallystick.vocab.programme import Programme

QUOTES: Final = "hand/quotes.csv"
QUOTE_COLUMNS: Final = (
    "claim", "quote", "passage", "place", "start", "end", "document", "read_by", "judged_by", "judged_on",
)  # fmt: skip
HASH: Final = re.compile(r"[0-9a-f]{64}")
OFFSET: Final = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words of one claim. Offsets are code points of the copy's text, end exclusive."""

    words: str
    passage: str
    place: str  # "page 3", or "" where the copy has no parts
    start: int
    end: int
    document: str  # SHA-256 of the copy's bytes

    @property
    def copy(self) -> str:
        """Where the words lie, for a reader who holds the copy."""
        where = f"{self.place}, " if self.place else ""
        return f"SHA-256 {self.document}, {where}characters {self.start} to {self.end} of its text"


def quotes(programme: Programme) -> Mapping[str, Quote]:
    """The words that rows of the programme were read from, by claim or statement; none where no copies are held."""
    known = {row.id for rows in (programme.claims, programme.statements) for row in rows}
    return {
        row["claim"]: Quote(
            words=row["quote"],
            passage=row["passage"],
            place=row["place"],
            start=int(row["start"]),
            end=int(row["end"]),
            document=row["document"],
        )
        for row in programme.hand.get("quotes", ())
        if row["claim"] in known
    }


def check_quotes(folder: Folder, known: Collection[str], faults: Faults) -> None:
    """Fault every row that names no claim or statement, quotes one twice, or whose words do not lie where it says."""
    seen: dict[str, int] = {}
    for row in folder.rows.get(QUOTES, ()):
        cells = Cells(row, faults)
        name = cells.text("claim", required=True)
        if name and name not in known and faults.may_name(name):
            cells.fault("claim", f"no claim or statement is called {shown(name)}", "mend the id")
        if name in seen:
            cells.fault("claim", f"{shown(name)} is quoted twice, first in row {seen[name]}", "keep one of the rows")
        seen.setdefault(name, row.number)
        _check_words(cells)
        _check_place(cells)


def _check_words(cells: Cells) -> None:
    quote, passage = cells.text("quote", required=True), cells.text("passage", required=True)
    if quote not in passage:
        cells.fault("quote", "does not stand in the passage", "a quote is cut from its passage and never reworded")
    for field in ("place", "read_by"):
        cells.text(field)
    cells.text("judged_by", required=True)
    cells.day("judged_on", required=True)


def _check_place(cells: Cells) -> None:
    found = [cells.text(field, required=True) for field in ("start", "end")]
    if not all(OFFSET.fullmatch(text) for text in found):
        cells.fault("start", f"{shown(' to '.join(found))} are no offsets", "whole numbers, from the copy's text")
    elif int(found[1]) - int(found[0]) != len(cells.row.cells["quote"]):
        cells.fault("end", "start and end are not as far apart as the quote is long", "read them again from the copy")
    if not HASH.fullmatch(cells.text("document", required=True)):
        cells.fault("document", "is no SHA-256", "64 digits and letters a to f: the hash of the copy's bytes")


def one_line(words: str) -> str:
    """`words` as a cell may hold them: each sign that nobody sees, a line break too, stands as a blank."""
    return "".join(" " if unseen_sign(sign) else sign for sign in words)
