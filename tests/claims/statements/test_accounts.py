"""A person's own account, read as public by mistake, is told by what in it narrows to somebody."""

from __future__ import annotations

import pytest

from tallystick.claims.statements.accounts import narrowing_spans
from tallystick.claims.statements.narrowing import REASONS, Narrowing, narrows
from tallystick.claims.statements.words import StatementWords

ACCOUNTS = [
    ("en", "I worked at the mill for three winters. The yard is large."),
    ("en", "The yard is large. My brigade got its pay in spring."),
    ("en", "A local woman hid the runaways in her barn. The yard is large."),
    ("en", "Pan Tolbe (name has been changed) met us by the river. The yard is large."),
    ("ru", "Я работал на лесопилке три зимы. Двор большой."),
    ("ko", "나는 제재소에서 세 해 겨울을 일했다. 마당은 넓다."),
]


@pytest.mark.parametrize(("language", "text"), ACCOUNTS)
def test_what_somebody_tells_of_their_own_life_is_counted(words: StatementWords, language: str, text: str) -> None:
    narrow = narrows(text, language=language, words=words)
    assert len(narrowing_spans(text, narrow, words=words)) == 1


def test_a_text_that_is_an_account_is_given_whole_only_where_nothing_in_it_tells_more(words: StatementWords) -> None:
    text = "The yard is large. A local woman hid the runaways in her barn. The huts are cold."
    whole = Narrowing(start=0, end=len(text), kind="account", reason=REASONS["account"])
    (span,) = narrowing_spans(text, [whole, *narrows(text, language="en", words=words)], words=words)
    assert text[slice(*span)] == "A local woman hid the runaways in her barn."
    assert narrowing_spans(text, [whole], words=words) == ((0, len(text)),)


def test_what_overlaps_is_one_passage_of_whatever_kind(words: StatementWords) -> None:
    kinds = ("person", "small_group", "casualty")
    found = [Narrowing(start=at, end=at + 8, kind=kind, reason="") for at, kind in zip((0, 5, 20), kinds, strict=True)]
    assert narrowing_spans("The yard is large, and cold too.", found, words=words) == ((0, 13), (20, 28))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The port office counted 4,321 North Korean workers in March 2024. The ministry gave no comment."),
        ("ru", "Управление порта насчитало 4321 северокорейского рабочего. Министерство не ответило."),
        ("ko", "항만 당국은 북한 노동자 4321명을 집계했다. 부처는 답하지 않았다."),
    ],
)
def test_a_report_of_offices_is_not(words: StatementWords, language: str, text: str) -> None:
    narrow = narrows(text, language=language, words=words)
    assert len(narrowing_spans(text, narrow, words=words)) == 0
