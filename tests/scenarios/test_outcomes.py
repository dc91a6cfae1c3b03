"""Outcomes are sums of what the engine ran, in their units; nothing internal is ever one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tallystick.scenarios.outcomes import LaidOut, Outcome, Sum
from tallystick.stocks.engines import compiled
from tallystick.stocks.graph import Graph
from tallystick.stocks.inputs import Inputs
from tallystick.stocks.text import Flow, Stock
from tallystick.vocab.errors import ModelError
from tests.scenarios.ensembles import DRAWS, GRAPH, OUTCOMES, baseline
from tests.stocks import small

RUNS = 16
Array = NDArray[np.float64]


def found(outcomes: tuple[Outcome, ...], inputs: Inputs, kernels: Path) -> Array:
    laid_out, draws = LaidOut(GRAPH, outcomes, inputs), np.arange(RUNS) % inputs.draws
    return laid_out.values(
        compiled.yearly(GRAPH, inputs, laid_out.terms(), seed=3, first=0, runs=RUNS, kept=kernels), draws
    )  # fmt: skip


def one(*sums: Sum, per: tuple[Sum, ...] = ()) -> tuple[Outcome, ...]:
    return (Outcome(id="x", name="x", unit="x", sums=sums, per=per),)


def months(path: Array) -> Array:
    """(run, year, place) of (run, month, place)."""
    return path.reshape(RUNS, -1, 12, path.shape[2]).sum(axis=2)


@pytest.fixture(scope="module")
def path() -> compiled.Path:
    return compiled.trajectories(GRAPH, baseline(), seed=3, first=0, runs=RUNS)


def test_outcomes_are_the_sums_of_the_same_runs_month_by_month(path: compiled.Path, kernels: Path) -> None:
    values = found(OUTCOMES, baseline(), kernels)
    people, ends = path.people[:, 1:], path.people[:, 12::12]
    sums, movers = months(path.sums), months(path.movers)
    names = [each.of.id for each in GRAPH.transfers]
    money = sum(sums[:, :, at] for at, name in enumerate(names) if name in ("take", "fee"))
    expected = {
        "abroad": ends[:, :, 1] + ends[:, :, 2],
        "arrived": movers[:, :, 0] + movers[:, :, 1],
        "months_far": months(people)[:, :, 2],
        "owed": path.money[:, 12::12, 2:4].sum(axis=2) / 100,
        "taken": money / 100 / months(people)[:, :, 1:3].sum(axis=2),
        "jobs": path.level[:, 12::12, 0],
    }
    for at, each in enumerate(OUTCOMES):
        np.testing.assert_allclose(values[:, :, at], expected[each.id], rtol=1e-13, err_msg=each.id)


def test_a_group_field_weighs_strata_whether_or_not_draws_share_it(path: compiled.Path, kernels: Path) -> None:
    inputs = baseline()
    weight = np.linspace(0.1, 0.9, DRAWS)
    groups = inputs.groups.copy()
    groups[:, 0, 0] = weight  # nobody is weighed by the pool's `near`: the runs stay the same
    values = found(one(Sum(of="pool", by="near")), replace(inputs, groups=groups), kernels)
    pool = path.people[:, 12::12, 0]
    np.testing.assert_allclose(values[:, :, 0], pool * weight[np.arange(RUNS) % DRAWS][:, None], rtol=1e-13)
    near = found(one(Sum(of="abroad", by="near")), inputs, kernels)
    np.testing.assert_array_equal(near[:, :, 0], path.people[:, 12::12, 1])


def test_a_parameter_multiplies_the_runs_of_its_draw(path: compiled.Path, kernels: Path) -> None:
    inputs = baseline()
    values = found(one(Sum(of="abroad", times="wage", factor=2.0)), inputs, kernels)
    wage = inputs.parameters[np.arange(RUNS) % DRAWS, 1][:, None]
    np.testing.assert_allclose(values[:, :, 0], 2 * wage * path.people[:, 12::12, 1:3].sum(axis=2), rtol=1e-13)


def test_a_sum_since_the_start_adds_up_the_years_of_each_run(kernels: Path) -> None:
    yearly = one(Sum(of="depart"), per=(Sum(of="abroad", over="months"),))
    since = tuple(replace(each, since_start=True) for each in yearly)
    (above,), (below,) = one(Sum(of="depart")), one(Sum(of="abroad", over="months"))
    parts = found((above, below), baseline(), kernels).cumsum(axis=1)
    assert (parts[:, 1, 0] > parts[:, 0, 0]).all()
    np.testing.assert_array_equal(
        found((replace(above, since_start=True),), baseline(), kernels)[:, :, 0], parts[:, :, 0]
    )
    np.testing.assert_allclose(found(since, baseline(), kernels)[:, :, 0], parts[:, :, 0] / parts[:, :, 1], rtol=1e-13)


def test_a_ratio_over_nothing_is_no_value(kernels: Path) -> None:
    closed = replace(baseline(), outside=np.zeros((1, 24, 1)))
    values = found(one(Sum(of="fee"), per=(Sum(of="depart"),)), closed, kernels)
    assert np.isnan(values).all()


def test_strata_of_a_flow_are_those_of_the_end_that_is_named(path: compiled.Path, kernels: Path) -> None:
    values = found(one(Sum(of="depart", strata=("far",), end="target")), baseline(), kernels)
    np.testing.assert_array_equal(values[:, :, 0], months(path.movers)[:, :, 1])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Sum(of="nobody"), "an outcome sums 'nobody', which the text does not have"),
        (Sum(of="abroad", strata=("middle",)), "has no stratum like middle"),
        (Sum(of="depart", over="months"), "no stock or level"),
        (Sum(of="state", strata=("far",)), "has no strata to choose or weigh"),
        (Sum(of="abroad", by="age"), "asks group for 'age'"),
        (Sum(of="abroad", times="age"), "asks parameters for 'age'"),
    ],
)
def test_what_is_not_in_the_text_is_named(asked: Sum, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        LaidOut(GRAPH, one(asked), baseline())


def _with_flight() -> Graph:
    """The small text whose flow `die` is internal, and so are all that it alone fills and the money that follows it."""
    flows = [replace(each, is_internal=each.id == "die") for each in small.FLOWS]
    hidden = Stock(id="hidden", symbol="K6", doc="assumed", is_internal=True)
    out = Flow(id="leave", symbol="F12", source="hidden", target="safe", rate=small.die)  # internal by where it begins
    safe = Stock(id="safe", symbol="K7", doc="assumed", is_end=True)
    return Graph(small.altered(flows=(*flows, out), stocks=(*small.STOCKS, hidden, safe)))


@pytest.mark.parametrize("id", ["die", "dead", "hidden", "leave", "safe", "lose"])
def test_nothing_internal_and_nothing_that_it_alone_fills_is_an_outcome(id: str) -> None:
    with pytest.raises(ModelError, match=f"{id}: is internal to the model"):
        LaidOut(_with_flight(), one(Sum(of=id)), baseline())


@pytest.mark.parametrize("id", ["home", "abroad", "unpaid", "pay_out"])
def test_what_others_fill_too_may_be_told(id: str) -> None:
    assert LaidOut(_with_flight(), one(Sum(of=id)), baseline()).columns
