"""What a file is, told by its bytes; its name is only compared with that."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from tallystick.evidence.documents.verdicts import refuse

HEAD = 4096  # bytes in which a format shows itself
READ = "text, HTML, PDF, DOCX, EML and WARC are read"
NAMES = {
    ".txt": "text", ".text": "text", ".md": "text", ".htm": "html", ".html": "html", ".xhtml": "html", ".pdf": "pdf",
    ".docx": "docx", ".eml": "eml", ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
# First bytes of what is not read -> what it is and how its text can be had.
OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS, PPT, MSG)", "save it as DOCX, PDF or text"),
    (b"{\\rtf", "RTF", "save it as DOCX or text"),
    (b"Rar!", "a RAR archive", "unpack it and read what it holds"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and read what it holds"),
    (b"BZh", "a bzip2 archive", "unpack it and read what it holds"),
    (b"\xfd7zXZ", "an xz archive", "unpack it and read what it holds"),
    (b"\x89PNG", "a picture (PNG)", "have its text recognised (OCR) and read that"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "have its text recognised (OCR) and read that"),
    (b"GIF8", "a picture (GIF)", "have its text recognised (OCR) and read that"),
    (b"II*\x00", "a picture (TIFF)", "have its text recognised (OCR) and read that"),
    (b"MM\x00*", "a picture (TIFF)", "have its text recognised (OCR) and read that"),
    (b"%!PS", "PostScript", "save it as PDF"),
    (b'{"chains":[', "an exported ledger", "take it over with `tallystick import`"),
    (b"HWP Document", "a Hangul word processor file (HWP)", "save it as DOCX or PDF"),
    (b"SQLite format 3", "an SQLite database", "export what it holds as text"),
    (b"\x7fELF", "a program", "leave it"),
    (b"MZ", "a program", "leave it"),
)  # fmt: skip
MAIL_HEADER = re.compile(
    rb"^(from|to|subject|date|mime-version|message-id|received|return-path|delivered-to|content-type|x-[\w-]+|cc"
    rb"|reply-to|sender)[ \t]*:",
    re.I,
)
MAIL_NEEDS = (rb"from", rb"subject", rb"date", rb"message-id", rb"received", rb"mime-version")
HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<title[\s>]|<(?:article|main|div|p|table|h1|h2|ul|ol|span|meta|script)(?:\s[^<>]*)?>",
    re.I,
)
STARTS_AS_PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script|article|main|div|p|table|h1|h2|span|ul|ol|section)[\s/>]",
    re.I | re.S,
)
STARTS_AS_XML = re.compile(rb"^\s*(?:<\?xml|<!DOCTYPE(?!\s+html))", re.I)
OWN = b'<meta name="generator" content="Tallystick '  # of a brief: read as a source, it would repeat its own sources
XML_ROOT = re.compile(rb"<html[\s>]", re.I)


def format_of(data: bytes) -> str:
    """ "text", "html", "pdf", "docx", "eml" or "warc"; refused when it is none of them."""
    if not data.strip():
        raise refuse("empty", "is empty" if not data else "holds nothing but blanks", hint="fetch or save it again")
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _of_archive(data)
    if head.startswith(b"\x1f\x8b"):
        return _of_gzip(data)
    if head.startswith(b"WARC/"):
        return "warc"
    for start, what, hint in OTHERS:
        if head.startswith(start) and not (start == b"MZ" and _is_text(data)):
            raise refuse("unknown_format", f"is {what}; {READ}", hint=hint)
    return _of_text(data)


def odd_name(name: str, found: str) -> str:
    """A warning when the name says that the file is something else; "" when it agrees or says nothing."""
    small = name.lower()
    said = next((kind for ending, kind in NAMES.items() if small.endswith(ending)), "")
    if said and said != found:
        return f"named as {said} and read as {found}, which its content is"
    return ""


def _of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, zlib.error) as error:
        raise refuse("malformed", f"is a damaged archive ({error})", hint="fetch it again, complete") from error
    if "word/document.xml" in names:
        return "docx"
    kinds = {
        "xl/workbook.xml": "an Excel table",
        "ppt/presentation.xml": "a presentation",
        "mimetype": "an OpenDocument or EPUB file",
    }
    what = next((kind for name, kind in kinds.items() if name in names), "an archive")
    raise refuse(
        "unknown_format", f"is {what}; {READ}", hint="save it as PDF or DOCX, or unpack it and read what it holds"
    )


def _of_gzip(data: bytes) -> str:
    try:
        start = zlib.decompressobj(wbits=31).decompress(data[: 1 << 16], 16)
    except zlib.error as error:
        raise refuse("malformed", f"is a damaged gzip file ({error})", hint="fetch it again, complete") from error
    if start.startswith(b"WARC/"):
        return "warc"
    raise refuse("unknown_format", f"is a gzip file; {READ}", hint="unpack it and read what it holds")


def _of_text(data: bytes) -> str:
    if not _is_text(data):
        raise refuse("unknown_format", f"is neither text nor a known format; {READ}", hint="save it in one of them")
    head = _narrow(data[:HEAD])
    if OWN in data:  # behind the fonts that it holds
        hint = "read the sources that it cites; `tallystick verify` says whether it is as published"
        raise refuse("unknown_format", "is a brief that Tallystick wrote, and no source", hint=hint)
    if _is_mail(head):
        return "eml"
    if STARTS_AS_PAGE.match(head):
        return "html"
    if STARTS_AS_XML.match(head):
        if XML_ROOT.search(head):
            return "html"
        raise refuse("unknown_format", f"is XML, and not a page; {READ}", hint="save what it holds as text")
    return "html" if len(HTML.findall(head)) >= 3 else "text"


def _is_text(data: bytes) -> bool:
    """Whether so few of its bytes are control signs that it can be text, in UTF-16 or one of the others."""
    sample = data[: 1 << 16]
    if sample.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return False  # UTF-32, which nobody writes
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = sample.count(0)
    if zeros * 100 > len(sample):
        return _is_wide(sample)
    controls = len(sample) - len(sample.translate(None, bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])))
    return controls * 50 <= len(sample)


def _is_wide(sample: bytes) -> bool:
    """Whether zeros stand as they do in UTF-16: at one parity only, and where the other byte is a plain sign."""
    even, odd = sample[::2], sample[1::2]
    high, low = (odd, even) if odd.count(0) > even.count(0) else (even, odd)
    beside = [a for a, b in zip(low, high, strict=False) if b == 0]
    plain = sum(32 <= a < 127 or a in (9, 10, 13) for a in beside)
    return low.count(0) * 50 < len(low) and plain >= 0.95 * len(beside)


def _narrow(head: bytes) -> bytes:
    """The head with one byte a sign as far as it is ASCII, so that patterns find it in UTF-16 too."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2 : len(head) // 2 * 2].decode(codec, "replace").encode("ascii", "replace")
    return head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf")


def _is_mail(head: bytes) -> bool:
    """Whether it opens with header lines, one of them From, and one more that only mails have."""
    names: set[bytes] = set()
    for line in head.splitlines():
        found = MAIL_HEADER.match(line)
        if not line.strip() or not (found or (line[:1] in b" \t" and names)):
            break
        if found:
            names.add(found[1].lower())
    return (b"from" in names or b"received" in names) and len(names.intersection(MAIL_NEEDS)) >= 2
