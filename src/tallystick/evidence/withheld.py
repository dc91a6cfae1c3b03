"""Rows whose wording no output may print, as `hand/withheld.csv` has them.

They are read, checked and counted like any other: only what they say is taken out, here and once, before anything
that prints can see it. The row keeps its id, its report and paragraph, and what it speaks to. A programme may have
none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from tallystick.evidence.cells import Cells
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim, Entity, Event, Statement

WITHHELD: Final = "hand/withheld.csv"
WITHHELD_COLUMNS: Final = ("id", "kind", "why", "judged_by", "judged_on")
KINDS: Final = ("claim", "entity", "event", "statement")


def check_withheld(folder: Folder, known: Mapping[str, Collection[str]], faults: Faults) -> None:
    """Fault every row that names no row of its kind, or one twice, or gives no reason. `known`: ids by kind."""
    seen: dict[str, int] = {}
    for row in folder.rows.get(WITHHELD, ()):
        cells = Cells(row, faults)
        name = _named(cells, known, faults)
        if name in seen and faults.may_name(name):
            cells.fault("id", f"{shown(name)} is withheld twice, first in row {seen[name]}", "keep one of the rows")
        seen.setdefault(name, row.number)
        for field in ("why", "judged_by"):
            cells.text(field, required=True)
        cells.day("judged_on", required=True)


def _named(cells: Cells, known: Mapping[str, Collection[str]], faults: Faults) -> str:
    name, kind = cells.identifier(), cells.choice("kind", KINDS, what="kind of row")
    if kind in known and name and name not in known[kind] and faults.may_name(name):
        cells.fault("id", f"no {kind} is called {shown(name)}", "mend the id or the kind")
    return name


def without_wordings(programme: Programme) -> Programme:
    """The programme with every withheld row's wording gone."""
    why = {(row["kind"], row["id"]): instead(row["why"]) for row in programme.hand.get("withheld", ())}
    return replace(
        programme,
        claims=tuple(_claim(row, why.get(("claim", row.id))) for row in programme.claims),
        entities=tuple(_entity(row, why.get(("entity", row.id))) for row in programme.entities),
        events=tuple(_event(row, why.get(("event", row.id))) for row in programme.events),
        statements=tuple(_statement(row, why.get(("statement", row.id))) for row in programme.statements),
    )


def instead(why: str) -> str:
    """What stands in place of a wording."""
    return f"wording withheld: {why}"


def _claim(row: Claim, words: str | None) -> Claim:
    return row if words is None else replace(row, note=words, title="", region="", hedge="")


def _entity(row: Entity, words: str | None) -> Entity:
    return row if words is None else replace(row, name=words, role="", aliases=())


def _event(row: Event, words: str | None) -> Event:
    return row if words is None else replace(row, title=words, note="", place="", actors=())


def _statement(row: Statement, words: str | None) -> Statement:
    return row if words is None else replace(row, statement=words, note="", place="", hedge="", actors=())
