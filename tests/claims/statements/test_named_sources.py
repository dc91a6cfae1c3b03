"""A source that is a person without a public standing is found, in each language; those with one are left alone."""

from __future__ import annotations

import pytest

from tallystick.claims.statements.named_sources import names_in, private_sources
from tallystick.claims.statements.words import StatementWords

PRIVATE = [
    ("Tok Bomri", "Tok Bomri, a painter from the coast, spoke to us. They were paid 90 dollars, Tok Bomri said."),
    ("Yon Gwang-dok", "They were paid 90 dollars a month, Yon Gwang-dok said."),
    ("Sanbom", "A worker whom we call Sanbom told us of the site. About 140 lived there, Sanbom said."),
    ("Sanbom", "One of them, who called himself Sanbom, was paid 90 dollars, Sanbom said."),
    ("Vera Dolina", "Passports were taken, said Vera Dolina, who washed dishes for them."),
    ("Ён Гван Док", "У них забрали паспорта, рассказал маляр Ён Гван Док."),
    ("Вера Долина", "Им платили 90 долларов, говорит Вера Долина, учительница из посёлка."),
    ("Санбом", "Рабочий, назовём его Санбом, получал 90 долларов, рассказал Санбом."),
    ("페인트공 량광덕", "여권을 빼앗겼다고 페인트공 량광덕이 말했다."),
    ("량광덕", "공사장 량광덕은 월급 90달러를 받았다고 말했다."),
    ("량광덕", "북한 노동자들은 월급 90달러를 받았다고 량광덕은 말했다."),
]
PUBLIC = [
    ("Jan Brell", "Labour Minister Jan Brell visited the mill. They were paid 90 dollars, Jan Brell said."),
    ("Yon Gwang-dok", "About 140 work there, said Yon Gwang-dok, a professor at the Oru Institute."),
    ("Yon Gwang-dok", "Yon Gwang-dok of the Oru University counted 140."),
    ("Oru Institute", "The Oru Institute said that 140 work there."),
    ("Harbour Gazette", "About 140 work there, Harbour Gazette said."),
    ("Игорь Долин", "По словам министра труда Игоря Долина, их 140. Игорь Долин считал сам."),
    ("Росвзгляд", "Росвзгляд насчитал 140."),
    ("량광덕", "북한 노동자는 140명이라고 량광덕 교수가 말했다."),
    ("오루연구소", "오루연구소는 140명이라고 밝혔다."),
    ("오루 노동국", "오루 노동국은 북한 노동자가 2,900명이라고 밝혔다."),
    ("Вера Долина", "Начальница отдела миграции Вера Долина сообщила о 2 900 рабочих."),
    ("Вера Долина", "Гендиректор завода Вера Долина сообщила о 320 рабочих."),
    ("량광덕", "량광덕 사장은 320명을 고용한다고 밝혔다."),
    ("노동자", "월급은 90달러였다고 노동자는 말했다."),
]


@pytest.mark.parametrize(("source", "text"), PRIVATE)
def test_a_source_without_a_public_standing_is_private(source: str, text: str, words: StatementWords) -> None:
    found = private_sources([source], text, words=words)
    assert found
    assert names_in(text, found)


@pytest.mark.parametrize(("source", "text"), PUBLIC)
def test_a_source_with_one_is_not(source: str, text: str, words: StatementWords) -> None:
    assert private_sources([source], text, words=words) == frozenset()


def test_a_changed_name_is_private_whatever_stands_beside_it(words: StatementWords) -> None:
    text = "Professor Sanbom (not his real name) said that 140 work there."
    assert private_sources(["Sanbom"], text, words=words) == {"Sanbom"}


def test_whom_the_evidence_names_is_public_whatever_stands_beside(words: StatementWords) -> None:
    name = min(name for name in words.public if name.isascii() and name.count(" ") == 1)
    assert private_sources([name], f"They were paid 90 dollars, {name} said.", words=words) == frozenset()


def test_a_name_is_no_part_of_a_longer_word() -> None:
    assert not names_in("Kimchi was served.", ["Kim"])
    assert names_in("Так сказали Вере Долиной.", ["Вера Долина"])
