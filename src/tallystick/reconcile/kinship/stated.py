"""The numbers that a text states, with what they count: what survives rewording and translation best.

All numbers of a text count here, whatever they measure and whoever is named for them, so a number that no claim was
read from still ties two texts together. Dates, years and numbers that only look like quantities are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tallystick.claims.numbers.find import quantities
from tallystick.claims.quantity import Quantity
from tallystick.reconcile.kinship.cuts import spaceless
from tallystick.reconcile.kinship.figures import OF_SMALL, Key, weight

READ = ("en", "ru", "ko")
CYRILLIC = re.compile("[А-яёЁ]")
CUT = re.compile(r"\d{1,3}(?:[.,]\d{3})+")  # 11.490: a separator of thousands taken for a decimal one
HEAD, TAIL = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The numbers of one text.

    weights   how telling each is; how true it is, is none of this
    places    how far into the text each first stands, 0 to 1: a report's own numbers come first, what it recalls last
    ranges    numbers that one writer put together
    rejoined  what two numbers in a row would be as one, "13 ... 221" for 13 221: copies by machine cut numbers so
    """

    weights: Mapping[Key, float] = field(default_factory=dict)
    places: Mapping[Key, float] = field(default_factory=dict)
    ranges: frozenset[tuple[Key, ...]] = frozenset()
    rejoined: Mapping[Key, float] = field(default_factory=dict)

    def place(self, key: Key) -> float:
        """How far into the text a number of it stands."""
        return self.places[key] if key in self.places else self.rejoined[key]


def stated(text: str, language: str = "") -> Stated:
    """The numbers of a text; of a language that is not read, digits are."""
    read = language if language in READ else _script(text)
    weights: dict[Key, float] = {}
    places: dict[Key, float] = {}
    ranges = set[tuple[Key, ...]]()
    found = [one for one in quantities(text, read) if not one.vague]
    for quantity in found:
        keys = tuple(_keys(text, quantity))
        for key in keys:
            weights[key] = OF_SMALL if quantity.kind == "duration" else weight(key[0])
            places.setdefault(key, quantity.start / len(text))
        if len(keys) > 1:
            ranges.add(keys)
    rejoined = {key: at for key, at in _rejoined(text, found) if key not in places}
    return Stated(weights=weights, places=places, ranges=frozenset(ranges), rejoined=rejoined)


def _script(text: str) -> str:
    """The language by whose rules numbers are read where none is known."""
    if spaceless(text):
        return "ko"
    return "ru" if 2 * len(CYRILLIC.findall(text)) > sum(map(str.isalpha, text)) else "en"


def _keys(text: str, quantity: Quantity) -> Iterator[Key]:
    kind = _kind(quantity)
    cut = kind == "count" and CUT.fullmatch(_written(text, quantity)) is not None
    for value in (quantity.low, quantity.point, quantity.high):
        if value is not None:
            whole = value * 1000 if cut and value != int(value) else value
            yield float(f"{whole:.4g}"), kind


def _kind(quantity: Quantity) -> str:
    """What is counted, as far as copies keep it: persons, permits and crossings they confuse."""
    if quantity.kind == "count":
        return "count"
    return "percent" if quantity.kind == "fraction" else quantity.unit


def _rejoined(text: str, found: list[Quantity]) -> Iterator[tuple[Key, float]]:
    for one, behind in pairwise(found):
        head, tail = _written(text, one), _written(text, behind)
        if {one.kind, behind.kind} <= {"count", "multiple"} and HEAD.fullmatch(head) and TAIL.fullmatch(tail):
            yield (float(f"{int(head + tail):.4g}"), "count"), one.start / len(text)


def _written(text: str, quantity: Quantity) -> str:
    return text[quantity.number_start : quantity.number_end].strip()
