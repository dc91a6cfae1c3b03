"""A hundred times the runs fit in the same memory: nothing of a run is kept but counts and sums."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.scenarios import ensembles

FEW, MANY = 3_200, 320_000
DRAWS, YEARS = 80, 2
VALUES = MANY * 2 * YEARS * len(ensembles.OUTCOMES) * 8  # bytes of the levels of both scenarios, were they kept
CHILD = """
import re, sys
from pathlib import Path
from tallystick.scenarios.executor import Where
from tallystick.scenarios.run import run_ensembles
from tests.scenarios import ensembles

runs, draws, kept = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
found = run_ensembles(
    ensembles.GRAPH, ensembles.both(draws), ensembles.OUTCOMES, seed=1, runs=runs, first_year=2030, kept=kept,
    where=Where(kind="threads", workers=1),
)
assert found.draws * found.repeats == runs
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def peak(runs: int, kernels: Path) -> int:
    """Bytes that a process of its own held at most; its own figure, and not one that it was born with."""
    found = subprocess.run(
        [sys.executable, "-c", CHILD, str(runs), str(DRAWS), str(kernels)], capture_output=True, text=True, check=True,
        env=ensembles.environment(),
    )  # fmt: skip
    return int(found.stdout) * 1024


def test_memory_does_not_grow_with_runs(kernels: Path) -> None:
    few, many = peak(FEW, kernels), peak(MANY, kernels)
    assert many - few < VALUES / 3
