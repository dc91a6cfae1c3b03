"""A programme as of a day holds what can have been said by that day, and nothing that was said later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.as_of import as_of
from tallystick.evidence.programme import load_programme

WHOLE = load_programme("dprk")
DAYS = st.dates(date(2009, 1, 1), date(2026, 12, 31))


@given(DAYS)
def test_nothing_that_was_said_later_is_left(day: date) -> None:
    then = as_of(WHOLE, day)
    assert all(claim.asserted_earliest <= day for claim in then.claims)
    assert all(row.adopted_on is None or row.adopted_on <= day for row in then.law)
    assert all(then.reports[statement.report].published_earliest <= day for statement in then.statements)
    assert all(event.start is None or event.start <= day for event in then.events)


@given(DAYS)
def test_no_link_leads_to_a_claim_that_was_dropped(day: date) -> None:
    then = as_of(WHOLE, day)
    kept = {claim.id for claim in then.claims}
    for claim in then.claims:
        assert kept.issuperset(claim.derived_from), claim.id
        assert kept.issuperset(claim.suspected_from), claim.id
        assert (claim.link_kind == "suspected") <= bool(claim.suspected_from), claim.id
    for statement in then.statements:
        assert kept.issuperset(statement.related_claims), statement.id


@given(DAYS, st.integers(0, 4000))
def test_a_later_day_holds_all_that_an_earlier_one_held(day: date, later: int) -> None:
    before = {claim.id for claim in as_of(WHOLE, day).claims}
    assert before <= {claim.id for claim in as_of(WHOLE, day + timedelta(days=later)).claims}


def test_the_last_day_keeps_everything() -> None:
    then = load_programme("dprk", as_of=date(2026, 11, 21))
    assert then.claims == WHOLE.claims
    assert then.statements == WHOLE.statements
    assert then.as_of == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("day", "claim", "there"),
    [
        (date(2018, 2, 6), "interfax_visas", False),
        (date(2018, 2, 7), "interfax_visas", True),
        (date(2024, 10, 28), "nis_oct24_stock", False),
        (date(2024, 10, 29), "nis_oct24_stock", True),
        (date(2024, 12, 31), "asiapress25_nis4000", False),
        (date(2025, 1, 1), "asiapress25_nis4000", True),
    ],
)
def test_a_claim_appears_on_the_first_day_it_can_have_been_said(day: date, claim: str, there: bool) -> None:
    assert (claim in {one.id for one in load_programme("dprk", as_of=day).claims}) is there


def test_the_root_is_that_of_the_files() -> None:
    assert load_programme("dprk", as_of=date(2018, 1, 1)).evidence_root == WHOLE.evidence_root
