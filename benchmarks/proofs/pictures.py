"""The pictures of the page, as Vega-Lite specs in the brief's own theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from benchmarks.proofs.page import differences
from scipy.stats import binom

from tallystick.brief.charts import CATEGORIES, GRID, QUIET, file_of
from tallystick.brief.document import Chart
from tallystick.calibrate import ecdf
from tallystick.calibrate.coverage import BINS, CONFIDENCE, Verdict
from tallystick.calibrate.kept import Kept
from tallystick.calibrate.recovery import RANKS, UNKNOWN, WHOLE

Plain = dict[str, Any]
PANELS = 4  # in a line
UNTOLD = "escapes"  # estimands of which no picture is drawn


def pictures(found: Plain, kept: Kept, verdict: Verdict) -> dict[str, str]:
    """File name to SVG."""
    charts = [
        _ranks(kept, verdict),
        _histograms(kept),
        _places("pit", "all others lead one to expect", found["predictive"]["places"]),
        _places("prior-pit", "the model expects before it hears any", found["before"]["places"]),
        *map(_trajectory, found["pictures"]),
    ]
    return {f"statistics-{chart.id}.svg": file_of(chart) for chart in charts}


def _chart(id: str, title: str, subtitle: str, alt: str, spec: Plain) -> Chart:
    return Chart(id=id, title=title, subtitle=subtitle, alt=alt, spec=spec, of_runs=True)


def _ranks(kept: Kept, verdict: Verdict) -> Chart:
    sets, curves = len(kept.rank), verdict.curves
    return _chart(
        "ranks",
        "No curve should leave the outer band",
        "Share of ranks below a point less what is expected there; headline quantities, unknowns and the density as "
        "a whole",
        "Many thin curves about zero, between a narrow band for one curve and a wider one for all of them.",
        {
            "data": {"values": list(_curves(kept, verdict))},
            "width": 620,
            "height": 300,
            "layer": [
                _band(sets, curves.family, GRID),
                _band(sets, curves.limit, "#c3dbea"),
                {
                    "mark": {"type": "line", "strokeWidth": 0.6, "opacity": 0.5},
                    "encoding": {
                        "x": {"field": "point", "type": "quantitative", "title": "rank of the truth, per cent"},
                        "y": {"field": "off", "type": "quantitative", "title": "share of data sets, less expected"},
                        "detail": {"field": "quantity", "type": "nominal"},
                        "color": {"field": "kind", "type": "nominal"},
                    },
                },
            ],
        },
    )


def _curves(kept: Kept, verdict: Verdict) -> Iterator[Plain]:
    off, points = differences(kept, RANKS), np.arange(0, RANKS, 3)
    for at, (label, estimand) in enumerate(zip(kept.labels, kept.estimands, strict=True)):
        kind = "headline" if estimand not in (UNKNOWN, WHOLE) else estimand
        kind = "outside its own band" if verdict.curves.odd[at] < verdict.curves.limit else kind
        for point in points.tolist():
            yield {"quantity": label, "kind": kind, "point": point + 1, "off": round(float(off[point, at]), 4)}


def _band(sets: int, least: float, colour: str) -> Plain:
    curve, points = ecdf.band(sets, RANKS, least), (np.arange(RANKS) + 1) / (RANKS + 1)
    rows = [
        {"point": float(100 * point), "low": float(low - point), "high": float(high - point)}
        for point, low, high in zip(points, curve.low, curve.high, strict=True)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "color": colour, "opacity": 0.9},
        "encoding": {
            "x": {"field": "point", "type": "quantitative"},
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
        },
    }


def _histograms(kept: Kept) -> Chart:
    """Shares of ranks in equal bins, pooled by estimand; the band is that of one quantity, the widest there can be."""
    low, high = (float(end) / len(kept.rank) for end in binom.interval(CONFIDENCE, len(kept.rank), 1 / BINS))
    y = {"type": "quantitative", "title": None, "axis": {"format": ".0%", "tickCount": 3}}
    band = {"mark": {"type": "rect", "color": GRID}, "encoding": {"y": {"datum": low}, "y2": {"datum": high}}}
    even = {"mark": {"type": "rule", "color": QUIET}, "encoding": {"y": {"datum": 1 / BINS}}}
    bars = {
        "mark": {"type": "bar", "opacity": 0.75},
        "encoding": {
            "x": {"field": "bin", "type": "ordinal", "title": None, "axis": {"labels": False, "ticks": False}},
            "y": {"field": "share", **y},
        },
    }
    return _chart(
        "histograms",
        "Ranks of planted truths should be flat",
        f"Share of ranks in each tenth of what was drawn, {len(kept.rank)} data sets, quantities of an estimand "
        f"together (how many); grey: {CONFIDENCE:.0%} of what chance does to one quantity alone",
        "Small histograms of ten bars by estimand, each about a line at a tenth, with a grey band.",
        {
            "data": {"values": list(rank_shares(kept))},
            "facet": {"field": "name", "type": "nominal", "title": None, "sort": None, "header": {"labelFontSize": 10}},
            "columns": PANELS,
            "spec": {"width": 135, "height": 80, "layer": [band, bars, even]},
        },
    )


def rank_shares(kept: Kept) -> Iterator[Plain]:
    """Of each estimand but the one that is never told: the share of its ranks in each bin."""
    bins = kept.rank * BINS // (RANKS + 1)
    for estimand in dict.fromkeys(kept.estimands):
        ours = [at for at, name in enumerate(kept.estimands) if name == estimand]
        if not estimand.startswith(UNTOLD):
            for each in range(BINS):
                share = float((bins[:, ours] == each).mean())
                yield {"name": f"{estimand.replace('_', ' ')} ({len(ours)})", "bin": each + 1, "share": round(share, 4)}


def _places(id: str, expected: str, places: list[Plain]) -> Chart:
    kinds = list(dict.fromkeys(one["class"] for one in places))
    counted = [
        {
            "class": kind,
            "bin": at + 1,
            "figures": sum(one["class"] == kind and min(int(one["pit"] * BINS), BINS - 1) == at for one in places),
        }
        for kind in kinds
        for at in range(BINS)
    ]
    return _chart(
        id,
        f"Where published figures fall in what {expected}",
        f"{len(places)} figures in ten bins, from far below what is expected to far above; line: an even spread",
        "A histogram of ten bins by class of asserter, with a line at a tenth of all figures.",
        {
            "data": {"values": counted},
            "width": 620,
            "height": 260,
            "layer": [
                {
                    "mark": "bar",
                    "encoding": {
                        "x": {"field": "bin", "type": "ordinal", "title": "tenth of what is expected"},
                        "y": {"field": "figures", "type": "quantitative", "title": "figures", "stack": True},
                        "color": {"field": "class", "type": "nominal", "sort": kinds},
                    },
                },
                {"data": {"values": [{"even": len(places) / BINS}]}, "mark": {"type": "rule", "color": QUIET},
                 "encoding": {"y": {"field": "even", "type": "quantitative"}}},
            ],
        },
    )  # fmt: skip


def _trajectory(one: Plain) -> Chart:
    share = one["estimand"].endswith("share")
    scale = {"type": "linear", "domain": [0, 1]} if share else {"type": "log"}
    colours = {"domain": ["prior", "posterior"], "range": [CATEGORIES[-1], CATEGORIES[0]]}
    x = {"field": "year", "type": "quantitative", "scale": {"zero": False}, "title": None, "axis": {"format": "d"}}
    return _chart(
        f"{one['estimand']}-{one['host']}",
        f"{one['estimand'].replace('_', ' ')}, {one['host']}: what is held of it before and after claims",
        "Medians and 80 % intervals of the quantity itself by year, without the errors of who claims; points are claims"
        + ("" if share else "; each step up is a multiple"),
        "A wide prior band, a narrower posterior band, and the claims as points.",
        {
            "data": {"values": one["rows"]},
            "width": 620,
            "height": 260,
            "layer": [
                {
                    "mark": {"type": "area", "opacity": 0.25},
                    "encoding": {
                        "x": x,
                        "y": {"field": "low", "type": "quantitative", "scale": scale, "title": None},
                        "y2": {"field": "high"},
                        "color": {"field": "of", "type": "nominal", "scale": colours},
                    },
                },
                {
                    "mark": {"type": "line"},
                    "encoding": {
                        "x": x,
                        "y": {"field": "middle", "type": "quantitative", "scale": scale},
                        "color": {"field": "of", "type": "nominal", "scale": colours},
                    },
                },
                {
                    "data": {"values": one["claims"]},
                    "mark": {"type": "point", "color": CATEGORIES[1]},
                    "encoding": {"x": x, "y": {"field": "figure", "type": "quantitative", "scale": scale}},
                },
            ],
        },
    )
