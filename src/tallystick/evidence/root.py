"""One hash over all evidence that was read: a Merkle root in the manner of RFC 6962.

Leaf       SHA-256(0x00 || canonical JSON of {"file": ..., "row": {column: cell}}), one per row of a CSV table, and
           SHA-256(0x00 || canonical JSON of {"file": ..., "table": ...}), one per TOML file.
Node       SHA-256(0x01 || left || right), split as RFC 6962 section 2.1 splits.
Order      Leaves are sorted by their hash, so the order of rows in a file changes nothing; the order inside a TOML
           file does, because readers see it.
JSON       Keys sorted, no spaces, UTF-8, numbers as Python prints them, days as YYYY-MM-DD.

The root covers the files, not what `as_of` leaves of them: one folder has one root.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from tallystick.evidence.tables import Row

LEAF, NODE = b"\x00", b"\x01"


def evidence_root(rows: Iterable[Row], tables: Mapping[str, Mapping[str, Any]]) -> str:
    """The root, 64 hexadecimal digits, over all rows and all TOML files (by name)."""
    leaves = [_leaf({"file": row.file, "row": dict(row.cells)}) for row in rows]
    leaves += [_leaf({"file": file, "table": table}) for file, table in tables.items()]
    return merkle_root(sorted(leaves)).hex()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes as they stand; SHA-256 of nothing when there are none."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below the number of leaves
    return sha256(NODE + merkle_root(leaves[:split]) + merkle_root(leaves[split:])).digest()


def canonical_json(value: object) -> bytes:
    """`value` in the one spelling that is hashed."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_day_as_text
    )
    return text.encode("utf-8")


def _leaf(value: object) -> bytes:
    return sha256(LEAF + canonical_json(value)).digest()


def _day_as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical JSON")
