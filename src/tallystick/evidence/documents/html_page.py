"""A web page: its main text without menus and advertisements, each line led back to the bytes it stands in.

Main text is what trafilatura takes for it; where it finds none, all visible text is taken, and a warning says so.
Nothing is fetched, no entity is looked up. Superscript digits become superscript signs: 10<sup>3</sup> is not 103.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree, html
from trafilatura import bare_extraction

from tallystick.evidence.documents.derived import Derived, Stretch
from tallystick.evidence.documents.encodings import Decoded, bytes_of, decode
from tallystick.evidence.documents.finish import MOST_TEXT, Known, finish
from tallystick.evidence.documents.html_facts import facts
from tallystick.evidence.documents.html_signs import RAISED, Signs, squeezed, visible_signs
from tallystick.evidence.documents.published import published_in
from tallystick.evidence.documents.verdicts import refuse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}encoding=["']([\w.-]{1,40})""", re.I
)
HEAD = 4096  # bytes in which a page may declare its encoding
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], " ")  # one sign for one: offsets hold
SHORTEST = 200  # code points: a main text below that is weighed against all that is visible
RAISED_DIGITS = re.compile(r"[\s\d+\-−n]{1,6}$")


def read_html(data: bytes, *, declared: str = "", address: str = "") -> Derived:
    """The main text of a page; `declared` is the charset and `address` the URL that its transport gave."""
    made = decode(data, declared or _declared(data))
    if len(made.text) > 2 * MOST_TEXT:
        raise refuse("too_large", f"is a page of {len(made.text):,} signs", hint="split it")
    tree = _tree(made.text)
    known = facts(tree)
    text, warnings = _main_text(tree, signs := visible_signs(made.text))
    stretches = _stretches(text, signs, data, made)
    marked = published_in(signs.text[:20_000], weakest=0) if known.published_on is None else None
    known = Known(
        title=known.title, publisher=known.publisher, url=known.url or address, weak=marked,
        published_on=known.published_on, published_evidence=known.published_evidence,
        warnings=(*made.warnings, *known.warnings, *warnings),
    )  # fmt: skip
    return finish(
        text, stretches, known, media_type="text/html", libraries=("trafilatura", "lxml"), encoding=made.encoding,
        replaced=made.replaced,
    )  # fmt: skip


def _declared(data: bytes) -> str:
    """What the page says of its own encoding; one that says UTF-16 in single bytes is not UTF-16."""
    found = DECLARED.search(data[:HEAD])
    name = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    return "" if name.lower().startswith("utf-16") else name


def _tree(source: str) -> HtmlElement:
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    text = XML_DECLARATION.sub("", source.translate(NOT_IN_XML), count=1)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise refuse("empty", f"is a page without a body ({error})", hint="save the page again, complete") from error
    for element in tree.iter("sup"):
        _raise_digits(element)
    return tree


def _raise_digits(element: HtmlElement) -> None:
    """Put superscript signs for the digits of a <sup>, so that they are not read as further digits."""
    inner = "".join(element.itertext())
    if RAISED_DIGITS.match(inner):
        for child in list(element):
            element.remove(child)
        element.text = inner.translate(RAISED)


def _main_text(tree: HtmlElement, signs: Signs) -> tuple[str, tuple[str, ...]]:
    """The main text, or all that is visible when no main text stands out."""
    found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    main = "" if found is None or isinstance(found, dict) else (found.text or "")
    if len(main) >= SHORTEST or (main.strip() and len(signs.squeezed) < 2 * len(squeezed(main))):
        return main, ()
    if not signs.text.strip():
        return main, ()
    return signs.text, ("no main text stands out: all visible text was taken, menus and all",)


def _stretches(text: str, signs: Signs, data: bytes, made: Decoded) -> list[Stretch]:
    """For each line, the bytes of the page from its first sign to its last, tags between them included.

    A line that stands nowhere in the page as it is (a table, whose cells are drawn with bars) leads to "main text".
    """
    stretches: list[Stretch] = []
    at = cursor = 0
    for line in text.splitlines(keepends=True):
        found = signs.find(squeezed(line), cursor)
        if found is None:
            stretch = Stretch(at, at + len(line), "main text", at, at + len(line))
        else:
            cursor, first, last = found
            stretch = Stretch(at, at + len(line), "", *bytes_of(data, made.encoding, made.stretches, first, last))
        if line.strip():
            stretches.append(stretch)
        at += len(line)
    return stretches
