"""The stock-and-flow picture: where people are, how they move, and where the money goes.

People above, money below, conditions (levels) at the side where there is room. What is left out on purpose is told in
`elements`. Read it as plumbing: boxes hold, arrows move, bow ties are the valves that the model opens and shuts, clouds
are the world outside. It shows no strength of any influence; `causal` shows influences, as signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tallystick.brief.diagrams import elements, look, networks, shapes, sides
from tallystick.brief.diagrams.alternative import stock_and_flow_words
from tallystick.brief.diagrams.elements import Network, Wording
from tallystick.brief.diagrams.legend import Entry, draw_legend, draw_note
from tallystick.brief.diagrams.networks import Paint
from tallystick.brief.diagrams.scene import Box, Point, Scene, Words
from tallystick.stocks.text import Text

PEOPLE: Final = Paint(look.PEOPLE, look.PEOPLE_WASH)
MONEY: Final = Paint(look.MONEY, look.MONEY_WASH)
CONDITIONS: Final = Paint(look.CONDITIONS, look.WASH)
HEADING: Final = 14.0
TITLE: Final = "Where people are and where the money goes"
CONDITIONS_TITLE: Final = "Conditions"
NOTE: Final = "Letters and numbers are those of the map of the system."
SAFETY: Final = "How anyone gets to safety is left out on purpose; who did is known, and shown, as yearly totals only."


def stock_and_flow(text: Text, wording: Wording, sizes: Mapping[str, float], shows: frozenset[str]) -> Scene:
    """The picture for a page, before it becomes SVG; `shows` are some of "people", "money", "conditions"."""
    wanted = look.WIDE
    scene = Scene("stock-and-flow", TITLE, stock_and_flow_words(text, wording, shows), wanted.width)
    tiles = elements.conditions(text, wording) if "conditions" in shows else ()
    column = sides.column_width(tiles, CONDITIONS_TITLE, wanted) + look.GAP if tiles else 0.0
    laid: list[networks.Laid] = []
    shown = networks_of(text, wording, sizes, shows)
    for _, network, paint in shown:
        side = column if paint is PEOPLE else 0.0
        laid.append(networks.placed(network, wanted._replace(width=wanted.width - side)))
        scene.width = max(scene.width, laid[-1].where.width + side + 2 * look.MARGIN)
    bottom = 0.0
    for (title, network, paint), one in zip(shown, laid, strict=True):
        bottom = _part(scene, title, one, network, paint, bottom, column if paint is PEOPLE else 0.0)
    bottom = sides.place(scene, tiles, CONDITIONS_TITLE, CONDITIONS, wanted, bottom)
    scene.under.append(shapes.rule(Point(look.MARGIN, bottom + 8), scene.width - 2 * look.MARGIN, stroke=look.HAIR))
    bottom = draw_legend(scene, legend(has_sizes=bool(sizes)), bottom + 20, wanted)
    scene.height = draw_note(scene, note(shows), bottom + 2, wanted) + look.MARGIN
    return scene


def networks_of(
    text: Text, wording: Wording, sizes: Mapping[str, float], shows: frozenset[str]
) -> list[tuple[str, Network, Paint]]:
    """Headings, networks and their colours, from top to bottom; none that is empty."""
    made = [
        ("people", "People, in persons", elements.people(text, wording, sizes), PEOPLE),
        ("money", "Money, in US dollars", elements.money(text, wording, sizes), MONEY),
    ]
    return [(title, network, paint) for name, title, network, paint in made if name in shows and network.items]


def note(shows: frozenset[str]) -> str:
    """What a reader should know beside the signs."""
    return NOTE + (f" {SAFETY}" if "people" in shows else "")


def legend(*, has_sizes: bool) -> list[Entry]:
    """The signs of this picture."""
    ink = look.CONDITIONS
    way = "flow: the wider, the more" if has_sizes else "flow and its valve"
    return [
        Entry(lambda at: [shapes.box(at, fill=look.WASH, stroke=ink, width=1.8, radius=3)], "holds people or money"),
        Entry(lambda at: [shapes.cloud(at.grown(2), fill=look.PAPER, stroke=ink)], "the world outside"),
        Entry(lambda at: _flow_sample(at, is_dashed=False), way),
        Entry(lambda at: _flow_sample(at, is_dashed=True), "assumed: no report gives it"),
    ]


def _flow_sample(at: Box, *, is_dashed: bool) -> list[str]:
    middle = at.y + at.height / 2
    points = (Point(at.x, middle), Point(at.right, middle))
    ink = look.CONDITIONS
    drawn = [shapes.line(shapes.shortened(points, 8), stroke=ink, width=2, is_dashed=is_dashed)]
    drawn.append(shapes.head(points, fill=ink, size=8))
    return drawn if is_dashed else [*drawn, shapes.valve(Point(at.x + 11, middle), fill=ink, size=9)]


def _part(
    scene: Scene, title: str, laid: networks.Laid, network: Network, paint: Paint, bottom: float, side: float
) -> float:
    """One network below what is there, with room for the levels on its right; how far down it reaches."""
    top = bottom + look.MARGIN
    heading(scene, title, top, paint)
    left = (scene.width - side - laid.where.width) / 2
    networks.draw(scene, network, laid, Point(left, top + HEADING + 12), paint)
    return top + HEADING + 12 + laid.where.height + look.GAP


def heading(scene: Scene, title: str, top: float, paint: Paint) -> None:
    """A rule across the canvas with words under its left end."""
    scene.under.append(shapes.rule(Point(look.MARGIN, top), scene.width - 2 * look.MARGIN, stroke=paint.ink))
    at = Point(look.MARGIN, top + HEADING + 3)
    scene.words.append(Words(text=title, at=at, size=HEADING, colour=paint.ink, is_bold=True))
