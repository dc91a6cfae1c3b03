"""Whether `system.toml`, where a programme has one, is of the right form and names only rows that exist.

Which parameters and elements there have to be is for the model to say; here each entry is checked for itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder

FILE = "system.toml"
STATUSES = ("reported", "assumed", "reported, size assumed")
PRIOR = ("value", "from", "transform", "median", "sd", "why")
CITED = re.compile(r"\[([^\]]+)\]")


def check_system_table(folder: Folder, known: Collection[str], faults: Faults) -> None:
    """Note every fault of the file; `known` are the ids of all rows."""
    if FILE not in folder.tables:
        return
    whole = Entry(FILE, None, folder.tables[FILE], faults)
    whole.only(("region", "element", "parameter", "beside"))
    _named(whole, "region", "id", ("name",), known, faults, required=False)
    _named(whole, "element", "id", ("status", "says"), known, faults)
    _priors(whole, "parameter", (), known, faults)
    _priors(whole, "beside", ("unit",), known, faults)


def _named(
    whole: Entry, kind: str, key: str, texts: Collection[str], known: Collection[str], faults: Faults, *,
    required: bool = True,
) -> None:  # fmt: skip
    seen: set[str] = set()
    for entry in whole.tables(kind, keys=(key, *texts, "evidence"), required=required):
        _once(entry, key, seen)
        for text in texts:
            _ = entry.choice(text, STATUSES, what=text) if text == "status" else entry.text(text)
        evidence = entry.texts("evidence")
        _cites(entry, "evidence", evidence, known, faults)
        if entry.values.get("status") == "reported" and not evidence:
            entry.fault("evidence", "is empty, yet it is called reported", "name the rows, or call it assumed")


def _priors(whole: Entry, kind: str, texts: Collection[str], known: Collection[str], faults: Faults) -> None:
    seen: set[str] = set()
    for entry in whole.tables(kind, keys=("name", *texts, *PRIOR)):
        _once(entry, "name", seen)
        for text in (*texts, "why"):
            entry.text(text)
        if "transform" in entry.values:
            entry.number("median", above=0)
            entry.number("sd", above=0)
        elif "value" in entry.values:
            entry.number("value")
        else:
            entry.text("from")
        cited = [name.strip() for group in CITED.findall(str(entry.values.get("why", ""))) for name in group.split(",")]
        _cites(entry, "why", cited, known, faults)


def _once(entry: Entry, key: str, seen: set[str]) -> None:
    name = entry.identifier(key)
    if name in seen:
        entry.fault(key, f"{shown(name)} stands twice", "rename one")
    seen.add(name)


def _cites(entry: Entry, key: str, names: Collection[str], known: Collection[str], faults: Faults) -> None:
    unknown = [name for name in names if name and name not in known and faults.may_name(name)]
    if unknown:
        entry.fault(key, f"no row is called {', '.join(map(shown, unknown))}", "mend the id")
