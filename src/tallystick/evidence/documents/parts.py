"""Parts of parts: how a text found inside a mail or an archive says where it lay."""

from __future__ import annotations

from dataclasses import replace

from tallystick.evidence.documents.derived import Derived


def placed(made: Derived, part: str) -> Derived:
    """`made` as the part `part` of what holds it; its bytes are no longer those of the file."""
    inner = f"{part}, {made.part}" if made.part else part
    stretches = tuple(each._replace(part=_within(each.part, part)) for each in made.stretches)
    return replace(made, part=inner, stretches=stretches)


def _within(stretch: str, part: str) -> str:
    return f"{part} bytes" if not stretch else f"{part}, {stretch}"
