"""Promise (T1): the walker finds each number that leads to no claim, and each claim without a source."""

from __future__ import annotations

import re

import pytest

from tallystick.brief.document import Callout, Chapter, Neutral, Paragraph, Section, Span, Table, Text, spans
from tallystick.brief.document import Column as Head
from tallystick.brief.html import render
from tallystick.brief.numbers import walk
from tests.brief.demo import demo

LOOSE = (Paragraph((Text("There were 4,000 of them."),)),)
BAR = Head(title="Persons in 2019")


def _with(chapter: Chapter) -> str:
    return render(demo(chapters=(*demo().chapters, chapter)))


def test_a_page_of_figures_and_neutrals_has_no_fault() -> None:
    walked = walk(render(demo()))
    assert walked.faults == ()
    assert walked.numbers > 50


@pytest.mark.parametrize(
    "chapter",
    [
        Chapter(id="x", title="X", blocks=LOOSE),
        Chapter(id="x", title="X", standfirst=spans("There were 4,000.")),
        Chapter(id="x", title="The 4,000"),
        Chapter(id="x", title="X", sections=(Section(id="y", title="Y", blocks=LOOSE),)),
        Chapter(id="x", title="X", blocks=(Callout("limit", "Of 4,000", ()),)),
        Chapter(id="x", title="X", blocks=(Callout("limit", "L", LOOSE),)),
        Chapter(id="x", title="X", blocks=(Table(columns=(BAR,), rows=()),)),
        Chapter(id="x", title="X", blocks=(Table(columns=(Head(title="N"),), rows=((spans("4,000"),),)),)),
    ],
    ids=["paragraph", "standfirst", "title", "section", "callout title", "callout", "column", "cell"],
)
def test_a_loose_number_is_found_wherever_it_stands(chapter: Chapter) -> None:
    strays = walk(_with(chapter)).strays
    assert len(strays) == 1
    assert strays[0].chapter.endswith(("-x", "-y"))


def test_digits_of_other_scripts_count() -> None:
    assert walk(_with(Chapter(id="x", title="X", standfirst=spans("٤٠٠٠ workers")))).strays


@pytest.mark.parametrize("span", [Neutral("2019", "date"), Text("no digits")])
def test_declared_and_wordless_text_is_no_stray(span: Span) -> None:
    assert not walk(_with(Chapter(id="x", title="X", standfirst=(span,)))).strays


def test_a_number_in_title_or_deck_of_the_brief_is_found() -> None:
    assert [stray.text for stray in walk(render(demo(subtitle="All 13,221 of them"))).strays] == ["All 13,221 of them"]


def test_a_link_that_leads_nowhere_is_found() -> None:
    page = render(demo()).replace('id="claim-courier24"', 'id="claim-moved"')
    assert walk(page).dangling == ("claim-courier24",)


def test_a_claim_that_was_read_nowhere_is_found() -> None:
    page = render(demo())
    start = page.index('<dd class="read-in">')
    without = page[:start] + '<dd class="read-in">' + page[page.index("</dd>", start) :]
    assert walk(without).sourceless == ("claim-courier24",)


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        (r'<a class="out"[^>]*>(.*?)</a>', r"\1"),
        (r' <a class="ref" href="#source-[^>]*>.*?</a>', ""),
        (r">.*</dd>", ">Courier, in a paper</dd>"),
    ],
    ids=["no address", "no source", "a name only"],
)
def test_the_name_of_a_paper_is_not_enough_to_look_a_claim_up(part: str, instead: str) -> None:
    page = render(demo())
    start = page.index('<dd class="read-in">')
    end = page.index("</dd>", start) + len("</dd>")
    bare, times = re.subn(part, instead, page[start:end])
    assert times == 1
    assert walk(page[:start] + bare + page[end:]).sourceless == ("claim-courier24",)


def test_a_source_without_address_is_found() -> None:
    page = render(demo())
    start = page.index('<li id="source-')
    end = page.index("</li>", start)
    bare = re.sub(r'<a class="out"[^>]*>(.*?)</a>', r"\1", page[start:end])
    (found,) = walk(page[:start] + bare + page[end:]).sourceless
    assert found.startswith("source-")


def test_an_estimate_that_names_no_claim_is_found() -> None:
    page = render(demo())
    start = page.index('<dd class="rests">')
    without = page[:start] + "<dd>" + page[page.index("</dd>", start) :]
    assert walk(without).sourceless == ("estimate-present-2024",)
