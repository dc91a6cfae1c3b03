"""Run the recovery check over many simulated data sets and keep its result: `python -m tallystick.calibrate.check`.

Data sets are independent and each has its own seed, so the result does not depend on how many processes share the
work, nor on whether it was done in one go: `--further` adds to a kept result what it lacks. Both files are written at
the end, each in one move: a check that was stopped leaves the earlier result whole.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from tallystick.calibrate.coverage import Verdict
from tallystick.calibrate.engine import ONE_THREAD
from tallystick.calibrate.kept import Kept, code_hash, code_of, joined, kept_of, read, text_of, verdict_of, versions
from tallystick.calibrate.page import page_of
from tallystick.calibrate.recovery import Bench, Outcome, Size, bench_of, recover
from tallystick.calibrate.sample import PIECE
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
from tallystick.vocab.errors import TallystickError, UsageError

# Ends of intervals are read off draws: of n that are worth something an interval holds 2 in n of its level too little
# on average. 200 data sets see that of 300 draws a chain, which 100 did not.
FULL = Size(draws=600, most=2400)
SETS_PER_LINE = 10  # where nobody watches, a line now and then
_bench: Bench  # of this worker process, compiled once


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when the check passes, 1 when it fails or cannot run, 2 when it was asked wrongly."""
    asked = _parser().parse_args(arguments)
    os.environ.update(ONE_THREAD)  # for the worker processes, which are fresh
    try:
        return _is_current(asked.is_current, asked.programme) if asked.is_current else _run(asked)
    except TallystickError as error:
        sys.stderr.write(f"error: {error}\n" + (f"hint: {error.hint}\n" if error.hint else ""))
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tallystick.calibrate.check", description=__doc__.split("\n")[0])
    parser.add_argument("--programme", default="dprk", help="name or folder (default: %(default)s)")
    parser.add_argument("--sets", type=int, default=300, help="simulated data sets (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of all truths, figures and draws (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes; moves no number (default: %(default)s)")
    parser.add_argument("--draws", type=int, default=FULL.draws, help="kept per chain (default: %(default)s)")
    parser.add_argument(
        "--most", type=int, default=FULL.most, help="draws after which chains stop, mixed or not (default: %(default)s)"
    )
    parser.add_argument("--date", default="", help="the day to put on the page; left out, the page has none")
    parser.add_argument("-o", "--output", type=Path, help="page to write (.md); the figures go beside it (.json)")
    parser.add_argument(
        "--further", action="store_true", help="keep the data sets of the figures beside the page, and make the others"
    )
    parser.add_argument("--again", action="store_true", help="only write the page again from the figures beside it")
    parser.add_argument(
        "--is-current", type=Path, nargs="+", metavar="JSON", help="only say whether those results are of this model"
    )
    return parser


def _is_current(files: Sequence[Path], programme: str) -> int:
    """Of figures of this check, or of `benchmarks.proofs`: both name the model in `code`."""
    now = code_hash(load_programme(programme))
    for file in files:
        current = code_of(file) == now
        said = (
            "the present model" if current else "an earlier model or earlier evidence; make statistics would renew it"
        )
        sys.stdout.write(f"{file}: of {said}\n")
    return 0


def _run(asked: argparse.Namespace) -> int:
    _demand(asked)
    figures = asked.output.with_suffix(".json")
    found = read(figures) if asked.again else _found(asked)
    if not asked.again:
        _write(figures, text_of(found))
    verdict = verdict_of(found)
    _write(asked.output, page_of(found, verdict))
    return _say(verdict, asked.output)


def _demand(asked: argparse.Namespace) -> None:
    """What would fail after an hour fails now."""
    if asked.output is None or not asked.output.parent.is_dir():
        raise UsageError(f"no folder for the page: {asked.output}", hint="-o FILE.md, in a folder that exists")
    if asked.sets < 1 or asked.workers < 1 or asked.draws < 1 or asked.draws % PIECE or asked.most < asked.draws:
        raise UsageError(
            "the check needs one data set, one worker and one piece of draws at least, and no more draws than --most",
            hint=f"--draws takes multiples of {PIECE}, and --most no less than --draws",
        )


def _found(asked: argparse.Namespace) -> Kept:
    size, began = Size(draws=asked.draws, most=asked.most), time.monotonic()
    code, quantities = code_hash(load_programme(asked.programme)), _labels(asked.programme)
    earlier = _earlier(asked, code) if asked.further else None
    numbers = range(0 if earlier is None else len(earlier.r_hat), asked.sets)
    outcomes = outcomes_of(asked.programme, numbers, asked.seed, size, asked.workers)
    found = kept_of(
        outcomes,
        quantities=quantities,
        size=size,
        seed=asked.seed,
        code=code,
        date=asked.date,
        command=_command(asked),
        workers=asked.workers,
        wall_seconds=round(time.monotonic() - began),
    )
    return found if earlier is None else joined(earlier, found)


def _earlier(asked: argparse.Namespace, code: str) -> Kept:
    """The kept result to go on from; UsageError where it is of another check, or lacks nothing."""
    file = asked.output.with_suffix(".json")
    kept = read(file)
    now = (code, asked.seed, Size(draws=asked.draws, most=asked.most), versions())
    if (kept.code, kept.seed, kept.size, kept.versions) != now:
        raise UsageError(
            f"{file} is of another model, seed, number of draws or version of a library",
            hint="leave --further out to make every data set",
        )
    if len(kept.r_hat) >= asked.sets:
        raise UsageError(
            f"{file} has {len(kept.r_hat)} data sets", hint=f"--sets takes more than that, not {asked.sets}"
        )
    return kept


def _say(verdict: Verdict, page: Path) -> int:
    sys.stdout.write(
        f"{page}: {'passed' if verdict.passed else 'FAILED'}; {verdict.outside} of {verdict.held.shape[1]} quantities "
        f"outside their band, {verdict.outside_expected:.1f} expected by chance, at most {verdict.outside_limit}\n"
    )
    return 0 if verdict.passed else 1


def _command(asked: argparse.Namespace) -> str:
    words = ["python", "-m", "tallystick.calibrate.check", "--sets", asked.sets, "--seed", asked.seed]
    words += ["--draws", asked.draws, "--most", asked.most, "-o", asked.output]
    return shlex.join(str(word) for word in words)


def _labels(programme: str) -> tuple[tuple[str, str], ...]:
    """(label, estimand) of each quantity, without compiling anything."""
    from tallystick.calibrate.fit import prepare
    from tallystick.calibrate.recovery import quantities_of

    loaded = load_programme(programme)
    model = prepare(loaded, reconcile(loaded).observations).model
    return tuple((one.label, one.estimand) for one in quantities_of(loaded, model))


def outcomes_of(
    programme: str, numbers: Sequence[int], seed: int, size: Size, workers: int
) -> tuple[Outcome, ...]:  # fmt: skip
    """Data sets of these numbers in order, shared out over fresh processes. Ctrl-C ends them at once."""
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(numbers)), fresh, initializer=_prepare, initargs=(programme, size))
    try:
        with _watched(len(numbers)) as done:
            jobs = [pool.submit(_one, seed, number) for number in numbers]
            found = [_heard(job, done) for job in as_completed(jobs)]
    except BaseException:  # Ctrl-C too: nothing of an unfinished check is kept, so nobody waits for it
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    pool.shutdown()
    return tuple(sorted(found, key=lambda one: one.number))


def _heard(job: Future[Outcome], done: Any) -> Outcome:
    outcome = job.result()
    done(outcome)
    return outcome


def _prepare(programme: str, size: Size) -> None:
    """In a worker, once: compile. Ctrl-C ends it without a word; the parent speaks."""
    global _bench
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    loaded = load_programme(programme)
    _bench = bench_of(loaded, reconcile(loaded), size)


def _end_with_parent() -> None:
    """A parent that was killed tells its workers nothing: without this they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _one(seed: int, number: int) -> Outcome:
    return recover(_bench, seed, number)


@contextmanager
def _watched(sets: int) -> Iterator[Any]:
    """A listener for finished data sets: a bar in a terminal, a line now and then elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    heard: list[Outcome] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), disable=not sys.stderr.isatty()) as bars:
        task = bars.add_task("simulated data sets", total=sets)

        def done(outcome: Outcome) -> None:
            heard.append(outcome)
            bars.update(task, advance=1)
            if bars.disable and len(heard) % SETS_PER_LINE == 0:
                share = sum(one.inside[1].mean() for one in heard) / len(heard)
                sys.stderr.write(f"{len(heard)} of {sets} data sets; 80 % intervals held {share:.0%}\n")

        yield done


def _write(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.stderr.write("stopped; nothing was written\n")
        sys.exit(130)
