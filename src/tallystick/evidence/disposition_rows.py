"""Judgements on single claims, as `hand/dispositions.csv` has them: checked here, applied by reconcile.

A programme may have none. Rows stay text: what they mean for a claim is no matter of evidence.
"""

from __future__ import annotations

from collections.abc import Collection

from tallystick.evidence.cells import Cells
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder

DISPOSITIONS = "hand/dispositions.csv"
READINGS = ("read_as", "read_measure", "read_low", "read_high", "read_start", "read_end")
DISPOSITION_COLUMNS = ("claim", "disposition", "reason", "suspected_from", *READINGS, "judged_by", "judged_on")
USES = ("used", "repeat", "garbled", "context", "out_of_scope")
BOUNDS = ("point", "at_least", "up_to", "range")


def check_dispositions(folder: Folder, claims: Collection[str], measures: Collection[str], faults: Faults) -> None:
    """Fault every row that names no claim, judges one twice or holds a word that nobody knows."""
    seen: dict[str, int] = {}
    for row in folder.rows.get(DISPOSITIONS, ()):
        cells = Cells(row, faults)
        _check(cells, claims, measures, faults)
        name = row.cells["claim"]
        if name in seen and faults.may_name(name):
            cells.fault("claim", f"{shown(name)} is judged twice, first in row {seen[name]}", "keep one of the rows")
        seen.setdefault(name, row.number)


def _check(cells: Cells, claims: Collection[str], measures: Collection[str], faults: Faults) -> None:
    for field in ("claim", "suspected_from"):
        name = cells.text(field, required=field == "claim")
        if name and name not in claims and faults.may_name(name):
            cells.fault(field, f"no claim is called {shown(name)}", "mend the id")
    cells.choice("disposition", USES, what="disposition")
    cells.choice("read_as", BOUNDS, what="bound", required=False)
    cells.choice("read_measure", measures, what="measure", required=False)
    low, high = cells.number("read_low"), cells.number("read_high")
    if low is not None and high is not None and low >= high:
        cells.fault("read_high", f"{high:g} is not above {low:g}", "the words bound the figure from low to high")
    cells.span("read_start", "read_end")
    for field in ("reason", "judged_by"):
        cells.text(field, required=True)
    cells.day("judged_on", required=True)
