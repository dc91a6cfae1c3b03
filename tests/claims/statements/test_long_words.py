"""Promise: a token longer than any word stalls no search, and hides nobody who stands beside it.

Time is not measured: each pattern of the tables must end every repeat, so that the steps of a search grow with the text
and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from tallystick.claims.statements.first_person import is_own_account
from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.patterns import LONGEST, MOST, pattern
from tallystick.claims.statements.stretches import sentences
from tallystick.claims.statements.words import StatementWords

LONG = 3_000  # signs
TOKENS = ["a", "Aa-", "AB", "я", "Ая-", "가", "“", "«", "...x", " ", "1-", "Aa ", "나는 "]
_ESCAPED_OR_CLASS = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]", re.DOTALL)


def patterns(words: object) -> Iterator[re.Pattern[str]]:
    """All patterns of the tables."""
    if isinstance(words, re.Pattern):
        yield words
    elif is_dataclass(words):
        for field in fields(words):
            yield from patterns(getattr(words, field.name))
    elif isinstance(words, Mapping):
        yield from patterns(tuple(words.values()))
    elif isinstance(words, tuple):
        for one in words:
            yield from patterns(one)


def endless(source: str) -> bool:
    """Whether a repeat in a pattern has no end."""
    return bool(re.search(r"[+*]|\{\d+,\}", _ESCAPED_OR_CLASS.sub("x", source)))


def test_every_repeat_of_every_table_has_an_end(words: StatementWords) -> None:
    found = list(patterns(words))
    assert len(found) > 500
    assert [one.pattern for one in found if endless(one.pattern)] == []


def test_an_endless_repeat_is_given_an_end() -> None:
    made = pattern(r"[\w'-]+ (?:old )*\w{2,} ○+\* [+*]", {}, "x.toml").pattern
    assert made.count(f"{{1,{LONGEST}}}") == 6  # two runs of signs and four of blanks
    assert f"){{0,{MOST}}}" in made
    assert f"{{2,{LONGEST}}}" in made
    assert made.endswith("[+*]")


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_longer_than_any_word_hides_nobody_beside_it(token: str, words: StatementWords) -> None:
    text = f"Wages rose. {token * (LONG // len(token))}\nA roofer named Hak-chol came in May."
    found = narrows(text, language="en", words=words)
    at = text.index("Hak-chol")
    assert any(one.start <= at < one.end for one in found)
    assert not is_own_account(text[:-1], sentences(text), words)
