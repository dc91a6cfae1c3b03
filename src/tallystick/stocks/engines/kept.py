"""Compiled kernels that stay on disk, so that the next process starts at once instead of compiling for seconds.

A kernel is kept under a hash of everything that its machine code is made of: the generated text, its tables, every
author's function with all that it calls and every constant that it reads, this package's own files, the versions of
Python, numba, llvmlite and NumPy, numba's settings, and the processor. Change one and the hash is another: what is
stale is never found. What cannot be hashed is not kept.

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
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

import numba
import numpy as np

LOG = logging.getLogger(__name__)
FILE, ENTRY = "kernel.py", "entry.json"
OURS = ("compiled.py", "support.py", "kept.py")  # and all of `chance`; the rest shows in the generated text
VERSIONED = {"math", "numpy", "numba", "builtins"}  # a change of these shows in the versions
SETTINGS = ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS", "NUMBA_DEBUG_CACHE")  # these change nothing that is compiled


class NotKept(Exception):
    """Something that a kernel depends on cannot be hashed."""


def kernel(code: str, namespace: Mapping[str, Any], signature: Any, *, folder: Path | None, key: str) -> Any:
    """The function `kernel` of `code`, compiled for one signature: from `folder` where it is kept, else afresh."""
    if folder is None or not key:
        return _compiled(code, namespace, signature, "<kernel>", is_kept=False)
    entry = folder / "kernels" / key
    if _is_whole(entry):
        return _compiled(code, namespace, signature, str(entry / FILE), is_kept=True)
    try:
        return _keep(code, namespace, signature, entry)
    except OSError as fault:
        LOG.warning("cache: the compiled model cannot be kept in %s (%s)", folder, fault)
        return _compiled(code, namespace, signature, "<kernel>", is_kept=False)


def _compiled(code: str, namespace: Mapping[str, Any], signature: Any, file: str, *, is_kept: bool) -> Any:
    """Compiled, or read from beside `file`; one signature, so that nothing is compiled unseen later."""
    names = {**namespace, "__name__": __name__}  # numba imports the module of what it reads back
    exec(compile(code, file, "exec"), names)
    dispatcher = numba.njit(names["kernel"], cache=is_kept, **names["OPTIONS"])
    dispatcher.compile(signature)
    dispatcher.disable_compile()
    return dispatcher


def _keep(code: str, namespace: Mapping[str, Any], signature: Any, entry: Path) -> Any:
    entry.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f"{entry.name[:16]}.", dir=entry.parent))
    try:
        (draft / FILE).write_text(code, encoding="utf-8")
        made = _compiled(code, namespace, signature, str(draft / FILE), is_kept=True)
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


def fingerprint(*parts: Any) -> str:
    """The hash of what a kernel is made of, and of what compiles it; "" where a part cannot be hashed."""
    known = _Fingerprint()
    try:
        known.add(parts)
    except NotKept as fault:
        LOG.warning("cache: the compiled model is not kept: %s cannot be hashed", fault)
        return ""
    return known.total(_surroundings())


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


class _Fingerprint:
    """Feeds values to a hash, each with its kind; functions with everything that they reach."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._seen: dict[int, int] = {}
        self._alive: list[Any] = []  # an id is only good while its owner lives

    def total(self, surroundings: list[str]) -> str:
        for line in surroundings:
            self._feed("surroundings", line)
        return self._hash.hexdigest()

    def _feed(self, kind: str, value: object) -> None:
        content = value if isinstance(value, bytes) else repr(value).encode()
        self._hash.update(f"{kind} {len(content)} ".encode() + content)

    def add(self, value: Any) -> None:
        """One value; NotKept where its content cannot be seen."""
        if value is None or isinstance(value, bool | int | float | complex | str | bytes | np.generic):
            self._feed(type(value).__name__, value)
        elif isinstance(value, np.ndarray) and value.dtype != object:
            self._feed(f"array {value.dtype} {value.shape}", value.tobytes())
        elif isinstance(value, tuple | list | Mapping):
            self._several(value)
        elif isinstance(value, type):
            self._class(value)
        elif isinstance(value, BuiltinFunctionType | np.ufunc):
            self._feed("builtin", f"{getattr(value, '__module__', '')}.{value.__name__}")
        elif isinstance(getattr(value, "py_func", value), FunctionType):
            self._function(getattr(value, "py_func", value))
        else:
            raise NotKept(f"a {type(value).__name__}")

    def _several(self, value: Any) -> None:
        members = sorted(value.items()) if isinstance(value, Mapping) else list(value)
        self._feed(type(value).__qualname__, (getattr(value, "_fields", ()), len(members)))
        for each in members:
            self.add(each)

    def _class(self, value: type[Any]) -> None:
        if not hasattr(value, "_fields") and value.__module__.partition(".")[0] not in VERSIONED:
            raise NotKept(f"the class {value.__qualname__}")
        self._feed("class", (value.__qualname__, getattr(value, "_fields", ())))
        self.add(getattr(value, "_field_defaults", None))

    def _function(self, function: FunctionType) -> None:
        if id(function) in self._seen:
            self._feed("again", self._seen[id(function)])
            return
        self._seen[id(function)] = len(self._seen)
        self._alive.append(function)
        self._code(function.__code__)
        for cell in function.__closure__ or ():
            self.add(cell.cell_contents)
        self.add((function.__defaults__, function.__kwdefaults__))
        names = sorted(_names(function.__code__))
        for name in names:
            if name in function.__globals__:
                self._feed("global", name)
                self._reached(function.__globals__[name], names)

    def _reached(self, value: Any, names: list[str]) -> None:
        """A global; of a module, whatever a function may take from it."""
        if not isinstance(value, ModuleType):
            self.add(value)
            return
        self._feed("module", value.__name__)
        if value.__name__.partition(".")[0] in VERSIONED:
            return
        for name in names:
            if hasattr(value, name):
                self._feed("attribute", name)
                self._reached(getattr(value, name), names)

    def _code(self, code: CodeType) -> None:
        flat = (code.co_code, code.co_names, code.co_varnames, code.co_freevars, code.co_argcount, code.co_flags)
        self._feed("code", flat)
        for each in code.co_consts:
            if isinstance(each, CodeType):
                self._code(each)
            elif isinstance(each, frozenset):
                self._feed("frozenset", sorted(map(repr, each)))
            elif each is not Ellipsis:
                self.add(each)


def _names(code: CodeType) -> set[str]:
    """Every global or attribute that a function and those within it name."""
    return set(code.co_names).union(*(_names(each) for each in code.co_consts if isinstance(each, CodeType)))
