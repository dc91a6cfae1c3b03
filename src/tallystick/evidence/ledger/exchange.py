"""What another's ledger brings: both histories side by side, and what either erased gone from both.

Chains of others are taken over word for word and never mixed with one's own, which gets an entry of kind `merge` for
each that grew: {chain, head, length}. A number that has one hash here and another there is a fork: two copies of one
ledger were both added to, and no order of theirs is right. It is refused. What was erased anywhere does not come back
from anywhere; so whoever may hand you a ledger may also erase what yours holds (`Merged.erased` counts it, and
`rehearse` says so before it is done).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, BinaryIO, Final

from tallystick.evidence.ledger.engine import telling
from tallystick.evidence.ledger.entry import KEPT, MERGE, Entry, content_of
from tallystick.evidence.ledger.erase import delete, scrub
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.held import Erased, Held
from tallystick.evidence.ledger.portable import BEGINNING, lines_of, read
from tallystick.evidence.ledger.verify import Fault, faults_of, held

if TYPE_CHECKING:
    from tallystick.evidence.ledger.store import Ledger

ONE_COPY: Final = (
    "two copies of one ledger were both added to; keep one, and bring the other's documents in again with "
    "`tallystick read` in a workspace of its own"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What an import did."""

    entries: int  # that are new here
    chains: tuple[str, ...]  # that are new or longer here
    erased: int  # contents of this ledger that the other had erased
    withheld: int  # contents of the other that were erased here, and were not taken

    @property
    def nothing_new(self) -> bool:
        """Whether all of it was here already: an older export, or one's own. Then nothing was written."""
        return not self.entries


def no_check(entries: Sequence[Entry]) -> None:
    """For a ledger whose entries mean nothing to whoever takes them over."""


class _RehearsedError(Exception):
    """Ends a rehearsal, so that nothing is written."""


def export(ledger: Ledger, file: Path) -> int:
    """Write a ledger that holds to a file that `merge` reads; how many entries. An earlier export is replaced whole."""
    _check_place(file)
    with telling(ledger.engine, ledger.path):
        ledger.connection.execute("BEGIN").fetchall()  # one moment, whoever writes meanwhile
        try:
            _refuse(faults_of(held(ledger)), ledger.path.name)
            _write(file, ledger)
            return ledger.length
        finally:
            ledger.connection.execute("ROLLBACK").fetchall()


def merge(
    ledger: Ledger, file: Path, *, by: str, rehearse: bool = False, check: Callable[[Sequence[Entry]], None] = no_check
) -> Merged:
    """Take over what the file holds and this ledger does not, all or nothing; LedgerError names what forbids it.

    With `rehearse`, only say what it would do. `check` is given all entries that are new here and have their content,
    in order, when they stand and before they are kept; what it raises forbids the whole.
    """
    with _opened(file) as stream:
        theirs = read(stream, file.name)
    _refuse(faults_of(theirs), file.name)
    done: list[Merged] = []
    try:
        with ledger.writing():
            done.append(_take_over(ledger, theirs, file.name, by, check))
            if rehearse:
                raise _RehearsedError
    except _RehearsedError:
        return done[0]
    if done[0].erased:
        scrub(ledger)
    return done[0]


def _take_over(ledger: Ledger, theirs: Held, name: str, by: str, check: Callable[[Sequence[Entry]], None]) -> Merged:
    """Within `writing`."""
    ours = held(ledger)
    _refuse(faults_of(ours), ledger.path.name)
    new = _new(ours, theirs, name)
    for entry in new:
        ledger.insert_entry(entry)
    withheld = _bring_contents(ledger, new, theirs, ours)
    gone = _erased_here(ledger, ours)
    if gone:
        delete(ledger, gone)
    grown = tuple(sorted({entry.chain for entry in new}))
    ends = ledger.heads()
    ledger.place(
        ledger.own_draft(MERGE, {"chain": chain, "head": ends[chain][0], "length": ends[chain][1]}, by=by)
        for chain in grown
        if chain != ours.own
    )
    _refuse(faults_of(held(ledger)), name)
    check(_readable(new, theirs, ledger.erased()))
    return Merged(entries=len(new), chains=grown, erased=len(gone), withheld=withheld)


def _readable(new: Sequence[Entry], theirs: Held, gone: Erased) -> list[Entry]:
    """Of the entries that are new those that somebody made and nobody erased, with what they say, in order."""
    kept = [one for one in new if one.kind not in KEPT and one.hash in theirs.contents and not gone.holds(one)]
    ordered = sorted(kept, key=lambda entry: (entry.at, entry.hash))
    return [replace(one, content=content_of(theirs.contents[one.hash].body)) for one in ordered]


def _new(ours: Held, theirs: Held, name: str) -> Sequence[Entry]:
    """Their entries that we do not have, by chain and number; LedgerError at the first fork."""
    known = {(entry.chain, entry.number): entry.hash for entry in ours.entries}
    new = []
    for entry in sorted(theirs.entries, key=lambda one: (one.chain, one.number)):
        here = known.get((entry.chain, entry.number))
        if here is None:
            new.append(entry)
        elif here != entry.hash:
            problem = f"entry {entry.number} of chain {entry.chain} is {entry.hash}, but here it is {here}: a fork"
            raise LedgerError(problem, file=name, hint=ONE_COPY)
    return new


def _bring_contents(ledger: Ledger, new: Sequence[Entry], theirs: Held, ours: Held) -> int:
    """Write what their entries say, but for what was erased here; how many of those there are.

    What they erased has no content in their file, or the file would not hold.
    """
    gone, withheld = ours.erased(), 0
    for entry in new:
        kept = theirs.contents.get(entry.hash)
        if kept is None:
            continue
        if gone.holds(entry):
            withheld += 1
        else:
            ledger.insert_content(entry, kept.salt, kept.body)
    return withheld


def _erased_here(ledger: Ledger, ours: Held) -> list[str]:
    """Our entries whose content an entry that is new here erases."""
    gone = ledger.erased()
    return sorted(entry.hash for entry in ours.entries if entry.hash in ours.contents and gone.holds(entry))


def _refuse(found: Sequence[Fault], name: str) -> None:
    """LedgerError with the first fault, and how many there are."""
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise LedgerError(f"does not hold: {found[0]}{more}", file=name, hint=found[0].hint)


def _check_place(file: Path) -> None:
    """Refuse to write over what is no exported ledger."""
    if not file.exists():
        return
    if file.is_file():
        with _opened(file) as stream:
            if stream.read(len(BEGINNING)) == BEGINNING:
                return
    raise LedgerError("is there already, and is no exported ledger", file=file.name, hint="name another file")


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        hint = "name a file that `tallystick export --to ledger` wrote"
        raise LedgerError(f"cannot be read: {error.strerror}", file=file.name, hint=hint) from error


def _write(file: Path, ledger: Ledger) -> None:
    """The file appears whole or not at all, and only its owner may read it."""
    try:
        handle, draft = mkstemp(prefix=f".{file.name}.draft-", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines(lines_of(ledger))
                stream.flush()
                os.fsync(handle)
            Path(draft).replace(file)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        hint = "make room there, or name another file"
        raise LedgerError(f"cannot be written: {error.strerror}", file=file.name, hint=hint) from error
