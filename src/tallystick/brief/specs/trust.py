"""What leading figures hang on: each figure's interval, and its median without one origin or under another choice."""

from __future__ import annotations

from collections.abc import Sequence

from tallystick.brief.specs.common import CATEGORY, INK, MAIN, Row, Spec, spec

BESIDE = 1.04  # factor by which an end of the axis lies beyond what is drawn
TICKS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 10)  # of a ratio, on a logarithmic axis


def around_one(bars: Sequence[Row], marks: Sequence[Row], title: str) -> Spec:
    """One line per `name`: its 80 % interval as a bar, and medians as marks, all over the figure's own median.

    marks : `kind` is drawn by colour and shape.
    """
    ends = [row[side] for row in bars for side in ("low", "high")] + [row["ratio"] for row in marks]
    domain = _around(min(ends), max(ends))
    ticks = [tick for tick in TICKS if domain[0] <= tick <= domain[1]]
    names, kinds = [row["name"] for row in bars], list(dict.fromkeys(row["kind"] for row in marks))
    y = {"field": "name", "type": "nominal", "title": None, "sort": names, "axis": {"labelLimit": 400}}
    scale, axis = {"type": "log", "nice": False, "domain": domain}, {"values": ticks, "format": "~g"}
    bar = {
        "mark": {"type": "bar", "size": 14, "opacity": 0.3, "color": MAIN},
        "encoding": {
            "y": y,
            "x": {"field": "low", "type": "quantitative", "title": title, "scale": scale, "axis": axis},
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
    one = {
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": INK},
        "encoding": {"x": {"datum": 1, "scale": scale}},
    }
    return spec(height=34 * len(names) + 20, data={"values": list(bars)}, layer=[bar, one, mark])


def _around(low: float, high: float) -> list[float]:
    """Ends of the axis: the next ticks beyond all that is drawn, so that no mark sits on a label or an edge."""
    below = [tick for tick in TICKS if tick * BESIDE <= low]
    above = [tick for tick in TICKS if tick >= high * BESIDE]
    return [below[-1] if below else low / BESIDE, above[0] if above else high * BESIDE]
