"""Which days a number describes: those its clause names, or the day of publication where the tense supports it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tallystick.claims.quantity import Day, Quantity
from tallystick.claims.reading.scene import Hit, Sentence
from tallystick.claims.reading.verdict import Verdict

_FLOWS = frozenset(
    ["workers_arrived", "entries_education", "entries_total", "visas_work", "visas_student", "deaths", "escapes"]
)
_APART = re.compile(r"[,;:.]")
_DIRECTLY = 6  # letters: " in "
_LONG = 20  # years; a longer stretch dates no number of ours
_WEEKDAY = re.compile(
    r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)\w*|\d{1,2}일(?:\(현지시간\))?",
    re.IGNORECASE,
)


class Period(NamedTuple):
    start: date | None
    end: date | None
    evidence: str  # clause, carried, published, text, none


def period(
    sentences: Sequence[Sentence],
    sentence: Sentence,
    quantity: Quantity,
    verdict: Verdict,
    published: date | None,
    latest: Day | None,
) -> Period:
    """The nearest day that the sentence names for a number; a weekday only says when somebody spoke.

    Where the text has no date of publication, the latest day that it names (`latest`) is the best that supports one.
    """
    nearest = _nearest(sentence, quantity)
    if nearest is not None and not _is_past_plan(nearest, verdict, published):
        return _bounds(nearest, published)
    if nearest is None and verdict.measure in _FLOWS and (told := _told_before(sentences, sentence)):
        return _bounds(told, published)._replace(evidence="carried")
    if published is not None:
        return Period(published, published, "published")
    if latest is not None:
        return Period(latest.first, latest.last, "text")
    return Period(None, None, "none")


def _nearest(sentence: Sentence, quantity: Quantity) -> Day | None:
    best, found = 10_000, None
    for day in sentence.days:
        if _spoken(sentence, day) or (day.last - day.first).days > 366 * _LONG:
            continue
        if (day.start < quantity.end and quantity.start < day.end) or _of_another(sentence, quantity, day):
            continue
        cost = sentence.reach(Hit(day.start, day.end), quantity)
        if cost < best:
            best, found = cost, day
    return found


def _is_past_plan(day: Day, verdict: Verdict, published: date | None) -> bool:
    """What is planned lies ahead: a day before the publication dates something else."""
    return verdict.measure == "workers_planned" and published is not None and day.last.year < published.year


def _told_before(sentences: Sequence[Sentence], sentence: Sentence) -> Day | None:
    """The day of the sentence before, on the same line: a flow goes on being told of it."""
    if sentence.index == 0 or sentences[sentence.index - 1].paragraph != sentence.paragraph:
        return None
    days = [day for day in sentences[sentence.index - 1].days if not _spoken(sentences[sentence.index - 1], day)]
    return days[0] if len(days) == 1 else None


def _of_another(sentence: Sentence, quantity: Quantity, day: Day) -> bool:
    """Whether a day follows another number directly: "2,100 in 2013; 1,190 now" dates the first alone."""
    if sentence.language == "ko" or day.start > quantity.start:
        return False
    return any(
        other is not quantity
        and 0 <= day.start - other.end <= _DIRECTLY
        and not _APART.search(sentence.text, other.end, day.start)
        for other in sentence.quantities
    )


def _spoken(sentence: Sentence, day: Day) -> bool:
    return bool(_WEEKDAY.fullmatch(sentence.text[day.start : day.end].strip()))


def _bounds(day: Day, published: date | None) -> Period:
    """ "Since September" reaches to the day of publication; "before 2017" has an end alone."""
    if day.relation == "since":
        return Period(day.first, published, "clause")
    if day.relation in ("until", "before", "by"):
        return Period(None if day.relation != "by" else day.first, day.last, "clause")
    if day.relation == "after":
        return Period(day.first, None, "clause")
    return Period(day.first, day.last, "clause")


def latest_named(sentences: Sequence[Sentence]) -> Day | None:
    """The latest stretch of at most a year that a text names; it was written no earlier."""
    named = [
        day for sentence in sentences for day in sentence.days if not day.relative and (day.last - day.first).days < 367
    ]
    return max(named, key=lambda day: (day.last, day.start), default=None)
