"""Rules whose test is a thing or an act reach each of their words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tallystick.assess.goods_rules import (
    dealing_shown,
    duty_to_list,
    goods_in_return,
    market_ban_from,
    presumption_at_border,
    report_due,
)


@pytest.mark.parametrize(
    ("claims", "outcome"), [({"named": 1}, "undetermined"), ({"not_filed": 1}, "inconsistent"), ({}, "undetermined")]
)
def test_a_report_is_known_or_known_to_be_missing_or_unknown(make: Any, claims: dict[str, int], outcome: str) -> None:
    facts = make.facts({role: (make.claim(),) for role in claims})
    assert report_due(make.obligation(), facts, None).outcome == outcome


def test_a_report_is_in_order_only_when_its_day_and_content_were_read(make: Any) -> None:
    facts = make.facts({"named": (make.claim(),)})
    unread = report_due(make.obligation(), facts, None)
    assert (unread.claims, unread.also_read) == ((), ("c1",))
    assert "were not read" in unread.because
    read = make.obligation(parameters={"day_and_content_read": ["XA"]})
    assert report_due(read, facts, None).outcome == "consistent"


@pytest.mark.parametrize(
    ("barred", "limit", "asserted", "outcome"),
    [
        ("from_sender", "barred", True, "not_applicable"),
        ("to_sender", "barred", True, "inconsistent"),
        ("to_sender", "barred", False, "undetermined"),
        ("to_sender", "capped", True, "undetermined"),
    ],
)
def test_goods_are_judged_by_direction_and_kind(
    make: Any, barred: str, limit: str, asserted: bool, outcome: str
) -> None:
    bar = {"barred_direction": barred, "direction_of_payment": "to_sender", "limit": limit, "asserted": asserted}
    assert goods_in_return(make.obligation(parameters=bar), make.facts(), None).outcome == outcome


@pytest.mark.parametrize("rule", [presumption_at_border, duty_to_list, market_ban_from])
def test_a_text_that_binds_others_yields_no_outcome_for_a_host(make: Any, rule: Any) -> None:
    duty = make.obligation(binds="others", who="importers", reach="Goods from any State are within it.")
    act = make.position("practice", says="Goods were held on 3 March 2020.")
    held = rule(duty, make.facts(addressee="importers", positions=(act,)), None)
    without = rule(duty, make.facts(addressee="importers"), None)
    assert {held.outcome, without.outcome} == {"not_applicable"}
    assert "Goods from any State are within it." in without.because
    assert without.reach == duty.reach
    assert "addressed to importers, not to this State" in held.because
    assert "On record: Goods were held on 3 March 2020." in held.because
    assert "No act under it" in without.because


def test_a_listing_says_that_its_status_since_was_not_followed(make: Any) -> None:
    listed = make.facts(positions=(make.position("practice"),))
    assert "status since was not followed" in duty_to_list(make.obligation(), listed, None).because
    assert "status since" not in duty_to_list(make.obligation(), make.facts(), None).because


def test_a_market_ban_names_the_day_from_which_it_applies_and_not_that_of_entry_into_force(make: Any) -> None:
    ahead = make.obligation(law={"in_force_from": date(2018, 1, 1)}, applies_from=date(2027, 12, 14))
    assert "2027-12-14, after this period" in market_ban_from(ahead, make.facts(), None).because
    running = make.obligation(law={"in_force_from": date(2018, 1, 1)})
    assert "applies from 2018-01-01." in market_ban_from(running, make.facts(), None).because
    assert (
        "no day of application"
        in market_ban_from(make.obligation(law={"in_force_from": None}), make.facts(), None).because
    )


def test_a_dealing_needs_a_row_that_shows_it(make: Any) -> None:
    assert dealing_shown(make.obligation(), make.facts(), None).outcome == "undetermined"
    shown = make.facts({"named": (make.claim(),)})
    assert dealing_shown(make.obligation(), shown, None).outcome == "inconsistent"
