"""The evidence that ships as exports are made of it, and what is made of a copy with withheld rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.brief.formats.shown import Shown, shown
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile


def told_of(programme: str | Path = "dprk") -> Shown:
    """What exports of that programme are made of."""
    found = load_programme(programme)
    return shown(found, reconcile(found))


@pytest.fixture(scope="session")
def told() -> Shown:
    return told_of()
