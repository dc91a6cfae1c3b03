"""A programme's folder, read whole before anything in it is judged.

What is wrong with the files themselves (missing, no UTF-8, ragged, no TOML) is found in all of them first: with a
table in doubt, every reference to its rows would be a fault too, and the one that matters would drown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.evidence.faults import Faults
from tallystick.evidence.tables import Row, read_csv, read_toml

FURTHER = ("*.toml", "scenarios/*.toml")  # whatever else a programme states; what a what-if pulls moves results too


@dataclass(frozen=True, slots=True)
class Folder:
    """All tables of a programme as text: CSV rows and TOML tables by the name of their file."""

    rows: Mapping[str, tuple[Row, ...]]
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def every_row(self) -> tuple[Row, ...]:
        """The rows of all CSV files together."""
        return tuple(row for rows in self.rows.values() for row in rows)


def read_folder(
    path: Path, headers: Mapping[str, Sequence[str]], optional: Sequence[str], tables: Sequence[str]
) -> Folder:
    """The CSV files of `headers` (any in `optional` may lack), the TOML files of `tables`, and every `FURTHER` one.

    Raises `EvidenceFaults` with every file or line that cannot be read.
    """
    faults = Faults()
    wanted = [file for file in headers if file not in optional or (path / file).is_file()]
    further = {found.relative_to(path).as_posix() for pattern in FURTHER for found in path.glob(pattern)} - set(tables)
    rows = {file: read_csv(path, file, headers[file], faults) for file in wanted}
    read = {file: read_toml(path, file, faults) for file in (*tables, *sorted(further))}
    faults.raise_if_any()
    return Folder(rows, {file: table for file, table in read.items() if table is not None})
