"""A place like a clone of the repository, in which the commands of the docs can be typed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from tallystick.study.study import Study

BARE = "/usr/local/bin:/usr/bin:/bin"  # where a user's shell finds bash and python3, but no tallystick
Type = Callable[[str], subprocess.CompletedProcess[str]]
NEEDS_FIT = re.compile(
    r"tallystick (brief|estimate|assess|export|simulate|verify)|examples/|\.(posterior|estimate|idata)"
)


def needs_fit(text: str) -> bool:
    """Whether a command or a piece of code asks for the fit."""
    return NEEDS_FIT.search(text) is not None


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what a clone has and the docs speak of."""
    for name in ("src", "examples", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    shim = tmp_path / ".venv" / "bin" / "tallystick"
    shim.parent.mkdir(parents=True)
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tallystick "$@"\n')
    shim.chmod(0o755)
    python = shim.with_name("python")
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    shim.with_name("activate").write_text(f'export PATH="{shim.parent}:$PATH"\n')
    return tmp_path


@pytest.fixture
def type_in(clone: Path, cache_folder: Path) -> Type:
    """Type a command line in that folder, with the fit of this run in the cache and nothing of ours in the path."""
    environment = os.environ | {"TALLYSTICK_CACHE": str(cache_folder), "PATH": BARE, "PYTHONPATH": str(ROOT / "src")}
    environment["XDG_CONFIG_HOME"] = str(clone / "config")  # where an analyst's identity is made

    def type_one(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command], cwd=clone, env=environment, capture_output=True, text=True, check=False
        )

    return type_one


@pytest.fixture
def fit_if(request: pytest.FixtureRequest) -> Callable[[str], Study | None]:
    """The real study, fitted, but only for text that asks for it."""

    def one(text: str) -> Study | None:
        return request.getfixturevalue("study") if needs_fit(text) else None

    return one
