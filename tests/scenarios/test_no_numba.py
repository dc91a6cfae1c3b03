"""Where numba is missing NumPy runs the same text: the same numbers, in threads or processes, and said once."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick.scenarios.executor import Where
from tallystick.scenarios.run import run_ensembles
from tallystick.stocks.engines.chosen import LOST
from tests.scenarios import ensembles

FIGURE = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
CHILD = """
import sys
from tallystick.scenarios.executor import Where
from tallystick.scenarios.run import run_ensembles
from tests.scenarios import ensembles

if __name__ == "__main__":
    kind, workers, engine = sys.argv[1:]
    found = run_ensembles(
        ensembles.GRAPH, ensembles.both(), ensembles.OUTCOMES, seed=5, runs=64, first_year=2030,
        where=Where(kind=kind, workers=int(workers)), engine=engine,
    )
    assert "numba" not in sys.modules
    sys.stdout.write(found.as_csv())
"""


def without_numba(folder: Path, kind: str, workers: int, engine: str) -> tuple[str, str]:
    """What a fresh interpreter without numba finds, and what it says on stderr."""
    (folder / "numba.py").write_text(ensembles.NO_NUMBA)
    script = folder / "child.py"
    script.write_text(CHILD)
    found = subprocess.run(
        [sys.executable, str(script), kind, str(workers), engine], capture_output=True, text=True, timeout=120,
        env=ensembles.environment(folder), check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return found.stdout, found.stderr


def numbers(table: str) -> list[float]:
    """Every figure of a table, in its order."""
    return [float(cell) for row in csv.reader(io.StringIO(table)) for cell in row if FIGURE.fullmatch(cell)]


@pytest.mark.parametrize(
    ("kind", "workers", "engine"), [("threads", 1, "ensemble"), ("processes", 2, "ensemble"), ("threads", 2, "means")]
)
def test_numpy_gives_what_numba_gives_wherever_the_work_is_done(
    tmp_path: Path, kernels: Path, kind: str, workers: int, engine: str
) -> None:
    compiled = run_ensembles(
        ensembles.GRAPH, ensembles.both(), ensembles.OUTCOMES, seed=5, runs=64, first_year=2030,
        where=Where(kind="threads", workers=1), engine=engine, kept=kernels,  # type: ignore[arg-type]
    )  # fmt: skip
    found, said = without_numba(tmp_path, kind, workers, engine)
    if engine == "ensemble":
        assert found == compiled.as_csv()
    assert numbers(found) == pytest.approx(numbers(compiled.as_csv()), rel=1e-9, abs=1e-9)
    assert len(numbers(found)) > 100
    assert said.count(LOST) == 1
