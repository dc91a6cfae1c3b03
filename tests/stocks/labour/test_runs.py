"""What the described systems do in a run of the text: word at home, vacancies, firms, sanctions, publicity."""

from __future__ import annotations

import numpy as np
import pytest

from tallystick.stocks.labour import fields
from tests.stocks.labour.made import SHAPE, World, world

OFF = dict.fromkeys(fields.Loops._fields, 0.0)


def effect(one: World, of: str, **outside: float) -> float:
    """By how much a lever moves the sum of a flow's movers, against the same run without."""
    pulled = one.but(outside=outside)
    return float(one.moved(pulled.run(), of).sum() - one.moved(one.run(), of).sum())


def test_more_knowledge_raises_places_given_up_and_lowers_applications() -> None:
    one = world(24)
    assert effect(one, "withdraw", news=1.0) > 0
    assert effect(one, "apply", news=1.0) < 0
    assert effect(one, "depart", news=1.0) < 0


def test_punished_talk_spreads_more_slowly() -> None:
    """B4 on and off, while more have returned than at the start."""
    one = world(48).starting(returned=3.0)
    known = {on: one.level(one.but(loops={"B4": on}).run(), "knowledge") for on in (0.0, 1.0)}
    assert known[1.0][-1] > known[1.0][0]
    assert known[1.0][-1] < known[0.0][-1]


def test_word_alone_empties_no_stock_below_zero() -> None:
    most = {"knowledge_withdraw": 2.0, "knowledge_apply": 2.0, "returned_talk": 2.0, "tell": 0.01, "withdraw": 1.0}
    one = world(120).but(**most, loops=OFF | {"B3": 1.0}, outside={"news": 1.0}).starting(returned=100.0)
    assert one.run().people.min() >= 0


def test_vacancies_draw_departures_and_workers_fill_at_most_what_there_is() -> None:
    one = world(36)
    assert effect(one, "depart", demand_fall=0.5) < 0
    path = one.but(outside={"war": 2.0}).run()
    assert one.moved(path, "depart").sum() > one.moved(one.run(), "depart").sum()
    full = one.but(vacancies_ref=100.0).starting(vacancies=100.0 / 20_000).run()
    assert one.level(full, "vacancies").min() > 0


def test_listing_does_nothing_at_no_exports_and_more_the_more_goes_to_states_that_comply() -> None:
    one = world(36).but(export_share=0.5)
    at_home = one.but(export_share=0.0)
    assert effect(at_home, "depart", listing=1.0) == pytest.approx(0, abs=1e-9)
    assert effect(at_home, "end_of_term", buyers_checks=1.0) == pytest.approx(0, abs=1e-9)
    some, most = (effect(one.but(complying_share=share), "depart", listing=1.0) for share in (0.2, 0.9))
    leaking = effect(one.but(complying_share=0.9, leak_share=0.9), "depart", listing=1.0)
    assert most < some < 0
    assert most < leaking < 0


def test_listing_outside_the_focus_host_moves_nobody_directly() -> None:
    one = world(1).but(export_share=1.0, complying_share=1.0, leak_share=0.0, rehired=0.0)
    idle, pulled = one.run(), one.but(outside={"buyers_checks": 1.0}).run()
    for host in SHAPE.elsewhere:
        place = one.graph.place("abroad", host)
        assert pulled.people[1, place] == idle.people[1, place]


def test_longer_hours_break_more_and_the_hours_of_the_fit_leave_harm_as_it_was() -> None:
    """In proportion at an elasticity of 1, but for the floor under a log ratio; not at all at 0."""
    one = world(12)
    long, short = (one.but(outside={"hours": hours}) for hours in (1.5, 0.75))
    for flow in ("die", "disable"):
        usual = one.moved(one.run(), flow)
        assert usual[0] == pytest.approx(one.moved(one.but(hours_harm=0.0, outside={"hours": 1.5}).run(), flow)[0])
        assert 1.35 < one.moved(long.run(), flow)[0] / usual[0] < 1.5
        assert 0.75 < one.moved(short.run(), flow)[0] / usual[0] < 0.85
    assert one.moved(one.run(), "die")[0] == pytest.approx(1.4e-4 * one.people(one.run(), "abroad")[0], rel=0.2)


def test_a_council_that_acts_holds_back_departures_and_lighter_sanctions_let_go() -> None:
    one = world(36)
    assert effect(one, "depart", council=1.0) < 0
    assert effect(one, "ordered_return", council=1.0) > 0
    assert effect(one, "depart", lightening=1.0) > 0
    assert abs(effect(one, "depart", publicity=1.0)) < abs(effect(one, "depart", council=1.0))


def test_with_every_loop_off_and_no_lever_pulled_levels_stand_still() -> None:
    """All but what follows flight, which B2 would answer: that loop's arrow is cut, its level goes on."""
    one = world(24).but(loops=OFF)
    path = one.run()
    for name in ("vacancies", "knowledge", "strength", "war", "vetting", "listed"):
        series = one.level(path, name)
        np.testing.assert_allclose(series, series[0], rtol=1e-12, err_msg=name)


@pytest.mark.parametrize("lever", fields.LEVERS)
def test_every_lever_moves_something_and_at_no_strength_nothing(lever: str) -> None:
    one = world(12).but(export_share=0.5)
    idle, zero, pulled = one.run(), one.but(outside={lever: 0.0}).run(), one.but(outside={lever: 0.8}).run()
    np.testing.assert_array_equal(idle.people, zero.people)
    np.testing.assert_array_equal(idle.money, zero.money)
    same = np.array_equal(idle.people, pulled.people) and np.array_equal(idle.money, pulled.money)
    assert not same
