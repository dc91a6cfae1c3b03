"""A Word document (DOCX): paragraphs and tables in their order, then footnotes; deleted text is left out.

A DOCX is an archive. Nothing of it is unpacked to disk, names in it are never used as paths, and it is refused before
unpacking when what it claims to hold is more than a document needs, or when a part declares a document type, since no
word processor writes one and only entity tricks need one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tallystick.evidence.documents.derived import Derived, Stretch
from tallystick.evidence.documents.finish import Known, finish
from tallystick.evidence.documents.html_signs import RAISED
from tallystick.evidence.documents.verdicts import refuse

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_UNPACKED = 200_000_000  # bytes over all parts
MOST_XML = 60_000_000  # bytes of one XML part
MOST_PARTS = 10_000
TYPE_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = (f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
AROUND = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))  # and hold what is shown
BROKEN = (
    KeyError, ValueError, AttributeError, TypeError, IndexError, zipfile.BadZipFile, zlib.error, NotImplementedError,
    EOFError, OSError, RuntimeError,
)  # fmt: skip
AGAIN = "open it in a word processor and save it again"


def read_docx(data: bytes) -> Derived:
    """Text of the body in its order, one stretch a paragraph or table row."""
    import docx
    from lxml.etree import LxmlError

    _check(data)
    try:
        document = docx.Document(io.BytesIO(data))
        pieces = [*_body(document.element.body), *_footnotes(document.part)]
        known = _known(document.core_properties)
    except (*BROKEN, LxmlError) as error:
        raise refuse("malformed", f"is a damaged DOCX ({type(error).__name__}: {error})", hint=AGAIN) from error
    text = "\n".join(piece for _, piece in pieces)
    return finish(text, list(_stretches(pieces)), known, media_type=DOCX, libraries=("python-docx", "lxml"))


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _check(data: bytes) -> None:
    """Refuse what unpacks to too much, is locked, or declares entities; nothing is unpacked whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            whole = sum(member.file_size for member in members)
            xml = [each for each in members if each.filename.lower().endswith((".xml", ".rels"))]
            if len(members) > MOST_PARTS or whole > MOST_UNPACKED or any(each.file_size > MOST_XML for each in xml):
                found = f"{len(members):,} parts of {whole / 1e6:,.0f} MB in {len(data) / 1e6:,.1f} MB"
                raise refuse("bomb", f"is an archive that holds {found}", hint="do not unpack it elsewhere")
            if any(member.flag_bits & 1 for member in members):
                raise refuse("encrypted", "is a DOCX locked with a password", hint="save it without password")
            for member in xml:
                with archive.open(member) as part:
                    if TYPE_DECLARED.search(part.read(65_536)):
                        raise refuse("malformed", f"declares XML entities in {member.filename[:80]!r}", hint=AGAIN)
    except BROKEN as error:
        raise refuse("malformed", f"is a damaged archive ({error})", hint="fetch it again, complete") from error


def _body(body: _Element) -> list[tuple[str, str]]:
    """Place and text of each paragraph and table row that holds text."""
    pieces: list[tuple[str, str]] = []
    paragraph = table = 0
    for child in _within(body, f"{W}p", f"{W}tbl"):
        if child.tag == f"{W}p":
            paragraph += 1
            pieces.append((f"paragraph {paragraph}", _text(child)))
        else:
            table += 1
            rows = enumerate(_within(child, f"{W}tr"), 1)
            pieces += [(f"table {table} row {number}", _row(row)) for number, row in rows]
    return [(place, text) for place, text in pieces if text.strip()]


def _within(element: _Element, *tags: str) -> Iterator[_Element]:
    """The children with these tags, in order, also where a content control or the like stands around them."""
    waiting = list(reversed(element))
    while waiting:  # no recursion: a hostile file nests without end
        node = waiting.pop()
        if node.tag in tags:
            yield node
        elif node.tag in AROUND:
            waiting.extend(reversed(node))


def _row(row: _Element) -> str:
    """The cells of a row, a tab between them, each on one line."""
    cells = (" ".join(_text(each) for each in cell.iter(f"{W}p")) for cell in _within(row, f"{W}tc"))
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _text(element: _Element) -> str:
    return "".join(_runs(element))


def _runs(element: _Element) -> Iterator[str]:
    """The text below an element in its order; digits of a superscript run as superscript signs."""
    waiting = [element]
    while waiting:  # no recursion: a hostile file nests without end
        node = waiting.pop()
        if node.tag in SKIPPED:
            continue
        if node.tag == f"{W}t":
            yield (node.text or "").translate(RAISED) if _is_raised(node) else (node.text or "")
        elif node.tag in (f"{W}tab", f"{W}ptab") and node.getparent() is not None and node.getparent().tag == f"{W}r":
            yield "\t"
        elif node.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif node.tag == f"{W}noBreakHyphen":
            yield "-"
        else:
            waiting.extend(reversed(node))


def _is_raised(node: _Element) -> bool:
    run = node.getparent()
    mark = run.find(f"{W}rPr/{W}vertAlign") if run is not None else None
    return mark is not None and mark.get(f"{W}val") == "superscript" and (node.text or "").strip().isdigit()


def _footnotes(part: Any) -> list[tuple[str, str]]:
    """Place and text of each footnote and endnote; Word's own separators have ids below 1."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    notes: list[tuple[str, str]] = []
    for relation in part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, parser)
            found = [each for each in root.iterchildren(f"{W}{kind[:-1]}") if each.get(f"{W}type") in (None, "normal")]
            notes += [
                (f"{kind[:-1]} {each.get(f'{W}id')}", _text(each).strip()) for each in found if _text(each).strip()
            ]
    return notes


def _stretches(pieces: list[tuple[str, str]]) -> Iterator[Stretch]:
    at = 0
    for place, text in pieces:
        yield Stretch(at, at + len(text), place, 0, len(text))
        at += len(text) + 1


def _known(properties: Any) -> Known:
    """Word fills in the day of creation of a template too, so that day is weak evidence."""
    made = properties.created
    usual = made is None or (made.year < 2014 and properties.author == "python-docx")
    return Known(title=properties.title or "", weak=None if usual else (made.date(), "DOCX created"))
