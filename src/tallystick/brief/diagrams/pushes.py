"""What causal pictures are made of: arrows with signs, quantities as words, and loops as turning arrows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import Final, NamedTuple

from tallystick.brief.diagrams import look, shapes
from tallystick.brief.diagrams.elements import ASSUMED, Wording, status_of
from tallystick.brief.diagrams.legend import Entry
from tallystick.brief.diagrams.look import Look
from tallystick.brief.diagrams.measure import ASCENT, LEADING, width_of, wrapped
from tallystick.brief.diagrams.scene import Box, Line, Point, Scene, Solid, Words, stroke
from tallystick.stocks.text import Loop

PAD: Final = 6.0
SIGN: Final = 6.5  # px; radius of a sign
MARK: Final = 15.0  # px; radius of a turning arrow
INKS: Final = {"+": look.PLUS, "-": look.MINUS}
NOTE: Final = "Loops that touch on escape are left out here on purpose."


class Push(NamedTuple):
    """One arrow, with the loops that it belongs to."""

    source: str
    target: str
    sign: str
    loops: tuple[str, ...]
    is_assumed: bool


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
        Entry(lambda at: _push_sample(at, "", is_dashed=True), "assumed: no report gives it"),
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
