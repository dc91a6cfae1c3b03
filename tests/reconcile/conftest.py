"""The shipped programme and its account, read once."""

from __future__ import annotations

import pytest

from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import Account, reconcile
from tallystick.vocab.programme import Programme


@pytest.fixture(scope="session")
def shipped() -> Programme:
    return load_programme("dprk")


@pytest.fixture(scope="session")
def account(shipped: Programme) -> Account:
    return reconcile(shipped)
