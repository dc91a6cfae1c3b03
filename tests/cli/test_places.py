"""Promise: a place that cannot be written ends in one clear error, before the long work where that can be known."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.cli import main
from tallystick.cli.main import run
from tallystick.study.manifest import commands, write_manifest
from tallystick.vocab.errors import FitError
from tests.study.invented import PROGRAMME


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file, below which nothing can lie, whoever runs the tests: a superuser may write into any folder."""
    named = tmp_path / "file"
    named.write_text("mine")
    return named


@pytest.mark.parametrize(
    "command", [("brief", "--no-pdf"), ("export", "--to", "json"), ("export", "--to", "csv")], ids=" ".join
)
def test_an_output_below_a_file_is_refused_before_the_fit(
    command: tuple[str, ...],
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path / "cache"))
    assert run([*command, "-o", str(file / "deep" / "brief")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"error: {file / 'deep' / 'brief'}: {file} is a file")
    assert err.count("\n") == 2
    assert "hint: name another place with -o" in err
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("written", "words"),
    [("export --to csv", "the fit begins"), ("brief", "was written by brief, which export does not replace")],
)
def test_tables_replace_earlier_tables_and_nothing_else(
    written: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def begin(_: object) -> None:
        raise FitError("the fit begins", hint="")

    monkeypatch.setattr("tallystick.cli.figures.told", begin)
    write_manifest(tmp_path, PROGRAMME, 7, commands(PROGRAMME, 7, write=written))
    assert run(["export", "--to", "csv", "-o", str(tmp_path)]) == 1
    assert words in capsys.readouterr().err


def test_an_output_in_a_folder_that_may_not_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # a superuser, who may run this, may write anywhere
    assert run(["brief", "-o", str(tmp_path / "deep" / "brief")]) == 1
    assert f"nothing may be written in {tmp_path}\n" in capsys.readouterr().err


def test_a_cache_that_cannot_be_written_ends_in_an_error_and_a_hint(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TALLYSTICK_CACHE", str(file / "cache"))
    assert run(["brief", "--no-pdf", "-o", str(tmp_path / "brief")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"error: {file}")
    assert err.splitlines()[1].startswith("hint: ")
    assert "TALLYSTICK_CACHE" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fill(**_: object) -> None:
        raise OSError(28, "No space left on device", "brief/posterior.nc")

    monkeypatch.setattr(main, "app", fill)
    assert run(["brief"]) == 1
    assert capsys.readouterr().err.startswith("error: brief/posterior.nc: No space left on device\nhint: make room")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_under_stdout_is_told_once() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "tallystick", "claims", "--format", "csv"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: No space left on device\nhint: ")
    assert done.stderr.count("\n") == 2


@pytest.mark.parametrize("named", ["20240630", "2024-W01-1", "2024-6-30", "2024-02-30", "30 June 2024", ""])
def test_only_year_month_and_day_name_a_day(named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["claims", "--as-of", named]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"error: --as-of: {named!r} is not a day\nhint: write year, month and day, as in --as-of 2024-06-30\n"
    )


def test_a_day_before_every_claim_is_refused_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path / "cache"))
    assert run(["brief", "--as-of", "2000-01-01", "-o", str(tmp_path / "brief")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == ("error: no used claim had been published by that day\nhint: take a later day for --as-of\n")
    assert not (tmp_path / "brief").exists()
