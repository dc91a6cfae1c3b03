"""The calendar as it was known at a cut, and futures drawn from stated odds.

What had happened by the cut, and could be known, is fact. What comes after is drawn, a future for each draw of the fit:
closures of the border and their ends, orders to return, what these do to arrivals and visas, sharp turns of demand, and
tables that are no longer whole. Odds are of `backtest.toml`, each with its base rate and source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tallystick.calibrate.model import Model
from tallystick.calibrate.world import World
from tallystick.forecasts.bench import AFTER
from tallystick.forecasts.odds import FILE, NEVER, Break, Odds
from tallystick.vocab.errors import EvidenceError

Array = NDArray[np.float64]
AGAIN = "closed again"
LAST_CALL = 3  # months of a last call, up to the deadline
PRESSED, PRESSURE_MONTHS = "pressed", 24  # after a deadline, where pressure goes on


class Spell(NamedTuple):
    """From one month of the grid to another, for each future; `first` is NEVER where it does not come. (draw,)"""

    first: Array
    last: Array
    strength: Array  # 1: wholly on


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What could be known at a cut. Months are places on the grid."""

    now: int  # the first month that nobody knew yet
    spans: Mapping[str, tuple[float, float]]  # those whose beginning was known; an end that nobody knew is NEVER

    def began(self, span: str) -> bool:
        """Whether it had begun, and could be known to have."""
        return span in self.spans

    def is_on(self, span: str) -> bool:
        """Whether it had begun and no end of it was known."""
        return self.began(span) and self.spans[span][1] == NEVER


def calendar_at(day: date, odds: Odds, model: Model) -> Calendar:
    """The spans of the programme's calendar as far as they were known on that day."""
    known: dict[str, tuple[float, float]] = {}
    for name, on in model.calendar.spans.items():
        if name not in odds.known:
            hint = "add a [[known]] that says from which days its beginning and end could be known"
            raise EvidenceError(f"nothing is said of the span {name}", file=FILE, field="known", hint=hint)
        first, last = np.flatnonzero(on)[[0, -1]]
        if odds.known[name].begin <= day:
            known[name] = (float(first), float(last) if odds.known[name].end <= day else NEVER)
    return Calendar(now=model.grid.index(f"{day:%Y-%m}"), spans=known)


def as_known(calendar: Calendar, model: Model) -> World:
    """The world of the fit: what was known, and no change after it."""
    return _first(_world(model, _facts(calendar, 1), np.zeros((1, len(model.hosts), len(model.grid))), _even(model, 1)))


def _facts(calendar: Calendar, count: int) -> dict[str, Spell]:
    one = np.ones(count)
    return {name: Spell(first * one, last * one, one) for name, (first, last) in calendar.spans.items()}


def _first(worlds: World) -> World:
    """The first of several worlds."""
    spans = {name: rows[0] for name, rows in worlds.spans.items()}
    nodes = {name: rows[0] for name, rows in worlds.nodes.items()}
    return World(worlds.open[0], worlds.before[0], spans, nodes, worlds.pull[0], worlds.odds[0])


def futures(
    calendar: Calendar, model: Model, breaks: Mapping[str, Break], rng: np.random.Generator, count: int, *, new: bool
) -> World:
    """`count` worlds after the cut, (draw, ...) each. Unless `new`, nothing begins; what has begun may end."""
    spells = _facts(calendar, count) | _ending(calendar, breaks, rng, count)
    pull, lean = np.zeros((count, len(model.hosts), len(model.grid))), _even(model, count)
    if not new:
        return _world(model, spells, pull, lean)
    spells |= _closing(calendar, model, breaks, rng, count) | _tables(calendar, model, breaks, rng, count)
    pull = pull + _turns(calendar, model, breaks["turn"], rng, count)
    if "ordered" in model.calendar.spans and not calendar.began("ordered"):
        ordered = _ordered(calendar, breaks["order"], rng, count)
        spells = ordered | spells if calendar.began("barred") else spells | ordered  # a ban that is known stays
        since = _since(ordered["ordered"].first, len(model.grid))
        lean = lean * np.exp(since * breaks["moved"].drawn(rng, count)[:, None])[:, None, :]
    return _world(model, spells | _pressed(calendar, spells, breaks["after_deadline"], rng, count), pull, lean)


def _ending(calendar: Calendar, breaks: Mapping[str, Break], rng: np.random.Generator, count: int) -> dict[str, Spell]:
    """A closure that goes on at the cut, and the day on which it ends."""
    if not calendar.is_on("closed"):
        return {}
    first = calendar.spans["closed"][0]
    months = breaks["closure"].longer_than(int(calendar.now - first), rng, count)
    return {"closed": Spell(np.full(count, first), first + months - 1, np.ones(count))}


def _closing(
    calendar: Calendar, model: Model, breaks: Mapping[str, Break], rng: np.random.Generator, count: int
) -> dict[str, Spell]:
    """A closure that may begin, and how much of the ordinary traffic it stops."""
    if calendar.is_on("closed") or "closed" not in model.calendar.spans:
        return {}
    first = breaks["closure"].starts(calendar.now, rng, count)
    last = first + breaks["closure"].longer_than(0, rng, count) - 1
    # The equations know one closure with cohorts of its own; a second one is told as traffic that stops.
    name = AGAIN if calendar.began("closed") else "closed"
    return {name: Spell(first, last, 1 - breaks["closure"].drawn(rng, count))}


def _ordered(calendar: Calendar, order: Break, rng: np.random.Generator, count: int) -> dict[str, Spell]:
    """An order to return, with a deadline and a last call before it; new work is barred from then on."""
    first, one = order.starts(calendar.now, rng, count), np.ones(count)
    last = first + order.longer_than(0, rng, count) - 1
    return {
        "ordered": Spell(first, last, one),
        "barred": Spell(first, np.full(count, NEVER), one),
        "last_call": Spell(np.where(first < NEVER, last - LAST_CALL + 1, NEVER), last, one),
    }


def _pressed(
    calendar: Calendar, spells: Mapping[str, Spell], after: Break, rng: np.random.Generator, count: int
) -> dict[str, Spell]:
    """What is left of an order once its deadline has passed, where that is after the cut; never more than before."""
    if "ordered" not in spells:
        return {}
    first = spells["ordered"].last + 1
    strength = np.where(first > calendar.now, np.minimum(after.factor(rng, count), 1.0), 0.0)
    return {PRESSED: Spell(first, first + PRESSURE_MONTHS - 1, strength)}


def _tables(
    calendar: Calendar, model: Model, breaks: Mapping[str, Break], rng: np.random.Generator, count: int
) -> dict[str, Spell]:
    """Tables that stop being whole."""
    if calendar.began("withheld") or "withheld" not in model.calendar.spans:
        return {}
    first = breaks["withheld"].starts(calendar.now, rng, count)
    return {"withheld": Spell(first, np.full(count, NEVER), np.ones(count))}


def _turns(calendar: Calendar, model: Model, turn: Break, rng: np.random.Generator, count: int) -> Array:
    """(draw, host, month) logs: each host's demand may turn once, up or down, and stay there."""
    shape, many = (count, len(model.hosts)), count * len(model.hosts)
    first, size = turn.starts(calendar.now, rng, many).reshape(shape), turn.drawn(rng, many).reshape(shape)
    return np.asarray(_since(first, len(model.grid)) * size[..., None])


def _since(first: Array, months: int) -> Array:
    """(..., month) 1 from the month `first` on."""
    return (np.arange(months) >= first[..., None]).astype(float)


def _even(model: Model, count: int) -> Array:
    return np.ones((count, len(model.visas.all) - 1, len(model.grid)))


def _world(model: Model, spells: Mapping[str, Spell], pull: Array, lean: Array) -> World:
    """Arrays over the grid, (draw, month) and so on."""
    months, count = len(model.grid), len(pull)
    on, nothing = {name: _on(spell, months) for name, spell in spells.items()}, np.zeros((count, months))
    spans = {name: on.get(name, nothing) for name in model.calendar.spans}
    if "ordered" in spans:
        spans["ordered"] = spans["ordered"] + on.get(PRESSED, nothing)
    shut = spans.get("closed", nothing) + on.get(AGAIN, nothing)
    ends = spells["closed"].last if "closed" in spells else np.full(count, float(NEVER))
    return World(
        open=1 - np.minimum(shut, 1),
        before=1 - _since(ends + 1, months),
        spans=spans,
        nodes=_after(model, ends, months),
        pull=pull,
        odds=lean,
    )


def _on(spell: Spell, months: int) -> Array:
    place = np.arange(months)
    return np.asarray(((place >= spell.first[:, None]) & (place <= spell.last[:, None])) * spell.strength[:, None])


def _after(model: Model, ends: Array, months: int) -> dict[str, Array]:
    """(draw, month, node) weights of what a closure does to arrivals once it has ended."""
    if "after" not in model.phases:
        return {}
    since = np.arange(months) - (ends[:, None] + 1)
    rows = np.stack([np.interp(since, AFTER, row) for row in np.eye(len(AFTER))], axis=-1) * (since >= 0)[..., None]
    return {f"arrivals_{host}_after": rows for host in model.hosts}
