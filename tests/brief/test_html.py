"""Promise (T10): the page asks nothing of anyone, runs only our script, and every number works without it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from tallystick.brief.document import Chapter, Document, Figure, Foreign, Neutral, Paragraph, spans
from tallystick.brief.html import render
from tallystick.brief.numbers import walk
from tests.brief.demo import demo
from tests.brief.poison import ATTACK, poisoned

FETCHING = {"src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "xlink:href", "manifest"}
INERT_TAGS = {"script", "style"}


class _Page(HTMLParser):
    """Tags with attributes, and what stands in scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.raw: dict[str, list[str]] = {name: [] for name in INERT_TAGS}
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in INERT_TAGS and self.cdata_elem:
            self.raw[self.tags[-1][0]].append(data)
        else:
            self.text.append(data)


@pytest.fixture(scope="module")
def hostile() -> _Page:
    return _Page(render(poisoned()))


def test_the_same_document_gives_the_same_page() -> None:
    assert render(demo()) == render(demo())


def test_words_from_outside_stay_words(hostile: _Page) -> None:
    tame = _Page(render(demo()))
    assert {tag for tag, _ in hostile.tags} == {tag for tag, _ in tame.tags}
    assert [name for _, attrs in hostile.tags for name in attrs if name.startswith("on")] == []
    assert hostile.raw["script"] == [files("tallystick.brief").joinpath("templates/page.js").read_text("utf-8")]
    seen = ATTACK.replace("\u202e", "").strip()
    assert sum(seen in text for text in hostile.text) > 40


def test_a_poisoned_page_still_leads_everywhere() -> None:
    assert walk(render(poisoned())).dangling == ()


def test_no_address_is_fetched_and_links_out_say_nothing_of_the_reader(hostile: _Page) -> None:
    for tag, attrs in [*hostile.tags, *_Page(render(demo())).tags]:
        assert not FETCHING & set(attrs)
        href = attrs.get("href", "#")
        if not href.startswith("#"):
            assert tag == "a"
            assert re.match(r"https?://", href)
            assert "noreferrer" in attrs["rel"]


def test_styles_fetch_only_what_they_carry() -> None:
    style = _Page(render(demo())).raw["style"][0]
    assert set(re.findall(r"url\((.{0,22})", style)) == {"data:font/woff2;base64"}
    assert "@import" not in style


def test_the_policy_lets_only_our_script_and_style_run(hostile: _Page) -> None:
    policy = next(attrs["content"] for _, attrs in hostile.tags if "http-equiv" in attrs)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for kind in INERT_TAGS:
        digest = base64.b64encode(hashlib.sha256(hostile.raw[kind][0].encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert not any("style" in attrs for _, attrs in hostile.tags)


def test_hidden_characters_reach_no_part_of_the_page() -> None:
    hidden = demo(title="Ti\u202etle", subtitle="\u2066sub\u200b", footer=spans(Foreign("평\u00ad양", "ko"), "\ufeff"))
    page = render(hidden)
    assert not set("\u202e\u2066\u200b\u00ad\ufeff") & set(page)
    assert '<span lang="ko">평양</span>' in page


def test_a_number_is_a_plain_link_to_what_it_rests_on() -> None:
    page = render(demo())
    assert '<a class="fig pub" href="#claim-courier24" title="claim courier24">4,000</a>' in page
    assert re.search(r'<a class="fig est" href="#estimate-present-2024" title="[^"]*">13,000</a>', page)
    several = re.search(r'href="#(basis-\d+)" data-opens="claim-courier24 claim-visas23">400 to 500</a>', page)
    assert several
    assert f'id="{several[1]}"' in page


def test_a_number_of_the_runs_has_a_line_of_its_own_and_the_key_names_it_where_there_is_one(document: Document) -> None:
    page = render(demo())
    assert re.search(r'<a class="fig est run" href="#run-gate[^"]*">900</a>', page)
    assert 'class="key-run"' in page
    assert document.runs == ()
    assert 'class="key-run"' not in render(document)


def test_korean_comes_with_its_font_and_only_then() -> None:
    plain = Chapter(id="answers", title="The answers", blocks=(Paragraph(spans(Figure("4", ("visas23",)))),))
    latin = demo(chapters=(plain,))
    assert 'Noto Sans KR";font-weight' not in render(latin)
    assert 'Noto Sans KR";font-weight' in render(demo())


def test_the_words_of_our_own_place_holders_are_words() -> None:
    tricky = "the-policy-goes-here /*the-style-goes-here*/"
    page = render(demo(subtitle=tricky, footer=spans(tricky, Neutral("x"))))
    assert page.count(tricky) == 3


def test_no_two_parts_share_an_id(document: Document) -> None:
    for page in (_Page(render(demo())), _Page(render(document))):
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
