"""By what a workspace knows again the bytes of a restricted document: a mark that nobody else can work out.

A mark is an HMAC-SHA256 of the bytes with a key of the workspace. It stands in clear in the ledger, so that the same
document twice is one, and an erasure reaches every copy, also where nobody can open what is sealed. It is no hash that
a guessed text could be tried on: exports do not hold the key.

    recognise.age   the key, sealed for the recipients, where who made the workspace holds an identity
    recognise.key   the key in clear, where the workspace was made to be read into by people who can open nothing;
                    who takes the whole folder and has a document can then tell whether it was read (decisions/0035)
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tallystick.evidence.ledger.errors import SealError
from tallystick.evidence.ledger.seal import open_sealed, recipient_of, seal
from tallystick.vocab.errors import EvidenceError

SEALED, CLEAR = "recognise.age", "recognise.key"
SIZE: Final = 32  # bytes of a key


@dataclass(slots=True)
class Marks:
    """The marks of one workspace; the key is read when it is first needed."""

    folder: Path
    identity: Path | None = None
    _key: bytes | None = None

    def of(self, data: bytes) -> str | None:
        """The mark of these bytes; None where the key cannot be had here."""
        if self._key is None:
            self._key = self._read()
        return None if self._key is None else hmac.digest(self._key, data, "sha256").hex()

    @property
    def are_sealed(self) -> bool:
        """Whether the key lies sealed here, so that only who holds an identity can work out a mark."""
        return (self.folder / SEALED).is_file()

    def _read(self) -> bytes | None:
        try:
            if (self.folder / CLEAR).is_file():
                return _checked((self.folder / CLEAR).read_bytes(), CLEAR)
            if self.identity is None or not (self.folder / SEALED).is_file():
                return None
            return _checked(open_sealed((self.folder / SEALED).read_bytes(), self.identity), SEALED)
        except SealError:
            return None
        except OSError as error:
            raise EvidenceError(f"cannot be read: {error.strerror}", file=CLEAR, hint=_FROM_A_COPY) from error


_FROM_A_COPY: Final = "take it from a copy of the workspace; without it no document that is sealed is known again"


def make(folder: Path, recipients: Sequence[str], token: Callable[[int], bytes], identity: Path | None) -> None:
    """Write a new key, in a new workspace that names recipients; sealed, where that identity will open it again."""
    key = token(SIZE)
    opens = identity is not None and recipient_of(identity) in recipients
    name, data = (SEALED, seal(key, recipients)) if opens else (CLEAR, key)
    handle = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _checked(key: bytes, name: str) -> bytes:
    if len(key) != SIZE:
        raise EvidenceError(f"holds {len(key)} bytes where a key has {SIZE}", file=name, hint=_FROM_A_COPY)
    return key
