"""A folder that appears whole or not at all.

What is written goes to a draft beside the target and takes its name at the end. An earlier folder of the same command
is replaced only then; one that holds anything else is never touched.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tallystick.study.manifest import MANIFEST, read_manifest, verify
from tallystick.study.swap import locked_draft, put_in_place, sweep, sync
from tallystick.vocab.errors import BriefError


def check_place(path: Path) -> None:
    """Refuse a target that cannot be made where it is to lie, before the work and not after it."""
    there = next(parent for parent in path.absolute().parents if parent.exists())
    if not there.is_dir():
        raise BriefError(f"{path}: {there} is a file, so nothing can lie below it", hint="name another place with -o")
    if not os.access(there, os.W_OK | os.X_OK):
        raise BriefError(f"{path}: nothing may be written in {there}", hint="name another place with -o")


def check_replaceable(folder: Path, command: str = "brief") -> None:
    """Refuse a target that cannot be written, or that holds anything but an earlier folder of that command."""
    check_place(folder)
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise BriefError(f"{folder}: this is no folder", hint="name another with -o")
    if not any(folder.iterdir()):
        return
    if not (folder / MANIFEST).is_file():
        raise BriefError(f"{folder}: holds files that no {command} wrote", hint="name an empty or a new folder with -o")
    extra = [fault.file for fault in verify(folder) if fault.problem.startswith("extra")]
    if extra:
        more = f" and {len(extra) - 1} more" if len(extra) > 1 else ""
        raise BriefError(f"{folder}: holds {extra[0]}{more}, which no {command} wrote", hint="move it elsewhere first")
    if (earlier := read_manifest(folder).command) != command:
        raise BriefError(
            f"{folder}: was written by {earlier}, which {command} does not replace", hint="name another folder with -o"
        )


def replace_whole(folder: Path, write: Callable[[Path], None], command: str = "brief") -> Path:
    """Let `write` fill a draft, and put it in the place of `folder`; whatever stops us leaves `folder` as it was.

    That holds for a kill and a power cut too: the draft is on disk before it takes the name, and takes it in one
    step. What a killed run leaves beside `folder` is cleared by the next.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    check_replaceable(folder, command)
    with locked_draft(folder) as draft:
        write(draft)
        sync(draft)
        put_in_place(draft, folder)
    return folder
