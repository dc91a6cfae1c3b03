"""What has been computed once, kept under a key of everything that it depends on.

An entry is a folder of files beside `entry.json`, which names each file with its SHA-256. An entry is written
under another name and renamed when complete, so that it is there whole or not at all; it is read only when
every file still has its hash. What does not is thrown away and computed again, and the reader is told.

This is not a record: deleting the folder loses nothing but time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from tallystick.study.hashes import sha256_of
from tallystick.study.swap import locked_draft, sweep_all

ENTRY = "entry.json"
VARIABLE = "TALLYSTICK_CACHE"  # names the folder; without it, the user's cache folder


def default_folder() -> Path:
    """`$TALLYSTICK_CACHE`, or the platform's cache folder for the user."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("tallystick")


class Cache:
    """A folder of entries by kind and key."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self.folder, self._tell = folder, tell

    def find(self, kind: str, key: str) -> Path | None:
        """The entry's folder when it is there and whole; a damaged one is removed and None returned."""
        entry = self.folder / kind / key
        if not entry.is_dir():
            return None
        damage = _damage(entry)
        if not damage:
            return entry
        self._tell(f"cache: {kind} {key[:12]} is damaged ({damage}); it is thrown away and computed again")
        shutil.rmtree(entry)
        return None

    def keep(self, kind: str, key: str, write: Callable[[Path], None]) -> Path:
        """Let `write` fill a new folder, and keep it as the entry; nothing stays when `write` fails."""
        entry = self.folder / kind / key
        entry.parent.mkdir(parents=True, exist_ok=True)
        sweep_all(entry.parent)  # a killed run's key may never be asked for again
        with locked_draft(entry) as draft:
            write(draft)
            hashes = {name: sha256_of(draft / name) for name in sorted(_files(draft))}
            (draft / ENTRY).write_bytes(msgspec.json.encode(hashes))
            return _settle(draft, entry)


def _settle(draft: Path, entry: Path) -> Path:
    """Give the draft its name. Another process may have been first: then its entry, equal by key, stands."""
    try:
        draft.rename(entry)
    except OSError:
        if not entry.is_dir():
            raise
    return entry


def _damage(entry: Path) -> str:
    """What is wrong with an entry, or ""."""
    try:
        hashes = msgspec.json.decode((entry / ENTRY).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        return f"{ENTRY} is missing or no JSON"
    present = _files(entry) - {ENTRY}
    if present != hashes.keys():
        return "missing or extra: " + ", ".join(sorted(present ^ hashes.keys()))
    changed = [name for name, expected in hashes.items() if sha256_of(entry / name) != expected]
    return f"changed: {', '.join(changed)}" if changed else ""


def _files(folder: Path) -> set[str]:
    """Every file below a folder, by its path from there."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
