"""Spells: from entering the stocks that the run asks about to leaving them, with what happened in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tallystick.stocks.engines.persons.records import (
    FIRST, HEAD, JOINED, LAST, LEFT, NEVER_OWED, OWING, ROUTE, SPELLS, Ints, Lives, Stand, Tables,
)


def open_spell(person: int, month: int, target: int, lives: Lives) -> None:
    """Begin with nothing counted."""
    lives.joined[person], lives.first[person] = month, target
    lives.tally[person, :] = 0
    lives.milestone[person, :] = NEVER_OWED


def note(person: int, column: int, amount: int, lives: Lives) -> None:
    """Add to a tally that is kept."""
    if column >= 0:
        lives.tally[person, column] += amount


def end_stay(person: int, source: int, month: int, tables: Tables, lives: Lives, stand: Stand) -> None:
    """Settle what was counted per head in a stratum, before anything is carried; `month` is the first not spent."""
    for column in range(lives.tally.shape[1]):
        lives.tally[person, column] += stand.counted[column, source]
    for slot in range(len(stand.taken)):
        if tables.held_tally[source, slot] >= 0:
            balance = tables.slots[source, slot]
            held = lives.held[person, slot] + stand.posted[balance]
            lives.tally[person, tables.held_tally[source, slot]] = held
    if tables.first_own[source] == tables.first_own[source + 1]:
        for which in range(lives.milestone.shape[1]):
            for each in range(lives.since[person], month):
                if lives.milestone[person, which] < 0:
                    look(person, which, source, each, stand.posted_by[each + 1], tables, lives)


def look(person: int, which: int, stratum: int, month: int, posted: Ints, tables: Tables, lives: Lives) -> None:
    """Whether the person owes, or owed and is now covered; `posted` is that of the day asked for."""
    owed, cover = tables.owed_slot[which, stratum], tables.cover_slot[which, stratum]
    if owed < 0 or lives.milestone[person, which] >= 0:
        return
    debt = lives.held[person, owed] + posted[tables.slots[stratum, owed]]
    means = 0.0
    if cover >= 0:
        held = lives.held[person, cover] + posted[tables.slots[stratum, cover]]
        means = tables.cover_share[which] * held
    if debt > means:
        lives.milestone[person, which] = OWING
    elif lives.milestone[person, which] == OWING:
        lives.milestone[person, which] = month


def close_spell(person: int, month: int, source: int, route: int, lives: Lives, stand: Stand) -> None:
    """Keep the spell; rows stand in the order of ending and do not say whose they are."""
    row = stand.marks[SPELLS]
    stand.marks[SPELLS] += 1
    stand.spells[row, JOINED], stand.spells[row, LEFT] = lives.joined[person], month
    stand.spells[row, FIRST], stand.spells[row, LAST] = lives.first[person], source
    stand.spells[row, ROUTE] = route
    columns = lives.tally.shape[1]
    for column in range(columns):
        stand.spells[row, HEAD + column] = lives.tally[person, column]
    for which in range(lives.milestone.shape[1]):
        stand.spells[row, HEAD + columns + which] = lives.milestone[person, which]


PARTS: tuple[Callable[..., Any], ...] = (open_spell, note, end_stay, look, close_spell)
