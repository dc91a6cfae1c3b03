"""The nursery's own program: warmed once, then one short-lived child for each document.

It opens no document itself. It forks, waits, kills what takes too long or writes too much, and says how each child
ended. It goes when its parent goes, whatever killed the parent.
"""

from __future__ import annotations

import gc
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec

from tallystick.evidence.documents import linux, walls
from tallystick.evidence.documents.derived import Derived, Refused
from tallystick.evidence.documents.warm import warm
from tallystick.evidence.documents.wire import Ended, Request, told, told_no
from tallystick.vocab.errors import TallystickError

Loader = Callable[..., tuple[Derived, ...]]
LOOK = 0.2  # seconds between two looks at what a child has written


class Settings(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the parent asked for: limits in bytes and seconds, the guards, and where the loader is."""

    folder: str
    memory: int
    seconds: int
    written: int
    guards: list[str]
    unguarded: bool
    loader: str
    paths: list[str]
    parent: int


def serve(control: socket.socket, settings: Settings) -> None:
    """Answer requests until the parent closes its end or is gone."""
    sys.path += settings.paths
    guards = frozenset(settings.guards)
    standing = walls.around_nursery(guards)
    loader = _loader(settings.loader)
    gc.collect()
    gc.freeze()  # what all children share is not copied by a collection in one of them
    parent = os.pidfd_open(settings.parent)
    if os.getppid() != settings.parent:
        return
    control.send(msgspec.json.encode(sorted(standing)))
    while _waits(control, parent):
        message, files, _, _ = socket.recv_fds(control, 1 << 16, 2)
        if not message:
            return
        request = msgspec.json.decode(message, type=Request)
        control.send(msgspec.json.encode(_one(request, files, settings, standing, loader, parent)))


def _loader(named: str) -> Loader:
    module, _, name = named.partition(":")
    loader: Loader = getattr(import_module(module), name)
    if module == "tallystick.evidence.documents.load":
        warm(loader)
    return loader


def _waits(control: socket.socket, parent: int) -> bool:
    """Wait for a request; False when the parent is gone."""
    ready, _, _ = select.select([control.fileno(), parent], [], [])
    return parent not in ready


def _one(
    request: Request, files: list[int], settings: Settings, standing: frozenset[str], loader: Loader, parent: int
) -> Ended:
    """Fork a child for one document, and stay with it until its end."""
    folder = tempfile.mkdtemp(dir=settings.folder)
    pid = os.fork()
    if pid == 0:
        _child(request, files, settings, standing, loader, folder)
    for file in files:
        os.close(file)
    try:
        return _attend(pid, folder, settings, parent)
    finally:
        shutil.rmtree(
            folder, ignore_errors=True
        )  # a child may have left folders it made unreadable; the base goes last


def _attend(pid: int, folder: str, settings: Settings, parent: int) -> Ended:
    """Wait for the child; kill it at its limits, or when the parent is gone."""
    child = os.pidfd_open(pid)
    end = time.monotonic() + settings.seconds
    killed = ""
    try:
        while not killed:
            left = end - time.monotonic()
            ready, _, _ = select.select([child, parent], [], [], max(0.0, min(LOOK, left)))
            if child in ready:
                break
            killed = "parent" if parent in ready else "seconds" if left <= 0 else _too_much(folder, settings.written)
        if killed:
            signal.pidfd_send_signal(child, signal.SIGKILL)
    finally:
        os.close(child)
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return Ended(code=max(code, 0), signal=max(-code, 0), killed=killed, peak=usage.ru_maxrss * 1024)


def _too_much(folder: str, most: int) -> str:
    """ "written" when the files below `folder` hold more than `most` bytes."""
    whole = 0
    for base, _, names in os.walk(folder):
        for name in names:
            try:
                whole += os.lstat(os.path.join(base, name)).st_size  # noqa: PTH118 - runs while a child writes
            except FileNotFoundError:
                continue
    return "written" if whole > most else ""


def _child(
    request: Request, files: list[int], settings: Settings, standing: frozenset[str], loader: Loader, folder: str
) -> None:
    """One document, from its bytes to the answer; never returns."""
    try:
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
        source, answer = files
        walls.close_all_but(source, answer)
        os.chdir(folder)
        tempfile.tempdir = folder
        os.environ.clear()
        os.environ.update({"TMPDIR": folder, "HOME": folder, "LANG": "C.UTF-8"})
        wanted = frozenset(settings.guards)
        inside = standing | walls.around_child(wanted, folder, settings.memory, settings.seconds, settings.written)
        _send(answer, _read(request, source, inside, settings.unguarded, loader))
    except BaseException:
        os._exit(70)
    os._exit(0)


def _read(request: Request, source: int, inside: frozenset[str], unguarded: bool, loader: Loader) -> bytes:
    """The answer: the texts, or the verdict."""
    try:
        if not unguarded and not inside & walls.AGAINST_NETWORK:
            return told_no(NO_GUARD, inside)
        with open(source, "rb", closefd=False) as file:
            file.seek(0)
            data = file.read()
        made = loader(data, request.name, declared=request.declared, address=request.address, second=request.second)
        return told(made, inside)
    except TallystickError as error:
        refused = Refused(verdict=getattr(error, "verdict", "malformed"), message=str(error), hint=error.hint)
    except MemoryError:
        refused = Refused(verdict="memory", message="needs more memory than a reader gets", hint="split it")
    except RecursionError:
        refused = Refused(verdict="malformed", message="is nested without end", hint="save what it shows as text")
    except Exception as error:
        # Whatever a library raises on a bad file is a verdict on that file, not on the run.
        refused = Refused(
            verdict="crash", message=f"made its reader fail ({type(error).__name__}: {error})"[:400], hint=REPORT
        )
    return told_no(refused, inside)


REPORT = "save it in another format; if it is a file that others open, report it"
NO_GUARD = Refused(
    verdict="unguarded",
    message="cannot be read here: the kernel gives neither namespaces nor a filter of calls against the network",
    hint="allow unprivileged user namespaces or seccomp, or ask for unguarded reading of files that you trust",
)


def _send(answer: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(answer, view) :]


def main() -> None:
    """Take over the socket that the parent left open, and clear up behind the last child."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = msgspec.json.decode(sys.argv[2], type=Settings)
    try:
        serve(control, settings)
    finally:
        shutil.rmtree(Path(settings.folder), ignore_errors=True)  # the parent does it too; one of them may be dead


if __name__ == "__main__":
    main()
