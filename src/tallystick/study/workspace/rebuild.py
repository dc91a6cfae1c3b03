"""What is derived, worked out again from the ledger, and whether it was kept as the ledger says: `verify --rebuild`.

It compares the records of the state, and what each claim and each text left in the indexes of figures and of wording.
What still waits to be taken into an index is not missing there. That a claim is in an index says nothing of whether it
is right.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path

from tallystick.reconcile.kinship.prints import TornPrintsError
from tallystick.study.workspace.kept import PRINTS, remove
from tallystick.study.workspace.relate import take_in
from tallystick.study.workspace.shelves import DamagedError
from tallystick.study.workspace.workspace import Workspace

Index = Mapping[str, int]  # a claim or text -> a sum over all rows that it left, in any order


def mend_torn(workspace: Workspace) -> bool:
    """Remove what is derived where it cannot be read from end to end; it is made again when it is next asked for."""
    try:
        whole = _is_whole(workspace)
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, DamagedError, TornPrintsError):
        whole = False
    if not whole:
        workspace.forget_state()
        remove(workspace.folder)
    return not whole


def rebuild(workspace: Workspace) -> dict[str, int]:
    """Work out again what is derived; how many records of each kind were kept otherwise than the ledger says."""
    clear = workspace.kept.clear
    figures, wording = _figures(workspace), _wording(workspace)
    unplaced, unmarked = set(clear.unplaced), set(clear.unmarked)
    differing = workspace.rebuild()
    take_in(workspace, write_from=1)
    found = {
        "figures": _differing(figures, _figures(workspace), unplaced),
        "wording": _differing(wording, _wording(workspace), unmarked),
    }
    return differing | {name: count for name, count in found.items() if count}


def _is_whole(workspace: Workspace) -> bool:
    for shelf in workspace.kept.shelves:
        for name in shelf:
            assert shelf[name] is not None
    assert workspace.prints is not None
    with closing(_prints(workspace.folder)) as prints:
        checked = [each.execute("pragma quick_check").fetchall() for each in (workspace.kept.file, prints)]
    return all(said == [("ok",)] for said in checked)


def _figures(workspace: Workspace) -> Index:
    file = workspace.kept.file
    rows = (row for table in ("figure", "named") for row in file.execute(f"select claim, * from {table}"))
    return _summed((str(name), (len(row), *row)) for name, *row in rows)


def _wording(workspace: Workspace) -> Index:
    assert workspace.prints is not None  # which notes what waits, where the file is new
    with closing(_prints(workspace.folder)) as file:
        names = dict(file.execute("select number, id from text"))
        texts = ((str(name), tuple(row)) for name, *row in file.execute("select id, prints, runs from text"))
        held = file.execute("select text, hash from mark")
        marks = ((str(names.get(number, number)), (mark,)) for number, mark in held)
        return _summed(chain(texts, marks))


def _prints(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / PRINTS, isolation_level=None)


def _summed(rows: Iterator[tuple[str, tuple[object, ...]]]) -> Index:
    sums: dict[str, int] = defaultdict(int)
    for name, row in rows:
        sums[name] += hash(row)
    return sums


def _differing(one: Index, other: Index, waiting: set[str]) -> int:
    return sum(one.get(name) != other.get(name) for name in (one.keys() | other.keys()) - waiting)
