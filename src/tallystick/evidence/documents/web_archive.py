"""A web archive (WARC): each response that holds text, with its address and the time at which it was captured."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tallystick.evidence.documents.derived import Derived
from tallystick.evidence.documents.finish import with_library
from tallystick.evidence.documents.parts import placed
from tallystick.evidence.documents.verdicts import DocumentError, refuse

MOST_RECORDS = 10_000
MOST_RESPONSE = 60_000_000  # bytes of one response, unpacked
MOST_UNPACKED = 400_000_000  # bytes of all responses
MOST_NAMED = 20  # of what was left out
TYPES = (
    "text/",
    "application/xhtml+xml",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml",
    "message/rfc822",
)
Reader = Callable[[bytes, str, int, str, str], tuple[Derived, ...]]  # bytes, name, depth, charset, address


def read_warc(data: bytes, depth: int, reader: Reader) -> tuple[Derived, ...]:
    """Every response of a type that may hold text; what was left out is named in a warning of the first."""
    made: list[Derived] = []
    left: list[str] = []
    whole = 0
    try:
        for number, record in enumerate(_records(data), 1):
            if number > MOST_RECORDS:
                raise refuse("too_large", f"holds more than {MOST_RECORDS:,} records", hint="split it")
            content = _content(record, left)
            whole += len(content or b"")
            if whole > MOST_UNPACKED:
                raise refuse("bomb", f"unpacks to more than {MOST_UNPACKED / 1e6:,.0f} MB", hint="split it")
            if content is not None:
                made += _read(record, number, content, depth, reader, left)
    except (EOFError, zlib.error, gzip.BadGzipFile, OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        left.append(f"the archive breaks off or is damaged ({type(error).__name__}: {error})")
    if not made:
        verdict = "malformed" if any("breaks off" in each for each in left) else "empty"
        raise refuse(verdict, f"holds no response that could be read ({'; '.join(left[:3])})", hint="capture it again")
    notes = [each[:500] for each in left[:MOST_NAMED]]
    if len(left) > MOST_NAMED:
        notes.append(f"and {len(left) - MOST_NAMED} more were left out or not read")
    return (replace(made[0], warnings=(*made[0].warnings, *notes)), *made[1:])


def _records(data: bytes) -> Any:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        yield from ArchiveIterator(io.BytesIO(data))
    except ArchiveLoadFailed as error:
        raise ValueError(str(error)) from error


def _content(record: Any, left: list[str]) -> bytes | None:
    """The body of a response of a text type; nothing for all else."""
    if record.rec_type not in ("response", "resource"):
        return None
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    kind, status = _kind(record), record.http_headers.get_statuscode() if record.http_headers else "200"
    if not kind.startswith(TYPES) or status != "200":
        left.append(f"left out: {address[:200]} ({kind or 'no type'}, status {status})")
        return None
    content: bytes = record.content_stream().read(MOST_RESPONSE + 1)
    if getattr(record.raw_stream, "limit", 0) > 0:
        left.append(f"{address[:200]} breaks off: the archive was cut, and the text is not whole")
    if len(content) > MOST_RESPONSE:
        left.append(f"left out: {address[:200]} unpacks to more than {MOST_RESPONSE / 1e6:,.0f} MB (bomb)")
        return None
    return content


def _read(record: Any, number: int, content: bytes, depth: int, reader: Reader, left: list[str]) -> list[Derived]:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        found = reader(content, "", depth + 1, _charset(record), address)
    except DocumentError as error:
        left.append(f"not read: {address[:200]} {error}")
        return []
    captured = _captured(record.rec_headers.get_header("WARC-Date") or "")
    part = f"record {number}"
    return [
        replace(placed(each, part), url=address[:2000], captured_at=captured, tool=with_library(each.tool, "warcio"))
        for each in found
    ]


def _header(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _kind(record: Any) -> str:
    return _header(record).split(";")[0].strip().lower()


def _charset(record: Any) -> str:
    _, _, named = _header(record).lower().partition("charset=")
    return named.split(";")[0].strip(" \"'")


def _captured(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
