"""Spells: from entering the stocks that the run asks about to leaving them, with what happened in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tallystick.stocks.engines.persons.records import (
    FIRST,
    HEAD,
    JOINED,
    LAST,
    LEFT,
    NEVER_OWED,
    OWING,
    ROUTE,
    SPELLS,
    Floats,
    Ints,
    Kept,
    Lives,
    Movers,
    Routes,
    Stand,
    Stays,
    Tables,
)


def open_spells(movers: int, month: int, routes: Routes, kept: Kept, stays: Stays, moving: Movers) -> None:
    """Who comes inside begins with nothing counted."""
    for place in range(movers):
        person, route = moving.person[place], moving.route[place]
        source, target = routes.source[route], routes.target[route]
        if kept.is_inside[target] != 0 and kept.is_inside[source] == 0:
            stays.joined[person], stays.first[person] = month, target
            stays.tally[person, :] = 0
            stays.milestone[person, :] = NEVER_OWED
        if kept.is_inside[target] != 0 or kept.is_inside[source] != 0:
            note(person, kept.times[route], 1, stays.tally)


def note(person: int, column: int, amount: int, tally: Ints) -> None:
    """Add to a tally that is kept."""
    if column >= 0:
        tally[person, column] += amount


def end_stays(
    leavers: int, month: int, tables: Tables, lives: Lives, stays: Stays, moving: Movers, stand: Stand
) -> None:
    """Settle what was counted per head, before anything is carried; `month` is the first not spent there."""
    kept, slots = tables.kept, tables.holding.slots
    for place in range(leavers):
        person = moving.person[place]
        stratum = lives.where[person]
        if kept.is_inside[stratum] == 0:
            continue
        for column in range(stays.tally.shape[1]):
            stays.tally[person, column] += stand.counted[column, stratum]
        for slot in range(slots.shape[1]):
            if kept.held[stratum, slot] >= 0:
                held = lives.held[person, slot] + stand.posted[slots[stratum, slot]]
                stays.tally[person, kept.held[stratum, slot]] = held
        is_seen = tables.transfers.first_own[stratum] != tables.transfers.first_own[stratum + 1]  # month by month
        for which in range(0 if is_seen else stays.milestone.shape[1]):
            for each in range(stays.since[person], month):
                if stays.milestone[person, which] < 0:
                    look(
                        person, which, stratum, each, stand.posted_by[each + 1], slots,
                        kept.owed_slot, kept.cover_slot, kept.cover_share, lives.held, stays.milestone,
                    )  # fmt: skip


def begin_stays(
    movers: int, month: int, tables: Tables, lives: Lives, stays: Stays, moving: Movers, stand: Stand
) -> None:
    """Remember what the stratum had been counted per head before."""
    kept = tables.kept
    for place in range(movers):
        person = moving.person[place]
        stratum = lives.where[person]
        if kept.is_inside[stratum] == 0:
            continue
        stays.since[person] = month
        for column in range(stays.tally.shape[1]):
            stays.tally[person, column] -= stand.counted[column, stratum]
        for which in range(stays.milestone.shape[1]):
            look(
                person, which, stratum, month, stand.posted, tables.holding.slots,
                kept.owed_slot, kept.cover_slot, kept.cover_share, lives.held, stays.milestone,
            )  # fmt: skip


def look(
    person: int, which: int, stratum: int, month: int, posted: Ints, slots: Ints, owed_slot: Ints, cover_slot: Ints,
    cover_share: Floats, held: Ints, milestone: Ints,
) -> None:  # fmt: skip
    """Whether the person owes, or owed and is now covered; `posted` is that of the day asked for."""
    owed, cover = owed_slot[which, stratum], cover_slot[which, stratum]
    if owed < 0 or milestone[person, which] >= 0:
        return
    debt = held[person, owed] + posted[slots[stratum, owed]]
    means = 0.0
    if cover >= 0:
        means = cover_share[which] * (held[person, cover] + posted[slots[stratum, cover]])
    if debt > means:
        milestone[person, which] = OWING
    elif milestone[person, which] == OWING:
        milestone[person, which] = month


def look_all(month: int, persons: int, tables: Tables, lives: Lives, stays: Stays, posted: Ints) -> None:
    """Look at everybody who is inside."""
    kept = tables.kept
    for which in range(stays.milestone.shape[1]):
        for person in range(persons):
            if kept.is_inside[lives.where[person]] != 0:
                look(
                    person, which, lives.where[person], month, posted, tables.holding.slots,
                    kept.owed_slot, kept.cover_slot, kept.cover_share, lives.held, stays.milestone,
                )  # fmt: skip


def close_spells(
    movers: int, month: int, routes: Routes, kept: Kept, where: Ints, stays: Stays, moving: Movers, stand: Stand
) -> None:
    """Keep the spells of those who leave, or (route -1) go on; rows do not say whose they are."""
    for place in range(movers):
        person, route = moving.person[place], moving.route[place]
        if route < 0 or (kept.is_inside[routes.source[route]] != 0 and kept.is_inside[routes.target[route]] == 0):
            row = stand.marks[SPELLS]
            stand.marks[SPELLS] += 1
            keep_spell(row, person, month, route, where[person], stays, stand.spells)


def keep_spell(row: int, person: int, month: int, route: int, last: int, stays: Stays, spells: Ints) -> None:
    """One row."""
    spells[row, JOINED], spells[row, LEFT] = stays.joined[person], month
    spells[row, FIRST], spells[row, ROUTE] = stays.first[person], route
    spells[row, LAST] = last
    columns = stays.tally.shape[1]
    for column in range(columns):
        spells[row, HEAD + column] = stays.tally[person, column]
    for which in range(stays.milestone.shape[1]):
        spells[row, HEAD + columns + which] = stays.milestone[person, which]


PARTS: tuple[Callable[..., Any], ...] = (
    *(open_spells, note, end_stays, begin_stays, look, look_all, close_spells, keep_spell),
)
