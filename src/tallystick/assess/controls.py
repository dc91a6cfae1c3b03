"""Each control that rows describe, with its rows, the cells on the menace of a penalty and its indicators.

A map from words to words: how strict control is, what it changes, and what flight has to do with it are not in it, and
no number is. It counts as the cells do: rows that support a cell, in separate origins, of one group of people at a
time; whether a control was a penalty is left open. A row whose words are withheld describes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tallystick.assess.forced_labour import Cohort, bearing
from tallystick.assess.obligations import fault, known
from tallystick.assess.origins import independent
from tallystick.evidence.withheld import withheld
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Statement

LIMB = "menace_of_penalty"
PHASES = ("work_and_life", "leaving")
LEFT_OUT = ("escape",)  # rows on flight itself describe no control
SUPPORTS = "supports"
NO_GROUP = ""  # of rows whose time or place is that of no one group


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control, as rows describe it of one group of people."""

    id: str
    name: str
    group: str  # a cohort; empty where the rows single none out
    group_name: str
    statements: tuple[str, ...]
    cells: tuple[str, ...]
    indicators: tuple[str, ...]
    origins: int  # separate origins behind the rows


def controls(
    programme: Programme,
    origin_of: Mapping[str, str],
    named: Iterable[Mapping[str, Any]] = (),
    cohorts: Iterable[Cohort] = (),
) -> tuple[Control, ...]:
    """Of the rows that support the menace of a penalty at work or on leaving: by control and group of people.

    named : `id`, `name` and `statements` of each control, in the order of the result; a row that none names is known
    by its kind.
    """
    silent = withheld(programme)
    names, control_of = _named(named, programme)
    groups = {each.id: each for each in cohorts}
    rows: dict[tuple[str, str], list[Statement]] = {}
    for row in programme.statements:
        if row.kind not in LEFT_OUT and row.id not in silent and _cells(row, programme):
            group = next((each.id for each in groups.values() if each.holds(row)), NO_GROUP)
            rows.setdefault((control_of.get(row.id, row.kind), group), []).append(row)
    order = [*names, *sorted({control for control, _ in rows} - set(names))]
    return tuple(
        Control(
            id=control,
            name=names.get(control, control),
            group=group,
            group_name=groups[group].name if group else NO_GROUP,
            statements=tuple(row.id for row in rows[control, group]),
            cells=tuple(sorted({cell for row in rows[control, group] for cell in _cells(row, programme)})),
            indicators=tuple(sorted({each for row in rows[control, group] for each in row.indicators})),
            origins=len(independent(rows[control, group], origin_of)),
        )
        for control in order
        for group in (*groups, NO_GROUP)
        if (control, group) in rows
    )


def _named(named: Iterable[Mapping[str, Any]], programme: Programme) -> tuple[dict[str, str], dict[str, str]]:
    """Names of controls, and the control of each row that is named; no row has two."""
    names: dict[str, str] = {}
    control_of: dict[str, str] = {}
    for entry in named:
        names[entry["id"]] = entry["name"]
        for statement in entry["statements"]:
            if known(programme, "statements", statement, "control.statements") and statement in control_of:
                raise fault(f"names {statement} twice", "control", "one row describes one control here")
            control_of[statement] = entry["id"]
    return names, control_of


def _cells(row: Statement, programme: Programme) -> tuple[str, ...]:
    """Cells of the limb and the phases that a row supports."""
    return tuple(
        cell.id
        for cell in programme.framework
        if cell.limb == LIMB and cell.phase in PHASES and bearing(row, cell.limb, cell.phase) == SUPPORTS
    )
