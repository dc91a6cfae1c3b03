"""The few calls of the Linux kernel that Python does not offer, through ctypes. No policy: that is `walls`."""

from __future__ import annotations

import ctypes
import os
import platform
from functools import cache

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_SET_DUMPABLE = 1, 38, 22, 4
CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
CAPABILITIES_3 = 0x20080522  # version of the structure that the kernel is asked with
CAPSET = {"x86_64": 126, "aarch64": 91}


@cache
def libc() -> ctypes.CDLL:
    """The C library of this process, with errno kept."""
    return ctypes.CDLL(None, use_errno=True)


def machine() -> str:
    """The processor as the kernel's tables name it."""
    return platform.machine()


def called(result: int, what: str) -> int:
    """`result`, or an OSError that names `what` when the call failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, value: int = 0) -> None:
    """prctl(2) with one argument."""
    called(libc().prctl(option, ctypes.c_ulong(value), 0, 0, 0), f"prctl {option}")


def syscall(number: int, *arguments: object) -> int:
    """syscall(2); integers are passed as longs."""
    wide = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return called(int(libc().syscall(ctypes.c_long(number), *wide)), f"system call {number}")


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags` for new, empty ones."""
    called(libc().unshare(flags), "unshare")


def drop_capabilities() -> None:
    """Give up every capability, so that a process of root is one of an ordinary owner of its files."""
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    syscall(CAPSET[machine()], ctypes.byref(header), ctypes.byref(nothing))
