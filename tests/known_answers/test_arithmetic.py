"""Sums whose answers are known from the reports themselves, printed here with their parts."""

from __future__ import annotations

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, ArithmeticCheck, reconcile


@pytest.fixture(scope="module")
def account() -> Account:
    return reconcile(load_programme("dprk"))


def check(account: Account, name: str) -> ArithmeticCheck:
    return next(each for each in account.arithmetic if each.id == name)


def test_7000_times_21000_is_147_million_and_the_headcount_does_not_fit(account: Account) -> None:
    total = check(account, "take_times_workers")
    assert (total.result, total.expected) == (147_000_000.0, 147_000_000.0)
    assert total.holds
    assert "rsis23_stock" in total.claims
    low, high = check(account, "take_times_workers_low"), check(account, "take_times_workers_high")
    assert (low.result, high.result) == (140_000_000.0, 210_000_000.0)
    assert low.holds
    assert high.holds
    assert "does not match the text" in low.verdict
    assert "does not match the text" in high.verdict


def test_seven_purposes_sum_to_13221(account: Account) -> None:
    total = check(account, "seven_purposes")
    assert total.result == 7887 + 3098 + 1648 + 286 + 234 + 53 + 15 == 13221
    assert total.holds


def test_30023_less_11490_is_18533_and_a_fall_in_permits(account: Account) -> None:
    fall = check(account, "permits_fall")
    assert (fall.result, fall.expected) == (18_533.0, 18_533.0)
    assert "fall in permits" in fall.verdict
    told = account.disposition_of("ru_repat_18533")
    assert told.disposition == "repeat"
    assert "30,023 permits" in told.reason
    assert "11,490 permits" in told.reason


def test_1000_times_1700_times_12_is_20_4_million_and_no_new_origin(account: Account) -> None:
    total = check(account, "it_income")
    assert (total.result, total.expected) == (20_400_000.0, 20_400_000.0)
    assert "no new origin" in total.verdict
    assert account.origin_of("it19_rev").id == "it19_1000"
    assert "it19_rev" not in {origin.id for origin in account.origins}
    assert "no new observation" in account.disposition_of("it19_rev").reason


def test_the_sum_owed_is_above_twelve_wages(account: Account) -> None:
    take = check(account, "take_above_wage")
    assert (take.result, take.expected) == (7_000.0, 12 * 415.0)
    assert take.holds
    assert "not repaired" in take.verdict


def test_every_sum_that_is_stated_holds(account: Account) -> None:
    assert len(account.arithmetic) >= 20
    assert [each.id for each in account.arithmetic if not each.holds] == []
    assert all(each.verdict.endswith(".") and each.title for each in account.arithmetic)
