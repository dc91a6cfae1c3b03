"""A filter of system calls (seccomp-BPF): what a reader of documents has no business asking fails with EPERM.

It is a list of what is denied, not of what is allowed: libraries of readers change, and a reader that dies of a
harmless call would lose documents. What files it may touch is `landlock`'s part.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator

from tallystick.evidence.documents.linux import PR_SET_SECCOMP, called, libc, machine

ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Name -> number on x86_64, on aarch64 (None: does not exist there); from the kernel's own tables.
DENIED: dict[str, tuple[int | None, int | None]] = {
    # network and other processes' sockets
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "recvfrom": (45, 207), "recvmsg": (47, 212), "recvmmsg": (299, 243), "setsockopt": (54, 208),
    # other processes: their memory, their signals, new ones
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "process_madvise": (440, 440), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "fork": (57, None), "vfork": (58, None), "clone": (56, 220),
    "clone3": (435, 435), "execve": (59, 221), "execveat": (322, 281), "setpriority": (141, 140),
    "sched_setaffinity": (203, 122),
    # what a file is allowed to be (Landlock does not see these), and memory that is no file and no limit counts
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "msgget": (68, 186),
    "semget": (64, 190), "mq_open": (240, 180), "mknod": (133, None), "mknodat": (259, 33),
    # the machine
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "setns": (308, 268),
    "unshare": (272, 97), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "mount_setattr": (442, 442), "bpf": (321, 280),
    "perf_event_open": (298, 241), "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    "quotactl": (179, 60), "acct": (163, 89), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171), "clock_adjtime": (305, 266), "personality": (135, 92), "fanotify_init": (300, 262),
    "syslog": (103, 116), "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None), "vhangup": (153, 58),
    "sethostname": (170, 161), "setdomainname": (171, 162), "setuid": (105, 146), "setgid": (106, 144),
    "capset": (126, 91), "prctl": (157, 167), "prlimit64": (302, 261),
}  # fmt: skip
TGKILL = {"x86_64": 234, "aarch64": 131}  # allowed towards oneself: abort() is how a reader dies cleanly
NEWER = 463  # numbers from here on are calls younger than this list; x86_64's second table lies above them too
LOAD, JUMP_EQUAL, JUMP_FROM, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, DENY, KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # 1 is EPERM
NUMBER, ARCH, FIRST_ARGUMENT = 0, 4, 16  # offsets in the structure that the kernel shows the filter
Step = tuple[int, int, int, int]


class _Filter(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Filter)))


def deny() -> None:
    """Put the filter on this process, for good; needs PR_SET_NO_NEW_PRIVS or root."""
    if machine() not in ARCHITECTURE:
        raise OSError(f"no filter of system calls is known for {machine()}")
    steps = [_Filter(*step) for step in program(machine(), os.getpid())]
    block = (_Filter * len(steps))(*steps)
    whole = _Program(len(steps), block)
    called(libc().prctl(PR_SET_SECCOMP, 2, ctypes.byref(whole), 0, 0), "prctl PR_SET_SECCOMP")


def program(processor: str, pid: int) -> Iterator[Step]:
    """The steps of the filter: code, how far to jump when true, when false, value."""
    yield (LOAD, 0, 0, ARCH)
    yield (JUMP_EQUAL, 1, 0, ARCHITECTURE[processor])
    yield (RETURN, 0, 0, KILL)
    yield (LOAD, 0, 0, NUMBER)
    yield (JUMP_FROM, 0, 1, NEWER)
    yield (RETURN, 0, 0, DENY)
    for numbers in DENIED.values():
        number = numbers[list(ARCHITECTURE).index(processor)]
        if number is not None:
            yield (JUMP_EQUAL, 0, 1, number)
            yield (RETURN, 0, 0, DENY)
    yield (JUMP_EQUAL, 0, 3, TGKILL[processor])
    yield (LOAD, 0, 0, FIRST_ARGUMENT)
    yield (JUMP_EQUAL, 1, 0, pid)
    yield (RETURN, 0, 0, DENY)
    yield (RETURN, 0, 0, ALLOW)
