"""Compiled kernels that stay on disk, so that the next process starts at once instead of compiling for seconds.

A kernel is kept under a hash of everything that its machine code is made of: the generated text, which holds every
author's function and constant written out; its tables; this package's own files; the versions of Python, numba,
llvmlite and NumPy; numba's settings; and the processor. Change one and the hash is another: what is stale is never
found.

An entry is written under another name and renamed when complete, with the SHA-256 of each file; one that does not
verify is thrown away and compiled again, with a message. What a killed process left half written goes a day later.
Deleting the folder loses nothing but time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

LOG = logging.getLogger(__name__)
FILE, ENTRY = "kernel.py", "entry.json"
SETTINGS = ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS", "NUMBA_DEBUG_CACHE")  # these change nothing that is compiled
BESIDE = "InTreeCacheLocator,UserWideCacheLocator"  # numba's names: beside the text, else in the user's own folder
PLACING = Lock()
DAY = 86_400.0  # seconds; no kernel takes so long, so that a draft as old is nobody's any more


def hashes_of(files: Iterable[Path]) -> tuple[str, ...]:
    """Each file's name and hash. To be asked when what they hold is imported: they may change while a process runs."""
    return tuple(f"{path.name} {_hash(path)}" for path in sorted(files))


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


HERE = Path(__file__).resolve().parent
# The files that make a step of a graph; the rest shows in the generated text.
OURS = hashes_of(
    [*(HERE / name for name in ("compiled.py", "support.py", "kept.py")), *HERE.parent.glob("chance/*.py")]
)


def kernel(code: str, namespace: Mapping[str, Any], signature: Any, *, folder: Path | None, key: str) -> Any:
    """The function `kernel` of `code`, compiled for one signature: from `folder` where it is kept, else afresh."""
    if folder is None:
        return _compiled(code, namespace, signature, "<kernel>", is_kept=False)
    entry = folder / "kernels" / key
    if _is_whole(entry):
        return _compiled(code, namespace, signature, str(entry / FILE), is_kept=True, key=key)
    try:
        return _keep(code, namespace, signature, entry, key)
    except OSError as fault:
        LOG.warning("cache: the compiled model cannot be kept in %s (%s)", folder, fault)
        return _compiled(code, namespace, signature, "<kernel>", is_kept=False)


def _compiled(
    code: str, namespace: Mapping[str, Any], signature: Any, file: str, *, is_kept: bool, key: str = ""
) -> Any:
    """Compiled, or read from beside `file`; one signature, so that nothing is compiled unseen later."""
    names = {**namespace, "__name__": __name__}  # numba imports the module of what it reads back
    exec(compile(code, file, "exec"), names)
    names["kernel"] = named(names["kernel"], key, tables={})
    dispatcher = (_beside_its_text if is_kept else numba.njit)(names["kernel"], **names["OPTIONS"])
    dispatcher.compile(signature)
    dispatcher.disable_compile()
    return dispatcher


def _beside_its_text(function: Any, **options: Any) -> Any:
    """For numba to keep in the entry, wherever a user has it keep other functions (NUMBA_CACHE_DIR)."""
    config: Any = numba.config  # its names are made as it is imported
    with PLACING:
        theirs, config.CACHE_LOCATOR_CLASSES = config.CACHE_LOCATOR_CLASSES, BESIDE
        try:
            return numba.njit(function, cache=True, **options)
        finally:
            config.CACHE_LOCATOR_CLASSES = theirs


def _keep(code: str, namespace: Mapping[str, Any], signature: Any, entry: Path, key: str) -> Any:
    entry.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f"{entry.name[:16]}.", dir=entry.parent))
    try:
        _sweep(draft)
        (draft / FILE).write_text(code, encoding="utf-8")
        made = _compiled(code, namespace, signature, str(draft / FILE), is_kept=True, key=key)
        hashes = {path.relative_to(draft).as_posix(): _hash(path) for path in draft.rglob("*") if path.is_file()}
        (draft / ENTRY).write_text(json.dumps(hashes), encoding="utf-8")
        try:
            draft.rename(entry)
        except OSError:
            if not entry.is_dir():  # another process may have been first: then its entry, equal by key, stands
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def _sweep(draft: Path) -> None:
    """Clear drafts a day older than this one, by the clock of their own disk: those of killed processes."""
    now = draft.stat().st_mtime
    for left in draft.parent.glob("*.*"):  # the names of entries have no dot
        try:
            age = now - left.stat().st_mtime
        except FileNotFoundError:  # its process has just ended
            continue
        if age > DAY:
            shutil.rmtree(left, ignore_errors=True)


def _is_whole(entry: Path) -> bool:
    """Whether an entry is there and every file that it names has its hash; a damaged one is removed.

    Others are not looked at: numba puts an empty one there, for a moment, whenever it reads.
    """
    if not entry.is_dir():
        return False
    try:
        listed = dict(json.loads((entry / ENTRY).read_text(encoding="utf-8")))
        is_whole = all(_hash(entry / name) == each for name, each in listed.items())
    except (OSError, ValueError, TypeError):
        is_whole = False
    if is_whole and FILE in listed and any(name.endswith(".nbc") for name in listed):
        return True
    LOG.warning("cache: the compiled model %s is damaged; it is thrown away and compiled again", entry.name[:12])
    shutil.rmtree(entry, ignore_errors=True)
    return False


def fingerprint(code: str, tables: Mapping[str, NDArray[Any]], *rest: str) -> str:
    """The hash of a kernel: its text, its tables, what else is said of it, and what compiles it."""
    found = hashlib.sha256()
    _feed_all(found, (code, *rest, *_surroundings()), tables)
    return found.hexdigest()


def named(function: Any, *parts: str, tables: Mapping[str, NDArray[Any]]) -> Any:
    """The same function under a name that holds what it is made of.

    Numba numbers functions of one name in the order of a process. Machine code of another process, read back, calls
    them by those names and numbers: where this process gave one to another text, that would be called instead.
    """
    found = hashlib.sha256()
    _feed_all(found, (function.__qualname__, *parts), tables)
    function.__qualname__ = f"{function.__name__}_{found.hexdigest()[:24]}"
    return function


def _feed_all(found: Any, lines: Iterable[str], tables: Mapping[str, NDArray[Any]]) -> None:
    for line in lines:
        _feed(found, line.encode())
    for name, table in sorted(tables.items()):
        _feed(found, f"{name} {table.dtype} {table.shape}".encode())
        _feed(found, np.ascontiguousarray(table).tobytes())


def _feed(found: Any, content: bytes) -> None:
    """With its length, so that no two ways to cut a text give one hash."""
    found.update(f"{len(content)} ".encode() + content)


def _surroundings() -> list[str]:
    """Versions, settings, processor, and the files that make a step of a graph."""
    import llvmlite  # type: ignore[import-untyped]
    from llvmlite import binding

    settings = sorted((k, v) for k, v in os.environ.items() if k.startswith("NUMBA_") and k not in SETTINGS)
    return [
        platform.python_version(), platform.python_implementation(), platform.machine(), platform.system(),
        numba.__version__, llvmlite.__version__, np.__version__, repr(settings), binding.get_host_cpu_name(),
        binding.get_host_cpu_features().flatten(), *OURS,
    ]  # fmt: skip
