"""The causal picture: which quantity pushes which, with the sign of each push, and the loops that these form.

An arrow with a plus: more of this, more of that than there would be. An arrow with a minus: more of this, less of that.
A loop whose signs multiply to plus feeds itself (R), to minus holds itself back (B). The picture knows signs and no
sizes.

Safety. The loops in which control answers escape and held pay keeps people from leaving are inside the model, as signs,
and nothing here draws them, their arrows or their variables: we read "no chart shows its effect" as including a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, hypot
from typing import Final, NamedTuple

from tallystick.brief.diagrams import look, shapes, sides
from tallystick.brief.diagrams.alternative import causal_loops_words
from tallystick.brief.diagrams.elements import ASSUMED, Wording, capital, shown_loops, status_of
from tallystick.brief.diagrams.layout import Arranged, Direction, Edge, Node, arranged
from tallystick.brief.diagrams.legend import Entry, draw_legend, draw_note
from tallystick.brief.diagrams.look import Look
from tallystick.brief.diagrams.measure import ASCENT, LEADING, width_of, wrapped
from tallystick.brief.diagrams.scene import Box, Line, Point, Scene, Solid, Words, stroke
from tallystick.stocks.text import Loop, Text

PAD: Final = 6.0
SIGN: Final = 6.5  # px; radius of a sign
MARK: Final = 15.0  # px; radius of a turning arrow
STEP: Final = 4.0  # px between places that are tried for a mark
AIR: Final = 3.0  # px around a mark
SPACING: Final = {
    "layer_gap": 40.0,
    "node_gap": 30.0,
    "port_gap": 2 * SIGN + 3,
    "dummy_gap": 2 * SIGN + 5,
    "stub": 15.0,
    "isolated_gap": 30.0,
}
INKS: Final = {"+": look.PLUS, "-": look.MINUS}
DIRECTIONS: Final[tuple[Direction, ...]] = ("topbottom", "leftright")
NOTE: Final = (
    "Loops in which control answers escape are part of the model, as signs alone, and are left out here on purpose."
)


class Push(NamedTuple):
    """One arrow, with the loops that it belongs to."""

    source: str
    target: str
    sign: str
    loops: tuple[str, ...]
    is_assumed: bool


def causal_loops(text: Text, wording: Wording) -> Scene:
    """The picture for a page, before it becomes SVG."""
    loops, wanted = shown_loops(text), look.LOOPS
    scene = Scene("causal-loops", "What pushes what", causal_loops_words(text, wording), wanted.width)
    pushes, names = (
        pushes_of(loops, wording),
        {name: capital(wording.of(name)) for loop in loops for name, _ in loop.path},
    )
    where = _placed(names, pushes, wanted)
    scene.width = max(wanted.width, where.width + 2 * look.MARGIN)
    corner = Point((scene.width - where.width) / 2, look.MARGIN)
    boxes = {name: box.moved(*corner) for name, box in where.boxes.items()}
    ways = [tuple(Point(at.x + corner.x, at.y + corner.y) for at in way) for way in where.ways]
    for push, way in zip(pushes, ways, strict=True):
        draw_push(scene, push, way)
    for name, words in names.items():
        draw_variable(scene, name, words, boxes[name], wanted)
    for push, way in zip(pushes, ways, strict=True):
        draw_sign(scene, push, way)
    scene.height = where.height + 2 * look.MARGIN
    for loop in sorted(loops, key=lambda one: len(one.path)):
        at = _spot(scene, _outline(loop, pushes, ways, boxes), _own(loop, pushes, ways))
        draw_mark(scene, loop, at, is_dashed=has_assumed_part(loop, wording))
    bottom = _key(scene, loops, where.height + look.GAP, wanted)
    scene.under.append(shapes.rule(Point(look.MARGIN, bottom), scene.width - 2 * look.MARGIN, stroke=look.HAIR))
    bottom = draw_legend(scene, legend(), bottom + 12, wanted)
    scene.height = draw_note(scene, NOTE, bottom, wanted) + look.MARGIN
    return scene


def pushes_of(loops: Sequence[Loop], wording: Wording) -> list[Push]:
    """Each arrow once, with all the loops that use it; assumed only when all of them are."""
    found: dict[tuple[str, str, str], list[Loop]] = {}
    for loop in loops:
        for (one, sign), (other, _) in pairwise([*loop.path, loop.path[0]]):
            found.setdefault((one, other, sign), []).append(loop)
    return [
        Push(*ends, tuple(loop.id for loop in using), all(status_of(loop, wording) == ASSUMED for loop in using))
        for ends, using in found.items()
    ]


def legend() -> list[Entry]:
    """The signs of this picture."""
    return [
        Entry(lambda at: _push_sample(at, "+", is_dashed=False), "more of this, more of that"),
        Entry(lambda at: _push_sample(at, "-", is_dashed=False), "more of this, less of that"),
        Entry(lambda at: _push_sample(at, "", is_dashed=True), "assumed, or a part of it is"),
    ]


def draw_push(scene: Scene, push: Push, way: tuple[Point, ...]) -> None:
    """The arrow without its sign."""
    ink = INKS[push.sign]
    scene.under.append(shapes.line(shapes.shortened(way, 8), stroke=ink, width=1.8, is_dashed=push.is_assumed))
    scene.under.append(shapes.head(way, fill=ink, size=8))
    scene.lines.append(Line(push.source, push.target, way, 1.8))


def draw_sign(scene: Scene, push: Push, way: tuple[Point, ...]) -> None:
    """The sign on its line, as near to the arrowhead as nothing else is."""
    taken = [solid.box.grown(0.5) for solid in scene.solids]
    others = [one for line in scene.lines if line.points != way for one in map(stroke, pairwise(line.points))]
    spots = _along(way)
    apart = (spot for spot in spots if not _hits(_round(spot, SIGN + 1.5), [*taken, *others]))
    at = next(apart, None) or next((spot for spot in spots if not _hits(_round(spot, SIGN), taken)), spots[0])
    scene.solids.append(Solid(f"sign {push.source} {push.target}", _round(at, SIGN)))
    scene.over.append(shapes.disc(at, SIGN, fill=look.PAPER, stroke=INKS[push.sign]))
    scene.over.append(shapes.cross(at, SIGN - 3, stroke=INKS[push.sign], is_plus=push.sign == "+"))


def draw_variable(scene: Scene, name: str, words: str, box: Box, wanted: Look) -> None:
    """A quantity as words on a quiet ground."""
    scene.solids.append(Solid(name, box))
    scene.over.append(shapes.box(box, fill=look.WASH, stroke="none", width=0, radius=4))
    lines = wrapped(words, wanted.name, wanted.box, is_bold=True)
    top = box.y + (box.height - len(lines) * wanted.name * LEADING) / 2
    for number, line in enumerate(lines):
        at = Point(box.x + box.width / 2, top + number * wanted.name * LEADING + ASCENT * wanted.name + 2)
        said = Words(text=line, at=at, size=wanted.name, colour=look.WORDS, anchor="middle", is_bold=True, inside=name)
        scene.words.append(said)


def draw_mark(scene: Scene, loop: Loop, at: Point, *, is_dashed: bool) -> None:
    """The id of a loop within an arrow that turns; dashed when a part of it is assumed."""
    scene.solids.append(Solid(f"mark {loop.id}", _round(at, MARK)))
    ink = INKS[loop.sign]
    scene.over.append(shapes.turning(at, MARK - 3, stroke=ink, is_clockwise=loop.sign == "+", is_dashed=is_dashed))
    below = Point(at.x, at.y + 4)
    said = Words(text=loop.id, at=below, size=11.5, colour=ink, anchor="middle", is_bold=True, inside=f"mark {loop.id}")
    scene.words.append(said)


def has_assumed_part(loop: Loop, wording: Wording) -> bool:
    """Whether a link of the loop, or all of it, is assumed."""
    return ASSUMED in status_of(loop, wording)


def variable_size(words: str, wanted: Look) -> tuple[float, float]:
    """Room of a variable."""
    lines = wrapped(words, wanted.name, wanted.box, is_bold=True)
    width = max(width_of(line, wanted.name, is_bold=True) for line in lines)
    return width + 2 * PAD, len(lines) * wanted.name * LEADING + 2 * PAD


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


def _outline(
    loop: Loop, pushes: Sequence[Push], ways: Sequence[tuple[Point, ...]], boxes: dict[str, Box]
) -> list[Point]:
    """The closed way along the arrows of a loop and through the middles of its variables."""
    found = {(push.source, push.target, push.sign): way for push, way in zip(pushes, ways, strict=True)}
    outline: list[Point] = []
    for (one, sign), (other, _) in pairwise([*loop.path, loop.path[0]]):
        box = boxes[one]
        outline += [Point(box.x + box.width / 2, box.y + box.height / 2), *found[one, other, sign]]
    return outline


def _own(loop: Loop, pushes: Sequence[Push], ways: Sequence[tuple[Point, ...]]) -> list[Point]:
    """Corners of the arrows that no other loop uses; of all its arrows when it has none of its own."""
    using = [(push, way) for push, way in zip(pushes, ways, strict=True) if loop.id in push.loops]
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


def _along(way: Sequence[Point]) -> list[Point]:
    """Points on the line, from behind its arrowhead back to its start."""
    spots: list[Point] = []
    for end, start in pairwise(reversed(way)):
        long = hypot(end.x - start.x, end.y - start.y)
        first = 10 + SIGN if not spots and end == way[-1] else SIGN
        for step in range(int(max(0.0, long - first) // 3) + 1):
            share = min(1.0, (first + 3 * step) / long) if long else 0.0
            spots.append(Point(end.x + (start.x - end.x) * share, end.y + (start.y - end.y) * share))
    return spots


def _hits(box: Box, taken: Sequence[Box]) -> bool:
    return any(box.meets(other) for other in taken)


def _round(at: Point, radius: float) -> Box:
    return Box(at.x - radius, at.y - radius, 2 * radius, 2 * radius)


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


def by_number(loop: Loop) -> tuple[str, int, str]:
    """Loops that feed themselves first; R2 before R10."""
    return loop.sign, len(loop.id), loop.id


def _push_sample(at: Box, sign: str, *, is_dashed: bool) -> list[str]:
    middle, ink = at.y + at.height / 2, INKS.get(sign, look.CONDITIONS)
    points = (Point(at.x, middle), Point(at.right, middle))
    drawn = [shapes.line(shapes.shortened(points, 8), stroke=ink, width=1.8, is_dashed=is_dashed)]
    drawn.append(shapes.head(points, fill=ink, size=8))
    if sign:
        drawn.append(shapes.disc(Point(at.x + 11, middle), SIGN, fill=look.PAPER, stroke=ink))
        drawn.append(shapes.cross(Point(at.x + 11, middle), SIGN - 3, stroke=ink, is_plus=sign == "+"))
    return drawn
