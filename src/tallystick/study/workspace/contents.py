"""Records as the JSON objects that ledger entries hold, and back; sealed where they are restricted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tallystick.evidence.ledger.seal import is_sealed, open_sealed, opened_content, seal, sealed_content
from tallystick.vocab.errors import EvidenceError, UsageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """For whom a workspace seals, and the identity that opens; without one, what is sealed stays so."""

    recipients: tuple[str, ...]
    identity: Path | None = None

    def seal(self, data: bytes) -> bytes:
        """Bytes as they lie on the disk."""
        self._check()
        return seal(data, self.recipients)

    def open(self, data: bytes) -> bytes:
        """The bytes that were sealed; UsageError without an identity."""
        if self.identity is None:
            hint = "name the file of an age identity with --identity"
            raise UsageError("what is restricted was asked for, and no identity to open it is here", hint=hint)
        return open_sealed(data, self.identity)

    def sealed(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The content of an entry as who lacks the key may see it."""
        self._check()
        return dict(sealed_content(content, self.recipients))

    def opened(self, content: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The content in clear; None where it is sealed and no identity is here."""
        if not is_sealed(content):
            return content
        return None if self.identity is None else opened_content(content, self.identity)

    def _check(self) -> None:
        if not self.recipients:
            hint = "name age recipients in workspace.toml, or mark what is published with --public"
            raise UsageError("something is restricted, and the workspace names nobody to seal it for", hint=hint)


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
