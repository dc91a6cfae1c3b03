"""Dates with the precision that they were stated with: "in October 2024", "at the end of 2017", "the late 1940s"."""

from __future__ import annotations

from calendar import month_name, monthrange
from datetime import date


def day(when: date) -> str:
    return f"{when.day} {month_name[when.month]} {when.year}"


def month(when: date) -> str:
    return f"{month_name[when.month]} {when.year}"


def _whole_months(start: date, end: date) -> bool:
    return start.day == 1 and end.day == monthrange(end.year, end.month)[1]


def window(start: date, end: date) -> str:
    """The period between two days in the largest words that fit it exactly, without a preposition."""
    if start == end:
        return day(start)
    if _whole_months(start, end):
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if months == 1:
            return month(start)
        if start.month == 1 and end.month == 12:
            return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        if months == 3 and start.month % 3 == 1:
            return f"the {('first', 'second', 'third', 'fourth')[start.month // 3]} quarter of {start.year}"
        if months == 6 and start.month in (1, 7):
            return f"the {'first' if start.month == 1 else 'second'} half of {start.year}"
        first = month_name[start.month] if start.year == end.year else month(start)
        return f"{first} to {month(end)}"
    if start.year != end.year:
        return f"{day(start)} to {day(end)}"
    first = str(start.day) if start.month == end.month else f"{start.day} {month_name[start.month]}"
    return f"{first} to {day(end)}"


def stated_period(start: date | None, end: date | None) -> str:
    """The period of a claim as a phrase that can follow it; says so when none was stated."""
    if start is None and end is None:
        return "with no period stated"
    if start is None and end is not None:
        return f"up to {'the end of ' + str(end.year) if (end.month, end.day) == (12, 31) else day(end)}"
    if end is None and start is not None:
        return f"from {day(start)} on" if start.day != 1 else f"from {month(start)} on"
    assert start is not None
    assert end is not None
    if start == end:
        return f"at the end of {end.year}" if (end.month, end.day) == (12, 31) else f"on {day(end)}"
    words = window(start, end)
    return f"from {words}" if " to " in words else f"in {words}"


def event_date(start: date | None, end: date | None, precision: str) -> str:
    """The date of an event with the precision its row gives it, and no more."""
    if start is None:
        return "no date" if end is None else f"until {day(end)}"
    last = end or start
    if precision == "day":
        return day(start)
    if precision == "decade part":
        return decade_part(start, last)
    if precision == "until":
        return f"until {last.year}"
    if precision == "predicted":
        return f"predicted for {day(last) if start == last else window(start, last)}"
    if precision == "year":
        return str(start.year) if start.year == last.year else f"{start.year} to {last.year}"
    if precision == "month":
        return month(last)
    return loose_window(start, last)


def loose_window(start: date, end: date) -> str:
    """A window in whole months, whatever its days: the days of such a row are bounds and not dates."""
    widened = date(start.year, start.month, 1), date(end.year, end.month, monthrange(end.year, end.month)[1])
    return window(*widened)


def decade_part(start: date, end: date) -> str:
    """ "the late 1940s", "the 1990s": thirds of a decade by where the window lies in it."""
    middle = (start.year + end.year) / 2
    decade = int(middle // 10 * 10)
    width = end.year - start.year
    place = middle - decade
    part = "" if width >= 7 else "early " if place < 3.5 else "late " if place > 6.5 else "middle of the "
    return f"the {part}{decade}s"


def period_words(period: str) -> str:
    """An estimate's period: "2024" as it is, "2024-10" as "the end of October 2024", "2024-12" as "the end of 2024"."""
    if len(period) == 4:
        return period
    year, _, number = period.partition("-")
    return f"the end of {year}" if number == "12" else f"the end of {month_name[int(number)]} {year}"


def published(stated: str) -> str:
    """A page's date (YYYY, YYYY-MM, YYYY-MM-DD or "") in words."""
    if not stated:
        return "undated"
    parts = [int(part) for part in stated.split("-")]
    if len(parts) == 1:
        return stated
    return month(date(parts[0], parts[1], 1)) if len(parts) == 2 else day(date(*parts))
