"""Known sightings by their figures and sources, on disk: the few that a new one is laid against, of however many.

It chooses and does not judge: what it gives goes to `kinship.edges`. Of a number that very many give, those of the same
measure and host come first, and of these the earliest, among which the root is, and the latest, from which it may have
been copied. What it holds follows from the sightings that were added, and nothing is lost when it is emptied.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from math import floor, log, log10

from tallystick.reconcile.kinship.bands import MOST, RATES_DRIFT, dollars_of, kind_of
from tallystick.reconcile.kinship.features import YEAR
from tallystick.reconcile.kinship.numbers import FAR, MOST_DIGITS, SCALES, counts_of, figures_of, pieces_of
from tallystick.reconcile.kinship.sighting import Sighting, names_in
from tallystick.vocab.programme import Programme

CELL = log(1.08)  # width of a cell of figures, so that few of them cover what may be a rounding
ALIKE, OTHERS = 15, 6  # of one number: earliest, and as many latest, of the same measure and host; of any
ALIKE_IN_CELL, OTHERS_IN_CELL = 4, 2
AFTER = 4  # of one number: the earliest after it, which may have been read before what they copy
NAMESAKES = 20  # latest of the same host that name a source, from which a figure may be computed
SCHEMA = (
    "create table if not exists figure (claim text not null, kind text not null, value real not null, "
    "cell integer not null, measure text not null, host text not null, day integer not null)",
    "create index if not exists figure_claim on figure (claim)",
    "create index if not exists figure_like on figure (kind, value, measure, host, day, claim)",
    "create index if not exists figure_value on figure (kind, value, day, claim)",
    "create index if not exists figure_cell_like on figure (kind, cell, measure, host, day, value, claim)",
    "create index if not exists figure_cell on figure (kind, cell, day, value, claim)",
    "create table if not exists named (claim text not null, word text not null, host text not null, "
    "day integer not null)",
    "create index if not exists named_claim on named (claim)",
    "create index if not exists named_word on named (word, host, day, claim)",
)
Found = tuple[str, float]  # a claim, and its value


class Nearby:
    """The index, in a file or in memory; what is changed is part of the transaction of who asks."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._at = file
        for statement in SCHEMA:
            file.execute(statement)

    def put(self, one: Sighting, programme: Programme) -> None:
        """Take in a sighting, or take it in anew."""
        self.drop(one.id)
        day = one.earliest.toordinal()
        rows = [
            (one.id, kind, _key(value), _cell(value), one.measure, one.host, day)
            for kind, value in _entries(one, programme)
        ]
        self._at.executemany("insert into figure values (?, ?, ?, ?, ?, ?, ?)", rows)
        words = one.sources | names_in(one.published_by)
        self._at.executemany(
            "insert into named values (?, ?, ?, ?)", [(one.id, word, one.host, day) for word in sorted(words)]
        )

    def drop(self, claim: str) -> None:
        """Forget a sighting."""
        self._at.execute("delete from figure where claim = ?", (claim,))
        self._at.execute("delete from named where claim = ?", (claim,))

    def empty(self) -> None:
        """Forget all of them."""
        self._at.execute("delete from figure")
        self._at.execute("delete from named")

    def near(self, child: Sighting, programme: Programme) -> tuple[str, ...]:
        """The ids of sightings up to its day whose figure could have become its own, or that name its source."""
        found: dict[str, None] = {}
        for claim, _ in self._by_number(child, programme):
            found.setdefault(claim)
            if len(found) == MOST:
                break
        for word in sorted(child.sources):
            found.update(dict.fromkeys(self._named(word, child)))
        return tuple(found)

    def after(self, child: Sighting) -> tuple[str, ...]:
        """The ids of sightings of its measure and host from after its day that may tell its figure, whole or broken.

        Of what was computed or converted from it nothing is looked for.
        """
        kind, day = kind_of(child), child.earliest.toordinal()
        told = dict.fromkeys(one for value in child.numbers for one in _tellings(value, bool(counts_of(child))))
        return tuple(dict.fromkeys(id for value in told for id in self._after(kind, value, child, day)))

    def _after(self, kind: str, value: float, child: Sighting, day: int) -> list[str]:
        rows = self._at.execute(
            "select claim from figure where kind = ? and value = ? and measure = ? and host = ? and day > ? "
            f"order by day limit {AFTER}",
            (kind, value, child.measure, child.host, day),
        )
        return [row[0] for row in rows]

    def _by_number(self, child: Sighting, programme: Programme) -> Iterator[Found]:
        """The surest first: the same number, what it may be a rounding of, a conversion, a slip."""
        kind, day = kind_of(child), child.earliest.toordinal()
        for value in child.numbers:
            yield from self._at_value(kind, value, child, day)
        for value in child.numbers:
            if figures_of(value) <= MOST_DIGITS or value < 1:
                yield from self._around(kind, value, 2 * FAR, child, day)
        for value in dollars_of(child, programme) if child.is_money else ():
            yield from self._around(f"usd {child.measure}", value, RATES_DRIFT, child, day)
        for value in child.numbers:
            if child.unit == "ratio" or counts_of(child):
                for heads in ("heads", "heads year"):
                    yield from self._latest(f"piece of {heads}", value, day)
            for scale in SCALES:
                yield from self._latest(kind, value / scale, day)
                yield from self._latest(kind, value * scale, day)

    def _at_value(self, kind: str, value: float, child: Sighting, day: int) -> Iterator[Found]:
        like = (kind, _key(value), child.measure, child.host, day)
        for order in ("", "desc"):
            yield from self._at.execute(
                "select claim, value from figure where kind = ? and value = ? and measure = ? and host = ? "
                f"and day <= ? order by day {order} limit {ALIKE}",
                like,
            ).fetchall()
        for order in ("", "desc"):
            yield from self._at.execute(
                f"select claim, value from figure where kind = ? and value = ? and day <= ? order by day {order} "
                f"limit {OTHERS}",
                (kind, _key(value), day),
            ).fetchall()

    def _latest(self, kind: str, value: float, day: int) -> list[Found]:
        """A slip is made from what lies on the desk."""
        return self._at.execute(
            "select claim, value from figure where kind = ? and value = ? and day <= ? "
            f"order by day desc limit {OTHERS}",
            (kind, _key(value), day),
        ).fetchall()

    def _around(self, kind: str, value: float, width: float, child: Sighting, day: int) -> Iterator[Found]:
        low, high = value * (1 - width), value * (1 + width)
        cells = range(_cell(low), _cell(high) + 1) if low > 0 else ()
        for cell in cells:
            for order in ("", "desc"):
                yield from self._at.execute(
                    "select claim, value from figure where kind = ? and cell = ? and measure = ? and host = ? "
                    f"and day <= ? and value between ? and ? order by day {order} limit {ALIKE_IN_CELL}",
                    (kind, cell, child.measure, child.host, day, low, high),
                ).fetchall()
        for cell in cells:
            yield from self._at.execute(
                "select claim, value from figure where kind = ? and cell = ? and day <= ? and value between ? and ? "
                f"order by day desc limit {OTHERS_IN_CELL}",
                (kind, cell, day, low, high),
            ).fetchall()

    def _named(self, word: str, child: Sighting) -> Iterable[str]:
        day = child.earliest.toordinal()
        rows = self._at.execute(
            "select claim from named where word = ? and host = ? and day between ? and ? "
            f"order by day desc limit {NAMESAKES}",
            (word, child.host, day - YEAR, day),
        )
        return [row[0] for row in rows]


def _entries(one: Sighting, programme: Programme) -> Iterator[tuple[str, float]]:
    """Its numbers, each under what it counts; the pieces into which it may break; what it is in dollars."""
    kind = kind_of(one)
    for value in one.numbers:
        yield kind, value
        for piece in sorted(pieces_of(value)) if counts_of(one) else ():
            yield f"piece of {kind}", piece
    for value in dollars_of(one, programme) if one.is_money else ():
        yield f"usd {one.measure}", value


def _tellings(value: float, of_people: bool) -> Iterator[float]:
    """As what it may come to be told: itself, in fewer digits, and with the slips of the pen that are known."""
    yield _key(value)
    for digits in range(1, min(MOST_DIGITS, figures_of(value) - 1) + 1) if value > 0 else ():
        by = 10.0 ** (floor(log10(value)) - digits + 1)
        yield from (_key(round(value / by) * by), _key(floor(value / by) * by))
    yield from map(_key, sorted(pieces_of(value)) if of_people else ())
    yield from (_key(value * scale) for by in SCALES for scale in (by, 1 / by))


def _key(value: float) -> float:
    """The value as it is compared: equal to nine digits is equal."""
    return float(f"{value:.9g}")


def _cell(value: float) -> int:
    return floor(log(value) / CELL) if value > 0 else 0
