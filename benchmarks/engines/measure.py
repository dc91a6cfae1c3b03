"""All rows, in turns, and what follows from them: time for the same work, ratios, curves."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

from benchmarks.brief import CORES
from benchmarks.brief import machine as facts_of
from benchmarks.engines import problem
from benchmarks.engines.entries import (
    BY_NAME,
    CURVE_FIXED,
    CURVE_PEOPLE,
    CURVE_RUNS,
    POWERS,
    PROMISES,
    RUNS,
    SETS,
    Entry,
)
from benchmarks.engines.environments import NotInstalled
from benchmarks.engines.workers import Failed, Worker

WHOLE = {
    "ensemble": RUNS,
    "fast": RUNS,
    "halves": RUNS,
    "sets": SETS,
    "means": SETS,
    "individuals": problem.MONTHS,
    "full": RUNS,
}
Found = dict[str, Any]


def measure(entries: Sequence[Entry]) -> Found:
    """Every figure of these rows."""
    machine = facts_of()
    with ExitStack() as stack:
        workers, failed = _started(entries, stack)
        rounds, broken = _in_turns(workers)
        failed |= broken
        curves = _curves(workers, failed)
    rows = {name: _row(BY_NAME[name], runs) for name, runs in rounds.items() if name not in failed}
    return {
        "machine": machine | {"cores_used": CORES},
        "ended": datetime.now(UTC).date().isoformat(),
        "rows": rows,
        "failed": failed,
        "ratios": ratios(rows),
        "curves": curves,
    }


def _started(entries: Sequence[Entry], stack: ExitStack) -> tuple[dict[str, Worker], dict[str, str]]:
    """One after the other, so that nobody compiles while another is measured."""
    workers, failed = {}, {}
    for entry in entries:
        sys.stderr.write(f"engines: starting {entry.name}\n")
        try:
            worker = stack.enter_context(Worker(entry))
            worker.ready()
        except (NotInstalled, Failed) as fault:
            failed[entry.name] = f"{'not installed' if isinstance(fault, NotInstalled) else 'stopped'}: {fault}"
            continue
        workers[entry.name] = worker
    return workers, failed


def _in_turns(workers: Mapping[str, Worker]) -> tuple[dict[str, list[Found]], dict[str, str]]:
    """Round by round, each worker that still has a turn runs once."""
    found: dict[str, list[Found]] = {name: [] for name in workers}
    failed: dict[str, str] = {}
    for number in range(max((worker.entry.rounds for worker in workers.values()), default=0)):
        sys.stderr.write(f"engines: round {number + 1}\n")
        for name, worker in workers.items():
            if number < worker.entry.rounds and name not in failed:
                try:
                    found[name].append(worker.run())
                except Failed as fault:
                    failed[name] = f"stopped: {fault}"
    return found, failed


def _row(entry: Entry, runs: Sequence[Found]) -> Found:
    """One line of the table; `scale` is the whole task over what was run."""
    scale = WHOLE[entry.task] / entry.runs
    walls, cpus = ([run[part] * scale for run in runs] for part in ("wall_s", "cpu_s"))
    last = runs[-1]
    return {
        "title": entry.title,
        "task": entry.task,
        "library": last["library"],
        "version": last["version"],
        "ran": entry.runs,
        "scale": scale,
        "wall_s": _rounded(statistics.median(walls)),
        "wall_least_s": _rounded(min(walls)),
        "wall_most_s": _rounded(max(walls)),
        "cpu_s": _rounded(statistics.median(cpus)),
        "ns_a_draw": _rounded(statistics.median(cpus) / scale / last["draws"] * 1e9) if last["draws"] else None,
        "first_s": last["first_s"],
        "walls_s": [_rounded(wall) for wall in walls],
        "note": last["note"],
        "check": max((run["check"] for run in runs), key=lambda check: (not check["agrees"], check["far"])),
        **{key: last[key] for key in ("routes", "months") if key in last},
    }


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def ratios(rows: Mapping[str, Found]) -> list[Found]:
    """Every promise whose two rows are there: the median of the ratios turn by turn."""
    return [
        _ratio(promise, rows[promise.other]["walls_s"], rows[promise.ours]["walls_s"])
        for promise in PROMISES
        if promise.ours in rows and promise.other in rows
    ]


def _ratio(promise: Any, other: Sequence[float], ours: Sequence[float]) -> Found:
    pairs = [theirs / mine for theirs, mine in zip(other, ours, strict=False)]  # one may have had more turns
    median = statistics.median(pairs)
    return {
        "title": promise.title,
        "times": _rounded(median),
        "least": _rounded(min(pairs)),
        "most": _rounded(max(pairs)),
        "turns": len(pairs),
        "at_least": _rounded(promise.times),
        "is_kept": median >= promise.times,
    }


def _curves(workers: Mapping[str, Worker], failed: dict[str, str]) -> dict[str, list[Found]]:
    """Time of the exact ensemble against runs and against persons; the least of three, since noise only adds."""
    name = "tallystick ensemble"
    if name not in workers or name in failed:
        return {}
    try:
        return {
            "runs": list(_points(workers[name], "runs", CURVE_RUNS, {"people": problem.PEOPLE})),
            "people": list(_points(workers[name], "people", CURVE_PEOPLE, {"runs": CURVE_FIXED})),
        }
    except Failed as fault:
        failed[name] = f"stopped: {fault}"
        return {}


def _points(worker: Worker, varied: str, values: Sequence[int], fixed: dict[str, int]) -> Iterator[Found]:
    for value in values:
        times = [worker.run(**{varied: value}, **fixed) for _ in range(3)]
        agrees = all(each["check"]["agrees"] for each in times)
        yield {varied: value, "wall_s": min(each["wall_s"] for each in times), "agrees": agrees}


def wrong(found: Found) -> list[str]:
    """What is not as it should be: the reasons for exit code 1."""
    rows = found["rows"]
    curve = [f"curve of {name}: an end state is wrong" for name, all_ in found["curves"].items() if not _agree(all_)]
    return [
        *(f"{name}: {reason}" for name, reason in found["failed"].items()),
        *(f"{name}: its end state is wrong" for name, row in rows.items() if not row["check"]["agrees"]),
        *curve,
        *(
            f"time grows as {name} to the power {power(all_, name):.2g}, promised {least:g} to {most:g}"
            for name, (least, most) in POWERS.items()
            if (all_ := found["curves"].get(name)) and not least <= power(all_, name) <= most
        ),
        *(
            f"{ratio['title']}: {ratio['times']:.3g} times, promised {ratio['at_least']:.3g}"
            for ratio in found["ratios"]
            if not ratio["is_kept"]
        ),
    ]


def power(points: Sequence[Found], of: str) -> float:
    """The power of `of` that time grows as: the slope of their logarithms."""
    logs = ([math.log(point[each]) for point in points] for each in (of, "wall_s"))
    return float(statistics.linear_regression(*logs).slope)


def _agree(points: Sequence[Found]) -> bool:
    return all(point["agrees"] for point in points)
