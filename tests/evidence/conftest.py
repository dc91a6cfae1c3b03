"""Copies of the shipped programme that tests may break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.damage import Copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The shipped programme in a folder of its own."""
    return Copy(tmp_path / "programme")
