"""A person's own account, read as public by mistake, is told by what stands in it outside all that was read."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tallystick.claims.statements.accounts import passages_beside
from tallystick.claims.statements.narrowing import narrows
from tallystick.claims.statements.words import StatementWords


@dataclass(frozen=True)
class Read:
    passage_start: int
    passage_end: int


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
    assert passages_beside(text, narrow, (), words=words) == 1


def test_what_was_read_is_not_counted_again(words: StatementWords) -> None:
    text = "I worked at the mill for three winters. The yard is large."
    narrow = narrows(text, language="en", words=words)
    assert passages_beside(text, narrow, [Read(0, len(text))], words=words) == 0


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
    assert passages_beside(text, narrow, (), words=words) == 0
