"""Copies of documents and of their derived texts, as files named by the SHA-256 of what they hold.

A file is written in a folder of drafts, brought to the disk and then renamed, so it is there whole or not at all, and
it is there before any entry of the ledger speaks of it. Meanwhile nobody takes it for one of which nothing speaks: who
adds holds a lock that all who add share, and who removes waits until it has that lock alone. What is restricted lies
here only sealed, under the hash of the sealed bytes: neither name nor size tells what it is.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from tallystick.vocab.errors import EvidenceError

DRAFTS: Final = ".drafts"  # folder of files that are not yet whole


class Copies:
    """The folder of copies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Around keeping copies and recording what speaks of them: none is removed between the two."""
        with _locked(self.folder, fcntl.LOCK_SH):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Around looking for copies of which nothing speaks and removing them: none is added between the two."""
        with _locked(self.folder, fcntl.LOCK_EX):
            yield

    def sweep(self) -> None:
        """Remove drafts of who was killed while it added; nothing happens while somebody adds."""
        try:
            with _locked(self.folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
                self.remove_drafts()
        except BlockingIOError:
            return

    def remove_drafts(self) -> None:
        """Forget every draft; while `alone`, since nobody writes one then."""
        for draft in (self.folder / DRAFTS).glob("*"):
            _forget(draft)

    def keep(self, data: bytes) -> str:
        """Keep these bytes, on the disk when this returns; the name to ask for them by. Do so while `adding`."""
        name = sha256(data).hexdigest()
        place = self._place(name)
        try:
            if not place.exists():
                self._write(place, data)
            sync_folder(place.parent)  # of a copy that is there too: who made it may have been killed before this
            sync_folder(self.folder)
        except OSError as error:
            hint = "look at that disk and make room on it, then repeat the command: what it had confirmed is kept"
            problem = f"a copy cannot be kept: {error.strerror}"
            raise EvidenceError(problem, file=str(self.folder), hint=hint) from error
        return name

    def holds(self, name: str) -> bool:
        """Whether a copy of that name lies here."""
        return self._place(name).exists()

    def read(self, name: str) -> bytes:
        """The bytes of that name, as they were kept; EvidenceError where they are gone or another's."""
        place = self._place(name)
        try:
            data = place.read_bytes()
        except OSError as error:
            hint = "take the folder of copies from where it is kept safe, or read the document again"
            raise EvidenceError(f"the copy cannot be read: {error.strerror}", file=place.name, hint=hint) from error
        if sha256(data).hexdigest() != name:
            hint = "somebody or something changed it; take it from where copies are kept safe"
            raise EvidenceError("the copy is not what was kept", file=place.name, hint=hint)
        return data

    def remove(self, name: str) -> None:
        """Forget these bytes; nothing happens where they are gone already."""
        place = self._place(name)
        if place.exists():
            _forget(place)

    def names(self) -> Iterator[str]:
        """The names of all copies, in order."""
        for folder in sorted(self.folder.iterdir()):
            if folder.name != DRAFTS:
                yield from sorted(file.name for file in folder.iterdir())

    def _write(self, place: Path, data: bytes) -> None:
        drafts = self.folder / DRAFTS
        for folder in (place.parent, drafts):
            folder.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=drafts, delete=False) as draft:
            try:
                draft.write(data)
                draft.flush()
                os.fsync(draft.fileno())
                Path(draft.name).rename(place)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise

    def _place(self, name: str) -> Path:
        if len(name) != 64 or not name.isalnum():
            raise EvidenceError("names no copy: a copy's name is a SHA-256", file=name[:80])
        return self.folder / name[:2] / name


def _forget(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as opened:  # on most file systems this reaches the old blocks, and it costs nothing
        opened.write(bytes(size))
        os.fsync(opened.fileno())
    file.unlink()
    sync_folder(file.parent)


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """What was made, renamed or removed in the folder is on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
