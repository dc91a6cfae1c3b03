"""The account as flat tables: one row per estimate, claim, origin, link, finding and so on.

Cells are plain values; `brief.write` makes them safe for spreadsheets. A list in a cell is joined with "; ".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tallystick.brief.backing import CUMULATIVE
from tallystick.brief.contract_forecasts import frozen_table
from tallystick.brief.contract_leading import choices_table, foretold_table, influence_table, learnt_table, value_table
from tallystick.brief.contract_runs import assumption_rows, scenario_rows
from tallystick.brief.contract_trust import backtest_rows, forecast_rows
from tallystick.brief.facts import NOT_SHOWN, Facts
from tallystick.brief.names import fit_shown
from tallystick.brief.tables_apart import tables_apart
from tallystick.brief.words.estimates import learnt
from tallystick.brief.words.rounding import exact, significant
from tallystick.vocab.estimate import Estimate, Interval

Row = dict[str, Any]
Table = list[Row]
LEVELS = ("median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95")


def tables(facts: Facts) -> dict[str, Table]:
    """Every table by the name of its file; a table without rows is left out."""
    made = {
        "estimates": [_estimate(facts, e) for e in facts.estimates],
        "alternatives": _alternatives(facts),
        "claims": _claims(facts),
        "origins": [
            {"id": o.id, "root": o.root, "size": len(o.members), "members": listed(o.members)}
            for o in facts.account.origins
        ],
        "chains": _links(facts),
        "disagreements": [
            {"id": d.id, "kind": d.kind, "title": d.title, "claims": listed(d.claims), "why": d.why}
            for d in facts.account.disagreements
        ],
        "findings": _findings(facts),
        "indicators": _indicators(facts),
        "forced-labour": _cells(facts),
        "sources": _sources(facts),
        "events": _events(facts),
        "law": _law(facts),
        "predictions": _predictions(facts),
        **tables_apart(facts),
        "scenarios": list(scenario_rows(facts)),
        "assumptions": list(assumption_rows(facts)),
        "leave-one-out": list(influence_table(facts)),
        "choices": list(choices_table(facts)),
        "choices-by-origin": list(foretold_table(facts)),
        "value-of-information": list(value_table(facts)),
        "learnt": list(learnt_table(facts)),
        "backtest": list(backtest_rows(facts)),
        "backtest-forecasts": list(forecast_rows(facts)),
        "forecasts": list(frozen_table(facts)),
    }
    return {name: rows for name, rows in made.items() if rows}


def listed(values: Iterable[str]) -> str:
    return "; ".join(values)


def _rows(facts: Facts, ids: Iterable[str]) -> str:
    """The rows that may be named, and whether there are others that may not."""
    found = list(ids)
    shown = facts.shown(found)
    return listed([*shown, NOT_SHOWN] if len(shown) < len(found) else shown)


def _interval(interval: Interval, prefix: str = "") -> Row:
    return {prefix + name: exact(getattr(interval, name)) for name in LEVELS}


def _estimate(facts: Facts, e: Estimate) -> Row:
    return {
        "id": e.id,
        "host": e.host,
        "visa_class": e.visa_class,
        "cohort": e.cohort,
        "since": facts.programme.deadline.isoformat() if e.id in CUMULATIVE else None,
        "period": e.period,
        "unit": e.unit,
        **_interval(e.interval),
        **_interval(e.prior, "prior_"),
        "width_over_prior": significant(learnt(e), 3),
        "projection": "yes" if facts.reach.is_projection(e) else "no",
        "origins": e.origins,
        "claims": listed(e.claims),
    }


def _alternatives(facts: Facts) -> Table:
    return [
        {
            "id": e.id,
            "host": e.host,
            "period": e.period,
            "unit": e.unit,
            "choice": a.id,
            "name": a.name,
            **_interval(a.interval),
        }
        for e in facts.estimates
        for a in e.alternatives
    ]


def _claims(facts: Facts) -> Table:
    rows = []
    for c in facts.programme.claims:
        disposition, fit = facts.dispositions[c.id], fit_shown(facts, c.id)
        moves = fit if fit is not None and facts.shows_influence(fit) else None
        rows.append(
            {
                "id": c.id,
                "measure": c.measure,
                "low": c.low,
                "point": c.point,
                "high": c.high,
                "unit": c.unit,
                "host": c.host,
                "region": c.region,
                "sector": c.sector,
                "start": _iso(c.start),
                "end": _iso(c.end),
                "asserted_by": c.asserted_by,
                "asserter_class": c.asserter_class,
                "asserted_earliest": _iso(c.asserted_earliest),
                "asserted_latest": _iso(c.asserted_latest),
                "published_by": c.published_by,
                "published_on": c.published_on,
                "url": c.url,
                "hedge": c.hedge,
                "link_kind": c.link_kind,
                "derived_from": listed(c.derived_from),
                "suspected_from": listed(c.suspected_from),
                "disposition": disposition.disposition,
                "reason": disposition.reason,
                "origin": disposition.origin,
                **_constant(facts, c.id),
                "tail_probability": significant(fit.tail_probability, 4) if fit else None,
                "influence": significant(moves.influence, 4) if moves and moves.influence_reliable else None,
                "influence_on": moves.influence_on if moves and moves.influence_reliable else None,
                "note": c.note,
                **_words(facts, c.id),
            }
        )
    return rows


def _words(facts: Facts, claim: str) -> Row:
    """The words that it was read from and where they stand; nothing where no copy of the page is held."""
    quote = facts.quotes.get(claim)
    if quote is None:
        return {}
    where = {"quote_start": quote.start, "quote_end": quote.end}
    return {"quote": quote.words, "quote_place": quote.place, **where, "copy_sha256": quote.document}


def _constant(facts: Facts, claim: str) -> Row:
    """A used sum of money as the model sees it: dollars of its period, and dollars of the programme's one year."""
    seen = facts.account.observation_of(claim)
    money = seen is not None and seen.unit.startswith("USD")
    then = (seen.low, seen.point, seen.high) if seen is not None and money else (None, None, None)
    fixed = (seen.constant or (None, None, None)) if seen is not None and money else (None, None, None)
    year = facts.programme.constant_usd_year
    names = ("low", "point", "high")
    return {f"usd_{name}": _short(value) for name, value in zip(names, then, strict=True)} | {
        f"usd_of_{year}_{name}": _short(value) for name, value in zip(names, fixed, strict=True)
    }


def _short(value: float | None) -> float | int | None:
    return None if value is None else exact(value)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def _links(facts: Facts) -> Table:
    return [
        {
            "chain": c.id,
            "title": c.title,
            "origin": c.origin,
            "member": m,
            "kind": c.kind_of_each[m],
            "lost": c.lost.get(m, ""),
        }
        for c in facts.account.chains
        for m in c.members
    ]


def _findings(facts: Facts) -> Table:
    return [
        {
            "id": f.id,
            "obligation": f.obligation,
            "instrument": f.instrument,
            "paragraph": f.paragraph,
            "addressee": f.addressee,
            "host": f.host,
            "period": f.period,
            "cohort": f.cohort,
            "outcome": f.outcome,
            "as_far_as": listed(f.as_far_as),
            "reach": f.reach,
            "because": f.because,
            "exception_invoked": f.exception_invoked,
            "exception_said": f.exception_said,
            "left_open": listed(f.left_open),
            "claims": listed(f.claims),
            "also_read": listed(f.also_read),
            "statements": _rows(facts, f.statements),
        }
        for f in facts.assessment.findings
    ]


def _indicators(facts: Facts) -> Table:
    return [
        {
            "id": c.id,
            "name": c.name,
            "origins_for": c.origins_for,
            "origins_against": c.origins_against,
            "said": c.said,
            "statements": _rows(facts, c.statements),
        }
        for c in facts.assessment.indicators
    ]


def _cells(facts: Facts) -> Table:
    return [
        {
            "cohort": c.cohort,
            "limb": c.limb,
            "phase": c.phase,
            "outcome": c.outcome,
            "because": c.because,
            "origins_for": c.origins_for,
            "origins_against": c.origins_against,
            "origins_mixed": c.origins_mixed,
            "statements": _rows(facts, c.statements),
        }
        for c in facts.assessment.forced_labour.cells
    ]


def _sources(facts: Facts) -> Table:
    return [
        {
            "id": s.id,
            "published_by": s.published_by,
            "title": s.title,
            "published_on": s.published_on,
            "url": s.url,
            "claims": listed(s.claims),
        }
        for s in facts.sources
    ]


def _events(facts: Facts) -> Table:
    return [
        {
            "id": e.id,
            "start": _iso(e.start),
            "end": _iso(e.end),
            "precision": e.precision,
            "title": e.title,
            "place": e.place,
            "report": e.report,
            "paragraph": e.paragraph,
            "note": e.note,
        }
        for e in facts.programme.events
    ]


def _law(facts: Facts) -> Table:
    return [
        {
            "id": r.id,
            "instrument": r.instrument,
            "symbol": r.official_symbol,
            "paragraph": r.paragraph,
            "addressee": r.addressee,
            "test": r.test,
            "adopted_on": _iso(r.adopted_on),
            "in_force_from": _iso(r.in_force_from),
            "deadline": _iso(r.deadline),
            "says": r.text_summary,
            "obligation": r.obligation,
            "exceptions": r.exceptions,
            "how_read": r.how_read,
            "url": r.source_url,
            "note": r.note,
        }
        for r in facts.programme.law
    ]


def _predictions(facts: Facts) -> Table:
    names = ("id", "name", "wording", "said_by", "check", "state", "reason", "judged_by", "judged_on")
    return [
        {name: str(row.get(name, "")) for name in names} | {"evidence": listed(row["evidence"])}
        for row in facts.told("predictions", "prediction")
    ]
