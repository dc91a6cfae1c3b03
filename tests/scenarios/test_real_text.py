"""Of the real model too: the same bytes from threads, processes and a cluster; without numba, the same counts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tallystick.scenarios.chunks import blocks, design_of, size_of
from tallystick.scenarios.executor import Where
from tallystick.scenarios.results import Results
from tallystick.scenarios.what_if import Progress, answer, prepared
from tests.scenarios import ensembles
from tests.scenarios.fits import DRAWS, fitted

TIMES, RUNS = 3, 240  # as often each draw of the fit comes again, with other draws of what is assumed
CHILD = """
import sys
from pathlib import Path
from tallystick.scenarios.executor import Where
from tests.scenarios.test_real_text import found, plain

if __name__ == "__main__":
    kind, workers, cache = sys.argv[1:]
    answers = found(Path(cache), Where(kind=kind, workers=int(workers)))
    assert "numba" not in sys.modules
    sys.stdout.write(plain(answers))
"""


def found(cache: Path, where: Where, progress: Progress | None = None) -> Results:
    """Two scenarios over a year, in five chunks."""
    study = fitted(cache)
    unknowns = {name: np.concatenate([each] * TIMES) for name, each in study.fit.unknowns.items()}
    asked = study.what_if(["publicity"], runs=RUNS, until="2026-12")
    return answer(asked, unknowns, where=where, kept=cache, progress=progress)


def plain(answers: Results) -> str:
    """Every figure with all its digits, but for the means without chance."""
    document = answers.as_json()
    for row in (*document["levels"], *document["effects"]):
        del row["mean_field"]
    return json.dumps(document)


@pytest.fixture(scope="module")
def alone(cache_folder: Path) -> Results:
    design = design_of(RUNS, TIMES * DRAWS)
    assert len(list(blocks(design, size_of(design, "ensemble")))) >= 3
    return found(cache_folder, Where(kind="threads", workers=1))


@pytest.mark.parametrize(("kind", "workers"), [("threads", 2), ("threads", 8), ("processes", 2)])
def test_threads_and_processes_give_the_same_bytes(alone: Results, cache_folder: Path, kind: str, workers: int) -> None:
    again = found(cache_folder, Where(kind=kind, workers=workers))  # type: ignore[arg-type]
    assert json.dumps(again.as_json()) == json.dumps(alone.as_json())


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(alone: Results, cache_folder: Path) -> None:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        pids = client.run(os.getpid)
        killed: list[int] = []

        def kill_one(stage: str, done: int, every: int) -> None:
            if stage == "runs" and 0 < done < every and not killed:
                killed.append(next(iter(pids.values())))
                os.kill(killed[0], signal.SIGKILL)

        again = found(cache_folder, Where(kind="cluster", address=cluster.scheduler_address), kill_one)
        client.wait_for_workers(2, timeout=60)
        assert killed[0] not in client.run(os.getpid).values()
    assert json.dumps(again.as_json()) == json.dumps(alone.as_json())


def test_without_numba_persons_and_cents_are_the_same_and_levels_nearly(
    alone: Results, cache_folder: Path, tmp_path: Path
) -> None:
    """A level is no whole number: NumPy and the compiled step round it otherwise, in the twelfth digit or beyond."""
    (tmp_path / "numba.py").write_text(ensembles.NO_NUMBA)
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    texts = set()
    for where in (("threads", "2"), ("processes", "2")):
        again = subprocess.run(
            [sys.executable, str(script), *where, str(cache_folder)], capture_output=True, text=True,
            env=ensembles.environment(tmp_path), check=False,
        )  # fmt: skip
        assert again.returncode == 0, again.stderr
        texts.add(again.stdout)
    assert len(texts) == 1
    exact, compiled, rounded = 0, json.loads(plain(alone)), of_levels(cache_folder)
    numpy = json.loads(texts.pop())
    for kind in ("levels", "effects"):
        for one, other in zip(compiled[kind], numpy[kind], strict=True):
            if one["outcome"] not in rounded:
                assert one == other
                exact += 1
            assert figures(one) == pytest.approx(figures(other), rel=1e-9, abs=1e-12)
    assert exact > len(compiled["levels"]) / 2


def of_levels(cache: Path) -> set[str]:
    """The outcomes that a level is part of."""
    study = fitted(cache)
    ready = prepared(study.what_if(["publicity"], runs=2, until="2026-12"), study.fit.unknowns)
    return {
        each.id for each in ready.outcomes if any(one.of in ready.graph.levels for one in (*each.sums, *each.per))
    }  # fmt: skip


def figures(row: Any) -> list[float]:
    """Every number of a row, in its order."""
    if isinstance(row, dict):
        return [figure for each in row.values() for figure in figures(each)]
    return [float(row)] if isinstance(row, int | float) else []
