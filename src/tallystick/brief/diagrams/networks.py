"""Boxes and arrows of people or of money, laid out and drawn into a scene."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from tallystick.brief.diagrams import look, shapes
from tallystick.brief.diagrams.elements import Item, Move, Network
from tallystick.brief.diagrams.layout import Arranged, Direction, Edge, Node, arranged
from tallystick.brief.diagrams.look import Look
from tallystick.brief.diagrams.measure import ASCENT, LEADING, width_of, wrapped
from tallystick.brief.diagrams.scene import Box, Line, Point, Scene, Solid, Words

PAD: Final = 7.0
VALVE: Final = 9.0  # px across a bow tie
THICKEST: Final = 15.0  # px of the largest flow
THINNEST: Final = 1.5
MILLION: Final = 1e6
DIRECTIONS: Final[tuple[Direction, ...]] = ("topbottom", "leftright")


class Paint(NamedTuple):
    """Colours of one kind."""

    ink: str
    wash: str


class Laid(NamedTuple):
    """A layout and the look that it was made for."""

    where: Arranged
    wanted: Look


class Row(NamedTuple):
    """One line of words in a box: its id goes before the first line, in bold."""

    symbol: str
    words: str


def placed(network: Network, wanted: Look) -> Laid:
    """The lowest of a few layouts that fit the width; the narrowest when none does."""
    tried = [
        _placed(network, wanted._replace(pill=wanted.pill * share), direction)
        for share in (1.0, 0.8, 0.64)
        for direction in DIRECTIONS
    ]
    fitting = [one for one in tried if one.where.width <= wanted.width - 2 * look.MARGIN]
    if fitting:
        return min(fitting, key=lambda one: one.where.height)
    return min(tried, key=lambda one: one.where.width)


def _placed(network: Network, wanted: Look, direction: Direction) -> Laid:
    """Every stock, cloud and valve is a node, so that no label can come to lie on anything."""
    nodes = [Node(item.id, *item_size(item, wanted)) for item in network.items]
    nodes += [Node(_valve(move), *valve_size(move, wanted)) for move in network.moves]
    edges: list[Edge] = []
    for move in network.moves:
        thick = thickness(move, largest(network))
        edges += [Edge(move.source, _valve(move), thick), Edge(_valve(move), move.target, thick)]
    return Laid(arranged(nodes, edges, direction, spacing=wanted.spacing() | _room(edges)), wanted)


def _room(edges: Sequence[Edge]) -> dict[str, float]:
    """Straight ends long enough for the largest arrowhead, which would else sit in a bend."""
    tip = 1.25 * _tip(max((edge.thickness for edge in edges), default=0.0))
    return {"stub": tip + 4, "layer_gap": 2 * tip + 2}


def draw(scene: Scene, network: Network, laid: Laid, corner: Point, paint: Paint) -> None:
    """Lines first, then boxes, then words."""
    where, wanted = laid
    boxes = {name: box.moved(corner.x, corner.y) for name, box in where.boxes.items()}
    ways = [tuple(Point(at.x + corner.x, at.y + corner.y) for at in way) for way in where.ways]
    most = largest(network)
    for number, move in enumerate(network.moves):
        draw_move(scene, move, (ways[2 * number], ways[2 * number + 1]), thickness(move, most), paint)
        draw_valve(scene, move, boxes[_valve(move)], wanted, paint)
    for item in network.items:
        draw_item(scene, item, boxes[item.id], wanted, paint, item.id)


def _tip(thick: float) -> float:
    """Size of the arrowhead of a line."""
    return 6.5 + thick * 0.9


def largest(network: Network) -> float:
    return max((move.size or 0 for move in network.moves), default=0.0)


def thickness(move: Move, largest: float) -> float:
    """px; in proportion to the size, so that an arrow's area can be compared; thin where no size is given."""
    if move.size is None or largest <= 0:
        return THINNEST + 0.5
    return max(THINNEST, THICKEST * move.size / largest)


def _valve(move: Move) -> str:
    return f"valve {move.source} {move.target}"


def item_size(item: Item, wanted: Look) -> tuple[float, float]:
    lines = _item_rows(item, wanted)
    width = max([wanted.box, *(width_of(line, wanted.name, is_bold=True) + 2 * PAD for line in lines)])
    height = len(lines) * wanted.name * LEADING + (wanted.small * LEADING if item.symbol else 0) + 2 * PAD
    return width + (16 if item.is_cloud else 0), height + (12 if item.is_cloud else 0)


def _item_rows(item: Item, wanted: Look) -> tuple[str, ...]:
    return wrapped(item.name, wanted.name, wanted.box - 2 * PAD, is_bold=True)


def _valve_rows(move: Move, wanted: Look) -> list[Row]:
    """What each flow says, its id first; a point stands where several share a valve and one has no id."""
    rows: list[Row] = []
    for said in move.said:
        mark = said.symbol or ("·" if len(move.said) > 1 else "")
        first, *others = _said_lines(mark, said.name, wanted)
        rows += [Row(mark, first), *(Row("", line) for line in others)]
    return rows + ([Row("", _amount(move.size))] if move.size is not None else [])


def _said_lines(mark: str, name: str, wanted: Look) -> list[str]:
    """Words of a flow; room is left for its id on the first line."""
    first, *others = wrapped(f"{mark} {name}".strip(), wanted.small, wanted.pill)
    return [first.removeprefix(mark).strip(), *others]


def _amount(size: float) -> str:
    """Two digits are all that an average month is good for."""
    if size < 1:
        return "under 1 a month"
    rounded = float(f"{size:.2g}")
    said = f"{rounded / MILLION:,.10g} million" if rounded >= MILLION else f"{rounded:,.0f}"
    return f"{said} a month"


def valve_size(move: Move, wanted: Look) -> tuple[float, float]:
    rows = _valve_rows(move, wanted)
    return max(_row_width(row, wanted) for row in rows) + VALVE + 2 * PAD + 4, len(rows) * wanted.small * LEADING + 7


def _row_width(row: Row, wanted: Look) -> float:
    return _symbol_width(row, wanted) + width_of(row.words, wanted.small)


def _symbol_width(row: Row, wanted: Look) -> float:
    return width_of(row.symbol + " ", wanted.small, is_bold=True) if row.symbol else 0.0


def draw_move(
    scene: Scene, move: Move, ways: tuple[tuple[Point, ...], ...], thick: float, paint: Paint, end: str = ""
) -> None:
    """A line into the valve and one out of it, to the solid called `end`: the target itself when not said."""
    name, dashed = _valve(move), move.is_assumed
    tip = _tip(thick)
    scene.under.append(shapes.line(ways[0], stroke=paint.ink, width=thick, is_dashed=dashed))
    scene.under.append(shapes.line(shapes.shortened(ways[1], tip), stroke=paint.ink, width=thick, is_dashed=dashed))
    scene.under.append(shapes.head(ways[1], fill=paint.ink, size=tip))
    scene.lines += [Line(move.source, name, ways[0], thick), Line(name, end or move.target, ways[1], thick)]


def draw_valve(scene: Scene, move: Move, box: Box, wanted: Look, paint: Paint) -> None:
    scene.solids.append(Solid(_valve(move), box))
    scene.over.append(shapes.box(box, fill=look.PAPER, stroke=paint.ink, width=1, radius=9, is_dashed=move.is_assumed))
    middle = Point(box.x + PAD + VALVE / 2, box.y + box.height / 2)
    scene.over.append(shapes.valve(middle, fill=paint.ink, size=VALVE))
    left, line = box.x + PAD + VALVE + 4, wanted.small * LEADING
    for number, row in enumerate(_valve_rows(move, wanted)):
        base = box.y + 3.5 + number * line + ASCENT * wanted.small + (LEADING - 1) * wanted.small / 2
        _row(scene, row, Point(left, base), _valve(move), wanted, paint)


def _row(scene: Scene, row: Row, at: Point, inside: str, wanted: Look, paint: Paint) -> None:
    size = wanted.small
    if row.symbol:
        scene.words.append(Words(text=row.symbol, at=at, size=size, colour=paint.ink, is_bold=True, inside=inside))
    after = Point(at.x + _symbol_width(row, wanted), at.y)
    scene.words.append(Words(text=row.words, at=after, size=size, colour=look.WORDS, inside=inside))


def draw_item(scene: Scene, item: Item, box: Box, wanted: Look, paint: Paint, name: str) -> None:
    """A box or a cloud with its words, as a solid of that name."""
    scene.solids.append(Solid(name, box))
    if item.is_cloud:
        scene.over.append(shapes.cloud(box, fill=look.PAPER, stroke=look.QUIET_WORDS))
    else:
        scene.over.append(shapes.box(box, fill=paint.wash, stroke=paint.ink, width=1.8, is_dashed=item.is_assumed))
    lines = _item_rows(item, wanted)
    tall = len(lines) * wanted.name * LEADING + (wanted.small * LEADING if item.symbol and not item.is_cloud else 0)
    top, middle = box.y + (box.height - tall) / 2, box.x + box.width / 2
    if item.symbol and not item.is_cloud:
        at = Point(middle, top + ASCENT * wanted.small + 1)
        symbol = Words(
            text=item.symbol, at=at, size=wanted.small, colour=paint.ink, anchor="middle", is_bold=True, inside=name
        )
        scene.words.append(symbol)
        top += wanted.small * LEADING
    for number, line in enumerate(lines):
        at = Point(middle, top + number * wanted.name * LEADING + ASCENT * wanted.name + 2)
        scene.words.append(_name(line, at, item, wanted, name))


def _name(line: str, at: Point, item: Item, wanted: Look, inside: str) -> Words:
    colour = look.QUIET_WORDS if item.is_cloud else look.WORDS
    return Words(
        text=line, at=at, size=wanted.name, colour=colour, anchor="middle", is_bold=not item.is_cloud, inside=inside
    )
