"""The vocabulary of the shipped programme, compiled once."""

from __future__ import annotations

from pathlib import Path

import pytest

import tallystick
from tallystick.claims.reading.words import Words, read_words

PROGRAMME = Path(tallystick.__file__).parent / "data" / "dprk"


@pytest.fixture(scope="session")
def words() -> Words:
    return read_words(PROGRAMME)
