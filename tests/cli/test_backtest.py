"""`backtest`: what it is asked for, and the file that it keeps; no cut is fitted here."""

from __future__ import annotations

import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from tallystick.cli.main import run
from tallystick.forecasts.backtest import Past
from tallystick.study import backtest
from tallystick.study.backtest import keeping, kept_hash
from tallystick.study.publish import _pages
from tallystick.study.study import Study
from tests.programmes import VESSANY

ON = ("--on", "2026-11-22")


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        (("--keep", "kept.json"), "--on is missing"),
        (ON, "--keep is missing"),
        (("--keep", "kept.json", *ON, "--cuts", "all"), "--cuts: --keep writes all cuts"),  # its default, too
        (("--keep", "kept.json", *ON, "--priors", "generic"), "--priors: --keep writes"),
        (("--keep", "kept.json", *ON, "--against", "--format", "csv"), "--against, --format: --keep writes"),
        (("--keep", "kept.json", "--on", "today"), "--on: 'today' is not a day"),
        (("--keep", ".", *ON), "this is a folder"),
        (("--keep", "no/kept.json", *ON), "there is no folder"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_before_the_work(
    request_: tuple[str, ...], fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["backtest", "--programme", str(VESSANY), *request_]) == 2
    assert fault in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_names_a_command_that_keeps_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed in that folder, with the programme in the place of FOLDER, it asks for the same file."""
    asked = []

    def pasts(study: Study, days: tuple[date, ...], priors: str, _: object) -> tuple[Past, ...]:
        asked.append((study.seed, days, priors))
        return ()

    monkeypatch.setattr(backtest, "pasts", pasts)
    monkeypatch.setattr(backtest, "report", lambda *_: None)
    monkeypatch.setattr("tallystick.forecasts.kept.kept_of", _kept_of)
    monkeypatch.setattr("tallystick.forecasts.kept.text_of", lambda command: command.encode())
    monkeypatch.chdir(tmp_path)
    assert (
        run(["backtest", "--programme", str(VESSANY), "--keep", str(tmp_path / "kept.json"), *ON, "--seed", "3"]) == 0
    )
    command = (tmp_path / "kept.json").read_text()
    assert str(tmp_path) not in command
    first, asked[:] = list(asked), []
    assert run(shlex.split(command.replace("FOLDER", str(VESSANY)))[1:]) == 0
    assert asked == first
    assert (tmp_path / "kept.json").read_text() == command
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]


def _kept_of(*_: object, command: str, **__: object) -> str:
    return command


def test_a_programme_that_ships_is_named() -> None:
    command = keeping(Study("dprk", seed=0), Path("/elsewhere/backtest.json"), date(2026, 11, 22))
    assert command == "tallystick backtest --keep backtest.json --on 2026-11-22 --programme dprk --seed 0"


def test_pages_hang_on_the_kept_backtest_that_they_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder's programme lies outside the code that the key holds."""
    keys = []

    def kept(_: Study, kind: str, key: str, __: object) -> Path:
        keys.append((kind, key))
        return tmp_path

    monkeypatch.setattr(Study, "kept", kept)
    folder = Path(shutil.copytree(VESSANY, tmp_path / "vessany"))
    for content in (b"{}", b"{ }", b"{}"):
        (folder / "backtest.json").write_bytes(content)
        _pages(Study(folder), pdf=False)
    assert {kind for kind, _ in keys} == {"pages"}
    assert keys[0] == keys[2] != keys[1]
    assert kept_hash(Study(folder, as_of=date(2024, 1, 1))) is None
