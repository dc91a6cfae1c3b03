"""The sampler of the real model, compiled once in a test process."""

from __future__ import annotations

import pytest

from tallystick.calibrate.recovery import Bench, Size, bench_of
from tests.calibrate import real


@pytest.fixture(scope="session")
def bench() -> Bench:
    """Small: one chain, and few draws for each simulated data set."""
    return bench_of(real.programme(), real.account(), Size(chains=1, warmup=100, draws=150, most=150))
