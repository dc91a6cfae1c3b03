"""Records as the JSON objects that ledger entries hold, and back.

What is restricted stands as `{"sealed": "<base64 of an age file>"}`: who lacks the key sees that something is there and
nothing of it. `Key` does the sealing; a workspace opened without an identity has a key that only seals.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec

from tallystick.evidence.root import canonical_json
from tallystick.vocab.errors import EvidenceError

SEALED: Final = "sealed"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """How a workspace seals and, for who holds an identity, opens."""

    seal: Callable[[bytes], bytes]
    open: Callable[[bytes], bytes] | None = None


def as_content(record: Any) -> dict[str, Any]:
    """A record's fields as JSON has them: days and moments as text, tuples as lists."""
    found: dict[str, Any] = msgspec.to_builtins(record)
    return found


def from_content(content: Mapping[str, Any], kind: type[T], *, place: str) -> T:
    """The record that the content of an entry holds; EvidenceError where it is none."""
    try:
        return msgspec.convert(dict(content), kind)
    except msgspec.ValidationError as error:
        hint = "it was written by another version or by another hand; `tallystick verify` says whether the chain holds"
        raise EvidenceError(f"is no {kind.__name__.lower()}: {error}", file="ledger", field=place, hint=hint) from error


def sealed(content: Mapping[str, Any], key: Key) -> dict[str, Any]:
    """The content as who lacks the key may see it."""
    return {SEALED: base64.b64encode(key.seal(canonical_json(dict(content)))).decode("ascii")}


def is_sealed(content: Mapping[str, Any]) -> bool:
    """Whether nothing of the content can be read without a key."""
    return SEALED in content


def opened(content: Mapping[str, Any], key: Key) -> Mapping[str, Any] | None:
    """The content in clear; None where it is sealed and nobody here holds the key."""
    if not is_sealed(content):
        return content
    if key.open is None:
        return None
    found: dict[str, Any] = msgspec.json.decode(key.open(base64.b64decode(content[SEALED])))
    return found
