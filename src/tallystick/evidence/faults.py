"""A basket for faults, so that one reading names all of them and not only the first.

A fault says what was found, but never what a row says that may not be published: see `Faults.withhold`.
"""

from __future__ import annotations

from tallystick.vocab.errors import EvidenceError, EvidenceFaults

SHOWN = 60  # characters of a found value that a message repeats; enough to recognise it, too few to flood a terminal


def shown(value: object) -> str:
    """`value` as a message may print it: in quotes, cut, and with everything unprintable spelled out."""
    text = str(value)
    return '"' + printable(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…") + '"'


def printable(text: str) -> str:
    """`text` with letters of any script kept and every sign that shows nothing as an escape."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


class Faults:
    """The faults of one reading, in the order in which they were met."""

    def __init__(self) -> None:
        self._found: list[EvidenceError] = []
        self._withheld: set[str] = set()

    def add(self, problem: str, *, file: str, row: int | None = None, field: str = "", hint: str = "") -> None:
        """Note one fault and read on."""
        error = EvidenceError(
            printable(problem), file=printable(file), row=row, field=printable(field), hint=printable(hint)
        )
        self._found.append(error)

    def withhold(self, identifier: str) -> None:
        """Never name this id: its row may not be published, so no message may point at it."""
        self._withheld.add(identifier)

    def may_name(self, identifier: str) -> bool:
        """Whether a message may repeat this id."""
        return identifier not in self._withheld

    def __len__(self) -> int:
        return len(self._found)

    def raise_if_any(self) -> None:
        """Raise `EvidenceFaults` with everything noted so far, if anything was."""
        if self._found:
            raise EvidenceFaults(self._found)
