"""One row's cells turned into values, each with its own check and its own fault.

A method returns a harmless value where it finds a fault: the reading goes on and never reaches a reader,
because `Faults.raise_if_any` comes before any programme is made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from math import isfinite

from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.tables import Row

PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
ADDRESS = re.compile(r"https?://[^\s<>\"']+|reports/[A-Za-z0-9_.-]+")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # Unicode categories that show nothing, or reorder what is shown
REPLACEMENT = "\ufffd"  # what a careless decoder leaves in place of a letter
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


class Cells:
    """The cells of `row`; every reading that fails is noted in `faults`."""

    def __init__(self, row: Row, faults: Faults) -> None:
        self.row, self._faults = row, faults

    def fault(self, field: str, problem: str, hint: str = "") -> None:
        """Note a fault in this row."""
        self._faults.add(problem, file=self.row.file, row=self.row.number, field=field, hint=hint)

    def text(self, field: str, *, required: bool = False) -> str:
        """The cell as it stands, without signs that a reader cannot see."""
        value = self.row.cells[field]
        unseen = unseen_sign(value)
        if unseen:
            self.fault(field, f"holds the unseen sign U+{ord(unseen):04X}", "type the text again without it")
        elif value != value.strip():
            self.fault(field, f"{shown(value)} begins or ends with a space", "remove it")
        elif required and not value:
            self.fault(field, "is blank", "every row needs it")
        return value

    def identifier(self, field: str = "id") -> str:
        """A name that other rows can point at."""
        value = self.text(field, required=True)
        if value.strip() and not IDENTIFIER.fullmatch(value):
            self.fault(field, f"{shown(value)} is no id", "use letters without accents, digits and underscores")
        return value

    def choice(self, field: str, allowed: Collection[str], *, what: str, required: bool = True) -> str:
        """One of `allowed`; `what` names the kind of thing in the fault."""
        value = self.text(field, required=required)
        if value.strip() and value not in allowed:
            self.fault(field, f"unknown {what} {shown(value)}", known(allowed))
        return value

    def several(self, field: str) -> tuple[str, ...]:
        """The parts of a cell that are set apart by semicolons; a blank cell has none."""
        value = self.text(field)
        parts = tuple(part.strip() for part in value.split(";")) if value else ()
        if "" in parts:
            self.fault(field, f"{shown(value)} has an empty part", "one semicolon between two parts, none at the end")
        return parts

    def choices(self, field: str, allowed: Collection[str], *, what: str, distinct: bool = True) -> tuple[str, ...]:
        """Several of `allowed`."""
        parts = self.several(field)
        unknown = [part for part in parts if part and part not in allowed]
        if unknown:
            self.fault(field, f"unknown {what} {', '.join(map(shown, unknown))}", known(allowed))
        elif distinct and len(set(parts)) < len(parts):
            self.fault(field, f"{shown(self.row.cells[field])} names one {what} twice", "name each once")
        return parts

    def number(self, field: str) -> float | None:
        """A plain decimal number; blank is None. No exponent, no thousands sign, nothing infinite."""
        value = self.text(field)
        if not value.strip():
            return None
        if not PLAIN_NUMBER.fullmatch(value):
            self.fault(field, f"{shown(value)} is no plain number", "digits and at most one point: 13221 or 0.85")
            return None
        if not isfinite(float(value)):
            self.fault(field, f"{shown(value)} is too large for a number", "no figure of this evidence is that large")
            return None
        return float(value)

    def day(self, field: str, *, required: bool = False) -> date | None:
        """A day as YYYY-MM-DD; blank is None."""
        value = self.text(field, required=required)
        if not value.strip():
            return None
        found = calendar_day(value)
        if found is None:
            self.fault(field, f"{shown(value)} is no day of the calendar", "write it as 2024-10-29, or leave it blank")
        return found

    def span(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Two days, the second not before the first."""
        start, end = self.day(first), self.day(last)
        if start is not None and end is not None and end < start:
            self.fault(last, f"{end} is before {first} ({start})", "swap them, or mend the one that is wrong")
        return start, end

    def published(self, field: str) -> str:
        """A year, a month or a day of publication, as far as it is known; blank where it is not."""
        value = self.text(field)
        if value.strip() and period_bounds(value) is None:
            self.fault(field, f"{shown(value)} is no date of publication", "write 2024, 2024-10 or 2024-10-29")
        return value

    def address(self, field: str) -> str:
        """A web address, or a file of `reports/`; anything that a browser could run is refused."""
        value = self.text(field, required=True)
        if value.strip() and not ADDRESS.fullmatch(value):
            self.fault(field, f"{shown(value)} is no address", "it begins with https://, http:// or reports/")
        return value


def unseen_sign(value: str) -> str:
    """The first sign that a reader cannot see or that reorders what is seen; "" when there is none."""
    if value.isprintable() and REPLACEMENT not in value:  # nearly always, and much quicker than sign by sign
        return ""
    return next((sign for sign in value if sign == REPLACEMENT or unicodedata.category(sign) in UNSEEN), "")


def calendar_day(value: str) -> date | None:
    """`value` as a day between 1900 and 2100, None when it is none."""
    if not DAY.fullmatch(value):
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:  # 2023-02-30: the right shape, and yet no day
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def period_bounds(value: str) -> tuple[date, date] | None:
    """First and last day of YYYY, YYYY-MM or YYYY-MM-DD, None when `value` is none of them."""
    match = PERIOD.fullmatch(value)
    if not match:
        return None
    year, month, day = match.groups()
    first = calendar_day(f"{year}-{month or '01'}-{day or '01'}")
    if first is None:
        return None
    if day:
        return first, first
    return first, last_of_month(first.year, 12 if month is None else first.month)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def known(allowed: Collection[str]) -> str:
    """The hint that lists what may stand here, or how many there are when the list is long."""
    names = sorted(allowed)
    return "one of " + ", ".join(names) if len(names) <= 24 else f"one of {len(names)} known ones; look it up"
