"""A file is what its bytes are, whatever its name says."""

from __future__ import annotations

import gzip
import io
import zipfile
from importlib.resources import files

import pytest

from tallystick.evidence.documents.formats import OWN, format_of, odd_name
from tallystick.evidence.documents.load import load
from tallystick.evidence.documents.verdicts import DocumentError
from tallystick.evidence.ledger.portable import BEGINNING
from tests.evidence.documents.made import mail, page, pdf, warc
from tests.evidence.documents.words import ENGLISH, KOREAN, RUSSIAN


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (ENGLISH.encode(), "text"), (KOREAN.encode("cp949"), "text"), (RUSSIAN.encode("utf-16"), "text"),
        (RUSSIAN.encode("utf-16-be"), "text"), (page("<p>a</p>").encode(), "html"),
        (page("<p>a</p>").encode("utf-16"), "html"), (b"<?xml version='1.0'?><html><body>a</body></html>", "html"),
        (b"  <div>a</div>", "html"), (b"a < b and c > d", "text"), (pdf(""), "pdf"), (mail(plain="a"), "eml"),
        (warc(("http://example.org/", "text/plain", b"a")), "warc"),
        (warc(("http://example.org/", "text/plain", b"a"), compressed=True), "warc"),
        (b"From here to there: a note\nDate: none\n\nText.", "text"), (b"MZ is the code of a town.\n", "text"),
    ],
)  # fmt: skip
def test_format_by_content(data: bytes, kind: str) -> None:
    assert format_of(data) == kind


def _archive(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "verdict", "words"),
    [
        (b"", "empty", "is empty"), (b" \n\t ", "empty", "blanks"), (b"\x89PNG\r\n", "unknown_format", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"a" * 99, "unknown_format", "old Office"),
        (gzip.compress(b"abc", mtime=0), "unknown_format", "gzip"), (b"\x1f\x8b broken", "malformed", "gzip"),
        (_archive(a="b"), "unknown_format", "an archive"), (_archive(xl__workbook_xml="b"), "unknown_format", "Excel"),
        (b"PK\x03\x04 broken", "malformed", "archive"), (bytes(range(256)) * 9, "unknown_format", "neither text"),
        (b"<?xml version='1.0'?><feed/>", "unknown_format", "XML"), (b"{\\rtf1 a}", "unknown_format", "RTF"),
        (b"<!doctype html><style>" + b" " * 9_999 + OWN + b'0.1.0"></head>', "unknown_format", "a brief"),
        (BEGINNING + b'{"chain":"0f"}],"entries":1}\n', "unknown_format", "an exported ledger"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)}_bytes",
)  # fmt: skip
def test_what_is_not_read_is_named(data: bytes, verdict: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        format_of(data)
    assert caught.value.verdict == verdict
    assert caught.value.hint


def test_a_wrongly_named_file_is_read_as_what_it_is_and_the_name_is_noted() -> None:
    made = load(page(f"<p>{ENGLISH}</p>").encode(), "report.PDF")[0]
    assert made.media_type == "text/html"
    assert "named as pdf and read as html, which its content is" in made.warnings
    assert odd_name("a.txt", "text") == odd_name("no-ending", "pdf") == odd_name("a.warc.gz", "warc") == ""


def test_a_brief_bears_the_sign_by_which_it_is_known() -> None:
    page = files("tallystick.brief").joinpath("templates", "page.html.j2").read_text(encoding="utf-8")
    assert OWN.decode() in page
