"""Commands typed on a fit that nobody sampled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.scenarios.fits import fitted


class Told(NamedTuple):
    """What a command told: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Command = Callable[..., Told]


@pytest.fixture
def command(cache_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command, given by its words."""
    from tallystick.cli.main import run

    fitted(cache_folder)
    monkeypatch.setenv("TALLYSTICK_CACHE", str(cache_folder))

    def one(*words: str) -> Told:
        capsys.readouterr()
        code = run(words)
        return Told(code, *capsys.readouterr())

    return one
