"""`simulate --engine individuals`: a table 80 characters wide with units, JSON, CSV, and what does not go with it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tallystick.cli import homes
from tallystick.cli.main import run
from tallystick.scenarios import homecoming
from tests.cli.conftest import Command

ASKED = ("simulate", "direct_pay", "--engine", "individuals", "--runs", "6", "--until", "2027-12", "--seed", "7")


@pytest.fixture
def told(command: Command) -> Command:
    """Ask for persons, with these flags besides."""
    return lambda *flags: command(*ASKED, *flags)


def test_the_table_has_units_and_is_as_wide_as_a_terminal(told: Command) -> None:
    code, said, _ = told()
    assert code == 0
    assert max(map(len, said.splitlines())) <= 80
    assert "As it goes (as_it_goes), all hosts:" in said
    assert "direct_pay, all hosts: change of the mean against as_it_goes" in said
    for words in ("(USD)", "(months)", "(%)", "All workers are simulated"):
        assert words in said


def test_runs_are_shared_out_over_draws_as_they_are_made() -> None:
    """The command has the number by itself, since importing its place takes a second."""
    assert homes.REPEATS == homecoming.REPEATS


def test_json_and_csv_hold_the_same_rows(told: Command) -> None:
    document = json.loads(told("--format", "json").out)
    lines = list(csv.DictReader(io.StringIO(told("--format", "csv").out)))
    rows = document["levels"] + document["effects"]
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    assert [f"{row['mean']}" for row in rows] == [line["mean"] for line in lines]
    assert document["fewest_persons"] == 100
    assert document["scenarios"] == {"as_it_goes": "As it goes", "direct_pay": "Wages paid directly to workers"}


@pytest.mark.parametrize("flags", [("--fast",), ("--compare",), ("--levers",), ("--year", "2026"), ("--threads", "2")])
def test_what_does_not_go_with_persons_is_refused(told: Command, flags: tuple[str, ...]) -> None:
    code, out, err = told(*flags)
    assert (code, out) == (2, "")
    assert f"{flags[0]} does not go with --engine individuals" in err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--sensitivity", "--runs", "5"), "--runs does not go with --sensitivity"),
        (("--sensitivity", "--threads", "2"), "--threads does not go with --sensitivity"),
        (("--sensitivity", "--engine", "meanfield"), "--engine meanfield does not go with --sensitivity"),
        (("--sensitivity", "--engine", "individuals"), "--sensitivity does not go with --engine individuals"),
    ],
)
def test_a_flag_that_would_be_ignored_is_refused(
    options: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before any fit is asked for."""
    assert run(["simulate", *options]) == 2
    assert words in capsys.readouterr().err
