"""`simulate`: who does the work, which flags go together, files with drivers and bases, and each lever alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tallystick.cli.main import run
from tests.cli.conftest import Command

FEW = ("--runs", "20", "--until", "2026-12", "--seed", "7")
DRIVER = '[[driver]]\nid = "war"\nvalue = 2\nfrom = "2026-03"\nevidence = "assumed"\n'


@pytest.fixture
def told(command: Command) -> Command:
    """Simulate a few short runs."""
    return lambda *arguments: command("simulate", *FEW, *arguments)


def own(folder: Path, id: str, more: str = DRIVER) -> str:
    file = folder / f"{id}.toml"
    file.write_text(f'id = "{id}"\nname = "Own"\nquestion = "What?"\n{more}', encoding="utf-8")
    return str(file)


def effects(told: Command, *arguments: str) -> list[dict[str, object]]:
    """All effects of a scenario, without its name."""
    code, out, err = told(*arguments, "--format", "json")
    assert code == 0, err
    return [{name: value for name, value in row.items() if name != "scenario"} for row in json.loads(out)["effects"]]


def test_threads_processes_and_a_cluster_give_the_same_numbers(told: Command, tmp_path: Path) -> None:
    """Three files that differ in their names alone, so that none is found in the cache of another."""
    from distributed import LocalCluster

    alone = effects(told, own(tmp_path, "in_threads"), "--threads", "2")
    assert any(row["mean"] for row in alone)
    assert effects(told, own(tmp_path, "in_processes"), "--processes", "2") == alone
    start: Any = LocalCluster
    with start(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        address = str(cluster.scheduler_address)
        assert effects(told, own(tmp_path, "on_cluster"), "--cluster", address) == alone


def test_where_no_cluster_answers_is_told(told: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the address is used at all."""
    monkeypatch.setattr("tallystick.scenarios.executor.CONNECT", 1)
    code, out, err = told(own(tmp_path, "nowhere"), "--cluster", "tcp://127.0.0.1:1")
    assert (code, out) == (1, "")
    assert "no cluster answers at tcp://127.0.0.1:1" in err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--samples", "64"), "tables of runs\nhint: leave --samples out, or add --sensitivity\n"),
        (("--samples", "64", "--engine", "individuals"), "--samples does not go with --engine individuals"),
        (("--samples", "100", "--sensitivity"), "100 samples are no power of two"),
        (("--compare", "--sensitivity"), "--compare does not go with --sensitivity"),
        (("--levers", "--samples", "64"), "--samples does not go with --levers"),
        (("--fast", "--engine", "meanfield"), "are two engines"),
        (("--samples", "0"), "--samples does not go with tables of runs"),
        (("--levers", "--output", "runs"), "--output does not go with --levers"),
        (("--year", "0"), "no year 0 is run"),
        (("--year", "2031"), "no year 2031 is run"),
        (("--levers", "--year", "2031"), "no year 2031 is run"),
        (("--outcome", "worker_present"), "did you mean workers_present"),
        (("--sensitivity", "--outcome", "worker_present"), "did you mean workers_present"),
        (("--as-of", "2024-01-01"), "runs start at the end of 2025-12"),
    ],
)
def test_what_would_be_ignored_or_cannot_be_is_refused_before_the_fit(
    options: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path))
    assert run(["simulate", *options]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"war"', '"weather"', "own.toml, driver 1, id: unknown driver 'weather'"),
        ("value = 2", "value = 7", "own.toml, driver 1, value: is 7, outside 0 to 5"),
        ('"2026-03"', '"2025-12"', "own.toml, driver war: acts from 2025-12, outside the run"),
        ('"2026-03"', '"March"', "own.toml, driver 1, from: is 'March', which is no month"),
        ("[[driver]]", 'until = "2024-12"\n[[driver]]', "own.toml, until: runs go over whole years"),
        ("[[driver]]", 'based_on = "own"\n[[driver]]', "own.toml, based_on: goes round in a circle: own > own"),
    ],
)
def test_a_fault_in_a_file_is_one_error_with_a_way_out(
    told: Command, tmp_path: Path, old: str, new: str, words: str
) -> None:
    code, out, err = told(own(tmp_path, "own", DRIVER.replace(old, new, 1)))
    assert (code, out) == (1, "")
    assert f"error: {words}" in err
    assert (err.count("error:"), err.count("hint:")) == (1, 1)


def test_a_folder_of_runs_can_be_run_again_by_itself(told: Command, tmp_path: Path) -> None:
    own(tmp_path, "first")
    file = own(tmp_path, "second", 'based_on = "first"\n')
    assert told(file, "-o", str(tmp_path / "runs"))[0] == 0
    kept = tmp_path / "runs" / "scenarios"
    assert sorted(each.name for each in kept.iterdir()) == ["as_it_goes.toml", "first.toml", "second.toml"]
    assert run(("verify", str(tmp_path / "runs"))) == 0
    document = json.loads((tmp_path / "runs" / "results.json").read_text())
    (told_of,) = [each for each in document["scenarios"] if each["id"] == "second"]
    span = {"from": "2026-03", "until": None, "over_months": 0}
    assert told_of["drivers"] == [{"id": "war", "value": 2.0, **span, "evidence": "assumed"}]
    (tmp_path / "first.toml").unlink()
    (tmp_path / "second.toml").unlink()
    assert effects(told, str(kept / "second.toml"))[0]["mean"] == document["effects"][0]["mean"]


def test_every_lever_is_told_of_or_says_why_not(told: Command) -> None:
    code, out, _ = told("--levers", "--outcome", "workers_present", "--until", "2027-12")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    for lever in ("list_firms", "import_bans", "kursk_builders", "lighten_sanctions", "full_compliance"):
        assert f"\n  {lever}" in out
        assert f"\n{lever}: " in out
    assert "\naid_to_escapees, not run: Nothing that bears on reaching safety is simulated" in out
    assert "list_firms_and_buyers" not in out
    assert "kursk_builders, caution: " in out


def test_of_named_scenarios_only_their_levers_are_told_of(told: Command) -> None:
    _, out, _ = told("list_firms_and_buyers", "--levers", "--format", "json", "--outcome", "workers_present")
    assert [(row["scenario"], row["lever"]) for row in json.loads(out)] == [
        ("import_bans", "import_bans"), ("list_firms", "list_firms"),
    ]  # fmt: skip


@pytest.mark.parametrize("mode", [("--engine", "individuals", "--runs", "4"), ("--sensitivity", "--samples", "2")])
def test_no_table_of_full_compliance_stands_without_its_caution(command: Command, mode: tuple[str, ...]) -> None:
    code, out, err = command("simulate", "full_compliance", "--until", "2026-12", "--seed", "7", *mode)
    assert code == 0, err
    assert "\nfull_compliance, caution: A forced return is a harm and no plain success" in out
    assert max(map(len, out.splitlines())) <= 80
