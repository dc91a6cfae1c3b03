"""brief.json as the contract has it (design.md, section 3): what an issue has not built is absent, never empty.

Numbers stand here unrounded to six significant digits: programs do their own rounding, and six digits are finer than
any interval. Percentages are shares from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tallystick.assess.finding import Finding
from tallystick.brief.backing import CUMULATIVE
from tallystick.brief.contract_forecasts import forecasts
from tallystick.brief.contract_leading import choices, influence, value_of_information
from tallystick.brief.contract_runs import scenarios
from tallystick.brief.contract_trust import backtest
from tallystick.brief.facts import Facts
from tallystick.brief.names import fit_shown
from tallystick.brief.words.rounding import DIGITS, exact, significant
from tallystick.evidence.read_notes import acceptance
from tallystick.vocab.estimate import Estimate, Interval
from tallystick.vocab.programme import Source

SCHEMA = "tallystick-brief/1"
Json = dict[str, Any]


def contract(facts: Facts) -> Json:
    """The whole account as plain values."""
    whole: Json = {
        "schema": SCHEMA,
        "programme": facts.programme.id,
        "as_of": facts.run.as_of,
        "evidence_root": facts.programme.evidence_root,
        "seed": facts.run.seed,
        "version": facts.run.version,
        "diagnostics": _diagnostics(facts),
        "estimates": [_estimate(facts, e) for e in facts.estimates],
        "claims": [_claim(facts, claim.id) for claim in facts.programme.claims],
        "chains": _chains(facts),
        "disagreements": [
            {"id": d.id, "title": d.title, "claims": list(d.claims), "why": d.why} for d in facts.account.disagreements
        ],
        "findings": [_finding(facts, f) for f in facts.assessment.findings],
        "indicators": _indicators(facts),
        "forced_labour": _forced_labour(facts),
        "forced_labour_conclusions": _conclusions(facts),
        "predictions": [_prediction(row) for row in facts.told("predictions", "prediction")],
        "systems": [_system(row) for row in facts.told("systems", "system")],
        "scenarios": scenarios(facts),
        "influence": influence(facts),
        "choices": choices(facts),
        "value_of_information": value_of_information(facts),
        "backtest": backtest(facts),
        "forecasts": forecasts(facts),
        "sources": [_source(s) for s in facts.sources],
    }
    return {name: value for name, value in whole.items() if value not in ([], {})}


def _diagnostics(facts: Facts) -> Json:
    d = facts.diagnostics
    return {
        "passed": d.passed,
        "r_hat_max": significant(d.r_hat_max, DIGITS),
        "ess_bulk_min": significant(d.ess_bulk_min, DIGITS),
        "ess_tail_min": significant(d.ess_tail_min, DIGITS),
        "divergences": d.divergences,
        "chains": d.chains,
        "draws": d.draws,
        "worst": d.worst,
    }


def _interval(interval: Interval) -> Json:
    names = ("median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95")
    return {name: exact(getattr(interval, name)) for name in names}


def _estimate(facts: Facts, e: Estimate) -> Json:
    out: Json = {"id": e.id, "host": e.host}
    out |= {"visa_class": e.visa_class} if e.visa_class else {}
    out |= {"cohort": e.cohort} if e.cohort else {}
    out |= {"since": facts.programme.deadline.isoformat()} if e.id in CUMULATIVE else {}
    out |= {"period": e.period, "unit": e.unit, **_interval(e.interval), "prior": _interval(e.prior)}
    out["alternatives"] = [{"id": a.id, "name": a.name, **_interval(a.interval)} for a in e.alternatives]
    return out | {"projection": facts.reach.is_projection(e), "origins": e.origins, "claims": list(e.claims)}


def _claim(facts: Facts, id: str) -> Json:
    disposition, fit = facts.dispositions[id], fit_shown(facts, id)
    out: Json = {
        "id": id,
        "measure": facts.claims[id].measure,
        "disposition": disposition.disposition,
        "reason": disposition.reason,
        "origin": disposition.origin,
    }
    if id in facts.quotes:
        quote = facts.quotes[id]
        out["quote"] = {
            "words": quote.words, "passage": quote.passage, **({"place": quote.place} if quote.place else {}),
            "start": quote.start, "end": quote.end, "document": quote.document,
        }  # fmt: skip
    if (judged := acceptance(facts.claims[id].note)) and id not in facts.withheld:
        out["read_by_a_program"] = judged
    if fit is not None:
        out["tail_probability"] = significant(fit.tail_probability, 4)
    if fit is not None and facts.shows_influence(fit):
        told = {"of_80_width": significant(fit.influence, 4), "on": fit.influence_on}
        out["influence"] = {**(told if fit.influence_reliable else {}), "reliable": fit.influence_reliable}
    return out


def _chains(facts: Facts) -> list[Json]:
    return [
        {
            "id": chain.id,
            **({"title": chain.title} if chain.title else {}),
            "origin": chain.origin,
            "members": list(chain.members),
            "kind_of_each": {member: chain.kind_of_each[member] for member in chain.members},
            "lost": {member: chain.lost[member] for member in chain.members if chain.lost.get(member)},
        }
        for chain in facts.account.chains
    ]


def _finding(facts: Facts, f: Finding) -> Json:
    out: Json = {
        "id": f.id,
        "obligation": f.obligation,
        "instrument": f.instrument,
        "paragraph": f.paragraph,
        "addressee": f.addressee,
        "period": f.period,
        "outcome": f.outcome,
        "because": f.because,
        "exception_invoked": f.exception_invoked,
        "left_open": list(f.left_open),
        "claims": list(f.claims),
        **_statements(facts, f.statements),
    }
    out |= {"host": f.host} if f.host else {}
    out |= {"cohort": f.cohort} if f.cohort else {}
    out |= {"as_far_as": list(f.as_far_as)} if f.as_far_as else {}
    out |= {"reach": f.reach} if f.reach else {}
    out |= {"chance": [exact(p) for p in f.chance]} if f.chance is not None else {}
    return out


def _statements(facts: Facts, ids: Iterable[str]) -> Json:
    """The rows that may be named, and whether there are others that may not."""
    found = list(ids)
    shown = list(facts.shown(found))
    return {"statements": shown} | ({"rows_not_shown": True} if len(shown) < len(found) else {})


def _indicators(facts: Facts) -> list[Json]:
    return [
        {
            "id": clue.id,
            "name": clue.name,
            "origins_for": clue.origins_for,
            "origins_against": clue.origins_against,
            **_statements(facts, clue.statements),
        }
        for clue in facts.assessment.indicators
    ]


def _forced_labour(facts: Facts) -> list[Json]:
    return [
        {
            "cohort": cell.cohort,
            "limb": cell.limb,
            "phase": cell.phase,
            "outcome": cell.outcome,
            "because": cell.because,
            "origins_for": cell.origins_for,
            "origins_against": cell.origins_against,
            "origins_mixed": cell.origins_mixed,
            **_statements(facts, cell.statements),
        }
        for cell in facts.assessment.forced_labour.cells
    ]


def _conclusions(facts: Facts) -> list[Json]:
    return [
        {
            "cohort": found.cohort,
            "name": found.name,
            "outcome": found.outcome,
            "because": found.because,
            "origins_of_both": found.origins_of_both,
            "first_hand": found.first_hand,
            **_statements(facts, found.statements),
        }
        for found in facts.assessment.forced_labour.conclusions
    ]


def _plain(row: Mapping[str, Any], names: Iterable[str]) -> Json:
    """The named fields of a table's entry that it has, dates as ISO."""
    out = {name: row[name] for name in names if name in row}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in out.items()}


def _prediction(row: Mapping[str, Any]) -> Json:
    names = ("id", "name", "wording", "said_by", "said_earliest", "said_latest", "due", "check", "evidence")
    return _plain(row, (*names, "state", "reason", "evidence_of_state", "judged_by", "judged_on"))


def _system(row: Mapping[str, Any]) -> Json:
    return _plain(row, ("id", "name", "can_say", "cannot_say", "evidence"))


def _source(s: Source) -> Json:
    return {
        "id": s.id,
        "published_by": s.published_by,
        "title": s.title,
        "published_on": s.published_on,
        "url": s.url,
        "claims": list(s.claims),
    }
