"""Which days a number describes: those its clause names, or the day of publication where the tense supports it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from tallystick.claims.quantity import Day, Quantity
from tallystick.claims.reading.amounts import CROSSINGS
from tallystick.claims.reading.scene import Sentence
from tallystick.claims.reading.tenses import earlier, goes_on, nows, past
from tallystick.claims.reading.verdict import OBSERVED, Verdict

_FLOWS = CROSSINGS | {
    "workers_arrived",
    "workers_repatriated",
    "visas_work",
    "visas_student",
    "deaths",
    "escapes",
    "shells_supplied",
    "containers_shipped",
}
_HABITS = frozenset({"hours_per_day", "rest_days_per_year", "contract_length"})  # witnesses tell of them in the past
_APART = re.compile(r"[,;:.]")
_DIRECTLY = 9  # letters: " back in "
_PARTED = re.compile(r";|(?<!\w)(?:but|while|whereas|against|now|then|а|но|против|тогда как|затем)(?!\w)")
_CLAUSE = re.compile(r"[;,—–]\s(?:and|but|while|though|although|yet|whereas|а|и|но|хотя|тогда как)\s", re.IGNORECASE)
_YEAR = re.compile(r"year|год|(?:19|20)\d\d|년|해|연[말초내]", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?<!\w)(?:which|who|whom|that|where|when|котор\w+|где|что)(?!\w)", re.IGNORECASE)
_BARRED = 60  # letters that a semicolon costs
_BEHIND = 60  # letters that a Korean day behind its number costs
_BACK = 3  # sentences through which a time is carried
_AFTER = 2  # sentences in which the time of numbers may follow
_FIGURES = {  # the numbers before, spoken of as such
    "en": re.compile(
        r"(?:Both|These|Those|All(?: the)?)\s(?:(?:two|three|above|latter)\s)?"
        r"(?:figures|numbers|counts|data|totals|statistics)\s(?:are|were|cover|refer|relate|date|run|apply|come|describe)\b"
    ),
    "ru": re.compile(r"(?:Обе|Эти|Все)\s(?:эти\s)?(?:цифры|данные|числа|показатели)\s", re.IGNORECASE),
    "ko": re.compile(r"(?:이|두|모두|해당|이들)\s?(?:수치|숫자|통계|집계)[는은가들]"),
}
_THAN = re.compile(r"(?<!\w)(?:than|чем)(?: in| a| the| в| за)?\s\Z")
_OPEN = ("since", "by", "until", "before")  # they bound a stretch and tell of no time to go on with
_AHEAD = frozenset({"workers_planned"})
_EVENT_AFTER = re.compile(
    r"\s(?:(?:FIFA|UEFA|Winter|Summer|Men['’]s|Women['’]s|Russian?|Asian)\s)*"
    r"(?:World Cup|Olympics?|Games|Championships?|Universiade|Expo|Confederations)|"
    r"(?:년)?\s(?:\S+\s)?(?:월드컵|올림픽|아시안게임|엑스포)"
)
_EVENT_BEFORE = re.compile(
    r"(?:чемпионат\w* мира|Олимпиад\w*|Универсиад\w*|Игр\w*|Кубк\w+)\s(?:по футболу\s)?(?:в\s)?\Z"
)
_EVENT_REACH = 40  # letters
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
    nearest = _nearest(sentence, quantity, verdict, published)
    if nearest is not None and not _is_past_plan(nearest, verdict, published):
        return _bounds(nearest, published)
    if nearest is None and (said := _told_after(sentences, sentence, published)) is not None:
        return _bounds(said, published)._replace(evidence="carried")
    told = _told_before(sentences, sentence, quantity, verdict, published) if nearest is None else None
    if told is not None and not _is_past_plan(told, verdict, published):
        return _bounds(told, published)._replace(evidence="carried")
    if published is not None:
        return Period(published, published, "published")
    if latest is not None:
        return Period(latest.first, latest.last, "text")
    return Period(None, None, "none")


def _told_after(sentences: Sequence[Sentence], sentence: Sentence, published: date | None) -> Day | None:
    """The time that a later sentence gives the numbers before it: "Both figures are for the year to June"."""
    for later in sentences[sentence.index + 1 : sentence.index + 1 + _AFTER]:
        if later.paragraph == sentence.paragraph and _FIGURES[later.language].match(later.words):
            days = [day for day in _candidates(later, published) if not _spoken(later, day)]
            return next((day for day in days if not day.relative), days[0] if days else None)
    return None


def _nearest(sentence: Sentence, quantity: Quantity, verdict: Verdict, published: date | None) -> Day | None:
    """The day whose clause a number stands in; of two numbers that are set against each other each has its own."""
    best, found = 10_000, None
    for day in _candidates(sentence, published):
        if _spoken(sentence, day) or _of_event(sentence, day) or (day.last - day.first).days > 366 * _LONG:
            continue
        if (day.start < quantity.end and quantity.start < day.end) or _of_another(sentence, quantity, day):
            continue
        known = _observed(sentence.text, day, verdict, published)
        cost = _way(sentence, day, quantity)
        if known is not None and cost < best:
            best, found = cost, known
    return found


def _candidates(sentence: Sentence, published: date | None) -> list[Day]:
    """The days that a sentence names, and the day of publication where it says "now"."""
    if published is None or not sentence.days:
        return list(sentence.days)
    spans = nows(sentence.small or sentence.text, sentence.language, sentence.start, sentence.end)
    now = [Day(start=start, end=end, first=published, last=published, relative=True) for start, end in spans]
    return [*sentence.days, *(day for day in now if not any(_meet(day, other) for other in sentence.days))]


def _meet(one: Day, other: Day) -> bool:
    return one.start < other.end + 2 and other.start < one.end + 2


def _observed(text: str, day: Day, verdict: Verdict, published: date | None) -> Day | None:
    """What was observed lies behind, what is planned ahead: a month without a year that is past dates no plan."""
    if verdict.measure in _AHEAD and published is not None and day.relative and day.last < published:
        return day if _YEAR.search(text, day.start, day.end) else None
    if published is None or day.first <= published or verdict.status != OBSERVED or verdict.measure in _AHEAD:
        return day
    if not day.relative:
        return day  # a year that is named: what is foreseen for it may stand in any mood
    if _YEAR.search(text, day.start, day.end):
        return None
    return _moved(day, -1)


def _moved(day: Day, years: int) -> Day:
    """The same days so many years later; the last of February is then its 28th."""
    first, last = (
        end.replace(year=end.year + years, day=min(end.day, 28) if end.month == 2 else end.day)
        for end in (day.first, day.last)
    )
    return replace(day, first=first, last=last)


def _way(sentence: Sentence, day: Day, quantity: Quantity) -> int:
    """The way from a day to a number, on either side alike; only in Korean a day stands before what it dates."""
    left, right = (day.end, quantity.start) if day.end <= quantity.start else (quantity.end, day.start)
    behind = _BEHIND if sentence.language == "ko" and day.start >= quantity.end else 0
    barred = _BARRED * sentence.text.count(";", left, max(left, right))
    return sentence.between(left, right, quantity) + behind + barred


def _is_past_plan(day: Day, verdict: Verdict, published: date | None) -> bool:
    """What is planned lies ahead: a day before the publication dates something else."""
    return verdict.measure == "workers_planned" and published is not None and day.last.year < published.year


def _ahead(day: Day, verdict: Verdict, published: date | None) -> bool:
    """Whether a day lies ahead of what is told as a fact: the plan that was told before is then over."""
    return published is not None and day.first > published and verdict.status == OBSERVED


def _told_before(
    sentences: Sequence[Sentence], sentence: Sentence, quantity: Quantity, verdict: Verdict, published: date | None
) -> Day | None:
    """The time that the sentences before tell of, where this one goes on with it.

    A flow goes on being told of the same time, and so does what a sentence reckons from the one before. Other
    figures do so in the past tense alone: the present speaks of the day of publication.
    """
    own = (day for day in sentence.days if not (_spoken(sentence, day) or _is_standard(sentence, day)))
    if any(sentence.language != "ko" or not _of_next_ko(sentence, quantity, day) for day in own):
        return None
    if nows(sentence.small or sentence.text, sentence.language, sentence.start, sentence.end):
        return None
    reckoned = goes_on(sentence.words, sentence.language)
    narrated = verdict.measure not in _HABITS and past(sentence.words, sentence.language)
    if not (reckoned or narrated or verdict.measure in _FLOWS):
        return None
    for before in reversed(sentences[max(0, sentence.index - _BACK) : sentence.index]):
        if before.paragraph < sentence.paragraph - 1:
            return None
        days = [day for day in before.days if not _spoken(before, day)]
        if verdict.measure not in _FLOWS:
            days = [day for day in days if day.relation not in _OPEN]
        if told := _main(before, days):
            return None if _ahead(told, verdict, published) else told
    return None


def _main(sentence: Sentence, days: Sequence[Day]) -> Day | None:
    """The day that dates the first number of a sentence: what is set against it lies further back."""
    first = next(iter(sentence.quantities), None)
    if sentence.language == "ko" and first is not None:
        days = [day for day in days if not _of_next_ko(sentence, first, day)]
    if len(days) <= 1 or first is None:
        return next(iter(days), None)
    return min(days, key=lambda day: (_of_another(sentence, first, day), _way(sentence, day, first)))


def _of_another(sentence: Sentence, quantity: Quantity, day: Day) -> bool:
    """Whether a day belongs to another number alone.

    So does a day that follows directly a number that this one is set against ("70, from 2,500 in 2016"), one that
    follows another number of a list ("2,100 in 2013; 1,190 now"), and one of a later clause.
    """
    text = sentence.text
    if sentence.language == "ko":
        return _of_next_ko(sentence, quantity, day)
    if _is_standard(sentence, day):
        return True
    for other in sentence.quantities:
        if other is quantity or other.end > day.start:
            continue
        directly = day.start - other.end <= _DIRECTLY and not _APART.search(text, other.end, day.start)
        if other.start > quantity.start:
            if directly and (earlier(text, sentence.language, other.start) or ";" in text[quantity.end : other.start]):
                return True
            continue
        parted = _PARTED.search(text, day.end, max(day.end, quantity.start))
        if parted and (directly or not _PARTED.search(text, other.end, day.start)):
            return True
        if directly and any(earlier(text, sentence.language, number.start) for number in (other, quantity)):
            return True
    if day.start <= quantity.end:
        return False
    within = any(quantity.end <= other.start and other.end <= day.start for other in sentence.quantities)
    return bool(
        _CLAUSE.search(text, quantity.end, day.start)
        or (within and _SUBORDINATE.search(text, quantity.end, day.start))  # a clause with a number of its own
    )


def _of_next_ko(sentence: Sentence, quantity: Quantity, day: Day) -> bool:
    """Whether a Korean day stands right before a number that another is set against: "is 900, 3 times 2019's 300"."""
    held = any(0 <= other.start - day.end <= 1 for other in sentence.quantities if other is not quantity)
    return held and (quantity.end <= day.start or quantity.kind == "multiple")


def _is_standard(sentence: Sentence, day: Day) -> bool:
    """Whether a time is what another is measured by: "twelve times as many as in 2023" tells of no number of 2023."""
    return bool(_THAN.search(sentence.text, max(sentence.start, day.start - 16), day.start))


def _spoken(sentence: Sentence, day: Day) -> bool:
    return bool(_WEEKDAY.fullmatch(sentence.text[day.start : day.end].strip()))


def _of_event(sentence: Sentence, day: Day) -> bool:
    """A year that is part of a name: "the 2018 World Cup" dates no work for it."""
    after = _EVENT_AFTER.match(sentence.text, day.end)
    return bool(after or _EVENT_BEFORE.search(sentence.text, max(sentence.start, day.start - _EVENT_REACH), day.start))


def _bounds(day: Day, published: date | None) -> Period:
    """ "Since September" reaches to the day of publication; "before 2017" has an end alone."""
    if day.relation == "since":
        return Period(day.first, published, "clause")
    if day.relation in ("until", "before", "by"):
        return Period(None if day.relation != "by" else day.first, day.last, "clause")
    if day.relation == "after":
        return Period(day.first, None, "clause")
    return Period(day.first, day.last, "clause")


_NOTICE = re.compile(
    r"©|\(c\) ?\d{4}|\bcopyright\b|\ball rights reserved\b|все права защищены|무단 ?전재|저작권", re.IGNORECASE
)


def latest_named(sentences: Sequence[Sentence]) -> Day | None:
    """The latest stretch of at most a year that a text names; it was written no earlier.

    A notice of copyright may tell of the site alone, and a deadline of what lies ahead: they count where nothing else
    is named.
    """
    named = [
        (not _NOTICE.search(sentence.words) and day.relation not in ("by", "until"), day)
        for sentence in sentences
        for day in sentence.days
        if not day.relative and (day.last - day.first).days < 367
    ]
    latest = max(named, key=lambda one: (one[0], one[1].last, one[1].start), default=None)
    return latest and latest[1]
