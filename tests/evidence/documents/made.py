"""Small documents of each format, built as they are needed."""

from __future__ import annotations

import gzip
import io
from email.message import EmailMessage


def pdf(*pages: str, info: str = "") -> bytes:
    """A PDF of one content stream a page, in Helvetica; a page is its operators, or "" for one without text."""
    font = "/Resources << /Font << /F 3 0 R >> >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for content in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        box = "/MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {font} /Contents {number + 1} 0 R >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    return _assembled(objects)


def line(text: str, size: int = 12, x: int = 72, y: int = 700) -> str:
    """Operators that draw one line of text, `size` points high, at `x`, `y` points from the lower left."""
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def _assembled(objects: list[str]) -> bytes:
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.5\n")
    for number, content in enumerate(objects, 1):
        places.append(made.tell())
        made.write(f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1"))
    start = made.tell()
    made.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    made.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF"
    made.write(trailer.encode())
    return made.getvalue()


def page(body: str, head: str = "") -> str:
    """An HTML page around an article."""
    return f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href='/'>Menu entry</a></nav>{body}</body></html>"


def mail(*attachments: tuple[str, str, bytes], plain: str = "", html: str = "") -> bytes:
    """A mail of 5 May 2021; attachments are (type, name, bytes)."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.org", "b@example.org", "Wages of spring"
    made["Date"] = "Wed, 5 May 2021 23:30:00 +0900"
    if plain:
        made.set_content(plain)
        if html:
            made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    for kind, name, content in attachments:
        main, _, sub = kind.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def warc(*records: tuple[str, str, bytes], compressed: bool = False) -> bytes:
    """A web archive of responses with status 200: (address, content type, body)."""
    made = b""
    for address, kind, body in records:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-05-06T01:02:03Z\r\n"
            "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        made += gzip.compress(record, mtime=0) if compressed else record
    return made
