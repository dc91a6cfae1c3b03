"""What estimands are called, and of which nothing is told: for cards, tables and sentences alike."""

from __future__ import annotations

from tallystick.brief.backing import CUMULATIVE
from tallystick.brief.chapters.base import by_part, where
from tallystick.brief.facts import Facts, untold
from tallystick.brief.words import dates
from tallystick.brief.words.grammar import capital
from tallystick.vocab.estimate import ClaimFit, Estimate

NAMES = {
    "workers_present": "Workers present",
    "workers_present_by_visa": "Workers present",
    "workers_present_by_cohort": "Workers present",
    "workers_arrived": "Workers arrived",
    "workers_arrived_by_host": "Workers arrived",
    "workers_left_by_host": "Workers who left",
    "gross_wage": "Gross pay per worker and month",
    "state_take": "Kept by the state, per worker and month",
    "agents_and_costs": "Agents, lodging and food, per worker and month",
    "pocket_money": "Cash in hand, per worker and month",
    "booked_pay": "Booked pay, per worker and month",
    "state_take_share": "The state\u2019s share of pay",
    "programme_revenue": "Kept by the state in a year",
    "gross_pay_total": "All gross pay in a year",
    "booked_pay_owed": "Booked pay owed",
    "worker_months_after_deadline": "Worker-months since the deadline",
    "hours_worked": "Hours worked per worker and year",
    "kept_per_hour": "Kept by the worker per hour worked",
    "shortage_filled": "Share of the labour shortage filled",
}


def estimate_name(facts: Facts, estimate: Estimate) -> str:
    """ "Workers present in X (student visa), the end of October 2024"."""
    return named(facts, estimate.id, estimate.host, estimate.visa_class or estimate.cohort, estimate.period)


def named(facts: Facts, id: str, host: str, part: str | None, period: str) -> str:
    """An estimand in one host and period, with its visa class or cohort where it has one."""
    split = f" ({by_part(facts, part)})" if part and part != "all" else ""
    name = NAMES.get(id, capital(id.replace("_", " ")))
    return f"{name} {where(facts, host)}{split}, {_period(facts, id, period)}"


def period_of(facts: Facts, estimate: Estimate) -> str:
    """The days that an estimate speaks of, in words."""
    return _period(facts, estimate.id, estimate.period)


def _period(facts: Facts, id: str, period: str) -> str:
    """The days that an estimand of a period speaks of: a sum since the deadline is never the sum of one year."""
    if id not in CUMULATIVE:
        return dates.period_words(period)
    return f"from {dates.day(facts.programme.deadline)} to the end of {period}, added up"


def label_name(facts: Facts, label: str) -> str:
    """The name of a quantity that calibration labels "estimand host-or-part period", its first letter small."""
    id, *middle, period = label.split()
    if id not in NAMES or not period[:4].isdigit():
        return label
    at = middle[0] if middle else facts.focus
    is_host = at in facts.programme.hosts
    name = named(facts, id, at if is_host else facts.focus, None if is_host else at, period)
    return name[:1].lower() + name[1:]


def fit_shown(facts: Facts, claim: str) -> ClaimFit | None:
    """How a claim sits with the fit; None where it was not used or speaks to an estimand that is not told."""
    headline = facts.programme.tables["model"]["headline"]
    apart = {name for id in untold(facts.programme) for name in headline[id]["measures"]}
    return None if facts.claims[claim].measure in apart else facts.fit_of.get(claim)
