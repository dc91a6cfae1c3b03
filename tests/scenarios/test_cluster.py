"""A real cluster of two worker processes, one of which is killed during the run: the answer is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tallystick.scenarios.executor import Where, in_order
from tallystick.scenarios.results import Results
from tallystick.scenarios.run import Progress, run_ensembles
from tallystick.vocab.errors import RunError
from tests.scenarios.ensembles import (
    FIRST_YEAR,
    GRAPH,
    OUTCOMES,
    always_dies,
    both,
    environment,
    fails_at_three,
    says_pid_and_waits,
    square,
)

RUNS = 12_000  # twenty-five chunks


def results(where: Where, kernels: Path, progress: Progress | None = None) -> Results:
    return run_ensembles(
        GRAPH, both(), OUTCOMES, seed=5, runs=RUNS, first_year=FIRST_YEAR, where=where, kept=kernels, progress=progress
    )


def test_the_answer_is_the_same_when_a_worker_of_the_cluster_is_killed_during_the_run(kernels: Path) -> None:
    from distributed import Client, LocalCluster

    alone = results(Where(kind="threads", workers=1), kernels)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        pids = client.run(os.getpid)
        killed: list[int] = []

        def kill_one(done: int, total: int) -> None:
            if not killed and done < total:
                killed.append(next(iter(pids.values())))
                os.kill(killed[0], signal.SIGKILL)

        found = results(Where(kind="cluster", address=cluster.scheduler_address), kernels, kill_one)
        client.wait_for_workers(2, timeout=30)
        assert killed[0] not in client.run(os.getpid).values()
    assert found.as_csv() == alone.as_csv()


def test_an_address_where_no_cluster_answers_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallystick.scenarios.executor.CONNECT", 1)
    with pytest.raises(RunError, match=r"no cluster answers at tcp://127\.0\.0\.1:1") as fault:
        list(in_order(square, range(3), Where(kind="cluster", address="tcp://127.0.0.1:1")))
    assert "dask scheduler" in fault.value.hint


def test_a_cluster_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("tallystick.scenarios.executor.CONNECT", 2)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        with pytest.raises(RunError, match=f"the cluster at {address} has no workers") as fault:
            list(in_order(square, range(3), Where(kind="cluster", address=address)))
    assert "dask worker" in fault.value.hint


def test_a_fault_of_the_work_ends_the_run_and_so_does_a_task_that_kills_whoever_takes_it() -> None:
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
    ):
        where = Where(kind="cluster", address=cluster.scheduler_address)
        with pytest.raises(ValueError, match="three is not liked"):
            list(in_order(fails_at_three, range(12), where))
        assert list(in_order(square, range(4), where)) == [0, 1, 4, 9]
        with pytest.raises(RunError, match="a worker died, and so did those that took over its part"):
            list(in_order(always_dies, range(1), where))


SCHEDULER = """
import time
from distributed import LocalCluster

if __name__ == "__main__":
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None)
    print(cluster.scheduler_address, flush=True)
    time.sleep(60)
"""


def test_a_scheduler_that_is_lost_during_the_run_is_named(tmp_path: Path) -> None:
    script, notes = tmp_path / "scheduler.py", tmp_path / "notes"
    script.write_text(SCHEDULER)
    notes.mkdir()
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment(),
        start_new_session=True,
    ) as cluster:  # fmt: skip
        assert cluster.stdout is not None
        address = cluster.stdout.readline().strip()
        threading.Thread(target=_kill_once_begun, args=(cluster.pid, notes), daemon=True).start()
        with pytest.raises(RunError, match=f"the cluster at {address} was lost during the run"):
            list(in_order(says_pid_and_waits, [notes] * 2, Where(kind="cluster", address=address)))


def _kill_once_begun(group: int, notes: Path) -> None:
    while not list(notes.iterdir()):
        time.sleep(0.01)
    os.killpg(group, signal.SIGKILL)
