"""How a loader says that it will not or cannot read a document."""

from __future__ import annotations

from tallystick.evidence.documents.derived import VERDICTS
from tallystick.vocab.errors import TallystickError


class DocumentError(TallystickError):
    """A document that was not read, and why; `verdict` is one of VERDICTS."""

    def __init__(self, message: str, *, verdict: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.verdict = verdict


def refuse(verdict: str, message: str, *, hint: str) -> DocumentError:
    """The error to raise; `message` goes on from the document's name: "holds no text"."""
    assert verdict in VERDICTS, verdict
    return DocumentError(message, verdict=verdict, hint=hint)
