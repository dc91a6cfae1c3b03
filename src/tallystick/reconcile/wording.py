"""A claim in words: its figure, its place, its time, its asserter. Composed from the claim's own fields."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from tallystick.evidence.quantities import currency_of
from tallystick.reconcile.time import Window
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

PER = {"hour": "an hour", "day": "a day", "month": "a month", "year": "a year"}
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
SINGULAR = {"persons": "person", "visas": "visa", "permits": "permit", "crossings": "crossing", "days": "day"}
SPELLED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
DAY = "{0.day} {0:%B %Y}"


def figure(claim: Claim, unit: str | None = None) -> str:
    """The claim's number with its bound and unit: "at least 20,000 persons", "USD 100 to 200 a month"."""
    return bounded(claim.low, claim.point, claim.high, claim.unit if unit is None else unit)


def bounded(low: float | None, point: float | None, high: float | None, unit: str) -> str:
    """Numbers with their bound and unit."""
    before, after = _around(unit, point)
    if point is not None:
        words = f"{before}{number(point, unit)}"
    elif low is not None and high is not None:
        words = f"{before}{_range(number(low, unit), number(high, unit))}"
    elif low is not None:
        words = f"at least {before}{number(low, unit)}"
    else:
        words = f"up to {before}{number(high or 0.0, unit)}"
    return words + after


def number(value: float, unit: str) -> str:
    """The number alone, as a reader writes it: 13,221; 2.3 billion; 70; 22 December 2017."""
    if unit == "share":
        return f"{round(value * 100, 1):g}"
    if unit in ("year", "number"):
        return f"{value:.0f}"
    if unit == "yyyymmdd":
        return day_of(f"{value:.0f}")
    for size, name in SCALES:
        if value >= size:
            return f"{value / size:.6g} {name}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _range(low: str, high: str) -> str:
    """Two numbers; a scale word that both have stands once."""
    (first, _, scale), last = low.partition(" "), high.partition(" ")[2]
    return f"{first if scale == last else low} to {high}"


def day_of(digits: str) -> str:
    """ "20171222" as "22 December 2017"."""
    return day(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))


def day(when: date) -> str:
    """A day as a reader writes it."""
    return DAY.format(when)


def days(start: date, end: date) -> str:
    """Two days as a reader writes them: "2024", "October 2024", "July to September 2024", "1 May to 3 June 2023"."""
    if start == end:
        return day(start)
    if _first(start) and _last(end):
        return _months(start, end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    return f"{f'{start.day} {start:%B}' if start.year == end.year else day(start)} to {day(end)}"


def _first(when: date) -> bool:
    return when.day == 1


def _last(when: date) -> bool:
    return when.day == monthrange(when.year, when.month)[1]


def _months(start: date, end: date) -> str:
    """Whole months: a year, some years, a month, some months."""
    if (start.month, end.month) == (1, 12):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    if start.year != end.year:
        return f"{start:%B %Y} to {end:%B %Y}"
    return f"{end:%B %Y}" if start.month == end.month else f"{start:%B} to {end:%B %Y}"


def when(window: Window) -> str:
    """The days of a window and how they are known."""
    how = {
        "stated": "{}",
        "so far": "{} (it was said before the period that it names was over)",
        "until": "{} (stated only as until then)",
        "since": "{} (stated only as since then)",
        "asserted": "{}, when it was said (it states no date of its own)",
        "year before": "{}, the year before it was said (it states no date of its own)",
        "judged": "{} (read so by judgement)",
    }
    return how[window.basis].format(days(window.start, window.end))


def period(claim: Claim) -> str:
    """The period that the claim states itself."""
    if claim.start and claim.end:
        return days(claim.start, claim.end)
    if claim.end:
        return f"the time up to {day(claim.end)}"
    return f"the time since {day(claim.start)}" if claim.start else "no stated time"


def place(claim: Claim, programme: Programme) -> str:
    """Where: the region with its country, or the country."""
    country = place_name(claim.host, programme)
    return f"{claim.region} ({country})" if claim.region and claim.region != country else country


def place_name(code: str, programme: Programme) -> str:
    """The name of a place or host, its code where the programme names none."""
    if code in programme.places:
        return programme.places[code].name
    return programme.hosts[code].name if code in programme.hosts else code


def measure_name(claim: Claim, programme: Programme) -> str:
    """The claim's measure as a reader meets it."""
    return programme.measures[claim.measure].name


def joined(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(count: int, one: str, many: str) -> str:
    """The count in words up to twelve: "one copy", "three copies", "13 copies"."""
    spelled = SPELLED[count - 1] if 0 < count <= len(SPELLED) else f"{count}"
    return f"{spelled} {one if count == 1 else many}"


def sentence(text: str) -> str:
    """With a capital first and a full stop last."""
    text = text.strip()
    capital = text[:1].upper() + text[1:]
    return capital if capital.endswith((".", "!", "?")) else capital + "."


def _around(unit: str, point: float | None) -> tuple[str, str]:
    """What stands before and behind the number."""
    name, _, per = unit.partition("/")
    behind = f" {PER[per]}" if per in PER else f" per {per}" if per else ""
    if currency_of(unit):
        total = " in all" if unit.endswith("(cumulative)") else ""
        return f"{currency_of(unit)} ", behind + total
    if unit == "share":
        return "", " %"
    if unit == "ratio":
        return "", "-fold"
    if unit in ("year", "number", "yyyymmdd"):
        return "", ""
    return "", f" {SINGULAR.get(name, name) if point == 1 else name}{behind}"
