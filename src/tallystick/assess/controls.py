"""Each kind of control that rows describe, with its rows, the cells on the menace of a penalty and its indicators.

A map from words to words: how strict control is, what it changes, and what flight has to do with it are not in it, and
no number is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tallystick.assess.origins import independent
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Statement

LIMB = "menace_of_penalty"
PHASES = ("work_and_life", "leaving")
LEFT_OUT = ("escape",)  # rows on flight itself describe no control


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One kind of control, as rows describe it."""

    kind: str
    name: str
    statements: tuple[str, ...]
    cells: tuple[str, ...]
    indicators: tuple[str, ...]
    origins: int  # separate origins behind the rows


def controls(
    programme: Programme, origin_of: Mapping[str, str], names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Control, ...]:
    """Kinds in alphabetical order: of the rows that are coded to the menace of a penalty at work or on leaving.

    names : plain words for kinds; a kind without any keeps its own.
    """
    rows: dict[str, list[Statement]] = {}
    for row in programme.statements:
        if row.kind not in LEFT_OUT and _cells(row, programme):
            rows.setdefault(row.kind, []).append(row)
    return tuple(
        Control(
            kind=kind,
            name=names.get(kind, kind),
            statements=tuple(row.id for row in mine),
            cells=tuple(sorted({cell for row in mine for cell in _cells(row, programme)})),
            indicators=tuple(sorted({indicator for row in mine for indicator in row.indicators})),
            origins=len(independent(mine, origin_of)),
        )
        for kind, mine in sorted(rows.items())
    )


def _cells(row: Statement, programme: Programme) -> tuple[str, ...]:
    """Cells that a row bears on, among those of the limb and the phases."""
    coded = set(zip(row.framework_limbs, row.framework_phases, strict=True))
    wanted = coded & {(LIMB, phase) for phase in PHASES}
    return tuple(cell.id for cell in programme.framework if (cell.limb, cell.phase) in wanted)
