"""One month of persons followed one by one: who leaves, what they take along, what they are paid.

Plain Python and numba run these functions as they stand; `individuals` prepares what they are given. Nothing here
knows a text: `rates` and `drift` are generated from it, and everything else is tables of places.

*When somebody leaves* is drawn once, on entering a stratum: a patience E, exponential with mean 1. They leave in the
month in which the hazards summed since then pass E, so that the chance of staying through months of hazards h1, h2,
... is exp(-(h1 + h2 + ...)): the same law as a draw each month, for one number a stay in place of one a month. The
route is drawn in the month of leaving, in proportion to that month's hazards.

*What somebody holds* in an account is their own number of cents plus what their stratum has been posted per head
since they entered it. Only who moves is touched; equal amounts for all cost one addition a stratum. Amounts that
differ from person to person are posted one by one.

Months are counted from 0; the address of a person's chance is (person, month + 1), and month 0 is the start.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from tallystick.stocks.chance.binomial import binomial
from tallystick.stocks.chance.stream import start, uniform
from tallystick.stocks.engines.persons import money, spells
from tallystick.stocks.engines.persons.money import carry, carry_counts, charge, pay_all, share_common
from tallystick.stocks.engines.persons.records import (
    BAD_RATE,
    BAD_SHARE,
    CERTAIN,
    FAULT,
    MONTH_BITS,
    NO_PERSONS,
    NO_SPELLS,
    PERSONS,
    PLACE,
    ROUNDING,
    SPELLS,
    Floats,
    Ints,
    Keys,
    Lives,
    Routes,
    Series,
    Space,
    Stand,
    Tables,
    Transfers,
)
from tallystick.stocks.engines.persons.spells import begin_stays, close_spells, end_stays, look_all, open_spells

# Run from `month` on (-1: the start); give the month that could not be begun; one more than the months when done.
# `Stand.marks` says why a month could not be begun; the run goes on from there. It is a text, bound to the functions
# that are generated, so that the whole of it can be kept compiled.
LIVE = """
def kernel(given, tables, space, series, keys, sigma, month):
    months, stand = len(series.movers), space.stand
    if month < 0:
        begin(tables, space, series.people[0], keys, sigma)
        month = 0
    while month < months:
        people, level = series.people[month], series.level[month]
        outside, movers = given.outside[month], series.movers[month]
        rates(
            people, series.money[month], level, given.parameters, outside, given.weight[month], given.groups,
            given.loops, stand.hazard, stand.unit, stand.read,
        )
        stand.marks[FAULT] = 0
        if not is_sound(tables.transfers, stand):
            return month
        draw_entries(month, tables.routes, stand.hazard, keys, people, movers)
        if not has_room(tables, space, people, movers):
            return month
        step(month, tables, space, series, keys, sigma)
        drift(level, given.parameters, outside, given.groups, movers, stand.read, series.level[month + 1])
        month += 1
    stand.marks[FAULT] = 0
    if not has_room(tables, space, series.people[months], series.movers[0, :0]):
        return months
    close(months, tables, space)
    return months + 1
"""


def step(month: int, tables: Tables, space: Space, series: Series, keys: Keys, sigma: float) -> None:
    """Persons and money of one month, in the order that a text states."""
    routes, lives, stays, moving, stand = tables.routes, space.lives, space.stays, space.moving, space.stand
    people, new_money, sums = series.people[month + 1], series.money[month + 1], series.sums[month]
    copy(series.people[month], people)
    copy(series.money[month], new_money)
    pass_time(routes, stand.hazard, stand.passed)
    leavers = find_leavers(stand.marks[PERSONS], lives.where, lives.exit_at, stand.passed, moving.person)
    choose(leavers, month, routes, stand.hazard, lives.where, moving.person, moving.route, keys, series.movers[month])
    movers = add_entrants(leavers, routes, moving, stand.marks, lives.factor, keys, sigma, series.movers[month])
    count_people(routes, series.movers[month], people)
    moving.brought[:movers] = 0
    if len(stays.since) > 0:
        end_stays(leavers, month, tables, lives, stays, moving, stand)
        open_spells(movers, month, routes, tables.kept, stays, moving)
    carry(leavers, tables, lives.held, stays.tally, moving, stand, new_money, sums)
    charge(movers, tables, lives.factor, stays.tally, moving, stand.unit, new_money, sums)
    carry_counts(tables, stand, series.people[month], series.money[month], series.movers[month], new_money, sums)
    if len(stays.since) > 0:
        close_spells(movers, month, routes, tables.kept, lives.where, stays, moving, stand)
    arrive(movers, month, tables.holding.slots, routes, lives, moving.person, moving.route, moving.brought, stand, keys)
    if len(stays.since) > 0:
        begin_stays(movers, month, tables, lives, stays, moving, stand)
    pay_all(month, tables, lives, stays, stand, people, new_money, sums)
    share_common(tables.holding.at, stand.common, stand.posted, people)
    if len(stand.posted_by) > 0:
        copy(stand.posted, stand.posted_by[month + 1])


def copy(values: Ints, into: Ints) -> None:
    """One by one: numba sets aside memory for copying rows, which a month must not ask for."""
    for place in range(len(values)):
        into[place] = values[place]


def is_sound(transfers: Transfers, stand: Stand) -> bool:
    """Whether all rates and shares can be one; else marks say which is not. NaN is none."""
    for route in range(len(stand.hazard)):
        if not 0.0 <= stand.hazard[route] < math.inf:
            stand.marks[FAULT], stand.marks[PLACE] = BAD_RATE, route
            return False
    for place in range(len(transfers.carried)):
        if not -ROUNDING <= stand.unit[transfers.carried[place]] <= 1.0 + ROUNDING:
            stand.marks[FAULT], stand.marks[PLACE] = BAD_SHARE, transfers.carried[place]
            return False
    return True


def draw_entries(month: int, routes: Routes, hazard: Floats, keys: Keys, people: Ints, movers: Ints) -> None:
    """Movers out of boundary stocks: conditional draws from counts, as in the ensemble."""
    for stratum in range(len(people)):
        if routes.is_followed[stratum] == 0:
            first, end = int(routes.first_exit[stratum]), int(routes.first_exit[stratum + 1])
            total = 0.0
            for route in range(first, end):
                total += hazard[route]
            per = -math.expm1(-total) / (total + (total == 0.0))
            left, rest = int(people[stratum]), 1.0
            for route in range(first, end):
                share = hazard[route] * per
                part = float(min(share / (rest + (rest <= 0.0)), 1.0))
                moved = binomial(left, part, keys.count0, keys.count1, month * len(movers) + route)
                movers[route] = moved
                left -= moved
                rest -= share


def has_room(tables: Tables, space: Space, people: Ints, movers: Ints) -> bool:
    """Whether there are rows for all who enter this month, and for all spells that could end."""
    routes, marks = tables.routes, space.stand.marks
    entering, inside = 0, 0
    for route in range(len(movers)):
        if routes.is_followed[routes.source[route]] == 0 and routes.is_followed[routes.target[route]] != 0:
            entering += int(movers[route])
    for stratum in range(len(people)):
        inside += int(people[stratum]) * int(tables.kept.is_inside[stratum])
    if marks[PERSONS] + entering > len(space.lives.where):
        marks[FAULT] = NO_PERSONS
    elif marks[SPELLS] + inside > len(space.stand.spells):
        marks[FAULT] = NO_SPELLS
    return int(marks[FAULT]) == 0


def pass_time(routes: Routes, hazard: Floats, passed: Floats) -> None:
    """Add the month's hazards to what each stratum has seen."""
    for stratum in range(len(passed)):
        total = 0.0
        for route in range(routes.first_exit[stratum], routes.first_exit[stratum + 1]):
            total += hazard[route]
        passed[stratum] += min(total, CERTAIN)


def find_leavers(persons: int, where: Ints, exit_at: Floats, passed: Floats, found: Ints) -> int:
    """Persons whose patience is passed, in their order; the only work that grows with persons times months."""
    count = 0
    for person in range(persons):
        if exit_at[person] < passed[where[person]]:
            found[count] = person
            count += 1
    return count


def choose(
    leavers: int, month: int, routes: Routes, hazard: Floats, where: Ints, persons: Ints, chosen: Ints, keys: Keys,
    movers: Ints,
) -> None:  # fmt: skip
    """The route of each who leaves, in proportion to the hazards of the month."""
    for place in range(leavers):
        person = int(persons[place])
        source = where[person]
        first, end = routes.first_exit[source], routes.first_exit[source + 1]
        total = 0.0
        for route in range(first, end):
            total += hazard[route]
        left = uniform(start(keys.person0, keys.person1, (person << MONTH_BITS) | (month + 1)), 1) * total
        for route in range(first, end):
            if hazard[route] > 0.0:
                chosen[place] = route
                left -= hazard[route]
                if left < 0.0:
                    break
        movers[chosen[place]] += 1


def add_entrants(
    leavers: int, routes: Routes, moving: Any, marks: Ints, factor: Floats, keys: Keys, sigma: float, movers: Ints
) -> int:
    """Those who come from a boundary stock: counts until here, persons from here on. Gives all movers' number."""
    place = leavers
    for route in range(len(movers)):
        if routes.is_followed[routes.source[route]] == 0 and routes.is_followed[routes.target[route]] != 0:
            for _ in range(movers[route]):
                person = int(marks[PERSONS])
                marks[PERSONS] += 1
                give_traits(person, keys.trait0, keys.trait1, sigma, factor)
                moving.person[place], moving.route[place] = person, route
                place += 1
    return place


def give_traits(person: int, key0: Any, key1: Any, sigma: float, factor: Floats) -> None:
    """The personal pay factor: log-normal with mean 1, fixed for life."""
    if len(factor) > 0:
        place = start(key0, key1, person)
        normal = math.sqrt(-2.0 * math.log(uniform(place, 0))) * math.cos(2.0 * math.pi * uniform(place, 1))
        factor[person] = math.exp(sigma * normal - 0.5 * sigma * sigma)


def count_people(routes: Routes, movers: Ints, people: Ints) -> None:
    """Counts of strata after the month's moves."""
    for route in range(len(movers)):
        people[routes.source[route]] -= movers[route]
        people[routes.target[route]] += movers[route]


def arrive(
    movers: int, month: int, slots: Ints, routes: Routes, lives: Lives, persons: Ints, chosen: Ints, brought: Ints,
    stand: Stand, keys: Keys,
) -> None:  # fmt: skip
    """Stand in the target with what was brought; who enters a boundary stock is followed no more."""
    where, exit_at, held = lives.where, lives.exit_at, lives.held
    passed, posted = stand.passed, stand.posted
    for place in range(movers):
        person, target = int(persons[place]), routes.target[chosen[place]]
        where[person] = target
        if routes.is_followed[target] != 0:
            address = start(keys.person0, keys.person1, (person << MONTH_BITS) | (month + 1))
            exit_at[person] = passed[target] - math.log(uniform(address, 0))
        else:
            exit_at[person] = math.inf
        for slot in range(held.shape[1]):
            balance = slots[target, slot]
            held[person, slot] = brought[place, slot] - posted[balance] if balance >= 0 else 0


def begin(tables: Tables, space: Space, people: Ints, keys: Keys, sigma: float) -> None:
    """Persons for everybody who is in a followed stratum at the start, with equal parts of what it holds."""
    lives, stays, stand = space.lives, space.stays, space.stand
    for balance in range(len(stand.common)):
        if tables.holding.at[balance] < 0:
            stand.common[balance] = 0
    for stratum in range(len(people)):
        for _ in range(people[stratum] * tables.routes.is_followed[stratum]):
            person = int(stand.marks[PERSONS])
            stand.marks[PERSONS] += 1
            give_traits(person, keys.trait0, keys.trait1, sigma, lives.factor)
            lives.where[person] = stratum
            lives.exit_at[person] = -math.log(uniform(start(keys.person0, keys.person1, person << MONTH_BITS), 0))
            if len(stays.since) > 0:
                stays.joined[person], stays.first[person] = -1, stratum
    share_common(tables.holding.at, stand.common, stand.posted, people)
    if len(stand.posted_by) > 0:
        copy(stand.posted, stand.posted_by[0])
    look_all(-1, stand.marks[PERSONS], tables, lives, stays, stand.posted)


def close(month: int, tables: Tables, space: Space) -> None:
    """Spells that go on when the run ends are kept without a route; there is room, since they could have ended."""
    moving, count = space.moving, 0
    for person in range(space.stand.marks[PERSONS] if len(space.stays.since) > 0 else 0):
        if tables.kept.is_inside[space.lives.where[person]] != 0:
            moving.person[count], moving.route[count] = person, -1
            count += 1
    end_stays(count, month, tables, space.lives, space.stays, moving, space.stand)
    close_spells(count, month, tables.routes, tables.kept, space.lives.where, space.stays, moving, space.stand)


OWN: tuple[Callable[..., Any], ...] = (
    *(begin, close, step, copy, is_sound, draw_entries, has_room, pass_time, find_leavers),
    *(choose, add_entrants, give_traits, count_people, arrive),
)
CALLED: dict[str, Any] = {"FAULT": FAULT} | {
    each.__name__: each for each in (begin, is_sound, draw_entries, has_room, step, close)
}
PARTS = (*OWN, *money.PARTS, *spells.PARTS)
