"""How the number of one claim stands to that of another: the same, rounded, converted, or broken on the way.

A relation of numbers alone links nothing; 50,000 is the same as every other 50,000. What makes it a link is scored
in `tallystick.reconcile.kinship.scores`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.evidence.quantities import currency_of
from tallystick.reconcile.kinship.figures import OF_DIGIT, OF_SMALL, PEOPLE, SMALL, weight
from tallystick.reconcile.kinship.sighting import Sighting, disjoint
from tallystick.reconcile.money import USD, in_usd
from tallystick.reconcile.rounding import Rounding, rounding_of
from tallystick.vocab.errors import TallystickError
from tallystick.vocab.programme import Programme

CLOSE = 0.006  # of a share: 0.667 and 0.67 are one; other numbers must be equal
EQUAL = 1e-9
FAR = 0.16  # of the value: nobody rounds 15,000 to 10,000
RATE_SLACK = 0.08  # a newspaper's rate of the day against the mean of the year, and its rounding
SCALES = (10.0, 100.0, 1_000.0, 10_000.0)  # a nought, thousand for nothing, 만 read as a thousand
LEAST_PIECE = 10  # 3 is a piece of 3,765, and of much else
FRESH = 40  # days within which a slip of the pen is made from what lies on the desk
MOST_DIGITS = 3
ODD = 3 * OF_DIGIT  # three digits that are no closing noughts: by itself such a number tells one figure from others
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
GRIDS: Sequence[Rounding] = tuple(rounding_of({"digits": digits}, ()) for digits in range(1, MOST_DIGITS + 1))


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is same, end, rounds, converts, separator, scale or other; `odd` says how telling the shared number is."""

    kind: str
    odd: float
    words: str


NONE = Relation("other", 0.0, "")
COUNTS = frozenset((*PEOPLE, "ratio"))  # a piece of a broken number is read as a count or as a multiple
APART = frozenset(("share", "ratio", "months", "years", "days", "hours", "tons"))  # what they are of makes the figure
TEXTS = frozenset(("year", "number", "yyyymmdd"))  # a resolution's year is no oddity, however many digits it has


def relation(child: Sighting, parent: Sighting, programme: Programme) -> Relation:
    """The closest relation of the numbers of `child` to those of `parent`; of what is unlike, by odd numbers alone."""
    found = _relation(child, parent, programme)
    return found if _alike(child, parent) or found.odd >= ODD else NONE


def _alike(child: Sighting, parent: Sighting) -> bool:
    """Whether copies confuse the two: one measure, people or things of one kind. Shares and sums they keep apart."""
    people = bool(counts_of(child) and counts_of(parent))
    things = child.unit == parent.unit and "/" not in child.unit and child.unit not in (*APART, *TEXTS)
    return child.measure == parent.measure or people or (things and not child.is_money)


def _relation(child: Sighting, parent: Sighting, programme: Programme) -> Relation:
    if child.unit == parent.unit:
        return _close(child, parent)
    if child.is_money and parent.is_money:
        return _converted(child, parent, programme) if child.measure == parent.measure else NONE
    if counts_of(child) and counts_of(child) == counts_of(parent):
        return _close(child, parent)
    pieces = [(one, other) for one in child.numbers for other in parent.numbers if child.unit in COUNTS]
    return _broken(pieces) if counts_of(parent) else NONE


def _close(child: Sighting, parent: Sighting) -> Relation:
    """A slip of noughts is believed only of the same measure, and any slip only of fresh news."""
    found = _plain(child, parent)
    stale = (child.earliest - parent.latest).days > FRESH
    other = found.kind == "scale" and not _of_one_scope(child, parent)
    return NONE if found.kind in ("scale", "separator") and (stale or other) else found


def _of_one_scope(child: Sighting, parent: Sighting) -> bool:
    """Another place, craft or time and ten times the number are another figure, and no slip of noughts."""
    mine, theirs = ((one.measure, one.host, one.region, one.sector) for one in (child, parent))
    return mine == theirs and not disjoint(child, parent)


def counts_of(one: Sighting) -> str:
    """What copies confuse with one another: persons, permits, visas and crossings, all of them or a year's."""
    name, _, per = one.unit.partition("/")
    return f"heads {per}".strip() if name in PEOPLE else ""


def figures_of(value: float) -> int:
    """Digits that are not closing noughts: 13,221 has five, 13,000 two."""
    return len(Decimal(repr(value)).normalize().as_tuple().digits)


def rounded(child: float, parent: float) -> bool:
    """Whether `parent`, told with fewer digits, is `child`."""
    digits = figures_of(child)
    if child < SMALL or digits > MOST_DIGITS or digits >= figures_of(parent):
        return False
    cell = GRIDS[digits - 1].cell(child, "", "")
    cut = child <= parent < child * (1 + 10.0 ** (1 - digits))  # 7,887 as "over 7,800"
    near = abs(parent - child) <= FAR * abs(parent)
    return near and cell is not None and (cell[0] <= parent <= cell[1] or (digits > 1 and cut))


def same(one: float, other: float) -> bool:
    """Whether two numbers are one."""
    close = CLOSE if max(abs(one), abs(other)) < 1 else EQUAL
    return abs(one - other) <= close * max(abs(one), abs(other))


def _plain(child: Sighting, parent: Sighting) -> Relation:
    shared = [one for one in child.numbers if any(same(one, other) for other in parent.numbers)]
    if len(shared) == len(child.numbers) == len(parent.numbers):
        return Relation("same", _oddness(shared, child.unit), "the same number" + "s" * (len(shared) > 1))
    if len(child.numbers) > len(parent.numbers):
        return NONE  # a range is not made of one number
    if shared:
        return Relation("end", _oddness(shared, child.unit), f"shares {max(shared):,.10g}")
    pairs = [(one, other) for one in child.numbers for other in parent.numbers if one > 0 < other]
    for one, other in pairs:
        if rounded(one, other):
            return Relation("rounds", weight(one), f"{one:,.10g} is {other:,.10g} rounded")
    cut = _broken(pairs)
    return _scaled(child, parent) if cut is NONE else cut


def _oddness(shared: Sequence[float], unit: str) -> float:
    if unit in TEXTS:
        return OF_SMALL
    if unit == "ratio":  # "12-fold" is no small number of things
        return min(3.0, sum(OF_DIGIT * figures_of(one) for one in set(shared)))
    return min(3.0, sum(weight(one) for one in set(shared)))


def _broken(pairs: Sequence[tuple[float, float]]) -> Relation:
    for one, other in pairs:
        if one in pieces_of(other):
            return Relation("separator", weight(one), f"{one:,.10g} is a piece of {other:,.10g}, cut at its separator")
    return NONE


def _scaled(child: Sighting, parent: Sighting) -> Relation:
    """All numbers are off by the same noughts: of a range, one end alone never is."""
    pairs = list(zip(child.numbers, parent.numbers, strict=False))
    one, other = pairs[0] if pairs else (0.0, 0.0)
    factors = (factor for by in SCALES for factor in (by, 1 / by))
    for factor in factors if len(child.numbers) == len(parent.numbers) and figures_of(one) > 1 else ():
        if all(same(mine * factor, theirs) for mine, theirs in pairs):
            return Relation("scale", weight(one), f"{one:,.10g} and {other:,.10g} differ by noughts alone")
    return NONE


def digits_stand_in(text: str, value: float) -> bool:
    """Whether the digits of a number stand in a text, however they are scaled and parted."""
    there = {re.sub("[.,]", "", digits).strip("0") for digits in DIGITS.findall(text)}
    return f"{value:.12g}".replace(".", "").strip("0") in there


def pieces_of(value: float) -> frozenset[float]:
    """What becomes of 13,221 where its comma is taken for the end of a number."""
    parts = [float(one) for one in f"{value:,.0f}".split(",")] if value == int(value) else []
    return frozenset(parts if len(parts) > 1 and min(parts) >= LEAST_PIECE else ())


def _converted(child: Sighting, parent: Sighting, programme: Programme) -> Relation:
    year = (child.published or child.earliest).year
    try:
        ours, theirs = (sorted(in_usd(v, one.unit, year, programme) for v in one.numbers) for one in (child, parent))
    except TallystickError:  # no rate is known for that year: whether it was converted cannot be said
        return NONE
    fits = len(ours) == len(theirs) and all(abs(a - b) <= RATE_SLACK * b for a, b in zip(ours, theirs, strict=True))
    if not fits:
        return NONE
    words = f"{currency_of(parent.unit) or USD} in {currency_of(child.unit)} at the mean rate of {year}"
    return Relation("converts", sum(weight(v) for v in parent.numbers), words)
