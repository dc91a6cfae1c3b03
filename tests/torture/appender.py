"""A process that adds batches to a ledger, erases one now and then, and says what is committed; made to be killed.

    python -m tests.torture.appender LEDGER --runs 12 --seed 3

A batch is a document and three proposals that name it. Each carries the batch's mark, a word that stands nowhere else,
so that half a batch is seen, and so is what is left of one that was erased.
"""

from __future__ import annotations

import argparse
import random
import secrets
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.store import Ledger

PARTS = 4
ERASED_OF = 8  # one batch of so many is followed by an erasure


def mark_of(batch: str) -> str:
    """The word that only this batch holds."""
    return "mark" + sha256(batch.encode()).hexdigest()[:24]


def opened(path: Path) -> Ledger:
    """The ledger, made first where there is none or its making was cut off."""
    try:
        return Ledger.create(path, by="ana", now=_now, token=secrets.token_bytes, genesis={"workspace": "torture"})
    except LedgerError as error:
        if error.problem != "is there already":
            raise
        return Ledger.open(path, now=_now, token=secrets.token_bytes)


def _now() -> datetime:
    return datetime.now(UTC)


def add_batch(ledger: Ledger, batch: str, by: str = "ana") -> str:
    """A document and its proposals, all or none; the document's id."""
    content = {"batch": batch, "mark": mark_of(batch)}
    document = ledger.draft("document", {**content, "part": 0}, by=by, prefix="d")
    proposals = [
        ledger.draft("proposal", {**content, "part": part, "document": document.subject}, by=by, prefix="p")
        for part in range(1, PARTS)
    ]
    ledger.append_all([document, *proposals])
    return document.subject


def batches(ledger: Ledger) -> dict[str, list[str]]:
    """The hashes of the entries of each batch that is there."""
    found: dict[str, list[str]] = {}
    for entry in ledger.entries():
        if entry.content is not None and "batch" in entry.content:
            found.setdefault(entry.content["batch"], []).append(entry.hash)
    return found


def erased_batches(ledger: Ledger) -> set[str]:
    """The batches that tombstones name."""
    told = (entry.content for entry in ledger.entries(kinds=["erase"]))
    return {content["why"].removeprefix("batch ") for content in told if content is not None}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    given = parser.parse_args()
    with opened(given.ledger) as ledger:
        chance = random.Random(f"{given.seed} {ledger.length}")
        for _ in range(given.runs):
            batch = secrets.token_hex(8)
            add_batch(ledger, batch)
            _say(f"added {batch}")
            if chance.randrange(ERASED_OF) == 0:
                there = batches(ledger)
                gone = chance.choice(sorted(there))
                ledger.erase(there[gone], why=f"batch {gone}", by="ana")
                _say(f"erased {gone}")


if __name__ == "__main__":
    main()
