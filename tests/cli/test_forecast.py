"""`forecast`: what is on record, what became of it, and whether the record is the one that was published."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tallystick.cli.main import run
from tests.forecasts.recorded import chain, made, question, record
from tests.programmes import VESSANY

Call = Callable[..., tuple[int, str, str]]
EARLY, LATE = date(2021, 6, 30), date(2025, 1, 31)
# asked before the invented evidence was whole: one that its table of 2022 answers, and one that nothing ever did
OLD = question("arrived_2022", start=date(2022, 1, 1), end=date(2022, 12, 31), expected_by=date(2023, 12, 31))
LOST = question("present_2022", measure="workers_present", host="XB", start=date(2022, 12, 1), end=date(2022, 12, 31),
                expected_by=date(2023, 12, 31))  # fmt: skip
ENTRIES = (made([OLD, LOST], EARLY), made([question()], LATE))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "record.jsonl").write_bytes(record(*ENTRIES))
    return tmp_path / "record.jsonl"


@pytest.fixture
def call(file: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run `forecast` on the invented record; its exit code, stdout and stderr."""

    def one(*arguments: str) -> tuple[int, str, str]:
        code = run(["forecast", "--programme", str(VESSANY), "--record", str(file), *arguments])
        return code, *capsys.readouterr()

    return one


def test_the_record_is_printed_with_what_is_open(call: Call) -> None:
    code, out, err = call("--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [(row["entry"], row["id"], row["state"]) for row in rows] == [
        ("1", "arrived_2022", "answered"), ("1", "present_2022", "lapsed"), ("2", "arrived_2025", "open"),
    ]  # fmt: skip
    assert float(rows[0]["1 %"]) < float(rows[0]["10 %"]) < float(rows[0]["50 %"]) < float(rows[0]["99 %"])
    assert f"2 entries, each whole and in its place; head {chain(*ENTRIES)[-1].hash}" in err


def test_the_document_holds_head_entries_and_what_each_was_made_from(call: Call) -> None:
    document = json.loads(call("--format", "json")[1])
    first, last = document["entries"]
    assert document["head"] == last["hash"]
    assert last["previous"] == first["hash"]
    assert {"evidence_root", "inputs", "seed", "versions", "r_hat"} <= set(last)
    (one,) = last["forecasts"]
    assert (one["id"], one["start"], one["expected_by"]) == ("arrived_2025", "2025-01-01", "2026-12-31")


def test_each_forecast_is_laid_beside_the_figure_that_answered_it(call: Call) -> None:
    code, out, err = call("--score", "--format", "json")
    answers = {row["id"]: row for row in json.loads(out)["answers"]}
    report = json.loads(out)["report"]
    assert code == 0
    assert (answers["arrived_2022"]["claim"], answers["arrived_2022"]["said"]) == ("oso22_arrived", 2150)
    assert answers["arrived_2022"]["in 80 %"] == "yes"
    assert {"state": "lapsed"}.items() <= answers["present_2022"].items()
    assert (report["overall"]["n"], report["overall"]["verdict"]) == (1, "cannot be distinguished")
    assert "latest" in report["overall"]["baselines"]
    assert "3 forecasts: 1 open, 1 answered, 1 lapsed" in err


def test_scores_of_an_earlier_day_know_only_what_was_said_by_then(call: Call) -> None:
    _, out, err = call("--score", "--as-of", "2022-06-30", "--format", "csv")
    assert [row["state"] for row in csv.DictReader(io.StringIO(out))] == ["open", "open"]
    assert "2 forecasts: 2 open" in err


def test_the_table_of_scores_stands_below_the_forecasts(call: Call) -> None:
    _, out, err = call("--score")
    assert out.index("arrived_2022") < out.index("overall")
    assert "Each later figure counts once" in err


def test_a_printed_head_is_found_and_another_is_not(call: Call, file: Path) -> None:
    first, last = (one.hash for one in chain(*ENTRIES))
    assert call("--against", last)[0] == 0
    code, out, err = call("--against", first.upper())
    assert (code, out) == (0, "")
    assert "entry 1 of 2" in err
    file.write_bytes(record(ENTRIES[0]))  # its last entry is cut off
    code, _, err = call("--against", last)
    assert code == 1
    assert f"no entry has the hash {last}" in err
    assert "hint: take the record from a copy" in err


def test_a_changed_record_is_named_with_its_line(call: Call, file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"number":2', b'"number":3'))
    for request in ((), ("--score",), ("--against", "0" * 64)):
        code, out, err = call(*request)
        assert (code, out) == (1, "")
        assert "error: record.jsonl, row 2, field sha256: states" in err


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        (("--freeze",), "--on is missing"),
        (("--on", "2025-01-01"), "--freeze is missing"),
        (("--freeze", "--on", "yesterday"), "--on: 'yesterday' is not a day"),
        (("--freeze", "--on", "2024-01-01"), "may not know the future"),
        (("--freeze", "--score", "--on", "2025-01-01"), "are three requests"),
        (("--freeze", "--on", "2025-01-31", "--seed", "3"), "takes its seed from its day and its inputs"),
        (("--freeze", "--on", "2026-01-01"), "more than a year before 2026-01-01"),
        (("--against", "0" * 64, "--as-of", "2024-01-01"), "asks of the whole record"),
    ],
)
def test_a_request_that_makes_no_sense_changes_nothing(
    call: Call, file: Path, request_: tuple[str, ...], fault: str
) -> None:
    before = file.read_bytes()
    code, out, err = call(*request_)
    assert (code, out) == (2, "")
    assert fault in err
    assert file.read_bytes() == before


@pytest.mark.parametrize("request_", [(), ("--score",), ("--against", "0" * 64)])
def test_a_record_that_is_named_and_gone_is_told(call: Call, file: Path, request_: tuple[str, ...]) -> None:
    file.unlink()
    code, out, err = call(*request_)
    assert (code, out) == (1, "")
    assert f"error: {file}: there is no record" in err
    assert "take it from a copy" in err


def test_where_nothing_is_on_record_it_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --record, the record is the one in the programme's folder."""
    folder = shutil.copytree(VESSANY, tmp_path / "vessany")
    assert run(["forecast", "--programme", str(folder), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"head": None, "entries": []}
    assert "nothing is on record yet" in err
    (folder / "forecasts.jsonl").write_bytes(record(ENTRIES[0]))
    assert run(["forecast", "--programme", str(folder)]) == 0
    assert "arrived_2022" in capsys.readouterr().out
