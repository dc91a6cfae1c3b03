"""Drivers, levers, systems and predictions: what the reports say about the whole, in TOML and in our own words.

Each names the rows that it rests on; a name without a row is a fault, so that no sentence of a brief hangs loose. A
programme whose reports say nothing of one of them has no such file, and its brief no such chapter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder
from tallystick.evidence.hand_rows import PREDICTIONS, Judgement, read_prediction_states

PREDICTION_TABLE = "predictions"
DRIVER_KINDS = ("switch", "pulse", "deadline", "influence")
STATUSES = ("reported", "assumed", "reported, size assumed")
TABLES: Mapping[str, tuple[str, Sequence[str]]] = {  # file -> name of its tables, and texts that each must have
    "drivers.toml": ("driver", ("id", "name", "kind", "says", "status")),
    "levers.toml": ("lever", ("id", "name", "says", "status")),
    "systems.toml": ("system", ("id", "name", "can_say", "cannot_say", "works_when")),
    "predictions.toml": ("prediction", ("id", "name", "wording", "said_by", "check")),
}
DAYS: Mapping[str, Sequence[str]] = {
    "drivers.toml": ("start", "end"),
    "predictions.toml": ("said_earliest", "said_latest", "due"),
}
LISTS: Mapping[str, Sequence[str]] = {"drivers.toml": ("acts_on",), "levers.toml": ("acts_on",)}
EARLIEST_AND_LATEST = (("start", "end"), ("said_earliest", "said_latest"))


def read_account_tables(folder: Folder, known: Collection[str], faults: Faults) -> dict[str, Mapping[str, Any]]:
    """Those of the four files that there are, by stem, as they stand; `known` are the ids of all rows."""
    there = (file for file in TABLES if file in folder.tables)
    return {file.removesuffix(".toml"): _read(folder, file, known, faults) for file in there}


def read_predictions(
    folder: Folder, tables: Mapping[str, Mapping[str, Any]], known: Collection[str], faults: Faults
) -> dict[str, Mapping[str, Any]]:
    """The predictions, each with `state`, `reason`, `evidence_of_state`, `judged_by` and `judged_on`."""
    states = read_prediction_states(folder, faults) if PREDICTIONS in folder.rows else ()
    by_id = {state.subject: state for state in states}
    entries = list(tables.get(PREDICTION_TABLE, {}).get("prediction", []))
    _check_states(entries, by_id, known, faults)
    if PREDICTION_TABLE not in tables:
        return {}
    return {PREDICTION_TABLE: {"prediction": [entry | _state(by_id.get(entry.get("id", ""))) for entry in entries]}}


def _state(judged: Judgement | None) -> dict[str, Any]:
    if judged is None:
        return {}
    return {
        "state": judged.verdict,
        "reason": judged.reason,
        "evidence_of_state": list(judged.evidence),
        "judged_by": judged.judged_by,
        "judged_on": judged.judged_on,
    }


def _check_states(
    entries: Sequence[Mapping[str, Any]], states: Mapping[str, Judgement], known: Collection[str], faults: Faults
) -> None:
    names = {entry.get("id", "") for entry in entries}
    for name in sorted(names - set(states)):
        faults.add(f"prediction {shown(name)} is not judged", file=PREDICTIONS, field="id", hint="write open")
    for judged in states.values():
        if judged.subject not in names:
            problem = f"no prediction is called {shown(judged.subject)}"
            faults.add(
                problem, file=PREDICTIONS, row=judged.row, field="id", hint="the id is the one of predictions.toml"
            )
        unknown = [name for name in judged.evidence if name and name not in known and faults.may_name(name)]
        if unknown:
            problem = f"no row is called {', '.join(map(shown, unknown))}"
            faults.add(problem, file=PREDICTIONS, row=judged.row, field="evidence", hint="mend the id")


def _read(folder: Folder, file: str, known: Collection[str], faults: Faults) -> Mapping[str, Any]:
    table = folder.tables[file]
    kind, texts = TABLES[file]
    whole = Entry(file, None, table, faults)
    whole.only((kind,))
    keys = (*texts, "evidence", *LISTS.get(file, ()), *DAYS.get(file, ()))
    seen: set[str] = set()
    for entry in whole.tables(kind, keys=keys):
        _check_entry(entry, file, texts, known, faults)
        name = entry.values.get("id")
        if isinstance(name, str) and name in seen:
            entry.fault("id", f"{shown(name)} stands twice", "rename one")
        seen.add(str(name))
    return table


def _check_entry(entry: Entry, file: str, texts: Sequence[str], known: Collection[str], faults: Faults) -> None:
    for key in texts:
        if key == "id":
            entry.identifier()
        elif key in ("kind", "status"):
            entry.choice(key, DRIVER_KINDS if key == "kind" else STATUSES, what=key)
        else:
            entry.text(key)
    for key in LISTS.get(file, ()):
        entry.texts(key)
    _check_days(entry, DAYS.get(file, ()))
    unknown = [name for name in entry.texts("evidence") if name and name not in known and faults.may_name(name)]
    if unknown:
        entry.fault("evidence", f"no row is called {', '.join(map(shown, unknown))}", "mend the id")


def _check_days(entry: Entry, keys: Sequence[str]) -> None:
    days = {key: entry.day(key, required=False) for key in keys}
    for first, last in EARLIEST_AND_LATEST:
        start, end = days.get(first), days.get(last)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            entry.fault(last, f"{end} is before {first} ({start})", "swap them, or mend the one that is wrong")
