"""What is easily read as one thing and is two: permits and people, plans and sightings, two datings of one event.

Which rows they are is data (`apart.toml`); what they come to is worked out here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tallystick.reconcile.chronology import narrowed
from tallystick.reconcile.permits import fall_in_permits
from tallystick.reconcile.records import Account, Dating, Fall, Place
from tallystick.reconcile.sightings import place_of
from tallystick.vocab.errors import EvidenceError
from tallystick.vocab.programme import Programme
from tallystick.vocab.records import Claim

TABLE, FILE = "apart", "apart.toml"
Rows = Sequence[Mapping[str, Any]]


def kept_apart(account: Account, programme: Programme) -> Account:
    """The account with falls in permits, places and datings; none of them where the programme names none."""
    table = programme.tables.get(TABLE, {})
    claims = {claim.id for claim in programme.claims}
    for number, row in enumerate(table.get("uncounted", ()), 1):
        _known((row["claim"],), claims, number, programme)
    _known((*table.get("in_words", ()), *table.get("not_workers", ())), claims, 1, programme)
    return replace(
        account,
        falls=tuple(_falls(table.get("fall", ()), programme)),
        places=tuple(_places(table, programme, account)),
        datings=tuple(_datings(table.get("dating", ()), programme)),
    )


def _falls(rows: Rows, programme: Programme) -> Iterator[Fall]:
    for number, entry in enumerate(rows, 1):
        named = [entry["before"], entry["after"], *entry["visas"], *entry["later"]]
        claims = {claim.id: claim for claim in programme.claims}
        if _known(named, claims, number, programme):
            before, after = claims[entry["before"]], claims[entry["after"]]
            visas, later = ([claims[id] for id in entry[field]] for field in ("visas", "later"))
            yield fall_in_permits(before, after, visas, later, entry["name"], entry["kinds"])


def _places(table: Mapping[str, Any], programme: Programme, account: Account) -> Iterator[Place]:
    """Persons, by measure, at a place: in one of its regions or hosts, or in a claim that the entry names."""
    measures, others = table.get("measures", ()), table.get("not_workers", ())
    for number, entry in enumerate(table.get("place", ()), 1):
        _known(entry["claims"], {claim.id for claim in programme.claims}, number, programme)
        there = sorted(claim.id for claim in programme.claims if claim.measure in measures and _is_there(claim, entry))
        yield place_of(entry["id"], entry["name"], programme, account, there, others)


def _is_there(claim: Claim, entry: Mapping[str, Any]) -> bool:
    return claim.region in entry["regions"] or claim.host in entry["hosts"] or claim.id in entry["claims"]


def _datings(rows: Rows, programme: Programme) -> Iterator[Dating]:
    events = {event.id: event for event in programme.events}
    for number, entry in enumerate(rows, 1):
        one, other = entry["events"]
        if _known((one, other), events, number, programme):
            try:
                yield narrowed(events[one], events[other])
            except ValueError as error:
                raise EvidenceError(str(error), file=FILE, row=number, field="events") from error


def _known(names: Iterable[str], rows: Collection[str], number: int, programme: Programme) -> bool:
    """False only where `as_of` has dropped a row; a name that never existed is a fault of the file."""
    missing = [name for name in names if name not in rows]
    if missing and programme.as_of is None:
        raise EvidenceError(f"no row is called {', '.join(missing)}", file=FILE, row=number, hint="mend the id")
    return not missing
