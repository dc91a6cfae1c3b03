"""Folders for what readers of documents write: each is locked while its owner lives, and goes with it.

Who is killed with all its children leaves one behind. The kernel drops its lock, and that is how the next reader knows
what it may clear away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "tallystick-documents-"


def new_folder() -> tuple[str, int]:
    """A folder of our own and the handle that locks it; what killed readers left behind goes first."""
    for left in Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        _clear(left)
    while True:
        folder = tempfile.mkdtemp(prefix=PREFIX)
        try:
            return folder, _locked(folder)
        except (BlockingIOError, FileNotFoundError):  # another reader took it for abandoned before it was locked
            continue


def _clear(left: Path) -> None:
    try:
        lock = _locked(str(left))
    except OSError:  # it is in use, is gone, or is nobody's that we know
        return
    try:
        if os.fstat(lock).st_uid == os.getuid():
            shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(lock)


def _locked(folder: str) -> int:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        Path(folder).stat()  # who cleared it held the lock until it was gone
    except OSError:
        os.close(lock)
        raise
    return lock
