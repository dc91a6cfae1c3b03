"""A question to the model is put right, or refused, before anything is run: names, files, months, days, levers."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from tallystick.scenarios.effects import lever_of
from tallystick.scenarios.scenario import Pull
from tallystick.scenarios.what_if import baseline_of
from tallystick.study import forward
from tallystick.study.forward import keys_of, levers_alone
from tallystick.study.study import Study
from tallystick.vocab.errors import ScenarioError, UsageError


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Nothing is fitted: no question needs it."""
    return Study("dprk", cache=tmp_path_factory.mktemp("cache"))


def own(folder: Path, id: str = "own", more: str = "", lever: str = "publicity") -> Path:
    file = folder / f"{id}.toml"
    pull = f'[[lever]]\nid = "{lever}"\nstrength = 1\nfrom = "2026-07"\n'
    file.write_text(f'id = "{id}"\nname = "Own"\nquestion = "What?"\n{more}\n{pull}', encoding="utf-8")
    return file


def test_all_that_is_compared_with_is_the_one_scenario_that_changes_nothing(study: Study) -> None:
    every = list(study.scenarios.values())
    alone = baseline_of(every)
    assert alone.id == "as_it_goes"
    with pytest.raises(ScenarioError, match="every scenario changes something"):
        baseline_of([each for each in every if each != alone])
    with pytest.raises(ScenarioError, match="as_it_goes and other both change nothing"):
        baseline_of([*every, replace(alone, id="other")])


def test_two_scenarios_of_one_name_are_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two scenarios are called 'publicity'"):
        study.what_if([own(tmp_path, "publicity")])
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError, match="two scenarios are called 'own'"):
        study.what_if([own(tmp_path / "a"), own(tmp_path / "b", lever="council_action")])
    own(tmp_path / "a", "base"), own(tmp_path / "b", "base", lever="council_action")
    based = [own(tmp_path / name, f"on_{name}", 'based_on = "base"', "news_at_home") for name in ("a", "b")]
    with pytest.raises(UsageError, match="two scenarios are called 'base'"):
        study.what_if(based)


def test_scenarios_run_to_the_latest_of_their_horizons_unless_told_otherwise(study: Study, tmp_path: Path) -> None:
    short, long = own(tmp_path, "short", 'until = "2027-12"'), own(tmp_path, "long", 'until = "2035-12"')
    assert study.what_if(["publicity"]).until == "2030-12"
    assert study.what_if([short]).until == "2027-12"
    assert study.what_if([short, "publicity"]).until == "2030-12"
    assert study.what_if([short, long]).until == "2035-12"
    assert study.what_if([long], until="2028-12").until == "2028-12"


def test_a_pull_after_the_horizon_is_refused_before_the_fit(study: Study, tmp_path: Path) -> None:
    file = own(tmp_path)
    file.write_text(file.read_text().replace("2026-07", "2031-07"))
    with pytest.raises(ScenarioError, match=r"own.toml, lever publicity: acts from 2031-07, outside the run"):
        study.what_if([file])
    assert study.what_if([file], until="2031-12").until == "2031-12"


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2025, 11, 30)])
def test_evidence_that_ends_before_the_start_of_runs_cannot_be_run_forward(tmp_path: Path, day: date) -> None:
    with pytest.raises(UsageError, match=f"runs start at the end of 2025-12, and evidence published by {day}"):
        Study("dprk", as_of=day, cache=tmp_path).what_if()


def test_a_driver_and_what_it_is_set_to_move_the_key_of_runs(study: Study, tmp_path: Path) -> None:
    drive = '[[driver]]\nid = "war"\nvalue = {}\nfrom = "2027-01"\nevidence = "assumed"\n'
    keys = {
        keys_of(study, study.what_if([own(tmp_path, "own", more)]))["own"]
        for more in ("", drive.format(2), drive.format(3))
    }
    assert len(keys) == 3


def test_what_is_written_says_whether_a_driver_is_assumed(study: Study, tmp_path: Path) -> None:
    drive = '[[driver]]\nid = "{}"\nvalue = 1\nfrom = "2027-01"\nevidence = {}\n'
    row = study.programme.claims[0].id
    file = own(tmp_path, "own", drive.format("war", '"assumed"') + drive.format("border", [row]))
    told = forward._about(study.what_if([file]).scenarios[0])["drivers"]
    assert [each["evidence"] for each in told] == ["assumed", [row]]


def test_nearly_exact_draws_of_a_gpu_are_kept_apart_from_those_of_a_cpu(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast, exact = (study.what_if(["publicity"], engine=engine) for engine in ("fast", "ensemble"))
    before = keys_of(study, fast), keys_of(study, exact)
    monkeypatch.setattr("tallystick.stocks.engines.fast.on_gpu", lambda: True)
    assert keys_of(study, fast) != before[0]
    assert keys_of(study, exact) == before[1]


def test_each_lever_is_asked_for_alone(study: Study) -> None:
    asked = levers_alone(study, study.what_if(), every=True)
    pulled = [lever_of(each) for each in asked.scenarios]
    assert sorted(map(str, pulled)) == sorted(id for id, each in study.levers.items() if each.acts)
    found = {each.id: each for each in asked.scenarios}
    shipped = study.scenarios["kursk_and_donbas"]
    assert found["kursk_builders"].pulls == shipped.pulls[:1]
    assert found["kursk_builders"].caution == shipped.caution
    full = Pull(lever="lighten_sanctions", strength=1.0, start="2026-07", until="", over_months=0)
    assert found["lighten_sanctions"].pulls == (full,)
    assert found["publicity"] == study.scenarios["publicity"]


def test_of_named_scenarios_their_own_levers_are_asked_for_alone(study: Study) -> None:
    asked = levers_alone(study, study.what_if(["list_firms_and_buyers"]), every=False)
    assert [each.id for each in asked.scenarios] == ["list_firms", "import_bans"]
    assert [lever_of(each) for each in asked.scenarios] == ["list_firms", "import_bans"]


def test_a_lever_alone_that_a_scenario_is_called_after_gets_a_name_of_its_own(study: Study, tmp_path: Path) -> None:
    file = own(tmp_path, "list_firms", 'based_on = "publicity"', "list_firms")
    asked = levers_alone(study, study.what_if([file]), every=False)
    assert [each.id for each in asked.scenarios] == ["publicity", "list_firms_alone"]


def test_the_command_that_repeats_a_run_names_its_scenarios_and_no_others(study: Study, tmp_path: Path) -> None:
    """Without a name all that ship would be run; a name with a blank in it is one name."""
    words = {
        "as_it_goes": "simulate as_it_goes --runs ",
        own(tmp_path, "my own"): "'runs/scenarios/my own.toml' --runs ",
    }
    for name, word in words.items():
        assert word in forward._repeat(study, study.what_if([name]))[1]


def test_runs_have_a_key_where_numba_is_missing(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(library: str) -> str:
        if library in ("numba", "llvmlite"):
            raise PackageNotFoundError(library)
        return version(library)

    asked = study.what_if(["publicity"])
    before = keys_of(study, asked)
    monkeypatch.setattr(forward, "version", without)
    assert keys_of(study, asked).keys() == before.keys()
    assert keys_of(study, asked) != before


def test_persons_are_not_followed_where_numba_is_missing_and_that_is_told_at_once(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    with pytest.raises(UsageError, match="numba alone, which is not installed") as raised:
        study.homecoming()
    assert raised.value.hint == "pip install numba"
