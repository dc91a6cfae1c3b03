"""One month of persons followed one by one: who leaves, what they take along, what they are paid.

Plain Python and numba run these functions as they stand; `individuals` prepares what they are given. Nothing here
knows a text: `rates` and `drift` are generated from it, and everything else is tables of places.

*When somebody leaves* is drawn once, on entering a stratum: a patience E, exponential with mean 1. They leave in the
month in which the hazards summed since then pass E, so that the chance of staying through months of hazards h1, h2,
... is exp(-(h1 + h2 + ...)): the same law as a draw each month, for one number a stay in place of one a month. The
route is drawn in the month of leaving, in proportion to that month's hazards.

*What somebody holds* in an account is their own number of cents plus what their stratum has been posted per head
since they entered it. Only who moves is touched; equal amounts for all cost one addition a stratum. Amounts that
differ from person to person (`is_own`) are posted one by one.

Months are counted from 0; the address of a person's chance is (person, month + 1), and month 0 is the start.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from tallystick.stocks.chance.binomial import binomial
from tallystick.stocks.chance.stream import start, uniform
from tallystick.stocks.engines.persons import money, spells
from tallystick.stocks.engines.persons.money import carry, carry_counts, charge, move_counts, pay_all, share_common
from tallystick.stocks.engines.persons.records import (
    BAD_RATE, BAD_SHARE, CERTAIN, FAULT, FULL, MONTH_BITS, PERSONS, PLACE, SPELLS,
    ROUNDING, Floats, Given, Ints, Keys, Lives, Series, Stand, Tables,
)
from tallystick.stocks.engines.persons.spells import close_spell, end_stay, look, open_spell


def live(
    rates: Callable[..., None], drift: Callable[..., None], given: Given, tables: Tables, lives: Lives, stand: Stand,
    series: Series, keys: Keys, sigma: float, month: int,
) -> int:  # fmt: skip
    """Run from `month` on; give the month that could not be begun (see `Stand.marks`), or the number of months."""
    months = len(series.movers)
    while month < months:
        people, money, level = series.people[month], series.money[month], series.level[month]
        outside, movers = given.outside[month], series.movers[month]
        rates(
            people, money, level, given.parameters, outside, given.weight[month], given.groups, given.loops,
            0, 0, month, stand.taken, stand.hazard, stand.unit,
        )  # fmt: skip
        stand.marks[FAULT] = 0
        if not is_sound(tables, stand):
            return month
        draw_entries(month, tables, stand, keys, people, movers)
        if not has_room(tables, lives, stand, people, movers):
            return month
        series.people[month + 1] = people
        series.money[month + 1] = money
        move_all(month, tables, lives, stand, series, keys, sigma)
        pay_all(month, tables, lives, stand, series)
        share_common(tables, stand, series.people[month + 1])
        if len(stand.posted_by) > 0:
            stand.posted_by[month + 1] = stand.posted
        drift(
            people, money, level, given.parameters, outside, given.groups, given.loops, movers, series.level[month + 1]
        )
        month += 1
    return month


def draw_entries(month: int, tables: Tables, stand: Stand, keys: Keys, people: Ints, movers: Ints) -> None:
    """Movers out of boundary stocks: conditional draws from counts, as in the ensemble."""
    routes = len(tables.source_of)
    for stratum in range(len(people)):
        if tables.is_followed[stratum] == 0:
            total = 0.0
            for route in range(tables.first_exit[stratum], tables.first_exit[stratum + 1]):
                total += stand.hazard[route]
            per = -math.expm1(-total) / (total + (total == 0.0))
            left, rest = int(people[stratum]), 1.0
            for route in range(tables.first_exit[stratum], tables.first_exit[stratum + 1]):
                share = stand.hazard[route] * per
                part = min(share / (rest + (rest <= 0.0)), 1.0)
                moved = binomial(left, float(part), keys.count0, keys.count1, month * routes + route)
                movers[route] = moved
                left -= moved
                rest -= share


def is_sound(tables: Tables, stand: Stand) -> bool:
    """Whether all rates and shares can be one; else marks say which is not. NaN is none."""
    for route in range(len(stand.hazard)):
        if not 0.0 <= stand.hazard[route] < math.inf:
            stand.marks[FAULT], stand.marks[PLACE] = BAD_RATE, route
            return False
    for place in range(len(tables.carried)):
        if not -ROUNDING <= stand.unit[tables.carried[place]] <= 1.0 + ROUNDING:
            stand.marks[FAULT], stand.marks[PLACE] = BAD_SHARE, tables.carried[place]
            return False
    return True


def has_room(tables: Tables, lives: Lives, stand: Stand, people: Ints, movers: Ints) -> bool:
    """Whether there are rows for all who enter this month, and for all spells that could end."""
    entering, inside = 0, 0
    for route in range(len(movers)):
        if tables.is_followed[tables.source_of[route]] == 0 and tables.is_followed[tables.target_of[route]] != 0:
            entering += int(movers[route])
    for stratum in range(len(people)):
        inside += int(people[stratum]) * int(tables.is_inside[stratum])
    if stand.marks[PERSONS] + entering <= len(lives.where) and stand.marks[SPELLS] + inside <= len(stand.spells):
        return True
    stand.marks[FAULT] = FULL
    return False


def move_all(
    month: int, tables: Tables, lives: Lives, stand: Stand, series: Series, keys: Keys, sigma: float
) -> None:
    """Everybody who leaves goes; then those who enter from boundaries are added."""
    for stratum in range(len(tables.is_followed)):
        total = 0.0
        for route in range(tables.first_exit[stratum], tables.first_exit[stratum + 1]):
            total += stand.hazard[route]
        stand.passed[stratum] += min(total, CERTAIN)
    leavers = find_leavers(stand.marks[PERSONS], lives.where, lives.exit_at, stand.passed, lives.found)
    new_people, new_money = series.people[month + 1], series.money[month + 1]
    movers, sums = series.movers[month], series.sums[month]
    for place in range(leavers):
        move(int(lives.found[place]), month, tables, lives, stand, keys, new_people, new_money, movers, sums)
    for route in range(len(movers)):
        if tables.is_followed[tables.source_of[route]] == 0:
            enter(
                route, month, tables, lives, stand, keys, sigma,
                series.people[month], series.money[month], new_people, new_money, movers, sums,
            )  # fmt: skip


def find_leavers(persons: int, where: Ints, exit_at: Floats, passed: Floats, found: Ints) -> int:
    """Persons whose patience is passed, in their order; the only work that grows with persons times months."""
    count = 0
    for person in range(persons):
        if exit_at[person] < passed[where[person]]:
            found[count] = person
            count += 1
    return count


def move(
    person: int, month: int, tables: Tables, lives: Lives, stand: Stand, keys: Keys,
    new_people: Ints, new_money: Ints, movers: Ints, sums: Ints,
) -> None:  # fmt: skip
    """One person goes: route, accounts, spell, and the patience for where they arrive."""
    source = int(lives.where[person])
    place = start(keys.person0, keys.person1, (person << MONTH_BITS) | (month + 1))
    route = route_of(source, uniform(place, 1), tables, stand.hazard)
    target = int(tables.target_of[route])
    movers[route] += 1
    new_people[source] -= 1
    new_people[target] += 1
    for slot in range(len(stand.taken)):
        balance = tables.slots[source, slot]
        stand.taken[slot] = lives.held[person, slot] + stand.posted[balance] if balance >= 0 else 0
        stand.brought[slot] = 0
    is_inside, joins = tables.is_inside[source] != 0, tables.is_inside[target] != 0
    if is_inside:
        end_stay(person, source, month, tables, lives, stand)
    elif joins:
        open_spell(person, month, target, lives)
    carry(person, route, tables, lives, stand, new_money, sums)
    charge(person, route, tables, lives, stand, new_money, sums)
    if tables.tally_of_route[route] >= 0:
        lives.tally[person, tables.tally_of_route[route]] += 1
    if is_inside and not joins:
        close_spell(person, month, source, route, lives, stand)
    arrive(person, target, month, uniform(place, 0), tables, lives, stand)


def route_of(source: int, chance: float, tables: Tables, hazard: Floats) -> int:
    """The route, in proportion to the hazards."""
    first, end = tables.first_exit[source], tables.first_exit[source + 1]
    total = 0.0
    for route in range(first, end):
        total += hazard[route]
    left, chosen = chance * total, -1
    for route in range(first, end):
        if hazard[route] > 0.0:
            chosen = route
            left -= hazard[route]
            if left < 0.0:
                break
    return chosen


def arrive(
    person: int, target: int, month: int, chance: float, tables: Tables, lives: Lives, stand: Stand
) -> None:
    """Stand in the target with what was brought; nobody leaves a boundary stock as the person that entered it."""
    lives.where[person] = target
    lives.exit_at[person] = stand.passed[target] - math.log(chance) if tables.is_followed[target] != 0 else math.inf
    for slot in range(len(stand.brought)):
        balance = tables.slots[target, slot]
        lives.held[person, slot] = stand.brought[slot] - stand.posted[balance] if balance >= 0 else 0
    if tables.is_inside[target] != 0:
        lives.since[person] = month
        for column in range(lives.tally.shape[1]):
            lives.tally[person, column] -= stand.counted[column, target]
        for which in range(lives.milestone.shape[1]):
            look(person, which, target, month, stand.posted, tables, lives)


def enter(
    route: int, month: int, tables: Tables, lives: Lives, stand: Stand, keys: Keys, sigma: float,
    people: Ints, money: Ints, new_people: Ints, new_money: Ints, movers: Ints, sums: Ints,
) -> None:  # fmt: skip
    """Those who come from a boundary stock: counts until here, persons from here on."""
    source, target, count = int(tables.source_of[route]), int(tables.target_of[route]), int(movers[route])
    new_people[source] -= count
    new_people[target] += count
    if tables.is_followed[target] == 0:
        move_counts(route, count, tables, stand, people, money, new_money, sums)
        return
    for _ in range(count):
        person = int(stand.marks[PERSONS])
        stand.marks[PERSONS] += 1
        give_traits(person, keys, sigma, lives)
        for slot in range(len(stand.brought)):
            stand.brought[slot] = 0
        if tables.is_inside[target] != 0:
            open_spell(person, month, target, lives)
        charge(person, route, tables, lives, stand, new_money, sums)
        if tables.tally_of_route[route] >= 0:
            lives.tally[person, tables.tally_of_route[route]] += 1
        place = start(keys.person0, keys.person1, (person << MONTH_BITS) | (month + 1))
        arrive(person, target, month, uniform(place, 0), tables, lives, stand)
    carry_counts(route, count, tables, stand, people, money, new_money, sums)


def give_traits(person: int, keys: Keys, sigma: float, lives: Lives) -> None:
    """The personal pay factor: log-normal with mean 1, fixed for life."""
    if len(lives.factor) > 0:
        place = start(keys.trait0, keys.trait1, person)
        normal = math.sqrt(-2.0 * math.log(uniform(place, 0))) * math.cos(2.0 * math.pi * uniform(place, 1))
        lives.factor[person] = math.exp(sigma * normal - 0.5 * sigma * sigma)


def begin(tables: Tables, lives: Lives, stand: Stand, people: Ints, keys: Keys, sigma: float) -> None:
    """Persons for everybody who is in a followed stratum at the start, with equal parts of what it holds."""
    for balance in range(len(stand.common)):
        if tables.at[balance] < 0:
            stand.common[balance] = 0
    for stratum in range(len(people)):
        if tables.is_followed[stratum] != 0:
            for _ in range(people[stratum]):
                person = int(stand.marks[PERSONS])
                stand.marks[PERSONS] += 1
                give_traits(person, keys, sigma, lives)
                for slot in range(len(stand.brought)):
                    stand.brought[slot] = 0
                if tables.is_inside[stratum] != 0:
                    open_spell(person, -1, stratum, lives)
                place = start(keys.person0, keys.person1, person << MONTH_BITS)
                arrive(person, stratum, 0, uniform(place, 0), tables, lives, stand)
    share_common(tables, stand, people)
    if len(stand.posted_by) > 0:
        stand.posted_by[0] = stand.posted
    for person in range(stand.marks[PERSONS]):
        for which in range(lives.milestone.shape[1]):
            look(person, which, lives.where[person], -1, stand.posted, tables, lives)


def close(month: int, tables: Tables, lives: Lives, stand: Stand) -> None:
    """Spells that go on when the run ends: kept with no route."""
    for person in range(stand.marks[PERSONS]):
        stratum = int(lives.where[person])
        if tables.is_inside[stratum] != 0:
            end_stay(person, stratum, month, tables, lives, stand)
            close_spell(person, month, stratum, -1, lives, stand)


PARTS: tuple[Callable[..., Any], ...] = (
    *(is_sound, draw_entries, has_room, move_all, find_leavers, move, route_of, arrive, enter, give_traits),
    *money.PARTS,
    *spells.PARTS,
)
