"""Where work is done: here, in threads, in processes, or on a cluster; the answers are the same and in order.

Everything goes through `concurrent.futures.Executor`. A task is a small picklable value and a function of a module;
its answer depends on nothing else, so that a task whose worker died is simply done again. A worker process ends when
the process that started it is gone, and leaves Ctrl-C to it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any, Literal, TypeVar

from tallystick.vocab.errors import RunError, UsageError

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Halted = Callable[[], bool]  # whether the run was given up; asked now and then by work in threads
Work = Callable[[Task, Halted], Answer]
AHEAD = 2  # tasks handed out for each worker before the first of them has been taken in: bounds what waits in memory
CONNECT = 10  # seconds that a scheduler may take to answer, and to have a worker
MUCH = 50_000  # runs of all scenarios: some 20 s on one core for a model of a hundred routes over five years
PATIENCE = 5  # seconds without an answer after which it is looked whether a worker died
NEW_POOLS = 3  # how often a pool of processes is started again because one of them died


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What does the work. `workers` of 0 means one for each core; `address` is the scheduler of a cluster."""

    kind: Literal["threads", "processes", "cluster"] = "processes"
    workers: int = 0
    address: str = ""


HERE = Where(kind="threads")


def fitting(runs: int) -> Where:
    """Threads for little, processes for much (decision 23).

    Compiled steps let go of Python's lock, and make three quarters of the work: two threads are nearly as fast as two
    processes, which take 3 to 4 s of a processor to start. That is earned back where processes take over; there, one
    that is killed is replaced too, and Ctrl-C ends them at once.
    """
    return Where(kind="threads" if runs < MUCH else "processes")


def never() -> bool:
    """Not given up: what is asked where nobody can say so."""
    return False


def in_order(work: Work[Task, Answer], tasks: Sequence[Task], where: Where) -> Generator[Answer, None, None]:
    """The answers in the order of the tasks, as they come in; at most a few tasks are out at once."""
    with _places(where) as place:
        yield from place.answers(work, tasks)


class _Place:
    """Workers of one kind: hands out tasks, takes in answers in order, and starts again what a dead worker had."""

    def __init__(self, executor: Executor, workers: int, halted: Halted, lost: tuple[type[BaseException], ...]) -> None:
        self.executor, self.workers, self.halted, self.lost = executor, workers, halted, lost

    def answers(self, work: Work[Task, Answer], tasks: Sequence[Task]) -> Iterator[Answer]:
        out: deque[tuple[int, Future[Answer]]] = deque()
        waiting = iter(range(len(tasks)))
        for at in waiting:
            out.append((at, self._hand_out(work, tasks[at])))
            if len(out) >= AHEAD * self.workers:
                yield self._take_in(out, work, tasks)
        while out:
            yield self._take_in(out, work, tasks)

    def _hand_out(self, work: Work[Task, Answer], task: Task) -> Future[Answer]:
        return self.executor.submit(work, task, self.halted)

    def _take_in(
        self, out: deque[tuple[int, Future[Answer]]], work: Work[Task, Answer], tasks: Sequence[Task]
    ) -> Answer:
        at, future = out.popleft()
        try:
            return self.answer_of(future)
        except self.lost as fault:
            self.renew(fault)
        out.appendleft((at, self._hand_out(work, tasks[at])))
        for place, (other, _) in enumerate(out):
            if place:
                out[place] = (other, self._hand_out(work, tasks[other]))
        return self._take_in(out, work, tasks)

    def answer_of(self, future: Future[Answer]) -> Answer:
        """What that task gave, as soon as it is there."""
        return future.result()

    def renew(self, fault: BaseException) -> None:
        """Get new workers for those that were lost; the default has none to give."""
        raise RunError(f"a worker died, and so did those that took over its part: {fault}") from fault


class _Processes(_Place):
    """A pool of fresh interpreters. One that dies breaks the pool: all that were out are done again in a new one."""

    def __init__(self, workers: int) -> None:
        super().__init__(_pool(workers), workers, never, (BrokenProcessPool,))
        self.renewed = 0

    def _hand_out(self, work: Work[Task, Answer], task: Task) -> Future[Answer]:
        try:
            with _uninterrupted():  # it may start a worker, and one that is half started waits for its parent for ever
                return super()._hand_out(work, task)
        except BrokenProcessPool as fault:  # broke since the last answer: its turn comes when the answer is taken in
            failed: Future[Answer] = Future()
            failed.set_exception(fault)
            return failed

    def answer_of(self, future: Future[Answer]) -> Answer:
        while not wait([future], PATIENCE).done:
            if any(not each.is_alive() for each in _workers(self.executor)):
                raise BrokenProcessPool("one died, perhaps while it told its answer")  # which no pool sees by itself
        return future.result()

    def renew(self, fault: BaseException) -> None:
        stop(self.executor)
        self.renewed += 1
        if self.renewed > NEW_POOLS:
            raise RunError(
                f"worker processes died {self.renewed} times, and the run was given up: {fault}",
                hint="the machine may be out of memory: ask for fewer processes, or for threads",
            ) from fault
        self.executor = _pool(self.workers)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until this is done; only the main thread is ever interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    for number in waiting:
        signal.raise_signal(number)


def stop(executor: Executor) -> None:
    """End a pool of processes at once, whatever it is doing.

    A worker that dies while it tells its answer leaves half of it in the pipe. The pool then reads on, and looks at
    nothing else, for as long as anybody could write the rest; this process, which never would, is one of them.
    """
    for each in _workers(executor):
        each.kill()  # 3.14 has kill_workers for this
    told = getattr(executor, "_result_queue", None)
    if told is not None:
        told._writer.close()
    executor.shutdown(wait=True, cancel_futures=True)


def _workers(executor: Executor) -> list[Any]:
    return list((getattr(executor, "_processes", None) or {}).values())


def _pool(workers: int) -> ProcessPoolExecutor:
    """Spawned, not forked: the parent may run threads (JAX, numba), and a fork would copy their locks."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """In a new worker: leave Ctrl-C to the parent, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _places(where: Where) -> AbstractContextManager[_Place]:
    kinds = {"threads": _in_threads, "processes": _in_processes, "cluster": _on_cluster}
    return kinds[where.kind](where)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _in_threads(where: Where) -> Iterator[_Place]:
    workers, given_up = where.workers or _cores(), threading.Event()
    executor = ThreadPoolExecutor(workers)
    try:
        yield _Place(executor, workers, given_up.is_set, ())
    finally:
        given_up.set()
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _in_processes(where: Where) -> Iterator[_Place]:
    place = _Processes(where.workers or _cores())
    try:
        yield place
    except BaseException:
        stop(place.executor)
        raise
    else:
        place.executor.shutdown(wait=True)


@contextmanager
def _on_cluster(where: Where) -> Iterator[_Place]:
    """The workers of a dask scheduler, which gives a dead worker's tasks to another by itself."""
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ModuleNotFoundError as fault:
        raise UsageError(
            "a cluster needs dask.distributed, which is not installed", hint="pip install 'tallystick[cluster]'"
        ) from fault
    try:
        client: Any = Client(where.address, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as fault:
        raise RunError(
            f"no cluster answers at {where.address}: {fault}",
            hint="start one with: dask scheduler; dask worker ADDRESS",
        ) from fault
    with client:
        _wait_for_one(client, where.address)
        workers = where.workers or max(sum(client.nthreads().values()), 1)
        executor = client.get_executor(pure=False)
        try:
            yield _Place(executor, workers, never, (KilledWorker,))
        except CancelledError as fault:  # what is left of every task when the scheduler is gone
            raise RunError(f"the cluster at {where.address} was lost during the run", hint="run it again") from fault
        finally:
            executor.shutdown(wait=False)


def _wait_for_one(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError as fault:
        raise RunError(
            f"the cluster at {address} has no workers", hint=f"start one with: dask worker {address}"
        ) from fault
