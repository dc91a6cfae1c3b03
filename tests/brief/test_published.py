"""Published totals fall where arithmetic puts them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tallystick.brief.chapters.revenue import _within as within
from tallystick.brief.facts import Facts
from tallystick.brief.published import totals
from tests.brief.conftest import invented_facts


@pytest.fixture(scope="module")
def flat_facts() -> Facts:
    """Every draw has 21,000 workers in the focus host who hand over 7,000 dollars a year out of 8,000."""
    facts = invented_facts()
    draws = facts.draws.copy()
    focus = {"host": facts.focus}
    draws["workers_present"].loc[focus] = 21_000.0
    spread = np.linspace(0.5, 1.5, draws.sizes["draw"])[:, None] * np.ones(draws.sizes["year"])
    draws["programme_revenue"].loc[focus] = 21_000 * 7_000.0 * spread
    draws["gross_pay_total"].loc[focus] = 21_000 * 8_000.0
    return replace(facts, draws=draws)


def test_the_known_total_needs_the_known_sum_per_worker(flat_facts: Facts) -> None:
    found = {total.claim.id: total for total in totals(flat_facts)}["rsis23_rev_ru"]
    assert found.low == found.high == 147e6
    assert found.needs_low.median == pytest.approx(7_000)
    assert found.below_low == pytest.approx(0.5, abs=0.01)
    assert found.over_all_pay == 0.0


def test_the_totals_that_readers_meet_are_all_there(flat_facts: Facts) -> None:
    ends = {(total.low, total.high) for total in totals(flat_facts)}
    wanted = {
        (147e6, 147e6),
        (150e6, 300e6),
        (200e6, 500e6),
        (500e6, 500e6),
        (930e6, 2_000e6),
        (1_200e6, 2_300e6),
    }
    assert wanted <= ends


def test_no_copy_stands_among_them(flat_facts: Facts) -> None:
    ids = {total.claim.id for total in totals(flat_facts)}
    assert "darusman_rev" not in ids
    assert "perspective18_rev" not in ids
    assert all(flat_facts.disposed(id) != "garbled" for id in ids)


def test_a_floor_below_our_estimate_and_a_ceiling_above_it_agree_with_it(flat_facts: Facts) -> None:
    """Ours is 147 million, give or take; a floor of half of it is no miss, and a point there is."""
    (found,) = (total for total in totals(flat_facts) if total.claim.id == "rsis23_rev_ru")
    point = replace(found, claim=replace(found.claim, low=None, point=found.low, high=None))
    low = {"below_low": 0.0, "below_high": 0.0}
    high = {"below_low": 1.0, "below_high": 1.0}
    floor = replace(point.claim, point=None, low=point.low, high=None)
    ceiling = replace(point.claim, point=None, low=None, high=point.low)
    agree = [replace(point, claim=floor, **low), replace(point, claim=ceiling, **high)]
    miss = [replace(point, **low), replace(point, claim=floor, **high), replace(point, claim=ceiling, **low)]
    assert within([point, *agree, *miss]) == [point, *agree]
