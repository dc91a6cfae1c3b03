"""Documents that mean harm, built by script into a folder: nothing of them is kept in the repository.

    python -m tests.hostile.make FOLDER     writes them and prints, for each, how reading it may end

Each case names the endings that are right: "text", or verdicts of `tallystick.evidence.documents.derived`. That nothing
else happens (no crash of who asks, no file elsewhere, no more than the limits) holds for all of them.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.evidence.documents.made import line, mail, page, pdf, warc
from tests.evidence.documents.words import ENGLISH, KOREAN, RUSSIAN
from tests.hostile import archives, bombs, names

LOCAL = "file:" + "///etc/passwd"  # in two, since no text of the project may point into a machine
TEXT = frozenset({"text"})
REFUSED = frozenset({"malformed", "unknown_format", "empty"})
STOPPED = frozenset({"bomb", "memory", "timeout", "crash", "too_large"})
LAUGHS = "<!DOCTYPE {root} [<!ENTITY a0 'ha'>{more}]>"
ARTICLE = f"<article><p>{ENGLISH}</p><p>{ENGLISH}</p></article>"
SCRIPTS = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{{7*7}}", "${7*7}",
    "=cmd|'/C calc'!A0", "@SUM(1+1)", "+1+1", "-1+1", "\t=1+1", "＝1+1", "'; DROP TABLE claims; --", "%s%n%x",
    "\x1b[2J", "</title><svg onload=alert(1)>", "]]><x>",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One hostile document: its file, and the endings that are right."""

    name: str
    path: Path
    endings: frozenset[str]


def cases(folder: Path) -> Iterable[Case]:
    """Write every document below `folder`, one after the other, and say how each may end."""
    for name, data, endings in documents():
        path = folder / name
        path.write_bytes(data)
        yield Case(name=name, path=path, endings=endings)
    yield from _no_files(folder)


def documents() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    """Name, bytes and right endings of each."""
    yield from _pdfs()
    yield from _archives()
    yield from _markup()
    yield from _fields()
    yield from _signs()
    yield from _truncated()
    yield from _wrongly_named()


def _pdfs() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    for depth in (1, 2, 3):
        yield f"flate-{depth}.pdf", bombs.flate_pdf(depth), STOPPED | REFUSED
    yield "page-tree-of-itself.pdf", bombs.looped_pdf("2 0 R"), STOPPED | REFUSED
    yield "page-tree-in-a-ring.pdf", bombs.looped_pdf("4 0 R"), STOPPED | REFUSED
    yield "page-tree-deep.pdf", bombs.deep_pdf(20_000), STOPPED | REFUSED | TEXT
    yield "xref-of-itself.pdf", bombs.xref_loop(), STOPPED | REFUSED | TEXT
    yield "content-of-itself.pdf", bombs.form_loop(), STOPPED | REFUSED | TEXT
    yield "large-page.pdf", pdf("q " * 2_000_000), STOPPED | REFUSED
    yield "many-pages.pdf", pdf(*[""] * 6_000), frozenset({"too_large"})
    yield "script-in-fields.pdf", pdf(line("Some 1,200 came."), info="/Title (<script>alert\\(1\\)</script>)"), TEXT
    yield "open-action.pdf", bombs.action_pdf(), TEXT


def _archives() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    yield "bomb.docx", archives.docx_bomb(), frozenset({"bomb"})
    yield "bomb-that-lies.docx", archives.docx_bomb(claimed=1000), STOPPED | REFUSED
    yield (
        "many-parts.docx",
        archives.docx(dict.fromkeys((f"word/{n}.xml" for n in range(12_000)), b"<a/>")),
        frozenset({"bomb"}),
    )
    yield "nested.docx", archives.docx({}, body="<w:p>" * 100_000), STOPPED | REFUSED
    yield "laughs.docx", archives.docx({}, before=_laughs("w:document")), frozenset({"malformed"})
    for kind, address in (("file", LOCAL), ("http", "http://127.0.0.1:9/a")):
        declared = f"<!DOCTYPE w:document [<!ENTITY x SYSTEM '{address}'>]>"
        yield (
            f"xxe-{kind}.docx",
            archives.docx({}, before=declared, body="<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"),
            REFUSED,
        )
    yield "traversal.docx", archives.docx(dict.fromkeys(names.TRAVERSAL, b"<a/>")), TEXT | REFUSED
    yield "traversal.zip", archives.plain_zip(names.TRAVERSAL), frozenset({"unknown_format", "malformed"})
    yield "links.zip", archives.links_zip(), frozenset({"unknown_format"})
    yield "traversal.tar", archives.tar(names.TRAVERSAL), frozenset({"unknown_format"})
    yield "bomb.warc.gz", archives.warc_bomb(), STOPPED | REFUSED
    yield "bomb.txt.gz", bombs.gzip_of_zeros(1000), frozenset({"unknown_format"})
    zipped = ("application/octet-stream", "../../a.docx", archives.docx_bomb())
    yield "bomb-attached.eml", mail(zipped, plain=ENGLISH), TEXT
    yield "traversal-attached.eml", mail(*_attached(), plain=ENGLISH), TEXT
    yield "many-parts.eml", _many_parts(2000), STOPPED | TEXT | REFUSED
    yield "mails-in-mails.eml", _nested_mail(60), STOPPED | TEXT | REFUSED


def _attached() -> list[tuple[str, str, bytes]]:
    plain = [name for name in names.TRAVERSAL if name.isprintable() and len(name) < 200]
    return [("text/plain", name, ENGLISH.encode()) for name in plain]


def _many_parts(count: int) -> bytes:
    head = b"From: a@example.org\nSubject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    return head + b"--b\nContent-Type: text/plain\n\na\n" * count + b"--b--\n"


def _nested_mail(depth: int) -> bytes:
    head = (
        "From: a@example.org\nSubject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n"
    )
    return "".join(head.format(n) for n in range(depth)).encode() + b"Content-Type: text/plain\n\na\n"


def _markup() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    every = STOPPED | REFUSED | TEXT
    yield "laughs.xml", (f"<?xml version='1.0'?>{_laughs('a')}<a>&a9;</a>").encode(), frozenset({"unknown_format"})
    yield "laughs.html", (_laughs("html") + page(f"<p>&a9;</p>{ARTICLE}")).encode(), TEXT | REFUSED
    for kind, address in (("file", LOCAL), ("http", "http://127.0.0.1:9/a")):
        entity = f"<!DOCTYPE html [<!ENTITY x SYSTEM '{address}'>]>"
        yield (
            f"xxe-{kind}.html",
            f"<?xml version='1.0'?>{entity}<html><body>{ARTICLE}<p>&x;</p></body></html>".encode(),
            TEXT,
        )
        yield f"xxe-{kind}.xml", f"<?xml version='1.0'?>{entity}<a>&x;</a>".encode(), TEXT | REFUSED
    fetched = f"<iframe src='{LOCAL}'></iframe><img src='http://127.0.0.1:9/a'>{ARTICLE}"
    yield (
        "fetches.html",
        page(fetched, "<base href='http://127.0.0.1:9/'><meta http-equiv=refresh content='0;url=//x'>").encode(),
        TEXT,
    )
    for tag in ("div", "b", "sup", "table", "ul", "script", "a"):
        yield f"nested-{tag}.html", page(f"<{tag}>" * 200_000 + "a").encode(), every
    yield "nested-closed.html", page("<div>" * 200_000 + ENGLISH + "</div>" * 200_000).encode(), every
    yield "unclosed.html", page("<!--" * 100_000).encode(), every
    yield "attributes.html", page("<p " + "a=1 " * 300_000 + f">{ENGLISH}</p>").encode(), every
    yield "references.html", page("<p>" + "&amp;" * 300_000 + "&#x110000;&#55555555;&bad;</p>").encode(), every
    yield "long-json.html", page(ARTICLE, f"<script type='application/ld+json'>{'[' * 100_000}</script>").encode(), TEXT


def _laughs(root: str) -> str:
    more = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    return LAUGHS.format(root=root, more=more)


def _fields() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    """Scripts, formulas and orders to a terminal in every field that a document has."""
    for number, script in enumerate(SCRIPTS):
        quoted = script.replace("'", "&#39;")
        head = f"<title>{script}</title><meta property='og:site_name' content='{quoted}'>"
        head += f"<link rel=canonical href='{quoted}'>"
        yield f"field-{number}.html", page(f"<h1>{script}</h1>{ARTICLE}<p>{script}</p>", head).encode(), TEXT
        yield f"field-{number}.txt", f"{script}\n{ENGLISH}".encode(), TEXT
    data = mail(plain=ENGLISH).replace(b"Wages of spring", b"=cmd|'/C calc'!A0 <script>alert(1)</script>")
    yield "field.eml", data, TEXT
    yield "formulas.csv", "\n".join(f"{script},1,200" for script in SCRIPTS).encode(), TEXT
    for scheme, endings in (("http", TEXT), ("javascript", TEXT | REFUSED)):
        record = (f"{scheme}://<script>alert(1)</script>", "text/plain", ENGLISH.encode())
        yield f"field-{scheme}.warc", warc(record), endings


def _signs() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    every = STOPPED | REFUSED | TEXT
    yield "bidi.txt", ("Some 1\u202e002,\u202c came\u2066.\u2069 " + ENGLISH).encode(), TEXT
    yield "zero-width.txt", ("\u200b".join(ENGLISH) + "\U000e0041\U000e007f").encode(), TEXT
    yield "mixed-scripts.txt", ("Vladiv\u043estok, \u0420yongyang. " + ENGLISH).encode(), TEXT
    yield "mixed-scripts-long.txt", ("a\u043e" * 500_000).encode(), TEXT
    yield "one-word.txt", b"a" * 2_000_000, TEXT
    yield "combining.txt", ("e" + "\u0301" * 1_000_000).encode(), TEXT
    yield "jamo.txt", ("\u1100\u1161\u11a8" * 300_000).encode(), TEXT
    numbers = ("NaN", "Infinity", "-0", "1e400", "9" * 5000, "1,000" * 2000, "10³", "１２", "1" + "0" * 400, "0x1p9999")
    yield "numbers.txt", "\n".join(f"{number} workers came." for number in numbers).encode(), TEXT
    yield "digits.txt", b"9" * 3_000_000, TEXT
    yield "days.txt", ("Published: " + "2021.05.05 " * 30_000).encode(), TEXT
    yield "blank-lines.txt", b"\n" * 3_000_000 + b"a", TEXT
    yield "blanks.txt", b" " * 3_000_000, frozenset({"empty"})
    yield "line-ends.txt", b"a\r" * 1_000_000, TEXT
    yield "broken-utf8.txt", (RUSSIAN.encode() + b"\xff") * 5000, TEXT
    yield "odd-utf16.txt", RUSSIAN.encode("utf-16") + b"a", TEXT
    yield "half-signs.txt", "\ufeffa \ud800 b \udc00".encode("utf-16-le", "surrogatepass"), TEXT | REFUSED
    yield "zeros.txt", ENGLISH.replace(" ", "\x00 ", 2).encode(), TEXT | REFUSED
    yield "noise.txt", random.Random(7).randbytes(300_000), REFUSED
    yield "long-line.txt", b"a b " * 3_000_000, every - TEXT
    yield "large.txt", ENGLISH.encode() * (60_000_000 // len(ENGLISH)), frozenset({"too_large"})
    yield "wide.txt", KOREAN.encode() * (30_000_000 // len(KOREAN.encode())), TEXT | STOPPED


def _truncated() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    whole = {
        "cut.pdf": pdf(line("Some 1,200 came."), line("They left.")), "cut.docx": archives.docx({}), "cut.eml": mail(
            ("application/pdf", "a.pdf", pdf(line("a"))), plain=ENGLISH, html=page(ARTICLE)),
        "cut.warc": warc(("http://example.org/", "text/html", page(ARTICLE).encode())),
        "cut.warc.gz": warc(("http://example.org/", "text/html", page(ARTICLE).encode()), compressed=True),
        "cut.html": page(ARTICLE).encode(),
    }  # fmt: skip
    for name, data in whole.items():
        for part in (0.1, 0.5, 0.9, 0.98):
            yield f"{int(100 * part)}-{name}", data[: int(len(data) * part)], TEXT | REFUSED | {"crash"}


def _wrongly_named() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    yield "pdf.txt", pdf(line("Some 1,200 came.")), TEXT
    yield "page.docx", page(ARTICLE).encode(), TEXT
    yield "word.pdf", archives.docx({}), TEXT
    yield "text.pdf", ENGLISH.encode(), TEXT
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, frozenset({"unknown_format"})
    yield "program.html", b"\x7fELF" + b"\x00" * 999, frozenset({"unknown_format"})
    yield "empty.pdf", b"", frozenset({"empty"})
    yield "mark-only.txt", b"\xef\xbb\xbf", frozenset({"empty"})
    yield "two-at-once.pdf", b"<html><body>a</body></html>\n" + pdf(line("Some 1,200 came.")), TEXT | REFUSED


def _no_files(folder: Path) -> Iterator[Case]:
    """What lies in a folder and is no file."""
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "ring.txt").symlink_to(folder / "ring.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    for name in ("folder.txt", "pipe.txt", "ring.txt", "device.txt"):
        yield Case(name=name, path=folder / name, endings=frozenset({"not_a_file"}))


if __name__ == "__main__":
    for case in cases(Path(sys.argv[1])):
        print(case.name, *sorted(case.endings))  # noqa: T201 - a script's output
