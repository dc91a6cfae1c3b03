"""One of several processes that add to one ledger at once, each batch in a transaction of its own.

python -m tests.torture.writer LEDGER --name bek --batches 500
"""

from __future__ import annotations

import argparse
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from tallystick.evidence.ledger.store import Ledger
from tests.torture.appender import add_batch


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--batches", type=int, required=True)
    given = parser.parse_args()
    with Ledger.open(given.ledger, now=lambda: datetime.now(UTC), token=secrets.token_bytes) as ledger:
        for number in range(given.batches):
            batch = f"{given.name} {number}"
            add_batch(ledger, batch, by=given.name)
            sys.stdout.write(batch + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
