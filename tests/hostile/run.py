"""Read every hostile document in one process, and say how each ended and what the process needed: one JSON object.

It is a program of its own, so that its memory is that of who asks and not that of a test run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tallystick.evidence.documents.files import file_bytes
from tallystick.evidence.documents.nursery import Limits, Nursery
from tallystick.evidence.documents.verdicts import DocumentError
from tests.hostile import names
from tests.hostile.make import Case, cases


def main(folder: Path, seconds: int) -> dict[str, object]:
    """Endings by name of document, with the texts' warnings; peak memory of this process in bytes."""
    endings: dict[str, dict[str, object]] = {}
    with Nursery(limits=Limits(seconds=seconds)) as nursery:
        for case in cases(folder):
            endings[case.name] = _ending(nursery, case)
        renamed = [_renamed(nursery, name) for name in names.TRAVERSAL]
        alive = nursery.take(b"Still here.", "a.txt")[0].text
    peak = _peak()
    return {"endings": endings, "peak": peak, "renamed": renamed, "alive": alive}


def _peak() -> int:
    """The most memory that this program held, in bytes; `getrusage` would tell that of who started it."""
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("VmHWM"))) * 1024


def _renamed(nursery: Nursery, name: str) -> str:
    """What is read of a text that goes by a hostile name."""
    return nursery.take(b"Some text.", name)[0].text


def _ending(nursery: Nursery, case: Case) -> dict[str, object]:
    right = sorted(case.endings)
    try:
        made = nursery.take(file_bytes(case.path), case.name)
    except DocumentError as error:
        return {"ended": error.verdict, "said": str(error), "hint": error.hint, "right": right}
    said = {"hidden": sum(each.hidden for each in made), "warnings": [note for each in made for note in each.warnings]}
    return {"ended": "text", "text": "\n".join(each.text for each in made)[:20_000], "right": right, **said}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
