"""The law read over evidence and draws: one call, one result, nothing weighed that a rule does not name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tallystick.assess.conclude import conclude
from tallystick.assess.conditions import Conditions, conditions
from tallystick.assess.controls import Control, controls
from tallystick.assess.dating import Dating, dating_slips
from tallystick.assess.exchange import Passage, exchange
from tallystick.assess.facts import Facts, Record, gather, record
from tallystick.assess.finding import LIKELY, Finding, Period, Quantity
from tallystick.assess.forced_labour import ForcedLabour, cohorts, forced_labour
from tallystick.assess.hours import HoursOfYear, hours_of_years
from tallystick.assess.indicators import Clue, clues
from tallystick.assess.obligations import Obligation, readings
from tallystick.assess.origins import AccountLike
from tallystick.assess.presence import Presence, interval, presences
from tallystick.assess.rules import RULES
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything that `assess` has to say.

    worker_months: present since the deadline to the last day that a used count describes, focus host, by cohort
    ("all" for everybody). counted_until: that last day, by host.
    """

    findings: tuple[Finding, ...]
    worker_months: tuple[Quantity, ...]
    forced_labour: ForcedLabour
    indicators: tuple[Clue, ...]
    dating_slips: tuple[Dating, ...]
    exchange: tuple[Passage, ...]
    conditions: Conditions
    hours: tuple[HoursOfYear, ...]
    controls: tuple[Control, ...]
    limits: tuple[str, ...]
    counted_until: Mapping[str, date]
    left_out: Mapping[str, str]  # law row -> why it is no obligation about labour here

    def of(self, obligation: str) -> tuple[Finding, ...]:
        """Findings on one obligation, in order."""
        return tuple(finding for finding in self.findings if finding.obligation == obligation)


def assess(programme: Programme, account: AccountLike, draws: Any) -> Assessment:
    """Read the programme's obligations over its evidence, its origins and the draws.

    draws : labelled arrays by name (see the reference of the posterior file); months and years as text.
    """
    on = record(programme, readings(programme), account)
    labour = forced_labour(programme, on.readings, on.origin_of, on.horizon)
    authorising = frozenset(visa.id for visa in programme.visa_classes.values() if visa.authorises_work)
    there = presences(draws, programme.focus.id, authorising, on.counted_until)
    told = conditions(on)
    return Assessment(
        findings=tuple(_findings(on, labour, there)),
        worker_months=_since_deadline(there[programme.focus.id], on),
        forced_labour=labour,
        indicators=clues(programme, on.origin_of),
        dating_slips=dating_slips(programme),
        exchange=exchange(on),
        conditions=told,
        hours=tuple(hours_of_years(told.figures)),
        controls=controls(programme, on.origin_of, on.readings.table.get("control", ()), cohorts(on.readings)),
        counted_until=on.counted_until,
        limits=(*on.readings.limits, *labour.limits),
        left_out=on.readings.left_out,
    )


def _findings(on: Record, labour: ForcedLabour, there: Mapping[str, Presence]) -> Iterable[Finding]:
    for obligation in on.readings.obligations:
        if obligation.rule not in RULES:
            raise EvidenceError(
                f"{obligation.id}: no rule is called {obligation.rule!r}",
                file="obligations.toml",
                field="rule",
                hint="use one of " + ", ".join(sorted(RULES)),
            )
        for host in obligation.hosts:
            for period in _periods(on, obligation, host):
                yield from _one(on, obligation, host, period, labour, there.get(host))


def _periods(on: Record, obligation: Obligation, host: str) -> Iterable[Period]:
    """The periods of one obligation in one host, from its own first day to the last day of the evidence."""
    start = None if obligation.parameters.get("from_the_start") else obligation.main.in_force_from
    for period in obligation.periods_of.get(host, obligation.periods):
        if cut := period.within(start, on.horizon):
            yield cut


def _one(
    on: Record, obligation: Obligation, host: str, period: Period, labour: ForcedLabour, presence: Presence | None
) -> Iterable[Finding]:
    facts = gather(on, obligation, host, period)
    cohort = next((c for c in cohorts(on.readings) if c.period.id == period.id), None)
    if cohort is not None:
        found = labour.conclusion(cohort.id)
        facts = replace(
            facts,
            forced_labour=found.outcome,
            forced_labour_because=found.because,
            forced_labour_statements=found.statements,
        )
    whole, parts = RULES[obligation.rule](obligation, facts, presence), list[Finding]()
    if obligation.parameters.get("by_cohort") and presence is not None:
        parts = list(_by_cohort(on, obligation, host, period, presence))
    yield _carried(whole, parts)
    yield from parts


def _carried(whole: Finding, parts: Sequence[Finding]) -> Finding:
    """The whole holds only as far as every cohort that carries it does."""
    carry = [part for part in parts if part.outcome == "inconsistent"]
    if whole.outcome != "inconsistent" or not carry:
        return whole
    return replace(
        whole, as_far_as=tuple(said for said in carry[0].as_far_as if all(said in c.as_far_as for c in carry))
    )


def _by_cohort(on: Record, obligation: Obligation, host: str, period: Period, presence: Presence) -> Iterable[Finding]:
    """The same rule for each cohort alone; a cohort that was hardly there is not reached by it."""
    deadline = obligation.main.deadline
    if deadline is not None and period.end is not None and period.end <= deadline:
        return
    for cohort in presence.by_cohort:
        facts = gather(on, obligation, host, period, cohort)
        alone = presence.only(cohort)
        chance = alone.chance_any_earns(period, {})
        if _not_yet(obligation, cohort, period):
            yield _none_yet(obligation, facts)
        elif chance is None or chance <= 1 - LIKELY:
            yield _nobody_of(obligation, facts)
        else:
            yield RULES[obligation.rule](obligation, facts, alone)


def _not_yet(obligation: Obligation, cohort: str, period: Period) -> bool:
    """Whether the period ends before there can be anybody in the cohort."""
    start = obligation.parameters.get("cohort_from", {}).get(cohort)
    return start is not None and period.end is not None and period.end < start


def _none_yet(obligation: Obligation, facts: Facts) -> Finding:
    why = "No such person yet: what makes this cohort had not happened. That is a fact and no finding."
    nobody = replace(facts, positions=(), statements=())  # what was said of them later is not about this period
    return conclude(obligation, nobody, "not_applicable", why, word="no such person yet")


def _nobody_of(obligation: Obligation, facts: Facts) -> Finding:
    why = "By the model, hardly anybody of this cohort was there in this period."
    return conclude(obligation, facts, "not_applicable", why)


def _since_deadline(presence: Presence, on: Record) -> tuple[Quantity, ...]:
    """Worker-months present since the deadline, by cohort, as far as used counts reach; none before it."""
    start = on.programme.deadline + timedelta(days=1)
    since = Period(id="since", name="since the deadline", start=start, end=on.horizon)
    part = presence.counted(since) if start <= on.horizon else None
    if part is None:
        return ()
    return tuple(
        Quantity(
            id="worker_months_after_deadline",
            name="worker-months present since the deadline",
            unit="worker-months",
            period=part.label,
            interval=interval(presence.worker_months(part, cohort)),
            cohort=cohort or "all",
        )
        for cohort in (*presence.by_cohort, None)
    )
