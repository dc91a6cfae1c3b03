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
    ("claims", "outcome"), [({"named": 1}, "consistent"), ({"not_filed": 1}, "inconsistent"), ({}, "undetermined")]
)
def test_a_report_is_known_or_known_to_be_missing_or_unknown(make: Any, claims: dict[str, int], outcome: str) -> None:
    facts = make.facts({role: (make.claim(),) for role in claims})
    assert report_due(make.obligation(), facts, None).outcome == outcome


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


def test_goods_held_at_a_border_are_presumed_and_nothing_is_found(make: Any) -> None:
    act = make.position("practice")
    held = presumption_at_border(make.obligation(), make.facts(positions=(act,)), None)
    assert held.outcome == "inconsistent"
    assert "a presumption, which finds nothing" in held.because
    assert presumption_at_border(make.obligation(), make.facts(), None).outcome == "undetermined"


def test_a_market_ban_that_lies_ahead_is_not_applicable(make: Any) -> None:
    ahead = make.obligation(law={"in_force_from": date(2027, 12, 14)})
    assert market_ban_from(ahead, make.facts(), None).outcome == "not_applicable"
    running = make.obligation(law={"in_force_from": date(2018, 1, 1)})
    assert market_ban_from(running, make.facts(), None).outcome == "undetermined"
    decided = make.facts(positions=(make.position("practice"),))
    assert market_ban_from(running, decided, None).outcome == "inconsistent"


def test_a_dealing_needs_a_row_that_shows_it(make: Any) -> None:
    assert dealing_shown(make.obligation(), make.facts(), None).outcome == "undetermined"
    shown = make.facts({"named": (make.claim(),)})
    assert dealing_shown(make.obligation(), shown, None).outcome == "inconsistent"


def test_a_listing_counts_in_the_period_in_which_it_was_made(make: Any) -> None:
    inside = make.facts(positions=(make.position("practice", since=date(2020, 11, 19)),))
    before = make.facts(positions=(make.position("practice", since=date(2018, 9, 13)),))
    assert duty_to_list(make.obligation(), inside, None).outcome == "consistent"
    assert duty_to_list(make.obligation(), before, None).outcome == "undetermined"
