"""The invented sending state: its folder, and its whole account, written once per run of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import one_at_a_time, tallystick
from tests.programmes import VESSANY


@pytest.fixture(scope="session")
def account(shared_folder: Path, cache_folder: Path) -> Path:
    """What `tallystick brief` writes of the invented state. Read it; do not change it."""
    folder = shared_folder / VESSANY.name
    with one_at_a_time(shared_folder / "invented.lock"):
        if not folder.exists():
            tallystick("brief", "--programme", str(VESSANY), "-o", str(folder), cache=cache_folder)
    return folder
