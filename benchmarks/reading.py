"""How fast documents are read, whatever lies in the workspace already, and whether copies among them are found.

    python benchmarks/reading.py                        # a short form: minutes
    python benchmarks/reading.py --full --write         # 1,000 to 50,000 documents, and docs/reference/reading-speed.md

Invented documents (`reading_documents.py`) are read into a workspace that grows. At each size a stretch of new ones is
timed there, and as many others in a copy of the workspace at its smallest size, turn by turn: what is judged are ratios
of one run, so that a machine that is busy or slow tells the same. Reading is all that `tallystick read --public` does
after it has started: parsing in a child process, claims, statements, copies, ledger, state, lineage.

Then as many documents are read by one process and by two; near copies, and quotations of two sentences, are looked for
among all that were read; and the grammar of numbers is laid beside quantulum3 (`reading_sentences.py`).
Exit code 1 when something misses what is promised.
"""

from __future__ import annotations

import argparse
import os
import platform
import secrets
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import reading_sentences  # noqa: E402
from benchmarks.engines.environments import NotInstalled  # noqa: E402
from benchmarks.reading_documents import Made, made, write  # noqa: E402

from tallystick.evidence.ledger.seal import make_identity, recipient_of  # noqa: E402
from tallystick.scenarios.executor import Where  # noqa: E402
from tallystick.study.workspace.begin import begin  # noqa: E402
from tallystick.study.workspace.many import Reader, read_all  # noqa: E402
from tallystick.study.workspace.read import sources  # noqa: E402
from tallystick.study.workspace.relate import near_documents, relate  # noqa: E402
from tallystick.study.workspace.workspace import Settings, Workspace  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "reading-speed.md"
SHORT, FULL = (200, 600, 1200), (1_000, 5_000, 20_000, 50_000)
FLAT, FASTER, RECALL, MEMORY = 0.2, 1.7, 0.99, 1e9  # what is promised
TURNS = 3
LOOKED_FOR = 500  # copies of each kind, at most, spread over all
OTHERS = 10_000_000  # numbers of documents that lie in no workspace yet


@dataclass(frozen=True, slots=True)
class Size:
    """Reading at one size: seconds for each document there, and in the smallest workspace beside it, turn by turn."""

    documents: int
    here: tuple[float, ...]
    beside: tuple[float, ...]
    here_cpu: tuple[float, ...]
    beside_cpu: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Documents a second here over those in the smallest workspace, in seconds of the clock: the median turn."""
        return statistics.median(small / large for large, small in zip(self.here, self.beside, strict=True))

    @property
    def ratio_cpu(self) -> float:
        """The same in seconds of processor."""
        return statistics.median(small / large for large, small in zip(self.here_cpu, self.beside_cpu, strict=True))


@dataclass(slots=True)
class Found:
    """All that was measured."""

    sizes: list[Size] = field(default_factory=list)
    memory: float = 0.0  # bytes, the most that this process had
    ratios: tuple[float, ...] = ()  # documents a second by two processes over those by one
    documents: int = 0  # read for these
    recall: dict[str, tuple[int, int]] = field(default_factory=dict)  # kind -> found, of
    sentences: reading_sentences.Result | None = None
    load: tuple[float, float] = (0.0, 0.0)  # of the machine, before and after

    def missed(self) -> Iterator[str]:
        """What is not as promised."""
        for size in self.sizes:
            if abs(size.ratio_cpu - 1) > FLAT:
                yield f"at {size.documents:,} documents {size.ratio_cpu:.2f} times as many a second"
        if self.memory > MEMORY:
            yield f"{self.memory / 1e6:,.0f} MB of memory"
        if statistics.median(self.ratios) < FASTER:
            yield f"two processes read {statistics.median(self.ratios):.2f} times as many"
        for kind, (found, every) in self.recall.items():
            if found < RECALL * every:
                yield f"{kind}: {found} of {every} found"
        if self.sentences is not None:
            yield from self.sentences.missed()


class Place:
    """A folder with workspaces and documents, in which all of it is done."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.identity = folder / "identity"
        make_identity(self.identity, workspace=folder / "none")

    def workspace(self, name: str) -> Path:
        """A new workspace."""
        settings = Settings(programme="dprk", analyst="bench", recipients=(recipient_of(self.identity),))
        begin(self.folder / name, settings, now=_now, token=secrets.token_bytes, identity=self.identity)
        return self.folder / name

    def open(self, workspace: Path) -> Workspace:
        """It, to be written to."""
        return Workspace.open(workspace, now=_now, token=secrets.token_bytes, identity=self.identity)

    def documents(self, numbers: Sequence[int]) -> Path:
        """A folder with these documents, and no others."""
        folder = self.folder / f"documents-{numbers[0]}"
        for _ in write(folder, numbers, self.seed):
            pass
        return folder

    def read(self, opened: Workspace, numbers: Sequence[int], where: Where | None = None) -> tuple[float, float]:
        """Read these; seconds by the clock and of the processor, of this process and the child that parses."""
        folder = self.documents(numbers)
        found, clock, cpu = list(sources([folder])), time.perf_counter(), _processor()
        told = list(read_all(opened, found, Reader(programme="dprk"), by="bench", public=True, now=_now, where=where))
        relate(opened, by="bench")
        assert [one.outcome for one in told] == ["read"] * len(numbers), "an invented document was not read"
        clock, cpu = time.perf_counter() - clock, _processor() - cpu
        shutil.rmtree(folder)
        return clock, cpu


def _now() -> datetime:
    return datetime.now(UTC)


def _processor() -> float:
    """Seconds of processor of this process and of the nursery below it, with the children that it has waited for."""
    mine = os.times()
    below = 0.0
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text().split():
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            below += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return mine.user + mine.system + mine.children_user + mine.children_system + below


def _memory() -> float:
    """Bytes, the most that this process has had."""
    status = Path("/proc/self/status").read_text()
    return 1024.0 * int(status.partition("VmHWM:")[2].split()[0])


def at_each_size(place: Place, sizes: Sequence[int], stretch: int) -> tuple[list[Size], Path]:
    """Time a stretch of documents at each size of a workspace that grows, and the workspace."""
    grown, smallest = place.workspace("grown"), place.folder / "smallest"
    at, fresh, measured = 0, OTHERS, []
    for size in sizes:
        with place.open(grown) as opened:
            for start in range(at, size, 5_000):
                place.read(opened, range(start, min(size, start + 5_000)))
        at = size
        if not smallest.exists():
            shutil.copytree(grown, smallest)
        turns = []
        for _ in range(TURNS):
            beside = place.folder / "beside"
            shutil.copytree(smallest, beside)
            with place.open(grown) as opened:
                here = place.read(opened, range(at, at + stretch))
            with place.open(beside) as opened:
                there = place.read(opened, range(fresh, fresh + stretch))
            shutil.rmtree(beside)
            at, fresh = at + stretch, fresh + stretch
            turns.append((here, there))
        told = [tuple(turn[who][what] / stretch for turn in turns) for what in (0, 1) for who in (0, 1)]
        measured.append(Size(size, told[0], told[1], told[2], told[3]))
        sys.stderr.write(f"{size:,}: {1 / statistics.median(told[0]):.1f} documents a second\n")
    return measured, grown


def by_two(place: Place, documents: int) -> tuple[float, ...]:
    """Documents a second by two processes over those by one, turn by turn; each starts its workers itself."""
    ratios = []
    for turn in range(2):
        numbers = range(2 * OTHERS + turn * documents, 2 * OTHERS + (turn + 1) * documents)
        seconds = []
        for name, where in (("one", None), ("two", Where(kind="processes", workers=2))):
            with place.open(place.workspace(f"{name}-{turn}")) as opened:
                seconds.append(place.read(opened, numbers, where)[0])
        ratios.append(seconds[0] / seconds[1])
    return tuple(ratios)


def recall(place: Place, workspace: Path) -> dict[str, tuple[int, int]]:
    """Of documents that take from another, how many are found near it."""
    found: dict[str, tuple[int, int]] = {}
    with place.open(workspace) as opened:
        count = sum(1 for _ in opened.state.documents)
        for kind in ("near copy", "quoting"):
            copies = [one for number in range(count) if (one := made(number, place.seed)).kind == kind]
            chosen = copies[:: max(1, len(copies) // LOOKED_FOR)]
            right = sum(
                _id(opened, made(one.of, place.seed)) in near_documents(opened, _id(opened, one)) for one in chosen
            )
            found[kind] = (right, len(chosen))
    return found


def _id(opened: Workspace, one: Made) -> str:
    (id,) = opened.state.ids_of(sha256(one.text.encode()).hexdigest())
    return id


def measured(sizes: Sequence[int], stretch: int, jobs_documents: int, seed: int, *, sentences: bool) -> Found:
    """All of it."""
    found = Found(load=(os.getloadavg()[0], 0.0))
    with TemporaryDirectory(prefix="reading-") as folder:
        place = Place(Path(folder), seed)
        found.sizes, grown = at_each_size(place, sizes, stretch)
        found.memory = _memory()
        found.recall = recall(place, grown)
        found.documents, found.ratios = jobs_documents, by_two(place, jobs_documents)
    if sentences:
        found.sentences = reading_sentences.measured()
    found.load = (found.load[0], os.getloadavg()[0])
    return found


def table(found: Found, seed: int) -> str:
    """The figures as a page has them."""
    lines = [
        "| documents there | a second, by the clock | of processor, each | as many a second as at the smallest size |",
        "|---:|---:|---:|---:|",
    ]
    for size in found.sizes:
        clock, cpu = statistics.median(size.here), statistics.median(size.here_cpu)
        lines.append(f"| {size.documents:,} | {1 / clock:.1f} | {1e3 * cpu:.0f} ms | {size.ratio_cpu:.2f} |")
    ratios = ", ".join(f"{one:.2f}" for one in found.ratios)
    lines += [
        "",
        "| | |",
        "|---|---:|",
        f"| memory, the most of all that | {found.memory / 1e6:,.0f} MB |",
        f"| two processes over one, {found.documents:,} documents each time | {ratios} |",
        *(
            f"| {kind}, found of those looked for | {right} of {every} |"
            for kind, (right, every) in found.recall.items()
        ),
    ]
    if found.sentences is not None:
        told = reading_sentences.table(found.sentences).splitlines()
        lines += [
            "",
            "The grammar of numbers beside quantulum3:",
            "",
            *(f"- {' '.join(line.split())}" for line in told),
        ]
    machine = f"{platform.system()}, {len(os.sched_getaffinity(0))} processors, Python {platform.python_version()}"
    load = f"load {found.load[0]:.1f} before and {found.load[1]:.1f} after"
    return "\n".join([f"{_now():%Y-%m-%d}, {machine}, seed {seed}; {load}.", "", *lines]) + "\n"


BEFORE = """# How fast documents are read

`python benchmarks/reading.py --full --write` fills this page; without `--full`, a short form. Invented documents, some
150 words each, are read into a workspace that grows; seconds of the processor are those of reading, the child process
that parses each document, of copies, ledger, state and lineage. At each size, stretches of new documents are read there
and in a copy of the workspace at its smallest size, turn by turn: 1.00 in the last column is as fast, and 0.8 to 1.2 is
promised. [What it does against slowing down](../decisions/0037-what-holds-is-kept-beside-the-ledger.md).

A near copy has a headline of its own, one sentence left out and one word in thirty changed; a quoting document takes
two sentences running from another among eight of its own. Found is what is among the nearest by wording; 99 in 100 are
promised. Of two processes at least 1.7 times as many a second are promised where the machine has two processors for
them: the load below, of all that runs on it, says whether it had.

"""


def main() -> int:
    """Measure, print, and say what misses."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--full", action="store_true", help="1,000 to 50,000 documents")
    asked.add_argument("--sizes", help="of the workspace, as 200,600,1200")
    asked.add_argument("--stretch", type=int, default=100, help="documents that are timed at a time")
    asked.add_argument("--by-two", type=int, default=400, help="documents for one process and for two")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--without-sentences", action="store_true", help="leave out the comparison with quantulum3")
    asked.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    args = asked.parse_args()
    sizes = tuple(map(int, args.sizes.split(","))) if args.sizes else FULL if args.full else SHORT
    try:
        found = measured(sizes, args.stretch, args.by_two, args.seed, sentences=not args.without_sentences)
    except NotInstalled as fault:
        sys.stderr.write(f"error: {reading_sentences.PEER} could not be measured: {fault}\n")
        return 1
    told = table(found, args.seed)
    sys.stdout.write(told)
    if args.write:
        PAGE.write_text(BEFORE + told, encoding="utf-8")
    missed = list(found.missed())
    for miss in missed:
        sys.stderr.write(f"missed: {miss}\n")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
