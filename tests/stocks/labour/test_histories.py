"""Promise: what simulated persons bring home adds up, and nothing is asked of flight."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tallystick.stocks.engines import individuals
from tallystick.stocks.engines.individuals import Keep
from tallystick.stocks.labour import histories
from tallystick.stocks.labour.histories import Array, Came
from tallystick.vocab.errors import ModelError
from tests.stocks.labour.made import World, world


@pytest.fixture(scope="module")
def one() -> World:
    return world(48)


@pytest.fixture(scope="module")
def came(one: World) -> Came:
    return histories.came_home(one.graph, one.inputs, seed=1, run=0)


def test_what_is_paid_is_the_paid_share_of_what_was_promised(one: World, came: Came) -> None:
    share = one.inputs.parameters[0, one.graph.text.parameters._fields.index("paid_share")]
    assert 0 < share < 1
    assert mean(came, "paid") == pytest.approx(share * mean(came, "promised"), abs=0.2)
    assert came.holds["paid_less"].all()
    assert len(came.stratum) > 1000
    assert mean(came, "gross") > mean(came, "promised") + mean(came, "state")
    assert mean(came, "promised") > mean(came, "brought_home")


def mean(came: Came, id: str) -> float:
    return float(came.values[id].mean())


def test_whom_the_debt_outlasts_is_told_from_whom_it_does_not(came: Came) -> None:
    """Who came home before what they will be paid covers the debt brings home nothing, and nobody else does."""
    never, nothing = came.holds["never_covered"], came.holds["nothing_left"]
    assert never.mean() == pytest.approx(nothing.mean(), abs=0.02)
    assert 0 < never.mean() < 1
    assert np.isnan(came.values["months_to_cover"][never]).all()


def test_pay_that_differs_spreads_what_is_brought_home_and_leaves_its_mean(one: World, came: Came) -> None:
    """Standard deviation 0.5 of a factor with mean 1: the mean of gross stays within five standard errors."""
    varied = histories.came_home(one.graph, one.inputs, seed=1, run=0, pay_sd=0.5)
    error = 5 * 0.5 * mean(came, "gross") * 1.5 / np.sqrt(len(came.stratum))
    assert mean(varied, "gross") == pytest.approx(mean(came, "gross"), abs=error)
    low, high = ends(varied.values["brought_home"])
    assert low < ends(came.values["brought_home"])[0]
    assert high > ends(came.values["brought_home"])[1]
    np.testing.assert_array_equal(varied.values["months_abroad"], came.values["months_abroad"])


def ends(values: Array) -> tuple[float, float]:
    return float(np.quantile(values, 0.05)), float(np.quantile(values, 0.95))


def test_flight_and_hiding_are_never_asked_of_persons(one: World) -> None:
    for keep in (Keep(inside=("hiding",)), Keep(inside=("abroad",), tallies=("flee",))):
        with pytest.raises(ModelError, match=r"is internal, and never reported"):
            individuals.run(one.graph, one.inputs, seed=1, keep=keep)
    assert not {"flee", "hiding", "rescued", "recapture", "safe"} & {*histories.TALLIES}
    told = {*histories.MEASURES, *histories.SHARES, *(field.name for field in dataclasses.fields(Came))}
    assert not any(word in name for name in told for word in ("flee", "flight", "hid", "escape", "rescue", "safe"))
