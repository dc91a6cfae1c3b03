"""Whether a ledger is what was written: every link, hash, number and commitment, and every content that is due.

What is found, by the promise that is broken:

    the chain        an entry that is not what its hash says, follows another entry than it names, or is missing
    the content      one that is not what was committed to, that is missing though nobody erased it, that is there
                     though somebody did, or that belongs to no entry
    what is named    an erasure of entries that are not there, a merge with a chain that is not there as it was then
    the file         pages, tables and indexes of SQLite; its own chain; erased content still to be overwritten

A chain that was cut off at its end holds in itself. That is found where another ledger merged it, by the merge entry
that states its head and length; and by a head that was printed elsewhere (`Ledger.holds`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from tallystick.evidence.faults import printable, shown
from tallystick.evidence.ledger import schema
from tallystick.evidence.ledger.engine import telling
from tallystick.evidence.ledger.entry import ERASE, KEPT, MERGE, SALT, Entry, commitment_of, content_of, is_sound
from tallystick.evidence.ledger.held import COLUMNS, Erased, Held, Kept, bare_entry

if TYPE_CHECKING:
    from tallystick.evidence.ledger.store import Ledger

Chains = Mapping[str, Sequence[Entry]]  # the sound entries of each chain, by number
FROM_A_COPY: Final = "take the ledger from a copy that holds a head printed in a brief, or from a colleague's export"
ERASE_AGAIN: Final = "take it out of every copy, too: what was erased has come back from one"
ALONE: Final = "run a command that writes to this ledger while no other uses it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not hold. `chain` is "" and `number` 0 where it concerns the file as a whole."""

    chain: str
    number: int
    problem: str
    hint: str = FROM_A_COPY

    def __str__(self) -> str:
        place = f"chain {self.chain[:12]}, entry {self.number}: " if self.chain else ""
        return place + self.problem


def faults(ledger: Ledger) -> tuple[Fault, ...]:
    """All that does not hold in a ledger's file, at one moment, whoever writes meanwhile."""
    with telling(ledger.engine, ledger.path):
        ledger.connection.execute("BEGIN").fetchall()
        try:
            return (*_of_the_file(ledger), *faults_of(held(ledger)))
        finally:
            ledger.connection.execute("ROLLBACK").fetchall()


def held(ledger: Ledger) -> Held:
    """What the file holds, read from the tables themselves and not from an index."""
    settings = dict(ledger.all("SELECT key, value FROM ledger NOT INDEXED"))
    return Held(
        own=settings.get(schema.OWN, ""),
        entries=[bare_entry(row) for row in ledger.all(f"SELECT {COLUMNS} FROM entry NOT INDEXED")],
        contents={row[0]: Kept(*row[1:]) for row in ledger.all("SELECT hash, salt, body FROM content NOT INDEXED")},
    )


def _of_the_file(ledger: Ledger) -> Iterator[Fault]:
    """Pages and indexes, tables that are not as they were made, settings that nothing writes."""
    for (line,) in ledger.all("PRAGMA integrity_check"):
        if line != "ok":
            yield _of_all(f"the file is damaged: {printable(str(line))}")
    if found := schema.problem_with(ledger.connection):
        yield _of_all(*found)
    for (key,) in ledger.all("SELECT key FROM ledger NOT INDEXED"):
        if key == schema.UNSCRUBBED:
            yield _of_all("content was erased, but is not overwritten yet", ALONE)
        elif key != schema.OWN:
            yield _of_all(f"the table ledger holds {shown(key)}, which nothing writes")


def faults_of(found: Held) -> tuple[Fault, ...]:
    """All that does not hold among entries and contents, wherever they were read."""
    sound = [entry for entry in found.entries if is_sound(entry)]
    chains = _by_chain(sound)
    told = found.told()
    return (
        *_of_unsound(found, {id(entry) for entry in sound}),
        *_of_chains(found, chains),
        *_of_contents(found, found.erased()),
        *_of_erasures(found, told),
        *_of_merges(found, told, chains),
    )


def _of_all(problem: str, hint: str = FROM_A_COPY) -> Fault:
    return Fault(chain="", number=0, problem=problem, hint=hint)


def _fault(entry: Entry, problem: str, hint: str = FROM_A_COPY) -> Fault:
    number = entry.number if isinstance(entry.number, int) else 0
    return Fault(chain=printable(str(entry.chain)), number=number, problem=problem, hint=hint)


def _by_chain(sound: Sequence[Entry]) -> Chains:
    chains: dict[str, list[Entry]] = {}
    for entry in sorted(sound, key=lambda one: one.number):
        chains.setdefault(entry.chain, []).append(entry)
    return chains


def _of_unsound(found: Held, sound: set[int]) -> Iterator[Fault]:
    for entry in found.entries:
        if id(entry) not in sound:
            yield _fault(entry, f"is not what its hash {shown(entry.hash)} says")


def _of_chains(found: Held, chains: Chains) -> Iterator[Fault]:
    if found.own not in chains:
        yield _of_all(f"its own chain, {shown(found.own)}, is not there")
    for chain in chains.values():
        if chain[0].number != 1:
            yield _fault(chain[0], f"is the first that is there: entries 1 to {chain[0].number - 1} are missing")
        for above, entry in pairwise(chain):
            yield from _of_link(above, entry)


def _of_link(above: Entry, entry: Entry) -> Iterator[Fault]:
    if entry.number == above.number:
        yield _fault(entry, f"is there twice, with the hashes {above.hash} and {entry.hash}")
    elif entry.number != above.number + 1:
        yield _fault(entry, f"follows entry {above.number}: those between are missing")
    elif entry.previous != above.hash:
        yield _fault(entry, f"follows {entry.previous}, but entry {above.number} is {above.hash}")
    elif entry.at <= above.at:
        yield _fault(entry, f"was made at {entry.at}, not after entry {above.number} at {above.at}")


def _of_contents(found: Held, erased: Erased) -> Iterator[Fault]:
    for entry in found.entries:
        kept = found.contents.get(entry.hash)
        if kept is None:
            if not erased.holds(entry):
                yield _fault(entry, "its content is missing, and no entry says that it was erased")
        elif erased.holds(entry):
            yield _fault(entry, "its content is there, though an entry says that it was erased", ERASE_AGAIN)
        else:
            yield from _of_content(entry, kept)
    for one in found.contents.keys() - {entry.hash for entry in found.entries}:
        yield _of_all(f"the content of {shown(one)} belongs to no entry")


def _of_content(entry: Entry, kept: Kept) -> Iterator[Fault]:
    if not (isinstance(kept.salt, bytes) and isinstance(kept.body, bytes) and len(kept.salt) == SALT):
        yield _fault(entry, "its content or salt is of a kind or length that nothing writes")
    elif commitment_of(kept.salt, kept.body) != entry.commitment:
        yield _fault(entry, "its content is not what was committed to")
    else:
        try:
            content_of(kept.body)
        except ValueError as error:
            yield _fault(entry, f"its content {printable(str(error))}")


def _of_erasures(found: Held, told: Sequence[Entry]) -> Iterator[Fault]:
    kinds = {entry.hash: entry.kind for entry in found.entries}
    for entry in told:
        if entry.kind == ERASE:
            yield from _of_erasure(entry, kinds)


def _of_erasure(entry: Entry, kinds: Mapping[str, str]) -> Iterator[Fault]:
    hashes, subjects = ((entry.content or {}).get(name) for name in ("entries", "subjects"))
    if not (_are_texts(hashes) and _are_texts(subjects)):
        yield _fault(entry, "says that content was erased, but not of which entries and subjects")
    for one in hashes if _are_texts(hashes) else ():
        if one not in kinds:
            yield _fault(entry, f"says that {shown(one)} was erased, and there is no such entry")
        elif kinds[one] in KEPT:
            yield _fault(entry, f"says that entry {one} was erased, whose kind {kinds[one]} cannot be")


def _are_texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _of_merges(found: Held, told: Sequence[Entry], chains: Chains) -> Iterator[Fault]:
    """Chains of others are there as they were when they were merged, and none is there that was not."""
    places = {(entry.chain, entry.number): entry.hash for chain in chains.values() for entry in chain}
    merged = [entry for entry in told if entry.kind == MERGE]
    for entry in merged:
        chain, number, head = _merged(entry)
        if (known := places.get((chain, number))) is None or known != head:
            yield _fault(entry, f"merged entry {shown(number)} of chain {shown(chain)}, and it is not there as it was")
    own = {_merged(entry) for entry in merged if entry.chain == found.own}
    for name, entries in chains.items():
        end = entries[-1]
        if name != found.own and (name, end.number, end.hash) not in own:
            yield _fault(end, "is the end of another ledger's chain, which was not merged up to here")


def _merged(entry: Entry) -> tuple[str, int, str]:
    """The chain, length and head that a merge names; empty where it names something else."""
    chain, number, head = ((entry.content or {}).get(name) for name in ("chain", "length", "head"))
    if isinstance(chain, str) and isinstance(number, int) and isinstance(head, str):
        return chain, number, head
    return "", 0, ""
