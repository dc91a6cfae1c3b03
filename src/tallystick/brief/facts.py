"""All that a brief is written from, with the lookups that sentences need; nothing is computed that is not read off.

`Facts` holds what the stages before handed over; it is passed to every chapter, so that a chapter stays a pure
function of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tallystick.brief.words.estimates import learnt
from tallystick.brief.words.hedges import learnt_word
from tallystick.vocab.estimate import ClaimFit, Diagnostics, Estimate
from tallystick.vocab.programme import Programme, Source
from tallystick.vocab.records import Claim, Statement

if TYPE_CHECKING:
    from tallystick.assess.assessment import Assessment
    from tallystick.reconcile.account import Account, Disposition

Key = tuple[str, str, str, str | None]  # id, host, period, visa class or cohort
WORLD = "WW"
OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the run says of itself: everything that is not evidence and not result."""

    version: str
    seed: int
    command: str
    as_of: str  # ISO date: the last day of evidence
    lock: str = ""  # SHA-256 of the requirements
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Programme, account, estimates, fits, diagnostics, assessment and draws of one run.

    draws : labelled arrays by name (xarray.Dataset); only `brief.draws` reads them.
    """

    programme: Programme
    account: Account
    estimates: Sequence[Estimate]
    fits: Sequence[ClaimFit]
    diagnostics: Diagnostics
    assessment: Assessment
    sources: Sequence[Source]
    draws: Any
    run: Run

    @cached_property
    def by_key(self) -> Mapping[Key, Estimate]:
        return {(e.id, e.host, e.period, e.visa_class or e.cohort): e for e in self.estimates}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self.programme.claims}

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        return {statement.id: statement for statement in self.programme.statements}

    @cached_property
    def entry_ids(self) -> frozenset[str]:
        """Ids of everything besides claims that a reference may open: law, statements, events, indicators, cells."""
        p = self.programme
        return frozenset(row.id for rows in (p.law, p.statements, p.events, p.indicators, p.framework) for row in rows)

    def knows(self, id: str) -> bool:
        """Whether a row is part of this run: `as_of` drops what was said later."""
        return id in self.claims or id in self.entry_ids

    def told(self, table: str, kind: str) -> tuple[Mapping[str, Any], ...]:
        """Entries of one of the programme's tables of words whose evidence is all part of this run."""
        rows = self.programme.tables[table][kind]
        return tuple(row for row in rows if all(self.knows(id) for id in row["evidence"]))

    @cached_property
    def dispositions(self) -> Mapping[str, Disposition]:
        return {item.claim: item for item in self.account.dispositions}

    @cached_property
    def fit_of(self) -> Mapping[str, ClaimFit]:
        return {fit.claim: fit for fit in self.fits}

    @cached_property
    def focus(self) -> str:
        """Id of the host that is followed by visa class and cohort."""
        return self.programme.focus.id

    @cached_property
    def source_of(self) -> Mapping[str, str]:
        """Claim id -> id of the page it was read on."""
        return {claim: source.id for source in self.sources for claim in source.claims}

    def find(self, id: str, host: str, period: str, part: str | None = None) -> Estimate | None:
        """The estimate of that estimand, host, period and part (visa class or cohort), if there is one."""
        return self.by_key.get((id, host, period, part))

    def series(self, id: str, host: str, part: str | None = None) -> tuple[Estimate, ...]:
        """All periods of one estimand, in order of time."""
        found = (e for e in self.estimates if e.id == id and e.host == host and (e.visa_class or e.cohort) == part)
        return tuple(sorted(found, key=lambda e: e.period))

    def parts(self, id: str, host: str) -> tuple[str, ...]:
        """The visa classes or cohorts that an estimand is split into, in the order of the estimates."""
        named = (e.visa_class or e.cohort for e in self.estimates if e.id == id and e.host == host)
        return tuple(dict.fromkeys(part for part in named if part is not None))

    def hosts_of(self, id: str) -> tuple[str, ...]:
        """Hosts with an estimate of that id: focus first, the world last, others in the programme's order."""
        have = {e.host for e in self.estimates if e.id == id}
        order = [self.focus, *(h for h in self.programme.hosts if h not in (self.focus, WORLD)), WORLD]
        return tuple(host for host in order if host in have)

    def host_name(self, host: str) -> str:
        """A host or place as a reader meets it; codes without a name stay codes."""
        if host in self.programme.hosts:
            return self.programme.hosts[host].name
        return self.programme.places[host].name if host in self.programme.places else host

    def of_measure(self, *measures: str, host: str | None = None) -> tuple[Claim, ...]:
        """Claims of these measures (in one host, if given), in order of assertion."""
        chosen = (c for c in self.programme.claims if c.measure in measures and host in (None, c.host))
        return tuple(sorted(chosen, key=lambda c: (c.asserted_earliest, c.id)))

    def disposed(self, claim: str) -> str:
        return str(self.dispositions[claim].disposition)

    def originals(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """Those claims that begin a chain or stand alone: copies and broken copies left out."""
        return tuple(c for c in claims if self.disposed(c.id) not in ("repeat", "garbled"))

    @cached_property
    def headline_month(self) -> str:
        """The last December, or else the last month, whose headcount rests at least partly on evidence.

        Where no month does, the last month: the brief then says that it is assumption.
        """
        stock = self.series("workers_present", self.focus)
        learnt_from = [e for e in stock if learnt_word(learnt(e)) != "mostly assumption"]
        if not learnt_from:
            return stock[-1].period
        decembers = [e for e in learnt_from if e.period.endswith("-12")]
        last = learnt_from[-1].period
        return decembers[-1].period if decembers and decembers[-1].period[:4] == last[:4] else last

    @cached_property
    def headline_year(self) -> str:
        """The year of the headline month; the year before it when that month is not December."""
        year, _, month = self.headline_month.partition("-")
        return year if month == "12" else str(int(year) - 1)

    @cached_property
    def last_month(self) -> str:
        return self.series("workers_present", self.focus)[-1].period


def card_id(estimate: Estimate) -> str:
    """The id under which an estimate opens: estimand, host, visa class or cohort where it has one, period."""
    part = estimate.visa_class or estimate.cohort
    return ".".join(filter(None, (estimate.id, estimate.host, part, estimate.period)))
