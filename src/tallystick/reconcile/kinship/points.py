"""What speaks for one report behind two texts, in points of a few kinds that a person can check.

The points were set by hand; how they were judged is in docs/methods/lineage.md. They are no probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import log2, sqrt

from tallystick.reconcile.kinship.figures import OF_SMALL, Key
from tallystick.reconcile.kinship.stated import Stated
from tallystick.reconcile.kinship.traits import LED, NAMED, Holders, Traits

ENOUGH = 3.0  # points from which a pair counts as one report
NEWS_LIVES = 4  # days within which wires are sent on
STALE = 45  # days after which a text that shares figures is another report
PER_PRINT, PER_RUN, MOST_OF_WORDING = 2.0, 0.7, 8.0
MOST_OF_NUMBERS = 3.5  # little over ENOUGH: the same figures at the head of another body are another report
OF_NEXT = 0.5  # every further number that two texts share: together they are odder than each
OF_RANGE = 0.8  # both ends of one range, over two numbers that merely occur
OF_PLACE = 0.5  # lost where one text begins with what the other ends with: a recalled figure
PER_NAME, MOST_OF_NAMES = 0.4, 3.0
COMMON = 1.5  # bits below which a name is everybody's
PER_BODY, MOST_OF_BODIES = 0.4, 1.5
LED_BY_ALL = 1.0  # bits below which a body is
OF_OTHERS = -3.0  # both texts lead with bodies, and with different ones
ONE_VOICE = 1.5  # points of names in both leads from which it is one person's word, whichever bodies carry it
BACKED = 0.7  # points of wording, numbers and words from which names and days count in full
OF_DAYS, OF_SEASON = 1.0, -4.0
OF_WORDS = 6.0  # times the likeness of the words of two texts in one language
OF_THEME = 0.15  # likeness of two texts of the theme that know nothing of each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """In how many texts on the theme each name stands: what all such texts name ties no two of them."""

    texts: int = 0
    holders: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """In how many of `count` texts each trait stands, and in how many on the theme."""

    holders: Holders
    count: int
    background: Background

    def of_name(self, name: str) -> float:
        """Bits; of a name that is looked for on the theme as well, the mean of the two."""
        here = log2(self.count / len(self.holders[NAMED, name]))
        if not self.background.texts:
            return here
        on_theme = log2((self.background.texts + 1) / (self.background.holders.get(name, 0) + 1))
        return (here + on_theme) / 2

    def of_body(self, body: str) -> float:
        """Bits, among the bodies that texts lead with."""
        return log2(self.count / len(self.holders[LED, body]))


def points(one: Traits, other: Traits, likeness: float, rarity: Rarity) -> dict[str, float]:
    """By kind of evidence; names, bodies and days only as far as wording, numbers or words back them.

    likeness   of the words of two texts in one language, 0 to 1
    """
    same_language = one.doc.language == other.doc.language
    said = {
        "wording": _wording(one, other),
        "numbers": _numbers(one.numbers, other.numbers),
        "words": OF_WORDS * (likeness - OF_THEME) if same_language else 0.0,
    }
    backed = min(1.0, max(0.0, sum(said.values())) / BACKED)
    one_voice = _names(one.leading & other.leading, rarity) >= ONE_VOICE
    return said | {
        "names": backed * _names(one.names & other.names, rarity),
        "bodies": backed * _bodies(one.bodies & other.bodies, rarity),
        "others": 0.0 if one_voice else _others(one, other),
        "days": _days(one.doc.published, other.doc.published, backed),
    }


def _wording(one: Traits, other: Traits) -> float:
    prints, runs = len(one.prints & other.prints), len(one.runs & other.runs)
    return min(MOST_OF_WORDING, PER_PRINT * prints + PER_RUN * runs)


def _numbers(mine: Stated, theirs: Stated) -> float:
    """Shared numbers by their oddness, less where most of the smaller text's are not shared or stand elsewhere."""
    weights = _shared(mine, theirs)
    if not weights:
        return 0.0
    shared = sum(weights.values())
    smaller = max(shared, min(sum(mine.weights.values()), sum(theirs.weights.values())))
    further = OF_NEXT * max(0, sum(one > OF_SMALL for one in weights.values()) - 1)
    found = shared + further + OF_RANGE * len(mine.ranges & theirs.ranges)
    moved = sum(one * abs(mine.place(key) - theirs.place(key)) for key, one in weights.items()) / shared
    return min(MOST_OF_NUMBERS, found * sqrt(shared / smaller) * (1 - OF_PLACE * moved))


def _shared(mine: Stated, theirs: Stated) -> dict[Key, float]:
    """Numbers of both with their weights; two that a machine cut from one count where the other text has the whole."""
    both = mine.weights.keys() & theirs.weights.keys()
    cut = (mine.rejoined.keys() & theirs.weights.keys()) | (mine.weights.keys() & theirs.rejoined.keys())
    return {key: max(mine.weights.get(key, 0.0), theirs.weights.get(key, 0.0)) for key in sorted(both | cut)}


def _names(shared: Iterable[str], rarity: Rarity) -> float:
    """Shared names, the rarer the more; none for a name that every text has."""
    found = sum(PER_NAME * max(0.0, rarity.of_name(name) - COMMON) for name in sorted(shared))
    return min(MOST_OF_NAMES, found)


def _bodies(shared: Iterable[str], rarity: Rarity) -> float:
    """Bodies that both lead with, the rarer the more."""
    found = sum(rarity.of_body(body) for body in sorted(shared))
    return min(MOST_OF_BODIES, PER_BODY * max(0.0, found - LED_BY_ALL))


def _others(one: Traits, other: Traits) -> float:
    """Texts that lead with different bodies are mostly different reports; two wires may carry one."""
    differ = one.bodies and other.bodies and not one.bodies & other.bodies
    return OF_OTHERS if differ and not (one.wired and other.wired) else 0.0


def _days(one: date | None, other: date | None, backed: float) -> float:
    """Wires are sent on within days; a text of another season is another report."""
    if one is None or other is None:
        return 0.0
    apart = abs((one - other).days)
    if apart <= NEWS_LIVES:
        return OF_DAYS * backed
    return 0.0 if apart <= STALE else OF_SEASON
