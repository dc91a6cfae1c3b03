"""Whether a ledger is what was written: every link, hash, number and commitment, and every content that should be there.

What is found, by the promise that is broken:

    the chain        an entry that is not what its hash says, follows another entry than it names, or is missing
    the content      one that is not what was committed to, that is missing though nobody erased it, that is there though
                     somebody did, or that belongs to no entry
    what is named    an erasure of entries that are not there, a merge with a chain that is not there as it was then
    the file         pages, tables and indexes of SQLite; its own chain; erased content that still has to be overwritten

A chain that was cut off at its end holds in itself. That is found where another ledger merged it, by the merge entry
that states its head and length; and by a head that was printed elsewhere (`Ledger.holds`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tallystick.evidence.faults import printable, shown
from tallystick.evidence.ledger import schema
from tallystick.evidence.ledger.engine import telling
from tallystick.evidence.ledger.entry import ERASE, HASH, KEPT, MERGE, SALT, Entry, commitment_of, content_of, is_sound

if TYPE_CHECKING:
    from tallystick.evidence.ledger.store import Erased, Ledger

FROM_A_COPY: Final = "take the ledger from a copy that holds a head printed in a brief, or from a colleague's export"
DELETE_AGAIN: Final = "erase it again, in every copy: content that was erased has come back"


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


class Kept(NamedTuple):
    """What lies beside an entry."""

    salt: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that a ledger holds, as it was read and before anything of it is believed."""

    own: str
    entries: Sequence[Entry]  # without content, in any order
    contents: Mapping[str, Kept]  # by the hash of the entry


def faults(ledger: Ledger) -> tuple[Fault, ...]:
    """All that does not hold in a ledger's file."""
    with telling(ledger.engine, ledger.path):
        ledger.connection.execute("BEGIN").fetchall()  # one state of the file, whoever writes meanwhile
        try:
            return (*_of_the_file(ledger), *faults_of(held(ledger)))
        finally:
            ledger.connection.execute("ROLLBACK").fetchall()


def held(ledger: Ledger) -> Held:
    """What the file holds, read from the tables themselves and not from an index."""
    from tallystick.evidence.ledger.store import COLUMNS, bare_entry

    settings = dict(ledger.all("SELECT key, value FROM ledger NOT INDEXED"))
    return Held(
        own=settings.get(schema.OWN, ""),
        entries=[bare_entry(row) for row in ledger.all(f"SELECT {COLUMNS} FROM entry NOT INDEXED")],
        contents={row[0]: Kept(*row[1:]) for row in ledger.all("SELECT hash, salt, body FROM content NOT INDEXED")},
    )


def _of_the_file(ledger: Ledger) -> Iterator[Fault]:
    """Pages and indexes, tables that are not as they were made, settings that nobody knows."""
    for (line,) in ledger.all("PRAGMA integrity_check"):
        if line != "ok":
            yield Fault(chain="", number=0, problem=f"the file is damaged: {printable(line)}")
    if found := schema.problem_with(ledger.connection):
        yield Fault(chain="", number=0, problem=f"the file {found[0]}", hint=found[1])
    for key, _ in ledger.all("SELECT key, value FROM ledger NOT INDEXED"):
        if key == schema.UNSCRUBBED:
            hint = "run any command that writes to this ledger while no other uses it"
            yield Fault(chain="", number=0, problem="erased content may still lie in unused pages", hint=hint)
        elif key != schema.OWN:
            yield Fault(chain="", number=0, problem=f"the table ledger holds {shown(key)}, which nothing writes")


def faults_of(found: Held) -> tuple[Fault, ...]:
    """All that does not hold among entries and contents, wherever they were read."""
    from tallystick.evidence.ledger.store import erased_by

    told, unreadable = _told(found)
    erased = erased_by(told)
    return (
        *_of_chains(found),
        *unreadable,
        *_of_contents(found, erased),
        *_of_erasures(found, told),
        *_of_merges(found, told),
    )


def _fault(entry: Entry, problem: str, hint: str = FROM_A_COPY) -> Fault:
    number = entry.number if isinstance(entry.number, int) else 0
    return Fault(chain=printable(str(entry.chain)), number=number, problem=problem, hint=hint)


def _by_chain(found: Held) -> dict[str, list[Entry]]:
    """The entries that are sound, chain by chain, in the order of their numbers."""
    chains: dict[str, list[Entry]] = {}
    for entry in found.entries:
        if is_sound(entry):
            chains.setdefault(entry.chain, []).append(entry)
    for chain in chains.values():
        chain.sort(key=lambda entry: entry.number)
    return chains


def _of_chains(found: Held) -> Iterator[Fault]:
    yield from (
        _fault(entry, f"is not what its hash {shown(entry.hash)} says")
        for entry in found.entries
        if not is_sound(entry)
    )
    chains = _by_chain(found)
    if found.own not in chains:
        yield Fault(chain="", number=0, problem=f"its own chain, {shown(found.own)}, is not there")
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


def _told(found: Held) -> tuple[list[Entry], list[Fault]]:
    """The entries that the ledger writes itself, with what they say, and those whose content cannot be read."""
    told, unreadable = [], []
    for entry in found.entries:
        if entry.kind in KEPT and entry.hash in found.contents:
            content = _read(found.contents[entry.hash])
            if isinstance(content, str):
                unreadable.append(_fault(entry, f"its content {content}"))
            else:
                told.append(_with(entry, content))
    return told, unreadable


def _with(entry: Entry, content: Mapping[str, Any]) -> Entry:
    from dataclasses import replace

    return replace(entry, content=content)


def _read(kept: Kept) -> dict[str, Any] | str:
    """The content, or why it is none."""
    try:
        return content_of(kept.body)
    except (ValueError, TypeError) as error:
        return printable(str(error))


def _of_contents(found: Held, erased: Erased) -> Iterator[Fault]:
    known = {entry.hash for entry in found.entries}
    for entry in found.entries:
        kept = found.contents.get(entry.hash)
        if kept is None:
            if not erased.holds(entry):
                yield _fault(entry, "its content is missing, and no entry says that it was erased")
        elif erased.holds(entry):
            yield _fault(entry, "its content is there, though an entry says that it was erased", DELETE_AGAIN)
        else:
            yield from _of_content(entry, kept)
    for hash_ in found.contents:
        if hash_ not in known:
            yield Fault(chain="", number=0, problem=f"the content of {shown(hash_)} belongs to no entry")


def _of_content(entry: Entry, kept: Kept) -> Iterator[Fault]:
    if not (isinstance(kept.salt, bytes) and isinstance(kept.body, bytes) and len(kept.salt) == SALT):
        yield _fault(entry, "its content or salt is of a kind or length that nothing writes")
    elif commitment_of(kept.salt, kept.body) != entry.commitment:
        yield _fault(entry, "its content is not what was committed to")
    elif entry.kind not in KEPT and isinstance(problem := _read(kept), str):
        yield _fault(entry, f"its content {problem}")


def _of_erasures(found: Held, told: Sequence[Entry]) -> Iterator[Fault]:
    by_hash = {entry.hash: entry for entry in found.entries}
    for entry in told:
        if entry.kind == ERASE:
            yield from _of_erasure(entry, by_hash)


def _of_erasure(entry: Entry, by_hash: Mapping[str, Entry]) -> Iterator[Fault]:
    content = entry.content or {}
    hashes, subjects = content.get("entries"), content.get("subjects")
    if not (_are_texts(hashes) and _are_texts(subjects)):
        yield _fault(entry, "says that content was erased, but not of which entries and subjects")
        return
    for one in hashes:
        if one not in by_hash:
            yield _fault(entry, f"says that {shown(one)} was erased, and there is no such entry")
        elif by_hash[one].kind in KEPT:
            yield _fault(entry, f"says that entry {one} was erased, whose kind {by_hash[one].kind} cannot be")


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _of_merges(found: Held, told: Sequence[Entry]) -> Iterator[Fault]:
    """Chains of others are there as they were when they were merged, and none is there that was not merged."""
    chains = _by_chain(found)
    places = {(entry.chain, entry.number): entry.hash for chain in chains.values() for entry in chain}
    last: dict[str, tuple[int, str]] = {}
    for entry in sorted(told, key=lambda one: (str(one.at), str(one.hash))):
        if entry.kind == MERGE and entry.content is not None:
            chain, number, head = (entry.content.get(name) for name in ("chain", "length", "head"))
            if not (isinstance(chain, str) and isinstance(number, int) and isinstance(head, str)):
                yield _fault(entry, "says that a chain was merged, but not which, and up to where")
            elif places.get((chain, number)) != head:
                yield _fault(entry, f"merged entry {number} of chain {chain} as {head}: it is not there")
            elif entry.chain == found.own:
                last[chain] = (number, head)
    for name, chain in chains.items():
        end = chain[-1]
        if name != found.own and last.get(name) != (end.number, end.hash):
            yield _fault(end, "ends a chain of another ledger that was not merged up to here")
    yield from _twice(found)


def _twice(found: Held) -> Iterator[Fault]:
    counted = Counter(entry.hash for entry in found.entries)
    for entry in found.entries:
        if counted[entry.hash] > 1 and HASH.match(str(entry.hash)):
            yield _fault(entry, f"has the hash {entry.hash} of another entry")
