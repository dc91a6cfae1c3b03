"""No set of outcomes tells of an internal flow by what is left when all others are subtracted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.scenarios.executor import Where
from tallystick.scenarios.outcomes import Outcome, Sum
from tallystick.scenarios.residual import refuse_residuals
from tallystick.scenarios.run import run_ensembles
from tallystick.stocks.graph import Graph
from tallystick.vocab.errors import ModelError
from tests.scenarios.ensembles import GRAPH, baseline, both
from tests.stocks import small

HIDDEN = Graph(small.altered(flows=[replace(each, is_internal=each.id == "die") for each in small.FLOWS]))


def asked(*ids: str, **more: Sum) -> list[Outcome]:
    sums = {id: Sum(of=id) for id in ids} | more
    return [Outcome(id=id, name=id, unit="x", sums=(each,)) for id, each in sums.items()]


@pytest.mark.parametrize(
    "outcomes",
    [
        asked("abroad", "depart", "end"),
        asked("abroad", "pool", "home"),
        asked(
            "home", near=Sum(of="abroad", strata=("near",)), far=Sum(of="abroad", strata=("far",)), pool=Sum(of="pool")
        ),
        [*asked("abroad", "depart"), Outcome(id="x", name="x", unit="x", sums=(Sum(of="end", factor=3.0),))],
        [*asked("abroad", "depart"), Outcome(id="x", name="x", unit="x", sums=(Sum(of="end"),), per=(Sum(of="pool"),))],
        [*asked("abroad"), Outcome(id="x", name="x", unit="x", sums=(Sum(of="depart"), Sum(of="end", factor=-1.0)))],
    ],
)
def test_outcomes_that_leave_one_internal_flow_over_are_refused(outcomes: list[Outcome]) -> None:
    with pytest.raises(ModelError, match="together would tell of die, by subtraction"):
        refuse_residuals(HIDDEN, outcomes, baseline())


@pytest.mark.parametrize(
    "outcomes",
    [
        asked("abroad", "depart"),
        asked("abroad", "end"),
        asked("depart", "end", "take", "owed", "state"),
        asked("abroad", "depart", far=Sum(of="end", strata=("far",))),
        asked("jobs", months=Sum(of="abroad", over="months")),
        asked("owed", "book", "pay_out", "paid", "unpaid"),  # what is unpaid at return is not told apart
        [],
    ],
)
def test_outcomes_that_leave_two_over_may_be_asked_for(outcomes: list[Outcome]) -> None:
    refuse_residuals(HIDDEN, outcomes, baseline())


def test_money_that_follows_an_internal_flow_is_no_residual_either() -> None:
    whole = [replace(each, share=None, rest="") for each in small.CARRIAGES]
    paid = Graph(small.altered(flows=HIDDEN.text.flows, carriages=whole))
    refuse_residuals(paid, asked("owed", "book"), baseline())
    with pytest.raises(ModelError, match="by subtraction"):
        refuse_residuals(paid, asked("owed", "book", "pay_out"), baseline())


def test_where_nothing_is_internal_everything_may_be_asked_for() -> None:
    refuse_residuals(GRAPH, asked("abroad", "depart", "end", "die"), baseline())


def test_an_ensemble_refuses_them_before_it_runs(kernels: Path) -> None:
    with pytest.raises(ModelError, match="by subtraction"):
        run_ensembles(
            HIDDEN, both(), asked("abroad", "depart", "end"), seed=1, runs=10, first_year=2030,
            where=Where(kind="threads"), kept=kernels,
        )  # fmt: skip
