"""A folder that appears whole or not at all.

What is written goes to a draft beside the target and takes its name at the end. An earlier brief is replaced
only then; a folder that holds anything else is never touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from tallystick.study.manifest import MANIFEST, verify
from tallystick.vocab.errors import BriefError


def check_replaceable(folder: Path) -> None:
    """Refuse a target that holds anything that a new brief would destroy."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise BriefError(f"{folder}: this is no folder", hint="name another with -o")
    if not any(folder.iterdir()):
        return
    if not (folder / MANIFEST).is_file():
        raise BriefError(f"{folder}: holds files that no brief wrote", hint="name an empty or a new folder with -o")
    extra = [fault.file for fault in verify(folder) if fault.problem.startswith("extra")]
    if extra:
        more = f" and {len(extra) - 1} more" if len(extra) > 1 else ""
        raise BriefError(f"{folder}: holds {extra[0]}{more}, which no brief wrote", hint="move it elsewhere first")


def replace_whole(folder: Path, write: Callable[[Path], None]) -> Path:
    """Let `write` fill a draft, and put it in the place of `folder`; on any failure `folder` stays as it was."""
    check_replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        draft.chmod(0o755)  # mkdtemp makes it private; a brief is for reading
        write(draft)
        _swap(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _swap(draft: Path, folder: Path) -> None:
    """Give the draft the name; whatever stops us between the two renames gives the earlier brief its name back."""
    if not folder.exists():
        draft.rename(folder)
        return
    aside = Path(mkdtemp(prefix=f".{folder.name}-earlier-", dir=folder.parent))
    folder.rename(aside / "brief")
    try:
        draft.rename(folder)
    except BaseException:
        (aside / "brief").rename(folder)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
