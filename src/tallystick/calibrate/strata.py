"""Everybody abroad as the one text of the model has them: strata, routes and rates, laid out for the fit.

It is the text that every engine runs, but for regions, of which no claim that the fit reads tells. Who is where in the
programme is for `system` to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tallystick.stocks.check import checked
from tallystick.stocks.engines.closed import Part, part_of
from tallystick.stocks.graph import Graph
from tallystick.stocks.labour.fields import FACTORS, Signals
from tallystick.stocks.labour.shape import Element, Shape
from tallystick.stocks.labour.text import ELEMENTS, build
from tallystick.vocab.programme import VisaClass

Array = NDArray[np.float64]
UNSAID = {id: Element(id=id, status="", evidence=(), says="") for id in ELEMENTS}  # words move no number
REFERENCE = Signals(**{name: float(name in FACTORS) for name in Signals._fields})  # no loop and no lever acts
HELD = "abroad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """The strata abroad and how they add up. Axes: stratum in the order of the text."""

    shape: Shape
    graph: Graph
    part: Part
    into: Mapping[str, tuple[int, ...]]  # visa that authorises no work -> routes of those who relabel to it
    leave: tuple[str, ...]  # flows that take people out of the host
    start: Mapping[str, str]  # host -> the stratum of those who are there at the start
    by_host: Array  # (host, stratum) 1 where a stratum belongs to it
    by_visa: Array  # (visa class, stratum), those that authorise work first
    by_cohort: Array  # (cohort, stratum): came before the deadline, stranded, came later


@cache
def strata_of(focus: str, hosts: tuple[str, ...], classes: tuple[VisaClass, ...]) -> Strata:
    """The layout for a programme's hosts and visa classes."""
    shape = Shape(focus=focus, elsewhere=tuple(host for host in hosts if host != focus), visa_classes=classes)
    graph = checked(build(shape, UNSAID))
    visas, home = (*shape.authorised, *shape.unauthorised), shape.early(shape.authorised[0])
    kinds = (shape.early, shape.stranded, shape.later)
    return Strata(
        shape=shape,
        graph=graph,
        part=part_of(graph, HELD),
        into={visa: _routes(graph, shape.early(visa)) for visa in shape.unauthorised},
        leave=tuple(flow.id for flow in graph.text.flows if flow.source == HELD != flow.target),
        start={host: home if host == focus else host for host in hosts},
        by_host=_picks(shape, [shape.in_focus if host == focus else (host,) for host in hosts]),
        by_visa=_picks(shape, [[kind(visa) for kind in kinds] for visa in visas]),
        by_cohort=_picks(shape, [[kind(visa) for visa in visas] for kind in kinds]),
    )


def _routes(graph: Graph, stratum: str) -> tuple[int, ...]:
    return tuple(at for at in graph.edges_of("relabel") if graph.strata[graph.edges[at].target] == f"{HELD}/{stratum}")


def _picks(shape: Shape, groups: Sequence[Sequence[str]]) -> Array:
    return np.array([[float(stratum in group) for stratum in shape.abroad] for group in groups])
