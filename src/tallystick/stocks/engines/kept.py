"""Compiled kernels that stay on disk, so that the next process starts at once instead of compiling for seconds.

A kernel is kept under a hash of everything that its machine code is made of: the generated text, which holds every
author's function and constant written out; its tables; this package's own files; the versions of Python, numba,
llvmlite and NumPy; numba's settings; and the processor. Change one and the hash is another: what is stale is never
found.

An entry is written under another name and renamed when complete, with the SHA-256 of each file; one that does not
verify is thrown away and compiled again, with a message. Deleting the folder loses nothing but time.
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
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

LOG = logging.getLogger(__name__)
FILE, ENTRY = "kernel.py", "entry.json"
OURS = ("compiled.py", "support.py", "kept.py")  # and all of `chance`; the rest shows in the generated text
SETTINGS = ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS", "NUMBA_DEBUG_CACHE")  # these change nothing that is compiled


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
    dispatcher = numba.njit(names["kernel"], cache=is_kept, **names["OPTIONS"])
    dispatcher.compile(signature)
    dispatcher.disable_compile()
    return dispatcher


def _keep(code: str, namespace: Mapping[str, Any], signature: Any, entry: Path, key: str) -> Any:
    entry.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f"{entry.name[:16]}.", dir=entry.parent))
    try:
        (draft / FILE).write_text(code, encoding="utf-8")
        made = _compiled(code, namespace, signature, str(draft / FILE), is_kept=True, key=key)
        (draft / ENTRY).write_text(json.dumps(_hashes(draft)), encoding="utf-8")
        if not entry.exists():  # another process may have been first: then its entry, equal by key, stands
            draft.rename(entry)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def _is_whole(entry: Path) -> bool:
    """Whether an entry is there and every file has its hash; a damaged one is removed."""
    if not entry.is_dir():
        return False
    try:
        expected = json.loads((entry / ENTRY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        expected = None
    if expected == _hashes(entry) and any(name.endswith(".nbc") for name in expected):
        return True
    LOG.warning("cache: the compiled model %s is damaged; it is thrown away and compiled again", entry.name[:12])
    shutil.rmtree(entry, ignore_errors=True)
    return False


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ENTRY)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


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

    engines = Path(__file__).resolve().parent
    ours = [*(engines / name for name in OURS), *engines.parent.glob("chance/*.py")]
    settings = sorted((k, v) for k, v in os.environ.items() if k.startswith("NUMBA_") and k not in SETTINGS)
    return [
        platform.python_version(), platform.python_implementation(), platform.machine(), platform.system(),
        numba.__version__, llvmlite.__version__, np.__version__, repr(settings), binding.get_host_cpu_name(),
        binding.get_host_cpu_features().flatten(),
        *(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(ours)),
    ]  # fmt: skip
