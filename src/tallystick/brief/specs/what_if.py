"""What runs of scenarios found: the baseline as a fan with the other scenarios' medians, and changes with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import isfinite

from tallystick.brief.document import Chart
from tallystick.brief.specs.common import (
    CATEGORY,
    INK,
    MUTED,
    Row,
    Spec,
    at_ends,
    fan,
    interval_row,
    moment,
    spec,
    time_axis,
)
from tallystick.brief.specs.intervals import rows_by_name
from tallystick.brief.words.runs import NOT_TOLD, Scale, scale_for, show
from tallystick.scenarios.results import Results
from tallystick.scenarios.results import Row as Found
from tallystick.scenarios.scenario import FORCED, Scenario
from tallystick.scenarios.summary import Spread
from tallystick.vocab.estimate import Interval

SHOWN = "workers_present"  # the outcome of the fan
MOST_LINES = len(CATEGORY) - 1  # more lines than this nobody tells apart
ORDERED = "ordered_home_since"
CHANGED = ("workers_present", "state_income", "booked_owed", "lost_since_ordered_home")


def charts_of(baseline: Scenario, scenarios: Sequence[Scenario], found: Results) -> list[Chart]:
    """Every chart of a set of runs; without other scenarios, the fan alone."""
    names = {each.id: each.name for each in (baseline, *scenarios)}
    evidence = tuple(dict.fromkeys(id for each in (baseline, *scenarios) for id in each.evidence))
    known, said = {row.outcome for row in found.effects}, _with_all(found)
    charts = [change_chart(found, names, evidence, outcome) for outcome in CHANGED if outcome in known]
    return [
        replace(each, subtitle=f"{each.subtitle} {said}") for each in (fan_chart(found, names, evidence), *charts)
    ]  # fmt: skip


def _with_all(found: Results) -> str:
    """What may not be missing beside any chart of these scenarios; the rest stands in their cautions."""
    last = [row.figures.all.median for row in found.effects if (row.outcome, row.year) == (ORDERED, found.years[-1])]
    words = [FORCED] if any(each > 0 for each in last) else []
    words += ["The order is by size, and no ranking."] if len(found.scenarios) > 2 else []
    return " ".join([*words, NOT_TOLD, "Cautions of each scenario: results.json."])


def fan_chart(found: Results, names: Mapping[str, str], evidence: tuple[str, ...]) -> Chart:
    """Workers present under the baseline, with the medians of those scenarios that move them most."""
    rows = [row for row in found.levels if row.outcome == SHOWN]
    scale = scale_for((row.figures.all for row in rows), rows[0].unit)
    lines = _most_moved(found)
    title = f"{rows[0].name}, {scale.unit}"
    bands = fan([_row(row, scale) for row in rows if row.scenario == found.baseline], title, colour=MUTED)
    medians = [_row(row, scale, name=names[row.scenario]) for id in lines for row in rows if row.scenario == id]
    layers = [*bands, *([_lines(medians, title)] if medians else [])]
    at_ends(layers, (row["when"] for layer in layers for row in layer["data"]["values"]))
    left = len(found.scenarios) - 1 - len(lines)
    return Chart(
        id="workers-present", title=f"{rows[0].name}: {names[found.baseline]}, and what scenarios make of it",
        subtitle=f"Grey: 50, 80 and 95 % of the runs of the baseline. Lines: medians of {len(lines)} scenarios"
        + (f"; {left} that move them less are left out." if left else "."),
        alt=_fan_words(rows, scale, names, [found.baseline, *lines]), spec=spec(layer=layers), claims=evidence,
        estimates=(SHOWN,),
    )  # fmt: skip


def change_chart(found: Results, names: Mapping[str, str], evidence: tuple[str, ...], outcome: str) -> Chart:
    """What each scenario changes in the last year, the largest median first."""
    year = found.years[-1]
    rows = [row for row in found.effects if (row.outcome, row.year) == (outcome, year) and _is_told(row)]
    rows.sort(key=lambda row: -abs(row.figures.all.median))
    scale = scale_for((row.figures.all for row in rows), rows[0].unit)
    title = f"{rows[0].name}, {scale.unit}: change by {year}"
    told = [f"{names[row.scenario]} {show(row.figures.all, scale).median}" for row in rows]
    return Chart(
        id=f"change-{outcome.replace('_', '-')}", title=title,
        subtitle=f"Against {names[found.baseline]}, on the same random numbers: median, 50, 80 and 95 % of the runs.",
        alt=f"{title}. Medians: {'; '.join(told)}.",
        spec=rows_by_name([_row(row, scale, name=names[row.scenario]) for row in rows], title), claims=evidence,
        estimates=(SHOWN,),
    )  # fmt: skip


def interval_of(spread: Spread, factor: float = 1.0) -> Interval:
    """A spread as the interval that charts and words take."""
    low_95, low_80, low_50, median, high_50, high_80, high_95 = (each / factor for each in spread.quantiles)
    return Interval(
        median=median, lower_50=low_50, upper_50=high_50, lower_80=low_80, upper_80=high_80, lower_95=low_95,
        upper_95=high_95,
    )  # fmt: skip


def _row(row: Found, scale: Scale, **named: str) -> Row:
    year = str(row.year)
    return interval_row(interval_of(row.figures.all, scale.factor), when=moment(f"{year}-12"), period=year, **named)


def _is_told(row: Found) -> bool:
    return isfinite(row.figures.all.median)


def _most_moved(found: Results) -> list[str]:
    """Scenarios by the size of their median change in the last year, as many as a reader tells apart."""
    moved = {
        row.scenario: abs(row.figures.all.median)
        for row in found.effects
        if (row.outcome, row.year) == (SHOWN, found.years[-1]) and _is_told(row)
    }
    return sorted(moved, key=lambda id: -moved[id])[:MOST_LINES]


def _lines(rows: Sequence[Row], title: str) -> Spec:
    names = list(dict.fromkeys(row["name"] for row in rows))
    colour = {"field": "name", "type": "nominal", "scale": {"domain": names, "range": list(CATEGORY)}}
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 24}},
        "encoding": {
            "x": time_axis(),
            "y": {"field": "median", "type": "quantitative", "title": title},
            "color": {**colour, "legend": {"symbolType": "stroke", "columns": 2, "labelColor": INK, "labelLimit": 0}},
        },
    }


def _fan_words(rows: Iterable[Found], scale: Scale, names: Mapping[str, str], told: Sequence[str]) -> str:
    """The medians of the last year, for a reader who cannot see the lines."""
    last: dict[str, Found] = {row.scenario: row for row in rows}
    said = [f"{names[id]} {show(last[id].figures.all, scale).median}" for id in told]
    year = next(iter(last.values())).year
    return f"Medians of {year}, {scale.unit}: {'; '.join(said)}."
