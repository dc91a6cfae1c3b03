"""Every loop as a ring of its own: the causal picture for a phone, and for whoever wants one loop at a time.

The first variables run down on the left, the others up on the right, and the turning arrow stands in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tallystick.brief.diagrams import look, pushes, shapes
from tallystick.brief.diagrams.alternative import causal_loops_words
from tallystick.brief.diagrams.elements import ASSUMED, Wording, capital, shown_loops, status_of
from tallystick.brief.diagrams.legend import draw_legend, draw_note
from tallystick.brief.diagrams.look import Look
from tallystick.brief.diagrams.measure import LEADING
from tallystick.brief.diagrams.scene import Box, Point, Scene, Words
from tallystick.stocks.text import Loop, Text

PITCH: Final = 74.0  # px from one variable to the one below
TITLE: Final = 30.0
APART: Final = 24.0
SPREAD: Final = 22.0  # px from the middle to either arrow where two variables face each other


def loop_rings(text: Text, wording: Wording) -> Scene:
    """The picture before it becomes SVG, as wide as a phone."""
    wanted = look.NARROW._replace(box=100)
    scene = Scene("causal-loops-narrow", "What pushes what", causal_loops_words(text, wording), wanted.width)
    bottom, wide = look.MARGIN, wanted.width - 2 * look.MARGIN
    for loop in sorted(shown_loops(text), key=pushes.by_number):
        bottom = draw_ring(scene, loop, wording, Point(look.MARGIN, bottom), wide, wanted) + APART
    bottom = draw_legend(scene, pushes.legend(), bottom, wanted)
    scene.height = draw_note(scene, pushes.NOTE, bottom + 2, wanted) + look.MARGIN
    return scene


def draw_ring(scene: Scene, loop: Loop, wording: Wording, corner: Point, width: float, wanted: Look) -> float:
    """One loop below its name, from that corner; how far down it reaches."""
    left, top = corner
    scene.under.append(shapes.rule(Point(left, top), width, stroke=look.HAIR))
    at = Point(left, top + wanted.name * LEADING + 3)
    said = f"{loop.id}  {capital(loop.name)}"
    title = Words(text=said, at=at, size=wanted.name + 1, colour=pushes.INKS[loop.sign], is_bold=True)
    scene.words.append(title)
    boxes, bottom = _boxes(loop, wording, Point(left, top + TITLE), width, wanted)
    links = [
        pushes.Push(f"{loop.id} {one}", f"{loop.id} {other}", sign, (loop.id,), status_of(loop, wording) == ASSUMED)
        for (one, sign), (other, _) in pairwise([*loop.path, loop.path[0]])
    ]
    ways = _ways(boxes)
    for push, way in zip(links, ways, strict=True):
        pushes.draw_push(scene, push, way)
    for (name, _), box in zip(loop.path, boxes, strict=True):
        pushes.draw_variable(scene, f"{loop.id} {name}", capital(wording.of(name)), box, wanted)
    for push, way in zip(links, ways, strict=True):
        pushes.draw_sign(scene, push, way)
    at = Point(left + width / 2, (top + TITLE + bottom) / 2)
    pushes.draw_mark(scene, loop, at, is_dashed=pushes.has_assumed_part(loop, wording))
    return bottom


def _boxes(loop: Loop, wording: Wording, corner: Point, width: float, wanted: Look) -> tuple[list[Box], float]:
    """A box for each variable in the order of the path, and how far down they reach."""
    sizes = [pushes.variable_size(capital(wording.of(name)), wanted) for name, _ in loop.path]
    on_left = (len(sizes) + 1) // 2
    tall = max(height for _, height in sizes)
    pitch = max(PITCH, tall + 34)
    if len(sizes) == 2:
        sizes, tall = [(wide, 2 * SPREAD + 22) for wide, _ in sizes], 2 * SPREAD + 22
    first, step = corner.y + tall / 2, 0.5 * pitch * (len(sizes) % 2)
    down = [first + row * pitch for row in range(on_left)]
    up = [down[-1] - step - row * pitch for row in range(len(sizes) - on_left)]
    widest = max(wide for wide, _ in sizes)
    left, right = corner.x + widest / 2, corner.x + width - widest / 2
    middles = [Point(left, y) for y in down] + [Point(right, y) for y in up]
    placed = [
        Box(at.x - wide / 2, at.y - height / 2, wide, height) for at, (wide, height) in zip(middles, sizes, strict=True)
    ]
    return placed, down[-1] + tall / 2


def _ways(boxes: Sequence[Box]) -> list[tuple[Point, ...]]:
    """From each box to the next and from the last to the first."""
    if len(boxes) == 2:
        left, right = boxes
        above, below = left.y + left.height / 2 - SPREAD, left.y + left.height / 2 + SPREAD
        return [
            (Point(left.right, above), Point(right.x, above)),
            (Point(right.x, below), Point(left.right, below)),
        ]
    return [_way(one, other) for one, other in pairwise([*boxes, boxes[0]])]


def _way(one: Box, other: Box) -> tuple[Point, ...]:
    """Straight down or up a side, straight across, or around one corner."""
    start, end = _middle(one), _middle(other)
    if abs(start.x - end.x) < 1:
        is_down = start.y < end.y
        return Point(start.x, one.bottom if is_down else one.y), Point(start.x, other.y if is_down else other.bottom)
    is_right = start.x < end.x
    leave = Point(one.right if is_right else one.x, start.y)
    if abs(start.y - end.y) < 1:
        return leave, Point(other.x if is_right else other.right, start.y)
    if is_right:
        return leave, Point(end.x, start.y), Point(end.x, other.bottom)
    return Point(start.x, one.y), Point(start.x, end.y), Point(other.right, end.y)


def _middle(box: Box) -> Point:
    return Point(box.x + box.width / 2, box.y + box.height / 2)
