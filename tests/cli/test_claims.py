"""`claims`, `show` and `chains` on the programme that ships: what is published, its use and its lineage."""

import csv
import io
import json
from collections.abc import Callable

import pytest

from tallystick.cli.main import run
from tallystick.evidence.programme import load_programme

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command in this process; its exit code, stdout and stderr."""

    def one(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return one


def test_every_claim_is_listed_once_with_a_use_and_a_reason(call: Call) -> None:
    code, out, _ = call("claims", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert [row["id"] for row in rows] == [claim.id for claim in load_programme().claims]
    assert all(row["disposition"] and row["reason"] for row in rows)


def test_filters_keep_only_what_they_name(call: Call) -> None:
    _, out, _ = call(
        "claims", "--measure", "workers_present", "--host", "RU", "--disposition", "used", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows
    assert {(row["measure"], row["host"], row["disposition"]) for row in rows} == {("workers_present", "RU", "used")}


def test_a_host_may_be_named_by_code_or_by_name(call: Call) -> None:
    names = [call("claims", "--host", name, "--format", "csv")[1] for name in ("RU", "ru", "Russia")]
    assert names[0] == names[1] == names[2] != ""


def test_a_host_of_the_model_stands_for_all_its_places(call: Call) -> None:
    _, out, _ = call("claims", "--host", "OTHER", "--format", "json")
    assert len({row["host"] for row in json.loads(out)}) > 1


def test_a_claim_not_yet_published_is_not_listed(call: Call) -> None:
    rows = json.loads(call("claims", "--as-of", "2018-12-31", "--format", "json")[1])
    assert {row["id"] for row in rows} < {claim.id for claim in load_programme().claims}
    assert "fuels25_esc22" not in {row["id"] for row in rows}


def test_nothing_that_matches_is_no_fault(call: Call) -> None:
    code, out, err = call("claims", "--measure", "workers_present", "--host", "KP")
    assert (code, out, err) == (0, "", "nothing matches\n")


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (("--measure", "worker_present"), "unknown measure 'worker_present'", "workers_present"),
        (("--host", "Rusia"), "unknown host 'Rusia'", "did you mean RU?"),
        (("--host", "zzzz"), "unknown host 'zzzz'", "known: "),
        (("--disposition", "garble"), "unknown disposition 'garble'", "garbled"),
        (("--as-of", "2024-13-01"), "'2024-13-01' is not a day", "--as-of 2024-06-30"),
        (("--programme", "dprkk"), 'no programme "dprkk"', "dprk"),
        (("--format", "xml"), "'xml' is not one of", "--help"),
    ],
)
def test_wrong_usage_ends_in_2_with_a_way_out(call: Call, arguments: tuple[str, ...], error: str, hint: str) -> None:
    code, out, err = call("claims", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert error in err
    assert hint in err.split("hint: ")[1]


def test_a_claim_is_shown_with_lineage_use_and_measure(call: Call) -> None:
    code, out, _ = call("show", "rsis23_rev_ru")
    assert code == 0
    for words in ("USD 147 million a year", "rsis23_take", "repeat", "computes_from", "programme_revenue"):
        assert words in out


@pytest.mark.parametrize("name", ["fuels25_s33", "L03"])
def test_statements_and_law_are_shown_too(call: Call, name: str) -> None:
    code, out, _ = call("show", name, "--format", "json")
    assert code == 0
    assert json.loads(out)["id"] == name


def test_an_unknown_id_is_wrong_usage_with_near_ones(call: Call) -> None:
    code, _, err = call("show", "rsis23_revru")
    assert code == 2
    assert "rsis23_rev_ru" in err


def test_a_garbled_copy_says_what_it_broke(call: Call) -> None:
    chains = json.loads(call("chains", "--garbled", "--format", "json")[1])
    assert chains
    for chain in chains:
        broken = [member for member, kind in chain["kind_of_each"].items() if kind == "garbles"]
        assert broken
        assert all(chain["lost"][member] for member in broken)


def test_the_table_of_chains_counts_copies(call: Call) -> None:
    header, *lines = call("chains")[1].splitlines()
    assert header.split()[:3] == ["origin", "copies", "garbled"]
    assert lines


@pytest.mark.parametrize(
    ("claim", "then", "constant"),
    [  # 800 yuan at 6.28 to the dollar; what was said in dollars stays as said; bounds and ranges stay what they are
        ("rfa15_cn_fee", "USD 127 a month at the time (2015)", "USD 169 a month"),
        ("wp16_cn_wage", "USD 300 a month at the time (2015)", "USD 397 a month"),
        ("chosun12_rev", "at least USD 100 million a year at the time (2012)", "at least USD 137 million a year"),
        ("ecr_rev", "USD 930 million to 2 billion a year at the time (2017)", "USD 1.19 to 2.56 billion a year"),
    ],
)
def test_a_sum_of_money_is_shown_in_dollars_of_its_year_and_of_one_year(
    call: Call, claim: str, then: str, constant: str
) -> None:
    shown = json.loads(call("show", claim, "--format", "json")[1])
    assert shown["in dollars"] == f"{then}; {constant} in dollars of 2024"


@pytest.mark.parametrize("claim", ["af_160m", "rsis23_rev_ru", "zakharova_1000"])
def test_what_states_no_one_year_or_is_no_money_has_no_dollars(call: Call, claim: str) -> None:
    """Sums over many years, a figure without a period, and people."""
    assert "in dollars" not in json.loads(call("show", claim, "--format", "json")[1])
