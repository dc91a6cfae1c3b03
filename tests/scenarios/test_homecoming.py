"""Promise: what simulated workers bring home is told of a hundred or more, with what is not known apart from chance."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tallystick.scenarios import homecoming
from tallystick.scenarios.chunks import Design
from tallystick.scenarios.executor import Where
from tallystick.scenarios.homes import ALL, NAMES, SIMULATED, UNITS, Homes, sentences
from tallystick.scenarios.what_if import WhatIf, prepared
from tallystick.stocks.labour.histories import MEASURES, SHARES, Came, came_home
from tallystick.study.study import Study
from tallystick.vocab.errors import UsageError
from tests.scenarios.fits import fitted

DRAWS, UNTIL = 3, "2027-12"
NEVER = ("flee", "flight", "hiding", "hid ", "escape", "rescue", "recapture", "defect")


@pytest.fixture(scope="module")
def study(cache_folder: Path) -> Study:
    return fitted(cache_folder)


@pytest.fixture(scope="module")
def asked(study: Study) -> WhatIf:
    return study.what_if(["direct_pay"], runs=DRAWS * homecoming.REPEATS, until=UNTIL)


@pytest.fixture(scope="module")
def found(study: Study, asked: WhatIf, cache_folder: Path) -> Homes:
    return homecoming.followed(asked, study.fit.unknowns, kept=cache_folder)


@pytest.fixture(scope="module")
def came(study: Study, asked: WhatIf, cache_folder: Path) -> list[Came]:
    """The baseline's runs one by one, by another way."""
    ready = prepared(asked, study.fit.unknowns)
    return [
        came_home(
            ready.graph, ready.inputs["as_it_goes"], seed=asked.seed, run=run, kept=cache_folder,
            pay_sd=float(ready.base.beside["pay_sd"][run % DRAWS]),
        )
        for run in range(DRAWS * homecoming.REPEATS)
    ]  # fmt: skip


def test_every_row_has_a_name_a_unit_and_a_hundred_persons(found: Homes) -> None:
    assert set(homecoming.NUMBERS) == set(NAMES) == set(UNITS)
    assert {id: UNITS[id] for id in MEASURES} == MEASURES
    persons = [row for row in found.levels if row.id in MEASURES]
    assert {row.host for row in persons} == {ALL, *found.hosts}
    assert min(row.figures.runs for row in persons) >= 100


def test_the_distribution_is_that_of_all_persons_of_all_runs(found: Homes, came: list[Came]) -> None:
    """Means to rounding; quantiles within the width of the sketch's bins, 0.4 %."""
    for id in MEASURES:
        values = np.concatenate([each.values[id] for each in came])
        values = values[~np.isnan(values)]
        if not len(values) or (found.baseline, ALL, id) in found.left_out:
            continue
        figures = found.level(found.baseline, ALL, id).figures
        if figures.draws < DRAWS:
            continue
        assert figures.mean == pytest.approx(values.mean(), rel=1e-9)
        assert figures.all.median == pytest.approx(np.quantile(values, 0.5, method="lower"), rel=0.005, abs=0.01)
        assert figures.runs == len(values)


def test_what_is_not_known_and_how_lives_differ_add_up(found: Homes, came: list[Came]) -> None:
    """Analysis of variance by hand, with as many persons in each draw as came."""
    values = [np.concatenate([each.values["brought_home"] for each in came[draw::DRAWS]]) for draw in range(DRAWS)]
    sizes = np.array([len(each) for each in values])
    within = sum(((each - each.mean()) ** 2).sum() for each in values) / (sizes.sum() - DRAWS)
    whole = np.concatenate(values).mean()
    between = sum(len(each) * (each.mean() - whole) ** 2 for each in values) / (DRAWS - 1)
    parameters = (between - within) / ((sizes.sum() - (sizes**2).sum() / sizes.sum()) / (DRAWS - 1))
    figures = found.level(found.baseline, ALL, "brought_home").figures
    assert figures.chance is not None
    assert figures.parameters is not None
    assert figures.chance.sd == pytest.approx(np.sqrt(within), rel=1e-6)
    assert figures.parameters.sd == pytest.approx(np.sqrt(parameters), rel=1e-6)


def test_shares_are_those_of_runs(found: Homes, came: list[Came]) -> None:
    for id in SHARES:
        row = found.level(found.baseline, ALL, id)
        assert row.figures.mean == pytest.approx(np.mean([each.holds[id].mean() for each in came]))
        assert 0 <= row.figures.all.quantiles[0] <= row.figures.all.quantiles[-1] <= 1


def test_hosts_together_are_all(found: Homes) -> None:
    hosts = [host for host in found.hosts if host != ALL]
    persons = sum(found.level(found.baseline, host, "gross").figures.runs for host in hosts)
    assert persons == found.level(found.baseline, ALL, "gross").figures.runs
    assert len(hosts) == 3


def test_pay_to_workers_brings_more_home_in_every_draw(found: Homes) -> None:
    effect = found.effect("direct_pay", ALL, "brought_home").figures
    assert effect.mean > 0
    assert effect.same_sign == 1.0
    assert found.level("direct_pay", ALL, "at_once").figures.mean > 0
    assert found.effect("direct_pay", ALL, "promised").figures.mean < 0


def test_no_ledger_is_asked_where_pay_goes_to_workers(found: Homes) -> None:
    found.level(found.baseline, ALL, "never_covered")
    with pytest.raises(UsageError, match="never_covered under direct_pay in all: no such row"):
        found.level("direct_pay", ALL, "never_covered")


def test_threads_change_nothing(study: Study, asked: WhatIf, found: Homes, cache_folder: Path) -> None:
    one = Where(kind="threads", workers=1)
    again = homecoming.followed(asked, study.fit.unknowns, kept=cache_folder, where=one)
    assert again.kept() == found.kept()


def test_a_draw_with_too_few_persons_is_left_out() -> None:
    few, many = _came(99), _came(100)
    assert np.isnan(homecoming._persons([[few], [many]])[:, 0, : len(MEASURES)]).all()
    assert not np.isnan(homecoming._persons([[few], [many]])[:, 0, len(MEASURES) :]).any()
    assert not any(homecoming._enough(few)[: len(MEASURES)])
    assert all(homecoming._enough(many)[: len(MEASURES)])


def _came(persons: int) -> Came:
    return Came(
        stratum=np.zeros(persons, np.int64), values={id: np.ones(persons) for id in MEASURES},
        holds={id: np.ones(persons, bool) for id in SHARES}, months=np.zeros(1),
        harm={"die": np.zeros(1), "disable": np.zeros(1)},
    )  # fmt: skip


def test_where_nobody_may_be_told_of_only_that_is_said(
    study: Study, asked: WhatIf, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homecoming, "AT_LEAST", 10**9)
    monkeypatch.setattr(homecoming, "PER", 10**12)
    none = homecoming.followed(
        replace(asked, scenarios=(), runs=2, until="2026-12"), study.fit.unknowns, kept=cache_folder
    )  # fmt: skip
    assert none.levels == none.effects == ()
    said = list(sentences(none))
    assert said[0] == SIMULATED
    assert said[1].startswith("Where a row is missing, too few simulated workers stand behind it: all: months abroad, ")
    assert said[1].count("months abroad") == len({host for _, host, _ in none.left_out})
    assert "; in a host: months abroad, " in list(sentences(none, {none.left_out[-1][1]: "in a host"}))[1]
    assert len(said) == 2
    with pytest.raises(UsageError, match="too few simulated persons"):
        none.level("as_it_goes", ALL, "paid")


def test_nothing_is_told_of_how_else_anybody_left(found: Homes) -> None:
    text = (msgspec.json.encode(found.as_json()).decode() + found.as_csv()).lower()
    assert not [word for word in NEVER if word in text]


def test_what_is_kept_is_read_back_and_holds_no_persons(study: Study, found: Homes) -> None:
    assert Homes.read(found.kept()) == found
    assert len(found.kept()) < 2_000_000
    again = study.homecoming(["direct_pay"], draws=DRAWS, until=UNTIL)
    assert again == found
    assert study.homecoming(["direct_pay"], draws=DRAWS, until=UNTIL) == found


def test_the_sentences_say_simulated_and_give_units(found: Homes) -> None:
    said = list(sentences(found))
    assert said[0] == SIMULATED
    assert sum("USD" in each for each in said) >= 4
    assert any("is that assumption's and no finding" in each for each in said)
    assert any(each.startswith("100 % come home with less than was booked") for each in said)
    assert any(each.startswith("Wages paid directly to workers: USD ") for each in said)


def test_a_debt_is_called_one_and_not_a_negative_sum(found: Homes) -> None:
    quantiles = found.level(found.baseline, ALL, "brought_home").figures.all.quantiles
    said = next(each for each in sentences(found) if each.startswith("In all runs together, "))
    ends = (quantiles[1], quantiles[3], quantiles[5])
    assert said.count("a debt of USD ") == sum(end < 0 for end in ends) > 0
    assert said.endswith(" or better.")
    assert "−" not in said


def test_a_design_of_one_run_says_that_it_cannot_tell(study: Study, asked: WhatIf, cache_folder: Path) -> None:
    one = homecoming.followed(replace(asked, runs=1, scenarios=()), study.fit.unknowns, kept=cache_folder)
    assert (one.draws, one.repeats) == (1, 1) == (Design(draws=1, repeats=1).draws, 1)
    assert "One draw alone cannot say" in " ".join(sentences(one))
