"""The full forms of what `make test` does in short: kills, failed writes, changes of the past, crowds, hostile texts.

    python -m tests.torture.full [--write]
    python -m tests.torture.full --kills 50 --reads 50 --failures 50 --changes 50 --transactions 20 --documents 8

Prints what was found and ends with 1 if anything is wrong; --write keeps it in docs/reference/reliability.md. About an
hour on one free core; smaller counts make it shorter, and the page says what was counted.
"""

from __future__ import annotations

import argparse
import platform
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.hostile.through_read import Found as Hostile
from tests.hostile.through_read import read_hostile
from tests.torture.at_once import Written, write_at_once
from tests.torture.failed_writes import Case, fail_each
from tests.torture.failed_writes import Found as Failed
from tests.torture.kill import ROOT, Tally
from tests.torture.killed import kill_often
from tests.torture.mutations import Found as Changed
from tests.torture.mutations import mutate
from tests.torture.read_at_once import Together, read_and_review_at_once
from tests.torture.read_failed import fail_each_of_a_read
from tests.torture.read_killed import A_WORKSPACE, DOCUMENTS, kill_reads

PAGE = ROOT / "docs" / "reference" / "reliability.md"
Result = TypeVar("Result")
BEFORE = """# What a workspace withstands

The last output of `make torture`, which does in full what `make test` does in short: first to the ledger alone, then to
`tallystick read` and `tallystick review` as an analyst runs them. [How the ledger works](../methods/ledger.md), and
what it does not promise, is told apart.
"""
SECONDS = 20  # of one hostile document, as in use


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
        _bound(tally),
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


def read_killed_lines(tally: Tally) -> list[str]:
    """Reads of a folder that were killed."""
    return [
        "## Killed while reading",
        "",
        f"`tallystick read` of a folder of {DOCUMENTS} documents is sent SIGKILL at a random moment of its start, of",
        "its work or of what follows; two times in three with all its children, else alone. It is started again, and",
        f"every {A_WORKSPACE} kills it is left to end, in a workspace that must then hold what it holds after",
        "a read that nobody disturbed. In every second workspace the documents are restricted, and lie sealed.",
        "Acknowledged is what the line of progress said was read.",
        "",
        "| | |",
        "|---|---:|",
        f"| kills | {tally.kills:,} |",
        f"| runs that ended before the signal | {tally.ended:,} |",
        f"| lines of progress | {len(tally.acknowledged):,} |",
        *_counted(tally.problems, ("lost", "half written", "not resumed", "left over", "orphans")),
        "",
        _bound(tally),
    ]


def read_failed_lines(found: Failed) -> list[str]:
    """Reads of which each write failed."""
    return [
        "## Every write of a read failed",
        "",
        "The same for a whole read of two documents: each write, sync, truncation, renaming, deletion and new folder",
        "of its ledger and of its copies fails in turn, in each of those manners. What is left has to be what one of",
        "its transactions left, whole; what failed has to be said, with another exit than 0; and the next read has to",
        "end as if nothing had been.",
        "",
        "| | |",
        "|---|---:|",
        f"| points of failure | {found.points.total():,} |",
        f"| cases | {found.cases:,} |",
        f"| cases after which the read was not done | {found.old:,} |",
        f"| cases after which it was | {found.new:,} |",
        f"| anything between, unsaid, or anything else wrong | {len(found.problems):,} |",
    ]


def together_lines(together: Together, processes: int) -> list[str]:
    """Readers and reviewers at once."""
    return [
        "## Read and reviewed at once",
        "",
        f"{processes} processes read the same folder into one workspace, then {processes} a part of it each into",
        f"another; then {processes} people decide at once on all that waits there.",
        "",
        "| | |",
        "|---|---:|",
        f"| documents | {together.documents:,} |",
        f"| decisions recorded | {together.verdicts:,} |",
        f"| lost, by half, met a lock, or anything else wrong | {len(together.problems):,} |",
    ]


def hostile_lines(found: Hostile) -> list[str]:
    """Hostile documents, read."""
    return [
        "## Hostile documents read",
        "",
        "The documents of `tests/hostile` in one folder with good ones, given to `tallystick read`. Each that is",
        "refused leaves one entry with the verdict, and nothing else; the command names it and ends with 1; the good",
        "ones beside it are read.",
        "",
        "| ended as | documents |",
        "|---|---:|",
        *(f"| {ending} | {count} |" for ending, count in sorted(found.endings.items())),
        f"| otherwise than they may, or anything else wrong | {len(found.problems):,} |",
    ]


def _bound(tally: Tally) -> str:
    if not tally.kills or tally.problems:
        return "**This does not hold.**"
    return (
        f"None in {tally.kills:,} bounds the chance of a failure in one kill below {300 / tally.kills:.2g} % at 95 %."
    )


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
    seed, pages, wrong, took = given.seed, list[list[str]](), list[str](), list[str]()

    def part(name: str, work: Callable[[Path], Result], lines: Callable[[Result], list[str]]) -> None:
        result, seconds = _timed(folder / name.replace(" ", "-"), work)
        pages.append(lines(result))
        took.append(f"{name} {seconds:.0f} s")
        wrong.extend(_wrong(result))

    part("kills", lambda place: kill_often(place, kills=given.kills, seed=seed), killed_lines)
    part("failures", lambda place: fail_each(place, seed=seed), failed_lines)
    part("changes", lambda place: mutate(place, count=given.changes, seed=seed), changed_lines)
    part(
        "writers",
        lambda place: write_at_once(place, processes=given.processes, transactions=given.transactions),
        lambda written: written_lines(written, given.processes, given.transactions),
    )
    part("reads killed", lambda place: kill_reads(place / "r", kills=given.reads, seed=seed), read_killed_lines)
    part(
        "reads failed",
        lambda place: fail_each_of_a_read(place / "r", seed=seed, chosen=_some(given)),
        read_failed_lines,
    )
    part(
        "readers",
        lambda place: read_and_review_at_once(place / "r", processes=given.processes, documents=given.documents),
        lambda together: together_lines(together, given.processes),
    )
    part("hostile", lambda place: read_hostile(place / "r", seconds=SECONDS), hostile_lines)
    head = (
        f"{given.date}, {platform.system()}, SQLite {sqlite3.sqlite_version}, seed {seed}; it took: {', '.join(took)}."
    )
    return "\n\n".join([BEFORE.rstrip(), head, *("\n".join(page) for page in pages)]) + "\n", wrong


def _some(given: argparse.Namespace) -> Callable[[list[Case]], list[Case]]:
    """All cases, or so many of them as were asked for, drawn by chance."""
    chance = random.Random(given.seed)
    return lambda every: chance.sample(every, given.failures) if given.failures else every


def _wrong(result: object) -> list[str]:
    if isinstance(result, Changed):
        return [f"missed: {one}" for one in result.missed]
    problems: list[str] = result.problems  # type: ignore[attr-defined]
    return problems


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--transactions", type=int, default=500, help="of each process")
    parser.add_argument("--reads", type=int, default=1000, help="kills of a read")
    parser.add_argument("--failures", type=int, default=0, help="of a read, drawn by chance; 0 for all")
    parser.add_argument("--documents", type=int, default=40, help="read and reviewed at once")
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
