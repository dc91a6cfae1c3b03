"""Levels, as tiles: beside the people where the picture has room for them, in rows below where it has none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tallystick.brief.diagrams import look, shapes
from tallystick.brief.diagrams.elements import Item
from tallystick.brief.diagrams.look import Look
from tallystick.brief.diagrams.measure import ASCENT, LEADING, width_of, wrapped
from tallystick.brief.diagrams.networks import PAD, Paint
from tallystick.brief.diagrams.scene import Box, Point, Scene, Solid, Words, stroke

APART: Final = 6.0  # px from one tile to the next
HEAD: Final = 13.0  # size of the heading
AIR: Final = 14.0  # px around them
STEP: Final = 10.0  # px between places that are tried


class Tile(NamedTuple):
    """A level with its words, and the room they take."""

    item: Item
    lines: tuple[str, ...]
    height: float


def place(scene: Scene, items: Sequence[Item], title: str, paint: Paint, wanted: Look, bottom: float) -> float:
    """Draw the tiles; how far down the picture reaches then."""
    if not items:
        return bottom
    tiles, width = _tiles(items, wanted, title)
    tall = HEAD * LEADING + 4 + sum(tile.height + APART for tile in tiles)
    free = free_place(scene, width, tall, bottom)
    if free is None:
        return _rows(scene, tiles, width, title, paint, wanted, bottom)
    _title(scene, title, Point(free.x, free.y + HEAD), paint)
    top = free.y + HEAD * LEADING + 4
    for tile in tiles:
        _draw(scene, tile, Box(free.x, top, width, tile.height), paint, wanted)
        top += tile.height + APART
    return bottom


def column_width(items: Sequence[Item], title: str, wanted: Look) -> float:
    """Room for the tiles in one column."""
    return _tiles(items, wanted, title)[1]


def _tiles(items: Sequence[Item], wanted: Look, title: str) -> tuple[list[Tile], float]:
    lines = [wrapped(item.name, wanted.small, wanted.box) for item in items]
    tiles = [
        Tile(item, words, (len(words) + bool(item.symbol)) * wanted.small * LEADING + PAD)
        for item, words in zip(items, lines, strict=True)
    ]
    widest = max(width_of(line, wanted.small, is_bold=True) for words in lines for line in words)
    return tiles, max(widest + 2 * PAD, width_of(title, HEAD, is_bold=True))


def free_place(scene: Scene, width: float, height: float, bottom: float, *, from_below: bool = False) -> Box | None:
    """A place at the right or the left edge where nothing is: the uppermost, or the lowest."""
    taken = [solid.box for solid in scene.solids] + [said.box for said in scene.words]
    taken += [stroke(ends).grown(line.width / 2) for line in scene.lines for ends in pairwise(line.points)]
    tops = [look.MARGIN + 30 + step * STEP for step in range(int(max(0.0, bottom - height - 36) // STEP) + 1)]
    for top in reversed(tops) if from_below else tops:
        for left in (scene.width - look.MARGIN - width, look.MARGIN):
            box = Box(left, top, width, height)
            if not any(box.grown(AIR).meets(other) for other in taken):
                return box
    return None


def _rows(
    scene: Scene, tiles: Sequence[Tile], width: float, title: str, paint: Paint, wanted: Look, bottom: float
) -> float:
    """As many abreast as fit."""
    _title(scene, title, Point(look.MARGIN, bottom + HEAD), paint)
    abreast = max(1, int((scene.width - 2 * look.MARGIN + APART) // (width + APART)))
    top, tallest = bottom + HEAD * LEADING + 6, max(tile.height for tile in tiles)
    for number, tile in enumerate(tiles):
        row, column = divmod(number, abreast)
        box = Box(look.MARGIN + column * (width + APART), top + row * (tallest + APART), width, tallest)
        _draw(scene, tile, box, paint, wanted)
    return top + (1 + (len(tiles) - 1) // abreast) * (tallest + APART)


def _title(scene: Scene, title: str, at: Point, paint: Paint) -> None:
    scene.words.append(Words(text=title, at=at, size=HEAD, colour=paint.ink, is_bold=True))


def _draw(scene: Scene, tile: Tile, box: Box, paint: Paint, wanted: Look) -> None:
    item, size = tile.item, wanted.small
    scene.solids.append(Solid(item.id, box))
    scene.over.append(shapes.box(box, fill=paint.wash, stroke=paint.ink, width=1, radius=3, is_dashed=item.is_assumed))
    rows = ([(item.symbol, True)] if item.symbol else []) + [(line, False) for line in tile.lines]
    top = box.y + (box.height - len(rows) * size * LEADING) / 2
    for number, (words, is_bold) in enumerate(rows):
        at = Point(box.x + PAD, top + number * size * LEADING + ASCENT * size + 1.5)
        colour = paint.ink if is_bold else look.WORDS
        scene.words.append(Words(text=words, at=at, size=size, colour=colour, is_bold=is_bold, inside=item.id))
