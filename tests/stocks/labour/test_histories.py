"""Promise: what simulated persons bring home is told as distributions over many, and their accounts close."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tallystick.stocks.engines import individuals
from tallystick.stocks.engines.individuals import Keep
from tallystick.stocks.labour import histories
from tallystick.vocab.errors import ModelError
from tests.stocks.labour.made import World, world


@pytest.fixture(scope="module")
def one() -> World:
    return world(48)


@pytest.fixture(scope="module")
def home(one: World) -> histories.Home:
    return histories.at_home(one.graph, one.inputs, seed=1, runs=2)


def test_what_is_paid_is_the_paid_share_of_what_was_promised(one: World, home: histories.Home) -> None:
    share = one.inputs.parameters[0, type_of(one).index("paid_share")]
    assert 0 < share < 1
    assert home.paid.mean == pytest.approx(share * home.promised.mean, abs=0.2)
    assert home.paid_less.share == 1.0
    assert home.months_abroad.persons == home.paid.persons > 1000
    assert home.gross.mean > home.promised.mean + home.state.mean > home.promised.mean > home.brought_home.mean


def type_of(one: World) -> tuple[str, ...]:
    return tuple(one.graph.text.parameters._fields)


def test_whom_the_debt_outlasts_is_told_from_whom_it_does_not(home: histories.Home) -> None:
    """Who came home before what they will be paid covers the debt brings home nothing, and nobody else does."""
    assert home.never_covered.share == pytest.approx(home.nothing_left.share, abs=0.02)
    assert home.months_to_cover is not None
    assert 0 < home.never_covered.share < 1


def test_pay_that_differs_spreads_what_is_brought_home_and_leaves_its_mean(one: World, home: histories.Home) -> None:
    """Standard deviation 0.5 of a factor with mean 1: the mean of gross stays within five standard errors."""
    spread = histories.at_home(one.graph, one.inputs, seed=1, runs=2, pay_sd=0.5, threads=2)
    error = 5 * 0.5 * home.gross.mean * 1.5 / np.sqrt(home.gross.persons)
    assert spread.gross.mean == pytest.approx(home.gross.mean, abs=error)
    assert spread.brought_home.quantiles[0] < home.brought_home.quantiles[0]
    assert spread.brought_home.quantiles[-1] > home.brought_home.quantiles[-1]
    assert spread.months_abroad == home.months_abroad


def test_fewer_than_a_hundred_are_not_told() -> None:
    with pytest.raises(ModelError, match=r"fewer than 100"):
        histories.distribution("paid", "USD", np.ones(99))
    with pytest.raises(ModelError, match=r"fewer than 100"):
        histories.share("paid_less", np.ones(99))
    few = world(1)
    with pytest.raises(ModelError, match="months_abroad: is asked of 0 simulated persons"):
        histories.at_home(few.graph, few.inputs, seed=1)


def test_flight_and_hiding_are_never_asked_of_persons(one: World, home: histories.Home) -> None:
    for keep in (Keep(inside=("hiding",)), Keep(inside=("abroad",), tallies=("flee",))):
        with pytest.raises(ModelError, match=r"is internal, and never reported"):
            individuals.run(one.graph, one.inputs, seed=1, keep=keep)
    assert not {"flee", "hiding", "rescued", "recapture", "safe"} & {*histories.TALLIES}
    told = {field.name for field in dataclasses.fields(home)}
    assert not any(word in name for name in told for word in ("flee", "flight", "hid", "escape", "rescue", "safe"))
