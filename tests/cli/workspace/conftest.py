"""A workspace of the test's own, commands typed on it, and an invented report."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from tallystick.cli.main import run
from tests.cli.conftest import Told

Command = Callable[..., Told]
REPORT = """Harbour Gazette, 2 April 2024

More than 4,321 North Korean labourers were working on building sites in Russia in March 2024, said the harbour office
of Oru. They are paid about $640 a month, of which the government in Pyongyang takes
70 to 80 percent, the office said.
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command, given by its words, with a configuration and a cache of the test's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TALLYSTICK_CACHE", str(tmp_path / "cache"))

    def one(*words: str) -> Told:
        capsys.readouterr()
        code = run(words)
        return Told(code, *capsys.readouterr())

    return one


@pytest.fixture
def cases(command: Command, tmp_path: Path) -> str:
    """A new workspace."""
    folder = str(tmp_path / "cases")
    assert command("init", folder, "--as", "ana").code == 0
    return folder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of three figures."""
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def listed(command: Command, cases: str, *more: str) -> list[dict[str, str]]:
    """What waits for a decision."""
    told = command("review", "--list", "--workspace", cases, "--format", "csv", *more)
    assert told.code == 0, told.err
    return list(csv.DictReader(StringIO(told.out)))


def everything(folder: str) -> bytes:
    """Every byte that lies in a workspace."""
    return b"".join(file.read_bytes() for file in sorted(Path(folder).rglob("*")) if file.is_file())
