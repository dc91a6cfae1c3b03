"""`simulate`: tables that fit a terminal, documents that agree, faults that are named, folders that appear whole."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tallystick.brief.charts import SVG
from tallystick.brief.words.runs import scale_for, show
from tallystick.cli.main import run
from tallystick.cli.run_output import idle_of
from tallystick.cli.run_tables import left_out, side_by_side
from tests.cli.conftest import Command
from tests.scenarios.fits import fitted

FEW = ("--runs", "20", "--until", "2030-12", "--seed", "7")


@pytest.fixture
def told(command: Command) -> Command:
    """Simulate a few short runs."""
    return lambda *arguments: command("simulate", *arguments, *FEW)


@pytest.mark.parametrize("kind", [(), ("china_stops",), ("--compare", "china_stops", "full_compliance"), ("--levers",)])
def test_every_table_fits_eighty_columns_and_names_its_unit(told: Command, kind: tuple[str, ...]) -> None:
    code, out, _ = told(*kind)
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "USD" in out
    assert "persons" in out


def test_full_compliance_never_stands_without_its_caution(told: Command) -> None:
    for kind in ((), ("full_compliance",), ("--compare", "full_compliance"), ("--levers",)):
        _, out, _ = told(*kind)
        assert "booked pay not paid" in out
        assert "full_compliance, caution: A forced return is a harm and no plain success" in out


def test_json_and_csv_hold_the_same_numbers(told: Command) -> None:
    _, text, _ = told("china_stops", "--format", "json")
    _, table, _ = told("china_stops", "--format", "csv")
    document, rows = json.loads(text), list(csv.DictReader(io.StringIO(table)))
    every = [("level", each) for each in document["levels"]] + [("effect", each) for each in document["effects"]]
    assert [each["id"] for each in document["scenarios"]] == ["as_it_goes", "china_stops"]
    assert len(every) == len(rows)
    for (kind, each), row in zip(every, rows, strict=True):
        assert (kind, each["scenario"], each["outcome"]) == (row["kind"], row["scenario"], row["outcome"])
        assert float(row["all_q50"]) == each["all"]["quantiles"]["50"]
        assert float(row["mean_field"]) == each["mean_field"]


def test_levers_come_as_rows_with_how_sure_they_are(told: Command) -> None:
    _, text, _ = told("--levers", "--format", "json", "--outcome", "workers_present")
    rows = json.loads(text)
    assert {each["year"] for each in rows} == set(range(2026, 2031))
    last = [each for each in rows if each["year"] == 2030]
    assert {"full_compliance", "china_stops"} == {each["scenario"] for each in last[:2]}
    assert last[0]["same_sign"] > 0.9
    _, text, _ = told("--levers", "--format", "json", "--outcome", "workers_present", "--year", "2027")
    assert {each["year"] for each in json.loads(text)} == {2027}


TITLE = "Everybody sent home, nobody admitted"


def test_tables_say_what_their_columns_and_their_order_are_not(told: Command) -> None:
    for kind in ((), ("full_compliance",), ("--compare", "full_compliance"), ("--levers",)):
        said = " ".join(told(*kind).out.split())
        assert "in Russia and on Ukrainian land that it occupies" in said
        assert f"full_compliance: {TITLE}; demand_compliance 1 from 2026-07, grown over 6 months" in said
        assert said.count("full compliance with") == 0
        assert "It tells nothing about any firm, site, product or supplier." in said
    assert "in the order of medians, which is no ranking" in said
    assert "same sign: share" in said
    assert "sets the signs, so that this is no evidence of them" in said
    years = " ".join(told("full_compliance").out.split())
    assert "not of safer work" in years
    assert "A change of a share is in percentage points." in years
    assert "percentage points" not in told("full_compliance", "--outcome", "deaths").out


def test_rows_that_are_nought_everywhere_are_left_out_and_said(cache_folder: Path) -> None:
    """Nobody sends military builders as it goes; some are there where a lever sends them."""
    study, ids = fitted(cache_folder), ("military_builders", "workers_present")
    idle, sent = (
        study.simulate(names, runs=20, until="2027-12") for names in (["publicity"], ["kursk_and_donbas"])
    )  # fmt: skip
    assert idle_of(idle, ids) == ("military_builders",)
    assert idle_of(sent, ids) == ()
    assert list(left_out(["military builders"])) == [
        "left out, nought in every scenario and year: military builders",
    ]
    assert list(left_out([])) == []


def test_a_comparison_tells_levels_and_changes_run_by_run_with_their_intervals(cache_folder: Path) -> None:
    found = fitted(cache_folder).simulate(["publicity", "ceasefire_demand_falls"], runs=20, until="2027-12")
    said = list(side_by_side(found, ["workers_present"], 2027))
    rows = [
        {row.scenario: row.figures.all for row in each if (row.outcome, row.year) == ("workers_present", 2027)}
        for each in (found.levels, found.effects)
    ]
    scale = scale_for([spread for each in rows for spread in each.values()], "person")
    levels, changes = ([show(each[id], scale) for id in found.scenarios if id in each] for each in rows)
    assert [len(levels), len(changes)] == [3, 2]
    assert [line.split() for line in said] == [
        ["ceasefire_demand_"],
        ["2027", "as_it_goes", "publicity", "falls"],
        ["workers", "present,", "persons"],
        ["median", *(each.median for each in levels)],
        ["80", "%", "of", "runs", *" ".join(each.interval for each in levels).split()],
        ["change", *(each.median for each in changes)],
        ["80", "%", "of", "runs", *" ".join(each.interval for each in changes).split()],
        [],
    ]


def test_a_comparison_of_the_baseline_alone_has_no_changes(told: Command) -> None:
    code, out, _ = told("--compare", "as_it_goes")
    assert code == 0
    assert "\n  median" in out
    assert "\n  change" not in out


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("china_stop", "did you mean china_stops?"),
        ("import_bans", "it is a lever, pulled in list_firms_and_buyers; --levers tells of each lever alone"),
        ("lighten_sanctions", "it is a lever, which no scenario that ships pulls; --levers tells"),
        ("xyz", "known: as_it_goes, "),
    ],
)
def test_an_unknown_name_gets_what_was_meant(told: Command, name: str, hint: str) -> None:
    code, out, err = told(name)
    assert (code, out) == (2, "")
    assert f"error: unknown scenario '{name}'\nhint: {hint}" in err


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--outcome", "worker_present"), "did you mean workers_present"),
        (("--year", "2040"), "no year 2040 is run"),
        (("--threads", "1", "--processes", "1"), "cannot both do the work"),
        (("--compare", "--levers"), "are two tables"),
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(told: Command, options: tuple[str, ...], problem: str) -> None:
    code, _, err = told("china_stops", *options)
    assert code == 2
    assert problem in err


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('id = "no_such"', "unknown lever 'no_such'"),
        ("strength = 1.5", "outside 0 to 1"),
        ('from = "2026-13"', "which is no month"),
    ],
)
def test_a_faulty_file_gets_one_clear_error(told: Command, tmp_path: Path, line: str, problem: str) -> None:
    pull = {"id": 'id = "publicity"', "strength": "strength = 1", "from": 'from = "2026-07"'} | {
        line.split(" ")[0]: line
    }
    file = tmp_path / "own.toml"
    file.write_text('id = "own"\nname = "Own"\nquestion = "What?"\n[[lever]]\n' + "\n".join(pull.values()))
    code, out, err = told(str(file))
    assert (code, out) == (1, "")
    assert "error: own.toml, lever 1" in err
    assert problem in err
    assert err.count("error:") == 1


def test_a_file_of_ones_own_is_written_with_what_it_found(told: Command, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('id = "own"\nname = "Own"\nquestion = "What?"\nbased_on = "china_stops"\n')
    code, out, _ = told(str(file), "-o", str(tmp_path / "runs"))
    assert code == 0
    assert out.startswith("Own (own)")
    assert (tmp_path / "runs" / "scenarios" / "own.toml").read_text() == file.read_text()
    assert (tmp_path / "runs" / "charts" / "workers-present.svg").read_text().startswith("<svg")
    assert run(("verify", str(tmp_path / "runs"))) == 0


def drawn_words(file: Path) -> str:
    """What a drawing shows as text, in its order; not its alternative text."""
    return " ".join(line for each in ElementTree.parse(file).iter(f"{{{SVG}}}text") for line in each.itertext())


def test_charts_of_a_folder_say_by_themselves_what_they_show_and_of_whom(told: Command, tmp_path: Path) -> None:
    assert told("full_compliance", "publicity", "-o", str(tmp_path / "runs"))[0] == 0
    charts = tmp_path / "runs" / "charts"
    names = ("change-booked-owed", "change-lost-since-ordered-home", "change-state-income", "change-workers-present")
    assert sorted(each.stem for each in charts.iterdir()) == [*names, "workers-present"]
    for chart in charts.iterdir():
        said = drawn_words(chart)
        assert said.count("A forced return is a harm and no plain success.") == 1
        assert "The order is by size, and no ranking." in said
        assert "It tells nothing about any firm, site, product or supplier." in said
    assert "Workers present, in Russia and on Ukrainian land that" in drawn_words(charts / "workers-present.svg")
    assert "50, 80 and 95 % of the runs" in drawn_words(charts / "change-booked-owed.svg")


def test_charts_of_a_run_in_which_nobody_is_ordered_home_speak_of_no_forced_return(
    told: Command, tmp_path: Path
) -> None:
    assert told("payment_in_kind", "-o", str(tmp_path / "runs"))[0] == 0
    said = drawn_words(tmp_path / "runs" / "charts" / "workers-present.svg")
    assert "It tells nothing about any firm" in said
    assert "forced return" not in said
    assert "no ranking" not in said
