"""The causal picture: which quantity pushes which, with the sign of each push, and the loops that these form.

An arrow with a plus: more of this, more of that than there would be. An arrow with a minus: more of this, less of that.
A loop whose signs multiply to plus feeds itself (R), to minus holds itself back (B). The picture knows signs and no
sizes.

Safety. The loops that touch on escape are inside the model, as signs, and nothing here draws them, their arrows or
their variables: we read "no chart shows its effect" as including a sign.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations
from math import ceil
from typing import Final, NamedTuple

from tallystick.brief.diagrams import look, shapes, sides
from tallystick.brief.diagrams.alternative import causal_loops_words
from tallystick.brief.diagrams.elements import Wording, capital, shown_loops
from tallystick.brief.diagrams.layout import Arranged, Direction, Edge, Node, arranged
from tallystick.brief.diagrams.legend import draw_legend, draw_note
from tallystick.brief.diagrams.look import Look
from tallystick.brief.diagrams.measure import width_of
from tallystick.brief.diagrams.pushes import (
    INKS,
    MARK,
    NOTE,
    PAD,
    SIGN,
    Push,
    by_number,
    draw_mark,
    draw_push,
    draw_sign,
    draw_variable,
    has_assumed_part,
    legend,
    pushes_of,
    variable_size,
)
from tallystick.brief.diagrams.rings import draw_ring
from tallystick.brief.diagrams.scene import Box, Point, Scene, Words, stroke
from tallystick.stocks.text import Loop, Text

RINGS_ABREAST: Final = 3
RINGS_APART: Final = 26.0
STEP: Final = 4.0  # px between places that are tried for a mark
AIR: Final = 3.0  # px around a mark
SPACING: Final = {
    "layer_gap": 46.0,
    "node_gap": 30.0,
    "port_gap": 2 * SIGN + 3,
    "dummy_gap": 2 * SIGN + 5,
    "stub": 26.0,
    "isolated_gap": 30.0,
}
DIRECTIONS: Final[tuple[Direction, ...]] = ("topbottom", "leftright")


class Drawn(NamedTuple):
    """A network of loops as it lies on the canvas."""

    pushes: Sequence[Push]
    ways: Sequence[tuple[Point, ...]]
    boxes: Mapping[str, Box]


def causal_loops(text: Text, wording: Wording) -> Scene:
    """The picture for a page, before it becomes SVG."""
    wanted = look.LOOPS
    scene = Scene("causal-loops", "What pushes what", causal_loops_words(text, wording), wanted.width)
    together, alone = _split(shown_loops(text))
    bottom = _draw_network(scene, together, wording, wanted) if together else look.MARGIN
    bottom = _draw_alone(scene, alone, wording, bottom, wanted)
    scene.under.append(shapes.rule(Point(look.MARGIN, bottom), scene.width - 2 * look.MARGIN, stroke=look.HAIR))
    bottom = draw_legend(scene, legend(), bottom + 12, wanted)
    scene.height = draw_note(scene, NOTE, bottom, wanted) + look.MARGIN
    return scene


def _split(loops: Sequence[Loop]) -> tuple[list[Loop], list[Loop]]:
    """Loops that share a quantity with another, and those that stand alone."""
    names = {loop.id: {name for name, _ in loop.path} for loop in loops}
    shared = {one.id for one, other in permutations(loops, 2) if names[one.id] & names[other.id]}
    return [loop for loop in loops if loop.id in shared], [loop for loop in loops if loop.id not in shared]


def _draw_network(scene: Scene, loops: Sequence[Loop], wording: Wording, wanted: Look) -> float:
    """Loops that hang together, with their names; how far down they reach."""
    pushes = pushes_of(loops, wording)
    names = {name: capital(wording.of(name)) for loop in loops for name, _ in loop.path}
    where = _placed(names, pushes, wanted)
    scene.width = max(wanted.width, where.width + 2 * look.MARGIN)
    drawn = _moved(where, pushes, Point((scene.width - where.width) / 2, look.MARGIN))
    for push, way in zip(pushes, drawn.ways, strict=True):
        draw_push(scene, push, way)
    for name, words in names.items():
        draw_variable(scene, name, words, drawn.boxes[name], wanted)
    for push, way in zip(pushes, drawn.ways, strict=True):
        draw_sign(scene, push, way)
    scene.height = where.height + 2 * look.MARGIN
    for loop in sorted(loops, key=lambda one: len(one.path)):
        at = _spot(scene, _outline(loop, drawn), _own(loop, drawn))
        draw_mark(scene, loop, at, is_dashed=has_assumed_part(loop, wording))
    return _key(scene, loops, where.height + look.GAP, wanted)


def _moved(where: Arranged, pushes: Sequence[Push], corner: Point) -> Drawn:
    boxes = {name: box.moved(*corner) for name, box in where.boxes.items()}
    ways = [tuple(Point(at.x + corner.x, at.y + corner.y) for at in way) for way in where.ways]
    return Drawn(pushes, ways, boxes)


def _draw_alone(scene: Scene, loops: Sequence[Loop], wording: Wording, top: float, wanted: Look) -> float:
    """Loops that stand alone, as rings abreast; how far down they reach."""
    ordered, bottom = sorted(loops, key=by_number), top
    across = (scene.width - 2 * look.MARGIN + RINGS_APART) / RINGS_ABREAST
    for first in range(0, len(ordered), RINGS_ABREAST):
        row = ordered[first : first + RINGS_ABREAST]
        ends = [
            draw_ring(scene, loop, wording, Point(look.MARGIN + place * across, bottom), across - RINGS_APART, wanted)
            for place, loop in enumerate(row)
        ]
        bottom = max(ends) + RINGS_APART
    return bottom


def _placed(names: dict[str, str], pushes: Sequence[Push], wanted: Look) -> Arranged:
    """The layout with the fewest crossings that fits the canvas, else the narrowest."""
    edges = [Edge(push.source, push.target, 2.0, float(len(push.loops))) for push in pushes]
    tried = []
    for direction in DIRECTIONS:
        nodes = [Node(name, *_with_room(name, words, pushes, direction, wanted)) for name, words in names.items()]
        tried.append(arranged(nodes, edges, direction, spacing=SPACING))
    fitting = [one for one in tried if one.width <= wanted.width - 2 * look.MARGIN]
    return min(fitting, key=lambda one: one.crossings) if fitting else min(tried, key=lambda one: one.width)


def _with_room(
    name: str, words: str, pushes: Sequence[Push], direction: Direction, wanted: Look
) -> tuple[float, float]:
    """The size of a variable, with a side long enough for its arrows to stand apart."""
    width, height = variable_size(words, wanted)
    ends = max(sum(push.source == name for push in pushes), sum(push.target == name for push in pushes))
    side = 2 * PAD + ends * 11.0
    return (width, max(height, side)) if direction == "leftright" else (max(width, side), height)


def _outline(loop: Loop, drawn: Drawn) -> list[Point]:
    """The closed way along the arrows of a loop and through the middles of its variables."""
    found = {(push.source, push.target, push.sign): way for push, way in zip(drawn.pushes, drawn.ways, strict=True)}
    outline: list[Point] = []
    for (one, sign), (other, _) in pairwise([*loop.path, loop.path[0]]):
        box = drawn.boxes[one]
        outline += [Point(box.x + box.width / 2, box.y + box.height / 2), *found[one, other, sign]]
    return outline


def _own(loop: Loop, drawn: Drawn) -> list[Point]:
    """Middles of the arrows that no other loop uses; of all its arrows when it has none of its own."""
    using = [(push, way) for push, way in zip(drawn.pushes, drawn.ways, strict=True) if loop.id in push.loops]
    own = [way for push, way in using if push.loops == (loop.id,)] or [way for _, way in using]
    return [Point((one.x + other.x) / 2, (one.y + other.y) / 2) for way in own for one, other in pairwise(way)]


def _spot(scene: Scene, outline: list[Point], own: list[Point]) -> Point:
    """Inside the loop and near an arrow of its own; next to its arrows where it has no room inside."""
    free = _free_spots(scene, own)
    return next((spot for spot in free if winds(outline, spot)), free[0])


def _free_spots(scene: Scene, near: Sequence[Point]) -> list[Point]:
    """Points of a grid where a mark lies on nothing; first those that are nearest to one of `near`."""
    import numpy as np

    x, y = np.meshgrid(np.arange(MARK, scene.width - MARK, STEP), np.arange(MARK, scene.height - MARK, STEP))
    is_free = np.ones(x.shape, dtype=bool)
    for box in _taken(scene):
        across = np.maximum(box.x - x, x - box.right)
        down = np.maximum(box.y - y, y - box.bottom)
        is_free &= np.maximum(across, down) >= MARK + AIR
    x, y = x[is_free], y[is_free]
    far = np.min([np.hypot(x - at.x, y - at.y) for at in near], axis=0)
    order = np.argsort(far, kind="stable")
    return [Point(float(left), float(top)) for left, top in zip(x[order], y[order], strict=True)]


def _taken(scene: Scene) -> list[Box]:
    lines = [one for line in scene.lines for one in map(stroke, pairwise(line.points))]
    return [solid.box for solid in scene.solids] + lines


def winds(outline: Sequence[Point], at: Point) -> bool:
    """Whether the closed way runs around the point, by its winding number."""
    turns = 0
    for one, other in pairwise([*outline, outline[0]]):
        side = (other.x - one.x) * (at.y - one.y) - (at.x - one.x) * (other.y - one.y)
        if one.y <= at.y < other.y and side > 0:
            turns += 1
        if other.y <= at.y < one.y and side < 0:
            turns -= 1
    return turns != 0


def _key(scene: Scene, loops: Sequence[Loop], top: float, wanted: Look) -> float:
    """The names of the loops: where the picture is empty, or below it in columns; how far down the picture reaches."""
    ordered, line = sorted(loops, key=by_number), wanted.small * 1.6
    wide = 30 + max(width_of(capital(loop.name), wanted.small) for loop in loops)
    free = sides.free_place(scene, wide, line * len(loops), top, from_below=True)
    if free is not None:
        for row, loop in enumerate(ordered):
            _key_line(scene, loop, Point(free.x, free.y + row * line + wanted.small), wanted)
        return top
    columns = max(1, int((scene.width - 2 * look.MARGIN) // (wide + 14)))
    rows = ceil(len(loops) / columns)
    for number, loop in enumerate(ordered):
        column, row = divmod(number, rows)
        _key_line(scene, loop, Point(look.MARGIN + column * (wide + 14), top + 18 + row * line), wanted)
    return top + 18 + rows * line


def _key_line(scene: Scene, loop: Loop, at: Point, wanted: Look) -> None:
    said = Words(text=loop.id, at=at, size=wanted.small, colour=INKS[loop.sign], is_bold=True)
    name = Words(text=capital(loop.name), at=Point(at.x + 28, at.y), size=wanted.small, colour=look.WORDS)
    scene.words += [said, name]
