"""Promise T9 for money: a month's pay closes to the cent, and no booked dollar appears or vanishes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tallystick.stocks.pay import book, divide
from tallystick.stocks.people import Ops

EXACT = 1e-12
MONTHS = 24


def money(most: float) -> st.SearchStrategy[float]:
    """Nothing, or a cent and more."""
    return st.one_of(st.just(0.0), st.floats(0.01, most))


@st.composite
def shares(draw: Any) -> tuple[float, float, float]:
    """Three shares of pay that leave something or nothing to book."""
    odds = [draw(st.floats(0, 20)) for _ in range(3)]
    total = sum(odds) + draw(st.floats(1e-9, 5))
    return odds[0] / total, odds[1] / total, odds[2] / total


@given(gross=money(20_000), parts=shares())
def test_a_months_pay_closes_to_the_cent(gross: float, parts: tuple[float, float, float]) -> None:
    pay = divide(gross, *parts)
    assert pay.state + pay.agents + pay.pocket + pay.booked == pytest.approx(gross, rel=EXACT)
    assert abs(pay.state + pay.agents + pay.pocket + pay.booked - pay.gross) < 0.005  # USD
    assert min(pay) >= -EXACT * gross


def test_what_the_parts_do_not_take_is_booked() -> None:
    assert divide(800.0, 0.5, 0.25, 0.125) == (800.0, 400.0, 200.0, 100.0, 100.0)


def test_a_sum_above_the_wage_shows_as_less_than_nothing_booked() -> None:
    """The conflict is not repaired: whoever takes more than all leaves a negative part to be seen."""
    assert divide(500.0, 1.2, 0.0, 0.0).booked == pytest.approx(-100.0)


PEOPLE = arrays(float, MONTHS, elements=st.one_of(st.just(0.0), st.floats(1e-3, 1e5)))
LEAVING = arrays(float, MONTHS, elements=st.floats(0, 0.99))
BOOKED = arrays(float, MONTHS, elements=money(2000))


@given(present=PEOPLE, leaving=LEAVING, booked=BOOKED, paid=st.floats(0, 1), start=money(1e8))
def test_what_accrued_is_owed_or_settled(
    present: Any, leaving: Any, booked: Any, paid: float, start: float, with_numpy: Ops
) -> None:
    run = book(present, leaving, booked, paid, start, with_numpy)
    accrued = start + np.cumsum(present * booked)
    tolerance = EXACT * accrued[-1]
    np.testing.assert_allclose(run.owed + np.cumsum(run.settled), accrued, rtol=EXACT, atol=tolerance)
    assert (run.paid <= run.settled + tolerance).all()
    assert run.owed.min() >= 0
    assert run.settled.min() >= -tolerance


def test_the_ledger_in_closed_form_is_the_ledger_month_by_month(with_numpy: Ops, with_jax: Ops) -> None:
    rng = np.random.default_rng(7)
    present, leaving, booked = rng.uniform(0, 9000, MONTHS), rng.uniform(0, 0.9, MONTHS), rng.uniform(0, 90, MONTHS)
    owed, lines = 1e6, []
    for people, share, each in zip(present, leaving, booked, strict=True):
        settled = owed * share
        owed = owed - settled + people * each
        lines.append((owed, settled, settled * 0.4))
    for ops in (with_numpy, with_jax):
        run = book(present, leaving, booked, 0.4, 1e6, ops)
        np.testing.assert_allclose(np.array(run).T, lines, rtol=1e-11)


def test_a_ledger_that_nobody_leaves_only_grows(with_numpy: Ops) -> None:
    run = book(np.full(MONTHS, 100.0), np.zeros(MONTHS), np.full(MONTHS, 50.0), 0.5, 1000.0, with_numpy)
    np.testing.assert_allclose(run.owed, 1000 + 5000 * np.arange(1, MONTHS + 1), rtol=EXACT)
    assert np.abs(run.settled).max() <= EXACT * run.owed[-1]


def test_a_ledger_settles_down_to_what_a_mean_stay_earns(with_numpy: Ops) -> None:
    """owed -> present x booked / share leaving: the fixed point of owed = (1 - share) owed + accrued."""
    run = book(np.full(600, 100.0), np.full(600, 0.05), np.full(600, 50.0), 0.5, 0.0, with_numpy)
    assert run.owed[-1] == pytest.approx(100 * 50 / 0.05, rel=1e-9)
    assert run.paid[-1] == pytest.approx(0.5 * 100 * 50, rel=1e-9)
