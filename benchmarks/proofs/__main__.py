"""Measure and write docs/reference/statistics.*: `python -m benchmarks.proofs`, after the recovery check.

The figures are kept as JSON and the page and pictures are made of them alone (`--again`). Everything is written at the
end, each file in one move. Exit code 1 when the fit misses its diagnostics, when an origin that nobody has vetted moves
a headline median by more than is promised or by what nobody can tell, and when colluders go unflagged.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from pathlib import Path
from typing import Any

from benchmarks.proofs.measure import measured
from benchmarks.proofs.page import page_of
from benchmarks.proofs.pictures import pictures

from tallystick.calibrate.engine import ONE_THREAD
from tallystick.calibrate.kept import read, verdict_of
from tallystick.calibrate.misled import FIVE
from tallystick.calibrate.newcomer import HALF

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
FILE = "statistics.json"


def main(arguments: list[str] | None = None) -> int:
    """Measure, or write again what was measured."""
    asked = _parser().parse_args(arguments)
    os.environ.update(ONE_THREAD)  # for the worker processes, which are fresh
    found = json.loads((asked.folder / FILE).read_text(encoding="utf-8")) if asked.again else _measured(asked)
    write(found, asked.folder)
    held = promises_held(found)
    sys.stdout.write(f"{asked.folder / 'statistics.md'}: {'as promised' if held else 'A PROMISE IS BROKEN'}\n")
    return 0 if held else 1


def promises_held(found: dict[str, Any]) -> bool:
    """Whether what was measured is what the page promises."""
    unvetted = [one for one in found["newcomers"] if not one["vetted"]]
    colluders = [one for one in found["planted"]["plots"] if one["plot"].startswith(f"{FIVE} ")]
    one_origin = all(one["move"] <= HALF and not one["unsure"] for one in unvetted)
    several = all(one["flagged"] for one in colluders)
    return bool(found["diagnostics"]["passed"] and unvetted and one_origin and colluders and several)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proofs", description=__doc__.split("\n")[0])
    parser.add_argument("--programme", default="dprk", help="name or folder (default: %(default)s)")
    parser.add_argument(
        "--sets", type=int, default=16, help="simulated data sets of misled worlds (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of all truths, figures and draws (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes; moves no number (default: %(default)s)")
    parser.add_argument("--date", default="", help="the day to put on the page")
    parser.add_argument("--folder", type=Path, default=REFERENCE, help="holds calibration.json; gets the rest")
    parser.add_argument(
        "--again", action="store_true", help="only write page and pictures from the figures beside them"
    )
    return parser


def _measured(asked: argparse.Namespace) -> dict[str, Any]:
    words = ["python", "-m", "benchmarks.proofs", "--sets", asked.sets, "--seed", asked.seed, "--date", asked.date]
    found = measured(asked.programme, asked.sets, asked.seed, asked.workers)
    return {"date": asked.date, "command": shlex.join(str(word) for word in words)} | found


def write(found: dict[str, Any], folder: Path) -> None:
    """Figures, page and pictures."""
    kept = read(folder / "calibration.json")
    verdict = verdict_of(kept)
    files = {FILE: _text(found), "statistics.md": page_of(found, kept, verdict)} | pictures(found, kept, verdict)
    for name, text in files.items():
        beside = folder / f".{name}.part"
        beside.write_text(text, encoding="utf-8")
        beside.replace(folder / name)


def _text(found: dict[str, Any]) -> str:
    """A line for each row of each list, so that two results can be compared by line."""
    lines = (f"{json.dumps(name)}: {_value(value)}" for name, value in found.items())
    return "{\n " + ",\n ".join(lines) + "\n}\n"


def _value(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
