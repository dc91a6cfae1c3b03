"""Observations as arrays, and each fault that stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate.fit import prepare
from tallystick.calibrate.observe import KINDS, OPEN
from tallystick.reconcile.account import Observation
from tallystick.vocab.errors import EvidenceError
from tests.calibrate import real


def _first(**wanted: Any) -> Observation:
    """The first real observation of that description."""
    return next(
        one for one in real.account().observations if all(getattr(one, name) == each for name, each in wanted.items())
    )


def _with(one: Observation, **changes: Any) -> Any:
    """The real evidence with one observation changed, laid out."""
    others = [replace(each, **changes) if each.claim == one.claim else each for each in real.account().observations]
    return prepare(real.programme(), others)


def test_a_zero_is_no_observation() -> None:
    one = _first(kind="point")
    with pytest.raises(EvidenceError, match=rf"{one.claim}: 0.0 has no logarithm") as told:
        _with(one, point=0.0)
    assert "context" in told.value.hint


def test_a_figure_of_years_outside_the_programme_names_its_claim() -> None:
    one = _first(kind="point")
    with pytest.raises(EvidenceError, match=rf"{one.claim}: its window 1990-01-01 to 1990-12-31 lies outside"):
        _with(one, start=date(1990, 1, 1), end=date(1990, 12, 31))


def test_a_measure_without_a_series_names_its_claim_and_the_way_out() -> None:
    one = _first(measure="workers_present", host="WW")
    assert "goods_value" not in real.ready().model.operators
    with pytest.raises(EvidenceError, match=rf"{one.claim} is used, but the model has no series for goods_value in WW"):
        _with(one, measure="goods_value")


def test_each_wording_limits_what_it_limits() -> None:
    """Open ends are open, closed ends are the logs of the claim's own figures; a round figure has those of its cell."""
    data = real.ready().data
    for at, one in enumerate(real.account().observations):
        assert KINDS[data.kind[at]] == ("rounded" if one.cell else one.kind)
        low, high = one.cell or (one.low, one.high)
        assert data.low[at] == (-OPEN if low is None else np.log(low))
        assert data.high[at] == (OPEN if high is None else np.log(high))
        assert one.cell is None or (one.kind == "point" and data.low[at] < data.point[at] < data.high[at])
        assert data.point[at] == (0.0 if one.point is None else np.log(one.point))
        assert data.low[at] < data.high[at]


def test_windows_are_means_of_stocks_and_sums_of_flows() -> None:
    ready = real.ready()
    for at, one in enumerate(ready.observations):
        weights, take = ready.data.window[at], ready.model.operators[one.measure]["take"]
        months = (weights > 0).sum()
        if take == "mean":
            assert weights.sum() == pytest.approx(1.0)
        elif one.unit.endswith("/year"):
            assert weights.sum() == pytest.approx(12.0)
        else:
            assert months - 2 < weights.sum() <= months


def test_what_a_claim_is_called_moves_nothing_but_its_name() -> None:
    one = _first(kind="range")
    assert one.claim not in real.ready().model.speaks_of
    other, same = _with(one, claim="another name").data, real.ready().data
    for name in ("row", "window", "kind", "low", "point", "high", "who", "lean", "part", "report", "counting", "used"):
        np.testing.assert_array_equal(getattr(other, name), getattr(same, name))


SECTIONS = ("calendar", "likelihood", "arrivals", "split", "unknown", "operators")


@pytest.mark.parametrize("section", SECTIONS)
def test_a_model_without_a_section_names_it(section: str) -> None:
    programme = real.programme()
    table = {name: each for name, each in programme.tables["model"].items() if name != section}
    with pytest.raises(EvidenceError, match=rf"model\.toml.*{section}"):
        prepare(replace(programme, tables={**programme.tables, "model": table}), real.account().observations)
