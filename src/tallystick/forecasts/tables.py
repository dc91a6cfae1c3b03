"""The table of a backtest as rows of words: what the groups scored, and the system or its pool beside each baseline."""

from __future__ import annotations

from tallystick.forecasts.score import FIGURES, SHOCKS, Report, Row

Line = dict[str, str]
SCORES = (
    "by", "group", "figures", "bounds", "shocks", "in 50 %", "in 80 %", "in 95 %", "CRPS", "log score", "verdict",
)  # fmt: skip
COMPARED = (
    "by", "group", "against", "figures", "shocks", "CRPS", "its CRPS", "as a point",
    "chance by figures", "chance by shocks", "verdict",
)  # fmt: skip
LEGEND = (
    "Each later figure counts once, however many cuts forecast it. in 50 %: share of figures inside the central 50 % "
    "of what was forecast. CRPS, in natural logs, lower is better: of a single number its miss (0.1 is about 10 %), of "
    "draws less than that of their middle, for the room that they leave; log score: higher is better. chance: of the "
    "pool's CRPS being below the other's when figures, or whole shocks, are redrawn; as a point: the CRPS of the "
    "other's middle alone. The model is in the pool: system, and no_break where nothing new begins. "
    f"Groups of fewer than {FIGURES} figures or {SHOCKS} shocks are not judged."
)


def scores(report: Report) -> list[Line]:
    """One line for the whole and for each group; keys are SCORES."""
    return [_scores(row) for row in (report.overall, *report.groups)]


def compared(report: Report) -> list[Line]:
    """One line for each group and baseline; keys are COMPARED."""
    return [line for row in (report.overall, *report.groups) for line in _compared(row)]


def _scores(row: Row) -> Line:
    covered = [_percent(one) for one in (row.coverage_50, row.coverage_80, row.coverage_95)]
    counts = [str(one) for one in (row.n, row.bounds, row.shocks)]
    cells = [row.by, row.name, *counts, *covered, _number(row.crps), _number(row.log_score), row.verdict]
    return dict(zip(SCORES, cells, strict=True))


def _compared(row: Row) -> list[Line]:
    lines = []
    for name, one in row.comparisons.items():
        scored = [_number(each) for each in (one.system_crps, one.crps, one.crps_as_point)]
        chances = [_chance(each) for each in (one.below_figures, one.below_shocks)]
        cells = [row.by, row.name, name, str(one.n), str(one.shocks), *scored, *chances, one.verdict]
        lines.append(dict(zip(COMPARED, cells, strict=True)))
    return lines


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _chance(share: float | None) -> str:
    """No number of repeats makes a chance 100 %."""
    if share is None:
        return ""
    return "over 99 %" if share > 0.99 else "under 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
