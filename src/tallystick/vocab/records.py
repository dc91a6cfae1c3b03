"""What the evidence files hold, one frozen record per row.

A claim is what a source said, not what is true. Four dates meet in it; keep them apart:

    start, end            the days that the figure describes (None: not stated)
    asserted_earliest,    the days between which the figure was first asserted by anyone
    asserted_latest
    published_on          the date of the page that was read (YYYY, YYYY-MM, YYYY-MM-DD or "")
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

LinkKind = Literal["none", "repeats", "computes_from", "rounds", "converts", "garbles", "suspected"]
Bound = Literal["point", "at_least", "up_to", "range"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One published statement about one quantity, in the source's own inclusive bounds and unit."""

    id: str
    measure: str
    low: float | None
    point: float | None
    high: float | None
    unit: str
    host: str  # ISO 3166 alpha-2, or WW
    region: str
    sector: str
    start: date | None
    end: date | None
    asserted_by: str
    asserter_class: str  # id in asserter_classes.toml, by hand/asserters.csv
    published_by: str
    title: str
    published_on: str
    url: str
    link_kind: LinkKind
    derived_from: tuple[str, ...]
    suspected_from: tuple[str, ...]
    hedge: str
    note: str
    asserted_earliest: date
    asserted_latest: date
    dating_basis: str
    dating_sure: str  # sure, likely, bound
    row: int  # 1 = first line below the header of claims.csv

    @property
    def bound(self) -> Bound:
        """How the source limits its number: a point, a floor, a ceiling or a range."""
        if self.point is not None:
            return "point"
        if self.low is not None and self.high is not None:
            return "range"
        return "at_least" if self.low is not None else "up_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One qualitative assertion of a report: an element, never proof."""

    id: str
    report: str
    paragraph: str
    kind: str
    statement: str
    actors: tuple[str, ...]
    place: str
    period: str
    indicators: tuple[str, ...]
    supports_or_contradicts: str
    framework_limbs: tuple[str, ...]
    framework_phases: tuple[str, ...]
    framework_bearings: tuple[str, ...]  # in parallel with limbs and phases
    asserted_by: str
    hedge: str
    related_claims: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something dated; `precision` says how much of the date is known."""

    id: str
    start: date | None
    end: date | None
    precision: str
    title: str
    actors: tuple[str, ...]
    place: str
    report: str
    paragraph: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A state, office, firm or public body. Never a worker, escapee, rescuer or reporting partner."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    role: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRow:
    """One obligation, position or rule as read in the named way; not legal advice."""

    id: str
    instrument: str
    official_symbol: str
    paragraph: str
    addressee: str
    test: str
    adopted_on: date | None
    in_force_from: date | None
    deadline: date | None
    text_summary: str
    obligation: str
    exceptions: str
    how_read: str
    source_url: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One of the ILO's eleven indicators: a clue and not a verdict."""

    id: str
    name: str
    operational_definition: str
    limits: str
    status: str
    related_measures: tuple[str, ...]
    framework_cells: tuple[str, ...]
    ilo_source: str
    how_read: str
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkCell:
    """One of six cells: a limb (involuntariness, menace of penalty) in a phase."""

    id: str
    limb: str
    phase: str
    operational_definition: str
    speaks_for: str
    speaks_against: str
    statement_kinds: tuple[str, ...]
    indicators: tuple[str, ...]
    ilo_source: str
    how_read: str
    source_url: str
    note: str
