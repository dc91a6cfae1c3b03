"""All that a brief is written from, with the lookups that sentences need; nothing is computed that is not read off.

`Facts` holds what the stages before handed over; it is passed to every chapter, so that a chapter stays a pure
function of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tallystick.brief.own_words import own_words
from tallystick.brief.periods import WORLD, Reach, last_day
from tallystick.evidence.quote_rows import Quote, quotes
from tallystick.evidence.withheld import withheld
from tallystick.vocab.estimate import ClaimFit, Diagnostics, Estimate
from tallystick.vocab.programme import Programme, Source
from tallystick.vocab.records import Claim, Statement
from tallystick.vocab.trust import Bloc, Choice, Silenced, Worth

if TYPE_CHECKING:
    from tallystick.assess.assessment import Assessment
    from tallystick.brief.simulated import Simulated
    from tallystick.calibrate.learning import Learning, Narrowed
    from tallystick.forecasts.answered import OnRecord
    from tallystick.forecasts.kept import Kept
    from tallystick.reconcile.account import Account, Disposition, Observation

Key = tuple[str, str, str, str | None]  # id, host, period, visa class or cohort
NOT_SHOWN = "rests in part on rows that are not shown"  # in place of the ids of rows that protect people
STRANDED = "stranded"
COHORTS = ("holdover", STRANDED, "arrived_later")  # in the order in which they came to be


def untold(programme: Programme) -> frozenset[str]:
    """Estimands that the model needs and no output gives a number of (`untold` in the programme's model)."""
    return frozenset(id for id, row in programme.tables["model"]["headline"].items() if row.get("untold"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the run says of itself: everything that is not evidence and not result."""

    version: str
    seed: int
    command: str
    as_of: str  # ISO date: the last day of evidence
    lock: str = ""  # SHA-256 of the requirements
    facts: tuple[tuple[str, str], ...] = ()
    proposed: int = 0  # claims that nobody has accepted and that were used all the same


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Programme, account, estimates, fits, diagnostics, assessment and draws of one run.

    draws : labelled arrays by name (xarray.Dataset); only `brief.draws` reads them.
    simulated : what runs into the future found; None where a programme has no what-ifs.
    backtest : as it is kept beside the evidence; None where none is. backtest_current : whether it is of this evidence
    and model.
    silenced, choices, worth : what leading figures hang on, how named choices predict, what could narrow the figures.
    learnt, narrowed : what was assumed of each class of asserters, and of every other unknown, and what was found.
    blocs : voices that agree on one figure. on_record : forecasts frozen before the figures; None where there are none.
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
    simulated: Simulated | None = None
    backtest: Kept | None = None
    backtest_current: bool = False
    silenced: Sequence[Silenced] = ()
    choices: Sequence[Choice] = ()
    worth: Sequence[Worth] = ()
    blocs: Sequence[Bloc] = ()
    on_record: OnRecord | None = None
    learnt: Sequence[Learning] = ()
    narrowed: Sequence[Narrowed] = ()

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

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Ids of rows that are left out to protect people: no list names them."""
        return withheld(self.programme)

    @cached_property
    def quotes(self) -> Mapping[str, Quote]:
        """The words that claims were read from, by claim, where a copy of the page is held."""
        return {claim: quote for claim, quote in quotes(self.programme).items() if claim not in self.withheld}

    def shown(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids that a list may name."""
        return tuple(id for id in ids if id not in self.withheld)

    def told(self, table: str, kind: str) -> tuple[Mapping[str, Any], ...]:
        """Entries of one of the programme's tables of words whose evidence is all part of this run."""
        rows = self.programme.tables.get(table, {}).get(kind, ())
        return tuple(row for row in rows if all(self.knows(id) for id in row["evidence"]))

    @cached_property
    def own_words(self) -> Mapping[str, str]:
        """What the programme says of its own evidence, by place in the brief."""
        return own_words(self.programme)

    def says(self, place: str, before: str = "", after: str = "") -> str:
        """The programme's own sentence for a place, with what joins it to its neighbours; "" where it has none."""
        found = self.own_words.get(place, "")
        return f"{before}{found}{after}" if found else ""

    @cached_property
    def was_closed(self) -> bool:
        """Whether a border closed and held people back: then they are a cohort of their own."""
        return STRANDED in self.parts("workers_present_by_cohort", self.focus)

    @cached_property
    def dispositions(self) -> Mapping[str, Disposition]:
        return {item.claim: item for item in self.account.dispositions}

    @cached_property
    def fit_of(self) -> Mapping[str, ClaimFit]:
        return {fit.claim: fit for fit in self.fits}

    def shows_influence(self, fit: ClaimFit) -> bool:
        """Whether it may be said what a claim moves: never that it moves what is not told."""
        return fit.influence_on.partition(" ")[0] not in untold(self.programme)

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
        """One estimand in order of time, as far as it lies behind us (`is_over`)."""
        return self._series.get((id, host, part), ())

    @cached_property
    def _series(self) -> Mapping[tuple[str, str, str | None], tuple[Estimate, ...]]:
        found: dict[tuple[str, str, str | None], list[Estimate]] = {}
        for e in self.estimates:
            if self.is_over(e.period):
                found.setdefault((e.id, e.host, e.visa_class or e.cohort), []).append(e)
        return {key: tuple(sorted(es, key=lambda e: e.period)) for key, es in found.items()}

    def parts(self, id: str, host: str) -> tuple[str, ...]:
        """The visa classes or cohorts that an estimand is split into: the programme's order, then time, "all" last."""
        found = {e.visa_class or e.cohort for e in self.estimates if e.id == id and e.host == host}
        order = (*self.programme.visa_classes, *COHORTS)
        rest = sorted(part for part in found if part and part not in order and part != "all")
        return tuple(part for part in (*order, *rest, "all") if part in found)

    def hosts_of(self, id: str) -> tuple[str, ...]:
        """Hosts with an estimate of that id: focus first, the world last, others in the programme's order."""
        have = {e.host for e in self.estimates if e.id == id}
        order = [self.focus, *(h for h in self.programme.hosts if h not in (self.focus, WORLD)), WORLD]
        return tuple(host for host in order if host in have)

    def is_group(self, host: str) -> bool:
        """Whether a host of the model stands for several places and is none itself."""
        return host not in self.programme.places

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

    @cached_property
    def reach(self) -> Reach:
        """How far counting reaches in each host."""
        return Reach(programme=self.programme, account=self.account, estimates=self.estimates)

    @cached_property
    def counted(self) -> tuple[Observation, ...]:
        """Used claims that inform the headcount of the focus host and speak of that host."""
        return self.reach.counted(self.focus)

    @cached_property
    def last_described(self) -> date:
        """The last day that a used count of the focus host describes; the end of the window without any."""
        day = self.reach.last_described(self.focus)
        assert day is not None, "a focus host that nobody counted has the end of the window"
        return day

    @cached_property
    def silent_years(self) -> tuple[int, ...]:
        """Years before the last day described of which no used count of the focus host speaks."""
        spoken = {year for o in self.counted for year in range(o.start.year, o.end.year + 1)}
        first, last = self.programme.window[0], min(self.last_described.year, self.programme.window[1])
        return tuple(year for year in range(first, last + 1) if year not in spoken)

    @cached_property
    def headline_month(self) -> str:
        """The last end of a year that a used count still describes; the last month where none does.

        Later months are the model going on by itself, however narrow their interval: the brief shows them apart.
        """
        months = [e.period for e in self.series("workers_present", self.focus)]
        reached = [m for m in months if m.endswith("-12") and m <= self.last_described.isoformat()[:7]]
        return reached[-1] if reached else months[-1]

    @cached_property
    def headline_year(self) -> str:
        """The year of the headline month; the year before it when that month is not December."""
        year, _, month = self.headline_month.partition("-")
        return year if month == "12" else str(int(year) - 1)

    @cached_property
    def last_month(self) -> str:
        """The last month of the series that is over by the day of the evidence."""
        return self.series("workers_present", self.focus)[-1].period

    def is_over(self, period: str) -> bool:
        """Whether a year or month lies wholly before the day of the evidence; what lies ahead is not shown."""
        return last_day(period) <= date.fromisoformat(self.run.as_of)


def card_id(estimate: Estimate) -> str:
    """The id under which an estimate opens: estimand, host, visa class or cohort where it has one, period."""
    part = estimate.visa_class or estimate.cohort
    return ".".join(filter(None, (estimate.id, estimate.host, part, estimate.period)))
