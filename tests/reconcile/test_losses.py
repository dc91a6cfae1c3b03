"""What a copy lost is told from its fields and those of the claim that it goes back to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tallystick.reconcile.losses import NEW_SUM, NOTHING, lost
from tests.reconcile.small import claim, copy_of, programme

SMALL = programme()
FIRST = claim("first", asserted_by="ministry", hedge="about", sector="logging", region="the north")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"asserted_by": "ministry"}, NOTHING),
        ({"asserted_by": "Ministry (via a paper)"}, NOTHING),
        ({}, "It credits asserter of echo instead of ministry."),
        ({"asserted_by": "ministry", "hedge": ""}, 'It drops the hedge "about".'),
        ({"asserted_by": "ministry", "low": 1000.0}, 'It turns "1,000 persons" into "at least 1,000 persons".'),
        ({"asserted_by": "ministry", "point": 13.0}, 'It turns "1,000 persons" into "13 persons".'),
        ({"asserted_by": "ministry", "region": ""}, "It stretches it from the north to all of Alland."),
        ({"asserted_by": "ministry", "host": "BB"}, "It moves it from the north (Alland) to the north (Benia)."),
        ({"asserted_by": "ministry", "sector": ""}, "It drops that it speaks of logging."),
        ({"asserted_by": "ministry", "sector": "mines"}, "It moves it from logging to clearing of mines."),
        ({"asserted_by": "ministry", "start": None, "end": None}, "It leaves out the time (2018)."),
        (
            {"asserted_by": "ministry", "start": date(2019, 1, 1), "end": date(2019, 12, 31)},
            "It moves it from 2018 to 2019.",
        ),
        ({"asserted_by": "ministry", "measure": "peak"}, "It turns present into peak."),
        (
            {"asserted_by": "ministry", "measure": "crossings", "unit": "crossings"},
            'It turns present into crossings and turns "1,000 persons" into "1,000 crossings".',
        ),
    ],
)
def test_each_loss_has_its_words(fields: dict[str, Any], expected: str) -> None:
    assert lost(copy_of(FIRST, "echo", **fields), FIRST, "repeats", SMALL) == expected


@pytest.mark.parametrize(
    ("fields", "end"), [({"point": 2300.0}, "upper"), ({"high": 2300.0}, "upper"), ({"low": 1200.0}, "lower")]
)
def test_a_range_that_keeps_one_end_says_which(fields: dict[str, float], end: str) -> None:
    whole = claim("whole", low=1200.0, high=2300.0, asserted_by="ministry")
    part = copy_of(whole, "part", asserted_by="ministry", **fields)
    expected = f"It keeps only the {end} end of 1,200 to 2,300 persons."
    assert lost(part, whole, "repeats", SMALL) == expected


def test_a_bound_that_moved_is_told_once_without_its_hedge() -> None:
    floor = claim("floor", low=10000.0, hedge="more than", asserted_by="ministry")
    flat = copy_of(floor, "flat", point=10000.0, hedge="", asserted_by="ministry")
    assert lost(flat, floor, "repeats", SMALL) == 'It turns "at least 10,000 persons" into "10,000 persons".'


def test_a_garbled_copy_carries_the_compiler_s_remark_without_its_keys() -> None:
    broken = copy_of(FIRST, "broken", asserted_by="ministry", note="coverage=x; basis=y; lost a word")
    assert lost(broken, FIRST, "garbles", SMALL) == "Lost a word."


def test_a_sum_loses_nothing_and_adds_nothing() -> None:
    assert lost(copy_of(FIRST, "sum", "computes_from"), FIRST, "computes_from", SMALL) == f"It {NEW_SUM}."
