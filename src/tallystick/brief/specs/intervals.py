"""Medians with intervals side by side: parts of a whole, years, hosts, cohorts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tallystick.brief.specs.common import CATEGORY, MAIN, Row, Spec, at_ends, spec, time_axis
from tallystick.brief.specs.common import number as number

Encoding = dict[str, Any]


def rows_by_name(rows: Sequence[Row], title: str, *, height: int | None = None) -> Spec:
    """One line per `name` (in the order given): 95, 80 and 50 % as bars of growing weight, the median as a tick."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    y = {"field": "name", "type": "nominal", "title": None, "sort": names, "axis": {"labelLimit": 260}}

    def bar(level: str, size: int, opacity: float) -> Spec:
        return {
            "mark": {"type": "bar", "size": size, "opacity": opacity, "color": MAIN},
            "encoding": {
                "y": y,
                "x": {"field": f"lower_{level}", "type": "quantitative", "title": title},
                "x2": {"field": f"upper_{level}"},
            },
        }

    tick = {
        "mark": {"type": "tick", "thickness": 3, "size": 20, "color": "#10222f"},
        "encoding": {"y": y, "x": {"field": "median", "type": "quantitative"}},
    }
    layers = [bar("95", 4, 0.45), bar("80", 9, 0.5), bar("50", 15, 0.75), tick]
    return spec(height=height or 40 * len(names) + 20, data={"values": list(rows)}, layer=layers)


def lines_by_name(
    rows: Sequence[Row], title: str, *, height: int = 280, points: bool = False, ends: bool = False
) -> Spec:
    """Medians as lines with their 80 % bands, one colour per `name`, over time.

    points : mark each value, where years are few. ends : rows speak of ends of years, and ticks stand there.
    """
    names = list(dict.fromkeys(row["name"] for row in rows))
    colour: Encoding = {"field": "name", "type": "nominal", "scale": {"domain": names, "range": list(CATEGORY)}}
    band = {
        "mark": {"type": "area", "opacity": 0.2},
        "encoding": {
            "x": time_axis(),
            "y": {"field": "lower_80", "type": "quantitative", "title": title},
            "y2": {"field": "upper_80"},
            "color": {**colour, "legend": None},
        },
    }
    line = {
        "mark": {"type": "line", "strokeWidth": 2, "point": {"size": 24} if points else False},
        "encoding": {
            "x": time_axis(),
            "y": {"field": "median", "type": "quantitative", "title": title},
            "color": {**colour, "legend": {"symbolType": "stroke"}},
        },
    }
    layers = [band, line]
    if ends:
        at_ends(layers, (row["when"] for row in rows))
    return spec(height=height, data={"values": list(rows)}, layer=layers, resolve={"legend": {"color": "independent"}})


def panels_by_name(rows: Sequence[Row], title: str, *, columns: int = 2) -> Spec:
    """One panel per `name`, all on one scale: yearly medians with 80 % intervals as rules."""
    x = time_axis()
    rule = {
        "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.4, "color": MAIN},
        "encoding": {
            "x": x,
            "y": {"field": "lower_80", "type": "quantitative", "title": title},
            "y2": {"field": "upper_80"},
        },
    }
    point = {
        "mark": {"type": "point", "filled": True, "size": 45, "color": MAIN},
        "encoding": {"x": x, "y": {"field": "median", "type": "quantitative"}},
    }
    facet = {"field": "name", "type": "nominal", "title": None, "sort": list(dict.fromkeys(r["name"] for r in rows))}
    panel = {"width": 310, "height": 160, "layer": [rule, point]}
    whole = spec(data={"values": list(rows)}, facet=facet, columns=columns, spec=panel)
    return {key: value for key, value in whole.items() if key not in ("width", "height")}


def width_share(rows: Sequence[Row], title: str) -> Spec:
    """How wide the answer is against what was assumed, by month: 1 means that the evidence added nothing."""
    line = {
        "mark": {"type": "area", "line": {"color": MAIN}, "color": MAIN, "opacity": 0.25},
        "encoding": {
            "x": time_axis(),
            "y": {
                "field": "share",
                "type": "quantitative",
                "title": title,
                "scale": {"domain": [0, 1.2], "clamp": True},
            },
        },
    }
    one = {
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": "#6b7785"},
        "encoding": {"y": {"datum": 1}},
    }
    return spec(height=160, data={"values": list(rows)}, layer=[line, one])


def bars(rows: Sequence[Row], title: str, *, field: str = "count") -> Spec:
    """Counts per `name`, longest first."""
    names = [row["name"] for row in rows]
    encoding = {
        "y": {"field": "name", "type": "nominal", "title": None, "sort": names, "axis": {"labelLimit": 320}},
        "x": {"field": field, "type": "quantitative", "title": title, "axis": {"tickMinStep": 1}},
    }
    mark = {"type": "bar", "color": MAIN, "size": 12}
    return spec(height=20 * len(names) + 20, data={"values": list(rows)}, mark=mark, encoding=encoding)
