"""Records as the JSON objects that ledger entries hold, and back; sealed where they are restricted.

What is sealed may have parts in clear beside it, and `about`, which tells nothing of what was said: whose document a
reading is of, which files hold the copies, and by which mark the same bytes are known again. By these an erasure finds
all that has to go, whoever asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from tallystick.evidence.ledger.errors import SealError
from tallystick.evidence.ledger.seal import SEALED, open_sealed, opened_content, seal, sealed_content
from tallystick.study.workspace.marks import Marks
from tallystick.vocab.errors import EvidenceError, UsageError

T = TypeVar("T")
ABOUT: Final = "about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """For whom a workspace seals, and the identity that opens; without one, what is sealed stays so."""

    recipients: tuple[str, ...]
    identity: Path | None = None
    marks: Marks | None = None

    def mark(self, data: bytes, *, sealed: bool) -> dict[str, str]:
        """What stands in clear of a document's bytes: the mark by which they are known again.

        UsageError where it is to be `sealed` and has no mark here: it would be read anew each time, and an erasure
        would not find all of it. For the same reason where it lies in clear, and only an identity gives it a mark: what
        lies sealed here may be of the same bytes.
        """
        mark = self.known_mark(data)
        if sealed:
            self._check()
        if mark is None and (sealed or (self.marks is not None and self.marks.are_sealed)):
            hint = "name the file of your age identity with --identity"
            raise UsageError("what is restricted is not known again here without an identity", hint=hint)
        return {} if mark is None else {"mark": mark}

    def known_mark(self, data: bytes) -> str | None:
        """The mark of these bytes; None where nobody at hand can work it out."""
        return self.marks.of(data) if self.marks else None

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

    def sealed(self, content: Mapping[str, Any], **about: Any) -> dict[str, Any]:
        """The content of an entry as who lacks the key may see it, with what it is `about`."""
        self._check()
        sealed: dict[str, Any] = dict(sealed_content(content, self.recipients))
        return {ABOUT: about, **sealed} if about else sealed

    def opened(self, content: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The content in clear, as far as it can be opened here; None where nothing of it can be read."""
        if SEALED not in content:
            return content
        clear = {name: value for name, value in content.items() if name not in (SEALED, ABOUT)}
        inside = self._inside(content)
        return clear or None if inside is None else {**clear, **inside}

    def opens(self, content: Mapping[str, Any]) -> bool:
        """Whether all that the content holds can be read here."""
        return SEALED not in content or self._inside(content) is not None

    def _inside(self, content: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What was sealed; None where no identity is here, or another's recipients were named."""
        if self.identity is None:
            return None
        try:
            return opened_content(content, self.identity)
        except SealError:
            return None  # counted as sealed, like everything that is for others

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


def about(content: Mapping[str, Any] | None, name: str) -> Any:
    """What a sealed content tells in clear under that name; None where it tells nothing."""
    told = content.get(ABOUT) if content else None
    return told.get(name) if isinstance(told, dict) else None
