"""The account as a whole: quick, steady, and looked up by claim."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, fit_input_hash, reconcile
from tallystick.vocab.programme import Programme


def test_two_runs_give_the_same_account(shipped: Programme, account: Account) -> None:
    assert reconcile(shipped) == account


def test_lookups_agree(account: Account) -> None:
    for each in account.dispositions:
        assert account.disposition_of(each.claim) is each
        assert each.claim in account.origin_of(each.claim).members
        seen = account.observation_of(each.claim)
        assert (seen is not None) == (each.disposition == "used")
    assert account.chains_of("isw_13221")[0].id == "border_count_2024"
    with pytest.raises(KeyError):
        account.disposition_of("nobody")


@pytest.mark.parametrize("day", [date(2012, 6, 1), date(2016, 1, 1), date(2019, 12, 31), date(2024, 11, 30)])
def test_an_earlier_day_gives_an_account_of_what_was_said_by_then(account: Account, day: date) -> None:
    programme = load_programme("dprk", as_of=day)
    earlier = reconcile(programme)
    known = {claim.id for claim in programme.claims}
    assert {each.claim for each in earlier.dispositions} == known
    assert {name for each in earlier.disagreements for name in each.claims} <= known
    assert {name for each in earlier.chains for name in each.members} <= known
    assert {name for each in earlier.arithmetic for name in each.claims} <= known
    assert len(earlier.observations) < len(account.observations)
    assert fit_input_hash(earlier, programme) != fit_input_hash(account, load_programme("dprk"))
