"""The stock through time, with the claims that speak of it placed on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tallystick.brief.specs.common import (
    CATEGORY,
    INK,
    MAIN,
    MUTED,
    Row,
    Spec,
    estimate_rows,
    fan,
    interval_row,
    moment,
    number,
    spec,
    time_axis,
)
from tallystick.vocab.estimate import Estimate

_SHAPES = {"a figure": "circle", "at least": "triangle-up", "up to": "triangle-down", "middle of a range": "diamond"}
KIND_NAMES = {"point": "a figure", "at_least": "at least", "up_to": "up to", "range": "middle of a range"}


def claim_row(
    claim: str, kind: str, when: str, value: float, asserter: str, low: float | None, high: float | None
) -> Row:
    """A claim as the chart places it; `low` and `high` only where the source gave a range."""
    row: Row = {"claim": claim, "kind": KIND_NAMES[kind], "when": when, "value": number(value), "class": asserter}
    if kind == "range" and low is not None and high is not None:
        row |= {"low": number(low), "high": number(high)}
    return row


def stock_with_claims(
    estimates: Sequence[Estimate], claims: Sequence[Row], *, classes: Sequence[str], title: str, last: str
) -> Spec:
    """Bands and median, with each used claim as a mark: its shape is the bound, its colour the class of its asserter.

    Claims above the drawn range sit at its upper edge (`clamp`), so that none is hidden. `last` is the last day that a
    used count describes: what lies to the right of it is the model going on by itself.
    """
    top = max((e.interval.upper_95 for e in estimates), default=1.0)
    within = [row["value"] for row in claims if row["value"] <= 2 * top]
    scale = {"domain": [0, number(max([top, *within]) * 1.05)], "clamp": True}
    layers = fan(estimate_rows(estimates), title, colour=MAIN, scale=scale)
    return spec(height=380, layer=[*layers, *_last_count(last), *_claim_layers(claims, classes)])


def _last_count(last: str) -> list[Spec]:
    """A dashed line at the last day that a used count describes."""
    data = {"values": [{"when": last, "words": "last count"}], "name": "last-count"}
    x = time_axis()
    return [
        {"data": data, "mark": {"type": "rule", "strokeDash": [4, 3], "color": MUTED}, "encoding": {"x": x}},
        {
            "data": data,
            "mark": {"type": "text", "align": "right", "dx": -5, "baseline": "top", "color": MUTED},
            "encoding": {"x": x, "y": {"value": 2}, "text": {"field": "words", "type": "nominal"}},
        },
    ]


def _claim_layers(claims: Sequence[Row], classes: Sequence[str]) -> list[Spec]:
    colour = {
        "field": "class",
        "type": "nominal",
        "legend": {"columns": 3, "orient": "top"},
        "scale": {"domain": list(classes), "range": list(CATEGORY[1:] + CATEGORY[:1])[: len(classes)]},
    }
    shape = {
        "field": "kind",
        "type": "nominal",
        "legend": {"orient": "bottom"},
        "scale": {"domain": list(_SHAPES), "range": list(_SHAPES.values())},
    }
    ranges = [row for row in claims if "low" in row]
    x = time_axis()
    rules: list[Spec] = []
    if ranges:
        rules = [
            {
                "data": {"values": ranges},
                "mark": {"type": "rule", "strokeWidth": 1.5},
                "encoding": {
                    "x": x,
                    "y": {"field": "low", "type": "quantitative"},
                    "y2": {"field": "high"},
                    "color": colour,
                },
            }
        ]
    points: Spec = {
        "data": {"values": list(claims)},
        "mark": {"type": "point", "filled": True, "size": 70, "stroke": "white", "strokeWidth": 0.7},
        "encoding": {
            "x": x,
            "y": {"field": "value", "type": "quantitative"},
            "color": colour,
            "shape": shape,
            "tooltip": [{"field": name, "type": "nominal"} for name in ("claim", "kind", "class")],
        },
    }
    return [*rules, points]


def alternatives(estimates: Sequence[Estimate], title: str) -> Spec:
    """One panel per named other choice: its 80 % band and median over the grey band of the interval shown elsewhere."""
    rows: list[Row] = []
    for estimate in estimates:
        base: Mapping[str, Any] = {
            "base_lower": number(estimate.interval.lower_80),
            "base_upper": number(estimate.interval.upper_80),
            "base_median": number(estimate.interval.median),
        }
        when = moment(estimate.period)
        rows += [interval_row(other.interval, when=when, choice=other.name, **base) for other in estimate.alternatives]
    x = time_axis()

    def area(low: str, high: str, colour: str, opacity: float) -> Spec:
        return {
            "mark": {"type": "area", "color": colour, "opacity": opacity},
            "encoding": {
                "x": x,
                "y": {"field": low, "type": "quantitative", "title": title},
                "y2": {"field": high},
            },
        }

    def line(field: str, colour: str, dash: list[int]) -> Spec:
        return {
            "mark": {"type": "line", "color": colour, "strokeDash": dash, "strokeWidth": 2},
            "encoding": {"x": x, "y": {"field": field, "type": "quantitative"}},
        }

    panel = {
        "width": 310,
        "height": 170,
        "layer": [
            area("base_lower", "base_upper", MUTED, 0.25),
            area("lower_80", "upper_80", CATEGORY[1], 0.3),
            line("base_median", INK, [4, 3]),
            line("median", CATEGORY[1], [1, 0]),
        ],
    }
    facet = {
        "field": "choice",
        "type": "nominal",
        "title": None,
        "header": {"labelLimit": 310, "labelFontWeight": "bold"},
    }
    whole = spec(data={"values": rows}, facet=facet, columns=2, spec=panel)
    return {key: value for key, value in whole.items() if key not in ("width", "height")}
