"""The day a document says it was published, and where it says so.

Only places where pages and papers put that day are read: a line of its own, a word such as "Published" before it, or
the dateline that opens an article. A day inside a sentence is what the text speaks of, not when it spoke.

A day written 03/04/2021 may be March or April: it is left alone unless one reading is impossible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

LINES = 15  # non-empty lines from the top in which a day of publication may stand
LONG = 300  # code points of a line that are looked at
BYLINE = 7  # words that may stand beside a day in a line of its own: a place, a name, a time
OPENING = 60  # code points within which a dateline puts its day
FIRST_YEAR, LAST_YEAR = 1945, 2100

MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS_RU = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTH_EN = (
    "(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
MONTH_RU = "(?P<ru>января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
YEAR = re.compile(r"\d{4}")
DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+" + MONTH_EN.format("en") + r"\.?,?\s+(?P<y>\d{4})(?!\d)",
        r"\b" + MONTH_EN.format("en") + r"\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s+" + MONTH_RU + r"\s+(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<y>\d{4})\s*년\s*(?P<m>\d{1,2})\s*월\s*(?P<d>\d{1,2})\s*일",
        r"(?<![\d.])(?P<y>\d{4})\s?[-./]\s?(?P<m>\d{1,2})\s?[-./]\s?(?P<d>\d{1,2})(?!\.?\d)",
        r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)",
        r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})(?!\d)",
    )
)
MARKED = re.compile(
    r"(?:\b(?:published|publication date|posted|date|dated|released|issued|updated|last modified)\b"
    r"|опубликован\w*|дата(?: публикации)?|обновлен\w*|입력|등록|승인|작성일?|게재일?|발행일?|송고(?:시간)?|수정)"
    r"[^\d\n]{0,24}?$",
    re.IGNORECASE,
)  # fmt: skip
LATER = re.compile(r"updated|last modified|обновлен|수정", re.IGNORECASE)
AFTER_DATELINE = re.compile(r"\s*(?:г(?:\.|ода))?\s*(?:\([^)\n]{1,40}\)\s*)?(?:[-–—:|/=).]|$)")
IN_SENTENCE = re.compile(
    r"\b(?:on|in|by|since|until|from|before|after|of|к|до|от|с|после)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$",
    re.IGNORECASE,
)
NOISE = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|[^\w\s]|\b(?:am|pm|gmt|utc|kst|msk|est|мск|오전|오후|г|года)\b", re.IGNORECASE
)


def published_in(text: str, *, weakest: int = 3) -> tuple[date, str] | None:
    """The day of publication in the first lines of `text`, with "text: " and the words it was read from.

    `weakest` 0 takes only a day behind a word such as "Published".
    """
    found = sorted((each for each in _candidates(text) if each[0] <= weakest), key=lambda each: each[0])
    return (found[0][1], f"text: {found[0][2]}") if found else None


def day_in(text: str) -> date | None:
    """The first day written in `text`, in any of the spellings; for fields that hold nothing but a day."""
    compact = re.match(r"\s*(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:\d{4}|\d{6})?(?!\d)", text)
    if compact:
        return _day(compact.groupdict())
    first = next(iter(_days(text[:LONG])), None)
    return first[1] if first else None


def _candidates(text: str) -> Iterator[tuple[int, date, str]]:
    """Rank (lower is stronger), day and words of each day of publication in the first lines."""
    lines = [line.strip()[:LONG] for line in text[: LINES * LONG * 4].splitlines() if line.strip()]
    for line in lines[:LINES]:
        for found, day in _days(line):
            rank = _rank(line, found)
            if rank is not None:
                yield rank, day, " ".join(found.group().split())


def _rank(line: str, found: re.Match[str]) -> int | None:
    before, after = line[: found.start()], line[found.end() :]
    marked = MARKED.search(before)
    if marked:
        return 3 if LATER.search(marked.group()) else 0
    if IN_SENTENCE.search(before):
        return None
    if len(NOISE.sub(" ", before + " " + after).split()) <= BYLINE and not after.rstrip().endswith((".", "다")):
        return 1
    dateline = found.end() <= OPENING and AFTER_DATELINE.match(after) and after.strip()
    return 2 if dateline else None


def _days(line: str) -> list[tuple[re.Match[str], date]]:
    """Every day in `line` that exists, in order."""
    if not YEAR.search(line):  # most lines of most texts
        return []
    found = [(match, day) for pattern in DAYS for match in pattern.finditer(line) if (day := _day(match.groupdict()))]
    return sorted(found, key=lambda each: each[0].start())


def _day(parts: dict[str, str | None]) -> date | None:
    year = int(parts["y"] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if parts.get("a"):
        a, b = int(parts["a"] or 0), int(parts["b"] or 0)
        if a <= 12 and b <= 12 and a != b:
            return None
        month, day = (b, a) if a > 12 else (a, b)
    else:
        month, day = _month(parts), int(parts["d"] or 0)
    try:
        return date(year, month, day)
    except ValueError:  # 31 April, or the version of a program: no day, so no evidence
        return None


def _month(parts: dict[str, str | None]) -> int:
    if parts.get("m"):
        return int(parts["m"] or 0)
    months, word = (MONTHS_EN, parts["en"]) if parts.get("en") else (MONTHS_RU, parts["ru"])
    return months.index((word or "").lower()[:3]) + 1
