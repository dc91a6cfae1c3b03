"""What leading figures hang on: each figure's interval, and its median without one origin or under another choice."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.brief.specs.common import CATEGORY, MAIN, Row, Spec, spec


def around_one(bars: Sequence[Row], marks: Sequence[Row], title: str) -> Spec:
    """One line per `name`: its 80 % interval as a bar, and medians as marks, all over the figure's own median.

    marks : `kind` is drawn by colour and shape.
    """
    names, kinds = [row["name"] for row in bars], list(dict.fromkeys(row["kind"] for row in marks))
    y = {"field": "name", "type": "nominal", "title": None, "sort": names, "axis": {"labelLimit": 300}}
    scale = {"type": "log", "nice": False}
    bar = {
        "data": {"values": list(bars)},
        "mark": {"type": "bar", "size": 14, "opacity": 0.3, "color": MAIN},
        "encoding": {
            "y": y,
            "x": {"field": "low", "type": "quantitative", "title": title, "scale": scale},
            "x2": {"field": "high"},
        },
    }
    colours = {"domain": kinds, "range": [CATEGORY[1], CATEGORY[2]]}
    mark = {
        "data": {"values": list(marks)},
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 0.8},
        "encoding": {
            "y": y,
            "x": {"field": "ratio", "type": "quantitative", "scale": scale},
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": colours},
            "shape": {"field": "kind", "type": "nominal", "title": None, "scale": {"domain": kinds}},
        },
    }
    one = {"mark": {"type": "rule", "strokeDash": [4, 3], "color": "#6b7785"}, "encoding": {"x": {"datum": 1}}}
    return spec(height=34 * len(names) + 20, layer=[bar, one, mark])
