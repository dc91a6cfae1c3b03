"""The backtest as plain values: for brief.json by its contract, and as flat tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tallystick.brief.facts import Facts
from tallystick.brief.words.rounding import significant
from tallystick.forecasts.kept import Kept
from tallystick.forecasts.score import Row

Json = dict[str, Any]
SCORES = ("coverage_50", "coverage_80", "coverage_95", "crps", "log_score")
DIGITS = 4


def backtest(facts: Facts) -> list[Json]:
    """Each row of each table of the kept backtest; none where a programme keeps none."""
    kept = facts.backtest
    return [] if kept is None else [_row(facts, kept, name, row) for name, row in _rows(kept)]


def _rows(kept: Kept) -> Iterator[tuple[str, Row]]:
    for name, report in kept.tables.items():
        for row in (report.overall, *report.groups):
            yield name, row


def _row(facts: Facts, kept: Kept, name: str, row: Row) -> Json:
    priors, cuts = name.split(", ")
    scores = {score: _short(getattr(row, score)) for score in SCORES}
    beside = {
        other: {
            "n": one.n,
            "crps": _short(one.crps),
            "crps_as_point": _short(one.crps_as_point),
            "ours": _short(one.system_crps),
            "chance_by_figures": _short(one.below_figures),
            "chance_by_shocks": _short(one.below_shocks),
            "verdict": one.verdict,
        }
        for other, one in row.comparisons.items()
    }
    return {
        "priors": priors, "cuts": cuts, "by": row.by, "name": row.name, "n": row.n, "bounds": row.bounds,
        "shocks": row.shocks, **scores, "baselines": {other: _short(crps) for other, crps in row.baselines.items()},
        "comparisons": beside, "judged": row.judged, "verdict": row.verdict, "current": facts.backtest_current,
        "made_on": kept.date,
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else significant(value, DIGITS)


def backtest_rows(facts: Facts) -> Iterator[Json]:
    """A row for each table's row and baseline."""
    for row in backtest(facts):
        plain = {name: value for name, value in row.items() if name not in ("baselines", "comparisons")}
        for other, one in row["comparisons"].items():
            yield plain | {"against": other} | {f"against_{name}": value for name, value in one.items()}


def forecast_rows(facts: Facts) -> Iterator[Json]:
    """Every forecast of every later figure, in the figure's own unit."""
    for line in facts.backtest.lines if facts.backtest else ():
        yield {
            "claim": line.claim, "cut": line.cut.isoformat(), "kind": line.kind, "lower_80": line.low_80,
            "median": line.median, "upper_80": line.high_80, "said": line.said,
        }  # fmt: skip
