"""Rows that say nothing, as `hand/withheld.csv` has them: what they said is safe in no file.

They are read and checked like any other. Their words stand nowhere, the programme's own files included: there they read
"withheld", and a row that says anything more is refused. A statement keeps its id, its report, its days and the cells
that would be silent without it. A claim keeps its figure in its file and loses it on reading: it joins its origin and
can be no observation. Readers are told that the row is left out, and no reason. A programme may have none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from tallystick.evidence.cells import Cells
from tallystick.evidence.claim_rows import CLAIMS
from tallystick.evidence.context_rows import EVENTS, INSTEAD, STATEMENTS, WITHHELD
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder
from tallystick.vocab.programme import Programme

WITHHELD_COLUMNS: Final = ("id", "kind", "why", "judged_by", "judged_on")
LEFT_OUT: Final = "Left out to protect people."  # what readers are given, and nothing else of the row
WORDS: Final = {  # by kind of row: its file, the field that says what it says, and those that say more of it
    "claim": (CLAIMS, "note", ("region", "hedge", "period_start", "period_end")),
    "event": (EVENTS, "title", ("note", "place", "actors")),
    "statement": (
        STATEMENTS,
        "statement",
        ("note", "place", "hedge", "actors", "kind", "paragraph", "asserted_by", "related_claims"),
    ),
}


def check_withheld(folder: Folder, known: Mapping[str, Collection[str]], faults: Faults) -> None:
    """Fault every row that names no row of its kind, or one twice, or gives no reason; and every named row that still
    says something. `known`: ids by kind."""
    before, seen = len(faults), dict[str, int]()
    for row in folder.rows.get(WITHHELD, ()):
        cells = Cells(row, faults)
        name = _named(cells, known, faults)
        if name in seen and faults.may_name(name):
            cells.fault("id", f"{shown(name)} is withheld twice, first in row {seen[name]}", "keep one of the rows")
        seen.setdefault(name, row.number)
        for field in ("why", "judged_by"):
            cells.text(field, required=True)
        cells.day("judged_on", required=True)
    if len(faults) == before:  # with one of them in doubt, the row that it means would be at fault too
        _check_words(folder, seen, faults)


def _named(cells: Cells, known: Mapping[str, Collection[str]], faults: Faults) -> str:
    name, kind = cells.identifier(), cells.choice("kind", tuple(WORDS), what="kind of row")
    if kind in known and name and name not in known[kind] and faults.may_name(name):
        cells.fault("id", f"no {kind} is called {shown(name)}", "mend the id or the kind")
    return name


def _check_words(folder: Folder, withheld: Collection[str], faults: Faults) -> None:
    """Withheld rows say nothing, and no other row says that it is withheld. No fault repeats a word of them."""
    for file, says, more in WORDS.values():
        for row in folder.rows[file]:
            cells, is_withheld = Cells(row, faults), row.cells["id"] in withheld
            if is_withheld != (row.cells[says] == INSTEAD):
                hint = f'write "{INSTEAD}" here and nothing more' if is_withheld else f"name it in {WITHHELD}, with why"
                cells.fault(says, f"does not agree with {WITHHELD}", hint)
            for field in more if is_withheld else ():
                if row.cells[field]:
                    cells.fault(field, f"says something of a row that {WITHHELD} names", "leave it blank")


def withheld(programme: Programme) -> frozenset[str]:
    """Ids of the rows that are left out."""
    return frozenset(row["id"] for row in programme.hand.get("withheld", ()))


def left_out(programme: Programme) -> Programme:
    """The programme with one sign in place of each withheld row's words, and no figure of a withheld claim."""
    ids = withheld(programme)
    return replace(
        programme,
        claims=tuple(
            replace(row, note=LEFT_OUT, low=None, point=None, high=None) if row.id in ids else row
            for row in programme.claims
        ),
        events=tuple(replace(row, title=LEFT_OUT) if row.id in ids else row for row in programme.events),
        statements=tuple(replace(row, statement=LEFT_OUT) if row.id in ids else row for row in programme.statements),
    )
