"""Several processes add to one ledger at the same time: every batch is there, whole and once, and nobody met a lock."""

from __future__ import annotations

import secrets
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tallystick.evidence.ledger.store import Ledger
from tests.torture.appender import PARTS, batches
from tests.torture.kill import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of it."""

    processes: int
    transactions: int  # asked of each
    acknowledged: int
    problems: list[str]


def write_at_once(folder: Path, *, processes: int, transactions: int) -> Written:
    """So many processes with so many transactions each."""
    path = folder / "ledger.sqlite"
    now, token = lambda: datetime.now(UTC), secrets.token_bytes
    Ledger.create(path, by="ana", now=now, token=token, genesis={"workspace": "at once"}).close()
    command = [sys.executable, "-m", "tests.torture.writer", str(path), "--batches", str(transactions), "--name"]
    writers = [
        subprocess.Popen([*command, f"w{number}"], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for number in range(processes)
    ]
    said = [writer.communicate() for writer in writers]
    told = [line for output, _ in said for line in output.splitlines()]
    problems = [error for _, error in said if error]
    problems += [f"ended with {writer.returncode}" for writer in writers if writer.returncode]
    with Ledger.open(path) as ledger:
        there = batches(ledger)
        problems += [str(fault) for fault in ledger.verify()]
    asked = {f"w{number} {each}" for number in range(processes) for each in range(transactions)}
    problems += [f"lost: {one}" for one in sorted((asked | set(told)) - there.keys())]
    problems += [f"by half or twice: {one}" for one, entries in there.items() if len(entries) != PARTS]
    return Written(processes=processes, transactions=transactions, acknowledged=len(told), problems=problems)
