"""The eleven indicators as clues: how many separate origins speak for and against each. No verdict, no sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.assess.origins import independent
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One indicator with the origins that speak for and against it; `said` puts the counts into a sentence."""

    id: str
    name: str
    definition: str
    limits: str
    status: str
    origins_for: int
    origins_against: int
    said: str
    statements: tuple[str, ...]
    remarks: tuple[str, ...]  # what the compilers noted on the rows, each once


def clues(programme: Programme, origin_of: Mapping[str, str]) -> tuple[Clue, ...]:
    """Every indicator of the programme, those without a row too."""
    return tuple(_clue(indicator, programme, origin_of) for indicator in programme.indicators)


def _clue(indicator: Indicator, programme: Programme, origin_of: Mapping[str, str]) -> Clue:
    rows = [s for s in programme.statements if indicator.id in s.indicators]
    speak = {
        how: len(independent((s for s in rows if s.supports_or_contradicts == how), origin_of))
        for how in ("supports", "contradicts")
    }
    return Clue(
        id=indicator.id,
        name=indicator.name,
        definition=indicator.operational_definition,
        limits=indicator.limits,
        status=indicator.status,
        origins_for=speak["supports"],
        origins_against=speak["contradicts"],
        said=_said(speak["supports"], speak["contradicts"]),
        statements=tuple(s.id for s in rows),
        remarks=tuple(dict.fromkeys(s.note for s in rows if s.note)),
    )


def _said(supports: int, contradicts: int) -> str:
    if not supports and not contradicts:
        return "No public row speaks to it as defined; that is silence and not absence."
    if supports == 1 and not contradicts:
        return "One origin only."
    return "A clue, not a verdict."
