"""Promise: the PDF says the same as the page, in its own fonts, and has the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tallystick.brief import pdf
from tallystick.brief.document import Chapter, Column, Emph, Paragraph, Ref, Table, Text, spans
from tallystick.vocab.errors import BriefError
from tests.brief.demo import demo
from tests.brief.poison import ATTACK, poisoned

ROOT = Path(__file__).parents[2]
DAY = datetime(2026, 11, 21, tzinfo=UTC)
HASH = """
import hashlib
from datetime import UTC, datetime
from tallystick.brief import pdf
from tests.brief.demo import demo
print(hashlib.sha256(pdf.render(demo(), timestamp=datetime(2026, 11, 21, tzinfo=UTC))).hexdigest())
"""


def _text(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as opened:
        return "\n".join(opened[number].get_textpage().get_text_range() for number in range(len(opened)))


@pytest.mark.parametrize("moment", [(), (DAY.isoformat(),)], ids=["where all stands", "the paper"])
def test_what_cannot_be_set_fails_with_the_words_of_the_typesetter(moment: tuple[str, ...]) -> None:
    with pytest.raises(BriefError, match=r"the PDF could not be set: .*JSON"):
        pdf._typeset(b"{no words", b"null", *moment)


def test_places_that_cannot_be_read_fail_the_second_run() -> None:
    with pytest.raises(BriefError, match=r"the PDF could not be set: .*JSON"):
        pdf._typeset(pdf.words_of(demo()), b"{no places", DAY.isoformat())


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf.render(demo(), timestamp=DAY)


def test_another_process_elsewhere_sets_the_same_bytes(printed: bytes, tmp_path: Path) -> None:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    environment = os.environ | {"TZ": "Asia/Tokyo", "PYTHONPATH": paths, "HOME": str(tmp_path), "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", HASH], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == hashlib.sha256(printed).hexdigest()


def test_the_only_clock_is_the_callers(printed: bytes) -> None:
    assert pdf.render(demo(), timestamp=datetime(2027, 1, 1, tzinfo=UTC)) != printed
    assert b"20261121" in printed


def test_it_holds_the_standards_for_archives_and_for_screen_readers(printed: bytes) -> None:
    assert b"pdfuaid:part" in printed
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", printed)
    assert re.search(rb"<pdfaid:conformance>A</pdfaid:conformance>", printed)


def test_names_stand_in_their_own_scripts(printed: bytes) -> None:
    text = _text(printed)
    assert "평양" in text
    assert "Владивосток" in text


def test_a_head_that_names_a_card_may_be_repeated_on_the_next_page() -> None:
    heads = tuple(Column(title=(Ref(name, "claim", demo().claims[0].id),)) for name in ("Zq1head", "Zq2head"))
    rows = tuple((spans(f"row {number}"), spans("x")) for number in range(150))
    table = Table(id="long", columns=heads, rows=rows, caption=spans("Long"))
    chapter = Chapter(id="answers", title="A", blocks=(table,))
    text = _text(pdf.render(demo(chapters=(chapter,), footer=spans("f")), timestamp=DAY))
    assert text.count("Zq1head") > 1


def test_only_vendored_fonts_are_used(printed: bytes) -> None:
    fonts = {name.decode() for name in re.findall(rb"/BaseFont ?/(?:[A-Z]{6}\+)?([A-Za-z-]+)", printed)}
    assert fonts
    assert fonts <= {
        "NotoSans-Regular",
        "NotoSans-Italic",
        "NotoSans-SemiBold",
        "NotoSerif-SemiBold",
        "NotoSansKR-Regular",
    }


def test_it_says_what_the_page_says(printed: bytes) -> None:
    text = " ".join(_text(printed).split())
    for words in ("13,000", "9,500 and 17,000", "Keeping earners after the deadline", "9,240 visas", "Goes back to"):
        assert words in text
    assert "evidence root ab12cd34ef56" in text


def _opened(data: bytes) -> list[str]:
    """The words that stand where each link within the PDF leads."""
    import ctypes

    import pypdfium2
    from pypdfium2 import raw

    found = []
    with pypdfium2.PdfDocument(data) as paper:
        for page in (paper[number] for number in range(len(paper))):
            at, link = ctypes.c_int(0), raw.FPDF_LINK()
            while raw.FPDFLink_Enumerate(page.raw, at, link):
                if target := raw.FPDFLink_GetDest(paper.raw, link):
                    given, (x, y, zoom) = ctypes.c_int(), [ctypes.c_float() for _ in range(3)]
                    raw.FPDFDest_GetLocationInPage(target, given, given, given, x, y, zoom)
                    words = paper[raw.FPDFDest_GetDestPageIndex(paper.raw, target)].get_textpage()
                    found.append(words.get_text_bounded(x.value, y.value - 40, x.value + 250, y.value))
    return found


def test_links_lead_to_where_their_cards_stand(printed: bytes) -> None:
    opened = _opened(printed)
    document = demo()
    for card in (*document.claims, *document.estimates, *document.entries, *document.scenarios):
        assert any(card.id in words for words in opened), card.id


def test_words_from_outside_are_never_code() -> None:
    text = "".join(_text(pdf.render(poisoned(), timestamp=DAY)).split())
    assert "".join(ATTACK.replace("\u202e", "").split()) in text.replace("\ufffe", "")


@pytest.mark.parametrize(
    "words", ["#panic()", "$x", "*", "_", "`", "@a", "<a>", "\\", "//", "= h", "- i", "[", "]", "{", "]#x["]
)
def test_signs_of_the_setting_language_are_printed(words: str) -> None:
    chapter = Chapter(id="answers", title=words, blocks=(Paragraph((Text(f"a{words}b"), Emph(words))),))
    document = demo(title=words, chapters=(chapter,), footer=spans(words))
    assert f"a{words}b" in _text(pdf.render(document, timestamp=DAY)).replace("\r", "").replace("\n", "")
