"""The days that a model says a claim describes, kept only where the text or its day of publication knows the year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)


class Stretch(NamedTuple):
    """First and last day; None on a side that nothing is said of."""

    first: date | None
    last: date | None


def years_known(text: str, published: date | None) -> Callable[[int], bool]:
    """Whether a year is written in the text, or is the one that a text of that day means by "this" or "last" year."""
    written = {int(year) for year in YEAR.findall(text)}
    meant = {published.year - 1, published.year, published.year + 1} if published is not None else set()
    return (written | meant).__contains__


def stretch(first: str, last: str, known: Callable[[int], bool]) -> Stretch | None:
    """The two days; None when one of them is no day, lies in a year that nothing supports, or they are swapped."""
    start, end = _edge(first, known, last=False), _edge(last, known, last=True)
    if (first and start is None) or (last and end is None):
        return None
    return None if start is not None and end is not None and start > end else Stretch(start, end)


def _edge(said: str, known: Callable[[int], bool], *, last: bool) -> date | None:
    found = DAY.fullmatch(said)
    if found is None or not known(int(found["year"])):
        return None
    year, month = int(found["year"]), int(found["month"] or (12 if last else 1))
    try:
        return date(year, month, int(found["day"] or (monthrange(year, month)[1] if last else 1)))
    except ValueError:  # the 31st of June, a month 13
        return None
