"""Promise: what lies ahead of the evidence is left out, and what no claim reaches is marked as a projection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tallystick.brief.contract import contract
from tallystick.brief.facts import Facts
from tallystick.brief.periods import begun, has_begun, is_projection
from tallystick.brief.tables import tables

DAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2023", True), ("2024", True), ("2025", False), ("2024-05", True), ("2024-06", True), ("2024-07", False)],
)
def test_a_period_counts_once_it_has_begun(period: str, expected: bool) -> None:
    assert has_begun(period, DAY) is expected


def test_periods_that_lie_wholly_ahead_are_left_out(facts: Facts) -> None:
    kept = begun(facts.estimates, DAY)
    assert 0 < len(kept) < len(facts.estimates)
    assert max(each.period[:4] for each in kept) == "2024"
    assert max(each.period for each in kept if len(each.period) > 4) <= "2024-06"


def test_a_projection_begins_after_every_day_that_its_claims_describe(facts: Facts) -> None:
    estimate = next(each for each in facts.estimates if each.claims)
    described = max(one.end for claim in estimate.claims if (one := facts.account.observation_of(claim)) is not None)
    assert not is_projection(replace(estimate, period=f"{described:%Y-%m}"), facts.account)
    assert not is_projection(replace(estimate, period=f"{described:%Y}"), facts.account)
    assert is_projection(replace(estimate, period=f"{described.year + 1}"), facts.account)
    assert is_projection(replace(estimate, claims=()), facts.account)


def test_document_and_table_mark_the_same_projections(facts: Facts) -> None:
    marks = [each["projection"] for each in contract(facts)["estimates"]]
    assert marks == [is_projection(each, facts.account) for each in facts.estimates]
    assert [row["projection"] for row in tables(facts)["estimates"]] == ["yes" if mark else "no" for mark in marks]
    assert {True, False} == set(marks)
