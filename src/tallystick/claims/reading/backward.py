"""Years that a text names by pointing back: "a year earlier", "the same year"; and the dateline that stands for a date.

They are resolved against the year named last before them, within a few sentences, else against the day of
publication. What points back at nothing stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tallystick.claims.quantity import Day

_REACH = 400  # code points back in which the year that is meant must stand
_HEAD = 250  # code points from the beginning within which a whole date is a dateline
_WHOLE_YEAR = 364
_EARLIER = {
    "en": r"(?:a|one) year (?:earlier|before|previously)|the (?:year before|previous year|preceding year|prior year)",
    "ru": r"год(?:ом|) (?:ранее|раньше|назад)|за год до (?:этого|того)|в предыдущем году|годом прежде",
    "ko": r"(?:그 ?)?전년(?:도)?|(?:그 ?)?전 ?해|한 해 전|1년 전|직전 ?해",
}
_SAME = {
    "en": r"(?:the|that) same year|that year",
    "ru": r"(?:в )?то(?:м|го|т) же год[уа]?|в тот год",
    "ko": r"같은 ?해|그 ?해|동년",
}
_PATTERNS = {
    language: re.compile(rf"(?<!\w)(?:(?P<earlier>{_EARLIER[language]})|(?P<same>{_SAME[language]}))", re.IGNORECASE)
    for language in _EARLIER
}


def pointed_back(text: str, language: str, named: Sequence[Day], published: date | None) -> tuple[Day, ...]:
    """All days of a text in order, with those that point back in the place of any that was read there."""
    made: list[Day] = []
    for match in _PATTERNS[language].finditer(text):
        year = _year_before(match.start(), [*named, *made])
        if year is None:
            year = published.year if published is not None and match["earlier"] else None
        if year is not None:
            away = year - 1 if match["earlier"] else year
            made.append(
                Day(
                    start=match.start(),
                    end=match.end(),
                    first=date(away, 1, 1),
                    last=date(away, 12, 31),
                    relative=True,
                )
            )
    kept = [day for day in named if not any(day.start < new.end and new.start < day.end for new in made)]
    return tuple(sorted([*kept, *made], key=lambda day: day.start))


def _year_before(start: int, named: Sequence[Day]) -> int | None:
    """The year of the day that ends last before a place, where it is of one year and near."""
    before = [day for day in named if day.end <= start and start - day.end <= _REACH]
    if not before:
        return None
    last = max(before, key=lambda day: day.end)
    return (
        last.last.year
        if last.first.year == last.last.year and (last.last - last.first).days <= _WHOLE_YEAR + 1
        else None
    )


def dateline(text: str, named: Sequence[Day]) -> date | None:
    """The whole date that stands at the head of a text, alone or after a town: the day it was written."""
    for day in named:
        if day.start > _HEAD:
            return None
        if day.first == day.last and not day.relative and day.relation == "":
            line = text[text.rfind("\n", 0, day.start) + 1 : day.start]
            if len(line) <= _TOWN and not re.search(r"[.!?]\s", line):
                return day.first
    return None


_TOWN = 40  # code points of a town, an agency or "Published:" before the date
