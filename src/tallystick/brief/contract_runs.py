"""What-ifs as plain values: for brief.json by its contract (`docs/reference/brief.schema.json`), and as flat tables.

Outcomes that tell of what is internal to the model are refused where runs are asked for; what is handed on here is what
the runs reported, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallystick.brief.cards_runs import evidence_of, shown_assumptions, why_words
from tallystick.brief.facts import Facts
from tallystick.brief.simulated import Kind, Simulated, interval_of
from tallystick.brief.words.rounding import exact, significant
from tallystick.scenarios.results import Row
from tallystick.scenarios.scenario import Drive, Pull, Span
from tallystick.scenarios.summary import Spread

Json = dict[str, Any]
QUANTILES = ("median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95")
PARTS = ("parameters", "chance")


def scenarios(facts: Facts) -> list[Json]:
    """Each what-if with its levers and effects; the baseline, which has neither, with its levels."""
    found = facts.simulated
    return [] if found is None else [_scenario(facts, found, id) for id in (found.baseline, *found.ordered)]


def _scenario(facts: Facts, found: Simulated, id: str) -> Json:
    each, run = found.scenarios[id], found.results
    is_baseline = id == found.baseline
    out: Json = {"id": id, "name": each.name, "question": each.question, "is_baseline": is_baseline}
    out |= {name: text for name in ("says", "belief", "caution") if (text := getattr(each, name))}
    out |= {
        "levers": [_pull(pull) for pull in each.pulls],
        "evidence": [row for row in each.evidence if facts.knows(row)],
        "model": run.model,
        "seed": run.seed,
        "runs": run.draws * run.repeats,
        "draws": run.draws,
    }
    out |= {"drivers": [_drive(drive) for drive in each.drives]} if each.drives else {}
    kind: Kind = "level" if is_baseline else "effect"
    return out | {f"{kind}s": [_row(kind, row) for row in _of(found, kind, id)]}


def _of(found: Simulated, kind: Kind, id: str) -> Iterator[Row]:
    return (row for (of, scenario, *_), row in found.rows.items() if of == kind and scenario == id)


def _pull(pull: Pull) -> Json:
    return {"id": pull.lever, "strength": exact(pull.strength)} | _span(pull)


def _drive(drive: Drive) -> Json:
    return {"id": drive.driver, "factor" if drive.is_factor else "value": exact(drive.level)} | _span(drive)


def _span(span: Span) -> Json:
    out: Json = {"from": span.start}
    out |= {"until": span.until} if span.until else {}
    return out | ({"over_months": span.over_months} if span.over_months else {})


def _row(kind: Kind, row: Row) -> Json:
    out: Json = {"outcome": row.outcome, "name": row.name, "unit": row.unit, "year": row.year}
    out |= {**_spread(row.figures.all), "mean": exact(row.figures.mean)}
    out |= {part: _spread(spread) for part in PARTS if (spread := getattr(row.figures, part)) is not None}
    sure = row.figures.same_sign
    return out | ({"same_sign": significant(sure, 4)} if kind == "effect" and sure is not None else {})


def _spread(spread: Spread) -> Json:
    interval = interval_of(spread)
    return {name: exact(getattr(interval, name)) for name in QUANTILES}


# Tables -----------------------------------------------------------------------------------------------------


def scenario_rows(facts: Facts) -> Iterator[Json]:
    """Every level and effect by what-if, outcome and year."""
    found = facts.simulated
    for (kind, scenario, outcome, year), row in () if found is None else found.rows.items():
        cells: Json = {"kind": kind, "scenario": scenario, "outcome": outcome, "name": row.name, "unit": row.unit}
        cells |= {"year": year, **_spread(row.figures.all), "mean": exact(row.figures.mean)}
        for part in PARTS:
            spread = getattr(row.figures, part)
            values = {} if spread is None else _spread(spread)
            cells |= {f"{part}_{name}": values.get(name) for name in QUANTILES}
        sure = row.figures.same_sign
        shown = significant(sure, 4) if kind == "effect" and sure is not None else None
        yield cells | {"same_sign": shown, "runs": row.figures.runs, "draws": row.figures.draws}


def assumption_rows(facts: Facts) -> Iterator[Json]:
    """Every number that runs assume with a range; of what is told as a sign alone, no size."""
    for name, one in shown_assumptions(facts).items() if facts.simulated is not None else ():
        yield {
            "name": name,
            "unit": one.unit,
            "transform": "sign alone" if one.is_sign_only else one.transform,
            "median": None if one.is_sign_only else exact(one.median),
            "sd": None if one.is_sign_only else exact(one.sd),
            "why": why_words(one),
            "evidence": "; ".join(id for id in evidence_of(one) if facts.knows(id)),
        }
