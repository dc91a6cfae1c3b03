"""Indices are those of known functions, of nothing but the factors, and never of what control does to flight."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from SALib.sample import sobol

from tallystick.scenarios.alone import CLASSES, WRONG, _half_width, _shares, classes_of, least, least_told, part_between
from tallystick.scenarios.executor import Where
from tallystick.scenarios.outcomes import Outcome
from tallystick.scenarios.reported import outcomes_of
from tallystick.scenarios.sensitivity import (
    FACTORS_OF_ALL,
    Index,
    Sensitivity,
    _indices,
    _moves,
    effects_of,
    factors_of,
    ranking,
    sensitivity,
    told_of,
)
from tallystick.scenarios.travel import Recipe
from tallystick.scenarios.what_if import TEXT, Prepared, WhatIf
from tests.systems import real

HIDDEN = ("control", "flight", "flee", "escape", "hiding", "hidden", "rescue", "recapture", "safety", "misery")
NAMES = ("one", "two", "three")
KNOWN = {"one": (0.3139, 0.5576), "two": (0.4424, 0.4424), "three": (0.0, 0.2437)}  # first-order and total


def ishigami(x: Any) -> Any:
    """Ishigami's function, a = 7 and b = 0.1, whose indices are `KNOWN` (Saltelli and others 2008, chapter 4)."""
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def designed(names: tuple[str, ...], samples: int) -> Any:
    """(factor, point) in -pi to pi."""
    space = {"num_vars": len(names), "names": names, "bounds": [[-np.pi, np.pi]] * len(names)}
    return sobol.sample(space, samples, calc_second_order=False, seed=1).T


def indices(values: Any, names: tuple[str, ...], seed: int = 1) -> dict[str, Index]:
    found = _indices(values, "s", "o", whys=dict.fromkeys(names, ""), told=names, seed=seed)
    return {each.factor: each for each in found}


def test_indices_of_a_function_whose_indices_are_known() -> None:
    found = indices(ishigami(designed(NAMES, 2048)), NAMES)
    for name, (first, total) in KNOWN.items():
        assert found[name].first == pytest.approx(first, abs=0.03)
        assert found[name].total == pytest.approx(total, abs=0.03)
        assert abs(found[name].total - total) < 3 * found[name].total_error + 0.005


def test_a_factor_that_moves_nothing_has_no_index_and_changes_none() -> None:
    names = (*NAMES[:2], "idle", NAMES[2])
    x = designed(names, 2048)
    found = indices(ishigami(x[[0, 1, 3]]), names)
    assert list(found) == list(NAMES)
    for name, (_, total) in KNOWN.items():
        assert found[name].total == pytest.approx(total, abs=0.03)


def test_what_does_not_vary_has_no_indices() -> None:
    assert indices(np.ones(20), NAMES) == {}


@pytest.mark.parametrize("seed", [0, 1])
def test_a_seed_gives_the_same_half_widths_and_0_is_a_seed(seed: int) -> None:
    """SALib takes 0 for no seed."""
    values = ishigami(designed(NAMES, 16))
    assert indices(values, NAMES, seed) == indices(values, NAMES, seed)
    assert indices(values, NAMES, seed) != indices(values, NAMES, seed + 1)


def index(total: float, error: float) -> Index:
    return Index(scenario="", outcome="", factor="", why="", first=0, first_error=0, total=total, total_error=error)


def test_indices_are_told_apart_where_their_intervals_do_not_overlap() -> None:
    assert index(0.5, 0.1).is_apart_from(index(0.2, 0.1))
    assert index(0.2, 0.1).is_apart_from(index(0.5, 0.1))
    assert not index(0.5, 0.2).is_apart_from(index(0.2, 0.1))
    assert index(0.2, 0.1).is_told
    assert not index(0.2, 0.2).is_told


def test_rounding_is_no_effect() -> None:
    levels = np.array([[[1e9], [1e9 * (1 + 1e-15)], [1e9 + 1]]])
    effects, relative = effects_of(levels)
    assert effects.tolist() == [[[0.0], [1.0]]]
    assert relative[0, 0, 0] == 0
    assert relative[0, 1, 0] == pytest.approx(1e-9)


def test_a_ranking_says_who_usually_comes_first_and_how_often_another_does() -> None:
    outcome = Outcome(id="o", name="an outcome", unit="person", sums=())
    effects = np.array([[-3.0, -2.0, 1.0], [-3.0, -2.0, 1.0], [-3.0, -2.0, 1.0], [-1.0, -2.0, 1.0]])
    found = ranking(("a", "b", "c"), effects, outcome)
    assert [(each.scenario, each.usual, each.first_share) for each in found.places] == [
        ("a", 1, 0.75), ("b", 2, 0.25), ("c", 3, 0.0),
    ]  # fmt: skip
    assert found.places[0].median_effect == -3
    assert found.first_changes == 0.25
    assert _moves(effects).tolist() == [0, 0, 0, 2]


TIES = np.array([[-2.0, -2.0, 0.0], [0.0, 0.0, 0.0], [-3.0, -1.0, 0.0], [-1.0, -3.0, 0.0]])


def test_the_order_in_which_scenarios_are_named_decides_nothing() -> None:
    """Two that tie share the mean of their places, and neither of them is first."""
    outcome = Outcome(id="o", name="an outcome", unit="person", sums=())
    found = ranking(("a", "b", "c"), TIES, outcome)
    assert [(each.scenario, each.usual, each.first_share) for each in found.places] == [
        ("a", 1, 0.25), ("b", 1, 0.25), ("c", 3, 0.0),
    ]  # fmt: skip
    for order in permutations(range(3)):
        assert ranking([("a", "b", "c")[at] for at in order], TIES[:, order], outcome) == found
        assert _moves(TIES[:, order]).tolist() == _moves(TIES).tolist()
    assert _moves(TIES).tolist() == [0, 2, 1, 1]


OUTCOMES = ("workers_present", "state_income", "vacancies_filled")


@lru_cache
def asked() -> tuple[WhatIf, Prepared]:
    """An invented start of the programme that ships: nobody has to wait for a fit."""
    outcomes = tuple(each for each in outcomes_of(real.shape()) if each.id in OUTCOMES)
    every = real.scenarios()
    what_if = WhatIf(
        programme=real.programme(), baseline=every["as_it_goes"], levers=real.levers(), runs=1, until=real.MONTHS[-1],
        scenarios=(every["word_gets_home"], every["ceasefire_demand_falls"]), seed=1,
    )  # fmt: skip
    ready = Prepared(
        graph=real.graph(), recipe=Recipe(function=TEXT), shape=real.shape(), start=real.start(), months=real.MONTHS,
        outcomes=outcomes, base=real.base(), inputs={"as_it_goes": real.base().inputs},
    )  # fmt: skip
    return what_if, ready


def answer(kernels: Path, year: int = 2030, seed: int = 1) -> Sensitivity:
    what_if, ready = asked()
    return sensitivity(replace(what_if, seed=seed), ready, samples=2, year=year, kept=kernels)


@pytest.fixture(scope="module")
def answered(kernels: Path) -> Sensitivity:
    return answer(kernels)


def test_the_same_seed_gives_the_same_indices(answered: Sensitivity, kernels: Path) -> None:
    assert repr(answer(kernels)) == repr(answered)
    assert repr(answer(kernels, seed=2)) != repr(answered)


def test_neither_threads_nor_batches_move_an_index(
    answered: Sensitivity, kernels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallystick.scenarios.sensitivity.BATCH", 64)
    where = Where(kind="threads", workers=8)
    what_if, ready = asked()
    assert repr(sensitivity(what_if, ready, samples=2, year=2030, kept=kernels, where=where)) == repr(answered)


def test_every_outcome_has_indices_and_a_ranking(answered: Sensitivity) -> None:
    assert {each.outcome for each in answered.indices} == set(OUTCOMES)
    assert [each.outcome for each in answered.rankings] == list(OUTCOMES)
    assert {place.scenario for each in answered.rankings for place in each.places} == {
        "word_gets_home", "ceasefire_demand_falls",
    }  # fmt: skip


def test_the_year_is_the_one_asked_for(answered: Sensitivity, kernels: Path) -> None:
    """Word gets home once people come home: its effect grows over the years."""
    found = (answer(kernels, year=2027), answered)
    early, late = ({each.scenario: each.median_effect for each in one.rankings[0].places} for one in found)
    assert late["word_gets_home"] < 2 * early["word_gets_home"] < 0


def test_effects_are_those_of_runs_without_chance(kernels: Path) -> None:
    """By another engine: the same points under JAX."""
    from tallystick.scenarios import sensitivity as made
    from tallystick.scenarios.levers import inputs_under
    from tallystick.scenarios.outcomes import LaidOut
    from tallystick.stocks.engines import meanfield

    what_if, ready = asked()
    points = np.random.default_rng(3).random((3, len(factors_of(real.programme().tables)) + 2))
    base = made._base(what_if, ready, points)
    inputs = inputs_under(base, what_if.scenarios[0], what_if.levers)
    laid_out = LaidOut(ready.graph, ready.outcomes, inputs)
    other = laid_out.values(meanfield.yearly(ready.graph, inputs, laid_out.terms()), np.arange(3))
    found = made.levels_at(ready, [inputs], ready.outcomes, 2028, 1, kernels)
    assert found[:, 0] == pytest.approx(other[:, 2], rel=1e-9)


def test_what_no_person_and_no_income_depends_on_has_no_index(answered: Sensitivity) -> None:
    """Were anything random beside the factors, it would stand in every index."""
    idle = {"price_food", "price_fuel", "price_round", "kind_food", "munitions", "redirect_share"}
    assert idle <= set(factors_of(real.programme().tables))
    found = {each.factor: each for each in answered.of("word_gets_home", "workers_present")}
    assert not idle & set(found)
    assert found["news_rate"].total > 0.001


def test_the_largest_comes_first(answered: Sensitivity) -> None:
    totals = [each.total for each in answered.of("word_gets_home", "workers_present")]
    assert totals == sorted(totals, reverse=True)
    assert len(totals) > 5


def test_both_numbers_of_the_plans_wandering_are_factors() -> None:
    assert {"plan_sd", "plan_memory"} <= set(factors_of(real.programme().tables))


def test_the_part_that_a_number_makes_alone_is_its_first_order_index() -> None:
    """Of a sum of independent numbers it is the share of variances; ten classes see 99 % of an even number's own."""
    x = np.random.default_rng(1).random((3, 20_000))
    weights = np.array([4.0, 2.0, 1.0])
    for number, weight in zip(x, weights, strict=True):
        share = weight**2 / (weights**2).sum()
        assert part_between(weights @ x, classes_of(number)) == pytest.approx(0.99 * share, abs=0.01)


@pytest.mark.parametrize("draws", [20, 50, 500])
def test_of_numbers_that_have_no_part_seldom_is_one_taken_for_something(draws: int) -> None:
    """2,000 numbers stand beside the draws and do nothing: one question of all of them, three times in a hundred."""
    chance, beyond = np.random.default_rng(2), least(draws, 2000)
    shares = np.array([
        [part_between(values, classes_of(each)) for each in chance.random((200, draws))]
        for values in chance.standard_normal((10, draws))
    ])  # fmt: skip
    assert shares.mean() == pytest.approx(0, abs=0.02)
    assert (shares > beyond).sum() <= 1
    assert (shares > least(draws, 1)).mean() == pytest.approx(WRONG, abs=0.02)


def shares_of(draws: int) -> list[str]:
    """What is told of an effect that one number makes, beside one that has no part."""
    numbers = np.random.default_rng(3).random((2, draws))
    classes = {"cause": classes_of(numbers[0]), "idle": classes_of(numbers[1])}
    beyond = least_told(draws, 2)
    return [each.factor for each in _shares(numbers[0], "s", "o", classes, beyond, seed=1)]


def test_fewer_than_a_hundred_draws_tell_no_share() -> None:
    assert [shares_of(draws) for draws in (20, 50, 99)] == [[], [], []]
    assert [shares_of(draws) for draws in (100, 500)] == [["cause"], ["cause"]]


def test_a_resample_that_does_not_vary_leaves_a_half_width() -> None:
    """It would be 0 / 0, which no file holds."""
    assert part_between(np.full(20, 0.1), classes_of(np.arange(20.0))) == 0
    values = np.zeros(100)
    values[0] = 1.0
    assert np.isfinite(_half_width(values, classes_of(np.arange(100.0)), np.random.default_rng(1)))


def test_signs_alone_act_and_have_no_share(answered: Sensitivity) -> None:
    signs = {name for name, one in factors_of(real.programme().tables).items() if one.is_sign_only}
    assert signs == {"talk_punished", "debt_stay"}
    assert not signs & set(told_of(real.programme().tables))
    assert not signs & {each.factor for each in answered.indices}


def test_classes_are_of_equal_size() -> None:
    assert np.bincount(classes_of(np.random.default_rng(1).random(505))).tolist().count(50) == 5
    assert len(np.unique(classes_of(np.arange(500.0)))) == CLASSES


def named(tables: Any, outcomes: list[str]) -> list[str]:
    """Factors and outcomes whose names tell of control or flight."""
    names = [*factors_of(tables), *FACTORS_OF_ALL, *outcomes]
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
