"""Promise: runs forward start from what the fit says of that month, draw by draw."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from tallystick.calibrate.state import State, state_of
from tallystick.vocab.errors import FitError
from tests.calibrate import real

MONTH, DRAWS = "2024-12", 5


@cache
def draws() -> list[dict[str, Any]]:
    return [real.values_at(real.typical(seed)) for seed in range(DRAWS)]


@cache
def state() -> State:
    return state_of(real.programme(), {name: np.array([one[name] for one in draws()]) for name in draws()[0]}, MONTH)


def series(seed: int) -> dict[str, Any]:
    return real.series_at(real.typical(seed))


def at() -> int:
    return real.ready().model.grid.index(MONTH)


@pytest.mark.parametrize("seed", range(DRAWS))
def test_strata_and_their_ledger_add_up_to_the_fits_own_series(seed: int) -> None:
    found, said, model = state(), series(seed), real.ready().model
    for place, host in enumerate(model.hosts):
        strata = found.shape.in_focus if host == found.shape.focus else (host,)
        assert sum(found.present[each][seed] for each in strata) == pytest.approx(
            said["present"][place, at()], rel=1e-9
        )
        assert sum(found.owed[each][seed] for each in strata) == pytest.approx(said["owed"][place, at()], rel=1e-9)
        year = said["arrived"][place, at() - 11 : at() + 1]
        assert found.arrivals[host][seed] == pytest.approx(year.mean(), rel=1e-9)
        assert found.pay[host].gross[seed] == pytest.approx(said["gross"][place, at()], rel=1e-9)
        group = found.groups[strata[0]]
        assert group["take_firm"][seed] == pytest.approx(said["state"][place, at()], rel=1e-9)


@pytest.mark.parametrize("seed", range(DRAWS))
def test_who_went_home_and_the_split_of_arrivals_follow_the_series(seed: int) -> None:
    found, said = state(), series(seed)
    gone = said["left"][-1, : at() + 1].sum() - said["died"][-1, : at() + 1].sum()
    assert 0.9 * gone < found.returned[seed] < gone  # the rest fled
    year = slice(at() - 11, at() + 1)
    whole = sum(said[f"arrived_{visa}"][year].sum() for visa in found.split)
    for visa, share in found.split.items():
        assert share[seed] == pytest.approx(said[f"arrived_{visa}"][year].sum() / whole, rel=1e-9)


def test_each_stratum_has_the_hazards_that_the_fit_used() -> None:
    found, shape = state(), state().shape
    for seed, values in enumerate(draws()):
        early, late = found.groups[shape.early("work")], found.groups[shape.later("study")]
        assert early["leave_before"][seed] == pytest.approx(1 / values["term_before"])
        assert early["relabel"][seed] == pytest.approx(values["relabel_RU"])
        assert late["leave_after"][seed] == pytest.approx(1 / values["term_after"])
        assert found.groups["CN"]["leave_after"][seed] == pytest.approx(1 / values["term_elsewhere"])


@pytest.mark.parametrize("month", ["2009-12", "2010-05", "2031-01"])
def test_a_month_that_no_run_can_start_from_is_named(month: str) -> None:
    with pytest.raises(FitError, match=f"no run starts at {month}"):
        state_of(real.programme(), {name: np.array([each]) for name, each in draws()[0].items()}, month)


def test_a_posterior_of_another_model_is_refused() -> None:
    values = {name: np.array([each]) for name, each in draws()[0].items() if name != "harm"}
    with pytest.raises(FitError, match="lacks harm"):
        state_of(real.programme(), values, MONTH)
