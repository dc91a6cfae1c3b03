"""What `simulate` writes to stdout: the table that was asked for, or every number for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tallystick.cli.options import Format, one_of

if TYPE_CHECKING:
    from tallystick.scenarios.effects import LeverEffect
    from tallystick.scenarios.results import Results
    from tallystick.scenarios.what_if import WhatIf

Kind = Literal["overview", "years", "compare", "levers"]


@dataclass(frozen=True, slots=True)
class View:
    """Which table, of which outcomes and year; `every_lever`, also of those that no scenario pulls."""

    kind: Kind
    outcomes: tuple[str, ...]
    year: int | None
    every_lever: bool


def write(asked: WhatIf, found: Results, view: View, shape: Format) -> None:
    """To stdout: the table asked for, or everything for other programs."""
    from tallystick.cli.output import write_json, write_rows
    from tallystick.scenarios.effects import outcome_ids
    from tallystick.study.forward import document

    known = outcome_ids(found)
    chosen = tuple(str(one_of("outcome", each, known)) for each in view.outcomes)
    if view.kind == "levers" and shape is not Format.table:
        rows = [each.as_json() for each in _effects(asked, found, view.year, chosen or known)]
        write_rows(list(_flat(rows[0])) if rows else (), [_flat(each) for each in rows], shape, whole=rows)
    elif shape is Format.json:
        write_json(document(asked, found))
    elif shape is Format.csv:
        sys.stdout.write(found.as_csv())
    else:
        sys.stdout.writelines(f"{line}\n" for line in _table(asked, found, view, chosen))


def _effects(asked: WhatIf, found: Results, year: int | None, outcomes: Sequence[str]) -> tuple[LeverEffect, ...]:
    from tallystick.scenarios.effects import lever_effects

    return lever_effects(found, asked.scenarios, asked.levers, year, outcomes)


def idle_of(found: Results, outcomes: Sequence[str]) -> tuple[str, ...]:
    """Those of which no run of any scenario has any in any year."""
    some = {row.outcome for row in found.levels if row.figures.all.sd or row.figures.mean}
    return tuple(id for id in outcomes if id not in some)


def _names(found: Results, outcomes: Sequence[str]) -> list[str]:
    names = {row.outcome: row.name for row in found.levels}
    return [names[id] for id in outcomes]


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """One level of names, as a line of CSV needs it: "all_q50" for the median of all."""
    out = {name: value for name, value in row.items() if not isinstance(value, Mapping)}
    for part, spread in row.items():
        if isinstance(spread, Mapping):
            out |= {f"{part}_sd": spread["sd"]} | {f"{part}_q{q}": each for q, each in spread["quantiles"].items()}
    return out


def _table(asked: WhatIf, found: Results, view: View, outcomes: tuple[str, ...]) -> Iterator[str]:
    """The table's lines, then what has to be said with it."""
    from tallystick.cli import run_tables
    from tallystick.scenarios.effects import FIRST, MAIN, outcome_ids, widest_gap
    from tallystick.study.places import placed, places_of

    known, year = outcome_ids(found), found.years[-1] if view.year is None else view.year
    first, main = ([id for id in ids if id in known] for ids in (FIRST, MAIN))
    usual = first if view.kind in ("overview", "levers") else main
    idle = () if outcomes else idle_of(found, usual)
    shown = outcomes or [id for id in usual if id not in idle]
    told = placed(found, places_of(asked.programme))
    if view.kind == "overview":
        yield from run_tables.overview(told, shown, year)
    elif view.kind == "compare":
        yield from run_tables.side_by_side(told, shown, year)
    elif view.kind == "levers":
        effects = _effects(asked, told, year, shown)
        yield from run_tables.of_levers(effects, found.baseline)
        yield from run_tables.not_run(asked.levers.values(), effects)
    else:
        years = found.years if view.year is None else (year,)
        for each in asked.scenarios or (asked.baseline,):
            yield from run_tables.by_year(told, each, shown, years)
    yield from run_tables.left_out(_names(found, idle))
    yield from run_tables.notes(found, shown, chance=view.kind != "compare")
    yield from run_tables.pulled(asked.scenarios, asked.levers)
    yield from run_tables.words_of((asked.baseline, *asked.scenarios))
    gap = widest_gap(found)
    if gap is not None and asked.engine != "meanfield":
        yield from run_tables.gap_of(gap.row, gap.deviations)
