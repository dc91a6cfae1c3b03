"""A picture as a list of shapes and words that know how much room they take, and what is wrong with it.

Everything that is drawn is here before any SVG exists. So a test can ask whether two words lie on top of each other,
and whoever draws need not guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tallystick.brief.charts import FAMILY
from tallystick.brief.diagrams.measure import ASCENT, DESCENT, width_of
from tallystick.brief.display import drawable

Anchor = Literal["start", "middle", "end"]


class Point(NamedTuple):
    """A place on the canvas in px; y grows downwards."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle by its left upper corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def grown(self, by: float) -> Box:
        """The same with a margin all round."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, x: float, y: float) -> Box:
        return Box(self.x + x, self.y + y, self.width, self.height)

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right - 1e-6
            and other.x < self.right - 1e-6
            and self.y < other.bottom - 1e-6
            and other.y < self.bottom - 1e-6
        )

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x + 1e-6
            and self.y <= other.y + 1e-6
            and other.right <= self.right + 1e-6
            and other.bottom <= self.bottom + 1e-6
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of words: `at` is the point on the baseline that `anchor` speaks of; `inside` names their solid."""

    text: str
    at: Point
    size: float
    colour: str
    anchor: Anchor = "start"
    is_bold: bool = False
    inside: str = ""

    @property
    def box(self) -> Box:
        width = width_of(self.text, self.size, is_bold=self.is_bold)
        left = self.at.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return Box(left, self.at.y - ASCENT * self.size, width, (ASCENT + DESCENT) * self.size)

    def svg(self) -> str:
        weight = ' font-weight="600"' if self.is_bold else ""
        return (
            f'<text x="{_px(self.at.x)}" y="{_px(self.at.y)}" font-size="{_px(self.size)}" fill="{self.colour}" '
            f'text-anchor="{self.anchor}"{weight}>{escape(drawable(self.text))}</text>'
        )


class Solid(NamedTuple):
    """A shape that nothing else may lie on: a stock, a valve, a sign, a mark."""

    name: str
    box: Box


class Line(NamedTuple):
    """A way from `source` to `target` (names of solids) as a polyline; drawn with rounded corners elsewhere."""

    source: str
    target: str
    points: tuple[Point, ...]
    width: float


@dataclass(slots=True)
class Scene:
    """All of a picture; `under` is drawn first, then `over`, then the words."""

    name: str
    title: str
    description: str
    width: float
    height: float = 0.0
    under: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    solids: list[Solid] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def svg(self) -> str:
        """The picture as one SVG element: no script, no style, no link, no id; the same bytes every time."""
        size = f"{_px(self.width)} {_px(self.height)}"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{_px(self.width)}" '
            f'height="{_px(self.height)}" viewBox="0 0 {size}" font-family={quoteattr(FAMILY)}>'
        )
        said = f"<title>{escape(drawable(self.title))}</title><desc>{escape(drawable(self.description))}</desc>"
        paper = f'<rect width="{_px(self.width)}" height="{_px(self.height)}" fill="#ffffff"/>'
        return "\n".join([head, said, paper, *self.under, *self.over, *(one.svg() for one in self.words), "</svg>"])


def faults(scene: Scene) -> tuple[str, ...]:
    """What a reader would stumble over, in words; nothing when the picture can be printed."""
    return (*_outside(scene), *_on_words(scene), *_on_solids(scene), *_crossed(scene))


def _outside(scene: Scene) -> Iterator[str]:
    canvas = Box(0, 0, scene.width, scene.height)
    for said in scene.words:
        if not canvas.holds(said.box):
            yield f"{said.text!r} leaves the canvas"
    for solid in scene.solids:
        if not canvas.holds(solid.box):
            yield f"{solid.name} leaves the canvas"


def _on_words(scene: Scene) -> Iterator[str]:
    for one, other in combinations(scene.words, 2):
        if one.box.meets(other.box):
            yield f"{one.text!r} lies on {other.text!r}"


def _on_solids(scene: Scene) -> Iterator[str]:
    for one, other in combinations(scene.solids, 2):
        if one.box.meets(other.box):
            yield f"{one.name} lies on {other.name}"
    for said in scene.words:
        for solid in scene.solids:
            if said.inside == solid.name and not solid.box.holds(said.box):
                yield f"{said.text!r} leaves {solid.name}"
            if said.inside != solid.name and said.box.meets(solid.box):
                yield f"{said.text!r} lies on {solid.name}"


def _crossed(scene: Scene) -> Iterator[str]:
    """Words that a line runs through, and solids that a line to somewhere else runs through."""
    for line in scene.lines:
        strokes = [one.grown(line.width / 2) for one in map(stroke, pairwise(line.points))]
        for said in scene.words:
            if said.inside not in {line.source, line.target, *_below(line)} and _any_meets(strokes, said.box):
                yield f"the line from {line.source} to {line.target} runs through {said.text!r}"
        for solid in scene.solids:
            if solid.name not in {line.source, line.target, *_below(line)} and _any_meets(strokes, solid.box):
                yield f"the line from {line.source} to {line.target} runs through {solid.name}"


def _below(line: Line) -> tuple[str, str]:
    """Names of what sits on a line on purpose: its valve and its sign."""
    return f"valve {line.source} {line.target}", f"sign {line.source} {line.target}"


def stroke(ends: tuple[Point, Point]) -> Box:
    """The box of a level or upright stroke."""
    (x0, y0), (x1, y1) = ends
    return Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def _any_meets(strokes: list[Box], box: Box) -> bool:
    return any(one.meets(box) for one in strokes)


def _px(value: float) -> str:
    """Tenths of a pixel, without a trailing nought."""
    return f"{round(value, 1):g}"


px = _px
