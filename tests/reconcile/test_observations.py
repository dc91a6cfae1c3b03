"""Used claims as the model sees them: closed days, one unit, a host of the model."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.reconcile.account import Account, Observation, reconcile
from tallystick.reconcile.observations import noted
from tallystick.vocab.errors import TallystickError
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim
from tests.reconcile.small import claim, judged, programme


def seen(one: Claim, **row: str) -> Observation:
    """`one` as an observation, read as `row` of the judgements says."""
    hand = {"dispositions": (judged(one.id, "used", **row),)} if row else {}
    found = reconcile(programme(one, hand=hand)).observation_of(one.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("numbers", "kind", "expected"),
    [
        ({"point": 5.0}, "point", (None, 5.0, None)),
        ({"low": 5.0}, "at_least", (5.0, None, None)),
        ({"high": 5.0}, "up_to", (None, None, 5.0)),
        ({"low": 5.0, "high": 7.0}, "range", (5.0, None, 7.0)),
    ],
)
def test_only_the_fields_that_the_bound_speaks_of_are_filled(
    numbers: dict[str, float], kind: str, expected: tuple[float | None, ...]
) -> None:
    found = seen(claim("x", **numbers))
    assert (found.kind, (found.low, found.point, found.high)) == (kind, expected)


def test_a_point_may_be_judged_a_floor() -> None:
    found = seen(claim("x", point=5.0), read_as="at_least")
    assert (found.kind, found.low, found.point, found.high) == ("at_least", 5.0, None, None)


def test_words_may_bound_what_the_row_does_not() -> None:
    found = seen(claim("x", low=2000.0, point=None), read_as="range", read_low="2000", read_high="10000")
    assert (found.kind, found.low, found.point, found.high) == ("range", 2000.0, None, 10000.0)


def test_a_level_without_a_day_is_of_one_in_its_window_and_one_with_days_is_of_all() -> None:
    window = {"read_start": "2015-01-01", "read_end": "2016-12-31"}
    assert seen(claim("x", start=None, end=None), **window).undated
    assert not seen(claim("x"), **window).undated


def test_another_measure_and_other_days_may_be_judged() -> None:
    found = seen(claim("x"), read_measure="permits", read_start="2015-01-01", read_end="2015-12-31")
    assert (found.measure, found.start, found.end) == ("permits", date(2015, 1, 1), date(2015, 12, 31))


def test_pay_is_a_month_s_whatever_the_source_says_and_totals_stay_a_year_s() -> None:
    wage = seen(claim("x", measure="wage", unit="USD/year", point=4980.0))
    assert (wage.unit, wage.point) == ("USD/month", pytest.approx(415.0))
    total = seen(claim("x", measure="revenue", unit="USD/year", point=4980.0))
    assert (total.unit, total.point) == ("USD/year", 4980.0)


def test_money_is_converted_by_the_year_of_the_figure_and_kept_in_both() -> None:
    wage = seen(claim("x", measure="wage", unit="RUB/month", point=45000.0))
    assert (wage.unit, wage.point) == ("USD/month", pytest.approx(900.0))
    assert wage.constant == (None, pytest.approx(990.0), None)


def test_coverage_and_basis_come_from_the_head_of_the_note() -> None:
    note = "coverage=worldwide; basis=net to state; lower bound equals 93,000 x 10,000 USD."
    total = seen(claim("x", measure="revenue", unit="USD/year", host="WW", note=note))
    assert (total.coverage, total.basis) == ("worldwide", "net to state")
    assert noted("basis", "Nothing said of the basis=here") == ""


def test_one_country_of_the_others_keeps_its_code() -> None:
    assert seen(claim("x", host="CC")).host == "CC"


def test_a_used_zero_is_refused_with_the_way_out() -> None:
    with pytest.raises(TallystickError, match=r"x is used, but .* is not above zero") as caught:
        seen(claim("x", point=0.0), read_as="point")
    assert "context" in caught.value.hint


def test_a_used_claim_without_days_is_refused_with_the_way_out() -> None:
    with pytest.raises(TallystickError, match="x is used, but its days are not known") as caught:
        seen(claim("x", start=None, end=None, dating_sure="bound"), read_as="point")
    assert "read_start" in caught.value.hint


def test_a_used_claim_of_nowhere_is_refused() -> None:
    with pytest.raises(TallystickError, match="x is used, but ZZ belongs to no host"):
        seen(claim("x", host="ZZ"), read_as="point")


def test_figures_of_one_briefing_share_a_report() -> None:
    together = [claim(name, asserted_by="agency") for name in ("one", "two")]
    apart = claim("three", asserted_by="agency", asserted_earliest=date(2020, 1, 1), asserted_latest=date(2020, 1, 1))
    different = claim("two", asserted_by="agency", point=7.0)
    account = reconcile(programme(together[0], different, apart))
    reports = {each.claim: each.report for each in account.observations}
    assert reports["one"] == reports["two"] != reports.get("three", "")


def test_every_observation_of_the_shipped_account_is_sound(shipped: Programme, account: Account) -> None:
    used = {each.claim for each in account.dispositions if each.disposition == "used"}
    assert used == {each.claim for each in account.observations}
    for each in account.observations:
        numbers = [value for value in (each.low, each.point, each.high) if value is not None]
        assert numbers
        assert all(value > 0 for value in numbers), each
        assert each.low is None or each.high is None or each.low <= each.high
        assert each.start <= each.end
        assert each.host in shipped.hosts or shipped.places[each.host].host == "OTHER"
        assert each.asserter_class in shipped.asserter_classes
        assert shipped.measures[each.measure].role == "estimated", each
        assert each.report


def test_an_origin_speaks_once_of_each_measure_but_where_a_person_judged_so(
    shipped: Programme, account: Account
) -> None:
    by_hand = {row["claim"] for row in shipped.hand["dispositions"]}
    spoken: dict[tuple[str, str], str] = {}
    for each in account.observations:
        before = spoken.setdefault((each.origin, each.measure), each.claim)
        assert before == each.claim or {before, each.claim} & by_hand


def test_no_stock_and_no_rate_speaks_of_days_after_it_was_said(shipped: Programme, account: Account) -> None:
    for each in account.observations:
        if shipped.measures[shipped.claim(each.claim).measure].kind != "F":
            by_hand = account.disposition_of(each.claim).judged_by
            assert by_hand or each.end <= shipped.claim(each.claim).asserted_latest, each


def test_revenue_says_what_it_covers(account: Account) -> None:
    revenue = [each for each in account.observations if each.measure == "programme_revenue"]
    assert len(revenue) > 5
    assert all(each.coverage == "worldwide" and each.basis for each in revenue)
