"""Promise T8, on the backtest that ships: intervals hold about as often as they say, and plain forecasts are beaten.

The lines are those of the promise, over redrawn figures. Redrawn shocks are five, and decide less: the comparisons that
fall short by them are named.
"""

from __future__ import annotations

from functools import cache

import pytest

from tallystick.evidence.programme import load_programme, programme_folder
from tallystick.forecasts.kept import FILE, Kept, inputs_hash, read
from tallystick.forecasts.score import FIGURES, OPEN, SHOCKS, SURE, Report

PLAIN = ("latest", "mean", "trend", "local level")
SHORT = {("generic, named", "mean")}  # by shocks; docs/methods/backtest.md and CHANGELOG.md say the same
TABLES = [f"{priors}, {cuts}" for priors in ("stated", "generic") for cuts in ("named", "half-yearly", "all")]


@cache
def _kept() -> Kept:
    return read(programme_folder("dprk") / FILE)


def _table(name: str) -> Report:
    return _kept().tables[name]


def test_it_is_of_the_code_and_evidence_that_ship() -> None:
    assert _kept().inputs == inputs_hash(load_programme("dprk")), "make backtest renews it"


def test_it_has_every_table_of_the_promise() -> None:
    assert set(_kept().tables) == set(TABLES)
    assert len({cut.day for cut in _kept().cuts}) >= 6 + 20


@pytest.mark.parametrize("name", TABLES)
def test_intervals_hold_about_as_often_as_they_say(name: str) -> None:
    whole = _table(name).overall
    assert whole.judged
    assert whole.coverage_80 is not None
    assert whole.coverage_95 is not None
    assert 0.65 <= whole.coverage_80 <= 0.95
    assert whole.coverage_95 >= 0.85


@pytest.mark.parametrize("plain", PLAIN)
@pytest.mark.parametrize("name", TABLES)
def test_plain_forecasts_are_beaten(name: str, plain: str) -> None:
    one = _table(name).overall.comparisons[plain]
    assert one.system_crps < one.crps
    assert one.below_figures is not None
    assert one.below_figures >= SURE


def test_comparisons_that_fall_short_by_shocks_are_those_that_the_pages_name() -> None:
    every = {(name, plain): _table(name).overall.comparisons[plain] for name in TABLES for plain in PLAIN}
    chances = {pair: one.below_shocks for pair, one in every.items()}
    assert {pair for pair, chance in chances.items() if chance is None or chance < SURE} == SHORT
    assert {pair for pair, one in every.items() if one.verdict != "better"} == SHORT


def test_a_small_group_is_never_called_better_or_worse() -> None:
    for name in TABLES:
        for row in _table(name).groups:
            if row.n < FIGURES or row.shocks < SHOCKS:
                assert not row.judged
                assert row.verdict == OPEN
                assert all(one.below_figures is None for one in row.comparisons.values())


def test_no_figure_of_those_who_reach_safety_is_scored() -> None:
    assert not [row for name in TABLES for row in _table(name).groups if row.name == "escapes"]


def test_each_later_figure_counts_once() -> None:
    whole = _table("stated, all").overall
    claims = {line.claim for line in _kept().lines}
    assert whole.n + whole.bounds == len(claims)
    assert whole.forecasts == len(_kept().lines) > 2 * len(claims)
