"""A body as it was packed for the way, unpacked no further than the limit: a few kilobytes can hold gigabytes."""

from __future__ import annotations

import zlib
from email.message import Message
from typing import Final

from tallystick.evidence.online.budget import Budget
from tallystick.evidence.online.refusals import OnlineError
from tallystick.evidence.online.target import Target

GZIP: Final = 16 + zlib.MAX_WBITS  # zlib's sign for the gzip format alone
PLAIN, PACKED = ("", "identity"), ("gzip", "x-gzip")


def unpacked(asked: Target, headers: Message, packed: bytes, budget: Budget) -> bytes:
    """The body itself; OnlineError for a packing that was not asked for, one that breaks off, or one too large."""
    coding = ", ".join(headers.get_all("Content-Encoding", [])).strip().lower()
    if coding in PLAIN or not packed:
        return packed
    if coding not in PACKED:
        raise _failed(asked, f"packs its answer as {coding}, and was asked for gzip")
    try:
        return _unzipped(asked, packed, budget)
    except zlib.error as error:
        raise _failed(asked, f"sends gzip that is damaged ({error})") from None


def _unzipped(asked: Target, packed: bytes, budget: Budget) -> bytes:
    """All members of a gzip stream, one after the other; never more than one byte above the limit is unpacked."""
    found, rest = bytearray(), packed
    while rest:
        budget.seconds()
        member = zlib.decompressobj(GZIP)
        found += member.decompress(rest, budget.limits.bytes - len(found) + 1)
        budget.check_size(len(found))
        if not member.eof:
            raise _failed(asked, "sends gzip that breaks off")
        rest = member.unused_data
    return bytes(found)


def _failed(asked: Target, why: str) -> OnlineError:
    return OnlineError(f"{asked.url}: {why}", hint="save the page yourself and read the file")
