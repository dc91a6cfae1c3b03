"""The record of a fetch as a web archive (WARC 1.1, ISO 28500): each request and answer, as the bytes went.

Ids are made from what a record holds and when, so that the same exchange gives the same bytes. The digest of a payload
is over what follows the headers, as it was sent: chunks and gzip are still in it, as archives commonly have it.
"""

from __future__ import annotations

import io
import re
from base64 import b32encode
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tallystick.evidence.online.exchange import Exchange
from tallystick.vocab.version import VERSION

WARC: Final = "WARC/1.1"
HEAD: Final = re.compile(rb"\r?\n\r?\n")  # the blank line below the headers


def archive(exchanges: Sequence[Exchange], when: datetime) -> bytes:
    """All exchanges of one fetch, in order; `when`: the time of capture, of which the zone must be known."""
    out = io.BytesIO()
    writer: Any = WARCWriter(out, gzip=False, warc_version="1.1")
    date = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    info = f"software: Tallystick {VERSION}\r\nformat: WARC File Format 1.1\r\n".encode()
    writer.write_record(_record("warcinfo", info, date, "application/warc-fields", {}))
    for number, one in enumerate(exchanges):
        about = {"WARC-Target-URI": one.target.url, "WARC-IP-Address": one.address}
        answer = _record("response", one.response, date, "application/http; msgtype=response", about, number)
        request = about | {"WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")}
        writer.write_record(answer)
        writer.write_record(_record("request", one.request, date, "application/http; msgtype=request", request, number))
    return out.getvalue()


def _record(kind: str, block: bytes, date: str, media_type: str, about: dict[str, str], number: int = 0) -> Any:
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{date} {kind} {number} {about} {_digest(block)}')}>",
        "WARC-Date": date,
        **about,
        "WARC-Block-Digest": _digest(block),
    }
    end = HEAD.search(block)
    if kind != "warcinfo" and end is not None:
        headers["WARC-Payload-Digest"] = _digest(block[end.end() :])
    stated = StatusAndHeaders("", list(headers.items()), protocol=WARC)
    return ArcWarcRecord("warc", kind, stated, io.BytesIO(block), None, media_type, len(block))


def _digest(data: bytes) -> str:
    return "sha256:" + b32encode(sha256(data).digest()).decode("ascii")
