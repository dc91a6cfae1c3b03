"""Published totals placed on the distribution of programme revenue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tallystick.brief.draws import Values
from tallystick.brief.specs.common import CATEGORY, MAIN, Row, Spec, number, spec

POINTS = 120
PLOT = 400
_SILVERMAN = 0.9  # rule of thumb for the bandwidth of a kernel density, Silverman 1986, eq. 3.31
_SHAPES = {"point": "circle", "at_least": "triangle-right", "up_to": "triangle-left", "range": "circle"}
_TICKS = [1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 5e9]
_LABEL = "datum.value >= 1e9 ? format(datum.value / 1e9, '~g') + ' bn' : format(datum.value / 1e6, '~g') + ' m'"


def density_rows(draws: Values) -> list[Row]:
    """Gaussian kernel density of the draws on the log scale; draws at zero or below have no place on it."""
    logs = np.log(draws[draws > 0])
    if logs.size == 0:
        raise ValueError("no draw lies above zero")
    spread = min(float(logs.std()), float(np.subtract(*np.percentile(logs, [75, 25]))) / 1.349) or 0.01
    width = _SILVERMAN * spread * logs.size**-0.2
    grid = np.linspace(logs.min() - 3 * width, logs.max() + 3 * width, POINTS)
    heights = np.exp(-0.5 * ((grid[:, None] - logs[None, :]) / width) ** 2).sum(axis=1)
    return [
        {"value": number(float(np.exp(x))), "density": number(float(y))}
        for x, y in zip(grid, heights / heights.max(), strict=True)
    ]


def totals_on_distribution(density: Sequence[Row], totals: Sequence[Row], title: str) -> Spec:
    """The distribution above, each published total below it on the same log axis, with its number beside it.

    totals : rows with `name`, `low`, `high` (equal but for a range), `kind` (a claim's bound) and `said`.
    """
    values = [row["value"] for row in density] + [row[end] for row in totals for end in ("low", "high")]
    domain = [number(min(values) * 0.8), number(max(values) * 3)]  # room for the words on the right
    x = {"type": "quantitative", "scale": {"type": "log", "domain": domain}}
    names = [row["name"] for row in totals]
    y = {"field": "name", "type": "nominal", "sort": names, "title": None, "axis": {"labelLimit": 210}}
    ticks = [tick for tick in _TICKS if domain[0] <= tick <= domain[1]]
    axis = {"values": ticks, "labelExpr": _LABEL, "title": title, "grid": True}
    top: Spec = {
        "width": PLOT,
        "height": 110,
        "data": {"values": list(density), "name": "distribution"},
        "mark": {"type": "area", "color": MAIN, "opacity": 0.45},
        "encoding": {
            "x": {**x, "field": "value", "axis": {"labels": False, "title": None, "values": ticks, "grid": True}},
            "y": {"field": "density", "type": "quantitative", "axis": None},
        },
    }
    bottom: Spec = {
        "width": PLOT,
        "height": 24 * len(names) + 10,
        "data": {"values": list(totals), "name": "totals"},
        "layer": _total_layers({**x, "axis": axis}, y),
    }
    whole = spec(vconcat=[top, bottom], spacing=4)
    return {key: value for key, value in whole.items() if key not in ("width", "height")}


def _total_layers(x: dict[str, Any], y: dict[str, Any]) -> list[Spec]:
    """A bar for a range, a mark for a figure, floor or ceiling, and the number as its source stated it."""
    shape = {"domain": list(_SHAPES), "range": list(_SHAPES.values())}
    low, high = {**x, "field": "low"}, {**x, "field": "high"}
    return [
        {
            "transform": [{"filter": "datum.kind == 'range'"}],
            "mark": {"type": "bar", "size": 8, "color": CATEGORY[1]},
            "encoding": {"y": y, "x": low, "x2": {"field": "high"}},
        },
        {
            "transform": [{"filter": "datum.kind != 'range'"}],
            "mark": {"type": "point", "filled": True, "size": 80, "color": CATEGORY[1]},
            "encoding": {
                "y": y,
                "x": low,
                "shape": {"field": "kind", "type": "nominal", "scale": shape, "legend": None},
            },
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 9},
            "encoding": {"y": y, "x": high, "text": {"field": "said", "type": "nominal"}},
        },
    ]
