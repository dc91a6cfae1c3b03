"""The days that a statement's period speaks of, as reports write periods: a year, a month, a day, or a range of them.

"before 2022" has no first day, "undated" neither: what cannot be placed is left unplaced, never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_POINT = r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?"
_WHOLE = re.compile(_POINT)
_SLASHED = re.compile(f"({_POINT})/({_POINT})")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_BEFORE = re.compile(r"before (\d{4})")
_UNTIL = re.compile(r"until (\d{4})")
_FROM = re.compile(r"(?:from|after) (\d{4})")

Span = tuple[date | None, date | None]


def span(period: str) -> Span:
    """First and last day of a period as written; None where the words leave a side open or say nothing."""
    text = period.strip()
    if years := _YEARS.fullmatch(text):
        return _first(years[1]), _last(years[2])
    if _WHOLE.fullmatch(text):
        return _first(text), _last(text)
    if slashed := _SLASHED.fullmatch(text):
        return _first(slashed[1]), _last(slashed[5])
    return _one_sided(text)


def _one_sided(text: str) -> Span:
    if before := _BEFORE.fullmatch(text):
        return None, date(int(before[1]) - 1, 12, 31)
    if until := _UNTIL.fullmatch(text):
        return None, _last(until[1])
    if since := _FROM.fullmatch(text):
        return _first(since[1]), None
    return None, None


def _first(point: str) -> date:
    year, month, day = (int(part) for part in [*point.split("-"), "1", "1"][:3])
    return date(year, month, day)


def _last(point: str) -> date:
    parts = [int(part) for part in point.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])
