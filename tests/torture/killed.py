"""The ledger under SIGKILL: nothing acknowledged is lost, no batch is there by half, and what was erased is gone."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.store import Ledger
from tests.torture.appender import PARTS, batches, erased_batches, mark_of
from tests.torture.kill import Tally, campaign, random_moments

A_LEDGER = 50  # kills, before another ledger is begun: checks read all of it each time
RUNS = 12  # batches of a run that nobody kills
UNFINISHED = "not overwritten yet"  # an erasure was cut off: the next who writes finishes it
START, BETWEEN = 0.3, 0.004  # seconds: about a start of Python; about two commits


def acknowledged(line: str) -> str | None:
    """A batch that was added or erased."""
    return line if line.startswith(("added ", "erased ")) else None


def kill_often(folder: Path, *, kills: int, seed: int) -> Tally:
    """That many kills, of one ledger after the other."""
    total = Tally()
    for first in range(0, kills, A_LEDGER):
        tally = _campaign(folder / f"{first}", min(A_LEDGER, kills - first), seed + first)
        total.kills += tally.kills
        total.ended += tally.ended
        total.acknowledged += tally.acknowledged
        total.problems += tally.problems
    return total


def _campaign(folder: Path, kills: int, seed: int) -> Tally:
    folder.mkdir()
    path = folder / "ledger.sqlite"
    command = [sys.executable, "-m", "tests.torture.appender", str(path), "--runs", str(RUNS), "--seed", str(seed)]
    moments = random_moments(random.Random(seed), most=RUNS, start=START, between=BETWEEN)
    return campaign(
        command,
        kills=kills,
        moments=moments,
        acknowledged=acknowledged,
        check=lambda told: problems(path, told),
    )


def problems(path: Path, told: Sequence[str]) -> list[str]:
    """What is wrong with a ledger whose writer was killed, given all that it had acknowledged."""
    if not told and not _was_begun(path):
        return []
    with Ledger.open(path) as ledger:  # to read: an erasure that was cut off is not finished by this
        found = [str(fault) for fault in ledger.verify() if UNFINISHED not in fault.problem]
        there, tombstones = batches(ledger), erased_batches(ledger)
    added, erased = (_named(told, word) for word in ("added ", "erased "))
    found += [f"lost: {one}" for one in sorted(added - tombstones - there.keys())]
    found += [f"by half: {one}" for one, entries in there.items() if len(entries) != PARTS]
    found += [f"came back: {one}" for one in sorted((erased | tombstones) & there.keys())]
    found += [f"erasure lost: {one}" for one in sorted(erased - tombstones)]
    files = b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))
    return found + [f"not overwritten: {one}" for one in sorted(erased) if mark_of(one).encode() in files]


def _named(told: Sequence[str], word: str) -> set[str]:
    return {one.removeprefix(word) for one in told if one.startswith(word)}


def _was_begun(path: Path) -> bool:
    """Whether a ledger was committed: a killed making leaves nothing, which is neither half nor a loss."""
    try:
        with Ledger.open(path):
            return True
    except LedgerError as error:
        if error.problem.startswith(("there is no such file", "holds nothing")):
            return False
        raise
