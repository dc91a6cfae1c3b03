"""The world that a fit happens in, as data: what was open and when, for one fit or for one draw of a future.

An ordinary fit reads its calendar from the programme, once. Fits to what was known on an earlier day, and runs into
futures that nobody knew, differ in the calendar: here it is a tree of arrays, so that one compiled density serves all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from tallystick.calibrate.model import Model


class World(NamedTuple):
    """What replaces the programme's calendar; (month,) each unless said."""

    open: Any  # 1 while the border is open
    before: Any  # 1 up to the end of the closure
    spans: Mapping[str, Any]  # 1 in the months of each span
    nodes: Mapping[str, Any]  # (month, node) weights of the nodes of unknowns that go in steps; others stay
    pull: Any  # (host, month) logs of what shocks do to arrivals
    odds: Any  # (visa class but the last, month) factors of its odds against all that follow it


def under(model: Model, world: World) -> Model:
    """The model in that world."""
    calendar = replace(model.calendar, open=world.open, before=world.before, spans=world.spans)
    return replace(model, calendar=calendar, nodes={**model.nodes, **world.nodes}, pull=world.pull, odds=world.odds)
