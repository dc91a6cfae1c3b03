"""The few shapes that the pictures are made of, as SVG elements: boxes, clouds, arrows, valves, turning arrows."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from typing import Final

from tallystick.brief.diagrams.scene import Box, Point, px

DASH: Final = "5 4"  # assumed, not reported
CORNER: Final = 9.0  # px; radius where a line turns
BULGE: Final = 6.5  # px that the arcs of a cloud stand out


def box(at: Box, *, fill: str, stroke: str, width: float = 1.5, radius: float = 5, is_dashed: bool = False) -> str:
    """A rectangle with rounded corners."""
    return (
        f'<rect x="{px(at.x)}" y="{px(at.y)}" width="{px(at.width)}" height="{px(at.height)}" rx="{px(radius)}" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{px(width)}"{_dash(is_dashed)}/>'
    )


def cloud(at: Box, *, fill: str, stroke: str) -> str:
    """A source or an end outside the picture: arcs around a box with round corners, all of it inside `at`."""
    inner = at.grown(-BULGE)
    ring = _around(inner, radius=min(inner.width, inner.height) / 2.6)
    arcs = [_arc(one, other) for one, other in zip(ring, ring[1:] + ring[:1], strict=True)]
    start = f"M{px(ring[0].x)} {px(ring[0].y)}"
    return f'<path d="{start}{"".join(arcs)}Z" fill="{fill}" stroke="{stroke}" stroke-width="1.3"/>'


def _around(at: Box, radius: float) -> list[Point]:
    """Points at equal steps along a box with round corners, clockwise from the middle of its top."""
    flat = [
        at.width / 2 - radius,
        at.height - 2 * radius,
        at.width - 2 * radius,
        at.height - 2 * radius,
        at.width / 2 - radius,
    ]
    bend = pi * radius / 2
    total = sum(flat) + 4 * bend
    count = max(8, round(total / 24))
    return [_walked(at, radius, flat, bend, total * step / count) for step in range(count)]


def _walked(at: Box, radius: float, flat: Sequence[float], bend: float, way: float) -> Point:
    """Where one stands after walking that far: along a side, around a corner, along the next side, ..."""
    middles = [(at.right, at.y, -1, 1), (at.right, at.bottom, -1, -1), (at.x, at.bottom, 1, -1), (at.x, at.y, 1, 1)]
    start = Point(at.x + at.width / 2, at.y)
    for number, length in enumerate(flat):
        heading = number * pi / 2
        if way <= length or number == len(flat) - 1:
            return Point(start.x + way * cos(heading), start.y + way * sin(heading))
        way -= length
        x, y, to_x, to_y = middles[number]
        centre = Point(x + to_x * radius, y + to_y * radius)
        if way <= bend:
            turn = heading - pi / 2 + way / radius
            return Point(centre.x + radius * cos(turn), centre.y + radius * sin(turn))
        way -= bend
        turn = heading
        start = Point(centre.x + radius * cos(turn), centre.y + radius * sin(turn))
    raise AssertionError("the last side always ends the walk")


def _arc(one: Point, other: Point) -> str:
    radius = hypot(other.x - one.x, other.y - one.y) * 0.58
    return f"A{px(radius)} {px(radius)} 0 0 1 {px(other.x)} {px(other.y)}"


def line(points: Sequence[Point], *, stroke: str, width: float, is_dashed: bool = False) -> str:
    """A polyline with rounded corners."""
    return (
        f'<path d="{_rounded(points)}" fill="none" stroke="{stroke}" stroke-width="{px(width)}" '
        f'stroke-linejoin="round"{_dash(is_dashed)}/>'
    )


def _rounded(points: Sequence[Point]) -> str:
    parts = [f"M{px(points[0].x)} {px(points[0].y)}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        start, end = _toward(corner, before, radius), _toward(corner, after, radius)
        parts.append(f"L{px(start.x)} {px(start.y)}Q{px(corner.x)} {px(corner.y)} {px(end.x)} {px(end.y)}")
    return "".join(parts) + f"L{px(points[-1].x)} {px(points[-1].y)}"


def head(points: Sequence[Point], *, fill: str, size: float) -> str:
    """An arrowhead with its tip at the last point."""
    tip, back = points[-1], _toward(points[-1], points[-2], size * 1.25)
    across = Point((tip.y - back.y) / 1.25 * 0.55, (back.x - tip.x) / 1.25 * 0.55)
    corners = [tip, Point(back.x + across.x, back.y + across.y), Point(back.x - across.x, back.y - across.y)]
    return f'<polygon points="{_pairs(corners)}" fill="{fill}"/>'


def shortened(points: Sequence[Point], by: float) -> tuple[Point, ...]:
    """The line without its last bit, so that it ends under the arrowhead and not beyond its tip."""
    return (*points[:-1], _toward(points[-1], points[-2], min(by, _length(points[-1], points[-2]) / 2)))


def valve(at: Point, *, fill: str, size: float) -> str:
    """A bow tie: what lets a flow through."""
    half = size / 2
    corners = [(-half, -half), (half, half), (half, -half), (-half, half)]
    return f'<polygon points="{_pairs([Point(at.x + x, at.y + y) for x, y in corners])}" fill="{fill}"/>'


def turning(at: Point, radius: float, *, stroke: str, is_clockwise: bool, is_dashed: bool) -> str:
    """An arrow that runs around nearly once."""
    way = 1 if is_clockwise else -1
    angle = [-pi / 2 + way * (0.42 + share) for share in (0.0, 2 * pi - 0.95)]
    start, end = (Point(at.x + radius * cos(one), at.y + radius * sin(one)) for one in angle)
    sweep = 1 if is_clockwise else 0
    path = f"M{px(start.x)} {px(start.y)}A{px(radius)} {px(radius)} 0 1 {sweep} {px(end.x)} {px(end.y)}"
    along = Point(-way * sin(angle[1]), way * cos(angle[1]))
    tip = Point(end.x + along.x * 6, end.y + along.y * 6)
    return (
        f'<path d="{path}" fill="#ffffff" stroke="{stroke}" stroke-width="1.6"{_dash(is_dashed)}/>'
        f"{head([end, tip], fill=stroke, size=7)}"
    )


def disc(at: Point, radius: float, *, fill: str, stroke: str) -> str:
    return (
        f'<circle cx="{px(at.x)}" cy="{px(at.y)}" r="{px(radius)}" fill="{fill}" stroke="{stroke}" stroke-width="1.3"/>'
    )


def cross(at: Point, reach: float, *, stroke: str, is_plus: bool) -> str:
    """A plus or a minus, drawn and not typed: no font moves it."""
    upright = f"M{px(at.x)} {px(at.y - reach)}V{px(at.y + reach)}" if is_plus else ""
    path = f"M{px(at.x - reach)} {px(at.y)}H{px(at.x + reach)}{upright}"
    return f'<path d="{path}" stroke="{stroke}" stroke-width="1.8" fill="none"/>'


def _length(one: Point, other: Point) -> float:
    return hypot(other.x - one.x, other.y - one.y)


def _toward(start: Point, goal: Point, by: float) -> Point:
    """The point `by` px from `start` on the way to `goal`."""
    far = _length(start, goal) or 1.0
    return Point(start.x + (goal.x - start.x) * by / far, start.y + (goal.y - start.y) * by / far)


def _pairs(points: Sequence[Point]) -> str:
    return " ".join(f"{px(point.x)},{px(point.y)}" for point in points)


def _dash(is_dashed: bool) -> str:
    return f' stroke-dasharray="{DASH}"' if is_dashed else ""


def rule(start: Point, length: float, *, stroke: str) -> str:
    """A thin line across the canvas."""
    return f'<path d="M{px(start.x)} {px(start.y)}h{px(length)}" stroke="{stroke}" stroke-width="1" fill="none"/>'
