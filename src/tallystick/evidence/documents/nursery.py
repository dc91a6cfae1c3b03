"""Where documents are read: each in a child process of its own, behind walls, and never in the process that asks.

    with Nursery() as nursery:
        texts = nursery.take(data, "report.pdf")

A nursery is one warm process that forks a child for each document, so that a small text costs milliseconds and not the
start of Python. It survives its children, is started again if it dies, and goes when its owner goes. Several processes
may each have their own; one handed on by `fork` starts afresh in the new process. Documents are taken one at a time.

A document is not trusted: what comes back is checked (`wire`), and text is all that comes back.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from types import TracebackType

import msgspec

from tallystick.evidence.documents.derived import Derived
from tallystick.evidence.documents.folders import new_folder
from tallystick.evidence.documents.verdicts import DocumentError, refuse
from tallystick.evidence.documents.walls import GUARDS
from tallystick.evidence.documents.wire import MOST_ANSWER, Ended, Request, heard

MOST_INPUT = 50_000_000  # bytes of one document
LOADER = "tallystick.evidence.documents.load:load"
SLACK = 10.0  # seconds beyond a child's own limit after which the nursery itself is held to hang
WARMING = 60.0  # seconds for a nursery to start on a busy machine
ABORTS = (signal.SIGABRT, signal.SIGSEGV, signal.SIGTRAP, signal.SIGILL, signal.SIGBUS, signal.SIGFPE)
NEAR = 0.4  # share of its memory that a child had used when it aborted, above which memory was the cause
START = "run `tallystick --version`, and report both"
SPLIT = "split the document, or save what it shows as text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may take."""

    memory: int = 1 << 30  # bytes of address space
    seconds: int = 20  # of processor, and by the wall clock
    written: int = 64_000_000  # bytes, in its temporary folder


class _Gone(Exception):
    """The nursery died or hangs; it is started again."""


class Nursery:
    """Reads documents in child processes; see the module.

    Parameters
    ----------
    limits
        What one document may take.
    unguarded
        Read even where the kernel offers no way to keep a reader from the network.
    guards, loader, paths
        The walls to put up, what the child runs ("module:function") and where else to look for that module: for tests
        of the walls.
    """

    def __init__(
        self,
        *,
        limits: Limits = Limits(),
        unguarded: bool = False,
        guards: tuple[str, ...] = GUARDS,
        loader: str = LOADER,
        paths: tuple[str, ...] = (),
    ) -> None:
        self._limits, self._unguarded, self._guards, self._loader, self._paths = (
            limits,
            unguarded,
            guards,
            loader,
            paths,
        )
        self._lock = threading.Lock()
        self._running: _Running | None = None

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def take(self, data: bytes, name: str, *, declared: str = "", address: str = "") -> tuple[Derived, ...]:
        """The texts of a document; a DocumentError with the verdict when there are none.

        `name` is only compared with what the bytes are. `declared` is the charset, `address` the URL that a transport
        gave with the bytes.
        """
        if len(data) > MOST_INPUT:
            raise _about(
                name,
                refuse(
                    "too_large", f"has {len(data) / 1e6:,.0f} MB; {MOST_INPUT / 1e6:,.0f} MB are read", hint="split it"
                ),
            )
        request = Request(name=name[:1000], declared=declared[:100], address=address[:2000])
        try:
            try:
                return self._read(data, request)
            except DocumentError as error:
                if getattr(error, "verdict", "") != "crash" or b"%PDF-" not in data[:1024]:
                    raise
                return self._read(data, msgspec.structs.replace(request, second=True))
        except DocumentError as error:
            raise _about(name, error) from error

    def close(self) -> None:
        """End the nursery and remove its folder; a later `take` starts another."""
        with self._lock:
            self._stop()

    @property
    def pid(self) -> int | None:
        """The nursery's process, while there is one."""
        return self._running.process.pid if self._running else None

    def _read(self, data: bytes, request: Request) -> tuple[Derived, ...]:
        """Ask once, and once more with a new nursery when this one is gone."""
        with self._lock:
            for _ in range(2):
                try:
                    answer, ended = self._started().ask(data, request, self._limits.seconds + SLACK)
                except _Gone:
                    self._stop()
                    continue
                return self._judged(answer, ended)
        raise refuse("crash", "ended the process that reads documents, twice", hint=SPLIT)

    def _judged(self, answer: bytes | None, ended: Ended) -> tuple[Derived, ...]:
        """The texts that a child answered with, or the verdict on how it ended."""
        if answer is None:
            raise refuse("too_large", f"holds more than {MOST_ANSWER / 1e6:,.0f} MB of text", hint="split it")
        if ended.killed or ended.signal or ended.code:
            raise self._death(ended)
        try:
            texts, refused, guards = heard(answer)
        except (msgspec.MsgspecError, ValueError) as error:
            raise refuse("crash", f"made its reader answer nonsense ({error})"[:400], hint=SPLIT) from error
        if refused:
            raise refuse(refused.verdict, refused.message, hint=refused.hint)
        absent = [name for name in GUARDS if name not in guards]
        if not absent:
            return texts
        note = f"read without these guards: {', '.join(absent)}"
        return tuple(replace(each, warnings=(*each.warnings, note)) for each in texts)

    def _death(self, ended: Ended) -> DocumentError:
        limits = self._limits
        if ended.killed == "written":
            return refuse("bomb", f"made its reader write more than {limits.written / 1e6:,.0f} MB", hint=SPLIT)
        if ended.killed or ended.signal in (signal.SIGXCPU, signal.SIGKILL):
            return refuse("timeout", f"was not read within {limits.seconds} s", hint=SPLIT)
        if ended.signal == signal.SIGXFSZ:
            return refuse("bomb", f"made its reader write a file above {limits.written / 1e6:,.0f} MB", hint=SPLIT)
        if ended.peak > NEAR * limits.memory and ended.signal in (*ABORTS, 0):
            return refuse("memory", f"needs more than {limits.memory / 1e9:.1f} GB to be read", hint=SPLIT)
        return refuse("crash", f"ended its reader (signal {ended.signal}, code {ended.code})", hint=SPLIT)

    def _started(self) -> _Running:
        """The running nursery of this process; another process's is left alone."""
        if self._running and self._running.owner != os.getpid():
            self._running.control.close()
            os.close(self._running.lock)
            self._running = None
        if self._running is None:
            self._running = _start(self._settings())
        return self._running

    def _settings(self) -> dict[str, object]:
        return {
            "memory": self._limits.memory, "seconds": self._limits.seconds, "written": self._limits.written,
            "guards": list(self._guards), "unguarded": self._unguarded, "loader": self._loader,
            "paths": list(self._paths), "parent": os.getpid(),
        }  # fmt: skip

    def _stop(self) -> None:
        running, self._running = self._running, None
        if running is not None and running.owner == os.getpid():
            running.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """A nursery that runs: its process, the socket to it, and the folder in which children get theirs."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    folder: str
    lock: int  # handle of the folder: while it is open, nobody clears the folder away
    owner: int

    def ask(self, data: bytes, request: Request, seconds: float) -> tuple[bytes | None, Ended]:
        """The answer of a child (None: longer than any may be) and how it ended."""
        heard_here, told_there = os.pipe()
        source = os.memfd_create("document")
        try:
            with open(source, "wb", closefd=False) as file:
                file.write(data)
            socket.send_fds(self.control, [msgspec.json.encode(request)], [source, told_there])
        except OSError as error:
            os.close(heard_here)
            raise _Gone from error
        finally:
            os.close(source)
            os.close(told_there)
        try:
            answer = self._listen(heard_here, end := time.monotonic() + seconds)
        finally:
            os.close(heard_here)
        return answer, self._ended(end)

    def _listen(self, pipe: int, end: float) -> bytes | None:
        pieces: list[bytes] = []
        whole = 0
        while True:
            ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
            piece = os.read(pipe, 1 << 20) if ready else b""
            if not ready:
                raise _Gone
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            whole += len(piece)
            if whole > MOST_ANSWER:
                return None  # closing the pipe ends the child

    def _ended(self, end: float) -> Ended:
        self.control.settimeout(max(1.0, end - time.monotonic()))
        try:
            message = self.control.recv(1 << 16)
        except OSError as error:
            raise _Gone from error
        if not message:
            raise _Gone
        return msgspec.json.decode(message, type=Ended)

    def end(self) -> None:
        self.control.close()
        try:
            self.process.wait(2.0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)  # the nursery has most likely done so
        os.close(self.lock)


def _start(settings: dict[str, object]) -> _Running:
    """Start a nursery and wait until it is warm."""
    if not sys.platform.startswith("linux"):
        raise refuse(
            "unguarded", f"cannot be read on {sys.platform}: the walls around a reader are Linux's",
            hint="read documents on Linux (5.4 or later), in a virtual machine or container if need be",
        )  # fmt: skip
    folder, lock = new_folder()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    told = msgspec.json.encode(settings | {"folder": folder}).decode()
    with theirs, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "tallystick.evidence.documents.nurse", str(theirs.fileno()), told],
            pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
            env={"LANG": "C.UTF-8"}, cwd="/",
        )  # fmt: skip
        theirs.close()
        running = _Running(process=process, control=ours, folder=folder, lock=lock, owner=os.getpid())
        ours.settimeout(WARMING)
        try:
            ready = ours.recv(1 << 16)
        except OSError:
            ready = b""
        if not ready:
            running.end()
            said.seek(0)
            last = " ".join(said.read().decode("utf-8", "replace").strip().splitlines()[-1:])[:300]
            raise refuse("crash", f"cannot be read: the reading process did not start ({last})", hint=START)
    return running


def _about(name: str, error: DocumentError) -> DocumentError:
    """The error with the document's name before its message."""
    return refuse(error.verdict, f"{name or 'document'}: {error}", hint=error.hint)
