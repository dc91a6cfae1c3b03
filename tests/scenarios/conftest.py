"""Compiled once for all tests of scenarios, and for the processes that they start."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def kernels(cache_folder: Path) -> Path:
    """The folder of compiled kernels."""
    return cache_folder
