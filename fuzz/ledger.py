"""Fuzz what reads a ledger: its file, and another's export.

    python fuzz/ledger.py -runs=20000              a minute or two; needs the development requirements
    python fuzz/ledger.py -max_total_time=86400 corpus/

The first byte of an input says what the rest is: changes to a whole ledger's file, the bytes of an export, or an export
whose closing hash is worked out anew, so that what lies behind that hash is reached. Whatever comes, a ledger is read
or refused with a LedgerError; nothing else is raised, and a refused import leaves the ledger as it was.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["tallystick"]):
    from tallystick.evidence.ledger.errors import LedgerError
    from tallystick.evidence.ledger.store import Ledger

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONGEST = 4096  # bytes of an input


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
            ledger.merge(folder / "x.jsonl", by="ana")
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
            if kind < b"\x40":
                (folder / "damaged").write_bytes(changed(whole, rest))
                read_all(folder / "damaged")
            elif kind < b"\x80":
                import_one(folder, whole, closed(changed(body, rest)))
            elif kind < b"\xc0":
                import_one(folder, whole, closed(rest))
            else:
                import_one(folder, whole, rest)

        atheris.Setup([*sys.argv, f"-max_len={LONGEST}"], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
