"""What a run of persons keeps, as NamedTuples of arrays: plain Python and numba read them alike. -1 means none.

They are passed once a month to functions that go over all movers, never once a person: numba passes a NamedTuple as
all its arrays, which costs more than what is done to one person.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Ints = Any  # arrays of whole numbers
Floats = Any
MONTH_BITS = 20  # a person's address: their number shifted by so much, plus the month
MOST_MONTHS = 2**MONTH_BITS - 2
CERTAIN = 64.0  # no patience lasts so long (at most 36.8): larger hazards mean the same and would only cost digits
ROUNDING = 1e-9  # a share may be so far outside 0 to 1
PERSONS, SPELLS, FAULT, PLACE = 0, 1, 2, 3  # places in `Stand.marks`
NO_PERSONS, NO_SPELLS, BAD_RATE, BAD_SHARE = 1, 2, 3, 4  # faults; of the first two: no rows left
NEVER_OWED, OWING = -2, -1  # a milestone before its month
JOINED, LEFT, FIRST, LAST, ROUTE, HEAD = 0, 1, 2, 3, 4, 5  # columns of a spell; tallies and milestones follow


class Routes(NamedTuple):
    """Where people are and go."""

    is_followed: Ints  # (stratum,) 0 in a boundary stock, where people stay counts
    first_exit: Ints  # (stratum + 1,) routes are ordered by the stratum that they leave
    source: Ints  # (route,)
    target: Ints  # (route,)


class Holding(NamedTuple):
    """Which balances are somebody's own."""

    slots: Ints  # (stratum, slot) balance that a person holds there
    slot_of: Ints  # (balance,) the slot in which a followed person holds it
    at: Ints  # (balance,) stratum whose persons hold it
    is_left: Ints  # (route, slot) 1 where no carriage takes it along


class Transfers(NamedTuple):
    """What moves money."""

    give: Ints  # (transfer,) balance that an amount leaves
    get: Ints  # (transfer,) balance that it goes to
    rest: Ints  # (transfer,) balance of what a share leaves
    stratum: Ints  # (transfer,)
    first_carried: Ints  # (route + 1,) into `carried`
    carried: Ints  # transfers of carriages, by route
    first_charged: Ints  # (route + 1,) into `charged`
    charged: Ints  # transfers of postings per mover, by route
    equal: Ints  # transfers of postings per person present that are the same for all
    first_own: Ints  # (stratum + 1,) into `own`
    own: Ints  # transfers of postings per person present that differ, by stratum
    is_varied: Ints  # (transfer,) 1 where multiplied by the personal factor
    is_capped: Ints  # (transfer,) 1 where no more is posted than the person holds


class Kept(NamedTuple):
    """What is kept of spells: columns of tallies, and milestones."""

    is_inside: Ints  # (stratum,) a spell lasts while a person is in one of these
    amount: Ints  # (transfer,) tally
    rest: Ints  # (transfer,) tally
    times: Ints  # (route,) tally
    months: Ints  # (stratum,) tally
    held: Ints  # (stratum, slot) tally
    owed_slot: Ints  # (milestone, stratum) slot of what is owed
    cover_slot: Ints  # (milestone, stratum) slot of what covers it
    cover_share: Floats  # (milestone,)


class Tables(NamedTuple):
    """All places, from the graph and from what the run was asked for."""

    routes: Routes
    holding: Holding
    transfers: Transfers
    kept: Kept


class Lives(NamedTuple):
    """One row for each person, and rows to spare."""

    where: Ints  # (person,) stratum
    exit_at: Floats  # (person,) summed hazard of the stratum at which they leave
    held: Ints  # (person, slot) cents beside what the stratum was posted per head
    factor: Floats  # (person,) personal pay factor; no rows where nothing is varied


class Stays(NamedTuple):
    """One row for each person, where spells are kept."""

    since: Ints  # (person,) month of entering the stratum
    joined: Ints  # (person,) month in which the spell began
    first: Ints  # (person,) stratum in which it began
    tally: Ints  # (person, tally)
    milestone: Ints  # (person, milestone) month


class Movers(NamedTuple):
    """Space for one month's movers, persons who leave first and then those who enter."""

    person: Ints  # (mover,)
    route: Ints  # (mover,)
    brought: Ints  # (mover, slot) cents that are their own where they arrive


class Stand(NamedTuple):
    """What all persons of a run share."""

    passed: Floats  # (stratum,) hazard summed since the start
    posted: Ints  # (balance,) cents per head posted since the start
    common: Ints  # (balance,) cents that nobody in the stratum owns: less than one a head
    posted_by: Ints  # (month + 1, balance) `posted` at each month's end, where milestones are asked for; index 0: start
    counted: Ints  # (tally, stratum) per head since the start
    hazard: Floats  # (route,) this month
    unit: Floats  # (transfer,) this month: USD per head, or the share of a carriage
    read: Floats  # this month: what its equations read and its signals
    spells: Ints  # (spell, column) those that have ended
    marks: Ints  # persons, spells, fault, its place


class Space(NamedTuple):
    """Everything that a run writes beside its series."""

    lives: Lives
    stays: Stays
    moving: Movers
    stand: Stand


class Series(NamedTuple):
    """The run month by month, as in the other engines."""

    people: Ints  # (month + 1, stratum)
    money: Ints  # (month + 1, balance) cents
    level: Floats  # (month + 1, level)
    movers: Ints  # (month, route)
    sums: Ints  # (month, transfer) cents


class Given(NamedTuple):
    """The inputs of one draw."""

    parameters: Floats
    outside: Floats
    weight: Floats
    groups: Floats
    loops: Floats


class Keys(NamedTuple):
    """Chance of persons, of boundaries (counts) and of what is fixed for life; two words each."""

    person0: Any
    person1: Any
    count0: Any
    count1: Any
    trait0: Any
    trait1: Any
