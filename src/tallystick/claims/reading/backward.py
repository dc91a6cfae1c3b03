"""Years that a text names by pointing back: "a year earlier", "the same year"; and the dateline that stands for a date.

They are resolved against the year named last before them, within a few sentences, else against the day of
publication. What points back at nothing stays unresolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from tallystick.claims.quantity import Day

_REACH = 400  # code points back in which the year that is meant must stand
_HEAD = 250  # code points from the beginning within which a whole date is a dateline
_YEAR = re.compile(r"(?:that|same) year|(?:же|тот) год[уа]?\Z|[같그].*해\Z|동년", re.IGNORECASE)
_WHOLE_YEAR = 364
_EARLIER = {
    "en": r"(?:a|one) year (?:earlier|before|previously)|the (?:year before|previous year|preceding year|prior year)",
    "ru": r"год(?:ом|) (?:ранее|раньше|назад)|за год до (?:этого|того)|в предыдущем году|годом прежде",
    "ko": r"(?:그 ?)?전년(?:도)?|(?:그 ?)?전 ?해|한 해 전|1년 전|직전 ?해",
}
_SAME = {
    "en": r"(?:the|that) same (?:year|period|month)|that (?:year|month)|at (?:the|that) time|"
    r"in (?:that|the same) period|in those years",
    "ru": r"(?:в |за )?(?:то(?:м|го|т)|этот) же (?:год[уа]?|период[уа]?|месяц[уа]?)|в тот год|в то время|на тот момент|"
    r"за это время|за тот период",
    "ko": r"같은 ?(?:해|기간|달|시기)|그 ?해|동년|당시|그때|(?:그|이) 기간",
}
_WITHIN = {  # the year that is spoken of, whatever was set against it
    "en": r"(?:within|during|over|in) the year(?! to| ended| end| before| after)",
    "ru": r"за (?:этот |тот )?год(?=,|\s\w+,|"
    r"\s(?:уехал|выехал|вернул|покинул|въехал|прибыл|приехал|умер|погиб|бежал)\w*)",
    "ko": r"(?:그 )?한 ?해 ?동안",
}
_PATTERNS = {
    language: re.compile(
        rf"(?<!\w)(?:(?P<earlier>{_EARLIER[language]})|(?P<same>{_SAME[language]})|(?P<within>{_WITHIN[language]}))",
        re.IGNORECASE,
    )
    for language in _EARLIER
}


def pointed_back(text: str, language: str, named: Sequence[Day], published: date | None) -> tuple[Day, ...]:
    """All days of a text in order, with those that point back in the place of any that was read there."""
    made: list[Day] = []
    for match in _PATTERNS[language].finditer(text):
        near = _near(named, match.start() - _REACH, match.end() + _TOUCHING)
        if match["same"] and any(_beside(day, match) for day in near):
            continue  # "the same period of 2024" and "지난해 같은 기간" name their year
        pointed = () if match["within"] else _near(made, match.start() - _REACH, match.end())
        meant = _meant(match, [*near, *pointed], published)
        if meant is not None:
            made.append(Day(start=match.start(), end=match.end(), first=meant[0], last=meant[1], relative=True))
    kept = [
        day
        for day in named
        if not any(day.start < new.end and new.start < day.end for new in _near(made, day.start, day.end))
    ]
    return tuple(sorted([*kept, *made], key=lambda day: day.start))


def _near(days: Sequence[Day], start: int, end: int) -> Sequence[Day]:
    """Those of some days, in order, whose words may touch a stretch: a long text is not searched for each of them."""
    first = bisect_left(days, start - _LONGEST, key=_start)
    return days[first : bisect_right(days, end, lo=first, key=_start)]


def _start(day: Day) -> int:
    return day.start


_LONGEST = 80  # code points; no words of a day are longer


def _beside(day: Day, match: re.Match[str]) -> bool:
    return 0 <= match.start() - day.end <= _TOUCHING or 0 <= day.start - match.end() <= _TOUCHING


_TOUCHING = 4  # code points: " of "


def _meant(match: re.Match[str], named: Sequence[Day], published: date | None) -> tuple[date, date] | None:
    """The stretch that is pointed at: that of the day named last, or as long a one a year before it."""
    last = _before(match.start(), named)
    if last is None:
        if published is None or not match["earlier"]:
            return None
        return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)
    if match["within"] or _YEAR.search(match.group()):
        year = last.last.year - (1 if match["earlier"] else 0)
        return date(year, 1, 1), date(year, 12, 31)
    if match["same"]:
        return last.first, last.last
    return _year_less(last.first), _year_less(last.last)


def _year_less(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _before(start: int, named: Sequence[Day]) -> Day | None:
    """The day that ends last before a place, where it is of one year and near."""
    before = [day for day in named if day.end <= start and start - day.end <= _REACH and not _weekday(day)]
    if not before:
        return None
    last = max(before, key=lambda day: day.end)
    if last.first.year == last.last.year and (last.last - last.first).days <= _WHOLE_YEAR + 1:
        return last
    return None


def _weekday(day: Day) -> bool:
    """Whether a day is one that says when somebody spoke, as near as its span can tell."""
    return day.relative and day.first == day.last and day.relation == ""


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


def known_days(text: str, known: Sequence[tuple[re.Pattern[str], date]], named: Sequence[Day]) -> tuple[Day, ...]:
    """All days of a text, with those that it names by what falls on them ("by the deadline").

    Where a sentence names a day beside such words, that day counts and not the known one.
    """
    made: list[Day] = []
    for pattern, day in known:
        for match in pattern.finditer(text):
            near = _near(named, match.start() - _BESIDE, match.start() + _BESIDE)
            if any(abs(other.start - match.start()) < _BESIDE for other in near if not _weekday(other)):
                continue
            before = _BEFORE.search(text, max(0, match.start() - 12), match.start())
            relation = _RELATIONS[before[1].lower()] if before else ""
            made.append(Day(start=match.start(), end=match.end(), first=day, last=day, relation=relation))
    return tuple(sorted([*named, *made], key=lambda day: day.start))


_BESIDE = 60  # code points within which another day says which one is meant
_BEFORE = re.compile(r"(?<!\w)(by|before|until|after|since|к|до|после)\s\Z", re.IGNORECASE)
_RELATIONS = {
    "by": "by",
    "before": "before",
    "until": "until",
    "after": "after",
    "since": "since",
    "к": "by",
    "до": "until",
    "после": "after",
}
