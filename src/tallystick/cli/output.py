"""Rows to stdout, as a table to read or as JSON or CSV to work with."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence

from tallystick.cli.options import Format
from tallystick.vocab.cells import csv_text, printable

Row = Mapping[str, object]
NOUGHT = re.compile(r"(?<![\d.])-?0\.0+(?!\d)")
SHORT = 26  # characters; a column that never needs more is not broken over lines


def write_rows(
    columns: Sequence[str], rows: Sequence[Row], shape: Format, *, table: Sequence[str] = (), whole: object = None
) -> None:
    """Write `rows` to stdout: their `columns` in CSV, or in a table, which may have columns of its own (`table`).

    JSON holds `whole`, the document, where that is more than the rows.
    """
    columns = table if table and shape is Format.table else columns
    if shape is Format.json:
        write_json(list(rows) if whole is None else whole)
    elif shape is Format.csv:
        sys.stdout.write(csv_text(columns, [[_flat(row.get(column)) for column in columns] for row in rows]))
    elif not rows:
        sys.stderr.write("nothing matches\n")
    else:
        write_table(columns, [[printable(str(_flat(row.get(column, "")))) for column in columns] for row in rows])


def write_json(document: object) -> None:
    """Write a document as indented JSON."""
    import msgspec

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")


def write_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Aligned columns, numbers to the right: wrapped to the window in a terminal, a line for each row elsewhere."""
    numeric = [bool(rows) and all(_is_number(row[place]) for row in rows) for place in range(len(columns))]
    if not sys.stdout.isatty():
        _write_plain([columns, *rows], numeric)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, (column, right) in enumerate(zip(columns, numeric, strict=True)):
        short = max(map(len, [column, *(row[place] for row in rows)])) <= SHORT
        table.add_column(Text(column), justify="right" if right else "left", overflow="fold", no_wrap=short)
    for row in rows:
        table.add_row(*map(Text, row))
    Console(file=sys.stdout, highlight=False).print(table)


def _write_plain(lines: Sequence[Sequence[str]], numeric: Sequence[bool]) -> None:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = zip(line, widths, numeric, strict=True)
        placed = (cell.rjust(width) if right else cell.ljust(width) for cell, width, right in cells)
        sys.stdout.write("  ".join(placed).rstrip() + "\n")


def write_card(fields: Sequence[tuple[str, str]]) -> None:
    """One thing, as `name  value` lines; fields without a value are left out."""
    shown = [(name, printable(text)) for name, text in fields if text]
    width = max(len(name) for name, _ in shown)
    for name, text in shown:
        sys.stdout.write(f"{name.ljust(width)}  {text}\n")


def bare(cell: str) -> str:
    """A nought without digits behind it: "0.00 to 0.4" as "0 to 0.4"."""
    return NOUGHT.sub("0", cell)


def _flat(value: object) -> object:
    """Lists become `a; b`: a cell holds one value."""
    return "; ".join(map(str, value)) if isinstance(value, tuple | list) else "" if value is None else value


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("-", "").isdigit() or not text
