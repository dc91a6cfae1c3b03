"""Promise: forecasts frozen on a workspace's evidence lie where they are kept, and never in a folder of the cache."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tallystick.evidence.programme import programme_folder
from tallystick.study import record as record_of
from tallystick.study.record import FILE
from tallystick.vocab.errors import RunError
from tests.cli.workspace.conftest import Command

WORDS = ("forecast", "--freeze", "--on", "2026-11-22")


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files to which freezings would have gone; a freezing itself is a fit of a minute."""
    files: list[Path] = []

    def freeze(*asked: object) -> None:
        files.append(Path(str(asked[2])))
        raise RunError("as far as this test goes")

    monkeypatch.setattr(record_of, "freeze", freeze)
    return files


def test_a_freezing_goes_to_the_workspace_or_to_the_place_that_was_named(
    command: Command, cases: str, tmp_path: Path, frozen: list[Path]
) -> None:
    named = tmp_path / "mine.jsonl"
    for more in ((), ("--record", str(named))):
        told = command(*WORDS, "--workspace", cases, *more)
        assert "as far as this test goes" in told.err
    assert frozen == [Path(cases) / FILE, named]


def test_a_workspaces_own_record_is_read_once_it_is_there(command: Command, cases: str) -> None:
    before = command("forecast", "--workspace", cases)
    assert before.code == 0, before.err
    assert "each whole and in its place" in before.err  # the programme's
    own = Path(cases) / FILE
    shutil.copyfile(programme_folder("dprk") / FILE, own)
    own.write_bytes(own.read_bytes()[:-2])
    damaged = command("forecast", "--workspace", cases)
    assert damaged.code == 1
    assert FILE in damaged.err
    elsewhere = command("forecast", "--workspace", cases, "--record", str(programme_folder("dprk") / FILE))
    assert elsewhere.code == 0, elsewhere.err
