"""Promise: the sieve loses nothing. Where it lets a pattern be tried, that pattern finds all that it finds anywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.claims.numbers.beginnings import Sieve, beginnings, heads, matched

HEADS = [
    (r"(?<!\w)(?:workers?|labou?rers?)(?!\w)", {"worke", "labor", "labou"}),
    (r"(?:the\s+)?(?:north|south)", {"theno", "theso", "north", "south"}),
    (r"in\s\d{4}", {"in0"}),
    (r"(?:19|20)\d\d", {"0000"}),
    (r"a\w*", {"a"}),
    (r"[bB]an(?!k)s?", {"ban", "bans"}),
    (r"(?P<m>may|june)\.?", {"may", "may.", "june", "june."}),
    (r"up to|upto", {"upto"}),
]


@pytest.mark.parametrize(("pattern", "wanted"), HEADS, ids=[pattern for pattern, _ in HEADS])
def test_the_beginnings_of_a_pattern_are_known(pattern: str, wanted: set[str]) -> None:
    assert heads(pattern, "en") == wanted


@pytest.mark.parametrize("pattern", [r"\w+ing", r"(?:a)?\W?", r"«word»", r"(?i)word", r".*", r"[^a]b", r"x*"])
def test_a_pattern_that_can_begin_with_anything_is_tried_everywhere(pattern: str) -> None:
    assert heads(pattern, "en") is None


WORDS = {
    "en": [
        "worker",
        "Workers",
        "the",
        "in",
        "2019",
        "May",
        "ban",
        "north",
        "labour",
        "upto",
        "up",
        "to",
        "-",
        "(",
        "x",
    ],
    "ru": ["рабочих", "Рабочие", "в", "2019", "мае", "из", "КНДР", "—", "«", "ё"],
    "ko": ["노동자", "북한", "해 외", "2019년", "에서", "작년", "만", ",", "5월"],
}
PATTERNS = {
    "en": [*(pattern for pattern, _ in HEADS), r"(?<!\w)(?:the )?(?:work|ban)\w*", r"\bup\s?to\b"],
    "ru": [r"(?<!\w)рабоч(?:ие|их)(?!\w)", r"в\s\d{4}", r"(?:из|в)\s(?:КНДР|мае)", r"\bё"],
    "ko": [r"노동자", r"해\s?외", r"\d{4}\s?년", r"(?:작년|올해)\s?\d월", r"만"],
}


@pytest.mark.parametrize("language", WORDS)
@given(data=st.data())
def test_the_sieve_finds_what_a_search_everywhere_finds(language: str, data: st.DataObject) -> None:
    pieces = data.draw(st.lists(st.sampled_from(WORDS[language]), max_size=12))
    text = data.draw(st.sampled_from([" ", "", "\n", "  "])).join(pieces)
    sieve = Sieve(dict(enumerate(PATTERNS[language])), language)
    places = sieve.candidates(beginnings(text, language))
    for number, source in enumerate(PATTERNS[language]):
        pattern = re.compile(source, re.IGNORECASE)
        everywhere = [match.span() for match in pattern.finditer(text)]
        if number in sieve.free:
            continue
        tried = [match.span() for match in matched(pattern, places.get(number, ()), text, len(text))]
        bounded = [span for span in everywhere if language == "ko" or re.match(r"\b\w", text[span[0] :])]
        if r"(?<!\w)" in source or source.startswith(r"\b") or language == "ko":
            assert tried == bounded, (source, text)


@given(text=st.text())
def test_any_text_has_its_beginnings_in_order(text: str) -> None:
    for language in WORDS:
        places = [place for place, _ in beginnings(text, language)]
        assert places == sorted(set(places))
        assert all(not text[place].isspace() for place in places)
