"""Periods of the calendar: years, halves, quarters, seasons, months, and the parts of them that words name."""

from __future__ import annotations

from datetime import date, timedelta

Span = tuple[date, date]
FIRST_YEAR, LAST_YEAR = 1900, 2100


def month_span(year: int, month: int) -> Span:
    """First and last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def months_span(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last day of another of the same year."""
    return date(year, first, 1), month_span(year, last)[1]


def season_span(year: int, season: str) -> Span:
    """A season by its months; a winter belongs to the year in which it begins."""
    if season == "winter":
        return date(year, 12, 1), month_span(year + 1, 2)[1]
    first = {"spring": 3, "summer": 6, "autumn": 9}[season]
    return months_span(year, first, first + 2)


def part_of(span: Span, part: str) -> Span:
    """Early, middle and late are thirds; beginning and end of a year are its first and last month."""
    first, last = span
    days = (last - first).days + 1
    if days > 300 and part in ("beginning", "end"):
        return month_span(first.year, 1) if part == "beginning" else month_span(last.year, 12)
    if 27 < days < 32:  # a month: ten days, ten days, the rest
        tenth, twentieth = first + timedelta(days=9), first + timedelta(days=19)
        return _third(part, first, tenth, twentieth, last)
    if 364 < days < 367:
        return _third(part, first, date(first.year, 4, 30), date(first.year, 8, 31), last)
    return _third(part, first, first + timedelta(days=days // 3), first + timedelta(days=2 * days // 3), last)


def _third(part: str, first: date, second: date, third: date, last: date) -> Span:
    if part in ("early", "beginning"):
        return first, second
    if part == "middle":
        return second + timedelta(days=1), third
    return third + timedelta(days=1), last


def moved(day: date, months: int) -> Span:
    """The whole month that lies so many months away."""
    number = day.year * 12 + day.month - 1 + months
    return month_span(number // 12, number % 12 + 1)


def back(day: date, count: int, unit: str) -> date | None:
    """The day so many units earlier; None before the calendar of ours begins."""
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return day - timedelta(days=days) if days < 36_500 else None
    months = count * (12 if unit == "year" else 1)
    number = day.year * 12 + day.month - 1 - months
    if number < FIRST_YEAR * 12:
        return None
    first, last = month_span(number // 12, number % 12 + 1)
    return min(date(first.year, first.month, min(day.day, 28)), last) if day.day > 28 else first.replace(day=day.day)
