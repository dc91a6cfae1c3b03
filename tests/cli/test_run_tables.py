"""`simulate`: tables that fit a terminal, documents that agree, faults that are named, folders that appear whole."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tallystick.cli.main import run
from tests.cli.conftest import Command

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
    assert {"full_compliance", "china_stops"} == {each["scenario"] for each in rows[:2]}
    assert rows[0]["same_sign"] > 0.9
    assert {each["year"] for each in rows} == {2030}


def test_an_unknown_name_gets_the_nearest(told: Command) -> None:
    code, out, err = told("china_stop")
    assert (code, out) == (2, "")
    assert "hint: did you mean china_stops?" in err


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--outcome", "worker_present"), "did you mean workers_present"),
        (("--year", "2040"), "no year 2040 was run"),
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
