"""The tables of known answers as rows, and a quantity as such a row spells it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallystick.claims.quantity import Quantity


def rows(tables: dict[str, str], columns: int) -> Iterator[tuple[str, ...]]:
    """Language and cells of each line; cells that are left out are blank."""
    for language, table in tables.items():
        for line in table.strip().split("\n"):
            cells = [cell.strip(" ") for cell in line.split("|")]
            yield (language, *cells, *[""] * (columns - len(cells)))


def spelled(found: Quantity) -> tuple[str, str, str, str]:
    """Value, kind with unit, rate and hedge as the tables write them."""
    per = f"{found.per}{' each' if found.per_person else ''}".strip()
    value = ("~" if found.approximate else "") + re.sub(r"\.0(?!\d)", "", _value(found))
    return value, f"{found.kind} {found.unit}".strip(), per, found.hedge


def _value(found: Quantity) -> str:
    if found.vague:
        return "?"
    if found.point is not None:
        return repr(found.point)
    if found.high is None:
        return f"{found.low!r}+"
    return f"-{found.high!r}" if found.low is None else f"{found.low!r}..{found.high!r}"
