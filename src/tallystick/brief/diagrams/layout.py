"""Where boxes and lines go: a layered layout of the graph, computed by graphlay.

Layers by longest way, crossings reduced by barycentre and sifting, lines routed at right angles around the boxes. The
same graph gives the same layout (decisions/0022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from tallystick.brief.diagrams.scene import Box, Point

Direction = Literal["leftright", "topbottom"]


class Node(NamedTuple):
    """Something with a size, in px."""

    id: str
    width: float
    height: float


class Edge(NamedTuple):
    """A line from one node to another; `thickness` in px, `weight` how much it wants to be straight."""

    source: str
    target: str
    thickness: float = 2.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """A layout whose left upper corner is the origin: a box for each node, a way for each edge in their order."""

    boxes: Mapping[str, Box]
    ways: Sequence[tuple[Point, ...]]
    width: float
    height: float
    crossings: int


def arranged(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    direction: Direction,
    *,
    spacing: Mapping[str, float],
) -> Arranged:
    """Lay out the graph; `spacing` are distances in px by graphlay's names."""
    import graphlay

    graph = graphlay.Graph()
    for node in nodes:
        graph.node(node.id, width=node.width, height=node.height)
    for edge in edges:
        graph.edge(edge.source, edge.target, thickness=edge.thickness, weight=edge.weight)
    options: dict[str, Any] = {"direction": direction, "spacing": dict(spacing), "effort": "thorough"}
    return _read(graphlay.layout(graph, options=options), [node.id for node in nodes])


def _read(made: Any, names: Sequence[str]) -> Arranged:
    """graphlay's answer with its corner moved to the origin."""
    low, high = made.bounds["min"], made.bounds["max"]
    boxes = {name: _box(node, low) for name, node in zip(names, made.nodes, strict=True)}
    ways = [tuple(Point(at["x"] - low["x"], at["y"] - low["y"]) for at in edge["points"]) for edge in made.edges]
    width, height = high["x"] - low["x"], high["y"] - low["y"]
    return Arranged(boxes=boxes, ways=ways, width=width, height=height, crossings=made.metrics()["crossings"])


def _box(node: Mapping[str, Any], low: Mapping[str, float]) -> Box:
    width, height = node["size"]["width"], node["size"]["height"]
    return Box(node["center"]["x"] - width / 2 - low["x"], node["center"]["y"] - height / 2 - low["y"], width, height)
