"""`simulate --engine individuals`: a table 80 characters wide with units, JSON, CSV, and what does not go with it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tallystick.brief.words.runs import percent_of
from tallystick.cli import homes
from tallystick.cli.main import run
from tallystick.cli.output import bare
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
    assert "As it goes (as_it_goes), in all hosts:" in said
    assert "As it goes (as_it_goes), in Russia and on Ukrainian land that it occupies:" in said
    assert "direct_pay, in all hosts: change of the mean against as_it_goes" in said
    for words in (
        "(USD)",
        "months abroad",
        "(percentage points)",
        "(per 1,000 worker-years)",
        "same sign: share",
        "All workers are simulat",
    ):
        assert words in " ".join(said.split())


def test_shares_are_percents_and_means_have_the_digits_of_their_intervals(told: Command) -> None:
    said, found = " ".join(told().out.split()), json.loads(told("--format", "json").out)
    means = {row["id"]: row["mean"] for row in reversed(found["levels"])}  # the first stands: of the baseline
    assert f"came home with less than was promised {percent_of(means['paid_less'])} - " in said
    employers = said.split("what employers paid for them (USD) ")[1].split(" ")[0].replace(",", "")
    assert abs(float(employers) - means["gross"]) < 0.1 * means["gross"]
    assert employers.endswith("0")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("0.000", "0"), ("0.00 to 0.4", "0 to 0.4"), ("-0.047 to 0.00", "-0.047 to 0"), ("-0.00", "0"),
        ("10.00", "10.00"), ("0.001", "0.001"), ("100.0 to 0.0", "100.0 to 0"), ("0 to 6", "0 to 6"),
    ],
)  # fmt: skip
def test_a_nought_stands_without_digits_behind_it(cell: str, shown: str) -> None:
    assert bare(cell) == shown


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
