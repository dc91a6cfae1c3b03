"""Which fields of a reading its document does not say of the figure itself: carried, assumed, or never read.

The grammar tells of each field where it found it ("host: carried"). What a person corrected was said by that person.
Nothing here doubts a field: it may well be right. But that it differs from another row's accuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tallystick.claims.proposal import Proposal
from tallystick.study.workspace.records import Held

SAID: Final = frozenset(("sentence", "clause"))  # where the grammar found a field in the figure's own words
CARRIED: Final = "(carried)"  # of a measure that goes on from another sentence
TOLD_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "measure": ("measure",), "host": ("host",), "region": ("region",), "sector": ("sector",),
    "period": ("start", "end"), "source": ("asserted_by", "attribution"),
}  # fmt: skip


def unsaid_of(held: Held) -> frozenset[str]:
    """The fields, as `kinship.sighting.FIELDS` names them."""
    corrected = {name for opinion in held.standing if opinion.verdict == "correct" for name in opinion.changes}
    return frozenset(field for field in _unsaid(held.claim) if corrected.isdisjoint(TOLD_BY[field]))


def _unsaid(claim: Proposal) -> Iterator[str]:
    where = dict(_reasons(claim.reasons))
    for field in ("host", "period", "source"):
        if field in where and where[field] not in SAID:
            yield field
    if where.get("measure", "").endswith(CARRIED):
        yield "measure"
    if claim.start is None is claim.end:
        yield "period"
    if not claim.region:
        yield "region"
    if not claim.sector:
        yield "sector"


def _reasons(reasons: Iterable[str]) -> Iterator[tuple[str, str]]:
    for reason in reasons:
        field, _, told = reason.partition(": ")
        yield field, told
