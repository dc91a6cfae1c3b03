"""The command: measures, prints the table, and writes the page where asked."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.calibration.entries import BY_NAME, DRAWS, ENTRIES, ON_GPU, Entry
from benchmarks.calibration.measure import measure, wrong
from benchmarks.calibration.page import NAME, table, write
from benchmarks.engines.environments import ROOT

FOLDER = ROOT / "docs" / "reference"


def main(arguments: Sequence[str] | None = None, *, about: str | None = None, folder: Path = FOLDER) -> int:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", metavar="NAME", choices=BY_NAME, help="may be given again")
    parser.add_argument("--turns", type=int, default=3, help="runs of each (default: %(default)s)")
    parser.add_argument("--draws", type=int, default=DRAWS, help="of each chain; a hundred or its multiple")
    parser.add_argument("--device", choices=("cpu", "gpu"), default="cpu", help="gpu: also measure our chains on it")
    parser.add_argument("--write", action="store_true", help=f"also fill docs/reference/{NAME}.md and .json")
    parser.add_argument("--from", type=Path, dest="kept", metavar="JSON", help="measure nothing; take these figures")
    asked = parser.parse_args(arguments)
    if asked.write and (asked.only or asked.draws != DRAWS):
        parser.error("--only and --draws are for a trial: the page is written of all samplers at full length")
    try:
        found = json.loads(asked.kept.read_text(encoding="utf-8")) if asked.kept else measure(*_asked(asked))
    except KeyboardInterrupt:
        sys.stderr.write("calibration: interrupted; nothing was written\n")
        return 130
    sys.stdout.write(table(found) + "\n")
    faults = wrong(found)
    sys.stderr.writelines(f"calibration: {fault}\n" for fault in faults)
    if asked.write:
        write(folder, found)
    return 1 if faults else 0


def _asked(asked: argparse.Namespace) -> tuple[list[Entry], int, int]:
    entries = [BY_NAME[name] for name in asked.only] if asked.only else list(ENTRIES)
    return [*entries, *([ON_GPU] if asked.device == "gpu" else [])], asked.turns, asked.draws
