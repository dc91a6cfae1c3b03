"""Known claims by their numbers, so that a new one is laid against the few that could be its source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from tallystick.reconcile.kinship.numbers import EQUAL, FAR, MOST_DIGITS, SCALES, counts_of, figures_of, pieces_of
from tallystick.reconcile.kinship.sighting import Sighting, names_in
from tallystick.reconcile.money import in_usd
from tallystick.vocab.errors import TallystickError
from tallystick.vocab.programme import Programme

Entry = tuple[float, int]
Kind = tuple[str, ...]
RATES_DRIFT = 0.35  # between the years in which a sum and its conversion were told
NEVER = date.max
MOST = 60  # earlier sightings that one is laid against


def when(one: Sighting) -> tuple[date, date, date]:
    """Earlier assertions first, then pages printed first."""
    return (one.earliest, one.latest, one.published or NEVER)


def detail(one: Sighting) -> tuple[int, str]:
    """Of equal days the claim that says most first, since copies lose detail; then by id."""
    said = sum(bool(told) for told in (one.region, one.sector, one.start, one.end))
    return (-said - len(one.sources), one.id)


class Bands:
    """Sightings in the order of their assertion, found by number."""

    def __init__(self, known: Iterable[Sighting], new: Iterable[Sighting], programme: Programme) -> None:
        """Of a known and a new one that nothing else tells apart, the known one came first."""
        both = [(one, 0) for one in known] + [(one, 1) for one in new]
        self.all = [one for one, _ in sorted(both, key=lambda pair: (*when(pair[0]), pair[1], *detail(pair[0])))]
        self.programme = programme
        self._at: dict[str, int] = {one.id: number for number, one in enumerate(self.all)}
        self._lines: dict[Kind, list[Entry]] = defaultdict(list)
        self._of: dict[str, list[Sighting]] = defaultdict(list)  # by document
        self._named: dict[str, list[int]] = defaultdict(list)  # by a word that names its source
        self._measured: dict[str, set[str]] = defaultdict(set)  # documents by measure
        self._pieces: dict[tuple[Kind, float], list[int]] = defaultdict(list)
        for number, one in enumerate(self.all):
            self._enter(number, one)
        for line in self._lines.values():
            line.sort()

    def earlier(self, child: Sighting, among: Collection[str] | None = None) -> list[Sighting]:
        """Sightings of other documents that came first and whose number could have become the child's.

        among : ids of those that are looked at; None for all

        Of a number that very many give, those of the child's measure and host are kept first, and of these the
        earliest, among which the root is, and the latest, from which it may have been copied.
        """
        before = self._at[child.id]
        found = sorted(
            number
            for number in set(self._near(child))
            if number < before and self.all[number].document != child.document
            if among is None or self.all[number].id in among
        )
        if len(found) > MOST:
            found.sort(key=lambda number: (self._unlike(child, number), min(number, before - number)))
        return [self.all[number] for number in sorted(found[:MOST])]

    def _unlike(self, child: Sighting, number: int) -> int:
        one = self.all[number]
        return (one.measure != child.measure) + (one.host != child.host)

    def at_hand(self, child: Sighting) -> list[Sighting]:
        """What it may have been computed from: of its document, or the latest before it that name its source."""
        latest = {
            number
            for word in child.sources
            for number in self._named[word][: bisect_left(self._named[word], self._at[child.id])][-MOST:]
        }
        return [*self._of[child.document], *(self.all[number] for number in sorted(latest))]

    def rank(self, name: str) -> int:
        """Its place in the order of assertion."""
        return self._at[name]

    def rates(self, child: Sighting) -> list[Sighting]:
        """All figures of the documents that give the child's measure, its own among them."""
        return [one for name in sorted(self._measured[child.measure]) for one in self._of[name]]

    def _enter(self, number: int, one: Sighting) -> None:
        self._of[one.document].append(one)
        self._measured[one.measure].add(one.document)
        for word in one.sources | names_in(one.published_by):
            self._named[word].append(number)
        kind = _kind(one)
        for value in one.numbers:
            self._lines[kind].append((value, number))
            for piece in pieces_of(value) if counts_of(one) else ():
                self._pieces[kind, piece].append(number)
        if one.is_money:
            self._lines["usd", one.measure].extend((value, number) for value in dollars_of(one, self.programme))

    def _near(self, child: Sighting) -> Iterator[int]:
        kind = _kind(child)
        for value in child.numbers:
            far = FAR if figures_of(value) <= MOST_DIGITS else EQUAL
            if far == FAR or value < 1:
                yield from self._between(kind, value * (1 - 2 * FAR), value * (1 + 2 * FAR))
            yield from self._between(kind, value * (1 - EQUAL), value * (1 + EQUAL))
            for scale in SCALES:
                yield from self._between(kind, value / scale * (1 - EQUAL), value / scale * (1 + EQUAL))
                yield from self._between(kind, value * scale * (1 - EQUAL), value * scale * (1 + EQUAL))
            if child.unit == "ratio" or counts_of(child):
                for heads in ("heads", "heads year"):
                    yield from self._pieces.get(((heads,), value), ())
        for value in dollars_of(child, self.programme) if child.is_money else ():
            yield from self._between(("usd", child.measure), value * (1 - RATES_DRIFT), value * (1 + RATES_DRIFT))

    def _between(self, kind: Kind, low: float, high: float) -> Iterator[int]:
        line = self._lines.get(kind, [])
        start, end = bisect_left(line, (low, -1)), bisect_right(line, (high, len(self.all)))
        return (number for _, number in line[start:end])


def dollars_of(one: Sighting, programme: Programme) -> list[float]:
    """At its year's rate; none where no rate is known, so that it is never taken for a conversion."""
    try:
        return [in_usd(value, one.unit, (one.published or one.earliest).year, programme) for value in one.numbers]
    except TallystickError:
        return []


def kind_of(one: Sighting) -> str:
    """What its numbers count: only those that count alike are compared."""
    return counts_of(one) or one.unit


def _kind(one: Sighting) -> Kind:
    return (kind_of(one),)
