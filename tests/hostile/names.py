"""Names that lead out of a folder, mean a device, or mean one file where two are written."""

from __future__ import annotations

CLIMBS = tuple("../" * depth + "tmp/taken" for depth in (1, 2, 5, 20))
ENCODED = (
    "%2e%2e/taken", "%2e%2e%2ftaken", "..%2ftaken", "..%5ctaken", "%252e%252e%252ftaken", "..%c0%aftaken",
    "..%u2215taken",    "．．／taken", "..∕taken", "..⁄taken", "․․/taken", "..\u200b/taken",
)  # fmt: skip
ABSOLUTE = (
    "/tmp/taken",
    "//tmp/taken",
    "///tmp/taken",
    "/etc/passwd",
    "/proc/self/mem",
    "/dev/null",
    "/dev/stdin",
    "~/taken",
    "~root/taken",
)
WINDOWS = (
    "..\\taken", "..\\..\\taken", "C:\\taken", "C:taken", "c:/taken", "\\\\server\\share\\taken",
    "//server/share/taken",
    "\\\\?\\C:\\taken", "\\\\.\\PhysicalDrive0", "CON", "con.txt", "NUL", "nul.txt", "AUX", "PRN", "COM1", "LPT1.txt",
    "taken.", "taken ", "taken::$DATA", "taken:stream",
)  # fmt: skip
MIXED = (
    "a/../../taken", "a/./../../taken", "./../taken", "a//../..//taken", "a/..\\../taken", "....//taken", "..;/taken",
    ".../taken",
)  # fmt: skip
SIGNS = (
    "taken\x00.txt", "\x00", "taken\n", "\r\ntaken", "taken\x1b[2J", "\u202etxt.exe", "taken\x7f", "-rf", "--help",
    "$(touch taken)", "`touch taken`", "|touch taken", ";touch taken", "*", "?", "&",
)  # fmt: skip
LONG = ("a" * 300, "a/" * 600 + "taken", "가" * 200, "../" * 1000 + "taken")
ALIKE = (
    "word/Document.xml", "WORD/DOCUMENT.XML", "word/document.xml.", "é.txt", "e\u0301.txt", "가.txt",
    "\u1100\u1161.txt",    "ﬁ.txt", "fi.txt",
)  # fmt: skip
EMPTY = ("", ".", "..", "/", "\\", " ")
TRAVERSAL = (*CLIMBS, *ENCODED, *ABSOLUTE, *WINDOWS, *MIXED, *SIGNS, *LONG, *ALIKE, *EMPTY)
