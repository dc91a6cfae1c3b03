"""A ledger as a file for others: lines of JSON, the same bytes for the same ledger.

    first   {"chains": [{"chain", "head", "length"}, ...], "entries": how many, "format": "tallystick-ledger/1",
            "own": the chain of who wrote it}
    then    {"content": {...}, "entry": {at, by, chain, commitment, hash, kind, number, previous, subject},
            "salt": 64 digits}, by (at, hash); where the content was erased, neither content nor salt
    last    {"sha256": of all bytes before this line}

Content that is sealed stays sealed. The closing hash finds accidents; who changes the file on purpose is found by the
chains, when it is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeGuard

from tallystick.evidence.faults import printable, shown
from tallystick.evidence.ledger.entry import NAMED, Entry, body_of
from tallystick.evidence.ledger.errors import LedgerError
from tallystick.evidence.ledger.held import Held, Kept
from tallystick.evidence.root import canonical_json

if TYPE_CHECKING:
    from tallystick.evidence.ledger.store import Ledger

FORMAT: Final = "tallystick-ledger/1"
BEGINNING: Final = b'{"chains":['  # of every such file
LONGEST_LINE: Final = 64 * 1024 * 1024  # bytes; an entry holds a claim or names a file, never the file
HEADER: Final = {"chains", "entries", "format", "own"}
FIELDS: Final = {*NAMED, "hash"}
SALT: Final = re.compile(r"\A[0-9a-f]{64}\Z")
ASK: Final = "ask for the file again: `tallystick export --to ledger` writes it whole"


def lines_of(ledger: Ledger) -> Iterator[bytes]:
    """The file, line by line; within one transaction, so that it is of one moment."""
    digest = sha256()
    for line in _open_lines(ledger):
        digest.update(line)
        yield line
    yield canonical_json({"sha256": digest.hexdigest()}) + b"\n"


def _open_lines(ledger: Ledger) -> Iterator[bytes]:
    header = {"chains": _ends(ledger.heads()), "entries": ledger.length, "format": FORMAT, "own": ledger.own}
    yield canonical_json(header) + b"\n"
    salts = dict(ledger.all("SELECT hash, salt FROM content"))
    for entry in ledger.entries():
        line: dict[str, Any] = {"entry": {name: getattr(entry, name) for name in FIELDS}}
        if entry.content is not None:
            line |= {"content": entry.content, "salt": salts[entry.hash].hex()}
        yield canonical_json(line) + b"\n"


def _ends(heads: Mapping[str, tuple[str, int]]) -> list[dict[str, object]]:
    return [{"chain": chain, "head": head, "length": length} for chain, (head, length) in sorted(heads.items())]


def read(stream: BinaryIO, name: str) -> Held:
    """What such a file holds, of which only that it is whole is believed yet; LedgerError where it is none."""
    lines = _lines(stream, name)
    header = _header(next(lines, None), name)
    entries, contents = list[Entry](), dict[str, Kept]()
    for number, line in lines:
        entry, kept = _entry(number, line, name)
        entries.append(entry)
        if kept is not None:
            contents[entry.hash] = kept
    found = Held(own=header["own"], entries=entries, contents=contents)
    if (len(entries), header["chains"]) != (header["entries"], _ends(_heads(entries))):
        raise _no_export(name, 1, "does not name the entries and chains that follow")
    return found


def _heads(entries: list[Entry]) -> dict[str, tuple[str, int]]:
    heads: dict[str, tuple[str, int]] = {}
    for entry in entries:
        if entry.number > heads.get(entry.chain, ("", 0))[1]:
            heads[entry.chain] = (entry.hash, entry.number)
    return heads


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines but for the last, which is held to what stands before it."""
    digest, number, waiting = sha256(), 0, b""
    while line := stream.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            problem = "is longer than any that is written" if len(line) == LONGEST_LINE else "is cut off"
            raise _no_export(name, number + 1, problem)
        if waiting:
            digest.update(waiting)
            yield number, _object(waiting, number, name)
        waiting, number = line, number + 1
    if not waiting or _object(waiting, number, name) != {"sha256": digest.hexdigest()}:
        raise _no_export(name, number, "does not close the file with the hash of all before it")


def _object(line: bytes, number: int, name: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _no_export(name, number, "is no JSON") from error
    if not isinstance(found, dict):
        raise _no_export(name, number, "is no JSON object")
    return found


def _header(first: tuple[int, dict[str, Any]] | None, name: str) -> dict[str, Any]:
    header = first[1] if first else {}
    if set(header) != HEADER or not isinstance(header["own"], str):
        raise _no_export(name, 1, "does not begin an exported ledger")
    if header["format"] != FORMAT:
        raise _no_export(name, 1, f"names the format {shown(header['format'])} where {FORMAT} is read")
    return header


def _entry(number: int, line: dict[str, Any], name: str) -> tuple[Entry, Kept | None]:
    plain = line.get("entry")
    if set(line) not in ({"entry"}, {"content", "entry", "salt"}) or not _is_plain(plain):
        raise _no_export(name, number, "is no entry")
    entry = Entry(**plain)
    if "salt" not in line:
        return entry, None
    if not (isinstance(line["content"], dict) and isinstance(line["salt"], str) and SALT.match(line["salt"])):
        raise _no_export(name, number, "holds a content or a salt that nothing writes")
    try:
        return entry, Kept(bytes.fromhex(line["salt"]), body_of(line["content"]))
    except ValueError as error:
        raise _no_export(name, number, f"holds a content that nothing writes: {printable(str(error))}") from error


def _is_plain(plain: Any) -> TypeGuard[dict[str, Any]]:
    """Whether this has the parts of an entry, each of its kind."""
    if not isinstance(plain, dict) or set(plain) != FIELDS:
        return False
    number = plain["number"]
    whole = isinstance(number, int) and not isinstance(number, bool) and 0 < number < 1 << 53
    return whole and all(isinstance(value, str) for field, value in plain.items() if field != "number")


def _no_export(name: str, number: int, problem: str) -> LedgerError:
    return LedgerError(f"line {number} {problem}", file=name, hint=ASK)
