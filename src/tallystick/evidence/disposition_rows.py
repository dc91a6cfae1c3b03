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
NUMBERS = ("read_low", "read_high")
BOUNDED = {"at_least": NUMBERS[:1], "up_to": NUMBERS[1:], "range": NUMBERS}  # which of them a reading takes


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
    _check_bounds(cells)
    cells.span("read_start", "read_end")
    for field in ("reason", "judged_by"):
        cells.text(field, required=True)
    cells.day("judged_on", required=True)


def _check_bounds(cells: Cells) -> None:
    """What the words bound goes with a reading as a bound: else it would stand for the figure itself."""
    found = {field: cells.number(field) for field in NUMBERS}
    kind = cells.row.cells["read_as"]
    for field, value in found.items():
        if value is not None and field not in BOUNDED.get(kind, ()):
            hint = "with at_least goes read_low, with up_to read_high, with range both"
            cells.fault(field, f"{value:g} does not go with read_as {shown(kind)}", hint)
        if value is not None and value <= 0:
            cells.fault(field, f"{value:g} is not above zero", "leave it blank where the words bound nothing there")
    if kind == "range" and [value is None for value in found.values()].count(True) == 1:
        cells.fault("read_as", "it is read as a range with one end", "give both read_low and read_high")
    low, high = found.values()
    if low is not None and high is not None and low >= high:
        cells.fault("read_high", f"{high:g} is not above {low:g}", "the words bound the figure from low to high")
