"""Figures that were read from one document twice: the same claim for certain, found besides every likeness.

A row that a programme ships and a reading of the page that it was coded from are one voice; so are two readings of one
document. This is no likelihood: no weight of features enters. Two figures of one document that merely resemble each
other (of other places, times or measures that nobody confuses) stay two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from itertools import product

from tallystick.reconcile.kinship.bands import when
from tallystick.reconcile.kinship.figures import SMALL
from tallystick.reconcile.kinship.numbers import counts_of, same
from tallystick.reconcile.kinship.pages import is_one, names_of
from tallystick.reconcile.kinship.sighting import Sighting, disjoint

SAME = "the same figure of the same document"
WORLD = "WW"
Name = tuple[str, tuple[str, str]]


def same_figures(
    all_of_them: Sequence[Sighting], asked: Mapping[str, Set[str] | None], origin_of: Mapping[str, str]
) -> dict[str, Sighting]:
    """For each claim of `asked` that was read before from its document, the claim that it is.

    asked : ids of the claims, each with those that it may be led to; None for all
    origin_of : the origin of each known claim, so that no claim is led to one that goes back to it already
    """
    by_name: dict[Name, list[Sighting]] = defaultdict(list)
    for one in all_of_them:
        for name in _names(one):
            by_name[name].append(one)
    found = {}
    for child in all_of_them:
        if child.id in asked:
            among = asked[child.id]
            near = {one.id: one for name in _names(child) for one in by_name[name]}
            beside = [one for one in near.values() if of_one_document(child, one)]
            within = [one for one in beside if among is None or one.id in among]
            free = [one for one in within if _may_lead_to(child, one, asked, origin_of)]
            best = _best(child, free, beside)
            if best is not None:
                found[child.id] = best
    return found


def of_one_document(one: Sighting, other: Sighting) -> bool:
    """Whether both were read from the same document; two sources that one text names are two."""
    if one.id == other.id or (one.document == other.document and _two_voices(one, other)):
        return False
    return any(is_one(mine, theirs) for mine, theirs in product(one.pages, other.pages))


def _two_voices(one: Sighting, other: Sighting) -> bool:
    return bool(one.sources and other.sources) and not one.sources & other.sources


def _names(one: Sighting) -> set[Name]:
    """Under which it is looked for: what it counts with what names its document."""
    return {(_counted(one), name) for page in one.pages for name in names_of(page)}


def _counted(one: Sighting) -> str:
    """Measures that copies confuse count alike: persons, permits, visas and crossings; what else, its measure only."""
    return counts_of(one) or f"{one.measure} {one.unit}"


def _may_lead_to(child: Sighting, one: Sighting, wanted: Collection[str], origin_of: Mapping[str, str]) -> bool:
    """Of two that are asked about the later leads to the earlier; else the new one to the one that was there."""
    if one.id in wanted:
        return _place(one) < _place(child)
    return origin_of.get(one.id) != child.id


def _place(one: Sighting) -> tuple[object, ...]:
    return (*when(one), one.id)


def _best(child: Sighting, free: Iterable[Sighting], beside: Sequence[Sighting]) -> Sighting | None:
    """The surest; where the place differs or the measure does, only a figure that nothing else there could be."""
    for fits in (_agrees, _agrees_but_for_world, _lies_in_range, _stands_alone(child, beside)):
        found = [one for one in free if fits(child, one)]
        if found:
            return min(found, key=_place)
    return None


def _agrees(child: Sighting, one: Sighting) -> bool:
    return _alike(child, one) and child.host == one.host and _numbers_agree(child, one)


def _agrees_but_for_world(child: Sighting, one: Sighting) -> bool:
    """A figure of no named place is coded as the world's, and read as the country's that the text is about."""
    return _alike(child, one) and WORLD in (child.host, one.host) and _numbers_agree(child, one)


def _lies_in_range(child: Sighting, one: Sighting) -> bool:
    """A range that was coded as one figure and read as its ends."""
    return _alike(child, one) and child.host == one.host and _numbers_within(child, one)


def _alike(child: Sighting, one: Sighting) -> bool:
    return child.measure == one.measure and child.unit == one.unit and _of_one_time(child, one)


def _of_one_time(child: Sighting, one: Sighting) -> bool:
    """A figure that names no time is read as of the day of its page."""
    undated = child.start == child.end == child.published or one.start == one.end == one.published
    return undated or not disjoint(child, one)


def _stands_alone(child: Sighting, beside: Sequence[Sighting]) -> Callable[[Sighting, Sighting], bool]:
    """One number that each reading of the document has once: place or measure were read differently."""

    def fits(_: Sighting, one: Sighting) -> bool:
        others = [other for other in beside if other.id not in (child.id, one.id)]
        alone = not any(_shares_number(child, other) for other in others)
        return alone and _of_one_time(child, one) and _telling(child, one)

    return fits


def _telling(child: Sighting, one: Sighting) -> bool:
    """Whether the number names the figure where the measures differ: small numbers stand for many things."""
    if child.measure == one.measure:
        return _numbers_agree(child, one) or _numbers_within(child, one)
    return _numbers_agree(child, one) and min(child.numbers) >= SMALL


def _shares_number(child: Sighting, one: Sighting) -> bool:
    return any(same(mine, theirs) for mine in child.numbers for theirs in one.numbers)


def _numbers_agree(child: Sighting, one: Sighting) -> bool:
    pairs = zip(child.numbers, one.numbers, strict=False)
    return len(child.numbers) == len(one.numbers) and all(same(mine, theirs) for mine, theirs in pairs)


def _numbers_within(child: Sighting, one: Sighting) -> bool:
    return len(child.numbers) < len(one.numbers) and all(
        any(same(mine, theirs) for theirs in one.numbers) for mine in child.numbers
    )
