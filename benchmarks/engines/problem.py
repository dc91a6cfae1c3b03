"""The problem that every engine solves: 100,000 invented people, 12 stocks, 16 flows, 240 months.

It has the shape of the models that Tallystick is for and nothing of their content: every number here is made up, so
that speed can be compared and nothing about anybody can be read off.

    People start in the pool. They apply, are refused or selected, trained, cleared and dispatched to three kinds of
    work; they come home, are injured, escape or die, and those who came home go back to the pool.
    Recruitment falls as those abroad come near a quota (a quarter of all people) and is nil above it.
    Nobody is dispatched in months 84 to 119, counted from 0.

A month, the same for every engine that goes by months:

    each flow has a hazard h per person and month, taken from the state at the month's start
    a stock with hazards h1, h2, ... is left by 1 - exp(-(h1 + h2 + ...)), shared in proportion to the hazards
    chance      the exits of a stock are a chain of conditional binomials in the order of `FLOWS`: 16 draws a month
    no chance   the same with every draw at its mean

The state at the end of each month is kept: 240 x 12 numbers a run. Standard library only: each script in `peers` is run
by another environment. `python -m benchmarks.engines.problem` prints the end states.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

PEOPLE = 100_000
MONTHS = 240
SHUT = (84, 120)  # no dispatch in months 84 <= m < 120
QUOTA = 0.25  # of all people
DRAWS_A_RUN = 16 * MONTHS

STOCKS = (
    "pool",
    "applicants",
    "selected",
    "trained",
    "waiting",
    "construction",
    "textile",
    "forestry",
    "injured",
    "returned",
    "escaped",
    "dead",
)
ABROAD = ("construction", "textile", "forestry", "injured")


class Flow(NamedTuple):
    """From one stock to another at `hazard` per person and month, times what `times` says."""

    id: str
    source: str
    target: str
    hazard: float
    times: Literal["", "room", "open"] = ""  # room: max(0, 1 - abroad / quota); open: 0 while dispatch is shut, else 1


FLOWS = (
    Flow("apply", "pool", "applicants", 0.03, "room"),
    Flow("refuse", "applicants", "pool", 0.25),
    Flow("select", "applicants", "selected", 0.15),
    Flow("train", "selected", "trained", 0.5),
    Flow("clear", "trained", "waiting", 0.4),
    Flow("dispatch_construction", "waiting", "construction", 0.2, "open"),
    Flow("dispatch_textile", "waiting", "textile", 0.1, "open"),
    Flow("dispatch_forestry", "waiting", "forestry", 0.08, "open"),
    Flow("construction_home", "construction", "returned", 0.028),
    Flow("construction_injury", "construction", "injured", 0.006),
    Flow("construction_escape", "construction", "escaped", 0.002),
    Flow("textile_home", "textile", "returned", 0.03),
    Flow("forestry_home", "forestry", "returned", 0.035),
    Flow("injured_home", "injured", "returned", 0.2),
    Flow("injured_death", "injured", "dead", 0.02),
    Flow("rest", "returned", "pool", 0.04),
)
HAZARDS = tuple(flow.hazard for flow in FLOWS)

State = dict[str, float]


def at_start(people: float = PEOPLE) -> State:
    """Everyone is in the pool."""
    return {name: float(people) if name == "pool" else 0.0 for name in STOCKS}


def is_open(month: int) -> float:
    """1 when people are dispatched in this month, else 0."""
    return 0.0 if SHUT[0] <= month < SHUT[1] else 1.0


def hazards_of(state: Mapping[str, float], month: int, hazards: Sequence[float], people: float) -> list[float]:
    """Hazard of each flow, per person and month, from the state at the month's start."""
    room = max(0.0, 1.0 - sum(state[name] for name in ABROAD) / (QUOTA * people))
    factor = {"": 1.0, "room": room, "open": is_open(month)}
    return [hazard * factor[flow.times] for flow, hazard in zip(FLOWS, hazards, strict=True)]


def step(state: Mapping[str, float], month: int, hazards: Sequence[float], people: float) -> State:
    """The state a month on, with every draw at its mean."""
    now = hazards_of(state, month, hazards, people)
    total = {name: sum(h for h, flow in zip(now, FLOWS, strict=True) if flow.source == name) for name in STOCKS}
    after = dict(state)
    for hazard, flow in zip(now, FLOWS, strict=True):
        if hazard > 0.0:
            moving = state[flow.source] * -math.expm1(-total[flow.source]) * hazard / total[flow.source]
            after[flow.source] -= moving
            after[flow.target] += moving
    return after


def months(months: int = MONTHS, *, hazards: Sequence[float] = HAZARDS, people: float = PEOPLE) -> Iterator[State]:
    """The state at the end of each month, without chance."""
    state = at_start(people)
    for month in range(months):
        state = step(state, month, hazards, people)
        yield state


def at_end(last: int = MONTHS, *, hazards: Sequence[float] = HAZARDS, people: float = PEOPLE) -> State:
    """The state after `last` months, without chance."""
    return list(months(last, hazards=hazards, people=people))[-1]


def at_end_in_continuous_time(steps_a_month: int = 8) -> State:
    """The state after 240 months when people move at every instant, not once a month: Runge-Kutta of order 4.

    Dispatch shuts and opens on whole months, where steps end, so that no step sees both.
    """
    state, size = at_start(), 1.0 / steps_a_month
    for number in range(MONTHS * steps_a_month):
        state = _runge_kutta(state, number // steps_a_month, size)
    return state


def _runge_kutta(state: State, month: int, size: float) -> State:
    first = _slope(state, month)
    second = _slope(_along(state, first, size / 2), month)
    third = _slope(_along(state, second, size / 2), month)
    fourth = _slope(_along(state, third, size), month)
    mean = {name: (first[name] + 2 * second[name] + 2 * third[name] + fourth[name]) / 6 for name in STOCKS}
    return _along(state, mean, size)


def _slope(state: State, month: int) -> State:
    change = dict.fromkeys(STOCKS, 0.0)
    for hazard, flow in zip(hazards_of(state, month, HAZARDS, PEOPLE), FLOWS, strict=True):
        moving = hazard * state[flow.source]
        change[flow.source] -= moving
        change[flow.target] += moving
    return change


def _along(state: State, slope: State, size: float) -> State:
    return {name: state[name] + size * slope[name] for name in STOCKS}


def parameter_sets(number: int) -> list[list[float]]:
    """Hazards of each set: ours times 0.8 to 1.2, scattered by a formula, so that every library gets the same."""
    return [
        [hazard * (0.8 + 0.4 * ((0.6180339887 * (16 * one + place)) % 1.0)) for place, hazard in enumerate(HAZARDS)]
        for one in range(number)
    ]


def spread(state: Mapping[str, float]) -> State:
    """Standard deviation of each count of one run: that of people who move apart from each other.

    All start in one stock, so the counts would be multinomial; the quota couples them and makes them vary less.
    """
    people = sum(state.values())
    return {name: math.sqrt(max(count * (1.0 - count / people), 0.0)) for name, count in state.items()}


if __name__ == "__main__":
    for name, by_month, always in zip(STOCKS, at_end().values(), at_end_in_continuous_time().values(), strict=True):
        sys.stdout.write(f"{name:14}{by_month:12.3f}{always:12.3f}\n")
