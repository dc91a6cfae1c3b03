"""Whether `apart.toml`, where a programme has one, is of the right form and speaks of places that claims speak of.

Whether each row that it names is there on a given day is for `reconcile` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tallystick.evidence.entries import Entry
from tallystick.evidence.faults import Faults, shown
from tallystick.evidence.folder import Folder
from tallystick.vocab.records import Claim

FILE = "apart.toml"
KINDS = ("measures", "not_workers", "fall", "place", "dating", "in_words", "uncounted")
TWO = 2  # datings that are laid beside each other


def check_apart_table(folder: Folder, claims: Sequence[Claim], measures: Collection[str], faults: Faults) -> None:
    """Note every fault of the file."""
    if FILE not in folder.tables:
        return
    whole = Entry(FILE, None, folder.tables[FILE], faults)
    whole.only(KINDS)
    whole.choices("measures", measures, what="measure", required=False)
    whole.texts("not_workers", required=False)
    _falls(whole)
    _places(whole, claims)
    _datings(whole)
    _words(whole, faults)
    for entry in whole.tables("uncounted", keys=("claim", "why"), required=False):
        entry.identifier("claim")
        entry.text("why")


def _falls(whole: Entry) -> None:
    keys = ("name", "before", "after", "kinds", "visas", "later")
    for entry in whole.tables("fall", keys=keys, required=False):
        for key in ("name", "kinds"):
            entry.text(key)
        for key in ("before", "after"):
            entry.identifier(key)
        for key in ("visas", "later"):
            entry.texts(key)


def _places(whole: Entry, claims: Sequence[Claim]) -> None:
    regions, hosts = {claim.region for claim in claims}, {claim.host for claim in claims}
    seen: set[str] = set()
    for entry in whole.tables("place", keys=("id", "name", "regions", "hosts", "claims"), required=False):
        name = entry.identifier()
        if name in seen:
            entry.fault("id", f"{shown(name)} stands twice", "rename one")
        seen.add(name)
        entry.text("name")
        entry.choices("regions", regions, what="region")
        entry.choices("hosts", hosts, what="host")
        entry.texts("claims")


def _datings(whole: Entry) -> None:
    for entry in whole.tables("dating", keys=("events",), required=False):
        entry.texts("events")
        events = entry.values.get("events")
        if isinstance(events, list) and len(events) != TWO:
            entry.fault("events", f"names {len(events)}", "two datings of one event are laid beside each other")


def _words(whole: Entry, faults: Faults) -> None:
    words = whole.values.get("in_words", {})
    if not isinstance(words, dict):
        whole.fault("in_words", f"{shown(words)} is no table", "begin it with [in_words]")
        return
    told = Entry(FILE, None, words, faults, kind="in_words")
    for claim in words:
        told.text(claim)
