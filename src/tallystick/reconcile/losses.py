"""What a copy lost or broke, found by laying its fields against those of the claim that it goes back to.

Each finding is a phrase that goes on from "it ...". Nothing here weighs the loss; a hedge that falls away may move
no number and still turn a guess into a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallystick.reconcile.wording import figure, joined, measure_name, period, place, sentence
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

NOTHING = "The figure, as far as its row shows, comes through whole."
NEW_SUM = "computes it from figures that were already there and adds no observation"
GARBLED = "garbles"
HEAD = re.compile(r"^(?:\w+=[^;]*;\s*)+")  # `coverage=...; basis=...;` before the remark itself
VIA = re.compile(r"\s*\([^)]*\)")


def lost(copy: Claim, parent: Claim, kind: str, programme: Programme) -> str:
    """One or more sentences on what `copy` lost or broke of `parent`; of a garbled one, the compiler's note too."""
    found = list(_found(copy, parent, kind, programme))
    told = [sentence(f"it {joined(found)}")] if found else []
    remark = HEAD.sub("", copy.note)
    if kind == GARBLED and remark:
        told.append(sentence(remark))
    return " ".join(told) or NOTHING


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
    """The number or its bound moved; say it in the narrowest words."""
    if (*_numbers(copy), copy.unit) == (*_numbers(parent), parent.unit):
        return
    kept = {copy.low, copy.point, copy.high} & {parent.low, parent.high} - {None}
    if parent.bound == "range" and copy.bound != "range" and kept and copy.unit == parent.unit:
        end = "upper" if parent.high in kept else "lower"
        yield f"keeps only the {end} end of {figure(parent)}"
    elif figure(copy) != figure(parent):
        yield f'turns "{figure(parent)}" into "{figure(copy)}"'


def _numbers(claim: Claim) -> tuple[float | None, float | None, float | None]:
    return claim.low, claim.point, claim.high


def _hedge(copy: Claim, parent: Claim) -> Iterator[str]:
    """A bound that moved has been told already, with the words that went with it."""
    if parent.hedge and not copy.hedge and copy.bound == parent.bound:
        yield f'drops the hedge "{parent.hedge}"'


def _scope(copy: Claim, parent: Claim, programme: Programme) -> Iterator[str]:
    if copy.host != parent.host:
        yield f"moves it from {place(parent, programme)} to {place(copy, programme)}"
    elif parent.region and copy.region != parent.region:
        to = f"to {copy.region}" if copy.region else f"to all of {place(copy, programme)}"
        yield f"stretches it from {parent.region} {to}"
    yield from _sector(copy, parent, programme)


def _sector(copy: Claim, parent: Claim, programme: Programme) -> Iterator[str]:
    old, new = (programme.sectors.get(claim.sector, claim.sector) for claim in (parent, copy))
    if old == new:
        return
    if not new:
        yield f"drops that it speaks of {old}"
    else:
        yield f"moves it from {old} to {new}" if old else f"ties it to {new}"


def _time(copy: Claim, parent: Claim) -> Iterator[str]:
    stated = (parent.start, parent.end)
    if (copy.start, copy.end) == stated:
        return
    if not any((copy.start, copy.end)):
        yield f"leaves out the time ({period(parent)})"
    elif any(stated):
        yield f"moves it from {period(parent)} to {period(copy)}"


def _asserter(copy: Claim, parent: Claim) -> Iterator[str]:
    said, first = (VIA.sub("", claim.asserted_by).strip().casefold() for claim in (copy, parent))
    carried = first in copy.asserted_by.casefold() or said in parent.asserted_by.casefold()
    if not carried:
        yield f"credits {copy.asserted_by} instead of {parent.asserted_by}"
