"""Archives that lie, and archives whose members have names that lead elsewhere."""

from __future__ import annotations

import io
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Mapping, Sequence

from tests.hostile.bombs import crc_of_zeros, deflated_zeros, gzip_of_zeros

XMLNS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
PARAGRAPH = "<w:p><w:r><w:t>Some 1,200 of them came by train in the spring.</w:t></w:r></w:p>"
MEGABYTES = 1000


def docx(more: Mapping[str, bytes], body: str = PARAGRAPH, before: str = "") -> bytes:
    """The least that is a Word document, with further members; `before` stands before the root of its text."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of names that come twice, which is the point
        text = f"{before}<w:document {XMLNS}><w:body>{body}</w:body></w:document>"
        members = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": text}
        for name, content in [*members.items(), *more.items()]:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of 1980: the same each time
    return made.getvalue()


def docx_bomb(claimed: int | None = None) -> bytes:
    """A Word document of about one megabyte whose text is a billion zeros; `claimed` is the size that it admits to."""
    packed, size = deflated_zeros(MEGABYTES), MEGABYTES * 1_000_000
    fields = (20, 0, 8, 0, 33, crc_of_zeros(MEGABYTES), len(packed), size if claimed is None else claimed)
    name = b"word/document.xml"
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *fields, len(name), 0) + name + packed
    central = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, *fields, len(name), 0, 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def plain_zip(names: Sequence[str]) -> bytes:
    """An archive of members with these names."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "taken over")
    return made.getvalue()


def links_zip() -> bytes:
    """An archive whose members are links and a device."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, mode, target in (("a", 0o120777, "/etc/passwd"), ("b", 0o120777, "../../.ssh"), ("c", 0o020666, "")):
            member = zipfile.ZipInfo(name)
            member.external_attr = mode << 16
            archive.writestr(member, target)
    return made.getvalue()


def tar(names: Sequence[str]) -> bytes:
    """The same names in a tape archive, and a link and a device."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name.replace("\x00", "0")), io.BytesIO())
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            member = tarfile.TarInfo("a")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    return made.getvalue()


def warc_bomb() -> bytes:
    """A packed web archive with one response of a billion zeros."""
    import gzip

    size = MEGABYTES * 1_000_000
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\nWARC-Date: 2021-05-06T01:02:03Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + size}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http, mtime=0) + gzip_of_zeros(MEGABYTES)
