"""The fifteen loops: each pushes a variable of its own path the way its sign says, and its switch takes that away."""

from __future__ import annotations

import pytest

from tallystick.stocks.labour.fields import Loops
from tallystick.stocks.labour.loops import WRITTEN
from tests.stocks.labour.made import SAID, World, graph, world

# loop -> the variable that is pushed at the start, by how much, months until it is looked at, loops that it runs
# through; later the lags of a loop may carry it beyond its rest
PUSHED = {
    "B1": ("abroad", 1.3, 12, ()),
    "R1": ("abroad", 1.3, 12, ()),
    "R2": ("abroad", 1.3, 48, ()),
    "R3": ("abroad", 1.3, 12, ()),
    "R4": ("abroad", 1.3, 12, ()),
    "R5": ("control", 1.5, 24, ()),
    "R6": ("vetting", 0.6, 24, ("B5",)),
    "R7": ("debt", 1.5, 24, ()),
    "R8": ("booked", 1.5, 24, ()),
    "B2": ("control", 1.5, 24, ()),
    "B3": ("returned", 1.5, 72, ()),
    "B4": ("knowledge", 1.3, 24, ()),
    "B5": ("selected", 0.7, 6, ()),
    "B6": ("abroad", 1.3, 24, ()),
    "B7": ("abroad", 1.3, 24, ()),
}
SIGNS = {id: 1 if sign == "+" else -1 for id, _, sign, *_ in WRITTEN}


def pushed(one: World, name: str, by: float) -> float:
    """How far the variable still is from where it would be, had nobody pushed it; against the push at the start."""
    if name in one.graph.levels:
        series = one.level
    else:
        series = one.people if name in one.graph.stocks else one.money
    before, after = series(one.run(), name), series(one.starting(**{name: by}).run(), name)
    return float((after[-1] - before[-1]) / (after[0] - before[0]))


@pytest.mark.parametrize("others", [0.0, 1.0], ids=["alone", "among the others"])
@pytest.mark.parametrize("id", PUSHED)
def test_a_loop_answers_a_push_with_its_sign(id: str, others: float) -> None:
    name, by, months, through = PUSHED[id]
    loops = dict.fromkeys(Loops._fields, others) | dict.fromkeys(through, 1.0)
    one = world(months)
    on = pushed(one.but(loops=loops | {id: 1.0}), name, by)
    off = pushed(one.but(loops=loops | {id: 0.0}), name, by)
    assert (on - off) * SIGNS[id] > 1e-6, f"{on} with {id}, {off} without"


def test_every_loop_of_the_map_is_there_once() -> None:
    wanted = [*(f"B{n}" for n in range(1, 8)), *(f"R{n}" for n in range(1, 9))]
    assert sorted(loop.id for loop in graph().text.loop_list) == wanted
    assert set(PUSHED) == set(wanted) == set(Loops._fields)


def test_arrows_multiply_to_the_sign_of_the_loop() -> None:
    for loop in graph().text.loop_list:
        minus = sum(sign == "-" for _, sign in loop.path)
        assert (loop.sign == "-") == (minus % 2 == 1), loop.id


def test_loops_through_control_and_flight_are_internal() -> None:
    assert {loop.id for loop in graph().text.loop_list if loop.is_internal} == {"B2", "R5", "R6", "R8"}
    for loop in graph().text.loop_list:
        words = " ".join(variable for variable, _ in loop.path)
        assert loop.is_internal or not ("flight" in words or "control" in words), loop.id


def test_evidence_of_a_loop_is_that_of_its_element() -> None:
    assert all(loop.evidence == SAID[loop.id].evidence for loop in graph().text.loop_list)
