"""Whose cents go where: what a mover takes along, what a move costs, what a month pays.

What nobody owns (rounding, or what a text without a carriage leaves behind) falls to those present: that is what an
average holding says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tallystick.stocks.engines.persons.records import PERSONS, Ints, Lives, Series, Stand, Tables
from tallystick.stocks.engines.persons.spells import look, note
from tallystick.stocks.engines.support import carried_cents, portion_cents, whole_cents


def carry(
    person: int, route: int, tables: Tables, lives: Lives, stand: Stand, new_money: Ints, sums: Ints
) -> None:
    """What the leaver holds goes where the carriages of the route say; without one it falls to those who stay."""
    for place in range(tables.first_carried[route], tables.first_carried[route + 1]):
        j = tables.carried[place]
        slot = tables.slot_of[tables.give[j]]
        amount = int(stand.taken[slot])
        stand.taken[slot] = 0
        part = portion_cents(amount, stand.unit[j])
        new_money[tables.give[j]] -= amount
        bring(tables.get[j], part, route, tables, stand, new_money)
        note(person, tables.tally_of[j], part, lives)
        sums[j] += part
        if tables.rest[j] >= 0:
            bring(tables.rest[j], amount - part, route, tables, stand, new_money)
            note(person, tables.rest_tally_of[j], amount - part, lives)
    source = tables.source_of[route]
    for slot in range(len(stand.taken)):
        if tables.slots[source, slot] >= 0:
            stand.common[tables.slots[source, slot]] += stand.taken[slot]


def charge(
    person: int, route: int, tables: Tables, lives: Lives, stand: Stand, new_money: Ints, sums: Ints
) -> None:
    """Amounts per mover."""
    for place in range(tables.first_charged[route], tables.first_charged[route + 1]):
        j = tables.charged[place]
        cents = whole_cents(stand.unit[j] * lives.factor[person] if tables.is_own[j] != 0 else stand.unit[j])
        bring(tables.give[j], -cents, route, tables, stand, new_money)
        bring(tables.get[j], cents, route, tables, stand, new_money)
        note(person, tables.tally_of[j], cents, lives)
        sums[j] += cents


def bring(balance: int, cents: int, route: int, tables: Tables, stand: Stand, new_money: Ints) -> None:
    """To a balance; it is the mover's own where those at the target hold it."""
    new_money[balance] += cents
    if tables.at[balance] == tables.target_of[route]:
        stand.brought[tables.slot_of[balance]] += cents


def carry_counts(
    route: int, count: int, tables: Tables, stand: Stand, people: Ints, money: Ints, new_money: Ints, sums: Ints
) -> None:
    """An average holding of a boundary stock for each who leaves it; it becomes common where they arrive."""
    source = tables.source_of[route]
    for place in range(tables.first_carried[route], tables.first_carried[route + 1]):
        j = tables.carried[place]
        amount = carried_cents(money[tables.give[j]], count, people[source])
        part = portion_cents(amount, stand.unit[j])
        new_money[tables.give[j]] -= amount
        new_money[tables.get[j]] += part
        sums[j] += part
        if tables.at[tables.get[j]] >= 0:
            stand.common[tables.get[j]] += part
        if tables.rest[j] >= 0:
            new_money[tables.rest[j]] += amount - part
            if tables.at[tables.rest[j]] >= 0:
                stand.common[tables.rest[j]] += amount - part


def move_counts(
    route: int, count: int, tables: Tables, stand: Stand, people: Ints, money: Ints, new_money: Ints, sums: Ints
) -> None:
    """Between two boundary stocks everything goes as in the ensemble."""
    carry_counts(route, count, tables, stand, people, money, new_money, sums)
    for place in range(tables.first_charged[route], tables.first_charged[route + 1]):
        j = tables.charged[place]
        amount = whole_cents(stand.unit[j]) * count
        new_money[tables.give[j]] -= amount
        new_money[tables.get[j]] += amount
        sums[j] += amount


def pay_all(month: int, tables: Tables, lives: Lives, stand: Stand, series: Series) -> None:
    """Amounts per person present at the month's end: equal ones once a stratum, others one by one."""
    new_people, new_money, sums = series.people[month + 1], series.money[month + 1], series.sums[month]
    for stratum in range(len(new_people)):
        if tables.months_tally[stratum] >= 0:
            stand.counted[tables.months_tally[stratum], stratum] += 1
    for place in range(len(tables.equal)):
        j = tables.equal[place]
        stratum, cents = tables.stratum[j], whole_cents(stand.unit[j])
        amount = cents * new_people[stratum]
        new_money[tables.give[j]] -= amount
        new_money[tables.get[j]] += amount
        sums[j] = amount
        if tables.at[tables.give[j]] == stratum:
            stand.posted[tables.give[j]] -= cents
        if tables.at[tables.get[j]] == stratum:
            stand.posted[tables.get[j]] += cents
        if tables.tally_of[j] >= 0:
            stand.counted[tables.tally_of[j], stratum] += cents
    if len(tables.own) > 0:
        for person in range(stand.marks[PERSONS]):
            pay_own(person, month, tables, lives, stand, new_money, sums)


def pay_own(
    person: int, month: int, tables: Tables, lives: Lives, stand: Stand, new_money: Ints, sums: Ints
) -> None:
    """Amounts that differ from person to person."""
    stratum = lives.where[person]
    first, end = tables.first_own[stratum], tables.first_own[stratum + 1]
    for place in range(first, end):
        j = tables.own[place]
        give, get = tables.give[j], tables.get[j]
        cents = whole_cents(stand.unit[j] * lives.factor[person] if tables.is_own[j] != 0 else stand.unit[j])
        if tables.is_capped[j] != 0:
            held = lives.held[person, tables.slot_of[give]] + stand.posted[give]
            cents = min(cents, max(int(held), 0))
        new_money[give] -= cents
        new_money[get] += cents
        sums[j] += cents
        if tables.at[give] == stratum:
            lives.held[person, tables.slot_of[give]] -= cents
        if tables.at[get] == stratum:
            lives.held[person, tables.slot_of[get]] += cents
        note(person, tables.tally_of[j], cents, lives)
    if first < end and tables.is_inside[stratum] != 0:
        for which in range(lives.milestone.shape[1]):
            look(person, which, stratum, month, stand.posted, tables, lives)


def share_common(tables: Tables, stand: Stand, people: Ints) -> None:
    """What nobody owns falls in equal whole cents to those present; less than a cent a head is left."""
    for balance in range(len(stand.common)):
        stratum = tables.at[balance]
        if stand.common[balance] != 0 and people[stratum] > 0:
            each = stand.common[balance] // people[stratum]
            stand.posted[balance] += each
            stand.common[balance] -= each * people[stratum]


PARTS: tuple[Callable[..., Any], ...] = (
    *(carry, charge, bring, carry_counts, move_counts, pay_all, pay_own, share_common),
)
