"""The command: measures, prints the table, and writes the page where asked."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.engines.entries import ENTRIES, Entry
from benchmarks.engines.environments import ROOT
from benchmarks.engines.measure import measure, wrong
from benchmarks.engines.page import table, write

FOLDER = ROOT / "docs" / "reference"


def main(arguments: Sequence[str] | None = None, *, about: str | None = None, folder: Path = FOLDER) -> int:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="NAME", help="a library or a row; may be given again")
    parser.add_argument("--write", action="store_true", help="also fill docs/reference/engines.md, .json and .svg")
    parser.add_argument("--from", type=Path, dest="kept", metavar="JSON", help="measure nothing; take these figures")
    asked = parser.parse_args(arguments)
    if asked.only and asked.write:
        parser.error("--only leaves rows out: the page is written of all rows")
    try:
        found = (
            json.loads(asked.kept.read_text(encoding="utf-8")) if asked.kept else measure(_chosen(asked.only, parser))
        )
    except KeyboardInterrupt:
        sys.stderr.write("engines: interrupted; nothing was written\n")
        return 130
    sys.stdout.write(table(found) + "\n")
    faults = wrong(found)
    sys.stderr.writelines(f"engines: {fault}\n" for fault in faults)
    if asked.write:
        write(folder, found)
    return 1 if faults else 0


def _chosen(only: Sequence[str] | None, parser: argparse.ArgumentParser) -> list[Entry]:
    """All rows, or those of the named libraries, tasks or rows."""
    if not only:
        return list(ENTRIES)
    chosen = [entry for entry in ENTRIES if {entry.name, entry.environment, entry.task} & set(only)]
    if not chosen:
        parser.error(f"no row is called {', '.join(only)}; there are {', '.join(entry.name for entry in ENTRIES)}")
    return chosen
