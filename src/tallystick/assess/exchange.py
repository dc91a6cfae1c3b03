"""What passes between the two States beside wages, as asserted: who is said to give what, in the units of the source.

Nothing here is measured and nothing is priced: rounds, containers and people are not added to each other, and a
capacity is not a count. Goods are tied to law by direction and kind, because the texts bar by both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tallystick.assess.facts import Record
from tallystick.assess.obligations import known
from tallystick.vocab.records import Claim

STATUS = "asserted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One published figure on what was given, in its own unit and bounds."""

    claim: str
    measure: str
    name: str
    low: float | None
    point: float | None
    high: float | None
    unit: str
    asserted_by: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One thing said to pass in one direction, with the law that speaks of that kind in that direction."""

    kind: str  # labour, arms, troops, money, technology, cover, food, fuel, machinery
    name: str
    given_by: str
    given_to: str
    status: str  # always `asserted`: nobody measured it
    hedged: bool  # every row speaks of it as possible only
    law: tuple[str, ...]
    law_said: str
    statements: tuple[str, ...]
    amounts: tuple[Amount, ...]


def exchange(on: Record) -> tuple[Passage, ...]:
    """The exchange in the order in which the readings list it."""
    return tuple(_passage(row, on) for row in on.readings.table.get("exchange", ()))


def _passage(row: Mapping[str, Any], on: Record) -> Passage:
    claims = [c for c in on.facts_only if _belongs(c, row, on)]
    parties = {"sender": on.programme.sender, "host": on.programme.focus.name}
    return Passage(
        kind=row["kind"],
        name=row["name"],
        given_by=parties[row["given_by"]],
        given_to=parties["host" if row["given_by"] == "sender" else "sender"],
        status=STATUS,
        hedged=row["hedged"],
        law=tuple(key for key in row["law"] if known(on.programme, "law", key, "exchange.law")),
        law_said=row["law_said"],
        statements=tuple(s for s in row["statements"] if known(on.programme, "statements", s, "exchange.statements")),
        amounts=tuple(_amount(claim, on) for claim in claims),
    )


def _belongs(claim: Claim, row: Mapping[str, Any], on: Record) -> bool:
    """Whether a figure belongs to a kind; soldiers who build are told from workers by their sector.

    What was over before the day from which a kind is said to pass in exchange (`since`) is none of it.
    """
    only, but = row.get("only_sectors"), row.get("but_sectors", ())
    sector_fits = claim.sector in only if only is not None else claim.sector not in but
    in_time = (claim.end or claim.asserted_latest) >= row.get("since", date.min)
    return claim.measure in row["measures"] and claim.host == on.programme.focus.id and sector_fits and in_time


def _amount(claim: Claim, on: Record) -> Amount:
    return Amount(
        claim=claim.id,
        measure=claim.measure,
        name=on.programme.measures[claim.measure].name,
        low=claim.low,
        point=claim.point,
        high=claim.high,
        unit=claim.unit,
        asserted_by=claim.asserted_by,
        origin=on.origin_of.get(claim.id, claim.id),
    )
