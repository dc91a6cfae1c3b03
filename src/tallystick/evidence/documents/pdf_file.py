"""A PDF: the text of each page by PDFium, or by pypdf where PDFium fails or finds nothing.

Small raised digits become superscript signs: a footnote mark behind 12,400 is not a further digit of it. A page without
text in a PDF that has some elsewhere is named in a warning; a PDF without any text is refused as empty, since it is
most likely a scan. No text is recognised from pictures here.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tallystick.evidence.documents.derived import Derived, Stretch
from tallystick.evidence.documents.finish import Known, finish
from tallystick.evidence.documents.html_signs import RAISED
from tallystick.evidence.documents.published import day_in
from tallystick.evidence.documents.verdicts import DocumentError, refuse

MOST_PAGES = 5_000
SMALLER = 0.8  # of the size of the sign before it: below that a raised digit is a superscript
HIGHER = 0.15  # of that size: how far its foot must stand above the other's
SCANNED = "it is most likely a scan: have its text recognised (OCR, for example with ocrmypdf), and read the result"
UNNAMED = ("", "untitled", "microsoft word", "powerpoint presentation")
BROKEN = (
    RecursionError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, NotImplementedError,
    AssertionError, ArithmeticError,
)  # fmt: skip
Pages = tuple[list[str], Known]


def read_pdf(data: bytes, *, second: bool = False) -> Derived:
    """The text of every page; `second` goes straight to the second reader, for a file that killed the first."""
    if second:
        pages, known = _by_pypdf(data, "the first reader (pypdfium2) died of this file")
        return _joined(pages, known, "pypdf")
    try:
        pages, known = _by_pdfium(data)
    except DocumentError as error:
        if getattr(error, "verdict", "") != "malformed":
            raise
        pages, known = _by_pypdf(data, f"the first reader (pypdfium2) failed: {error}")
        return _joined(pages, known, "pypdf")
    if any(page.strip() for page in pages):
        return _joined(pages, known, "pypdfium2")
    pages, known = _by_pypdf(data, "the first reader (pypdfium2) found no text")
    return _joined(pages, known, "pypdf")


def _joined(pages: Iterable[str], known: Known, library: str) -> Derived:
    """One text of all pages, a blank line between them, and one stretch a page."""
    stretches: list[Stretch] = []
    bare: list[int] = []
    pieces: list[str] = []
    at = 0
    for number, page in enumerate(pages, 1):
        if page.strip():
            stretches.append(Stretch(at, at + len(page), f"page {number}", 0, len(page)))
            pieces.append(page)
            at += len(page) + 2
        else:
            bare.append(number)
    text = "\n\n".join(pieces)
    if not text:
        raise refuse("empty", f"is a PDF of {len(bare)} pages without text", hint=SCANNED)
    if bare:
        listed = ", ".join(str(number) for number in bare[:20])
        known = replace(known, warnings=(*known.warnings, f"{len(bare)} pages hold no text (scans?): {listed}"))
    return finish(text, stretches, known, media_type="application/pdf", libraries=(library,))


def _by_pdfium(data: bytes) -> Pages:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _encrypted() from error
        raise refuse("malformed", f"cannot be opened as PDF ({error})", hint="fetch or save it again") from error
    try:
        if len(document) > MOST_PAGES:
            raise refuse("too_large", f"has {len(document):,} pages; {MOST_PAGES:,} are read", hint="split it")
        pages, failed = [], []
        for number in range(len(document)):
            try:
                pages.append(_page_by_pdfium(document[number]))
            except pypdfium2.PdfiumError:
                pages.append("")
                failed.append(number + 1)
        facts = document.get_metadata_dict()
    finally:
        document.close()
    warnings = (f"{len(failed)} pages could not be read: {failed[:20]}",) if failed else ()
    return pages, _known(facts.get("Title", ""), facts.get("CreationDate", ""), warnings)


def _page_by_pdfium(page: object) -> str:
    """The text of one page, with superscript signs for small raised digits."""
    from pypdfium2 import raw

    textpage = page.get_textpage()  # type: ignore[attr-defined]
    try:
        handle, count = textpage.raw, textpage.count_chars()
        signs = [chr(raw.FPDFText_GetUnicode(handle, at) or 0xFFFD) for at in range(count)]
        for at in range(1, count):
            if (
                signs[at].isascii()
                and signs[at].isdigit()
                and not signs[at - 1].isspace()
                and _raised(handle, at, signs)
            ):
                signs[at] = signs[at].translate(RAISED)
    finally:
        textpage.close()
        page.close()  # type: ignore[attr-defined]
    text = "".join(signs).replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x02", "-").replace("\ufffe", "-")  # PDFium's own marks for a hyphen at the end of a line


def _raised(handle: object, at: int, signs: list[str]) -> bool:
    """Whether the digit at `at` is smaller than the sign on the line before it, and stands higher."""
    from pypdfium2 import raw

    base = at - 1
    while base > 0 and signs[base] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        base -= 1
    size, large = raw.FPDFText_GetFontSize(handle, at), raw.FPDFText_GetFontSize(handle, base)
    foot, floor = _foot(handle, at), _foot(handle, base)
    if foot is None or floor is None or signs[base] in ",.;:'\"’”)]}":
        return False if foot is None or floor is None else size < SMALLER * large and foot - floor > 2 * HIGHER * large
    return bool(size < SMALLER * large and foot - floor > HIGHER * large)


def _foot(handle: object, at: int) -> float | None:
    """How high the lowest point of a sign stands on the page, in points."""
    from pypdfium2 import raw

    box = [ctypes.c_double() for _ in range(4)]
    return box[2].value if raw.FPDFText_GetCharBox(handle, at, *box) else None


def _by_pypdf(data: bytes, why: str) -> Pages:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted()
        if len(reader.pages) > MOST_PAGES:
            raise refuse("too_large", f"has {len(reader.pages):,} pages", hint="split it")
        pages = [page.extract_text() for page in reader.pages]
        facts: dict[str, object] = dict(reader.metadata or {})
        title, made = str(facts.get("/Title") or ""), str(facts.get("/CreationDate") or "")
    except DocumentError:
        raise
    except FileNotDecryptedError as error:
        raise _encrypted() from error
    except LimitReachedError as error:
        raise refuse("bomb", f"unpacks without end ({error})", hint="do not open it elsewhere") from error
    except (PyPdfError, *BROKEN) as error:
        # The second reader meets damaged files with any error that Python has.
        raise refuse("malformed", f"is no PDF that can be read ({error})", hint="fetch or save it again") from error
    return pages, _known(title, made, (f"{why}; read by pypdf",))


def _encrypted() -> DocumentError:
    return refuse("encrypted", "is a PDF locked with a password", hint="open it with the password and save it without")


def _known(title: str, made: str, warnings: tuple[str, ...]) -> Known:
    """The day that the file was made is weaker evidence than any day in the text: a scan is made years later."""
    day: date | None = day_in(made.removeprefix("D:")) if made else None
    named = "" if title.strip().lower() in UNNAMED else title
    return Known(title=named, weak=(day, "PDF CreationDate") if day else None, warnings=warnings)
