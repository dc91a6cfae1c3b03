"""Money of the text: the identity of a worker-month, booked pay and debt, payment in goods, in their own units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.stocks.engines import plain
from tallystick.stocks.labour import fields
from tallystick.stocks.labour.ledger import gross
from tests.stocks.labour.made import LATE, PARAMETERS, PLAIN_OPS, QUIET, SHAPE, World, graph, world
from tests.stocks.labour.test_people import AT_REFERENCE
from tests.stocks.labour.test_signals import within

PAID = ("pay_state", "pay_goods", "pay_agents", "pay_pocket", "pay_at_once", "pay_booked")


@settings(max_examples=100, deadline=None)
@given(group=within(fields.Group), outside=within(fields.Outside), parameters=within(fields.Parameters))
def test_the_parts_of_a_worker_month_add_up_to_gross(
    group: fields.Group, outside: fields.Outside, parameters: fields.Parameters
) -> None:
    postings = {each.id: each.amount for each in graph().text.postings}
    parts = [postings[id](AT_REFERENCE, outside, parameters, group, PLAIN_OPS) for id in PAID]
    assert sum(parts) == pytest.approx(gross(outside, group), rel=1e-9, abs=1e-9)


def test_with_no_lever_pulled_the_parts_are_those_of_the_fit() -> None:
    group = fields.Group(*(0.0 for _ in fields.Group._fields))._replace(gross=800.0, state=4.0, agents=0.8, pocket=0.5)
    postings = {each.id: each.amount for each in graph().text.postings}
    found = {id: postings[id](AT_REFERENCE, QUIET, PARAMETERS, group, PLAIN_OPS) for id in PAID}
    total = 1 + 4.0 + 0.8 + 0.5
    wanted = {"pay_state": 4.0, "pay_goods": 0, "pay_agents": 0.8, "pay_pocket": 0.5, "pay_at_once": 0, "pay_booked": 1}
    assert found == pytest.approx({id: 800 * odds / total for id, odds in wanted.items()})


def held(one: World, account: str, stratum: str) -> int:
    return one.graph.balance_first[account] + SHAPE.abroad.index(stratum)


def test_leavers_take_their_part_before_the_month_is_booked() -> None:
    """owed' = owed (1 - share that left) + present * booked, the ledger that the fit keeps."""
    one = world(3)
    path = one.run()
    place, balance = one.graph.place("abroad", "C"), held(one, "booked", "C")
    out = [e for e, edge in enumerate(one.graph.edges) if edge.source == place]
    owed = 1000.0 * 1800.0
    for month in range(3):
        share = path.movers[month, out].sum() / path.people[month, place]
        owed = owed * (1 - share) + path.people[month + 1, place] * 800 / 6.3
        assert path.money[month + 1, balance] == pytest.approx(owed, rel=1e-12)


def test_what_is_booked_is_paid_unpaid_or_still_owed() -> None:
    one = world(24)
    path = one.run()
    entered = path.sums[:, [t for t, each in enumerate(one.graph.transfers) if each.of.id == "pay_booked"]].sum()
    there = sum(one.money(path, account)[-1] for account in ("booked", "paid", "unpaid")) - one.money(path, "booked")[0]
    assert there == pytest.approx(entered, rel=1e-9)
    assert (
        one.money(path, "paid")[-1] < one.money(path, "unpaid")[-1]
    )  # half is paid, and nothing to who did not return


def test_who_fled_is_paid_nothing() -> None:
    found = graph()
    targets = {found.balances[each.target] for each in found.transfers if each.of.id == "booked_with_flee"}
    assert targets == {"unpaid"}


def test_debt_goes_with_its_stratum_and_is_repaid_as_far_as_pay_out_covers_it() -> None:
    one = world(12)
    path = one.run()
    lent = -one.money(path, "owed_to_lenders")[-1]
    there = (
        sum(one.money(path, account)[-1] for account in ("debt", "repaid", "still_owed")) - one.money(path, "debt")[0]
    )
    assert there == pytest.approx(lent, rel=1e-9)
    poor = one.but(paid_share=0.0).run()
    assert one.money(poor, "repaid")[-1] == 0
    assert one.money(poor, "still_owed")[-1] > one.money(path, "still_owed")[-1]
    rich = one.but(paid_share=1.0, place_price=1.0, outside={"direct_pay": 1.0}).run()
    assert one.money(rich, "repaid")[-1] > one.money(path, "repaid")[-1]


def test_direct_pay_books_nothing_more_and_leaves_the_State_what_it_does_not_forgo() -> None:
    one = world(12)
    idle, direct = one.run(), one.but(outside={"direct_pay": 1.0}, loops={"R8": 0.0, "R7": 0.0, "R2": 0.0}).run()
    assert one.money(direct, "booked")[-1] < one.money(direct, "booked")[0]
    share = one.money(direct, "state")[-1] / one.money(idle, "state")[-1]
    assert share == pytest.approx(1 - PARAMETERS.direct_cut, rel=0.01)
    assert one.money(direct, "at_once")[-1] > 0


def test_payment_in_goods_takes_nothing_from_the_whole_and_is_booked_in_tonnes_barrels_and_dollars() -> None:
    one = world(12)
    idle, kind = one.run(), one.but(outside={"in_kind": 0.5}).run()
    whole = one.money(kind, "state")[-1] + one.money(kind, "goods")[-1]
    assert whole == pytest.approx(one.money(idle, "state")[-1], rel=1e-9)
    value = (
        one.level(kind, "food") * PARAMETERS.price_food
        + one.level(kind, "fuel") * PARAMETERS.price_fuel
        + one.level(kind, "machinery")
    )
    assert value[-1] == pytest.approx(one.money(kind, "goods")[-1], rel=0.01)  # goods follow those there at the start


def test_a_currency_that_halves_takes_its_share_of_pay_and_moves_nobody_at_once() -> None:
    one = world(1)
    idle, weak = one.run(), one.but(outside={"devaluation": 0.5}).run()
    assert one.money(weak, "employers")[1] == pytest.approx(0.7 * one.money(idle, "employers")[1], rel=1e-12)
    np.testing.assert_array_equal(idle.people, weak.people)


def test_arms_and_goods_are_counted_in_their_own_units() -> None:
    one = world(12).but(outside={"munitions": 1e5, "technology": 0.25, "cover": 0.5, "food": 1000.0, "fuel": 2000.0})
    path = one.run()
    assert one.level(path, "munitions")[-1] == pytest.approx(1.2e6, rel=0.01)
    assert one.level(path, "technology")[-1] == pytest.approx(3)
    assert one.level(path, "cover")[-1] == pytest.approx(6, rel=0.1)  # more, or less, as the bargain goes
    assert one.level(path, "food")[-1] == pytest.approx(12_000)
    assert one.level(path, "fuel")[-1] == pytest.approx(24_000)
    assert not one.level(path, "machinery").any()


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 2**31))
def test_whole_cents_and_whole_persons_add_up_exactly(seed: int) -> None:
    """Expected numbers rounded by a coin: any draw of whole persons must conserve persons and cents."""
    rng = np.random.default_rng(seed)
    one = world(6)
    path = plain.run(one.graph, one.inputs, draw=lambda n, p, *_: int(rng.binomial(n, p)))
    assert set(path.people.sum(axis=1)) == {path.people[0].sum()}
    assert set(path.money.sum(axis=1)) == {path.money[0].sum()}
    assert path.people.min() >= 0
    assert all(path.money[:, held(one, "booked", stratum)].min() >= 0 for stratum in LATE)
