"""Money of the period and constant money; a year that is missing is named and never guessed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reconcile.account import Account
from tallystick.reconcile.money import constant_usd, in_usd, is_money
from tallystick.vocab.errors import TallystickError
from tallystick.vocab.programme import Programme
from tests.reconcile.small import programme

SMALL = programme()


def test_a_sum_is_divided_by_the_mean_rate_of_its_year() -> None:
    assert in_usd(45000.0, "RUB/month", 2018, SMALL) == pytest.approx(900.0)


def test_dollars_stay_as_they_are_in_any_year() -> None:
    assert in_usd(7.5, "USD/year", 1900, SMALL) == 7.5


def test_constant_dollars_follow_consumer_prices() -> None:
    assert constant_usd(100.0, 2018, SMALL) == pytest.approx(110.0)
    assert constant_usd(100.0, SMALL.constant_usd_year, SMALL) == pytest.approx(100.0)


def test_a_missing_rate_names_currency_and_year() -> None:
    with pytest.raises(TallystickError, match=r"^no exchange rate of RUB to USD for 1999$") as caught:
        in_usd(1.0, "RUB/month", 1999, SMALL)
    assert "exchange_rates.toml" in caught.value.hint


def test_a_missing_price_level_names_the_year() -> None:
    with pytest.raises(TallystickError, match=r"^no level of USD consumer prices for 1999$") as caught:
        constant_usd(1.0, 1999, SMALL)
    assert "price_index.toml" in caught.value.hint


def test_what_is_no_money_is_refused() -> None:
    with pytest.raises(TallystickError, match="'persons' is no unit of money"):
        in_usd(1.0, "persons", 2018, SMALL)
    assert not is_money("persons")


@given(st.floats(1e-3, 1e12), st.sampled_from([2012, 2016, 2018, 2020, 2023]))
def test_conversion_keeps_proportions(value: float, year: int) -> None:
    assert constant_usd(2 * value, year, SMALL) == pytest.approx(2 * constant_usd(value, year, SMALL))


def test_every_used_sum_of_money_is_in_dollars_of_both_kinds(shipped: Programme, account: Account) -> None:
    money = [seen for seen in account.observations if shipped.measures[seen.measure].object == "money"]
    assert len(money) > 20
    for seen in money:
        assert re.fullmatch(r"USD/(month|year)", seen.unit), seen
        assert seen.constant is not None
        for then, now in zip((seen.low, seen.point, seen.high), seen.constant, strict=True):
            assert (then is None) == (now is None)


def test_the_same_sum_in_two_currencies_comes_out_alike(shipped: Programme) -> None:
    yuan = shipped.claim("yomi_firm")
    assert yuan.low is not None
    assert in_usd(yuan.low, yuan.unit, 2024, shipped) == pytest.approx(347, rel=0.03)  # as a copy of 2024 converts it
