"""Bytes to derived texts: what the child process runs. It must not run anywhere else: readers die of bad files.

Pure: no clock, no network, no file. The same bytes give the same texts.
"""

from __future__ import annotations

from dataclasses import replace

from tallystick.evidence.documents.derived import Derived
from tallystick.evidence.documents.formats import format_of, odd_name
from tallystick.evidence.documents.html_page import read_html
from tallystick.evidence.documents.mail import read_mail
from tallystick.evidence.documents.pdf_file import read_pdf
from tallystick.evidence.documents.plain_text import read_text
from tallystick.evidence.documents.verdicts import refuse
from tallystick.evidence.documents.web_archive import read_warc
from tallystick.evidence.documents.word_file import read_docx

DEEPEST = 4  # a page in an archive attached to a mail in a mail


def load(
    data: bytes, name: str = "", *, declared: str = "", address: str = "", second: bool = False
) -> tuple[Derived, ...]:
    """The texts of a document. `declared` is a charset and `address` a URL that its transport gave."""
    return _load(data, name, 0, declared, address, second)


def _load(
    data: bytes, name: str, depth: int, declared: str = "", address: str = "", second: bool = False
) -> tuple[Derived, ...]:
    if depth > DEEPEST:
        raise refuse("bomb", "holds documents in documents without end", hint="unpack it step by step")
    kind = format_of(data)
    made = _by(kind, data, depth, declared, address, second)
    odd = odd_name(name, kind)
    if odd:
        made = (replace(made[0], warnings=(*made[0].warnings, odd)), *made[1:])
    return made


def _by(kind: str, data: bytes, depth: int, declared: str, address: str, second: bool) -> tuple[Derived, ...]:
    match kind:
        case "pdf":
            return (read_pdf(data, second=second),)
        case "docx":
            return (read_docx(data),)
        case "html":
            return (read_html(data, declared=declared, address=address),)
        case "eml":
            return read_mail(data, depth, _load)
        case "warc":
            return read_warc(data, depth, _load)
        case _:
            return (read_text(data, declared=declared),)
