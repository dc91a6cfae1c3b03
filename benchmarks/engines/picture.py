"""Two panels as SVG: time against runs and against persons, both axes logarithmic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.engines.entries import CURVE_FIXED
from benchmarks.engines.problem import PEOPLE

WIDTH, HEIGHT, LEFT, TOP, GAP = 340, 220, 60, 40, 90
INK, LINE, PALE = "#222222", "#0b6e8f", "#dddddd"
STYLE = 'font-family="sans-serif" font-size="12"'


def picture(curves: dict[str, Sequence[dict[str, Any]]]) -> str:
    """The picture; times of both panels share one axis."""
    times = [point["wall_s"] for points in curves.values() for point in points]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    panels = (("runs", f"runs ({PEOPLE:,} persons)"), ("people", f"persons ({CURVE_FIXED:,} runs)"))
    body = [
        line
        for number, (name, label) in enumerate(panels)
        for line in _panel(LEFT + number * (WIDTH + GAP), curves[name], name, label, (low, high))
    ]
    size = f'width="{LEFT + 2 * WIDTH + GAP + 30}" height="{TOP + HEIGHT + 60}"'
    title = "<title>Time of the exact ensemble against runs and against persons</title>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {STYLE} fill="{INK}">{title}\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _panel(
    left: float, points: Sequence[dict[str, Any]], of: str, label: str, range_: tuple[int, int]
) -> Iterator[str]:
    first, last = (math.log10(points[end][of]) for end in (0, -1))
    low, high = range_

    def across(value: float) -> float:
        return left + WIDTH * (math.log10(value) - first) / (last - first)

    def down(value: float) -> float:
        return TOP + HEIGHT * (high - math.log10(value)) / (high - low)

    yield f'<text x="{left}" y="{TOP - 16}">time, seconds</text>'
    for power in range(low, high + 1):
        y = down(10.0**power)
        yield f'<line x1="{left}" x2="{left + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{PALE}"/>'
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
    for power in range(math.ceil(first), math.floor(last) + 1):
        x = across(10.0**power)
        yield f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{10**power:,}</text>'
    yield f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 40}" text-anchor="middle">{label}</text>'
    places = [(across(point[of]), down(point["wall_s"])) for point in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{LINE}"/>' for x, y in places)
