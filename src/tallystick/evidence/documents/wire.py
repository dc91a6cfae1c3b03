"""What a child answers, and how the parent checks it: a child that a document took over may answer anything.

JSON of known fields, each of bounded size; numbers are whole and not negative; stretches lie inside their text.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec

from tallystick.evidence.documents.derived import VERDICTS, Derived, Refused, Stretch

MOST_ANSWER = 24_000_000  # bytes
MOST_STRETCHES = 6_000_000  # bytes of JSON over all texts
Count = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]
Short = Annotated[str, msgspec.Meta(max_length=500)]
Address = Annotated[str, msgspec.Meta(max_length=2000)]


class Told(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One derived text as it travels; the fields are those of `Derived`."""

    part: Short
    text: Annotated[str, msgspec.Meta(max_length=8_000_000)]
    stretches: msgspec.Raw  # opened only when they are known not to be too many: each takes 200 bytes of memory
    media_type: Short
    encoding: Short
    replaced: Count
    hidden: Count
    language: Short
    title: Short
    publisher: Short
    url: Address
    captured_at: datetime | None
    published_on: date | None
    published_evidence: Short
    tool: Short
    warnings: Annotated[list[Short], msgspec.Meta(max_length=200)]


STRETCHES = msgspec.json.Decoder(list[tuple[Count, Count, Short, Count, Count]])


class Answer(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a child made of a document: texts, or why there are none; and the guards that stood around it."""

    guards: list[Short]
    texts: Annotated[list[Told], msgspec.Meta(max_length=2000)] = []
    verdict: Short = ""
    message: Short = ""
    hint: Short = ""


class Request(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the nursery is asked; the bytes come beside it."""

    name: str
    declared: str = ""
    address: str = ""
    second: bool = False


class Ended(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How a child ended: `signal` that killed it or 0, why the nursery killed it or "", peak memory in bytes."""

    code: int
    signal: int
    killed: str
    peak: int


def told(made: tuple[Derived, ...], guards: frozenset[str]) -> bytes:
    """The answer of a child that has read its document."""
    texts = [{name: getattr(each, name) for name in Told.__struct_fields__} for each in made]
    return msgspec.json.encode({"guards": sorted(guards), "texts": texts})


def told_no(refused: Refused, guards: frozenset[str]) -> bytes:
    """The answer of a child that has not."""
    return msgspec.json.encode(
        {
            "guards": sorted(guards),
            "verdict": refused.verdict,
            "message": refused.message[:500],
            "hint": refused.hint[:500],
        }
    )


def heard(answer: bytes) -> tuple[tuple[Derived, ...], Refused | None, frozenset[str]]:
    """Texts, or why there are none, and guards; ValueError when the answer is none that a loader gives."""
    found = msgspec.json.decode(answer, type=Answer)
    guards = frozenset(found.guards)
    if found.verdict:
        if found.verdict not in VERDICTS or found.texts:
            raise ValueError(f"verdict {found.verdict!r} with {len(found.texts)} texts")
        return (), Refused(verdict=found.verdict, message=found.message, hint=found.hint), guards
    if not found.texts:
        raise ValueError("neither texts nor verdict")
    if sum(len(each.stretches) for each in found.texts) > MOST_STRETCHES:
        raise ValueError("more stretches than any document has")
    return tuple(_derived(each) for each in found.texts), None, guards


def _derived(each: Told) -> Derived:
    at = 0
    stretches = tuple(Stretch(*run) for run in STRETCHES.decode(each.stretches))
    for start, end, _, source_start, source_end in stretches:
        if not (at <= start <= end <= len(each.text) and source_start <= source_end):
            raise ValueError(f"a stretch from {start} to {end} does not follow {at} in {len(each.text)} signs")
        at = end
    fields = {name: getattr(each, name) for name in Told.__struct_fields__}
    fields |= {"stretches": stretches, "warnings": tuple(each.warnings)}
    return Derived(**fields)
