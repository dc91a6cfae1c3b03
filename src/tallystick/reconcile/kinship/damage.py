"""What broke between a claim and the one that it goes back to, as far as their fields show it.

A text may garble what no field holds (a purpose, a place in the sentence before); that is not seen here, and a copy
without visible damage is no proof of a faithful one. A bound that merely softens ("more than" to "about") is drift.
What one of the two documents does not say of its figure (`Sighting.unsaid`) is no damage: our reading put it there.
"""

from __future__ import annotations

from collections.abc import Iterator

from tallystick.reconcile.kinship.features import SAME_SCOPE
from tallystick.reconcile.kinship.modals import speaks_of_what_may_come
from tallystick.reconcile.kinship.numbers import Relation, digits_stand_in
from tallystick.reconcile.kinship.sighting import Sighting, both_say, disjoint
from tallystick.reconcile.sightings import PLANNED
from tallystick.vocab.programme import Programme

STOCK = "S"


def damages(child: Sighting, parent: Sighting, relation: Relation, programme: Programme) -> tuple[str, ...]:
    """Each damage in a few words; empty where the fields came through, or drifted within what copies do."""
    if relation.kind in ("computes", "converts", "other"):
        return ()
    return tuple(_found(child, parent, relation, programme))


def _found(child: Sighting, parent: Sighting, relation: Relation, programme: Programme) -> Iterator[str]:
    if relation.kind == "separator":
        yield f"separator lost: {relation.words}"
    if relation.kind == "scale":
        yield f"scale slip: {relation.words}"
    yield from _measure(child, parent, programme)
    yield from _scope(child, parent)
    if disjoint(child, parent) and _years(child).isdisjoint(_years(parent)):
        yield "year slip: it names another time than the figure speaks of"
    yield from _bound(child, parent, relation)


def _years(one: Sighting) -> set[int]:
    """The calendar years of which it speaks: a stock told as of some weeks later in the year has not slipped."""
    return {day.year for day in (one.start, one.end) if day is not None}


def _measure(child: Sighting, parent: Sighting, programme: Programme) -> Iterator[str]:
    if child.measure == parent.measure or not both_say("measure", child, parent):
        return
    ours, theirs = (programme.measures.get(one.measure) for one in (child, parent))
    names = f"{parent.measure} became {child.measure}"
    if parent.measure == PLANNED:
        if speaks_of_what_may_come(f"{child.passage or child.quote} {child.hedge}"):
            return  # it still speaks of a plan, whatever we read it as
        yield f"forecast turned stock: {names}"
    elif ours is not None and theirs is not None and ours.kind == STOCK != theirs.kind:
        yield f"flow turned stock: {names}"
    else:
        yield f"measure slip: {names}"


def _scope(child: Sighting, parent: Sighting) -> Iterator[str]:
    if child.host != parent.host and both_say("host", child, parent):
        yield f"scope slip: {parent.host} became {child.host}"
    if child.sector == parent.sector or not both_say("sector", child, parent):
        return
    if parent.sector:
        yield f"scope slip: {parent.sector} became {child.sector or 'all sectors'}"
    elif child.sector not in SAME_SCOPE:
        yield f"scope slip: it speaks of {child.sector} alone"


def _bound(child: Sighting, parent: Sighting, relation: Relation) -> Iterator[str]:
    turned = (child.low is None) != (parent.low is None) and (child.high is None) != (parent.high is None)
    if relation.kind == "same" and turned and child.point is parent.point is None:
        yield "bound lost: at least and up to changed places"
    whole = bool(child.passage) and all(digits_stand_in(child.passage, value) for value in parent.numbers)
    if relation.kind == "end" and child.point is not None and not whole:
        yield "bound lost: one end of the range stands for the whole"
