"""Signals: 1 at the reference, within their ranges everywhere, and moved by levers the way that reports say."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.stocks.labour import fields
from tallystick.stocks.labour.signals import bounded, odds_times, relative, signals
from tallystick.stocks.units import fields as ranges
from tests.stocks.labour.made import INDICES, PLAIN_OPS, QUIET, graph, now_of, world

ON = fields.Loops(*(1.0 for _ in fields.Loops._fields))


def within(kind: type[Any], **fixed: float) -> st.SearchStrategy[Any]:
    """Records of this kind with every field somewhere in its range."""
    parts = {
        name: st.just(fixed[name]) if name in fixed else st.floats(of.low, min(of.high, 1e12))
        for name, of in ranges(kind)
    }
    return st.builds(kind, **parts)


def at_reference() -> tuple[fields.Now, fields.Parameters]:
    one = world(1)
    return now_of(one.graph, one.inputs), fields.Parameters(*one.inputs.parameters[0])


def test_at_the_reference_every_factor_is_one() -> None:
    now, parameters = at_reference()
    found = signals(now, QUIET, parameters, ON, PLAIN_OPS)
    for name in fields.FACTORS:
        assert getattr(found, name) == pytest.approx(1, abs=1e-12), name
    assert (found.orders, found.dropped, found.kind) == pytest.approx((0, 0, 0), abs=1e-12)
    assert found.vacancies == pytest.approx(now.vacancies, rel=1e-12)
    assert found.strength == pytest.approx(now.strength, rel=1e-12)
    assert found.listed == pytest.approx(now.listed, rel=1e-12)


def test_at_the_reference_no_level_moves() -> None:
    one = world(1)
    path = one.run()
    np.testing.assert_allclose(path.level[1], path.level[0], rtol=1e-12, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(now=within(fields.Now), parameters=within(fields.Parameters), off=st.sampled_from(fields.Loops._fields))
def test_a_loop_that_is_off_does_nothing_at_the_reference_of_its_arrow(
    now: fields.Now, parameters: fields.Parameters, off: str
) -> None:
    """With all loops off only drivers, levers and arrows that no loop owns are left: none may leave its range."""
    none = fields.Loops(*(0.0 for _ in fields.Loops._fields))
    first = signals(now, QUIET, parameters, none._replace(**{off: 0.0}), PLAIN_OPS)
    assert first == signals(now, QUIET, parameters, none, PLAIN_OPS)
    assert first.flight == 1.0
    assert first.vetting == 1.0
    assert first.leave == 1.0


@settings(max_examples=300, deadline=None)
@given(
    now=within(fields.Now), outside=within(fields.Outside), parameters=within(fields.Parameters),
    loops=within(fields.Loops),
)  # fmt: skip
def test_signals_stay_in_their_ranges(
    now: fields.Now, outside: fields.Outside, parameters: fields.Parameters, loops: fields.Loops
) -> None:
    found = signals(now, outside, parameters, loops, PLAIN_OPS)
    for name, of in ranges(fields.Signals):
        value = getattr(found, name)
        assert math.isfinite(value), name
        assert of.low <= value <= of.high * (1 + 1e-9), f"{name} is {value}"


@settings(max_examples=300, deadline=None)
@given(
    signal=within(fields.Signals), outside=within(fields.Outside), parameters=within(fields.Parameters),
    group=within(fields.Group),
)  # fmt: skip
def test_no_hazard_and_no_amount_is_negative(
    signal: fields.Signals, outside: fields.Outside, parameters: fields.Parameters, group: fields.Group
) -> None:
    text = graph().text
    for flow in text.flows:
        assert 0 <= flow.rate(signal, outside, parameters, group, PLAIN_OPS) < 100, flow.id
    for posting in text.postings:
        assert posting.amount(signal, outside, parameters, group, PLAIN_OPS) >= 0, posting.id
    for carriage in text.carriages:
        if carriage.share is not None:
            assert 0 <= carriage.share(signal, outside, parameters, group, PLAIN_OPS) <= 1, carriage.id


@settings(max_examples=200, deadline=None)
@given(now=within(fields.Now), outside=within(fields.Outside), parameters=within(fields.Parameters))
def test_a_level_stays_in_its_range_and_an_index_between_where_it_is_and_where_it_goes(
    now: fields.Now, outside: fields.Outside, parameters: fields.Parameters
) -> None:
    found = signals(now, outside, parameters, ON, PLAIN_OPS)
    for level in graph().text.levels:
        at = getattr(now, level.id, 0.0)
        after = at + level.change(now, found, outside, parameters, fields.Moved(), PLAIN_OPS)
        assert level.low <= after <= level.high * (1 + 1e-12), level.id
        if level.id in INDICES:
            ends = sorted((at, getattr(found, level.id)))
            assert ends[0] - 1e-9 <= after <= ends[1] + 1e-9, level.id


@given(st.floats(-1e9, 1e9))
def test_no_arrow_acts_more_than_twentyfold(x: float) -> None:
    assert -3 <= bounded(x, PLAIN_OPS) <= 3


@given(st.floats(0, 1e9), st.floats(0.01, 1e9))
def test_a_ratio_is_finite_at_zero_and_rises(x: float, reference: float) -> None:
    here = relative(x, reference, PLAIN_OPS)
    assert math.isfinite(here)
    assert relative(x * 1.5 + reference, reference, PLAIN_OPS) > here


@given(st.floats(0, 1), st.floats(0.05, 20))
def test_odds_keep_a_share_a_share(share: float, by: float) -> None:
    assert 0 <= odds_times(share, by) <= 1


@settings(max_examples=100, deadline=None)
@given(now=within(fields.Now), parameters=within(fields.Parameters), lever=st.sampled_from(fields.LEVERS))
def test_no_lever_touches_control_flight_or_rescue(now: fields.Now, parameters: fields.Parameters, lever: str) -> None:
    idle = signals(now, QUIET, parameters, ON, PLAIN_OPS)
    pulled = signals(now, QUIET._replace(**{lever: 1.0}), parameters, ON, PLAIN_OPS)
    for name in ("flight", "rescue", "control"):
        assert getattr(pulled, name) == getattr(idle, name), name


# lever -> signals that rise with it and signals that fall, everything else at the reference
MOVES = {
    "listing": (("listed",), ()),
    "buyers_checks": (("dropped",), ("depart", "select")),
    "council": (("strength",), ()),
    "publicity": (("strength", "learning"), ()),
    "lightening": ((), ("strength",)),
    "news": (("learning",), ()),
    "demand_fall": ((), ("vacancies",)),
    "direct_pay": (("repaid",), ("weapons",)),
    "in_kind": (("kind",), ()),
    "devaluation": ((), ("weapons",)),
}


@pytest.mark.parametrize("lever", MOVES)
def test_a_lever_moves_what_it_acts_on_and_nothing_else(lever: str) -> None:
    now, parameters = at_reference()
    idle = signals(now, QUIET, parameters, ON, PLAIN_OPS)
    pulled = signals(now, QUIET._replace(**{lever: 0.7}), parameters, ON, PLAIN_OPS)
    up, down = MOVES[lever]
    for name in fields.Signals._fields:
        change = getattr(pulled, name) - getattr(idle, name)
        assert (change > 1e-9) == (name in up), name
        assert (change < -1e-9) == (name in down), name


def test_levers_that_act_on_rates_move_no_signal() -> None:
    assert set(fields.LEVERS) - set(MOVES) == {"compliance", "refusal"}


@given(listed=st.floats(0, 1), checks=st.floats(0, 1))
def test_sanctions_on_firms_do_nothing_where_nothing_is_exported(listed: float, checks: float) -> None:
    now, parameters = at_reference()
    for name in ("export_share", "complying_share"):
        at_home = parameters._replace(**{name: 0.0})
        found = signals(now._replace(listed=listed), QUIET._replace(buyers_checks=checks), at_home, ON, PLAIN_OPS)
        assert found.depart == pytest.approx(1, abs=1e-12)
        assert found.dropped == 0


def test_sanctions_on_firms_bite_with_sales_to_states_that_comply_and_leak_through_others() -> None:
    now, parameters = at_reference()

    def departures(**changes: float) -> float:
        listed = now._replace(listed=0.9)
        return float(signals(listed, QUIET, parameters._replace(**changes), ON, PLAIN_OPS).depart)

    assert departures(complying_share=0.9) < departures(complying_share=0.3) < departures(complying_share=0.0)
    assert departures(leak_share=0.0) < departures(leak_share=0.5) < departures(leak_share=1.0)
    assert departures(leak_share=1.0) == pytest.approx(departures(export_share=0.0), abs=1e-12)
