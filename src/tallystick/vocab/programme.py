"""The types of a programme: everything particular to one sending state, as values.

Nothing here knows a country. A programme is a folder of data and TOML under `tallystick/data/`;
`evidence.programme` reads and checks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tallystick.vocab.records import Claim, Entity, Event, FrameworkCell, Indicator, LawRow, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a claim may speak of. `kind`: S stock, F flow, U unit price or rate, C context, T text."""

    id: str
    kind: str
    name: str  # as a reader meets it: "workers present"
    definition: str
    units: tuple[str, ...]
    object: str  # person, crossing, visa, permit, money, time, share, goods, soldier, place, text
    role: str  # estimated (may inform the fit), context, text


@dataclass(frozen=True, slots=True, kw_only=True)
class AsserterClass:
    """A kind of asserter and what is assumed of its figures (log scale)."""

    id: str
    name: str
    criteria: str
    scale: float  # prior median of the log standard deviation
    bias_sd: float  # prior standard deviation of the class's common log bias
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A place where the programme's workers work, as the model divides the world."""

    id: str  # ISO 3166 alpha-2, OTHER or WW
    name: str
    focus: bool  # modelled by visa class and cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as claims name it. `host` is the model's host that holds it, "" where the model counts nobody."""

    code: str  # ISO 3166 alpha-2, or WW
    name: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One founding report, read whole; statements are read from it. Published between two days."""

    id: str
    title: str
    published_by: str
    published_earliest: date
    published_latest: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisaClass:
    id: str
    name: str
    authorises_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate:
    """Units of `currency` per US dollar, mean of `year`."""

    currency: str
    year: int
    per_usd: float
    source: str  # who published it
    url: str = ""  # where it was read
    how_read: str = ""  # how, and what it was checked against


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLevel:
    """US consumer prices, annual average index."""

    year: int
    index: float
    source: str  # who published it
    url: str = ""  # where it was read
    how_read: str = ""  # how, and what it was checked against


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who published what was read: one per page that claims cite."""

    id: str
    published_by: str
    title: str
    published_on: str
    url: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One sending state's evidence and settings, checked. `tables` holds the TOML files by stem."""

    id: str
    title: str
    sender: str  # as the brief names the sending state
    window: tuple[int, int]  # first and last year of the monthly grid
    deadline: date
    constant_usd_year: int
    hosts: Mapping[str, Host]
    places: Mapping[str, Place] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)  # id in claims.csv -> as a reader meets it
    visa_classes: Mapping[str, VisaClass]
    measures: Mapping[str, Measure]
    asserter_classes: Mapping[str, AsserterClass]
    asserters: Mapping[str, str]  # name as claims.csv spells it -> class id
    rates: tuple[ExchangeRate, ...]
    prices: tuple[PriceLevel, ...]
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    entities: tuple[Entity, ...]
    law: tuple[LawRow, ...]
    indicators: tuple[Indicator, ...]
    framework: tuple[FrameworkCell, ...]
    tables: Mapping[str, Mapping[str, Any]]
    as_of: date | None
    evidence_root: str  # SHA-256, hex, over every row and table read
    # rows of hand/*.csv by stem (asserters, dispositions, ...): dated human judgements, unreviewed unless they say so
    hand: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)

    @property
    def focus(self) -> Host:
        """The host that the model follows by visa class and cohort."""
        return next(host for host in self.hosts.values() if host.focus)

    def claim(self, claim_id: str) -> Claim:
        """The claim of that id; KeyError when there is none."""
        return {claim.id: claim for claim in self.claims}[claim_id]
