"""Each format gives its text, where each stretch lies, and what the document says of itself."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import docx
import pypdf
import pytest
from docx.document import Document
from docx.oxml import OxmlElement

from tallystick.evidence.documents.derived import Derived
from tallystick.evidence.documents.load import load
from tallystick.evidence.documents.verdicts import DocumentError
from tests.evidence.documents.made import line, mail, page, pdf, warc
from tests.evidence.documents.words import ENGLISH, KOREAN, RUSSIAN
from tests.hostile.archives import docx as hostile_docx
from tests.hostile.archives import docx_bomb

ARTICLE = f"<article><h1>Spring</h1><p>{ENGLISH}</p><p>Of 10<sup>3</sup> men, 12,400<sup>1</sup> left.</p></article>"
LINKED = '<script type="application/ld+json">{}</script>'


def _source(made: Derived, data: bytes, words: str) -> bytes:
    """The bytes behind the stretch of text that holds `words`."""
    at = made.text.index(words)
    found = next(run for run in made.stretches if run.start <= at and at + len(words) <= run.end)
    assert found.part == ""
    return data[found.source_start : found.source_end]


def test_text_keeps_every_sign() -> None:
    made = load((RUSSIAN + "a\r\nb").encode("cp1251"), "a.txt")[0]
    assert (made.text, made.encoding, made.language, made.media_type) == (
        RUSSIAN + "a\nb",
        "cp1251",
        "ru",
        "text/plain",
    )


def test_a_page_gives_its_main_text_and_what_its_head_says() -> None:
    head = (
        "<title>Spring - Site</title><meta property='og:title' content='Spring'>"
        "<meta property='og:site_name' content='The Site'><link rel='canonical' href='https://example.org/spring'>"
        "<meta property='article:published_time' content='2021-05-05T23:30:00+09:00'>"
    )
    made = load(page(ARTICLE, head).encode(), "a.html")[0]
    assert "1,200 of them" in made.text
    assert "Menu entry" not in made.text
    assert (made.title, made.publisher, made.url) == ("Spring", "The Site", "https://example.org/spring")
    assert (made.published_on, made.published_evidence) == (date(2021, 5, 5), "meta article:published_time")
    assert made.tool.startswith("tallystick ")
    assert "trafilatura " in made.tool


def test_superscripts_of_a_page_are_not_further_digits() -> None:
    made = load(page(ARTICLE).encode())[0]
    assert "Of 10³ men, 12,400¹ left." in made.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "koi8-r"])
def test_each_line_of_a_page_leads_back_to_its_bytes(encoding: str) -> None:
    article = f"<article><p>{RUSSIAN}</p><p>Всего <b>1&nbsp;200</b> человек&nbsp;&mdash; так сказано.</p></article>"
    declared = "" if encoding == "utf-16" else f"<meta charset='{encoding}'>"
    data = page(article, declared).encode(encoding)
    made = load(data)[0]
    codec = "utf-16-le" if encoding == "utf-16" else encoding
    assert made.encoding == codec
    found = _source(made, data, "так сказано").decode(codec)
    assert found == "Всего <b>1&nbsp;200</b> человек&nbsp;&mdash; так сказано."
    assert _source(made, data, "бригадир").decode(codec) == RUSSIAN.strip()


@pytest.mark.parametrize(
    ("head", "evidence"),
    [
        ("<meta name='DC.date' content='2021-05-05'>", "meta dc.date"),
        (LINKED.format('{"@graph": [{"datePublished": "2021-05-05"}]}'), "JSON-LD datePublished"),
        ("<meta name='x' content='y'></head><body><time datetime='2021-05-05'>5.5.</time>", "time element"),
    ],
)  # fmt: skip
def test_where_a_page_says_its_day(head: str, evidence: str) -> None:
    made = load(page(ARTICLE, head).encode())[0]
    assert (made.published_on, made.published_evidence) == (date(2021, 5, 5), evidence)


def test_a_page_without_main_text_gives_all_that_is_visible_and_says_so() -> None:
    made = load(page("<footer>Below 1&nbsp;200</footer>").encode())[0]
    assert made.text == "Menu entry\nBelow 1 200"
    assert any("all visible text was taken" in note for note in made.warnings)


def test_json_ld_that_is_no_json_is_noted() -> None:
    for broken in ("{", "[" * 100_000, "9" * 5000):
        made = load(page(ARTICLE, LINKED.format(broken)).encode())[0]
        assert any("JSON-LD" in note for note in made.warnings)


def test_a_pdf_gives_each_page_and_its_number() -> None:
    made = load(pdf(line("Some 1,200 came."), "", line("They left in May.")), "a.pdf")[0]
    assert made.text == "Some 1,200 came.\n\nThey left in May."
    assert [made.text[run.start : run.end] for run in made.stretches] == ["Some 1,200 came.", "They left in May."]
    assert [(run.part, run.source_start, run.source_end) for run in made.stretches] == [
        ("page 1", 0, 16),
        ("page 3", 0, 17),
    ]
    assert "1 pages hold no text (scans?): 2" in made.warnings
    assert "pypdfium2" in made.tool


def test_a_raised_small_digit_of_a_pdf_is_a_superscript() -> None:
    raised = line("Some 12,400") + line("1", 7, 138, 705) + line("came, of 10", 12, 146) + line("3", 7, 206, 705)
    assert "12,400¹" in load(pdf(raised))[0].text
    assert "10³" in load(pdf(raised))[0].text
    assert load(pdf(line("Some 12,400 came.")))[0].text == "Some 12,400 came."


def test_the_day_in_a_pdfs_text_is_stronger_than_the_day_the_file_was_made() -> None:
    info = "/Title (Spring) /CreationDate (D:20230101120000Z)"
    bare = load(pdf(line("Some 1,200 came."), info=info))[0]
    assert (bare.title, bare.published_on, bare.published_evidence) == ("Spring", date(2023, 1, 1), "PDF CreationDate")
    dated = load(pdf(line("5 May 2021") + line("Some 1,200 came.", y=680), info=info))[0]
    assert (dated.published_on, dated.published_evidence) == (date(2021, 5, 5), "text: 5 May 2021")


def test_a_scan_is_empty_and_the_way_out_is_named() -> None:
    with pytest.raises(DocumentError, match="2 pages without text") as caught:
        load(pdf("", ""))
    assert (caught.value.verdict, "OCR" in caught.value.hint) == ("empty", True)


def test_the_second_reader_takes_over_and_says_so() -> None:
    made = load(pdf(line("Some 1,200 came.")), second=True)[0]
    assert made.text.strip() == "Some 1,200 came."
    assert "pypdf " in made.tool
    assert made.warnings[0].endswith("read by pypdf")


def test_a_locked_pdf_is_encrypted() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(line("Some 1,200 came."))))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    for second in (False, True):
        with pytest.raises(DocumentError, match="password") as caught:
            load(locked.getvalue(), second=second)
        assert caught.value.verdict == "encrypted"


def _saved(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_word_document_gives_paragraphs_and_tables_in_their_order() -> None:
    document = docx.Document()
    document.core_properties.title = "Spring"
    document.add_paragraph("Some 1,200 came.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "May", "1,200"
    document.add_paragraph("They left.")
    made = load(_saved(document), "a.docx")[0]
    assert (made.text, made.title) == ("Some 1,200 came.\nMay\t1,200\nThey left.", "Spring")
    assert [run.part for run in made.stretches] == ["paragraph 1", "table 1 row 1", "paragraph 2"]
    assert [made.text[run.start : run.end] for run in made.stretches] == made.text.split("\n")


def test_a_superscript_of_a_word_document_is_not_a_further_digit_and_deleted_text_is_left_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Of 10")
    paragraph.add_run("3").font.superscript = True
    gone = OxmlElement("w:del")
    gone.append(paragraph.add_run(" hundred")._r)
    paragraph._p.append(gone)
    paragraph.add_run(" men")
    assert load(_saved(document))[0].text == "Of 10³ men"


@pytest.mark.parametrize(
    ("data", "verdict", "words"),
    [
        (docx_bomb(), "bomb", "1,000 MB in 1.0 MB"),
        (hostile_docx({}, before="<!DOCTYPE w:document [<!ENTITY x 'a'>]>"), "malformed", "declares XML entities"),
        (hostile_docx({"word/a.xml": b"<!doctype a>"}), "malformed", "declares XML entities"),
        (hostile_docx({})[:-30], "malformed", "damaged archive"),
    ],
)
def test_a_word_document_is_looked_at_before_it_is_unpacked(data: bytes, verdict: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        load(data)
    assert caught.value.verdict == verdict


def test_a_mail_gives_its_plain_body_once_and_each_attachment() -> None:
    data = mail(
        ("text/plain", "notes.pdf", RUSSIAN.encode("koi8-r")), ("application/pdf", "a.pdf", pdf(line("In the PDF."))),
        ("image/png", "b.png", b"\x89PNG\r\n"), plain=KOREAN, html=page(ARTICLE),
    )  # fmt: skip
    body, notes, paper = load(data, "a.eml")
    assert (body.part, body.text, body.title) == ("body", KOREAN, "Wages of spring")
    assert (body.published_on, body.published_evidence) == (date(2021, 5, 5), "mail header Date")
    assert (notes.part, notes.text, notes.stretches[0].part) == ("attachment 1", RUSSIAN, "attachment 1 bytes")
    assert any("named as pdf and read as text" in note for note in notes.warnings)
    assert (paper.text, paper.stretches[0].part) == ("In the PDF.", "attachment 2, page 1")
    assert any(note.startswith("not read: attachment 3 is a picture") for note in body.warnings)


def test_a_mail_of_html_alone_is_read_as_a_page() -> None:
    made = load(mail(html=page(ARTICLE)))[0]
    assert (made.media_type, "1,200 of them" in made.text) == ("text/html", True)


def test_a_mail_in_a_mail_is_read_and_one_without_end_is_not() -> None:
    data = mail(plain="Deep down.")
    for _ in range(3):
        data = mail(("application/octet-stream", "a.eml", data), plain="Above.")
    assert [each.text.strip() for each in load(data)] == ["Above."] * 3 + ["Deep down."]
    for _ in range(5):
        data = mail(("application/octet-stream", "a.eml", data), plain="Above.")
    made = load(data)
    assert len(made) == 5
    assert any("without end" in note for each in made for note in each.warnings)


@pytest.mark.parametrize("compressed", [False, True])
def test_a_web_archive_gives_each_response_with_its_address_and_time(compressed: bool) -> None:
    data = warc(
        ("https://example.org/a", "text/html; charset=koi8-r", page(f"<article><p>{RUSSIAN}</p>").encode("koi8-r")),
        ("https://example.org/b.png", "image/png", b"\x89PNG"),
        ("https://example.org/c", "text/plain", ENGLISH.encode()),
        compressed=compressed,
    )  # fmt: skip
    first, second = load(data, "a.warc.gz")
    assert (first.url, first.language, first.encoding) == ("https://example.org/a", "ru", "koi8-r")
    assert first.captured_at == datetime(2021, 5, 6, 1, 2, 3, tzinfo=UTC)
    assert (second.text, second.part, second.stretches[0].part) == (ENGLISH, "record 3", "record 3 bytes")
    assert any("b.png" in note for note in first.warnings)
    assert "warcio " in first.tool


def test_a_web_archive_that_breaks_off_gives_what_came_before_and_says_so() -> None:
    data = warc(*[("https://example.org/a", "text/plain", ENGLISH.encode())] * 2, compressed=True)
    made = load(data[:-60])
    assert made[0].text == ENGLISH
    assert any("breaks off" in note for each in made for note in each.warnings)


def _parts(subtype: str, *parts: Message) -> MIMEMultipart:
    made = MIMEMultipart(subtype)
    for part in parts:
        made.attach(part)
    return made


def _sent(whole: Message) -> bytes:
    whole["From"], whole["Date"], whole["Subject"] = "a@example.org", "Wed, 5 May 2021 23:30:00 +0900", "Wages"
    return whole.as_bytes()


PLAIN, SECOND = "Some 1,200 came in spring.", "And 340 of them left."
RICH, MORE = (f"<html><body><p>{text}</p></body></html>" for text in (PLAIN, SECOND))


@pytest.mark.parametrize(
    ("whole", "texts"),
    [
        (_parts("alternative", MIMEText(PLAIN), MIMEText(RICH, "html")), [PLAIN]),
        (_parts("alternative", MIMEText(""), MIMEText(RICH, "html")), [PLAIN]),
        (_parts("mixed", MIMEText(PLAIN), MIMEText(SECOND)), [PLAIN, SECOND]),
        (_parts("mixed", MIMEText(RICH, "html"), MIMEText(SECOND)), [PLAIN, SECOND]),
        (_parts("mixed", MIMEText(PLAIN), MIMEText(MORE, "html")), [PLAIN, SECOND]),
        (_parts("mixed", _parts("alternative", MIMEText(PLAIN), MIMEText(RICH, "html")), MIMEText(SECOND)),
         [PLAIN, SECOND]),
        (_parts("alternative", MIMEText(PLAIN), _parts("related", MIMEText(RICH, "html"))), [PLAIN]),
        (_parts("mixed", MIMEText(PLAIN), MIMEText("\n"), MIMEText(SECOND)), [PLAIN, SECOND]),
    ],
    ids=["both", "html alone", "two plain", "html and a footer", "plain and html", "both and more", "related", "blank"],
)  # fmt: skip
def test_every_stretch_of_a_mail_is_read_and_none_twice(whole: Message, texts: list[str]) -> None:
    """Programs break the text of a mail around attachments, and lists add lines of their own below."""
    assert [each.text.strip() for each in load(_sent(whole))] == texts


def test_a_further_stretch_of_a_mail_is_read_in_the_letters_that_it_declares() -> None:
    whole = _parts("mixed", MIMEText(PLAIN), MIMEText("Да, и 340 уехали.", _charset="koi8-r"))
    assert [each.text.strip() for each in load(_sent(whole))] == [PLAIN, "Да, и 340 уехали."]


def test_how_many_parts_of_a_mail_were_not_read_is_told_though_not_all_are_named() -> None:
    pictures = [("image/png", f"{number}.png", b"\x89PNG\r\n") for number in range(25)]
    warnings = load(mail(*pictures, plain=PLAIN))[0].warnings
    assert sum(each.startswith("not read: attachment") for each in warnings) == 20
    assert "and 5 more parts were not read" in warnings


def _around(inner: Any, *names: str) -> None:
    """Put elements of these names, the outermost first, around another where it stands."""
    outer = made = OxmlElement(names[0])
    for name in names[1:]:
        made.append(OxmlElement(name))
        made = made[0]
    inner.addprevious(outer)
    made.append(inner)


@pytest.mark.parametrize(
    "names", [("w:sdt", "w:sdtContent"), ("w:customXml",), ("w:customXml", "w:sdt", "w:sdtContent")]
)
def test_what_a_form_wraps_is_read_in_its_place(names: tuple[str, ...]) -> None:
    """Paragraphs, whole tables, their rows and their cells: word processors put controls around each."""
    document = docx.Document()
    wrapped = document.add_paragraph("Before it.")
    table, second = document.add_table(rows=2, cols=2), document.add_table(rows=1, cols=2)
    for number, cell in enumerate([*table.rows[0].cells, *table.rows[1].cells, *second.rows[0].cells]):
        cell.text = f"{number + 1} hundred"
    _around(wrapped._p, *names)
    _around(table.rows[1]._tr, *names)
    _around(table.rows[0].cells[1]._tc, *names)
    _around(second._tbl, *names)
    made = load(_saved(document))[0]
    assert made.text.splitlines() == [
        "Before it.", "1 hundred\t2 hundred", "3 hundred\t4 hundred", "5 hundred\t6 hundred",
    ]  # fmt: skip
    assert [each.part for each in made.stretches] == [
        "paragraph 1", "table 1 row 1", "table 1 row 2", "table 2 row 1",
    ]  # fmt: skip
