"""One entry of a ledger, and how it is hashed.

An entry is a line of the chain: its place, its time, who made it, what about, and a commitment to what it says. What it
says, its **content**, lies beside it with a salt of its own:

    commitment   SHA-256(0x02 || salt || body); salt 32 random bytes, body the canonical JSON of the content
    hash         SHA-256 of the canonical JSON of {at, by, chain, commitment, kind, number, previous, subject}
    chain        the hash of its first entry, `genesis`, which names no chain itself and stands as 64 zeros when hashed

The chain never holds the content, only the commitment. So content and salt can be deleted, and the chain still holds;
and who guesses the content cannot try the guess on what is left, since the salt is gone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from tallystick.evidence.faults import shown
from tallystick.evidence.root import canonical_json

CONTENT = b"\x02"  # before what is committed to; 0x00 and 0x01 stand before leaves and nodes of the evidence root
NONE = "0" * 64  # stands where there is no entry before, and for the chain in its first entry
SALT = 32  # bytes
DIGITS = 12  # of a commitment, in an id that is derived from it: 50,000 such ids meet by chance once in 200,000 ledgers
GENESIS, ERASE, MERGE = "genesis", "erase", "merge"
KEPT = frozenset({GENESIS, ERASE, MERGE})  # kinds that the ledger writes itself, and that cannot be erased
LONGEST = 200  # characters of a name or subject
NAMED = ("chain", "number", "previous", "at", "by", "kind", "subject", "commitment")  # what an entry's hash covers
HASH = re.compile(r"\A[0-9a-f]{64}\Z")
KIND = re.compile(r"\A[a-z]+(_[a-z]+)*\Z")
MOMENT = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry in its place. `content` is None where it was erased, and where only the chain was asked for."""

    chain: str
    number: int  # in its chain, from 1
    previous: str  # hash of the entry before
    at: str  # UTC to the microsecond, as `text_of` writes it: later in a chain is later in text
    by: str  # a pseudonym will do
    kind: str
    subject: str  # what it is about; "" for the kinds that the ledger writes itself
    commitment: str
    hash: str
    content: Mapping[str, Any] | None = None

    @property
    def moment(self) -> datetime:
        """When it was made, by the clock of the machine that made it."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to become an entry: content that is committed to and has no place yet.

    Its subject is known before it is written, so that other drafts may name it.
    """

    kind: str
    subject: str
    by: str
    salt: bytes
    body: bytes
    commitment: str
    derived: bool  # whether the subject is drawn from the commitment; then no other entry may have it


def draft_of(
    kind: str, content: Mapping[str, Any], *, by: str, salt: bytes, subject: str = "", prefix: str = ""
) -> Draft:
    """A draft about `subject`; or about what it brings in itself, whose id is `prefix` and 12 digits of the commitment.

    ValueError says which part is not fit to be kept.
    """
    body = body_of(content)
    commitment = commitment_of(salt, body)
    subject = prefix + commitment[:DIGITS] if prefix else subject
    for problem in (kind_fault(kind), name_fault(by, "by"), subject_fault(subject, kind)):
        if problem:
            raise ValueError(problem)
    return Draft(kind=kind, subject=subject, by=by, salt=salt, body=body, commitment=commitment, derived=bool(prefix))


def entry_of(draft: Draft, above: Entry | None, now: datetime) -> Entry:
    """The entry that the draft becomes below `above`; the first of a new chain where there is none."""
    named = {
        "chain": above.chain if above else NONE,
        "number": above.number + 1 if above else 1,
        "previous": above.hash if above else NONE,
        "at": text_of(now if above is None else max(now, above.moment + timedelta(microseconds=1))),
        "by": draft.by,
        "kind": draft.kind,
        "subject": draft.subject,
        "commitment": draft.commitment,
    }
    own = sha256(canonical_json(named)).hexdigest()
    return Entry(**{**named, "chain": above.chain if above else own, "hash": own})  # type: ignore[arg-type]


def hash_of(entry: Entry) -> str:
    """The hash that an entry ought to have, worked out from what else it says."""
    named = {name: getattr(entry, name) for name in NAMED}
    if entry.number == 1:
        named["chain"] = NONE
    return sha256(canonical_json(named)).hexdigest()


def is_sound(entry: Entry) -> bool:
    """Whether an entry by itself is one that could have been written: each part of its kind, and its hash its own."""
    texts = (entry.chain, entry.previous, entry.at, entry.by, entry.kind, entry.subject, entry.commitment, entry.hash)
    if not (isinstance(entry.number, int) and entry.number > 0 and all(isinstance(one, str) for one in texts)):
        return False
    hashes = (entry.chain, entry.previous, entry.commitment, entry.hash)
    if not (all(map(HASH.match, hashes)) and MOMENT.match(entry.at) and _is_moment(entry.at)):
        return False
    if kind_fault(entry.kind) or name_fault(entry.by, "by") or subject_fault(entry.subject, entry.kind):
        return False
    first = entry.number == 1
    if first != (entry.kind == GENESIS) or first != (entry.previous == NONE) or first != (entry.chain == entry.hash):
        return False
    return hash_of(entry) == entry.hash


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def commitment_of(salt: bytes, body: bytes) -> str:
    """What stands in the chain for this content."""
    return sha256(CONTENT + salt + body).hexdigest()


def body_of(content: Mapping[str, Any]) -> bytes:
    """The content in the spelling that is committed to; ValueError where JSON has none (NaN, half a surrogate pair)."""
    try:
        return canonical_json(dict(content))
    except (TypeError, RecursionError, UnicodeEncodeError) as error:
        raise ValueError(f"the content has no canonical JSON ({error})") from error


def content_of(body: bytes) -> dict[str, Any]:
    """The content that was committed to; ValueError where the bytes are no JSON object in its canonical spelling."""
    if not isinstance(body, bytes):  # a damaged page may hold a number where bytes belong
        raise ValueError("is no text")
    try:
        content = json.loads(body)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    if not isinstance(content, dict):
        raise ValueError("is no JSON object")  # a fault of the file, not of the caller
    if body_of(content) != body:
        raise ValueError("is not in canonical JSON")
    return content


def text_of(moment: datetime) -> str:
    """A moment as entries write it: always as long, so that order of text is order of time."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").rjust(26, "0") + "Z"


def kind_fault(kind: str) -> str:
    """Why this is no name of a kind of entry; "" where it is."""
    return "" if KIND.match(kind) and len(kind) <= LONGEST else f"kind: {shown(kind)} is not lower case and underscores"


def name_fault(name: str, field: str) -> str:
    """Why this cannot stand for who made an entry or what it is about; "" where it can."""
    if not name or name != name.strip():
        return f"{field}: {shown(name)} is empty, or begins or ends with a space"
    if not name.isprintable():
        return f"{field}: {shown(name)} holds a sign that shows nothing"
    return f"{field}: {shown(name)} is longer than {LONGEST} characters" if len(name) > LONGEST else ""


def subject_fault(subject: str, kind: str) -> str:
    """Why an entry of this kind cannot be about that; "" where it can."""
    if kind in KEPT:
        return f"subject: an entry of kind {kind} has none" if subject else ""
    return name_fault(subject, "subject")
