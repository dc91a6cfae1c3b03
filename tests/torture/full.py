"""The full forms of what `make test` does in short: kills, failed writes, changes of the past, crowds, hostile texts.

    python -m tests.torture.full [--write] [--at-once 2]
    python -m tests.torture.full --kills 50 --reads 50 --failures 50 --changes 50 --transactions 20 --documents 8

Prints what was found and ends with 1 if anything is wrong; --write keeps it in docs/reference/reliability.md. About
three hours on one free core, with TMPDIR in memory (/dev/shm): a disk is waited for at every sync. It is cut into turns
that are kept in build/torture: who is cut off calls it again with the same counts and seed, and it goes on. Smaller
counts make it shorter, and the page says what was counted.
"""

from __future__ import annotations

import argparse
import platform
import random
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from operator import add, or_
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.hostile.through_read import Found as Hostile
from tests.hostile.through_read import read_hostile
from tests.torture import page
from tests.torture.at_once import Written, write_at_once
from tests.torture.failed_writes import Case, fail_each
from tests.torture.failed_writes import Found as Failed
from tests.torture.kill import ROOT, Tally
from tests.torture.killed import A_LEDGER, kill_often
from tests.torture.mutations import Found as Changed
from tests.torture.mutations import mutate
from tests.torture.read_at_once import Together, read_and_review_at_once
from tests.torture.read_failed import fail_each_of_a_read
from tests.torture.read_killed import A_WORKSPACE, IN_PROCESSES, kill_reads
from tests.torture.turns import FOLDER, Kept, Shelf, Turn, code, run_all, turns_of

PAGE = ROOT / "docs" / "reference" / "reliability.md"
SECONDS = 20  # of one hostile document, as in use
KILLS = 5 * A_LEDGER  # of a ledger's writer, in one turn
READS = IN_PROCESSES * A_WORKSPACE  # kills of a read in one turn, of which one workspace is read by two processes
STRIDE = 60  # turns among which all failures of a read are dealt out
FAILURES = 50  # of a read in one turn, where so many were asked for
DEFAULTS = {"kills": 1000, "changes": 1000, "processes": 8, "transactions": 500, "reads": 1000, "failures": 0,
            "documents": 40}  # fmt: skip


def _kills(place: Path, turn: Turn) -> Tally:
    return kill_often(place, kills=turn.counts["kills"], seed=turn.seed)


def _failures(place: Path, turn: Turn) -> Failed:
    return fail_each(place, seed=turn.seed)


def _changes(place: Path, turn: Turn) -> Changed:
    return mutate(place, count=turn.counts["changes"], seed=turn.seed)


def _writers(place: Path, turn: Turn) -> Written:
    return write_at_once(place, processes=turn.counts["processes"], transactions=turn.counts["transactions"])


def _reads_killed(place: Path, turn: Turn) -> Tally:
    return kill_reads(place / "r", kills=turn.counts["reads"], seed=turn.seed, begun=turn.number * READS)


def _reads_failed(place: Path, turn: Turn) -> Failed:
    found = fail_each_of_a_read(place / "r", seed=turn.seed, chosen=dealt(turn))
    found.drawn = found.cases if turn.counts["failures"] else 0
    return found


def _readers(place: Path, turn: Turn) -> Together:
    return read_and_review_at_once(place / "r", processes=turn.counts["processes"], documents=turn.counts["documents"])


def _hostile(place: Path, _: Turn) -> Hostile:
    return read_hostile(place / "r", seconds=SECONDS)


class Part(NamedTuple):
    """How a turn of it is done, what comes of it, and how the page tells of that."""

    work: Callable[[Path, Turn], Any]
    kind: type
    lines: Callable[[Any], list[str]]


PARTS = {
    "kills": Part(_kills, Tally, page.killed_lines),
    "failures": Part(_failures, Failed, page.failed_lines),
    "changes": Part(_changes, Changed, page.changed_lines),
    "writers": Part(_writers, Written, page.written_lines),
    "reads killed": Part(_reads_killed, Tally, page.read_killed_lines),
    "reads failed": Part(_reads_failed, Failed, page.read_failed_lines),
    "readers": Part(_readers, Together, page.together_lines),
    "hostile": Part(_hostile, Hostile, page.hostile_lines),
}


def planned(given: argparse.Namespace) -> list[Turn]:
    """All that is to be done, part by part."""
    crowd = {"processes": given.processes}
    counts: dict[str, list[dict[str, int]]] = {
        "kills": _cut("kills", given.kills, KILLS),
        "failures": [{}],
        "changes": [{"changes": given.changes}],
        "writers": [{**crowd, "transactions": given.transactions}],
        "reads killed": _cut("reads", given.reads, READS),
        "reads failed": _dealt_out(given.failures, given.seed),
        "readers": [{**crowd, "documents": given.documents}],
        "hostile": [{}],
    }
    return [turn for part, each in counts.items() for turn in turns_of(part, given.seed, each)]


def _cut(name: str, count: int, most: int) -> list[dict[str, int]]:
    return [{name: min(most, count - first)} for first in range(0, count, most)]


def _dealt_out(failures: int, seed: int) -> list[dict[str, int]]:
    """Turns among which the failures are dealt out; 0 for all."""
    turns = -(-failures // FAILURES) or STRIDE
    return [{"failures": failures, "turns": turns, "drawn": seed} for _ in range(turns)]


def dealt(turn: Turn) -> Callable[[list[Case]], list[Case]]:
    """The cases of one turn: of all, or of so many as were asked for, drawn by chance."""
    asked, turns, drawn = (turn.counts[name] for name in ("failures", "turns", "drawn"))

    def chosen(every: list[Case]) -> list[Case]:
        some = random.Random(drawn).sample(every, min(asked, len(every))) if asked else every
        return some[turn.number :: turns]

    return chosen


def do(turn: Turn) -> Any:
    """Do one turn, in a folder that is gone afterwards."""
    with TemporaryDirectory() as folder:
        return PARTS[turn.part].work(Path(folder), turn)


def report(given: argparse.Namespace, shelf: Shelf) -> tuple[str, list[str]]:
    """The page, and all that is wrong."""
    turns = planned(given)
    run_all(turns, do, shelf, given.at_once)
    kept = {name: [shelf.kept(turn, part.kind) for turn in turns if turn.part == name] for name, part in PARTS.items()}
    results = {name: together([one.result for one in done]) for name, done in kept.items()}
    pages = ["\n".join(PARTS[name].lines(result)) for name, result in results.items()]
    wrong = [one for result in results.values() for one in _wrong(result)]
    return "\n\n".join([page.BEFORE.rstrip(), head(given, kept), *pages]) + "\n", wrong


def together(results: Sequence[Any]) -> Any:
    """What came of several turns, as if it had been one; points of failure are the same in all of them."""
    first, *more = results
    for other in more:
        for each in fields(first):
            join = or_ if each.name == "points" else add
            setattr(first, each.name, join(getattr(first, each.name), getattr(other, each.name)))
    return first


def head(given: argparse.Namespace, kept: dict[str, list[Kept]]) -> str:
    """When and with what it was done, how long it took, and what was asked for less often than by default."""
    took = ", ".join(f"{name} {sum(one.seconds for one in done):.0f} s" for name, done in kept.items())
    runs = len({one.begun for done in kept.values() for one in done})
    how = f", collected over {runs} runs" if runs > 1 else ""
    how += f", {given.at_once} turns at once" if given.at_once > 1 else ""
    system = f"{given.date}, {platform.system()}, SQLite {sqlite3.sqlite_version}, seed {given.seed}"
    return f"{system}{how}; it took: {took}. {_extent(given)}"


def _extent(given: argparse.Namespace) -> str:
    asked = {name: getattr(given, name) for name in DEFAULTS}
    less = [
        f"{name} {count or 'all'} (in full {DEFAULTS[name] or 'all'})"
        for name, count in asked.items()
        if (count > 0 if name == "failures" else count < DEFAULTS[name])
    ]
    return f"It was not the full form, but: {', '.join(less)}." if less else "It was the full form."


def _wrong(result: object) -> list[str]:
    if isinstance(result, Changed):
        return [f"missed: {one}" for one in result.missed]
    problems: list[str] = result.problems  # type: ignore[attr-defined]
    return problems


def main(arguments: list[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    shelf = Shelf(folder=given.kept, code=code(), begun=datetime.now(UTC).isoformat())
    told, wrong = report(given, shelf)
    if given.write:
        PAGE.write_text(told, encoding="utf-8")
    print(told)  # noqa: T201 - a command
    print(*wrong, sep="\n", file=sys.stderr)  # noqa: T201
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told = {
        "kills": "of a ledger's writer", "changes": "of the past", "processes": "at once",
        "transactions": "of each process", "reads": "kills of a read",
        "failures": "of a read, drawn by chance; 0 for all", "documents": "read and reviewed at once",
    }  # fmt: skip
    for name, count in DEFAULTS.items():
        parser.add_argument(f"--{name}", type=int, default=count, help=told[name])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=1, help="turns done at once; each needs a core")
    parser.add_argument("--kept", type=Path, default=FOLDER, help="where turns are kept that were done")
    parser.add_argument("--date", default=datetime.now(UTC).date().isoformat(), help="the day that the page names")
    parser.add_argument("--write", action="store_true", help=f"keep the output in {PAGE.relative_to(ROOT)}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
