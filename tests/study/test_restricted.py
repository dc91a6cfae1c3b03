"""T3: no restricted row and no planted canary reaches any output, an error message included."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.calibrate.influence import WATCHED
from tallystick.cli.main import run
from tallystick.evidence.programme import SHIPPED
from tallystick.study.study import Study

CANARIES = 1000
TABLES = ("claims.csv", "statements.csv")  # the tables whose rows carry a sensitivity
COMMANDS = (
    ("claims", "--format", "json"),
    ("claims", "--format", "csv"),
    ("show", "canary0"),
    ("chains", "--format", "json"),
    ("estimate",),
    ("assess",),
    ("export", "--to", "json"),
)
SAFETY = "escapes"  # estimands and measures of the number who reach safety begin so
Plant = Callable[[str], Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """A copy of the programme with invented restricted rows: every text of them holds a canary."""

    def one(table: str) -> Path:
        folder = tmp_path / "programme"
        shutil.copytree(SHIPPED / "dprk", folder)
        with (folder / table).open(encoding="utf-8", newline="") as file:
            header, first, *_ = csv.reader(file)
        fields = dict(zip(header, first, strict=True))
        with (folder / table).open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            for number in range(CANARIES):
                planted = dict.fromkeys(("title", "note", "statement", "region", "place", "hedge"), f"canary{number}")
                row = fields | planted | {"id": f"canary{number}", "sensitivity": "restricted"}
                writer.writerow([row[name] for name in header])
        return folder

    return one


@pytest.mark.parametrize("table", TABLES)
def test_no_canary_reaches_any_command(
    table: str, plant: Plant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = plant(table)
    for command in COMMANDS:
        code = run([*command, "--programme", str(folder)])
        out, err = capsys.readouterr()
        assert code == 1
        assert out == ""
        assert "canary" not in err
        assert table in err
    assert run(["brief", "--programme", str(folder), "-o", str(tmp_path / "brief")]) == 1
    assert not (tmp_path / "brief").exists()
    assert "canary" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("table", TABLES)
def test_every_shipped_row_is_public(table: str) -> None:
    with (SHIPPED / "dprk" / table).open(encoding="utf-8", newline="") as file:
        assert {row["sensitivity"] for row in csv.DictReader(file)} == {"public"}


# In the real brief -----------------------------------------------------------------------------------------


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _coarse(row: Mapping[str, Any], hosts: Collection[str]) -> bool:
    """Whether an estimate speaks of a whole year and a whole country (or of all others, or of the world)."""
    finer = [row.get(name) for name in ("region", "place", "sector", "visa_class", "cohort")]
    return len(row["period"]) == 4 and row["period"].isdigit() and row["host"] in hosts and not any(finer)


def test_the_number_who_reach_safety_is_told_by_year_and_country_only(brief_folder: Path, study: Study) -> None:
    document = json.loads((brief_folder / "brief.json").read_text(encoding="utf-8"))
    told = [each for each in document["estimates"] if each["id"].startswith(SAFETY)]
    assert told
    assert [each for each in told if not _coarse(each, study.programme.hosts)] == []


def test_no_table_of_the_brief_tells_it_more_finely(brief_folder: Path, study: Study) -> None:
    met = set()
    for file in sorted((brief_folder / "data").glob("*.csv")):
        rows = _rows(file)
        told = [row for row in rows if row.get("id", "").startswith(SAFETY) and "period" in row]
        assert [row for row in told if not _coarse(row, study.programme.hosts)] == [], file.name
        own = rows if SAFETY in file.stem else []
        assert all(len(row["period"]) == 4 for row in own), file.name
        met |= {file.stem} if told or own else set()
    assert "estimates" in met


def test_claims_of_it_speak_of_a_year_at_least_and_of_no_region(brief_folder: Path) -> None:
    claims = [row for row in _rows(brief_folder / "data" / "claims.csv") if row["measure"].startswith(SAFETY)]
    assert claims
    for row in claims:
        assert row["region"] == ""
        if row["start"] and row["end"]:
            assert (date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])).days >= 364


def test_nothing_is_said_to_move_the_number_who_reach_safety(study: Study) -> None:
    assert study.claim_fits
    assert [each for each in study.claim_fits if each.influence_on.startswith(SAFETY)] == []
    assert [name for name in WATCHED if name.startswith(SAFETY)] == []
