"""What a number counts, by the unit string that claims and estimates carry.

A unit reads "thing", "thing/period", "thing a period", "thing per worker-month" or "thing (remark)". The table says
how the thing is printed; a unit that is not in it is printed as it stands, so that nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.brief.words.numbers import money, percent, plain, scaled

_PERIODS = {
    "year": "a year",
    "month": "a month",
    "day": "a day",
    "hour": "an hour",
    "worker-month": "per worker and month",
}
_SINGULAR = {"persons": "person", "crossings": "crossing", "visas": "visa", "permits": "permit", "hours": "hour",
             "days": "day", "months": "month", "rounds": "round", "containers": "container", "missiles": "missile",
             "trips": "trip", "transfers": "transfer", "acts": "act", "countries": "country",
             "worker-months": "worker-month", "tons": "ton"}  # fmt: skip
_SAID = ((" a year", "/year"), (" a month", "/month"), (" an hour", "/hour"), (" per worker-month", "/worker-month"))
_WHOLE = frozenset(_SINGULAR) - {"hours", "tons"}
_TEXT_UNITS = frozenset({"year", "number", "yyyymmdd"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in its parts: `thing` is printed with the number, `per` after it."""

    thing: str
    per: str

    @property
    def is_money(self) -> bool:
        return len(self.thing) == 3 and self.thing.isupper()

    @property
    def is_share(self) -> bool:
        return self.thing == "share"

    @property
    def is_text(self) -> bool:
        return self.thing in _TEXT_UNITS

    @property
    def whole(self) -> bool:
        """Whether the thing comes in ones, so that no fraction is ever printed."""
        return self.thing in _WHOLE


def parse(unit: str) -> Unit:
    """Split a unit string; "USD (cumulative)" keeps "in all" as its period."""
    if unit.endswith(" (cumulative)"):
        return Unit(unit.removesuffix(" (cumulative)"), "in all")
    for said, slash in _SAID:
        unit = unit.replace(said, slash)
    thing, _, period = unit.partition("/")
    return Unit(thing, _PERIODS.get(period, f"per {period}") if period else "")


def number_in(value: float, unit: Unit, step: float | None = None) -> str:
    """The number with what belongs directly to it (currency, "percent"), without the counted noun."""
    if unit.is_money:
        return money(value, step, unit.thing)
    if unit.is_share:
        return percent(value, step)
    if unit.thing == "yyyymmdd":
        text = f"{value:.0f}"
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if unit.is_text:
        return f"{value:.0f}"
    return scaled(value, step)


def noun_of(unit: Unit, value: float) -> str:
    """The counted noun that follows the number: "persons", "crossing", or "" for money, shares and text."""
    if unit.is_money or unit.is_share or unit.is_text:
        return ""
    if unit.thing == "ratio":
        return "times"
    return _SINGULAR.get(unit.thing, unit.thing) if value == 1 else unit.thing


def complete(number: str, unit: Unit, value: float) -> str:
    """Number, noun and period: "13,221 crossings", "USD 7,000 a year", "12 hours a day"."""
    return " ".join(part for part in (number, noun_of(unit, value), unit.per) if part)


def bare(value: float) -> str:
    """A number without unit, for table cells whose column names it."""
    return plain(value)
