"""Promise: a sum of money is kept in dollars of its period and in dollars of one stated year, as the fit has it."""

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tallystick.reconcile.dollars import dollars
from tallystick.reconcile.money import is_money


def test_every_used_sum_reads_as_the_fit_reads_it() -> None:
    programme = load_programme()
    account = reconcile(programme)
    sums = [seen for seen in account.observations if seen.constant is not None]
    assert len(sums) > 20
    for seen in sums:
        found = dollars(programme.claim(seen.claim), programme, seen)
        assert found is not None
        months = 12 if found.then.unit.endswith("/year") and seen.unit.endswith("/month") else 1
        assert seen.constant is not None
        then = {value / months for value in (found.then.low, found.then.point, found.then.high) if value is not None}
        fixed = {value / months for value in (found.constant.low, found.constant.point, found.constant.high) if value}
        taken = [value for value in (seen.low, seen.point, seen.high) if value is not None]
        assert min(then) <= min(taken) <= max(taken) <= max(then)
        assert min(fixed) == pytest.approx(min(then) * fixed_over(seen))


def fixed_over(seen: object) -> float:
    """Dollars of the one year over dollars of the period, as the observation has them."""
    pairs = zip((seen.low, seen.point, seen.high), seen.constant, strict=True)  # type: ignore[attr-defined]
    return next(fixed / then for then, fixed in pairs if then is not None)


def test_every_sum_that_states_days_and_is_not_cumulative_has_dollars() -> None:
    programme = load_programme()
    account = reconcile(programme)
    lacking = [
        claim.id
        for claim in programme.claims
        if is_money(claim.unit) and claim.start and claim.end and "(cumulative)" not in claim.unit
        if dollars(claim, programme, account.observation_of(claim.id)) is None
    ]
    assert lacking == []


def test_people_have_no_dollars() -> None:
    programme = load_programme()
    heads = next(claim for claim in programme.claims if claim.unit == "persons")
    assert dollars(heads, programme) is None
