"""The bytes of a file that a person named, and of nothing that only looks like a file.

A pipe would be waited for without end, a device has none, a folder is not a document: each is refused before a byte is
read. A link is followed, since people keep their reports behind links.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tallystick.evidence.documents.nursery import MOST_INPUT
from tallystick.evidence.documents.verdicts import DocumentError, refuse

KINDS = (
    (stat.S_ISDIR, "a folder", "name the files in it, or let `tallystick read` take the folder"),
    (stat.S_ISFIFO, "a pipe", "save what it carries to a file first"),
    (stat.S_ISSOCK, "a socket", "name a file"),
    (stat.S_ISCHR, "a device", "name a file"),
    (stat.S_ISBLK, "a device", "name a file"),
)


def file_bytes(path: Path) -> bytes:
    """What the file holds, whole; a DocumentError when it is no file, cannot be read, or is too large."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:  # ValueError: a name that holds a zero
        words = getattr(error, "strerror", None) or str(error)
        raise _refused(
            path, "not_a_file", f"cannot be opened ({words})", "check the name and who may read it"
        ) from error
    try:
        found = os.fstat(file)
        for is_kind, what, hint in KINDS:
            if is_kind(found.st_mode):
                raise _refused(path, "not_a_file", f"is {what}, not a file", hint)
        with open(file, "rb", closefd=False) as opened:  # what was opened above
            data = opened.read(MOST_INPUT + 1)
    finally:
        os.close(file)
    if len(data) > MOST_INPUT:
        size = f"{max(found.st_size, len(data)) / 1e6:,.0f} MB"
        raise _refused(path, "too_large", f"has {size}; {MOST_INPUT / 1e6:,.0f} MB are read", "split it")
    return data


def _refused(path: Path, verdict: str, message: str, hint: str) -> DocumentError:
    return refuse(verdict, f"{path}: {message}", hint=hint)
