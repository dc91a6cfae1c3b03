"""`simulate --sensitivity`: a table 80 characters wide, JSON and CSV of the same numbers, and faults told at once."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

from tallystick.cli import hangs
from tallystick.cli.hangs import COLUMNS, WORDS, lines_alone
from tallystick.cli.main import run
from tallystick.scenarios.alone import Alone, Share
from tallystick.scenarios.sensitivity import Index, Place, Ranking, Sensitivity
from tallystick.study.hangs import alone_key, alone_of
from tests.cli.conftest import Command
from tests.scenarios.fits import fitted

PLACE = "in Russia and on Ukrainian land that it occupies"
NAMES = ("word_gets_home", "direct_pay")
ASKED = ("simulate", *NAMES, "--sensitivity", "--samples", "4", "--until", "2027-12", "--seed", "7")


@pytest.fixture
def told(command: Command) -> Command:
    """Ask for a sensitivity, with these flags besides."""
    return lambda *flags: command(*ASKED, *flags)


def test_the_table_ranks_and_says_what_that_hangs_on(told: Command) -> None:
    code, said, _ = told("--outcome", "workers_present", "--outcome", "state_income")
    assert code == 0
    assert max(map(len, said.splitlines())) <= 80
    assert f"Effects on workers present, {PLACE}, 2027: the lowest first" in " ".join(said.split())
    assert f"Effects on state income, {PLACE}, 2027: the lowest first" in " ".join(said.split())
    assert said.count("The order ") == 2
    for words in ("median effect (persons)", "median effect (USD)", "4 samples", "without chance", *NAMES):
        assert words in said


def test_without_an_outcome_the_table_is_of_workers_present(told: Command) -> None:
    said = told().out
    assert "workers present" in said
    assert "state income" not in said


def test_json_and_csv_hold_the_same_indices_of_every_outcome(told: Command) -> None:
    document = json.loads(told("--format", "json").out)
    lines = list(csv.DictReader(io.StringIO(told("--format", "csv").out)))
    assert tuple(lines[0]) == COLUMNS
    assert [(each["scenario"], each["factor"]) for each in document["indices"]] == [
        (line["scenario"], line["factor"]) for line in lines
    ]
    assert [f"{each['total']}" for each in document["indices"]] == [line["total"] for line in lines]
    outcomes = {each["outcome"] for each in document["rankings"]}
    assert {"workers_present", "state_income", "deaths", "booked_owed", "vacancies_filled"} <= outcomes
    assert {each["outcome"] for each in document["indices"]} >= {"workers_present", "state_income", "deaths"}
    assert (document["samples"], document["year"]) == (4, 2027)


def test_year_and_outcome_choose(told: Command) -> None:
    document = json.loads(told("--year", "2026", "--outcome", "deaths", "--format", "json").out)
    assert document["year"] == 2026
    assert {each["outcome"] for each in (*document["indices"], *document["rankings"])} == {"deaths"}


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--samples", "100"), "100 samples are no power of two"),
        (("--samples", "1"), "1 samples are no power of two"),
        (("--samples", "0"), "0 samples are no power of two"),
        (("--samples=-4",), "-4 samples are no power of two"),
        (("--year", "2031"), "no year 2031 is run"),
        (("--year", "2025"), "no year 2025 is run"),
    ],
)
def test_faults_are_told_before_any_fit(
    flags: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path))  # without a fit, which would take minutes
    assert run(("simulate", *NAMES, "--sensitivity", "--until", "2030-12", *flags)) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "hint: " in said
    assert not list(tmp_path.iterdir())


def test_nothing_to_compare_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("simulate", "as_it_goes", "--sensitivity")) == 2
    assert "nothing stands beside the baseline" in capsys.readouterr().err


def test_an_outcome_that_there_is_not_is_told(told: Command) -> None:
    code, out, err = told("--outcome", "worker_present")
    assert (code, out) == (2, "")
    assert "did you mean workers_present" in err


def index(factor: str, total: float, error: float, scenario: str = "one", why: str = "a reason") -> Index:
    return Index(
        scenario=scenario, outcome="workers_present", factor=factor, why=why, first=0, first_error=0, total=total,
        total_error=error,
    )  # fmt: skip


PLACES = (
    Place(scenario="one", usual=1, first_share=0.9, median_effect=-123_456.0),
    Place(scenario="two", usual=2, first_share=0.1, median_effect=0.0123),
)
RANKING = Ranking(outcome="workers_present", name="workers present", unit="person", places=PLACES)


def said_of(*indices: Index) -> str:
    found = Sensitivity(year=2030, samples=64, points=4608, seed=1, indices=indices, rankings=(RANKING,))
    lines = list(hangs.lines_of(found, ["workers_present"], {"workers_present": "in the host"}))
    assert max(map(len, lines)) <= 80
    return " ".join(" ".join(lines).split())


def test_what_samples_do_not_tell_is_marked() -> None:
    said = said_of(index("b", 0.3, 0.2), index("a", 0.6, 0.2), index("c", 0.02, 0.05), index("d", 0.001, 0.0))
    assert "one a 0.60 (0.20) ~ b 0.30 (0.20), c 0.02 (0.05)? no share is told of two" in said
    assert "-123,000 90 %" in said
    assert "0.0123 10 %" in said
    assert "one does not come first, or not alone, at 10 % of 4,608 points" in said
    assert "Effects on workers present, in the host, 2030: the lowest first" in said
    assert "The order is the same at every point." in said
    assert WORDS in said


def test_the_order_names_what_is_assumed_apart_from_what_is_fitted() -> None:
    said = said_of(index("the fit", 0.5, 0.1, "", ""), index("pull", 0.2, 0.1, ""), index("wait", 0.15, 0.1, ""))
    assert "The order hangs most on the fit 0.50 (0.10). Of what is assumed, it hangs most on pull 0.20 (0.10)" in said
    assert "not told apart from wait. pull: a reason" in said
    assert "too few" not in said


def test_too_few_samples_are_said() -> None:
    said = said_of(index("pull", 0.2, 0.3, ""), index("wait", 0.1, 0.3, ""))
    assert "pull 0.20 (0.30)?." in said
    assert "These samples are too few to tell on what it hangs" in said


@pytest.mark.parametrize(("errors", "few"), [((0.1, 0.1, 0.4), False), ((0.1, 0.4), True), ((0.4,), True), ((), False)])
def test_shares_of_which_few_are_told_ask_for_more_samples(errors: tuple[float, ...], few: bool) -> None:
    said = said_of(*(index(f"n{at}", 0.3, error) for at, error in enumerate(errors)))
    assert ("64 samples are too few: half or more of these shares are not told from nought (?)" in said) == few


def test_many_rivals_are_counted() -> None:
    said = said_of(index("a", 0.3, 0.1, ""), *(index(f"b{at}", 0.2, 0.1, "") for at in range(8)))
    assert "not told apart from b0, b1, b2, b3, b4 and 3 more." in said


def test_what_numbers_do_alone_is_told_of_the_runs_own_draws(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a fit of 40 draws, which bear no shares: but one number makes nearly all of this effect."""
    monkeypatch.setattr("tallystick.scenarios.alone.FEWEST", 40)
    study = fitted(cache_folder, seed=8)
    asked = study.what_if(["direct_pay"], runs=80, until="2027-12")
    found = alone_of(study, asked)
    assert (found.draws, found.year) == (40, 2027)
    assert [each.factor for each in found.of("direct_pay", "state_income")] == ["direct_cut"]
    assert found.rankings[0].outcome == "workers_present"
    assert alone_of(study, asked) == found
    lines = list(lines_alone(found, {"state_income": "in the host"}))
    assert max(map(len, lines)) <= 80
    assert any("state income, in the host, 2027" in line for line in lines)
    assert any("direct_cut" in line for line in lines)
    other = alone_of(study, asked, ["arrivals"], 2026)
    assert (other.year, [each.outcome for each in other.rankings]) == (2026, ["arrivals"])


def test_too_few_draws_tell_no_share_and_say_so() -> None:
    found = Alone(year=2030, draws=40, seed=1, shares=(), rankings=(RANKING,))
    said = " ".join(lines_alone(found, {}))
    assert said.startswith("What each change hangs on is not told: 40 draws are too few")
    assert "no share is told of" not in said


def test_the_order_of_one_scenario_is_not_told_of() -> None:
    alone = Ranking(outcome="workers_present", name="workers present", unit="person", places=PLACES[:1])
    found = Sensitivity(year=2030, samples=64, points=4608, seed=1, indices=(), rankings=(alone,))
    said = " ".join(hangs.lines_of(found, ["workers_present"], {}))
    assert "The order" not in said
    assert "not alone" not in said


def test_levers_pulled_alone_are_ranked_and_the_order_named(command: Command) -> None:
    asked = ("simulate", "list_firms_and_buyers", "publicity", "--levers", "--sensitivity", "--samples", "2")
    code, said, err = command(*asked, "--until", "2026-12", "--seed", "7")
    assert code == 0, err
    places = [line.split()[1] for line in said.splitlines() if line[:5].strip().isdigit()]
    assert sorted(places) == ["import_bans", "list_firms", "publicity"]
    assert said.count("The order ") == 1
    assert "\nimport_bans: " in said


@pytest.mark.parametrize("order", [("publicity", "direct_pay"), ("direct_pay", "publicity")])
def test_what_is_kept_of_an_answer_hangs_on_no_order_of_names(cache_folder: Path, order: tuple[str, str]) -> None:
    study = fitted(cache_folder)
    found = [alone_of(study, study.what_if(list(each), runs=40, until="2026-12")) for each in (order, sorted(order))]
    assert found[0] == found[1]


def test_an_answer_that_cannot_be_read_back_is_not_kept(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """It would be damaged for ever: JSON knows no NaN."""
    share = Share(scenario="one", outcome="workers_present", factor="pull", share=0.5, error=float("nan"))
    spoilt = Alone(year=2026, draws=40, seed=1, shares=(share,), rankings=())
    monkeypatch.setattr("tallystick.scenarios.alone.alone", lambda *_, **__: spoilt)
    study = fitted(cache_folder)
    asked = study.what_if(["publicity"], runs=32, until="2026-12")
    with pytest.raises(msgspec.ValidationError):
        alone_of(study, asked)
    assert study.find("alone", alone_key(study, asked)) is None
