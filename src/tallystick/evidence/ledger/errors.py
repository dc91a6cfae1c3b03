"""The error of the ledger: a branch of the tree in `tallystick.vocab.errors`."""

from __future__ import annotations

from tallystick.vocab.errors import TallystickError


class LedgerError(TallystickError):
    """A ledger, or a file that was exported from one, cannot be read or written, or must not be changed so.

    `file` is the ledger's, `problem` what was found in it. The ledger is as it was before.
    """

    def __init__(self, problem: str, *, file: str, hint: str = "") -> None:
        super().__init__(f"{file}: {problem}", hint=hint)
        self.problem, self.file = problem, file


class SealError(LedgerError):
    """A seal that the identity at hand does not open: it is another's, was changed, or is none of Tallystick's."""
