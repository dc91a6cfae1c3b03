"""Streams that unpack to far more than they are, and PDFs that go round in circles."""

from __future__ import annotations

import gzip
import struct
import zlib

MEGABYTE = bytes(1_000_000)


def deflated_zeros(megabytes: int) -> bytes:
    """A raw deflate stream of so many million zeros, put together without packing them all.

    After a full flush the packer starts anew, so one packed million serves for each.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(MEGABYTE)
    packer.flush(zlib.Z_FULL_FLUSH)
    one = packer.compress(MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return one * megabytes + packer.flush(zlib.Z_FINISH)


def zlib_zeros(megabytes: int) -> bytes:
    """The same as a zlib stream; the Adler sum of n zeros is n mod 65,521 and 1."""
    count = megabytes * len(MEGABYTE)
    return b"\x78\xda" + deflated_zeros(megabytes) + struct.pack(">HH", count % 65521, 1)


def crc_of_zeros(megabytes: int) -> int:
    """CRC-32 of so many million zeros."""
    found = 0
    for _ in range(megabytes):
        found = zlib.crc32(MEGABYTE, found)
    return found


def gzip_of_zeros(megabytes: int) -> bytes:
    """The same as a gzip file."""
    end = struct.pack("<II", crc_of_zeros(megabytes), megabytes * len(MEGABYTE) & 0xFFFFFFFF)
    return gzip.compress(b"")[:10] + deflated_zeros(megabytes) + end


def _file(objects: list[bytes]) -> bytes:
    """A PDF of these objects; readers find them without a table."""
    made = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
    b"/Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R >> >> >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
KIDS = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
WORDS = b"BT /F 12 Tf 72 700 Td (Some 1,200 came.) Tj ET"


def flate_pdf(depth: int) -> bytes:
    """A page whose content is a billion zeros, packed once or several times over."""
    content = zlib_zeros(1000)
    for _ in range(depth - 1):
        content = zlib.compress(content, 9)
    filters = b"/Filter [%s]" % b" ".join([b"/FlateDecode"] * depth)
    return _file([CATALOG, KIDS, PAGE, _stream(content, filters), FONT])


def looped_pdf(kid: str) -> bytes:
    """A page tree that holds itself, at once or by way of another node."""
    tree = f"<< /Type /Pages /Kids [{kid} {kid}] /Count 2000000000 /Parent {kid} >>".encode()
    return _file([CATALOG, tree, PAGE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 /Parent 2 0 R >>", FONT])


def deep_pdf(depth: int) -> bytes:
    """A page tree of one branch, as deep as it likes."""
    nodes = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (n + 3, max(n + 1, 2)) for n in range(depth)
    ]
    return _file([CATALOG, *nodes, b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 9 9] >>" % (depth + 1)])


def xref_loop() -> bytes:
    """A table of objects whose earlier table is itself."""
    made = _file([CATALOG, KIDS, PAGE, _stream(WORDS), FONT])
    start = made.rindex(b"xref\n0")
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def form_loop() -> bytes:
    """A drawing that draws itself."""
    form = _stream(
        b"/X Do /X Do " + WORDS,
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>",
    )
    return _file([CATALOG, KIDS, PAGE, form, FONT])


def action_pdf() -> bytes:
    """A PDF that asks to run a program and a script when it is opened."""
    launch = b"/OpenAction << /S /Launch /F (/bin/sh) >> /AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    return _file([CATALOG.replace(b" >>", b" " + launch + b" >>"), KIDS, PAGE, _stream(WORDS), FONT])
