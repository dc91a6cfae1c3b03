"""The pages that claims were read on, as BibTeX: one entry per page, under the id that it has in the brief.

`urldate` stands where the day of our copy is known, and nowhere else: the rows that ship do not record when their pages
were read. Entries are @misc, which every style of BibTeX and biblatex knows; a page without a title gets none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final
from urllib.parse import quote

from tallystick.brief.formats.shown import Shown, web
from tallystick.vocab.cells import printable
from tallystick.vocab.programme import Source

ESCAPES: Final = {  # a brace would end the field even behind a backslash, so it is spelled out
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
IN_ADDRESSES: Final = "%:/?#[]@!$&'()*+,;=~-._"  # signs that stay as they are in a field that is an address


def bibtex(told: Shown, read_on: Mapping[str, date] | None = None) -> str:
    """All entries in the order of their keys; `read_on`: the day of our copy by the page's id, where one is known."""
    days = read_on or {}
    return "\n".join(_entry(page, days.get(page.id)) for page in told.pages)


def _entry(page: Source, read: date | None) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(page, read))
    return f"@misc{{{page.id},\n{fields}}}\n"


def _fields(page: Source, read: date | None) -> Iterator[tuple[str, str]]:
    if page.title:
        yield "title", f"{{{{{escaped(page.title)}}}}}"  # twice, so that a style keeps capitals as they are
    else:
        yield "key", f"{{{escaped(page.published_by)}}}"  # by what a style sorts an entry without author and title
    yield "howpublished", f"{{{{{escaped(page.published_by)}}}}}"
    yield from _date(page.published_on)
    if web(page):
        yield "url", f"{{{quote(printable(web(page)), safe=IN_ADDRESSES)}}}"
    if read is not None:
        yield "urldate", f"{{{read.isoformat()}}}"
    yield "note", f"{{Claims: {escaped(', '.join(page.claims))}}}"


def _date(published: str) -> Iterator[tuple[str, str]]:
    """The year, and as much more as is known."""
    parts = published.split("-") if published else []
    values = zip(("year", "month", "day"), parts, strict=False)
    for name, value in values:
        yield name, MONTHS[int(value) - 1] if name == "month" else f"{{{int(value)}}}"


def escaped(text: str) -> str:
    """Text as TeX sets it: its own signs spelled out, every other script as it is."""
    return "".join(ESCAPES.get(sign, sign) for sign in printable(text))
