"""Human judgements: who judged, on which day, and why. They are no evidence, and every brief says whose they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tallystick.evidence.cells import Cells
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder

HAND = "hand/"
ASSERTERS, PREDICTIONS = HAND + "asserters.csv", HAND + "predictions.csv"
ASSERTER_COLUMNS = ("asserted_by", "class", "reason", "judged_by", "judged_on")
PREDICTION_COLUMNS = ("id", "state", "reason", "evidence", "judged_by", "judged_on")
STATES = ("open", "held", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One row of a hand-made table: `subject` was judged to be `verdict`."""

    subject: str
    verdict: str
    reason: str
    evidence: tuple[str, ...]
    judged_by: str
    judged_on: date
    row: int


def read_asserters(folder: Folder, classes: Collection[str], faults: Faults) -> tuple[Judgement, ...]:
    """hand/asserters.csv: to which class each asserter belongs."""
    found: dict[str, Judgement] = {}
    for row in folder.rows[ASSERTERS]:
        cells = Cells(row, faults)
        subject = cells.text("asserted_by", required=True)
        verdict = cells.choice("class", classes, what="class of asserters")
        _keep(cells, "asserted_by", _judgement(cells, subject, verdict, ()), found)
    return tuple(found.values())


def read_prediction_states(folder: Folder, faults: Faults) -> tuple[Judgement, ...]:
    """hand/predictions.csv: which forecasts held, failed, or are still open."""
    found: dict[str, Judgement] = {}
    for row in folder.rows[PREDICTIONS]:
        cells = Cells(row, faults)
        verdict = cells.choice("state", STATES, what="state")
        judged = _judgement(cells, cells.identifier(), verdict, cells.several("evidence"))
        _keep(cells, "id", judged, found)
        if verdict in ("held", "failed") and not judged.evidence:
            cells.fault("evidence", f"is blank, but the state is {verdict}", "name the rows that decide it")
    return tuple(found.values())


def _judgement(cells: Cells, subject: str, verdict: str, evidence: tuple[str, ...]) -> Judgement:
    return Judgement(
        subject=subject,
        verdict=verdict,
        reason=cells.text("reason", required=True),
        evidence=evidence,
        judged_by=cells.text("judged_by", required=True),
        judged_on=cells.day("judged_on", required=True) or date.min,
        row=cells.row.number,
    )


def _keep(cells: Cells, field: str, judged: Judgement, found: dict[str, Judgement]) -> None:
    if judged.subject in found:
        first = found[judged.subject].row
        cells.fault(field, f"{shown(judged.subject)} is judged twice, first in row {first}", "keep one of the rows")
    else:
        found[judged.subject] = judged
