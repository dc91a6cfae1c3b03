"""What a brief costs: `.venv/bin/python benchmarks/brief.py` measures, `--write` also fills docs/reference/measured.*

Every step runs in a process of its own, as a user's does: `load` reads and checks the evidence, `reconcile` groups it
by origin, `cold` writes a brief with an empty cache, `repeat` writes it again with the cache of `cold`; `fit` draws
with an empty cache until all its draws are kept, with what lies beside it, and `warm` fits again with the cache of
`fit`, one claim more having been published: one of half the usual figure, and one that is far too high to be weighed.
The first is laid beside a cold fit of the same evidence. All but the first two are held to two cores. Figures go to
stdout as JSON; exit code 1 when a limit was missed or a step failed.

Wall and processor seconds are of the step and all processes that it starts. Memory is the most that all of them held
resident at once, looked at twenty times a second, and no less than the kernel's own peak of the largest; pages that two
of them share count twice. Needs Linux (/proc).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "measured.md"  # its figures lie beside it, as JSON
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
CORES = 2  # what the limits are promised for, and the ratios of the engines
LIMITS = {"cold": 90.0, "repeat": 5.0}  # seconds of wall time
FIT_LIMITS = {"fit, cold": 60, "fit, warm": 15, "fit, warm, far off": None}
OFF_LIMIT = 0.15  # of an 80 % width: as far as chance puts the worst of some sixty ends of two such fits apart
MEMORY_LIMIT = 2.0  # GiB, of either; the tests hold a brief to the same
OFF = (
    "Of the figures that a brief leads with, no median and no end of the warm fit lies further from the cold one's than"
)
LOOK_EVERY = 0.05  # seconds between two looks at memory
TIMES = 5  # a short step is measured so often, and its median kept
T = TypeVar("T")
PAGE_SIZE = resource.getpagesize()
GIB = 2**30

LOAD = """
import time
from tallystick.evidence.programme import load_programme
from tallystick.reconcile.account import reconcile
began = time.perf_counter()
programme = load_programme()
loaded = time.perf_counter()
reconcile(programme)
print(loaded - began, time.perf_counter() - loaded)
"""


FIT = """
import json, sys, time
from tallystick.calibrate.leading import draws_of, leading_of
from tallystick.study.apart import DRAWN
from tallystick.study.study import Study
began = time.perf_counter()
study = Study(sys.argv[1], warm=sys.argv[2] == "warm")
if study.started_from == "" and study.warm:
    sys.exit("no earlier fit to start from")
study.listen(lambda stage, *_: print(time.perf_counter() - began) if stage == DRAWN else None)
study.compute()
if not study.diagnostics.passed:
    sys.exit(f"the fit failed its diagnostics: {study.diagnostics}")
import numpy
leading = draws_of(study.fit.draws, leading_of(study.programme))
print(json.dumps(numpy.quantile(leading, [0.1, 0.5, 0.9], axis=0).tolist()))
"""
NEW = {
    "id": "one_claim_more", "measure": "workers_present", "value_point": "5500", "unit": "persons",
    "host_country": "RU", "period_start": "2025-06-10", "period_end": "2025-06-10", "asserted_by": "NIS",
    "published_by": "a benchmark", "published_on": "2025-06-12", "url": "https://example.org/", "link_kind": "none",
    "sensitivity": "public",
}  # fmt: skip
FAR = "50000"  # what no draw of the fit expects
SAID = {
    "id": NEW["id"], "asserted_earliest": "2025-06-11", "asserted_latest": "2025-06-11", "basis": "other copy",
    "how_sure": "sure",
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What one run of a command took."""

    wall_seconds: float
    cpu_seconds: float
    peak_memory_gib: float

    @property
    def busy(self) -> float:
        """The share of `CORES` cores that it kept busy; 1 would be the bound."""
        return self.cpu_seconds / (CORES * self.wall_seconds)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"also fill {PAGE.relative_to(ROOT)} and its JSON")
    parser.add_argument("--no-brief", action="store_true", help="only the short steps, load and reconcile")
    parser.add_argument("--from", type=Path, dest="kept", metavar="JSON", help="measure nothing; take these figures")
    asked = parser.parse_args(arguments)
    if asked.write and asked.no_brief:
        parser.error("--write fills a page of every step, and --no-brief leaves the brief out: give one of the two")
    found = json.loads(asked.kept.read_text(encoding="utf-8")) if asked.kept else measure(brief=not asked.no_brief)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    if asked.write:
        write(PAGE, found)
        PAGE.with_suffix(".json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 1 if missed(found) else 0


def measure(*, brief: bool = True) -> dict[str, Any]:
    """Every figure, with the machine that it is of."""
    found: dict[str, Any] = {"machine": machine(), "steps": short_steps()}
    return {**found, "fit": fits(), "brief": briefs()} if brief else found


def machine() -> dict[str, Any]:
    """What the figures hang on. A load above zero before we began means that others were at work."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "system": platform.system(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def short_steps() -> dict[str, float]:
    """Median seconds of `load` and `reconcile`, without the start of Python and its imports."""
    load, reconcile = zip(*(_load_and_reconcile() for _ in range(TIMES)), strict=True)
    return {"load": round(statistics.median(load), 3), "reconcile": round(statistics.median(reconcile), 3)}


def _load_and_reconcile() -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", LOAD], stdout=subprocess.PIPE, text=True, check=True)
    load, reconcile = map(float, done.stdout.split())
    return load, reconcile


# A command takes the place of a process that first holds itself to the cores; a fork of this one could deadlock.
HOLD = f"""
import os, sys
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:{CORES}])
os.execvp(sys.argv[1], sys.argv[1:])
"""


def fits() -> dict[str, Any]:
    """Seconds of a cold fit and of warm ones after one claim more, and how far the first lies from a cold one."""
    with tempfile.TemporaryDirectory() as folder:
        cache, later = Path(folder, "cache"), with_one_more(Path(folder, "later"))
        cold, _ = _fit("dprk", "cold", cache)
        warm, said = _fit(str(later), "warm", cache)
        far, _ = _fit(str(with_one_more(Path(folder, "far"), FAR)), "warm", cache)
        _, anew = _fit(str(later), "cold", Path(folder, "other"))
    return {"seconds": dict(zip(FIT_LIMITS, (cold, warm, far), strict=True)), "off": round(off(said, anew), 3)}


def off(said: Sequence[Sequence[float]], anew: Sequence[Sequence[float]]) -> float:
    """The largest difference of two fits' medians and ends, in 80 % widths of the second.

    said, anew : (low, median, high) by figure.
    """
    pairs = zip(zip(*said, strict=True), zip(*anew, strict=True), strict=True)
    return float(max(abs(one - other) / (b[-1] - b[0]) for a, b in pairs for one, other in zip(a, b, strict=True)))


def with_one_more(folder: Path, figure: str = NEW["value_point"]) -> Path:
    """The programme that ships, copied to `folder`, with one claim more."""
    shutil.copytree(ROOT / "src" / "tallystick" / "data" / "dprk", folder)
    for name, row in (("claims", NEW | {"value_point": figure}), ("assertion_dates", SAID)):
        file = folder / f"{name}.csv"
        columns = file.read_text(encoding="utf-8").partition("\n")[0].split(",")
        with file.open("a", encoding="utf-8", newline="") as rows:
            csv.DictWriter(rows, columns, lineterminator="\n").writerow(row)
    return folder


def _fit(programme: str, how: str, cache: Path) -> tuple[float, list[list[float]]]:
    """Seconds, and (low, median, high) by leading figure."""
    command = [sys.executable, "-c", HOLD, sys.executable, "-c", FIT, programme, how]
    environment = os.environ | {"TALLYSTICK_CACHE": str(cache)}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    seconds, said = done.stdout.splitlines()
    return round(float(seconds), 1), json.loads(said)


def briefs() -> dict[str, Any]:
    """The cold and the repeated brief, and how they compare."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TALLYSTICK_CACHE": str(Path(folder, "cache"))}
        command = [sys.executable, "-m", "tallystick", "brief", "-o", str(Path(folder, "brief"))]
        cold, repeat = run(command, environment), run(command, environment)
    return {
        "cold": {**_rounded(cold), "share_of_two_cores": round(cold.busy, 2)},
        "repeat": {**_rounded(repeat), "share_of_two_cores": round(repeat.busy, 2)},
        "repeat_over_cold": round(repeat.wall_seconds / cold.wall_seconds, 3),
    }


def _rounded(cost: Cost) -> dict[str, float]:
    return {name: round(value, 2) for name, value in asdict(cost).items()}


def run(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """The cost of `command` and all that it starts; when it fails, the benchmark ends with what it said."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:  # a pipe that nobody reads would stop the command
        child = subprocess.Popen([sys.executable, "-c", HOLD, *command], env=environment, stdout=said, stderr=said)
        with Watch(child.pid) as watch:
            _, status, used = os.wait4(child.pid, 0)
        wall, child.returncode = time.perf_counter() - began, os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            sys.exit(f"error: {' '.join(command)} ended with {child.returncode}:\n{said.read().decode()}")
    # Of one process alone, but never missed between two looks. It is no less than what the process that started it held
    # then, which is this one: small, so that it tells of the command.
    largest = used.ru_maxrss * 1024
    return Cost(wall, used.ru_utime + used.ru_stime, max(watch.most, largest) / GIB)


class Watch:
    """The most memory that a process and those it started held at once."""

    def __init__(self, pid: int) -> None:
        self.most, self._pid, self._done = 0, pid, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(LOOK_EVERY):
            self.most = max(self.most, sum(_at(_resident, pid, 0) for pid in _family(self._pid)))


def _family(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for parent in found:  # grows as it goes
        found += _at(_children, parent, [])
    return found


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(word) for task in tasks for word in (task / "children").read_text().split()]


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_SIZE


def _at(look: Callable[[int], T], pid: int, gone: T) -> T:
    """What `look` sees of a process, or `gone` where it ended between two looks."""
    try:
        return look(pid)
    except (FileNotFoundError, ProcessLookupError):
        return gone


def missed(found: dict[str, Any]) -> list[str]:
    """Which limits a measured brief missed."""
    brief = found.get("brief") or {}
    return _missed_fits(found.get("fit") or {"seconds": {}, "off": 0.0}) + [
        f"brief, {name}: {what}"
        for name, limit in LIMITS.items()
        if name in brief
        for what, value, most in (
            ("wall", brief[name]["wall_seconds"], limit),
            ("memory", brief[name]["peak_memory_gib"], MEMORY_LIMIT),
        )
        if value > most
    ]


def _missed_fits(fit: dict[str, Any]) -> list[str]:
    slow = [f"{name}: wall" for name, seconds in fit["seconds"].items() if seconds > (FIT_LIMITS[name] or seconds)]
    return [*slow, *(["fit, warm: not what a cold one finds"] if fit["off"] > OFF_LIMIT else [])]


def table(found: dict[str, Any]) -> str:
    """The figures as Markdown."""
    on, steps, fit, brief = found["machine"], found["steps"], found.get("fit"), found.get("brief")
    lines = [
        f"Measured on {on['day']}: {on['processor']}, {on['cores']} cores, Python {on['python']}, {on['system']}; load "
        f"{on['load_before']} before it began.",
        "",
        "| step | wall, s | limit, s | processor, s | of two cores | memory, GiB | limit, GiB |",
        "|---|---|---|---|---|---|---|",
        *(f"| {name} | {seconds:.2f} | | | | | |" for name, seconds in steps.items()),
    ]
    if fit:
        lines += [
            f"| {name} | {seconds:.1f} | {FIT_LIMITS[name] or ''} | | | | |" for name, seconds in fit["seconds"].items()
        ]
    if brief:
        lines += [_row(name, brief[name]) for name in LIMITS]
        lines += ["", f"A repeated brief takes {brief['repeat_over_cold']:.1%} of the time of a cold one."]
    if fit:
        lines += ["", f"{OFF} {fit['off']:.1%} of an 80 % width."]
    lines += ["", "Limits missed: " + ("; ".join(missed(found)) or "none") + "."]
    return "\n".join(lines)


def _row(name: str, one: dict[str, float]) -> str:
    return (
        f"| brief, {name} | {one['wall_seconds']:.1f} | {LIMITS[name]:.0f} | {one['cpu_seconds']:.1f} "
        f"| {one['share_of_two_cores']:.0%} | {one['peak_memory_gib']:.2f} | {MEMORY_LIMIT:.0f} |"
    )


def write(page: Path, found: dict[str, Any]) -> None:
    """Put the figures between the marks of the page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
