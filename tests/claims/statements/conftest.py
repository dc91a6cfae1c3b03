"""The programme's own tables, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.claims.statements.words import StatementWords, read_statement_words

PROGRAMME = Path(__file__).parents[3] / "src/tallystick/data/dprk"


@pytest.fixture(scope="session")
def programme() -> Path:
    """The folder of the programme that ships."""
    return PROGRAMME


@pytest.fixture(scope="session")
def words(programme: Path) -> StatementWords:
    """Its words for statements and narrowing."""
    return read_statement_words(programme)
