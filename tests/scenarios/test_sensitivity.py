"""Indices are those of known functions, of nothing but the factors, and never of what control does to flight."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from SALib.sample import sobol

from tallystick.scenarios.reported import outcomes_of
from tallystick.scenarios.sensitivity import FACTORS_OF_ALL, Question, Sensitivity, _factors, _indices, sensitivity
from tests.systems import real

HIDDEN = ("control", "flight", "flee", "escape", "hiding", "hidden", "rescue", "recapture", "safety", "misery")


def problem(names: list[str], low: float, high: float) -> dict[str, Any]:
    return {"num_vars": len(names), "names": names, "bounds": [[low, high]] * len(names)}


def test_indices_of_a_function_whose_indices_are_known() -> None:
    """Ishigami's function, a = 7 and b = 0.1 (Saltelli and others 2008, chapter 4)."""
    names = ["one", "two", "three"]
    space = problem(names, -np.pi, np.pi)
    x = sobol.sample(space, 2048, calc_second_order=False, seed=1).T
    values = np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
    found = {each.factor: each for each in _indices(space, values, "s", "o", dict.fromkeys(names, ""), 1)}
    known = {"one": (0.3139, 0.5576), "two": (0.4424, 0.4424), "three": (0.0, 0.2437)}
    for name, (first, total) in known.items():
        assert found[name].first == pytest.approx(first, abs=0.03)
        assert found[name].total == pytest.approx(total, abs=0.03)
        assert abs(found[name].total - total) < 3 * found[name].total_error + 0.005


def test_what_does_not_vary_has_no_indices() -> None:
    space = problem(["one", "two"], 0, 1)
    assert _indices(space, np.ones(16), "s", "o", {}, 1) == []


@lru_cache
def asked() -> Question:
    wanted = ("workers_present", "state_income")
    names = ("as_it_goes", "word_gets_home", "ceasefire_demand_falls")
    outcomes = [each for each in outcomes_of(real.shape()) if each.id in wanted]
    return Question(
        graph=real.graph(), shape=real.shape(), tables=real.programme().tables, start=real.start(),
        months=real.MONTHS, scenarios={name: real.scenarios()[name] for name in names}, levers=real.levers(),
        outcomes=outcomes, rank_by="workers_present", beside={"hours": np.full(real.DRAWS, 300.0)},
    )  # fmt: skip


@lru_cache
def answered() -> Sensitivity:
    return sensitivity(asked(), samples=2, seed=1)


def test_the_same_seed_gives_the_same_indices() -> None:
    again = sensitivity(asked(), samples=2, seed=1)
    assert again.ranking == answered().ranking
    assert repr(again) == repr(answered())
    assert repr(sensitivity(asked(), samples=2, seed=2)) != repr(answered())


def test_what_no_person_and_no_income_depends_on_has_the_index_zero() -> None:
    """Were anything random beside the factors, it would stand in every index."""
    idle = ("price_food", "price_fuel", "price_round", "kind_food", "munitions", "redirect_share")
    found = [each for each in answered().indices if each.factor in idle and each.scenario == "word_gets_home"]
    assert len(found) == len(idle) * len(asked().outcomes)
    for each in found:
        assert each.total == pytest.approx(0, abs=1e-12), each.factor
    moving = [e for e in answered().indices if e.factor == "news_rate" and e.scenario == "word_gets_home"]
    assert all(each.total > 0.001 for each in moving)


def test_both_numbers_of_the_plans_wandering_are_factors() -> None:
    assert {"plan_sd", "plan_memory"} <= set(_factors(real.programme().tables))


def named(tables: Any, outcomes: list[str]) -> list[str]:
    """Factors and outcomes whose names tell of control or flight."""
    names = [*_factors(tables), *FACTORS_OF_ALL, *outcomes]
    return [name for name in names if any(word in name for word in HIDDEN)]


def test_no_factor_and_no_outcome_tells_of_control_or_flight() -> None:
    assert named(real.programme().tables, [each.id for each in outcomes_of(real.shape())]) == []


def test_a_prior_on_control_or_an_outcome_of_flight_would_have_been_seen() -> None:
    tables = {name: real.programme().tables[name] for name in ("system", "scenarios")}
    planted = deepcopy(tables)
    lag = next(each for each in planted["system"]["parameter"] if each["name"] == "control_lag")
    del lag["value"]
    lag |= {"transform": "log", "median": 12, "sd": 0.4}
    assert named(planted, ["fled"]) == ["control_lag"]
    assert named(tables, ["in_hiding"]) == ["in_hiding"]
