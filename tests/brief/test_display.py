"""Promise: what a reader sees is what is there, and a link can only be what it says."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.brief.display import anchor, coverage, drawable, linkable
from tallystick.vocab.cells import printable


@given(st.text())
def test_nothing_shown_is_invisible(text: str) -> None:
    assert not {unicodedata.category(character) for character in printable(text)} & {"Cf", "Cc", "Cs", "Co", "Cn"}


@given(st.text())
def test_what_is_drawn_has_a_glyph(text: str) -> None:
    assert {ord(character) for character in drawable(text)} <= coverage()


def test_bidi_controls_and_joiners_are_dropped_and_numbers_kept() -> None:
    assert printable("\u202e13,221\u202c work\u200bers,\u00ad 10³\tof\n½") == "13,221 workers, 10³ of ½"


def test_a_script_without_a_font_is_named_once_per_run() -> None:
    assert drawable("by سفير الغد, 평양 and 中国") == "by [Arabic], 평양 and 中国"


def test_every_character_of_the_evidence_can_be_printed_or_is_named() -> None:
    folder = files("tallystick").joinpath("data/dprk")
    words = "".join(file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".csv"))
    missing = {unicodedata.name(c).split()[0] for c in printable(words) if ord(c) not in coverage()}
    assert missing <= {"ARABIC"}


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_names_never_share_an_anchor(one: str, other: str) -> None:
    assert (anchor("claim", one) == anchor("claim", other)) == (one == other)


@given(st.text())
def test_an_anchor_needs_no_escaping(name: str) -> None:
    assert not set(anchor("claim", name)) & set(" \"'<>&#%")


@pytest.mark.parametrize("url", ["https://example.org/a?b=1&c=d", "http://example.org/%D0%90"])
def test_web_addresses_are_linked(url: str) -> None:
    assert linkable(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " https://example.org",
        "https://example.org\n",
        "data:text/html,x",
        "reports/a.txt",
        "https://a'b",
        'https://a"b',
        "https://a b",
        "https://exa\u202emple.org",
        "//example.org",
        "",
    ],
)
def test_anything_else_is_not(url: str) -> None:
    assert linkable(url) == ""
