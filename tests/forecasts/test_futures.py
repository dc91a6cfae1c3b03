"""Promises: what a cut could not know is drawn from stated odds, and what it knew is the same in every future."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from tallystick.calibrate.model import Model, model_of
from tallystick.evidence.programme import load_programme
from tallystick.forecasts.futures import as_known, calendar_at, futures
from tallystick.forecasts.odds import NEVER, Break, Odds
from tallystick.forecasts.odds_table import odds_of
from tallystick.vocab.errors import EvidenceError

MANY = 4000
OPEN, SHUT, REOPENED = date(2018, 6, 1), date(2021, 7, 1), date(2024, 6, 1)


@cache
def _odds() -> Odds:
    return odds_of(load_programme("dprk"))


@cache
def _model() -> Model:
    return model_of(load_programme("dprk"), (), 0)


def _drawn(day: date, *, new: bool = True, count: int = MANY):  # type: ignore[no-untyped-def]  # a World of arrays
    rng = np.random.default_rng(7)
    return futures(calendar_at(day, _odds(), _model()), _model(), _odds().breaks_at(day), rng, count, new=new)


def _at(month: str) -> int:
    return _model().grid.index(month)


@pytest.mark.parametrize("day", [OPEN, SHUT, REOPENED])
def test_no_future_changes_a_month_that_was_past(day: date) -> None:
    known, drawn, now = (
        as_known(calendar_at(day, _odds(), _model()), _model()),
        _drawn(day, count=200),
        _at(f"{day:%Y-%m}"),
    )
    for name in ("open", "before", "pull", "odds"):
        past = np.asarray(getattr(drawn, name))[..., :now]
        assert (past == np.asarray(getattr(known, name))[..., :now]).all(), name
    for name, rows in drawn.spans.items():
        assert (rows[:, :now] == known.spans[name][:now]).all(), name


def test_a_closure_that_nobody_could_know_is_no_fact_at_an_earlier_cut() -> None:
    known = as_known(calendar_at(OPEN, _odds(), _model()), _model())
    assert (known.open == 1).all()
    assert (known.before == 1).all()
    assert not known.spans["closed"].any()


def test_a_closure_whose_end_nobody_knew_goes_on_in_the_fit_and_ends_some_day_in_every_future() -> None:
    known, drawn = as_known(calendar_at(SHUT, _odds(), _model()), _model()), _drawn(SHUT, new=False)
    assert (known.open[_at("2020-02") :] == 0).all()
    ends = (drawn.open[:, _at("2020-02") :] == 0).sum(axis=1)
    assert ends.min() >= _at("2021-07") - _at("2020-02")
    assert len(np.unique(ends)) > 20


def test_closures_begin_as_often_as_their_stated_rate_says() -> None:
    closure = _odds().breaks_at(OPEN)["closure"]
    within = (_drawn(OPEN).open[:, _at("2018-06") : _at("2019-06")] < 1).any(axis=1).mean()
    # a Gamma rate of shape k over T years: the chance of none within a year is (T / (T + 1)) ** k
    chance = 1 - (closure.years / (closure.years + 1)) ** closure.shape
    assert within == pytest.approx(chance, abs=4 * np.sqrt(chance * (1 - chance) / MANY))


def test_without_new_breaks_nothing_begins() -> None:
    drawn = _drawn(OPEN, new=False, count=50)
    assert (drawn.open == 1).all()
    assert not drawn.pull.any()
    assert (drawn.odds == 1).all()


def test_a_second_closure_stops_traffic_and_makes_no_second_cohort() -> None:
    drawn, now = _drawn(REOPENED), _at("2024-06")
    stopped = (drawn.open[:, now:] < 1).any(axis=1)
    assert stopped.any()
    assert not drawn.spans["closed"][:, now:].any()
    assert (drawn.before[:, now:] == 0).all()


def test_a_length_is_longer_than_what_has_passed() -> None:
    closure, rng = _odds().breaks_at(SHUT)["closure"], np.random.default_rng(1)
    lasted = closure.longer_than(30, rng, MANY)
    assert lasted.min() > 30
    free = closure.longer_than(0, np.random.default_rng(1), 40 * MANY)
    assert np.median(lasted) == pytest.approx(np.median(free[free > 30]), rel=0.08)


def test_a_rate_is_counted_from_events_before_the_cut_alone() -> None:
    assert (
        _odds().breaks_at(date(2014, 7, 1))["closure"].shape + 1 == _odds().breaks_at(date(2015, 1, 1))["closure"].shape
    )


def test_a_stated_rate_is_used_as_it_stands() -> None:
    always = Break(shape=np.inf, years=1.0, rate=1.2, months=(0, 0), size=("log", 1, 0), chance=1.0)
    starts = always.starts(100, np.random.default_rng(2), MANY)
    assert (starts - 100).mean() == pytest.approx(10 - 0.5, abs=0.6)  # exponential of mean 12 / 1.2, rounded down
    never = Break(shape=np.inf, years=1.0, rate=0.0, months=(0, 0), size=("log", 1, 0), chance=1.0)
    assert (never.starts(100, np.random.default_rng(2), 10) == NEVER).all()


def test_what_a_closure_does_to_arrivals_counts_from_the_month_it_ends() -> None:
    nodes = _drawn(SHUT, new=False, count=30).nodes["arrivals_RU_after"]
    ends = (_drawn(SHUT, new=False, count=30).open == 0).sum(axis=1) + _at("2020-02")
    for rows, end in zip(nodes, ends, strict=True):
        assert not rows[:end].any()
        if end < len(rows):
            assert rows[end] == pytest.approx([1, 0, 0, 0, 0])
            assert rows[end:].sum(axis=1) == pytest.approx(1)


def test_an_order_that_nobody_knew_bars_new_work_from_the_month_it_comes() -> None:
    early = date(2016, 1, 1)
    drawn = futures(
        calendar_at(early, _odds(), _model()), _model(), _odds().breaks_at(early), np.random.default_rng(7), MANY,
        new=True,
    )  # fmt: skip
    ordered, barred = drawn.spans["ordered"] == 1, drawn.spans["barred"] == 1
    comes = ordered.any(axis=1)
    assert 0.05 < comes.mean() < 0.6
    assert (ordered[comes].argmax(axis=1) == barred[comes].argmax(axis=1)).all()
    assert barred[comes][:, -1].all()
    assert not barred[~comes].any()
    known = as_known(calendar_at(OPEN, _odds(), _model()), _model())
    assert known.spans["barred"][_at("2017-09") :].all()


def test_a_ban_that_is_known_stays_though_the_order_is_still_to_come() -> None:
    between = date(2017, 10, 1)
    drawn = futures(
        calendar_at(between, _odds(), _model()), _model(), _odds().breaks_at(between), np.random.default_rng(7), 200,
        new=True,
    )  # fmt: skip
    assert (drawn.spans["barred"][:, _at("2017-09") :] == 1).all()
    assert not drawn.spans["ordered"][:, : _at("2017-10")].any()


def test_a_span_of_which_nobody_says_when_it_could_be_known_is_an_error() -> None:
    silent = replace(_odds(), known={name: one for name, one in _odds().known.items() if name != "closed"})
    with pytest.raises(EvidenceError, match="nothing is said of the span closed"):
        calendar_at(OPEN, silent, _model())


def test_a_day_that_no_era_holds_is_an_error() -> None:
    with pytest.raises(EvidenceError, match="no shock holds 1990-01-01"):
        _odds().shock_of(date(1990, 1, 1))
