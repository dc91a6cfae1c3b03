"""Fuzz what reads a ledger: its file, and another's export.

    python fuzz/ledger.py -runs=20000              a minute or two; needs the development requirements
    python fuzz/ledger.py -max_total_time=86400 corpus/

The first byte of an input says what the rest is: changes to a whole ledger's file; the bytes of an export; lines whose
closing hash is worked out anew, so that what lies behind it is reached; or odd values for the parts of an export, with
every hash and link worked out anew on request. Whatever comes, a ledger is read or refused with a LedgerError; nothing
else is raised, and a refused import leaves the ledger as it was.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import atheris

with atheris.instrument_imports(include=["tallystick"]):
    from tallystick.evidence.ledger.entry import NONE, Entry, body_of, commitment_of, hash_of
    from tallystick.evidence.ledger.errors import LedgerError
    from tallystick.evidence.ledger.exchange import merge  # what is imported later is not followed
    from tallystick.evidence.ledger.store import Ledger

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONGEST = 4096  # bytes of an input
ODD: tuple[Any, ...] = (
    *(None, True, 0, 1, 2, 3, -1, 1 << 62, 1 << 80, 1.5, 1e308, "", "ana", "erase", "merge", "genesis", "row", "c1"),
    *([], [1], {}, {"a": {}}, "0" * 64, "f" * 64, "\ud800", "\u202e", "a" * 300, float("nan"), float("inf")),
    *("2026-11-23T12:00:00.000000Z", "2026-13-99T99:99:99.999999Z", "9999-12-31T23:59:59.999999Z"),
    *('{"entries":[],"subjects":["c2"],"why":"x"}', '{"entries":[{}],"subjects":[]}', '{"chain":[],"length":{}}'),
    '{"entries":["' + "0" * 64 + '"],"subjects":[],"why":"x"}',
)


def tokens(length: int) -> bytes:
    """Always the same: what fails once fails again."""
    return bytes(length)


def planted(folder: Path) -> tuple[bytes, bytes]:
    """A ledger's file, and another's export, each with an erasure."""
    for name in ("ana", "bek"):
        with Ledger.create(
            folder / name, by=name, now=lambda: NOON, token=tokens, genesis={"workspace": name}
        ) as ledger:
            for subject in ("c1", "c2"):
                ledger.append("row", subject, {"of": name}, name)
            ledger.erase(["c1"], why="asked to", by=name)
            ledger.export(folder / f"{name}.jsonl")
    return (folder / "ana").read_bytes(), (folder / "bek.jsonl").read_bytes()


def changed(whole: bytes, changes: bytes) -> bytes:
    """The file with bytes put over it: each four say where (two bytes), how many and what."""
    content = bytearray(whole)
    for at in range(0, len(changes) - 3, 4):
        place = int.from_bytes(changes[at : at + 2]) % len(content)
        length = min(changes[at + 2] % 16 + 1, len(content) - place)
        content[place : place + length] = bytes([changes[at + 3]]) * length
    return bytes(content)


def closed(lines: bytes) -> bytes:
    """An export that ends as one does."""
    body = lines if lines.endswith(b"\n") else lines + b"\n"
    return body + b'{"sha256":"' + sha256(body).hexdigest().encode() + b'"}\n'


def odd(body: bytes, changes: bytes) -> bytes:
    """An export with odd values in it: each three say which line, which part, and which value."""
    lines = [json.loads(line) for line in body.splitlines()]
    for at in range(1, len(changes) - 2, 3):
        line = lines[changes[at] % len(lines)]
        entry = line.get("entry")
        part = entry if changes[at + 1] < 128 and isinstance(entry, dict) and entry else line
        name = sorted(part)[changes[at + 1] % len(part)]
        part[name] = ODD[changes[at + 2] % len(ODD)]
        if isinstance(part[name], str) and "{" in part[name]:
            part[name] = json.loads(part[name])
    if changes[:1] > b"\x7f":
        _rehash(lines)
    return b"".join(json.dumps(line, sort_keys=True).encode() + b"\n" for line in lines)


def _rehash(lines: list[dict[str, Any]]) -> None:
    """Commitments, hashes, links and the header as they must be, where the parts allow it."""
    above = NONE
    for number, line in enumerate(lines[1:], start=1):
        try:
            entry = line["entry"]
            if "salt" in line:
                entry["commitment"] = commitment_of(bytes.fromhex(line["salt"]), body_of(line["content"]))
            entry |= {"number": number, "previous": above, "chain": lines[0]["own"]}
            entry["hash"] = above = hash_of(Entry(**entry))
            if number == 1:
                entry["chain"] = lines[0]["own"] = above
            lines[0]["chains"] = [{"chain": entry["chain"], "head": above, "length": number}]
        except (TypeError, ValueError, KeyError, AttributeError):
            continue


def read_all(path: Path) -> None:
    """Read a ledger in every way."""
    try:
        with Ledger.open(path) as ledger:
            ledger.verify()
            ledger.heads()
            list(ledger.entries())
    except LedgerError:
        return


def import_one(folder: Path, whole: bytes, export: bytes) -> None:
    """Import an export into a whole ledger, which then holds, changed or not."""
    (path := folder / "whole").write_bytes(whole)
    (folder / "x.jsonl").write_bytes(export)
    with Ledger.open(path, now=lambda: NOON, token=tokens) as ledger:
        before = ledger.head, ledger.length
        try:
            merge(ledger, folder / "x.jsonl", by="ana")
        except LedgerError:
            assert (ledger.head, ledger.length) == before
        assert ledger.verify() == ()


def main() -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        whole, export = planted(folder)
        body = export[: export.rindex(b'{"sha256"')]

        def one_input(data: bytes) -> None:
            kind, rest = data[:1], data[1:]
            if kind < b"\x30":
                (folder / "damaged").write_bytes(changed(whole, rest))
                read_all(folder / "damaged")
            elif kind < b"\x60":
                import_one(folder, whole, closed(changed(body, rest)))
            elif kind < b"\xb0":
                import_one(folder, whole, closed(odd(body, rest)))
            elif kind < b"\xd0":
                import_one(folder, whole, closed(rest))
            else:
                import_one(folder, whole, rest)

        atheris.Setup([*sys.argv, f"-max_len={LONGEST}"], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
