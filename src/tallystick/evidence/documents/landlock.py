"""Landlock: which folders a reader of documents may read and write, decided by the process itself and for good."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

from tallystick.evidence.documents.linux import syscall

CREATE, ADD, RESTRICT = 444, 445, 446  # the same on every processor
EXECUTE, WRITE, READ, LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
ON_FILES = EXECUTE | WRITE | READ | 1 << 14
BY_VERSION = (0, 13, 14, 15, 15, 16, 16, 16)  # how many kinds of access to files each version of Landlock knows
TCP = 0b11  # bind and connect
OUTSIDE = 0b11  # abstract sockets and signals of processes outside


def version() -> int:
    """Landlock's version in this kernel; an OSError where it has none."""
    return syscall(CREATE, None, 0, 1)


def confine(readable: Iterable[str], writable: Iterable[str]) -> None:
    """From now on read only below `readable`, write only below `writable`, and reach no TCP port."""
    found = version()
    every = (1 << BY_VERSION[min(found, len(BY_VERSION) - 1)]) - 1
    rules = _ruleset(found, every)
    try:
        for path in readable:
            _allow(rules, path, READ | LIST | EXECUTE)
        for path in writable:
            _allow(rules, path, every & ~EXECUTE)
        syscall(RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _ruleset(found: int, every: int) -> int:
    wanted = struct.pack("=QQQ", every, TCP, OUTSIDE)[: 8 if found < 4 else 16 if found < 6 else 24]
    return syscall(CREATE, ctypes.c_char_p(wanted), len(wanted), 0)


def _allow(rules: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:  # a folder that this machine does not have needs no rule
        return
    try:
        access &= -1 if os.path.isdir(path) else ON_FILES  # noqa: PTH112 - runs once a document
        syscall(ADD, rules, 1, ctypes.c_char_p(struct.pack("=Qi", access, place)), 0)
    finally:
        os.close(place)
