"""Published totals placed on the distribution of programme revenue."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from tallystick.brief.specs.common import CATEGORY, MAIN, Row, Spec, number, spec

BINS = 60


def density_rows(draws: Sequence[float]) -> list[Row]:
    """Shares of draws in bins of equal width on the log scale; draws at zero or below have no place on it."""
    logs = sorted(log(value) for value in draws if value > 0)
    if not logs:
        raise ValueError("no draw lies above zero")
    low, high = logs[0], logs[-1]
    width = (high - low) / BINS or 1.0
    counts = [0] * BINS
    for value in logs:
        counts[min(int((value - low) / width), BINS - 1)] += 1
    return [
        {"value": number(exp(low + (i + 0.5) * width)), "share": count / len(logs)} for i, count in enumerate(counts)
    ]


def totals_on_distribution(density: Sequence[Row], totals: Sequence[Row], title: str) -> Spec:
    """The distribution above, each published total below it on the same log axis: points, floors and ranges.

    totals : rows with `name`, `low`, `high` (equal for a point) and `state` ("kept to be compared" or "copy").
    """
    ends = [
        end
        for row in (*totals, *({"low": r["value"], "high": r["value"]} for r in density))
        for end in (row["low"], row["high"])
    ]
    domain = [number(min(ends) * 0.8), number(max(ends) * 1.25)]
    x = {"type": "quantitative", "scale": {"type": "log", "domain": domain}}
    top: Spec = {
        "width": 460,
        "height": 120,
        "data": {"values": list(density)},
        "mark": {"type": "area", "color": MAIN, "opacity": 0.5, "interpolate": "monotone"},
        "encoding": {
            "x": {**x, "field": "value", "axis": {"labels": False, "title": None}},
            "y": {"field": "share", "type": "quantitative", "axis": None},
        },
    }
    names = [row["name"] for row in totals]
    y = {"field": "name", "type": "nominal", "sort": names, "title": None, "axis": {"labelLimit": 260}}
    ranges: Spec = {
        "mark": {"type": "bar", "size": 8, "color": CATEGORY[1], "opacity": 0.8},
        "encoding": {"y": y, "x": {**x, "field": "low", "title": title}, "x2": {"field": "high"}},
    }
    ends_marks: Spec = {
        "mark": {"type": "point", "filled": True, "size": 60, "color": CATEGORY[1]},
        "encoding": {
            "y": y,
            "x": {**x, "field": "high"},
            "shape": {"field": "kind", "type": "nominal", "title": "Stated as"},
        },
    }
    bottom: Spec = {
        "width": 460,
        "height": 22 * len(names) + 10,
        "data": {"values": list(totals)},
        "layer": [ranges, ends_marks],
    }
    whole = spec(vconcat=[top, bottom], spacing=4, resolve={"scale": {"x": "shared"}})
    return {key: value for key, value in whole.items() if key not in ("width", "height")}
