"""The full forms of what `make test` does in short: kills, failed writes, changes of the past, writers at once.

    python -m tests.torture.full [--kills 1000] [--changes 1000] [--processes 8] [--transactions 500] [--write]

Prints what was found and ends with 1 if anything is wrong; --write keeps it in docs/reference/reliability.md. Minutes.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.torture.at_once import Written, write_at_once
from tests.torture.failed_writes import Found as Failed
from tests.torture.failed_writes import fail_each
from tests.torture.kill import ROOT, Tally
from tests.torture.killed import kill_often
from tests.torture.mutations import Found as Changed
from tests.torture.mutations import mutate

PAGE = ROOT / "docs" / "reference" / "reliability.md"
Result = TypeVar("Result")
BEFORE = """# What the ledger withstands

The last output of `make torture`, which does in full what `make test` does in short.
[How the ledger works](../methods/ledger.md), and what it does not promise, is told apart.
"""


def killed_lines(tally: Tally) -> list[str]:
    """A process that adds batches and erases some is killed at random moments, on a ledger that it also begins."""
    erased = sum(one.startswith("erased ") for one in tally.acknowledged)
    added = len(tally.acknowledged) - erased
    return [
        "## Killed while writing",
        "",
        "A process adds batches of four entries, each batch in one transaction, and now and then erases one; it is",
        "sent SIGKILL at a random moment, and started again. Every 50 kills it begins another ledger. After each kill",
        "the ledger is verified and compared with what was acknowledged: printed and flushed after its commit.",
        "",
        "| | |",
        "|---|---:|",
        f"| kills | {tally.kills:,} |",
        f"| runs that ended before the signal | {tally.ended:,} |",
        f"| batches acknowledged | {added:,} |",
        f"| erasures acknowledged | {erased:,} |",
        *_counted(tally.problems, ("lost", "by half", "came back", "erasure lost", "not overwritten")),
        "",
        f"None in {tally.kills:,} bounds the chance of a failure in one kill below {300 / tally.kills:.1g} % at 95 %."
        if tally.kills and not tally.problems
        else "**This does not hold.**",
        "A kill leaves what the kernel had taken; only the next table is about power.",
    ]


def failed_lines(found: Failed) -> list[str]:
    """Each write, sync, truncation and deletion failed, and the power cut there."""
    points = ", ".join(f"{name} {count}" for name, count in found.points.items())
    return [
        "## Every write failed",
        "",
        "Each write, sync, truncation and deletion of an operation fails in turn: with an I/O error and with a full",
        "disk, once and for ever; and the power is cut there, which drops what was not synced but for writes that",
        "chance lets through, in any order. Then the ledger is opened and verified and, where it is the old one, the",
        "operation is repeated.",
        "",
        "| | |",
        "|---|---:|",
        f"| points of failure ({points}) | {found.points.total():,} |",
        f"| cases | {found.cases:,} |",
        f"| cases that left the old ledger | {found.old:,} |",
        f"| cases that left the new ledger | {found.new:,} |",
        f"| anything between, or anything else wrong | {len(found.problems):,} |",
    ]


def changed_lines(found: Changed) -> list[str]:
    """Single changes of the past."""
    made = found.made.total()
    return [
        "## The past changed",
        "",
        "One row of a ledger with three people's chains is changed in its file, at random; `verify` has to name it.",
        "",
        "| change | made | found |",
        "|---|---:|---:|",
        *(
            f"| {kind} | {count} | {count - sum(one.startswith(f'{kind}:') for one in found.missed)} |"
            for kind, count in sorted(found.made.items())
        ),
        f"| all | {made:,} | {made - len(found.missed):,} |",
        "",
        "To cut off the end of one's own chain cleanly, or to add to it, is no change of the past: a printed head",
        "shows it.",
    ]


def written_lines(written: Written, processes: int, transactions: int) -> list[str]:
    """Processes that write at once."""
    return [
        "## Written at once",
        "",
        f"{processes} processes add {transactions} batches each, as fast as they can, to one ledger.",
        "",
        "| | |",
        "|---|---:|",
        f"| transactions asked | {processes * transactions:,} |",
        f"| acknowledged | {written.acknowledged:,} |",
        f"| lost, by half, met a lock, or anything else wrong | {len(written.problems):,} |",
    ]


def _counted(problems: list[str], names: tuple[str, ...]) -> list[str]:
    lines = [f"| {name} | {sum(one.startswith(f'{name}: ') for one in problems):,} |" for name in names]
    other = sum(not one.startswith(tuple(f"{name}: " for name in names)) for one in problems)
    return [*lines, f"| chain broken, or anything else wrong | {other:,} |"]


def _timed(folder: Path, work: Callable[[Path], Result]) -> tuple[Result, float]:
    folder.mkdir()
    begun = time.monotonic()
    return work(folder), time.monotonic() - begun


def report(given: argparse.Namespace, folder: Path) -> tuple[str, list[str]]:
    """The page, and all that is wrong."""
    killed, a = _timed(folder / "killed", lambda place: kill_often(place, kills=given.kills, seed=given.seed))
    failed, b = _timed(folder / "failed", lambda place: fail_each(place, seed=given.seed))
    changed, c = _timed(folder / "changed", lambda place: mutate(place, count=given.changes, seed=given.seed))
    written, d = _timed(
        folder / "written",
        lambda place: write_at_once(place, processes=given.processes, transactions=given.transactions),
    )
    took = ", ".join(
        f"{name} {seconds:.0f} s"
        for name, seconds in zip(("kills", "failures", "changes", "writers"), (a, b, c, d), strict=True)
    )
    parts = [
        BEFORE.rstrip().splitlines(),
        [f"{given.date}, {platform.system()}, SQLite {sqlite3.sqlite_version}, seed {given.seed}; it took: {took}."],
        killed_lines(killed),
        failed_lines(failed),
        changed_lines(changed),
        written_lines(written, given.processes, given.transactions),
    ]
    wrong = [*killed.problems, *failed.problems, *(f"missed: {one}" for one in changed.missed), *written.problems]
    return "\n\n".join("\n".join(part) for part in parts) + "\n", wrong


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--transactions", type=int, default=500, help="of each process")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--date", default=datetime.now(UTC).date().isoformat(), help="the day that the page names")
    parser.add_argument("--write", action="store_true", help=f"keep the output in {PAGE.relative_to(ROOT)}")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        page, wrong = report(given, Path(folder))
    if given.write:
        PAGE.write_text(page, encoding="utf-8")
    print(page)  # noqa: T201 - a command
    print(*wrong, sep="\n", file=sys.stderr)  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
