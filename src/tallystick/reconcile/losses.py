"""What a copy lost or broke, found by laying its fields against those of the claim that it goes back to.

Each finding is a phrase that goes on from "it ...". Nothing here weighs the loss; a hedge that falls away may move
no number and still turn a guess into a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallystick.reconcile.wording import figure, joined, measure_name, number, period, place, sentence
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

NOTHING = "The figure, as far as its row shows, comes through whole."
NEW_SUM = "computes it from figures that were already there and adds no observation"
VIA = re.compile(r"\s*\([^)]*\)")
WORDS = {"at_least": "at least", "up_to": "up to", "range": "a range", "point": "a flat figure"}


def lost(copy: Claim, parent: Claim, kind: str, programme: Programme) -> str:
    """One or more sentences on what `copy` lost or broke of `parent`."""
    found = list(_found(copy, parent, kind, programme))
    return sentence(f"it {joined(found)}") if found else NOTHING


def _found(copy: Claim, parent: Claim, kind: str, programme: Programme) -> Iterator[str]:
    if kind == "computes_from":
        yield NEW_SUM
        return
    yield from _measure(copy, parent, programme)
    yield from _number(copy, parent)
    yield from _hedge(copy, parent)
    yield from _scope(copy, parent, programme)
    yield from _time(copy, parent)
    yield from _asserter(copy, parent)


def _measure(copy: Claim, parent: Claim, programme: Programme) -> Iterator[str]:
    if copy.measure != parent.measure:
        yield f"turns {measure_name(parent, programme)} into {measure_name(copy, programme)}"


def _number(copy: Claim, parent: Claim) -> Iterator[str]:
    if copy.unit.partition("/")[0] != parent.unit.partition("/")[0] and copy.measure == parent.measure:
        yield f"gives {figure(copy)} for {figure(parent)}"
    elif _numbers(copy) != _numbers(parent):
        yield _changed(copy, parent)
    elif copy.unit != parent.unit and copy.measure == parent.measure:
        yield f"changes the unit from {parent.unit} to {copy.unit}"


def _changed(copy: Claim, parent: Claim) -> str:
    """The number or its bound moved; say which in the narrowest words."""
    same = set(_numbers(copy)) & set(_numbers(parent)) - {None}
    if parent.bound == "range" and copy.bound != "range" and same:
        end = "upper" if parent.high in same else "lower"
        return f"keeps only the {end} end of {figure(parent)}, as {WORDS[copy.bound]}"
    if same and parent.bound != copy.bound:
        (value,) = list(same)[:1]
        return f'turns "{_word(parent)}" into "{_word(copy)}" at {number(value or 0.0, copy.unit)}'
    return f"gives {figure(copy)} for {figure(parent)}"


def _word(claim: Claim) -> str:
    return WORDS[claim.bound]


def _numbers(claim: Claim) -> tuple[float | None, float | None, float | None]:
    return claim.low, claim.point, claim.high


def _hedge(copy: Claim, parent: Claim) -> Iterator[str]:
    if parent.hedge and not copy.hedge:
        yield f'drops the hedge "{parent.hedge}"'


def _scope(copy: Claim, parent: Claim, programme: Programme) -> Iterator[str]:
    if copy.host != parent.host:
        yield f"moves it from {place(parent, programme)} to {place(copy, programme)}"
    elif parent.region and copy.region != parent.region:
        to = f"to {copy.region}" if copy.region else f"to all of {place(copy, programme)}"
        yield f"stretches it from {parent.region} {to}"
    if parent.sector != copy.sector and parent.sector:
        name = programme.sectors.get(parent.sector, parent.sector)
        yield f"drops that it speaks of {name}" if not copy.sector else f"moves it out of {name}"
    elif copy.sector and not parent.sector:
        yield f"ties it to {programme.sectors.get(copy.sector, copy.sector)}"


def _time(copy: Claim, parent: Claim) -> Iterator[str]:
    stated = (parent.start, parent.end)
    if (copy.start, copy.end) == stated:
        return
    if not any((copy.start, copy.end)):
        yield f"leaves out when ({period(parent)})"
    elif any(stated):
        yield f"moves it from {period(parent)} to {period(copy)}"


def _asserter(copy: Claim, parent: Claim) -> Iterator[str]:
    said, first = (VIA.sub("", claim.asserted_by).strip().casefold() for claim in (copy, parent))
    carried = first in copy.asserted_by.casefold() or said in parent.asserted_by.casefold()
    if not carried:
        yield f"credits {copy.asserted_by} where the figure is that of {parent.asserted_by}"
