"""A copy of the shipped programme that a test may break, and the one fault that the break must leave."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tallystick.evidence.context_rows import WITHHELD
from tallystick.evidence.programme import SHIPPED
from tallystick.evidence.withheld import INSTEAD, WITHHELD_COLUMNS, WORDS

LAST = -1  # the last row of a table, wherever it has got to


class Copy:
    """The shipped programme in a folder of its own; every method damages one file."""

    def __init__(self, folder: Path, of: Path = SHIPPED / "dprk") -> None:
        self.folder = folder
        shutil.copytree(of, folder)

    def rows(self, file: str) -> list[list[str]]:
        """All lines of a table, the header first."""
        with (self.folder / file).open(encoding="utf-8", newline="") as handle:
            return list(csv.reader(handle))

    def write(self, file: str, lines: list[list[str]]) -> None:
        """The table anew."""
        with (self.folder / file).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(lines)

    def row_of(self, file: str, name: str) -> int:
        """The number of the row of that id, 1 for the first below the header."""
        return next(number for number, line in enumerate(self.rows(file)) if line and line[0] == name)

    def cell(self, file: str, row_id: str, /, **fields: str) -> None:
        """Put other values into the row of that id."""
        lines = self.rows(file)
        line = lines[self.row_of(file, row_id)]
        for field, value in fields.items():
            line[lines[0].index(field)] = value
        self.write(file, lines)

    def add(self, file: str, row_id: str, /, **fields: str) -> None:
        """A row at the end: a copy of the one of that id, with other values."""
        lines = self.rows(file)
        line = list(lines[self.row_of(file, row_id)])
        for field, value in fields.items():
            line[lines[0].index(field)] = value
        self.write(file, [*lines, line])

    def drop(self, file: str, name: str) -> None:
        """Take the row of that id out."""
        lines = self.rows(file)
        del lines[self.row_of(file, name)]
        self.write(file, lines)

    def withhold(self, name: str, kind: str = "statement") -> None:
        """Take the words of a row out, and name it among those left out to protect people."""
        (file, says, more), path = WORDS[kind], self.folder / WITHHELD
        if not path.exists():
            self.write(WITHHELD, [list(WITHHELD_COLUMNS)])
        self.cell(file, name, **dict.fromkeys(more, ""), **{says: INSTEAD})
        self.write(WITHHELD, [*self.rows(WITHHELD), [name, kind, "to protect people", "nobody", "2026-11-22"]])

    def withhold_some(self) -> None:
        """Withhold the rows that damages of `hand/withheld.csv` speak of: the shipped evidence withholds none."""
        for name in ("fuels25_s37", "fuels25_s46"):
            self.withhold(name)

    def text(self, file: str, old: str, new: str) -> None:
        """Exchange one passage of a file; it has to be there."""
        path = self.folder / file
        before = path.read_text(encoding="utf-8")
        assert old in before, f"{file} no longer holds {old!r}"
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    def bytes(self, file: str, data: bytes) -> None:
        """The file anew, byte by byte."""
        (self.folder / file).write_bytes(data)

    def raw(self, file: str) -> bytes:
        """The file as it lies on disk."""
        return (self.folder / file).read_bytes()


@dataclass(frozen=True, slots=True)
class Damage:
    """One break, and where its one fault must point: `row` is an id, a number, LAST, or None for the file."""

    name: str
    make: Callable[[Copy], None]
    match: str
    file: str
    row: str | int | None = None
    field: str = ""
