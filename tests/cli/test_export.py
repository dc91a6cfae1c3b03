"""Promise: the exports that hold no estimate ask for no fit, and reach stdout or a file, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tallystick.cli.main import run
from tallystick.study.apart import Job
from tallystick.vocab.errors import FitError

KINDS = ("ftm", "prov", "claimreview", "bibtex")
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def no_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache without a fit, and nobody to make one."""

    def refuse(*_: Job) -> None:
        raise FitError("a fit was asked for")

    monkeypatch.setattr("tallystick.study.study.compute_apart", refuse)
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_an_export_of_estimates_asks_for_a_fit(capsys: pytest.CaptureFixture[str]) -> None:
    """Or the promise below would hold of anything."""
    assert run(["export", "--to", "json"]) == 1
    assert "a fit was asked for" in capsys.readouterr().err


@every_kind
def test_no_fit_is_asked_for_and_nothing_is_cached(kind: str, no_fit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--to", kind]) == 0
    out, err = capsys.readouterr()
    assert (err != "") == (kind == "claimreview")
    assert out.count("\n") > 100
    assert not no_fit.exists()


@every_kind
def test_a_file_holds_what_stdout_gets(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "deep" / f"account.{kind}"
    assert run(["export", "--to", kind]) == 0
    shown = capsys.readouterr().out
    for _ in range(2):  # the second replaces the first
        assert run(["export", "--to", kind, "-o", str(file)]) == 0
        assert capsys.readouterr().out == f"{file}\n"
        assert file.read_text(encoding="utf-8") == shown
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@every_kind
def test_a_folder_is_no_place_for_it(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--to", kind, "-o", str(tmp_path)]) == 1
    assert f"error: {tmp_path}: this is a folder\nhint: name a file" in capsys.readouterr().err


@every_kind
def test_an_output_below_a_file_is_refused(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine")
    assert run(["export", "--to", kind, "-o", str(tmp_path / "file" / "deep")]) == 1
    assert "is a file, so nothing can lie below it" in capsys.readouterr().err


def test_an_earlier_day_knows_fewer_claims(capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for day in ("2023-12-31", "2025-12-31"):
        assert run(["export", "--to", "prov", "--as-of", day]) == 0
        found.append(json.loads(capsys.readouterr().out)["entity"])
    assert found[0]["evidence:root"]["word:asOf"] == "2023-12-31"
    assert 100 < len(found[0]) < len(found[1])


def test_a_format_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--to", "xlsx"]) == 2
    assert "xlsx" in capsys.readouterr().err


def test_who_exports_reviews_is_told_what_to_change_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--to", "claimreview", "-o", str(tmp_path / "reviews.jsonld")]) == 0
    told = capsys.readouterr().err
    assert "before you publish" in told
    assert "author" in told
    assert "url" in told
