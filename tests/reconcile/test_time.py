"""Which days a figure speaks of, and when nobody can know."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tallystick.reconcile.judgements import Judgement
from tallystick.reconcile.time import Window, window_of
from tests.reconcile.small import claim

SAID = date(2019, 1, 1)
UNTIL = {"start": None, "end": date(2017, 12, 31)}
SINCE = {"start": date(2018, 6, 1), "end": None}
RUNNING = {"asserted_earliest": date(2018, 2, 7), "asserted_latest": date(2018, 2, 7)}
AHEAD = {"asserted_earliest": date(2017, 2, 7), "asserted_latest": date(2017, 2, 7)}
NEVER: dict[str, Any] = {"start": None, "end": None}


@pytest.mark.parametrize(
    ("fields", "kind", "expected"),
    [
        ({}, "S", Window(date(2018, 1, 1), date(2018, 12, 31), "stated")),
        (RUNNING, "S", Window(date(2018, 1, 1), date(2018, 2, 7), "so far")),
        (RUNNING, "U", Window(date(2018, 1, 1), date(2018, 2, 7), "so far")),
        (RUNNING, "F", Window(date(2018, 1, 1), date(2018, 12, 31), "stated")),
        (AHEAD, "S", Window(date(2018, 1, 1), date(2018, 12, 31), "stated")),
        (UNTIL, "S", Window(date(2017, 1, 1), date(2017, 12, 31), "until")),
        (UNTIL, "F", None),
        (SINCE, "U", Window(date(2018, 6, 1), SAID, "since")),
        (SINCE, "F", None),
        (NEVER, "S", Window(SAID, SAID, "asserted")),
        (NEVER, "F", None),
        (NEVER | {"unit": "persons/year"}, "F", Window(date(2018, 1, 1), SAID, "year before")),
        (NEVER | {"dating_sure": "bound"}, "S", None),
        (SINCE | {"dating_sure": "bound"}, "U", None),
    ],
)
def test_window_by_kind_and_dating(fields: dict[str, Any], kind: str, expected: Window | None) -> None:
    assert window_of(claim("x", **fields), kind) == expected


def test_a_judged_window_comes_first_and_may_fill_one_end() -> None:
    hand = Judgement(
        claim="x", disposition="used", reason=".", read_start=date(2016, 1, 1), judged_by="us", judged_on="2026-11-21"
    )
    assert window_of(claim("x", **UNTIL), "F", hand) == Window(date(2016, 1, 1), date(2017, 12, 31), "judged")
    assert window_of(claim("x", **NEVER), "F", hand) is None


def test_length_and_middle_count_both_ends() -> None:
    window = Window(date(2018, 1, 1), date(2018, 12, 31), "stated")
    assert window.days == 365
    assert window.middle == date(2018, 7, 2)
