"""Where runs start and what goes on by itself: the fit's month, a plan that is carried out, and its wandering."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate.model import model_of
from tallystick.calibrate.system import row, series_of
from tallystick.scenarios.assumed import assumed_of, drawn
from tallystick.scenarios.baseline import Baseline, Start, _wandering, baseline_with
from tallystick.scenarios.start import start_of
from tallystick.stocks.engines import vectors
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.labour import fields
from tallystick.stocks.labour.signals import signals
from tests.stocks.labour.made import PLAIN_OPS, now_of
from tests.systems import real

FITTED, START = 6, "2025-12"


@lru_cache
def fitted() -> tuple[Start, list[dict[str, Any]]]:
    """A start from draws of the prior, and their own series."""
    programme, rng = real.programme(), np.random.default_rng(3)
    model = model_of(programme, (), 0)
    layout = model.layout
    values = [layout.values(0.5 * rng.standard_normal(layout.size), *layout.priors(), np) for _ in range(FITTED)]
    unknowns = {name: np.array([one[name] for one in values]) for name in values[0]}
    return start_of(programme, unknowns, START), [series_of(one, model, np) for one in values]


def still(start: Start) -> Baseline:
    """The baseline of a plan that does not wander."""
    tables, draws = real.programme().tables, len(start.returned)
    assumed = drawn(assumed_of(tables).values(), draws, 1)
    ones = dict.fromkeys(real.shape().hosts, np.ones((draws, len(real.MONTHS))))
    return baseline_with(real.graph(), real.shape(), tables, start, real.MONTHS, assumed, ones)


def test_with_nothing_else_acting_arrivals_are_the_plan_and_who_waits_stays_level() -> None:
    base, graph, shape = still(real.start()), real.graph(), real.shape()
    path = vectors.run(graph, replace(base.inputs, loops=np.zeros_like(base.inputs.loops)))
    assert real.moved(path, "depart") == pytest.approx(base.plan.arrivals[shape.focus], rel=0.01)
    elsewhere = sum(base.plan.arrivals[host] for host in shape.elsewhere)
    assert real.moved(path, "depart_elsewhere") == pytest.approx(elsewhere, rel=0.01)
    for stock in ("selected", "applicants"):
        there = real.people(path, stock)
        assert there == pytest.approx(np.broadcast_to(there[:, :1], there.shape), rel=0.01)


def test_a_plan_that_asks_a_tenth_more_would_have_been_seen() -> None:
    base = still(real.start())
    path = vectors.run(real.graph(), replace(base.inputs, weight=1.1 * base.inputs.weight))
    assert (real.moved(path, "depart")[:, 0] > 1.05 * base.plan.arrivals["RU"][:, 0]).all()


def test_every_signal_is_one_at_the_start() -> None:
    inputs = still(real.start()).inputs
    for draw in range(5):
        one = inputs.of_draw(draw)
        par = fields.Parameters(*one.parameters[0])
        outside, loops = fields.Outside(*one.outside[0, 0]), fields.Loops(*one.loops)
        found = signals(now_of(real.graph(), one), outside, par, loops, PLAIN_OPS)
        for name in fields.FACTORS:
            assert getattr(found, name) == pytest.approx(1.0, rel=0.003), name  # persons at the start are whole
        assert found.strength == pytest.approx(par.strength_ref)
        assert found.listed == pytest.approx(par.listed_ref)
        assert found.vacancies == pytest.approx(par.vacancies_ref)
        assert (found.orders, found.dropped, found.kind) == pytest.approx((0.0, 0.0, 0.0), abs=1e-9)


def test_runs_start_where_the_fit_ends() -> None:
    start, series = fitted()
    model = model_of(real.programme(), (), 0)
    at, shape = model.grid.index(START), real.shape()
    for draw, one in enumerate(series):
        for host in shape.hosts:
            strata = shape.in_focus if host == shape.focus else (host,)
            there = sum(persons[draw] for name, persons in start.present.items() if name in strata)
            assert there == pytest.approx(row(one, model, f"present:{host}")[at])
            assert start.owed[host][draw] == pytest.approx(row(one, model, f"owed:{host}")[at])
            assert start.arrivals[host][draw] == pytest.approx(
                row(one, model, f"arrived:{host}")[at - 11 : at + 1].mean()
            )
            pay = {name: parts[draw] for name, parts in start.pay[host].items()}
            booked = pay["gross"] / (1 + pay["state"] + pay["agents"] + pay["pocket"])
            assert booked == pytest.approx(row(one, model, f"booked:{host}")[at])
            assert booked * pay["state"] == pytest.approx(row(one, model, f"state:{host}")[at])
        assert sum(share[draw] for share in start.split.values()) == pytest.approx(1)


def test_a_run_books_the_pay_that_the_fit_books() -> None:
    """The month's pay identity: what employers pay is what the parts come to, and booked pay starts as the fit's."""
    start, _ = fitted()
    base = still(start)
    path = vectors.run(real.graph(), base.inputs)
    parts = ("state", "goods", "agents", "pocket", "at_once", "booked", "paid", "unpaid")
    paid = -np.diff(real.money(path, "employers"), axis=1)
    assert paid == pytest.approx(sum(np.diff(real.money(path, each), axis=1) for each in parts), rel=1e-9)
    assert real.money(path, "booked")[:, 0] == pytest.approx(sum(start.owed.values()), rel=1e-3)


def test_as_many_reach_safety_at_the_start_as_the_fit_says() -> None:
    """And as many come into hiding as leave it: nothing moves of itself. Inside the model, and in no outcome."""
    start, series = fitted()
    base = still(start)
    at = model_of(real.programme(), (), 0).grid.index(START)
    assert start.rescued == pytest.approx([one["reached_safety"][at] for one in series])
    assert start.rescued is not None
    path = vectors.run(real.graph(), base.inputs)
    within = start.rescued < 0.9 * real.moved(path, "flee")[:, 0]
    assert within.sum() >= 2
    whole = 0.5 / real.people(path, "hiding")[:, 0]  # who hides at the start is a whole number
    assert (np.abs(real.moved(path, "rescued")[:, 0] / start.rescued - 1) < whole + 0.01)[within].all()
    assert real.people(path, "hiding")[:, 1] == pytest.approx(real.people(path, "hiding")[:, 0], abs=0.6)


def test_a_longer_run_begins_as_a_shorter_one() -> None:
    known = {"plan_sd": np.full(3, 0.4), "plan_memory": np.full(3, 0.6)}
    short, long = (_wandering(known, (3, months), [1]) for months in (24, 60))
    np.testing.assert_array_equal(long[:, :24], short)


def test_the_plan_wanders_as_stated() -> None:
    draws, years = 20_000, 12
    known = {"plan_sd": np.full(draws, 0.35), "plan_memory": np.full(draws, 0.7)}
    walk = np.log(_wandering(known, (draws, 12 * years), [1]))
    for year in (1, 2, 5, 12):
        expected = 0.35 * np.sqrt((1 - 0.7 ** (2 * year)) / (1 - 0.7**2))
        assert walk[:, 12 * year - 1].std() == pytest.approx(expected, rel=0.02)  # 1 % of noise at most
        assert abs(walk[:, 12 * year - 1].mean()) < 0.02
    together = np.corrcoef(walk[:, 119], walk[:, 131])[0, 1]
    assert together == pytest.approx(0.7, abs=0.02)


@pytest.mark.parametrize("name", sorted(real.scenarios()))
def test_no_run_that_is_reported_moves_flight_or_rescue(name: str) -> None:
    given = real.under(name).inputs
    assert _ways_out_at_the_end(given) == (1.0, 1.0)


def test_with_the_loops_of_flight_a_what_if_would_move_it() -> None:
    moved = _ways_out_at_the_end(real.under("direct_pay").but(loops={"R8": 1.0}).inputs)
    assert abs(moved[0] - 1.0) > 1e-6


def _ways_out_at_the_end(given: Inputs) -> tuple[float, float]:
    """Factors of flight and rescue in the last month of the first draw's means."""
    path = vectors.run(real.graph(), given)
    ended = replace(given, people=path.people[:, -1], money=path.money[:, -1], level=path.level[:, -1])
    outside, par = fields.Outside(*given.outside[0, -1]), fields.Parameters(*given.parameters[0])
    found = signals(now_of(real.graph(), ended), outside, par, fields.Loops(*given.loops), PLAIN_OPS)
    return found.flight, found.rescue
