"""What a restricted document holds, at rest: age files (age-encryption.org/v1) for the recipients of a workspace.

Each recipient alone can open a seal, with this module or with any `age` tool:

    age --decrypt --identity IDENTITY FILE      gives the bytes, then 0x80, then zeros up to the next of `SIZES`

The padding hides how long a testimony is, to its size: 2, 8 or 32 KiB for what an entry says, else a multiple of
64 KiB. A document's copies have the large steps alone. An entry's size tells no more than that a reading took a phrase,
a page or many pages to write down; all but a few readings are of the first. How many seals there are, and when they
were written, a seal does not hide. Who
loses every identity has lost what is sealed: nobody keeps another key. Sealing is no signature: anybody who knows the
recipients can make a seal, and it is the ledger's chain that shows what was there.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tallystick.evidence.faults import shown
from tallystick.evidence.ledger.entry import body_of, content_of
from tallystick.evidence.ledger.errors import LedgerError, SealError

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient  # type: ignore[import-untyped,unused-ignore]  # it ships no types

STEP: Final = 64 * 1024  # bytes; a length before sealing is a multiple of it, or one of the sizes
SIZES: Final = (2 * 1024, 8 * 1024, 32 * 1024)  # bytes; of what an entry says, where it fits into one of them
END: Final = b"\x80"  # after the bytes that were sealed (ISO/IEC 7816-4), so that any bytes can be
SEALED: Final = "sealed"  # the one key of a content that is sealed
IDENTITY: Final = "AGE-SECRET-KEY-"
_IDENTITY_LINE: Final = re.compile(rb"^AGE-SECRET-KEY-1[0-9A-Z]{50,70}\s*$", re.MULTILINE)


def identity_place() -> Path:
    """Where an analyst's identity lies unless another place is named: with the user's settings, in no workspace."""
    from platformdirs import user_config_path

    return user_config_path("tallystick", appauthor=False) / "identity.txt"


def make_identity(file: Path, *, workspace: Path) -> str:
    """A new identity in a file that only its owner may read; its recipient, which may be told to anybody.

    LedgerError where the file is there already, or would lie in the workspace: a key is not kept with what it opens.
    """
    from pyrage.x25519 import Identity

    if file.resolve().is_relative_to(workspace.resolve()):
        hint = f"name a place outside {workspace.name}; whoever copies the workspace must not get the key with it"
        raise LedgerError("an identity may not lie in the workspace", file=file.name, hint=hint)
    made = Identity.generate()
    recipient = str(made.to_public())
    _write_new(file, f"# public key: {recipient}\n{made}\n".encode())
    return recipient


def holds_identity(data: bytes) -> bool:
    """Whether these bytes are those of a file with an identity in it, which nobody reads as a document on purpose."""
    return _IDENTITY_LINE.search(data) is not None


def recipient_of(file: Path) -> str:
    """The recipient for which an identity opens seals."""
    return str(_identity(file).to_public())


def seal(data: bytes, recipients: Iterable[str], sizes: Sequence[int] = ()) -> bytes:
    """An age file that each of these recipients can open; EncryptError without any.

    It is as long as the first of `sizes` that holds the data, in bytes, or a multiple of `STEP` where none does.
    """
    from pyrage import encrypt  # type: ignore[import-untyped,unused-ignore]  # it ships no types

    return bytes(encrypt(_padded(data, sizes), [_recipient(one) for one in dict.fromkeys(recipients)]))


def open_sealed(data: bytes, identity: Path) -> bytes:
    """The bytes that were sealed; SealError where this identity cannot open them, or they were changed."""
    from pyrage import DecryptError, decrypt

    key = _identity(identity)
    try:
        padded = decrypt(data, [key])
    except DecryptError as error:
        hint = f"it opens what was sealed for {key.to_public()}; ask who sealed it for a seal that names this recipient"
        raise SealError(f"does not open this seal ({error})", file=identity.name, hint=hint) from error
    return _unpadded(padded, identity)


def sealed_content(content: Mapping[str, Any], recipients: Iterable[str]) -> dict[str, str]:
    """The content that is kept in an entry instead of this one."""
    return {SEALED: b64encode(seal(body_of(content), recipients, SIZES)).decode("ascii")}


def is_sealed(content: Mapping[str, Any]) -> bool:
    """Whether an entry keeps its content sealed."""
    return set(content) == {SEALED}


def opened_content(content: Mapping[str, Any], identity: Path) -> dict[str, Any]:
    """What was sealed as the content of an entry, or as part of it; SealError where it cannot be opened."""
    try:
        data = b64decode(str(content[SEALED]), validate=True)
    except ValueError as error:
        raise _no_seal(identity) from error
    try:
        return content_of(open_sealed(data, identity))
    except ValueError as error:
        raise _no_seal(identity) from error


def read_recipients(file: Path) -> tuple[str, ...]:
    """The recipients that a file names, one on a line, as `age --recipients-file` reads it; each is checked."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        hint = "it names recipients, one on a line; `tallystick init` writes it"
        raise LedgerError(f"cannot be read ({error})", file=file.name, hint=hint) from error
    found = tuple(line for line in lines if line and not line.startswith("#"))
    if not found:
        raise LedgerError("names no recipient", file=file.name, hint="write one on each line: age1...")
    for one in found:
        _recipient(one)
    return found


def _recipient(text: str) -> Recipient:
    from pyrage import RecipientError
    from pyrage.x25519 import Recipient

    try:
        return Recipient.from_str(text)
    except RecipientError:
        hint = "a recipient begins with age1; a line of an identity file does not belong here"
        told = "a secret key" if text.upper().startswith(IDENTITY) else shown(text)
        raise LedgerError(f"{told} is no recipient", file="recipients", hint=hint) from None  # it may repeat the key


def _identity(file: Path) -> Identity:
    from pyrage import IdentityError
    from pyrage.x25519 import Identity

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        (line,) = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        return Identity.from_str(line)
    except (OSError, ValueError, IdentityError):
        hint = "name the file with your identity; without it what is sealed cannot be opened"
        raise LedgerError("holds no identity that can be read", file=file.name, hint=hint) from None


def _padded(data: bytes, sizes: Sequence[int]) -> bytes:
    length = len(data) + len(END)
    whole = next((size for size in sizes if length <= size), length + -length % STEP)
    return data + END + bytes(whole - length)


def _unpadded(data: bytes, identity: Path) -> bytes:
    whole = data.rstrip(b"\0")
    if not whole.endswith(END) or (len(data) % STEP and len(data) not in SIZES):
        raise _no_seal(identity)
    return whole[: -len(END)]


def _no_seal(identity: Path) -> SealError:
    hint = "it was sealed by something else: open it with the age tool"
    return SealError("what was to be opened is no seal of Tallystick", file=identity.name, hint=hint)


def _write_new(file: Path, content: bytes) -> None:
    """A file that was not there before and that only its owner may read, on the disk when this returns."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        hint = "name another place; an identity that is there is never written over"
        raise LedgerError(f"cannot be made: {error.strerror}", file=file.name, hint=hint) from error
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(handle)
