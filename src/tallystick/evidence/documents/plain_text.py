"""Plain text: decoded, and otherwise as it stands."""

from __future__ import annotations

from tallystick.evidence.documents.derived import Derived
from tallystick.evidence.documents.encodings import decode
from tallystick.evidence.documents.finish import Known, finish


def read_text(data: bytes, *, declared: str = "") -> Derived:
    """The text of `data`; each of its stretches is a run of whole lines, in bytes of the file."""
    made = decode(data, declared)
    return finish(
        made.text, made.stretches, Known(warnings=made.warnings), media_type="text/plain",
        encoding=made.encoding, replaced=made.replaced,
    )  # fmt: skip
