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
from tempfile import mkdtemp
from typing import Final

_EXCHANGE: Final = 2  # RENAME_EXCHANGE of renameat2(2) on Linux, RENAME_SWAP of renamex_np on macOS
_HERE: Final = -100  # AT_FDCWD
_CANNOT: Final = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}  # the kernel or this file system knows no exchange


@contextmanager
def locked_draft(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, locked while in use and gone afterwards, whatever is in it by then."""
    draft = Path(mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    lock = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        draft.chmod(0o755)  # mkdtemp makes it private; a brief is for reading
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        os.close(lock)


def sweep(folder: Path) -> None:
    """Clear drafts of `folder` whose run was killed; give back its name to a brief that such a run had set aside."""
    for left in sorted(folder.parent.glob(_prefix(folder) + "*")):
        if not _abandoned(left):
            continue
        earlier = left / "earlier"
        if earlier.is_dir() and not folder.exists():
            earlier.rename(folder)
        shutil.rmtree(left, ignore_errors=True)


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


def _prefix(folder: Path) -> str:
    return f".{folder.name}.draft-"


def _abandoned(draft: Path) -> bool:
    """Whether no living run holds the draft."""
    try:
        lock = os.open(draft, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False  # gone meanwhile, or nothing of ours
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
