"""T3: no restricted row and no planted canary reaches any output, an error message included."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

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
ESTIMAND = "escapes_to_safety"  # which the model needs
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


def test_no_file_of_the_brief_has_an_estimate_of_the_number_who_reach_safety(brief_folder: Path) -> None:
    """Nor does any name one: what the model needs of it is published nowhere."""
    document = json.loads((brief_folder / "brief.json").read_text(encoding="utf-8"))
    rows = _rows(brief_folder / "data" / "estimates.csv")
    ids = {each["id"] for each in (*document["estimates"], *rows)}
    assert len(ids) > 10
    assert [id for id in ids if re.search("escap|safety", id)] == []
    written = [file for file in brief_folder.rglob("*") if file.is_file()]
    assert len(written) > 50
    assert [file.name for file in written if ESTIMAND.encode() in file.read_bytes()] == []


def test_no_command_and_no_notebook_has_that_estimate(study: Study) -> None:
    told = {each.id for each in study.estimates}
    assert ESTIMAND in study.programme.tables["model"]["headline"]
    assert ESTIMAND not in told | set(study.posterior) | set(study.prior)
    assert not [name for name, draws in study.alternatives.items() if ESTIMAND in draws]
    assert ESTIMAND not in study._repr_html_()


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
