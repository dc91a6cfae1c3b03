"""What is put around a process that reads documents, each guard by name, so that a test can leave one off.

    namespaces   the nursery, once: no network device, no one else's shared memory (user and network namespace)
    privileges   the nursery, once: no capability, and none to be gained
    limits       each child: memory, processor time, size of files, open files, no core, no process
    landlock     each child: reads libraries only, writes its temporary folder only, no TCP
    seccomp      each child: no socket, no new process or program, no look into another process

Two of them keep a reader from the network on their own: namespaces and seccomp.
"""

from __future__ import annotations

import os
import resource
import sys
import sysconfig
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

from tallystick.evidence.documents import landlock, linux, seccomp

GUARDS = ("namespaces", "privileges", "limits", "landlock", "seccomp")
AGAINST_NETWORK = frozenset({"namespaces", "seccomp"})
MOST_OPEN = 64  # files
SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/lib",
    "/lib64",
    "/usr/share/zoneinfo",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/null",
)


def around_nursery(guards: frozenset[str]) -> frozenset[str]:
    """Put up the guards that hold for every child; return those that stand."""
    readable()  # once here, and not once more in every child
    return _stand(guards, {"namespaces": _leave_namespaces, "privileges": _drop_privileges})


def around_child(guards: frozenset[str], folder: str, memory: int, seconds: int, written: int) -> frozenset[str]:
    """Put up the guards of one child, in the order in which they do not hinder each other; return those that stand."""
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    return _stand(
        guards,
        {
            "limits": lambda: _limit(memory, seconds, written),
            "landlock": lambda: landlock.confine(readable(), (folder,)),
            "seccomp": seccomp.deny,
        },
    )


@cache
def readable() -> tuple[str, ...]:
    """Where the libraries of a reader lie: they load parts of themselves late."""
    paths = sysconfig.get_paths()
    ours = str(Path(__file__).resolve().parents[2])
    libraries = {paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")} | set(sys.path)
    return (*SYSTEM, ours, *sorted(path for path in libraries if _holds_libraries(path)))


def _holds_libraries(path: str) -> bool:
    """A folder of installed packages; not one that a person put on the path and keeps other things in."""
    name = Path(path).name
    return name in ("site-packages", "dist-packages", "lib-dynload") or name.startswith("python3")


def _stand(guards: frozenset[str], builders: dict[str, Callable[[], None]]) -> frozenset[str]:
    """Build what is asked for. A kernel that does not offer a guard is no error here: who called decides."""
    standing = set()
    for name, build in builders.items():
        if name in guards:
            try:
                build()
            except (OSError, ValueError, KeyError):
                continue
            standing.add(name)
    return frozenset(standing)


def _leave_namespaces() -> None:
    try:
        linux.unshare(linux.CLONE_NEWUSER | linux.CLONE_NEWNET | linux.CLONE_NEWIPC)
    except OSError:  # no user namespaces for ordinary users here; root does without
        linux.unshare(linux.CLONE_NEWNET | linux.CLONE_NEWIPC)


def _drop_privileges() -> None:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    linux.drop_capabilities()


def _limit(memory: int, seconds: int, written: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, written), (resource.RLIMIT_NOFILE, MOST_OPEN),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NPROC, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def close_all_but(*kept: int) -> None:
    """Close every file of this process except `kept` and the three standard ones, which lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    edges = [2, *sorted(kept), 1 << 16]
    for low, high in pairwise(edges):
        os.closerange(low + 1, high)
