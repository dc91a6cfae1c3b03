"""Text made safe for the place where it is shown: a cell of a table, a spreadsheet, a terminal.

What sources write may hold anything. A spreadsheet runs a cell that begins with `=`; a terminal obeys
control characters; bidirectional marks show words in an order in which they were not written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from unicodedata import category

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what begins so, a spreadsheet may run
QUOTE = "'"  # a spreadsheet takes what follows for text
_BEFORE = "\"' "  # signs that a careless reader drops before it looks for a formula
_BLANKS = "\t\n\r\u2028\u2029"
_UNSEEN = {
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "Zl",
    "Zp",
}  # control, format (bidirectional, zero-width), no letters


def printable(text: str) -> str:
    """The text without characters that a terminal obeys or that nobody sees; tabs and line ends become blanks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if sign in _BLANKS else sign for sign in text if sign in _BLANKS or category(sign) not in _UNSEEN
    )


def csv_cell(value: object) -> str:
    """One value as a CSV cell: numbers as they are, nothing as "", text never as a formula.

    Text that begins with an apostrophe gets another, so that taking one away always gives the text back (`cell_text`).
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return repr(value)
    text = printable(str(value))
    runs = text.startswith(QUOTE) or text.lstrip(_BEFORE).startswith(FORMULA_SIGNS)
    return f"{QUOTE}{text}" if runs else text


def cell_text(cell: str) -> str:
    """The text that `csv_cell` made a cell of."""
    return cell.removeprefix(QUOTE)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A whole CSV file, RFC 4180 but for line ends, which are \\n."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([csv_cell(name) for name in header])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return out.getvalue()
