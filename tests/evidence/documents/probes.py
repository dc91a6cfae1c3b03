"""What a reader that a document took over would try. Each returns what it got, or raises what stopped it.

The nursery runs these in the place of a loader; the document's bytes name the probe and what it needs.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tallystick.evidence.documents.derived import Derived


def probe(data: bytes, *_: str, **__: object) -> tuple[Derived, ...]:
    """Run the probe that `data` names; the text is what it got away with, or the error that it met."""
    name, _, argument = data.decode().partition(" ")
    try:
        got = PROBES[name](argument)
    except OSError as error:
        got = f"stopped: {type(error).__name__}"
    return (Derived(text=got, stretches=(), media_type="text/plain"),)


def _connect(port: str) -> str:
    with socket.create_connection(("127.0.0.1", int(port)), timeout=2):
        return "connected"


def _speak(address: str) -> str:
    with socket.socket(socket.AF_UNIX) as own:
        own.connect(address)
        return "connected"


def _name(port: str) -> str:
    """A question to a name server is a datagram."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.sendto(b"\x00\x01\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", ("127.0.0.1", int(port)))
        return "asked"


def _read(path: str) -> str:
    return Path(path).read_text()


def _write(path: str) -> str:
    Path(path).write_text("taken over")
    return "written"


def _write_here(_: str) -> str:
    Path("note").write_text("a note")
    return Path("note").read_text() + " in " + str(Path.cwd())


def _mode(path: str) -> str:
    Path(path).chmod(0o777)
    return "changed"


def _trace(pid: str) -> str:
    library = ctypes.CDLL(None, use_errno=True)
    if library.ptrace(16, int(pid), None, None) < 0:  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), "ptrace")
    return "attached"


def _kill(pid: str) -> str:
    os.kill(int(pid), 0)
    return "could signal"


def _fork(_: str) -> str:
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    return "forked"


def _execute(_: str) -> str:
    return subprocess.run(["/bin/echo", "ran"], check=True, capture_output=True, text=True).stdout.strip()


def _become(_: str) -> str:
    os.execv("/bin/true", ["true"])


def _memory(size: str) -> str:
    """Memory that is asked for and not touched, since touching it takes long on a busy machine."""
    try:
        with mmap.mmap(-1, int(size)) as block:
            return f"{len(block)} bytes"
    except OSError as error:
        raise MemoryError from error


def _loop(_: str) -> str:
    while True:
        pass


def _wait(_: str) -> str:
    time.sleep(600)
    return "waited"


def _fill(size: str) -> str:
    with Path("large").open("wb") as file:
        for _ in range(int(size) // 1_000_000):
            file.write(b"a" * 1_000_000)
    return "filled"


def _many(size: str) -> str:
    for number in range(int(size) // 1_000_000):
        Path(f"part-{number}").write_bytes(b"a" * 1_000_000)
    time.sleep(600)
    return "filled"


def _shout(size: str) -> str:
    return "a" * int(size)


def _lie(_: str) -> str:
    """Write an answer of its own to every file that is open, and go."""
    for file in range(3, 64):
        try:
            os.write(file, b'{"guards": [], "texts": [], "verdict": "", "more": 1}')
        except OSError:
            continue
    os._exit(0)


def _open_files(_: str) -> str:
    """Which descriptors are open, told without /proc."""
    found = []
    for file in range(256):
        try:
            os.fstat(file)
        except OSError:
            continue
        found.append(str(file))
    return " ".join(found)


def _environment(_: str) -> str:
    return " ".join(sorted(os.environ))


def _abort(_: str) -> str:
    os.abort()


def _crash(_: str) -> str:
    ctypes.string_at(0)
    return "read nothing"


def _raise(_: str) -> str:
    raise ZeroDivisionError("a loader's own mistake")


def _deep(_: str) -> str:
    return _deep(_)


def _interrupt(_: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def _capabilities(_: str) -> str:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("CapEff"))


def _standard(_: str) -> str:
    return f"{sys.stdin.read(1)!r}"


PROBES: dict[str, Callable[[str], str]] = {
    "abort": _abort, "become": _become, "capabilities": _capabilities,
    "connect": _connect, "crash": _crash, "deep": _deep,
    "environment": _environment, "execute": _execute, "files": _open_files, "fill": _fill, "fork": _fork,
    "interrupt": _interrupt, "kill": _kill, "lie": _lie, "loop": _loop, "many": _many, "memory": _memory,
    "mode": _mode, "name": _name, "raise": _raise, "read": _read, "shout": _shout, "speak": _speak,
    "standard": _standard, "trace": _trace, "wait": _wait, "write": _write, "write_here": _write_here,
}  # fmt: skip
