"""`verify`: a brief that shows forecasts is held against their record, which may be gone or another by now."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tallystick.cli.main import run
from tallystick.evidence.programme import load_programme
from tallystick.study.manifest import write_manifest
from tests.forecasts.recorded import chain, made, question, record
from tests.programmes import VESSANY

ENTRIES = (made([question()], date(2025, 1, 31)), made([question()], date(2025, 6, 30)))
FIRST = chain(*ENTRIES)[0].hash
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "record.jsonl").write_bytes(record(*ENTRIES))
    return tmp_path / "record.jsonl"


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A folder that shows what was on record after the first freezing."""
    return _brief(tmp_path / "brief", FIRST)


def _brief(folder: Path, head: str | None) -> Path:
    folder.mkdir()
    (folder / "brief.html").write_text("Forecasts.")
    write_manifest(folder, load_programme(VESSANY), 7, forecasts=head)
    return folder


@pytest.fixture
def call(brief: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def one(*arguments: str) -> tuple[int, str, str]:
        return run(["verify", str(brief), *arguments]), *capsys.readouterr()

    return one


def test_a_record_that_has_grown_still_holds_what_a_brief_printed(call: Call, file: Path) -> None:
    code, out, err = call("--record", str(file))
    assert code == 0
    assert "1 files as published" in out
    assert "record.jsonl holds the head that it printed as entry 1 of 2" in err


def test_a_record_that_was_made_anew_is_told(call: Call, file: Path) -> None:
    file.write_bytes(record(ENTRIES[1]))
    code, _, err = call("--record", str(file))
    assert code == 1
    assert f"error: {file}: no entry has the hash {FIRST}" in err
    assert "hint: take the record from a copy" in err


def test_a_record_that_is_gone_is_told(call: Call, file: Path) -> None:
    file.unlink()
    code, _, err = call("--record", str(file), "--format", "json")
    assert code == 1
    assert f"error: {file}: there is no record" in err


def test_the_record_of_a_programme_that_ships_is_asked_unnamed(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = call()
    assert code == 0
    assert f"hang on {FIRST}, which no record was asked for: name it with --record" in err
    monkeypatch.setattr("tallystick.evidence.programme.SHIPPED", tmp_path / "shipped")
    own = Path(shutil.copytree(VESSANY, tmp_path / "shipped" / "vessany")) / "forecasts.jsonl"
    assert call()[0] == 1
    own.write_bytes(record(*ENTRIES))
    code, out, err = call("--format", "json")
    assert (code, json.loads(out)) == (0, [])
    assert "forecasts.jsonl holds the head that it printed as entry 1 of 2" in err


def test_a_brief_that_is_changed_is_told_before_its_record(call: Call, brief: Path, file: Path) -> None:
    (brief / "brief.html").write_text("Others.")
    file.unlink()
    code, out, err = call("--record", str(file))
    assert code == 1
    assert "brief.html" in out
    assert "1 of its files are not as published" in err


def test_a_brief_without_forecasts_asks_no_record(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = str(_brief(tmp_path / "other", None))
    assert run(["verify", other]) == 0
    assert capsys.readouterr().err == ""
    assert run(["verify", other, "--record", str(file)]) == 2
    assert "shows no forecasts on record" in capsys.readouterr().err
