"""CSV and TOML files read strictly: what is on disk is what the record holds, or there is a fault.

A cell is text and nothing but text: `=SUM(A1)` is eight characters, no formula. Strict means UTF-8 without a byte
order mark, exactly the columns that the table has, in their order, as many cells in each row, and no line that the
CSV grammar does not explain.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from math import isfinite
from pathlib import Path
from typing import Any

from tallystick.evidence.faults import Faults, shown

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LARGEST_FILE = 64 * 1024 * 1024  # bytes; the shipped tables are below 200 kB, so anything larger is no table of ours


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `number` counts from 1 at the first line below the header."""

    file: str
    number: int
    cells: Mapping[str, str]


def columns(names: str) -> tuple[str, ...]:
    """Names of columns or keys, written as one line of words."""
    return tuple(names.split())


def read_csv(folder: Path, file: str, header: Sequence[str], faults: Faults) -> tuple[Row, ...]:
    """All well-formed rows of `file`; every other row leaves a fault."""
    text = read_text(folder, file, faults)
    if text is None:
        return ()
    lines = _lines(text, file, faults)
    if lines is None:
        return ()
    if not lines:
        faults.add("the file is empty", file=file, hint="the first line names the columns: " + ",".join(header))
        return ()
    if not _header_fits(lines[0], header, file, faults):
        return ()
    rows = [_row(cells, number, header, file, faults) for number, cells in enumerate(lines[1:], start=1)]
    return tuple(row for row in rows if row is not None)


def read_toml(folder: Path, file: str, faults: Faults) -> dict[str, Any] | None:
    """The file as TOML, or None and a fault."""
    text = read_text(folder, file, faults)
    if text is None:
        return None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.add(f"is not TOML: {error}", file=file, hint="see https://toml.io; a name may stand only once")
        return None
    odd = _without_word_in_json(table, "")
    if odd is not None:
        faults.add("is nan, inf or a time of day", file=file, field=odd, hint="write finite numbers and plain days")
        return None
    return table


def read_text(folder: Path, file: str, faults: Faults) -> str | None:
    """The file as text with its line ends as they are, or None and a fault."""
    path = folder / file
    if not path.is_file():
        faults.add("the file is missing", file=file, hint="a programme is a folder with all of its files")
        return None
    if path.stat().st_size > LARGEST_FILE:
        faults.add(f"the file is larger than {LARGEST_FILE} bytes", file=file, hint="is it the right file?")
        return None
    return _decoded(path.read_bytes(), file, faults)


def _decoded(data: bytes, file: str, faults: Faults) -> str | None:
    if data.startswith(BYTE_ORDER_MARK):
        faults.add("starts with a byte order mark", file=file, hint="save it as UTF-8 without BOM")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add(f"line {line} is not UTF-8 (byte 0x{data[error.start]:02x})", file=file, hint="save it as UTF-8")
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        faults.add(f"line {line} holds a NUL byte", file=file, hint="the file is damaged; restore it from a copy")
        return None
    return text


def _lines(text: str, file: str, faults: Faults) -> list[list[str]] | None:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        faults.add(f"is not CSV: {error}", file=file, hint="look for a quotation mark that is never closed")
        return None


def _header_fits(found: Sequence[str], header: Sequence[str], file: str, faults: Faults) -> bool:
    if list(found) == list(header):
        return True
    missing = [name for name in header if name not in found]
    extra = [name for name in found if name not in header]
    parts = [f"lacks {', '.join(missing)}"] if missing else []
    parts += [f"has {', '.join(shown(name) for name in extra)} too many"] if extra else []
    problem = "the header " + (" and ".join(parts) if parts else "has its columns in another order, or twice")
    faults.add(problem, file=file, hint="the first line is: " + ",".join(header))
    return False


def _row(cells: Sequence[str], number: int, header: Sequence[str], file: str, faults: Faults) -> Row | None:
    if len(cells) == len(header):
        return Row(file, number, dict(zip(header, cells, strict=True)))
    found = "the line is blank" if not cells else f"{len(cells)} cells where the header has {len(header)}"
    hint = "delete the line" if not cells else "a text that holds a comma needs quotation marks"
    faults.add(found, file=file, row=number, hint=hint)
    return None


def _without_word_in_json(value: object, place: str) -> str | None:
    """Where TOML's nan, inf or a clock time stands in `value`; None when it stands nowhere."""
    if isinstance(value, Mapping):
        parts = [(f"{place}.{key}".lstrip("."), part) for key, part in value.items()]
    elif isinstance(value, list):
        parts = [(f"{place}[{number}]", part) for number, part in enumerate(value, start=1)]
    else:
        odd = isinstance(value, (datetime, time)) or (isinstance(value, float) and not isfinite(value))
        return place if odd else None
    return next((found for name, part in parts if (found := _without_word_in_json(part, name)) is not None), None)
