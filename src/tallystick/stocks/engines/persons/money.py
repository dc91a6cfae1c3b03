"""Whose cents go where: what a mover takes along, what a move costs, what a month pays.

What nobody owns (rounding, or what a text without a carriage leaves behind) falls to those present: that is what an
average holding says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tallystick.stocks.engines.persons.records import PERSONS, Floats, Ints, Lives, Movers, Stand, Stays, Tables
from tallystick.stocks.engines.persons.spells import look_all, note
from tallystick.stocks.engines.support import carried_cents, portion_cents, whole_cents


def carry(
    leavers: int, tables: Tables, held: Ints, tally: Ints, moving: Movers, stand: Stand, new_money: Ints, sums: Ints
) -> None:
    """What each leaver holds goes where the carriages of their route say; what none takes falls to those who stay."""
    transfers, holding, kept = tables.transfers, tables.holding, tables.kept
    target_of, source_of, brought = tables.routes.target, tables.routes.source, moving.brought
    for place in range(leavers if held.shape[1] > 0 else 0):
        person, route = moving.person[place], moving.route[place]
        source, target = source_of[route], target_of[route]
        for at in range(transfers.first_carried[route], transfers.first_carried[route + 1]):
            j = transfers.carried[at]
            give, get, rest = transfers.give[j], transfers.get[j], transfers.rest[j]
            amount = int(held[person, holding.slot_of[give]] + stand.posted[give])
            part = portion_cents(amount, stand.unit[j])
            new_money[give] -= amount
            bring(place, get, part, target, holding.at, holding.slot_of, brought, new_money)
            note(person, kept.amount[j], part, tally)
            sums[j] += part
            if rest >= 0:
                bring(place, rest, amount - part, target, holding.at, holding.slot_of, brought, new_money)
                note(person, kept.rest[j], amount - part, tally)
        for slot in range(held.shape[1]):
            if holding.is_left[route, slot] != 0:
                balance = holding.slots[source, slot]
                stand.common[balance] += held[person, slot] + stand.posted[balance]


def bring(
    place: int, balance: int, cents: int, target: int, at: Ints, slot_of: Ints, brought: Ints, new_money: Ints
) -> None:
    """To a balance; it is the mover's own where those at the target hold it."""
    new_money[balance] += cents
    if at[balance] == target:
        brought[place, slot_of[balance]] += cents


def charge(
    movers: int, tables: Tables, factor: Floats, tally: Ints, moving: Movers, unit: Floats, new_money: Ints, sums: Ints
) -> None:
    """Amounts per mover."""
    transfers, holding, kept = tables.transfers, tables.holding, tables.kept
    for place in range(movers if len(transfers.charged) > 0 else 0):
        person, route = moving.person[place], moving.route[place]
        target = tables.routes.target[route]
        for at in range(transfers.first_charged[route], transfers.first_charged[route + 1]):
            j = transfers.charged[at]
            cents = whole_cents(unit[j] * factor[person] if transfers.is_varied[j] != 0 else unit[j])
            bring(place, transfers.give[j], -cents, target, holding.at, holding.slot_of, moving.brought, new_money)
            bring(place, transfers.get[j], cents, target, holding.at, holding.slot_of, moving.brought, new_money)
            note(person, kept.amount[j], cents, tally)
            sums[j] += cents


def carry_counts(
    tables: Tables, stand: Stand, people: Ints, money: Ints, movers: Ints, new_money: Ints, sums: Ints
) -> None:
    """Between boundary stocks, and out of them, money goes as in the ensemble; it is common where persons arrive."""
    routes, transfers, at = tables.routes, tables.transfers, tables.holding.at
    for route in range(len(movers)):
        source = routes.source[route]
        if routes.is_followed[source] != 0:
            continue
        count = int(movers[route])
        for place in range(transfers.first_carried[route], transfers.first_carried[route + 1]):
            j = transfers.carried[place]
            give, get, rest = transfers.give[j], transfers.get[j], transfers.rest[j]
            amount = carried_cents(money[give], count, people[source])
            part = portion_cents(amount, stand.unit[j])
            new_money[give] -= amount
            share_later(get, part, at, stand.common, new_money)
            sums[j] += part
            if rest >= 0:
                share_later(rest, amount - part, at, stand.common, new_money)
        if routes.is_followed[routes.target[route]] == 0:
            for place in range(transfers.first_charged[route], transfers.first_charged[route + 1]):
                j = transfers.charged[place]
                amount = whole_cents(stand.unit[j]) * count
                new_money[transfers.give[j]] -= amount
                new_money[transfers.get[j]] += amount
                sums[j] += amount


def share_later(balance: int, cents: int, at: Ints, common: Ints, new_money: Ints) -> None:
    """To a balance, for all who hold it."""
    new_money[balance] += cents
    if at[balance] >= 0:
        common[balance] += cents


def pay_all(
    month: int, tables: Tables, lives: Lives, stays: Stays, stand: Stand, people: Ints, new_money: Ints, sums: Ints
) -> None:
    """Amounts per person present at the month's end: equal ones once a stratum, others one by one."""
    transfers, at, kept = tables.transfers, tables.holding.at, tables.kept
    for stratum in range(len(people)):
        if kept.months[stratum] >= 0:
            stand.counted[kept.months[stratum], stratum] += 1
    for place in range(len(transfers.equal)):
        j = transfers.equal[place]
        give, get, stratum, cents = (
            transfers.give[j],
            transfers.get[j],
            transfers.stratum[j],
            whole_cents(stand.unit[j]),
        )
        amount = cents * people[stratum]
        new_money[give] -= amount
        new_money[get] += amount
        sums[j] = amount
        if at[give] == stratum:
            stand.posted[give] -= cents
        if at[get] == stratum:
            stand.posted[get] += cents
        if kept.amount[j] >= 0:
            stand.counted[kept.amount[j], stratum] += cents
    if len(transfers.own) > 0:
        pay_own(tables, lives, stays.tally, stand, new_money, sums)
        look_all(month, stand.marks[PERSONS], tables, lives, stays, stand.posted)


def pay_own(tables: Tables, lives: Lives, tally: Ints, stand: Stand, new_money: Ints, sums: Ints) -> None:
    """Amounts that differ from person to person."""
    transfers, slot_of, at, kept = tables.transfers, tables.holding.slot_of, tables.holding.at, tables.kept
    where, held, factor, unit, posted = lives.where, lives.held, lives.factor, stand.unit, stand.posted
    for person in range(stand.marks[PERSONS]):
        stratum = where[person]
        for place in range(transfers.first_own[stratum], transfers.first_own[stratum + 1]):
            j = transfers.own[place]
            give, get = transfers.give[j], transfers.get[j]
            cents = whole_cents(unit[j] * factor[person] if transfers.is_varied[j] != 0 else unit[j])
            if transfers.is_capped[j] != 0:
                cents = min(cents, max(int(held[person, slot_of[give]] + posted[give]), 0))
            new_money[give] -= cents
            new_money[get] += cents
            sums[j] += cents
            if at[give] == stratum:
                held[person, slot_of[give]] -= cents
            if at[get] == stratum:
                held[person, slot_of[get]] += cents
            note(person, kept.amount[j], cents, tally)


def share_common(at: Ints, common: Ints, posted: Ints, people: Ints) -> None:
    """What nobody owns falls in equal whole cents to those present; less than a cent a head is left."""
    for balance in range(len(common)):
        if common[balance] != 0 and people[at[balance]] > 0:
            each = common[balance] // people[at[balance]]
            posted[balance] += each
            common[balance] -= each * people[at[balance]]


PARTS: tuple[Callable[..., Any], ...] = (
    *(carry, bring, charge, carry_counts, share_later, pay_all, pay_own, share_common),
)
