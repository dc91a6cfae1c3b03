"""T3: no restricted row and no planted canary reaches any output, an error message included."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tallystick.cli.main import run
from tallystick.evidence.programme import SHIPPED

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


def test_no_file_of_a_brief_holds_a_restricted_word(brief_folder: Path) -> None:
    """What only restricted rows would bring: a row marked so, or an escape for less than a year."""
    for file in brief_folder.rglob("*"):
        if file.suffix in {".html", ".json", ".csv", ".svg"}:
            assert '"restricted"' not in file.read_text(encoding="utf-8")
