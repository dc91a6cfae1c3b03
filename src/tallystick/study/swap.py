"""What makes a folder appear at once: data on disk, two names exchanged in one step, leftovers of killed runs.

A draft is locked while its run lives. The kernel drops the lock of a run that was killed, and that is how the
next one knows what it may clear away.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Final

from tallystick.vocab.errors import UsageError

_EXCHANGE: Final = 2  # RENAME_EXCHANGE of renameat2(2) on Linux, RENAME_SWAP of renamex_np on macOS
_HERE: Final = -100  # AT_FDCWD
_CANNOT: Final = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}  # the kernel or this file system knows no exchange


@contextmanager
def locked_draft(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, locked while in use and gone afterwards, whatever is in it by then."""
    draft, lock = _new_draft(folder)
    try:
        draft.chmod(0o755)  # mkdtemp makes it private; a brief is for reading
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        os.close(lock)


def _new_draft(folder: Path) -> tuple[Path, int]:
    """A draft and its lock; another one where a sweep took it for abandoned before it was locked."""
    while True:
        draft = Path(mkdtemp(prefix=_prefix(folder.name), dir=folder.parent))
        try:
            return draft, _locked(draft)
        except (BlockingIOError, FileNotFoundError):
            continue
        except OSError:  # nothing can be locked here: another draft would fare no better
            draft.rmdir()
            raise


def sweep(folder: Path) -> None:
    """Clear drafts of `folder` whose run was killed; give back its name to a brief that such a run had set aside."""
    for left, lock in _abandoned(folder.parent, folder.name):
        earlier = left / "earlier"
        if earlier.is_dir() and not folder.exists():
            earlier.rename(folder)
        shutil.rmtree(left, ignore_errors=True)
        os.close(lock)


def sweep_all(parent: Path, name: str = "*") -> None:
    """Clear every draft in `parent` whose run was killed, whatever it was to become; or those of one name."""
    for left, lock in _abandoned(parent, name):
        shutil.rmtree(left, ignore_errors=True)
        os.close(lock)


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder for as long as it is in use, in the place for temporary files; a killed run's goes with the next.

    What is written out to be checked may quote what is erased later, and must not outlive who wrote it.
    """
    place = Path(gettempdir()) / "tallystick"
    sweep_all(place.parent, place.name)
    with locked_draft(place) as draft:
        draft.chmod(0o700)
        yield draft


def sync(folder: Path) -> None:
    """Wait until every file and folder below is on disk: a rename may not outrun what it names."""
    for place, _, names in os.walk(folder):
        for name in [*names, "."]:
            _sync_one(Path(place, name))


def put_in_place(draft: Path, folder: Path) -> None:
    """Give the draft the folder's name in one step; an earlier folder ends up where the draft was."""
    if not folder.exists():
        draft.rename(folder)
    elif not _exchanged(draft, folder):
        _in_two_steps(draft, folder)
    _sync_one(folder.parent)


def check_place(file: Path, option: str) -> None:
    """Refuse a place where `replace_file` cannot write, before the work and not after it; `option` names the file."""
    hint, folder = f"name another file with {option}", file.absolute().parent
    if file.is_dir():
        raise UsageError(f"{file}: this is a folder", hint=hint)
    if not folder.is_dir():
        raise UsageError(f"{file}: there is no folder {folder}", hint=f"make it first, or {hint}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"{file}: nothing may be written there", hint=hint)


def replace_file(file: Path, content: bytes) -> None:
    """The file with that content, from one moment to the next and across a power cut; an earlier file is gone."""
    sweep(file)
    with locked_draft(file) as draft:
        (draft / file.name).write_bytes(content)
        sync(draft)
        (draft / file.name).replace(file)
        _sync_one(file.parent)


def _in_two_steps(draft: Path, folder: Path) -> None:
    """Where two names cannot be exchanged. A run killed between the renames is mended by the next `sweep`."""
    with locked_draft(folder) as aside:
        folder.rename(aside / "earlier")
        try:
            draft.rename(folder)
        except BaseException:
            (aside / "earlier").rename(folder)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names; False where the system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        failed = library.renamex_np(*names, _EXCHANGE)
    elif hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    else:
        return False
    if failed and (code := ctypes.get_errno()) not in _CANNOT:
        raise OSError(code, os.strerror(code), str(one), None, str(other))
    return not failed


def _prefix(name: str) -> str:
    return f".{name}.draft-"


def _abandoned(parent: Path, name: str) -> Iterator[tuple[Path, int]]:
    """The drafts of that name that no living run holds, each with its lock, to be closed by the caller."""
    for left in sorted(parent.glob(_prefix(name) + "*")):
        try:
            lock = _locked(left)
        except OSError:
            continue
        yield left, lock


def _locked(draft: Path) -> int:
    """Its lock; OSError where another run has it, where it is gone meanwhile, or where it is nothing of ours."""
    lock = os.open(draft, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        draft.stat()  # who cleared it held the lock until it was gone
    except OSError:
        os.close(lock)
        raise
    return lock


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
