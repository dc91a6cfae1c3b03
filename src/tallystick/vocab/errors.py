"""Every error that Tallystick raises on purpose.

    TallystickError            something the user can mend; exit code 1
    ├── EvidenceError          a file, row or field of the evidence is at fault
    │   └── EvidenceFaults     several of them, listed together
    ├── UsageError             the command was asked for something that it does not do; exit code 2
    ├── ModelError             the text of a model contradicts itself: a unit, a flow, a stock, a rate
    ├── ScenarioError          a scenario's file, key or value is at fault
    ├── FitError               the sampler could not give an answer that may be shown
    ├── RunError               runs could not be brought to their end
    └── BriefError             a brief could not be written, or does not verify

Each names the thing, what was found, where, and the way out (`hint`).
"""

from __future__ import annotations

from collections.abc import Sequence


class TallystickError(Exception):
    """The root of the tree: `str()` is the message, `hint` the way out."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class EvidenceError(TallystickError):
    """One fault in the evidence, by file, row (1 = first line below the header) and field."""

    def __init__(self, problem: str, *, file: str, row: int | None = None, field: str = "", hint: str = "") -> None:
        place = file + (f", row {row}" if row is not None else "") + (f", field {field}" if field else "")
        super().__init__(f"{place}: {problem}", hint=hint)
        self.problem, self.file, self.row, self.field = problem, file, row, field


class EvidenceFaults(EvidenceError):
    """All faults that one reading of the evidence found; at least one."""

    def __init__(self, faults: Sequence[EvidenceError]) -> None:
        first = faults[0]
        super().__init__(first.problem, file=first.file, row=first.row, field=first.field, hint=first.hint)
        self.faults = tuple(faults)


class UsageError(TallystickError):
    """The request itself is wrong: an unknown name, a date that is none, an option that does not fit."""

    exit_code = 2


class ModelError(TallystickError):
    """The text of a model is at fault; `equation` names the flow, stock, account or level."""

    def __init__(self, problem: str, *, equation: str, hint: str = "") -> None:
        super().__init__(f"{equation}: {problem}", hint=hint)
        self.problem, self.equation = problem, equation


class ScenarioError(TallystickError):
    """One fault in a scenario, by file and key."""

    def __init__(self, problem: str, *, file: str, key: str = "", hint: str = "") -> None:
        super().__init__(f"{file}{f', {key}' if key else ''}: {problem}", hint=hint)
        self.problem, self.file, self.key = problem, file, key


class FitError(TallystickError):
    """The sampler failed, or its draws are not finite."""


class RunError(TallystickError):
    """Runs could not be brought to their end: who was to do the work died, or does not answer."""


class BriefError(TallystickError):
    """A brief cannot be written, or what is on disk is not what its manifest says."""
