"""The stock-and-flow picture for a phone: each box with the flows that leave it, and where each of them goes.

No line runs farther than across the screen: where a flow ends, the box it goes to is named again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tallystick.brief.diagrams import elements, look, networks, sides, stock_flow
from tallystick.brief.diagrams.alternative import stock_and_flow_words
from tallystick.brief.diagrams.elements import Item, Move, Network, Wording
from tallystick.brief.diagrams.legend import draw_legend, draw_note
from tallystick.brief.diagrams.look import Look
from tallystick.brief.diagrams.networks import Paint
from tallystick.brief.diagrams.scene import Box, Point, Scene
from tallystick.stocks.text import Text

TRUNK: Final = 20.0  # px from the left to the line that flows branch off from
BRANCH: Final = 36.0
APART: Final = 9.0


def stock_and_flow_outline(text: Text, wording: Wording, sizes: Mapping[str, float], shows: frozenset[str]) -> Scene:
    """The picture before it becomes SVG, as wide as a phone."""
    wanted = look.NARROW
    scene = Scene("stock-and-flow-narrow", stock_flow.TITLE, stock_and_flow_words(text, wording, shows), wanted.width)
    bottom = 0.0
    for title, network, paint in stock_flow.networks_of(text, wording, sizes, shows):
        stock_flow.heading(scene, title, bottom + look.MARGIN, paint)
        bottom = _draw(scene, network, paint, bottom + look.MARGIN + stock_flow.HEADING + 14, wanted)
    if "conditions" in shows:
        tiles = elements.conditions(text, wording)
        bottom = sides.place(scene, tiles, stock_flow.CONDITIONS_TITLE, stock_flow.CONDITIONS, wanted, bottom)
    bottom = draw_legend(scene, stock_flow.legend(has_sizes=bool(sizes)), bottom + 14, wanted)
    scene.height = draw_note(scene, stock_flow.note(shows), bottom + 2, wanted) + look.MARGIN
    return scene


def _draw(scene: Scene, network: Network, paint: Paint, top: float, wanted: Look) -> float:
    """Boxes that something leaves, in the order of the text; how far down they reach."""
    items = {item.id: item for item in network.items}
    for item in network.items:
        moves = [move for move in network.moves if move.source == item.id]
        if moves:
            top = (
                _draw_source(scene, item, moves, items, paint, top, wanted, networks.largest(network)) + look.GAP * 0.7
            )
    alone = [item for item in network.items if not any(item.id in (move.source, move.target) for move in network.moves)]
    for item in alone:
        top = _draw_box(scene, item, item.id, Point(look.MARGIN, top), paint, wanted).bottom + APART
    return top


def _draw_source(
    scene: Scene, item: Item, moves: list[Move], items: Mapping[str, Item], paint: Paint, top: float, wanted: Look,
    largest: float,
) -> float:  # fmt: skip
    box = _draw_box(scene, item, item.id, Point(look.MARGIN, top), paint, wanted)
    below = box.bottom + APART
    for move in moves:
        below = _draw_branch(scene, move, items[move.target], box, below, paint, wanted, largest) + APART
    return below


def _draw_branch(
    scene: Scene, move: Move, target: Item, box: Box, top: float, paint: Paint, wanted: Look, largest: float
) -> float:
    """One flow: from the trunk through its valve to the name of where it goes; how far down it reaches."""
    wide, high = networks.valve_size(move, wanted)
    chip_wide, chip_high = networks.item_size(target, wanted)
    middle = top + max(high, chip_high) / 2
    chip_at = Point(scene.width - look.MARGIN - chip_wide, middle - chip_high / 2)
    name = f"{target.id} from {move.source}"
    chip = _draw_box(scene, target, name, chip_at, paint, wanted)
    valve = Box(BRANCH, middle - high / 2, wide, high)
    thick = networks.thickness(move, largest)
    ways = (
        (Point(TRUNK, box.bottom), Point(TRUNK, middle), Point(valve.x, middle)),
        (Point(valve.right, middle), Point(chip.x, middle)),
    )
    networks.draw_move(scene, move, ways, thick, paint, end=name)
    networks.draw_valve(scene, move, valve, wanted, paint)
    return top + max(high, chip_high)


def _draw_box(scene: Scene, item: Item, name: str, at: Point, paint: Paint, wanted: Look) -> Box:
    box = Box(at.x, at.y, *networks.item_size(item, wanted))
    networks.draw_item(scene, item, box, wanted, paint, name)
    return box
