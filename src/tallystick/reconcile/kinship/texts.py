"""Which texts pass on the same report: sent on unchanged, reworded or translated, whoever printed them.

The evidence for a pair is added up in points (`kinship.points`), a few of them a person can check: shared sentences
and runs of words, shared numbers by their oddness, shared names in any alphabet, the body that both lead with, the
days of publication. A report that only takes figures from another is no copy of it: so numbers alone carry a pair only
so far, and days, numbers that are not shared and another body at the head tell the two apart. What copies whom among
single claims is `tallystick.reconcile.kinship.edges`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from tallystick.reconcile.kinship.bodies import Bodies
from tallystick.reconcile.kinship.figures import OF_SMALL, weight
from tallystick.reconcile.kinship.points import ENOUGH, Background, Rarity, points
from tallystick.reconcile.kinship.traits import (
    LED,
    STEMMED,
    Doc,
    Holders,
    Traits,
    directions,
    holders,
    names_of,
    traits_of,
)

TOGETHER = 0.8 * ENOUGH  # points that the members of two groups have on average, where the groups join
MOST_HOLDERS = 60  # a feature in more texts than this leads to no pair by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts and the points that speak for one report behind both, by kind of evidence."""

    one: str
    other: str
    points: Mapping[str, float]

    @property
    def total(self) -> float:
        """The sum; from ENOUGH on, they pass on one report."""
        return sum(self.points.values())


UNKNOWN, NOBODY = Background(), Bodies()


def groups(documents: Sequence[Doc], background: Background = UNKNOWN, bodies: Bodies = NOBODY) -> list[frozenset[str]]:
    """The texts by root report, the largest group first; a text of its own is a group of one.

    `bodies` are the outlets and offices that a programme knows in several languages (`kinship.bodies`).
    """
    return gather([doc.id for doc in documents], pairs(documents, background, bodies))


def background_of(texts: Iterable[str]) -> Background:
    """Counted over texts of the theme, say the titles and statements of a programme's evidence."""
    spelled = [names_of(text) for text in texts]
    counted = Counter(name for inside, first, _ in spelled for name in inside | first)
    return Background(texts=len(spelled), holders=counted)


def pairs(documents: Sequence[Doc], background: Background = UNKNOWN, bodies: Bodies = NOBODY) -> list[Pair]:
    """Every pair that shares something rare, with its points; the order of `documents` does not matter."""
    traits = traits_of(sorted(documents, key=lambda doc: doc.id), bodies)
    of = holders(traits)
    words, rarity = directions(traits, of), Rarity(holders=of, count=len(traits), background=background)
    return [
        Pair(
            one=traits[one].doc.id,
            other=traits[other].doc.id,
            points=points(traits[one], traits[other], _product(words[one], words[other]), rarity),
        )
        for one, other in sorted(_candidates(traits, of))
    ]


def _product(one: Mapping[tuple[str, str, bool], float], other: Mapping[tuple[str, str, bool], float]) -> float:
    smaller, larger = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * larger[stem] for stem, value in smaller.items() if stem in larger)


def gather(ids: Iterable[str], scored: Collection[Pair]) -> list[frozenset[str]]:
    """Groups from pairs, surest first; two groups join only where their members, on average, stand for it.

    One pair in error would otherwise join two large groups. A pair without shared traits stands at 0 points.
    """
    total = {frozenset((pair.one, pair.other)): pair.total for pair in scored}
    member_of = {name: {name} for name in ids}
    for pair in sorted((p for p in scored if p.total >= ENOUGH), key=lambda p: (-p.total, p.one, p.other)):
        left, right = member_of[pair.one], member_of[pair.other]
        if left is not right and _mean(left, right, total) >= TOGETHER:
            left |= right
            member_of.update(dict.fromkeys(right, left))
    distinct = {id(group): frozenset(group) for group in member_of.values()}
    return sorted(distinct.values(), key=lambda group: (-len(group), min(group)))


def _mean(left: set[str], right: set[str], total: Mapping[frozenset[str], float]) -> float:
    shared = [total.get(frozenset(pair), 0.0) for pair in product(left, right)]
    return sum(min(one, 2 * ENOUGH) for one in shared) / len(shared)


def _candidates(traits: Sequence[Traits], of: Holders) -> set[tuple[int, int]]:
    """Pairs that share a print, a run, a name or a number that few have, or two numbers together."""
    found: set[tuple[int, int]] = set()
    for trait, those in of.items():
        kind = trait[0] if isinstance(trait, tuple) else None
        if kind not in (STEMMED, LED) and 2 <= len(those) <= MOST_HOLDERS:
            found.update(combinations(those, 2))
    together: dict[tuple[object, object], list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        common = sorted(key for key in one.all_numbers() if len(of[key]) > MOST_HOLDERS and weight(key[0]) > OF_SMALL)
        for two in combinations(common, 2):
            together[two].append(number)
    for those in together.values():
        if len(those) <= MOST_HOLDERS:
            found.update(combinations(those, 2))
    return found
