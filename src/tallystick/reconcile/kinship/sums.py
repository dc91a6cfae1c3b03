"""Which known figures a new one may have been computed from: sums, differences, products, shares, and a common rate.

Whoever tries enough sums hits any round number. So a computation counts only by how seldom it would come out by
chance: the combinations tried, times the width of the interval that would have been told as this figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import NamedTuple

from tallystick.reconcile.kinship.features import YEAR, days_between
from tallystick.reconcile.kinship.figures import PEOPLE
from tallystick.reconcile.kinship.numbers import GRIDS, MOST_DIGITS, TEXTS, figures_of, same
from tallystick.reconcile.kinship.sighting import Sighting, names_in
from tallystick.vocab.programme import Programme

MONTHS = 12
ABOUT = 0.03  # slack, relative to it, where the figure is hedged by about, around, nearly
HEDGES = ("about", "around", "nearly", "approximately", "roughly", "estimate")
MOST_IN_POOL = 20
RATE_WIDTH = 0.15
PARTS = ("ratio", "share")
COUNTED_KINDS = ("S", "F")  # stocks and flows


class Try(NamedTuple):
    """One combination and its result."""

    form: str
    inputs: tuple[str, ...]
    result: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Computation:
    """`inputs` in the order of the formula; `chance` is how many such coincidences one would expect."""

    inputs: tuple[str, ...]
    formula: str
    chance: float


def computations(child: Sighting, known: Iterable[Sighting], programme: Programme) -> tuple[Computation, ...]:
    """The computations whose result is told as `child`, the least likely coincidence first.

    A figure that would be told as the child by itself is no input: what is added to it or taken off explains nothing.
    """
    of_people = _is_of_people(child, programme)
    enters = _enters(child, of_people)
    at_hand = {one.id: one for one in known if one.id != child.id and enters(one) and _at_hand(child, one)}
    pool = sorted(at_hand.values(), key=lambda one: (one.document != child.document, days_between(child, one), one.id))
    found: list[Computation] = []
    for those in ([one for one in pool if one.document == child.document], pool[:MOST_IN_POOL]):
        found += _hits(child, list(_tries(child, those, of_people)))
    return tuple(sorted(found, key=lambda one: (one.chance, len(one.inputs), one.inputs)))


def _enters(child: Sighting, of_people: bool) -> Callable[[Sighting], bool]:
    """What may be an input of such a figure at all: people of people, and people and rates of a year's money."""
    if _heads(child) or (of_people and child.unit in PARTS):
        return _heads
    if child.is_money and child.unit.endswith("/year"):
        return lambda one: _heads(one) or _is_rate(one)
    return lambda _: False


def _is_of_people(child: Sighting, programme: Programme) -> bool:
    """Whether a share or multiple is one of people or of their comings and goings, and not of pay, output or goods."""
    measure = programme.measures.get(child.measure)
    return measure is not None and measure.kind in COUNTED_KINDS


def _hits(child: Sighting, tried: Sequence[Try]) -> Iterator[Computation]:
    """What came out right, each form (a sum of two, a quotient, ...) held against how often it was tried."""
    often = Counter(one.form for one in tried)
    for one in tried:
        if _told_as(one.result, child):
            yield Computation(inputs=one.inputs, formula=one.words, chance=_width(child) * often[one.form])


def by_rate(child: Sighting, known: Sequence[Sighting]) -> tuple[Computation, ...]:
    """Figures of its document that stand to it as two figures of the same measures stand to each other elsewhere.

    A rate is common only where other numbers show it: the same two figures in another document are its copy, or are
    one document read twice, and whatever stands beside each other there has some quotient.

    known : figures of its document, and all figures of documents that give the child's measure
    """
    if child.unit in PEOPLE or not _counted(child):
        return ()
    inside = [one for one in known if one.document == child.document and one.unit != child.unit and _counted(one)]
    elsewhere = [one for one in known if one.measure == child.measure and one.document != child.document]
    found = []
    for one in inside:
        rate = _value(child) / _value(one) if _value(one) else 0.0
        rates = [
            _value(there) / _value(base)
            for there in elsewhere
            for base in known
            if base.document == there.document and base.measure == one.measure and _value(base)
            if base.numbers != one.numbers and there.numbers != child.numbers
        ]
        if rate > 1 and any(abs(other - rate) <= RATE_WIDTH * rate for other in rates):
            words = f"{rate:,.0f} for each of {_value(one):,.10g}, as in other documents"
            found.append(Computation(inputs=(one.id,), formula=words, chance=RATE_WIDTH * len(rates)))
    return tuple(found)


def _at_hand(child: Sighting, one: Sighting) -> bool:
    """What whoever computed it had before them: figures of the same page, or of the same source at the same time."""
    if one.earliest > child.latest:
        return False
    beside = one.document == child.document or (
        one.host == child.host
        and days_between(child, one) <= YEAR
        and bool((one.sources | names_in(one.published_by)) & child.sources)
    )
    return beside and not _is_it_already(child, one)


def _is_it_already(child: Sighting, one: Sighting) -> bool:
    """Whether the child is in that figure, whole or as an end of its range, or is that figure told in fewer digits."""
    if (one.measure, one.numbers, one.host) == (child.measure, child.numbers, child.host):
        return True
    alike = _heads(one) and _heads(child)
    return alike and (
        _told_as(_value(one), child) or any(same(mine, its) for mine in child.numbers for its in one.numbers)
    )


def _tries(child: Sighting, pool: Sequence[Sighting], of_people: bool) -> Iterator[Try]:
    apart = [one for one in pool if not (_heads(child) and one.measure == child.measure)]  # no pair has the others
    for one, other in permutations(apart, 2):
        yield from _pair(child, one, other, of_people)
    yield from _sums(child, pool)


def _pair(child: Sighting, one: Sighting, other: Sighting, of_people: bool) -> Iterator[Try]:
    ids, a, b = (one.id, other.id), _value(one), _value(other)
    heads = _heads(one) and _heads(other)
    if heads and _heads(child) and one.measure == other.measure != child.measure and a > b:
        yield Try("difference", ids, a - b, f"{a:,.10g} - {b:,.10g}")
    parts = of_people and child.unit in PARTS and one.measure == other.measure and b > 0
    if heads and parts and a != b and (a > b) == (child.unit == "ratio"):
        yield Try("quotient", ids, a / b, f"{a:,.10g} / {b:,.10g}")
    if _heads(one) and _is_rate(other) and child.is_money and child.unit.endswith("/year") and not _heads(child):
        by = MONTHS if other.unit.endswith("/month") else 1
        yield Try("product", ids, a * b * by, f"{a:,.10g} x {b:,.10g}" + f" x {MONTHS}" * (by > 1))


def _sums(child: Sighting, pool: Sequence[Sighting]) -> Iterator[Try]:
    """Of figures of one measure and source for different places or crafts: any two, or all together."""
    alike = [one for one in pool if _heads(one) and _heads(child) and one.unit == child.unit]
    groups: dict[tuple[str, str], list[Sighting]] = {}
    for one in alike:
        groups.setdefault((one.measure, one.asserted_by), []).append(one)
    for group in groups.values():
        group = sorted(group, key=lambda one: (-_value(one), one.id))
        chosen = [*combinations(group, 2), *([tuple(group)] if len(group) > 2 else [])]
        for those in chosen:
            if len({(one.start, one.end) for one in those}) == 1:
                words = " + ".join(f"{_value(one):,.10g}" for one in those)
                form = "sum of two" if len(those) == 2 else "sum of all"
                yield Try(form, tuple(one.id for one in those), sum(map(_value, those)), words)


def _counted(one: Sighting) -> bool:
    """Things, and neither money nor a share, a rate or a text."""
    return "/" not in one.unit and not one.is_money and one.unit not in (*PARTS, *TEXTS)


def _is_rate(one: Sighting) -> bool:
    return one.is_money and "/" in one.unit


def _heads(one: Sighting) -> bool:
    return one.unit in PEOPLE


def _value(one: Sighting) -> float:
    """Its number, or the middle of its range."""
    if one.point is not None:
        return one.point
    return sum(one.numbers) / len(one.numbers)


def _told_as(result: float, child: Sighting) -> bool:
    value = _value(child)
    low, high = _cell(value)
    slack = ABOUT * value if _hedged(child) else 0.0
    return min(low, value - slack) <= result <= max(high, value + slack)


def _width(child: Sighting) -> float:
    value = _value(child)
    low, high = _cell(value)
    return max((high - low) / value if value else 1.0, 2 * ABOUT if _hedged(child) else 0.0)


def _cell(value: float) -> tuple[float, float]:
    """What would be told as `value`: its cell of rounding, or, of many digits, itself."""
    digits = figures_of(value)
    if digits > MOST_DIGITS:
        return value * (1 - 10.0**-digits), value * (1 + 10.0**-digits)
    return GRIDS[digits - 1].cell(value, "", "") or (value, value)


def _hedged(one: Sighting) -> bool:
    return any(word in one.hedge.lower() for word in HEDGES)
