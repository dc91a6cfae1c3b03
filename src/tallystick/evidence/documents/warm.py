"""Small documents of our own, read once by the nursery, so that no child has to load a library again."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from tallystick.vocab.errors import TallystickError

SENTENCE = "This line of no meaning is here so that there is some text to be found by those who look for it. "
MAIL = (
    "From: a@example.org\nSubject: {0}\nDate: Wed, 5 May 2021 10:00:00 +0000\nMIME-Version: 1.0\n"
    "Content-Type: text/html; charset={1}\n\n<p>{0}</p>"
)


def warm(load: Callable[[bytes], object]) -> None:
    """Read every sample; that some are refused is right, since an empty page holds no text."""
    for sample in samples():
        try:
            load(sample)
        except TallystickError:
            continue


def samples() -> Iterator[bytes]:
    """A document of each format, and text in each encoding."""
    for codec, text in {
        "cp1251": "В работе это не было",
        "cp949": "노동자가 있다는 것을",
        "utf-16": SENTENCE,
        "koi8-r": "это было",
    }.items():
        yield (text * 20).encode(codec)
    page = f"<html><head><title>a</title></head><body><article><h1>a</h1><p>{SENTENCE * 3}</p></article></body></html>"
    yield page.encode()
    yield MAIL.format(SENTENCE, "utf-8").encode()
    yield _pdf()
    yield _docx()
    yield _warc(page.encode())


def _pdf() -> bytes:
    import pypdfium2

    made = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(made)
    document.close()
    return made.getvalue()


def _docx() -> bytes:
    import docx

    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    document.save(made)
    return made.getvalue()


def _warc(page: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(page), page)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n"
    head += b"WARC-Date: 2021-05-05T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
    head += b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
    return head + http + b"\r\n\r\n"
