"""Copies of documents and of their derived texts, as files named by the SHA-256 of what they hold.

A file is written in a folder of drafts, brought to the disk and then renamed, so it is there whole or not at all, and
it is there before any entry of the ledger speaks of it. Meanwhile nobody takes it for one of which nothing speaks: who
adds holds a lock that all who add share, and who removes waits until it has that lock alone. What is restricted lies
here only sealed, under the hash of the sealed bytes: neither name nor size tells what it is.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from tallystick.vocab.errors import EvidenceError

SHA256: Final = re.compile("[0-9a-f]{64}")
DRAFTS: Final = ".drafts"  # folder of files that are not yet whole
FEW: Final = 8  # files that are brought to the disk one after the other
AT_ONCE: Final = 8  # more of them are brought there by so many threads: the disk's journal takes them together


class Copies:
    """The folder of copies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._drafts: dict[str, Any] | None = None  # open files by the name that they are to have

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

    def drop(self, names: Collection[str]) -> None:
        """Remove what nothing speaks of any more; while somebody adds it stays, and is an orphan like any other."""
        try:
            with _locked(self.folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
                for name in names:
                    self.remove(name)
        except BlockingIOError:
            return

    def remove_drafts(self) -> None:
        """Forget every draft; while `alone`, since nobody writes one then."""
        for draft in (self.folder / DRAFTS).glob("*"):
            _forget(draft)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Around keeping many copies, while `adding`: they are on the disk when this ends, and nothing is before."""
        drafts = self._drafts = {}
        try:
            yield
            with self._telling():
                self._bring(drafts)
        finally:
            self._drafts = None
            with self._telling():
                for draft in drafts.values():
                    draft.close()
                    Path(draft.name).unlink(missing_ok=True)

    def keep(self, data: bytes) -> str:
        """Keep these bytes; the name to ask for them by. Do so while `adding`.

        They are on the disk when this returns, or at the end of what is kept `together`.
        """
        name = sha256(data).hexdigest()
        if self._drafts is None:
            with self.together():
                return self.keep(data)
        if name not in self._drafts:
            with self._telling():
                self._drafts[name] = self._draft(data)
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
            hint = "take it from where copies are kept safe; else erase the document and read it again with --again"
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
        """The names of all copies, in order; what a file manager or another system left here is none."""
        for file in sorted(self.folder.glob("??/*")):
            if _is_name(file.name) and file.parent.name == file.name[:2]:
                yield file.name

    def _draft(self, data: bytes) -> Any:
        drafts = self.folder / DRAFTS
        drafts.mkdir(exist_ok=True)
        draft = NamedTemporaryFile(dir=drafts, delete=False)  # noqa: SIM115 - closed once it has its name
        try:
            draft.write(data)
            draft.flush()
        except BaseException:
            draft.close()
            Path(draft.name).unlink(missing_ok=True)
            raise
        return draft

    def _bring(self, drafts: dict[str, Any]) -> None:
        """Files first, then their names, then the folders that hold those."""
        places = {self._place(name): draft for name, draft in drafts.items()}
        new = {place: draft for place, draft in places.items() if not place.exists()}
        _each(lambda draft: os.fsync(draft.fileno()), new.values())
        for place, draft in new.items():
            place.parent.mkdir(exist_ok=True)
            Path(draft.name).rename(place)
        # the folders of copies that are there too: who made those may have been killed before this
        _each(sync_folder, {place.parent: None for place in places})
        if places:
            sync_folder(self.folder)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            hint = "look at that disk and make room on it, then repeat the command: what it had confirmed is kept"
            problem = f"a copy cannot be kept: {error.strerror}"
            raise EvidenceError(problem, file=str(self.folder), hint=hint) from error

    def _place(self, name: str) -> Path:
        if not _is_name(name):
            raise EvidenceError("names no copy: a copy's name is a SHA-256", file=name[:80])
        return self.folder / name[:2] / name


def _is_name(name: str) -> bool:
    return SHA256.fullmatch(name) is not None


def _forget(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as opened:  # on most file systems this reaches the old blocks, and it costs nothing
        opened.write(bytes(size))
        os.fsync(opened.fileno())
    file.unlink()
    sync_folder(file.parent)


def _each(bring: Callable[[Any], None], what: Iterable[Any]) -> None:
    """Each of them, the few one after the other."""
    those = list(what)
    if len(those) <= FEW:
        for one in those:
            bring(one)
        return
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(bring, those))


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
