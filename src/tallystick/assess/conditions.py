"""Hours, rest days, terms and conditions as asserted, by origin.

A span from first to last hour is not hours worked, and is marked. Conditions are clues at most: a bad condition by
itself says nothing of whether it was imposed. Escapes, single deaths and single injuries have no place here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tallystick.assess.facts import Record
from tallystick.assess.obligations import fault, known
from tallystick.assess.origins import independent
from tallystick.vocab.records import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFigure:
    """One origin's figure on hours, rest or terms, in the source's bounds; `repeated` counts its further copies."""

    claim: str
    measure: str
    name: str
    low: float | None
    point: float | None
    high: float | None
    unit: str
    host: str
    sector: str
    start: date | None
    end: date | None
    asserted_by: str
    asserter_class: str
    hedge: str
    span: bool  # from first to last hour, breaks included: not hours worked
    repeated: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionTopic:
    """Statements on one side of the conditions, with the separate origins behind them."""

    id: str
    name: str
    origins: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Figures and statements on conditions; what is not in either list was not read."""

    figures: tuple[ConditionFigure, ...]
    topics: tuple[ConditionTopic, ...]


def conditions(on: Record) -> Conditions:
    """Figures by origin and topics by kind of statement, in the order of the readings."""
    table = on.readings.table.get("conditions")
    if not isinstance(table, dict):
        raise fault("is missing", "conditions", "name measures, spans and topics")
    return Conditions(
        figures=tuple(_figure(claim, table, on) for claim in on.facts_only if claim.measure in table["measures"]),
        topics=tuple(_topic(row, on) for row in table["topic"]),
    )


def _figure(claim: Claim, table: Mapping[str, Any], on: Record) -> ConditionFigure:
    origin = on.origin_of.get(claim.id, claim.id)
    copies = sum(1 for other in on.programme.claims if on.origin_of.get(other.id, other.id) == origin)
    return ConditionFigure(
        claim=claim.id,
        measure=claim.measure,
        name=on.programme.measures[claim.measure].name,
        low=claim.low,
        point=claim.point,
        high=claim.high,
        unit=claim.unit,
        host=claim.host,
        sector=claim.sector,
        start=claim.start,
        end=claim.end,
        asserted_by=claim.asserted_by,
        asserter_class=claim.asserter_class,
        hedge=claim.hedge,
        span=claim.id in table["spans"],
        repeated=copies - 1,
        note=claim.note,
    )


def _topic(row: Mapping[str, Any], on: Record) -> ConditionTopic:
    there = {s for s in row["statements"] if known(on.programme, "statements", s, "conditions.topic")}
    chosen = [s for s in on.programme.statements if s.id in there]
    return ConditionTopic(
        id=row["id"],
        name=row["name"],
        origins=len(independent(chosen, on.origin_of)),
        statements=tuple(s.id for s in chosen),
    )
