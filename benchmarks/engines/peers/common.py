"""What the scripts beside this one share: how a run is timed, checked and reported.

A script says what is run (`Task`) and this module runs it: once by hand, or, with `--wait`, once for every line on
stdin, so that the runs of several libraries can take turns. What it cost and whether the end state is right goes to
stdout as one line of JSON; what libraries print goes to stderr.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import math
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TextIO

from benchmarks.engines import problem

Z_LIMIT = 4.5  # of twelve means; a right engine passes it about once in 12,000 runs
SHORTEST = 0.2  # seconds; what takes less is run again, or a turn would measure how cold the memory is
Ends = Sequence[Mapping[str, float]]


class Task(NamedTuple):
    """What one timed run does.

    run : what `ready` returned -> whatever the library keeps of the run, with the state of every month.
    ready : seed -> what a run starts from (agents, say); its time is not counted.
    ends : what `run` returned -> the state at the end of the last month, of each history or parameter set.
    kind : chance (end states scatter around the known one), sets (each parameter set has its own),
        always (people move at every instant, so the end state is another one), people (not this problem: nobody lost).
    """

    run: Callable[[Any], Any]
    ends: Callable[[Any], Ends]
    kind: Literal["chance", "sets", "always", "people"]
    runs: int  # histories or parameter sets
    draws: int = 0  # binomial draws of all runs; 0 where the library draws otherwise or not at all
    people: int = problem.PEOPLE
    months: int = problem.MONTHS
    routes: int = len(problem.FLOWS)
    tolerance: float = 1e-9  # relative, where no chance is in it
    counts: bool = True  # whether whole people are kept, so that their sum must be exact
    ready: Callable[[int], Any] = lambda seed: seed
    note: str = ""


def serve(library: str, tasks: Mapping[str, Callable[..., Task]], about: str = "") -> int:
    """The command of a script: `TASK RUNS [--wait]`.

    With `--wait` each line on stdin asks for one run and may change what is run: `{"runs": 100, "people": 1000}`.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("task", choices=sorted(tasks))
    parser.add_argument("runs", type=int)
    parser.add_argument("--wait", action="store_true", help="run once for each line on stdin")
    asked = parser.parse_args()
    out = _own_stdout()
    began = time.perf_counter()
    task = tasks[asked.task](asked.runs)
    task.run(task.ready(0))  # compiles and warms up
    first = {"first_s": round(time.perf_counter() - began, 3)}
    if asked.wait:
        _say(out, first)
    known = {"library": library, "version": importlib.metadata.version(library), "task": asked.task}
    for seed, options in _turns(asked.wait):
        _say(out, known | first | measure(tasks[asked.task](**options) if options else task, seed))
    return 0


def _own_stdout() -> TextIO:
    """The stdout that we were given; whatever else is printed goes to stderr."""
    ours = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return ours


def _turns(wait: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    if not wait:
        yield 1, {}
        return
    for number, line in enumerate(sys.stdin, start=1):
        yield number, json.loads(line) if line.strip() else {}


def _say(out: TextIO, what: Mapping[str, Any]) -> None:
    out.write(json.dumps(what) + "\n")
    out.flush()


def measure(task: Task, seed: int) -> dict[str, Any]:
    """A timed run, or the mean of as many as make a time that can be told, and whether its end is right."""
    spent: list[tuple[float, float]] = []
    kept: Any = None
    while sum(wall for wall, _ in spent) < SHORTEST:
        begin, kept = task.ready(seed), None  # nobody holds the memory of two runs
        wall, cpu = time.perf_counter(), _cpu()
        kept = task.run(begin)
        spent.append((time.perf_counter() - wall, _cpu() - cpu))
    wall, cpu = (math.fsum(each) / len(spent) for each in zip(*spent, strict=True))
    return {
        "runs": task.runs,
        "people": task.people,
        "months": task.months,
        "routes": task.routes,
        "wall_s": round(wall, 6),
        "cpu_s": round(cpu, 6),
        "draws": task.draws,
        "python": platform.python_version(),
        "note": task.note,
        "check": check(task, task.ends(kept)),
    }


def _cpu() -> float:
    """Seconds that the processors worked for this process and those it started, all threads together."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def check(task: Task, ends: Ends) -> dict[str, Any]:
    """How far the end is from what it must be: standard errors where there is chance, else a relative difference."""
    if task.kind == "chance":
        far, limit = _worst_z(task, ends), Z_LIMIT
    elif task.kind == "sets":
        far, limit = _worst_of_sets(ends), task.tolerance
    elif task.kind == "always":
        far, limit = _relative(ends[0], problem.at_end_in_continuous_time()), task.tolerance
    else:
        far, limit = 0.0, 0.0
    lost = max(abs(sum(end.values()) - task.people) for end in ends)
    allowed = 0.0 if task.counts else task.tolerance * task.people
    return {
        "kind": task.kind,
        "far": float(f"{far:.3g}"),
        "limit": limit,
        "people_lost": float(f"{lost:.3g}"),
        "agrees": bool(far <= limit and lost <= allowed),
        "end": {name: round(math.fsum(end[name] for end in ends) / len(ends), 3) for name in ends[0]},
    }


def _worst_z(task: Task, ends: Ends) -> float:
    """Standard errors between the mean end state and the one without chance, at the worst stock."""
    expected = problem.at_end(task.months, people=task.people)
    spread = problem.spread(expected)
    mean = {name: math.fsum(end[name] for end in ends) / len(ends) for name in problem.STOCKS}
    return max(abs(mean[name] - expected[name]) / (spread[name] / math.sqrt(len(ends))) for name in problem.STOCKS)


def _worst_of_sets(ends: Ends) -> float:
    """The largest relative difference among some sets: all would take longer than the run."""
    sets = problem.parameter_sets(len(ends))
    looked_at = sorted({0, 1, len(ends) // 3, len(ends) // 2, len(ends) - 1})
    return max(_relative(ends[one], problem.at_end(hazards=sets[one])) for one in looked_at)


def _relative(found: Mapping[str, float], expected: Mapping[str, float]) -> float:
    return max(abs(found[name] - expected[name]) / max(abs(expected[name]), 1.0) for name in problem.STOCKS)


def named(columns: Any) -> list[dict[str, float]]:
    """Rows of twelve numbers, in the order of the problem's stocks, by name."""
    return [dict(zip(problem.STOCKS, map(float, row), strict=True)) for row in columns]
