"""What reconcile hands on: dispositions, origins, observations, chains, disagreements, checks.

Not to be confused with `vocab.records`, which holds what the evidence files say. Here stands what we make of
it before any model is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tallystick.vocab.records import Bound

Use = Literal["used", "repeat", "garbled", "context", "out_of_scope"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """What a claim is used for, and why, in a sentence for a reader; `judged_by` where a person decided and no rule."""

    claim: str
    disposition: Use
    reason: str
    origin: str
    judged_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Claims that go back to one. `id` is the root claim's id; `members` begin with the root."""

    id: str
    root: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A used claim as the model sees it.

    cell                for a round figure, in `unit`: what would have been rounded to it (see rounding.py)
    low, point, high    in `unit`: persons, crossings, visas, permits (a window's sum, or `.../year` for a yearly
                        rate), USD of the period per month or year, shares, hours, days, months; only those that
                        `kind` speaks of are filled
    start, end          the days that the figure describes, never open
    undated             True where a level was said of some day in the window and nobody knows which
    host                a host of the model, or the code of one country that is a part of such a host
    sample              True where a rate was observed in one region or sector and is read as a sample of the host
    report              figures with the same key come from one table or briefing and may share an error
    coverage, basis     of a revenue claim, as its note states them
    constant            low, point and high of a sum of money in USD of `programme.constant_usd_year`
    """

    claim: str
    origin: str
    measure: str
    kind: Bound
    low: float | None
    point: float | None
    high: float | None
    unit: str
    host: str
    start: date
    end: date
    asserter_class: str
    region: str
    sector: str
    sample: bool = False
    report: str = ""
    coverage: str = ""
    basis: str = ""
    constant: tuple[float | None, float | None, float | None] | None = None
    cell: tuple[float, float] | None = None
    undated: bool = False

    @property
    def voice(self) -> str:
        """What speaks once: the table or briefing that the figure stands in, or its origin."""
        return self.report or self.origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Copies of one origin (or, where it has a title, a story told in the data across several).

    kind_of_each    member -> root, repeats, rounds, converts, garbles, computes_from, suspected, or same (an
                    exact copy without a link)
    lost            member -> what this copy lost or broke, a sentence; roots are absent
    """

    id: str
    origin: str
    members: tuple[str, ...]
    kind_of_each: Mapping[str, str]
    lost: Mapping[str, str]
    roots: tuple[str, ...] = ()
    title: str = ""
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Figures that differ, and why. `kind` is one of `disagreements.KINDS`."""

    id: str
    claims: tuple[str, ...]
    why: str
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArithmeticCheck:
    """A sum that published figures imply. `holds`: the stated relation is true of the numbers."""

    id: str
    title: str
    formula: str
    result: float
    expected: float
    relation: str
    holds: bool
    verdict: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A fall in permits, net of new ones, with the visas of other kinds that were issued meanwhile.

    relabelled    persons who can have stayed on such a visa, from low to high
    departed      persons, from low to high, only if no permit was new and nobody stayed but on such a visa
    """

    name: str
    kinds: str  # of those visas, in words
    permits: float
    visas: float
    relabelled: tuple[float, float]
    departed: tuple[float, float]
    claims: tuple[str, ...]  # of the fall
    visa_claims: tuple[str, ...]
    later_claims: tuple[str, ...]  # visas of those kinds issued later, which bound nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Claims of persons at one place by what they are, and persons whose arrival two origins confirm.

    others    claims of people whom the account does not count as workers
    """

    id: str
    name: str
    plans: tuple[str, ...]
    forecasts: tuple[str, ...]
    sightings: tuple[str, ...]
    others: tuple[str, ...]
    origins_of_sightings: int
    confirmed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """Two datings that can both hold, and the days that are left when they do; None where a side is open."""

    events: tuple[str, str]
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything reconcile says of a programme's claims; each tuple in an order that does not hang on row order."""

    dispositions: tuple[Disposition, ...]
    origins: tuple[Origin, ...]
    observations: tuple[Observation, ...]
    chains: tuple[Chain, ...]
    disagreements: tuple[Disagreement, ...]
    arithmetic: tuple[ArithmeticCheck, ...] = ()
    falls: tuple[Fall, ...] = ()
    places: tuple[Place, ...] = ()
    datings: tuple[Dating, ...] = ()
    _by_claim: Mapping[str, Disposition] = field(default_factory=dict, repr=False, compare=False)
    _by_origin: Mapping[str, Origin] = field(default_factory=dict, repr=False, compare=False)
    _observed: Mapping[str, Observation] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_claim", {entry.claim: entry for entry in self.dispositions})
        object.__setattr__(self, "_by_origin", {origin.id: origin for origin in self.origins})
        object.__setattr__(self, "_observed", {seen.claim: seen for seen in self.observations})

    def disposition_of(self, claim: str) -> Disposition:
        """What that claim is used for; KeyError when there is no such claim."""
        return self._by_claim[claim]

    def origin_of(self, claim: str) -> Origin:
        """The origin that the claim belongs to; KeyError when there is no such claim."""
        return self._by_origin[self._by_claim[claim].origin]

    def observation_of(self, claim: str) -> Observation | None:
        """The claim as the model sees it; None where it is not used."""
        return self._observed.get(claim)

    def chains_of(self, claim: str) -> tuple[Chain, ...]:
        """Every chain that the claim is a link of."""
        return tuple(chain for chain in self.chains if claim in chain.kind_of_each)
