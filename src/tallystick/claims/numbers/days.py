"""Dates of a text as stretches of days, the relative ones resolved against the day of publication.

A year is one only where the number grammar says that it is no quantity. What cannot be resolved is left out: a guess
would become a date that someone cites.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from tallystick.claims.numbers.beginnings import beginnings, matched
from tallystick.claims.numbers.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    Span,
    back,
    month_span,
    months_span,
    moved,
    part_of,
    season_span,
)
from tallystick.claims.numbers.day_patterns import DayTables, day_tables
from tallystick.claims.numbers.find import masked
from tallystick.claims.quantity import Day

FORWARD = ("by", "until", "next")


def days(text: str, language: str, published: date | None) -> tuple[Day, ...]:
    """All dates of `text`, in order and apart; relative ones only with the day of publication."""
    known = day_tables(language)
    found: list[Day] = []
    years: set[int] | None = None
    done = 0
    for match in _candidates(text, known):
        if match.start() < done:
            continue
        if _needs_mask(match):
            years = _year_starts(text, language) if years is None else years
            if match.start("y") not in years:
                continue
        day = _day(text, match, known, published, found)
        done = match.end()  # of 31 February 2021 the year is no date either
        if day is not None:
            found.append(day)
    return tuple(found)


def _candidates(text: str, known: DayTables) -> list[re.Match[str]]:
    """Every match of every pattern: by start, the longer first, so that "29 October last year" is one."""
    every: list[re.Match[str]] = []
    places = known.sieve.candidates(beginnings(text, known.language))
    for number, pattern in enumerate(known.patterns):  # of two that read the same words, the first one counts
        if number in known.sieve.free:
            every += pattern.finditer(text)
        elif number in places:
            every += matched(pattern, places[number], text, len(text))
    return sorted(every, key=lambda match: (match.start(), -match.end()))


def _needs_mask(match: re.Match[str]) -> bool:
    return match.re.groupindex.get("bare") is not None


def _year_starts(text: str, language: str) -> set[int]:
    """Where numbers stand that are years or dates and no quantities."""
    return {
        place
        for reason in masked(text, language)
        if reason.name in ("year", "date")
        for place in range(reason.start, min(reason.end, reason.start + 40))
    }


def _day(text: str, match: re.Match[str], known: DayTables, published: date | None, found: list[Day]) -> Day | None:
    relation = _relation(text, match, known)
    parts = {name: value for name, value in match.groupdict().items() if value}
    reading = _Reading(known, parts, published, relation, _year_in_sentence(text, match.start(), found))
    span = reading.span()
    if span is None or span[1] < span[0] or not FIRST_YEAR <= span[0].year <= span[1].year <= LAST_YEAR + 1:
        return None
    return Day(
        start=match.start(), end=match.end(), first=span[0], last=span[1], relative=reading.relative, relation=relation
    )


def _year_in_sentence(text: str, start: int, found: list[Day]) -> int | None:
    """The whole year that was named last before this in the same sentence: it is the year of a bare quarter."""
    for day in reversed(found[-4:]):
        if re.search(r"[.!?。]\s|\n", text[day.end : start]):
            return None
        if day.first.year == day.last.year and (day.last - day.first).days >= 364:
            return day.first.year
    return None


def _relation(text: str, match: re.Match[str], known: DayTables) -> str:
    """What the preposition before the date, or in Korean the particle after it, says."""
    if "m2" in match.re.groupindex or "y2" in match.re.groupindex:
        return ""  # from one to the other: both ends are in it
    if known.language == "ko":
        after = known.relation.match(text, match.end())
        return known.relations[after[1]] if after else ""
    before = known.relation.search(text[max(0, match.start() - 24) : match.start()])
    return known.relations.get(" ".join(before[1].lower().split()), "") if before else ""


class _Reading:
    """One match on its way to a span; `relative` becomes true where the day of publication was needed."""

    def __init__(
        self, known: DayTables, parts: dict[str, str], published: date | None, relation: str, named: int | None
    ) -> None:
        self.known, self.parts, self.published, self.relation, self.named = known, parts, published, relation, named
        self.relative = False

    def span(self) -> Span | None:
        """The days meant, None when they cannot be known."""
        for name, read in READERS:
            if name in self.parts:
                span = self._guarded(read)
                part = self.known.part(self.parts.get("part", ""))
                return part_of(span, part) if span and part else span
        return None

    def _guarded(self, read: Callable[[_Reading], Span | None]) -> Span | None:
        try:
            return read(self)
        except (ValueError, OverflowError):  # 31 February, month 13: the right shape, and yet no day
            return None

    def now(self) -> date | None:
        """The day of publication; asking for it makes the reading relative."""
        self.relative = True
        return self.published

    def year(self) -> int | None:
        """The year that the date itself names, by number or as "last year"."""
        if "y" in self.parts:
            return int(self.parts["y"])
        away = self.known.away("years", self.parts.get("away", ""))
        if away is None:
            return None
        now = self.now()
        return now.year + away if now else None

    def fixed(self) -> bool:
        return "y" in self.parts or "away" in self.parts

    def turned(self) -> int | None:
        return self.known.away("turns", self.parts.get("turn", ""))


def _nearest(reading: _Reading, spans: Callable[[int], Span]) -> Span | None:
    """The span of the named year; without one the latest begun by publication, or the next that a word asks for."""
    if reading.fixed():
        year = reading.year()
        return spans(year) if year else None
    now = reading.now()
    if now is None:
        return None
    years = range(now.year - 2, now.year + 3)
    known = [span for year in years if (span := _possible(spans, year))]
    turn = reading.turned()
    if turn == 1 or (reading.relation in FORWARD and turn is None):
        return next((span for span in known if span[1] >= now and (turn != 1 or span[0] > now)), None)
    past = [span for span in known if span[0] <= now and (turn != -1 or span[1] < now or _short(span))]
    return past[-1] if past else None


def _short(span: Span) -> bool:
    """A month that runs may be called the last one, as in "last May" or "지난 5월"; a season is not."""
    return (span[1] - span[0]).days <= 31


def _possible(spans: Callable[[int], Span], year: int) -> Span | None:
    try:
        return spans(year)
    except ValueError:  # 29 February
        return None


def _iso(reading: _Reading) -> Span:
    day = date(*(int(part) for part in re.findall(r"\d+", reading.parts["iso"])[:3]))
    return day, day


def _numeric(reading: _Reading) -> Span:
    """22.12.2019, day first as most of the world writes it; 12/22/2019 where no other reading is a day."""
    first, second, year = (int(part) for part in re.findall(r"\d+", reading.parts["numeric"]))
    american = "/" in reading.parts["numeric"] and (reading.known.language == "en" and first <= 12)
    month, day = (first, second) if american or second > 12 else (second, first)
    if american and second <= 12 and first != second:
        raise ValueError("day and month could be either")
    return date(year, month, day), date(year, month, day)


def _decade(reading: _Reading) -> Span:
    first = int(reading.parts["decade"])
    return date(first, 1, 1), date(first + 9, 12, 31)


def _quarter(reading: _Reading) -> Span | None:
    number = reading.known.ordinal(reading.parts["q"])
    if not 1 <= number <= 4:
        return None
    return _in_year(reading, lambda year: months_span(year, 3 * number - 2, 3 * number))


def _half(reading: _Reading) -> Span | None:
    number = reading.known.ordinal(reading.parts["h"])
    return _in_year(reading, lambda year: months_span(year, 6 * number - 5, 6 * number))


def _first_months(reading: _Reading) -> Span | None:
    """As in "the first nine months of 2024": from January on."""
    count = reading.known.count(reading.parts["first"])
    if count is None or not 1 <= count <= 12:
        return None
    return _in_year(reading, lambda year: months_span(year, 1, count))


def _in_year(reading: _Reading, spans: Callable[[int], Span]) -> Span | None:
    if not reading.fixed() and reading.named is not None:
        reading.relative = True
        return spans(reading.named)
    return _nearest(reading, spans)


def _season(reading: _Reading) -> Span | None:
    season = reading.known.season(reading.parts["season"])
    return _nearest(reading, lambda year: season_span(year, season))


def _months(reading: _Reading) -> Span | None:
    """From one month to another, over the turn of the year where the second is the earlier."""
    first, last = reading.known.month(reading.parts["m"]), reading.known.month(reading.parts["m2"])
    back_by = 1 if first > last else 0
    return _nearest(reading, lambda year: (month_span(year - back_by, first)[0], month_span(year, last)[1]))


def _month(reading: _Reading) -> Span | None:
    month = reading.known.month(reading.parts["m"])
    if "d" not in reading.parts:
        return _nearest(reading, lambda year: month_span(year, month))
    first = int(reading.parts["d"])
    last = int(reading.parts.get("d2", first))
    return _nearest(reading, lambda year: (date(year, month, first), date(year, month, last)))


def _day_of_month(reading: _Reading) -> Span | None:
    """As in "4일": the latest fourth not after publication."""
    now, number = reading.now(), int(reading.parts["d"])
    if now is None or not 1 <= number <= 31:
        return None
    step = 1 if reading.relation in FORWARD else -1
    for away in range(0, 3 * step, step):
        first, last = moved(now, away)
        if number > last.day:
            continue
        day = first.replace(day=number)
        if (day <= now) if step < 0 else (day >= now):
            return day, day
    return None


def _weekday(reading: _Reading) -> Span | None:
    now, number = reading.now(), reading.known.weekday(reading.parts["weekday"])
    if now is None:
        return None
    turn = reading.turned()
    ahead = (number - now.weekday()) % 7
    if turn == 1 or (reading.relation in FORWARD and turn is None):
        day = now + timedelta(days=ahead or (7 if turn == 1 else 0))
    else:
        gone = (now.weekday() - number) % 7
        day = now - timedelta(days=gone or (7 if turn == -1 else 0))
    return day, day


def _years(reading: _Reading) -> Span:
    first, last = int(reading.parts["y"]), reading.parts["y2"]
    final = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return date(first, 1, 1), date(final, 12, 31)


def _year(reading: _Reading) -> Span | None:
    year = reading.year()
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def _month_away(reading: _Reading) -> Span | None:
    away, now = reading.known.away("months_away", reading.parts["month_away"]), reading.now()
    return moved(now, away) if now and away is not None else None


def _week_away(reading: _Reading) -> Span | None:
    away, now = reading.known.away("weeks_away", reading.parts["week_away"]), reading.now()
    if now is None or away is None:
        return None
    monday = now - timedelta(days=now.weekday()) + timedelta(weeks=away)
    return monday, monday + timedelta(days=6)


def _day_away(reading: _Reading) -> Span | None:
    away, now = reading.known.away("days_away", reading.parts["day_away"]), reading.now()
    if now is None or away is None:
        return None
    day = now + timedelta(days=away)
    return day, day


def _ago(reading: _Reading) -> Span | None:
    """As in "three months ago" is that month, "two years ago" that year, "five days ago" that day."""
    now, unit = reading.now(), reading.known.unit(reading.parts["unit"])
    count = reading.known.count(reading.parts["ago"])
    if now is None or count is None or (day := back(now, count, unit)) is None:
        return None
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return moved(day, 0) if unit == "month" else (day, day + timedelta(days=6 if unit == "week" else 0))


def _lately(reading: _Reading) -> Span | None:
    """As in "in the last three years": so long before publication, up to that day."""
    now, unit = reading.now(), reading.known.unit(reading.parts["unit"])
    count = reading.known.count(reading.parts["lately"])
    if now is None or count is None or (first := back(now, count, unit)) is None:
        return None
    return first, now


# The first group that a match has filled says what it is.
READERS: tuple[tuple[str, Callable[[_Reading], Span | None]], ...] = (
    ("iso", _iso),
    ("numeric", _numeric),
    ("decade", _decade),
    ("ago", _ago),
    ("lately", _lately),
    ("q", _quarter),
    ("h", _half),
    ("first", _first_months),
    ("season", _season),
    ("m2", _months),
    ("m", _month),
    ("y2", _years),
    ("d", _day_of_month),
    ("weekday", _weekday),
    ("month_away", _month_away),
    ("week_away", _week_away),
    ("day_away", _day_away),
    ("y", _year),
    ("away", _year),
)
