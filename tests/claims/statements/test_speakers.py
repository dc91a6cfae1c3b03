"""Names beside a verb of telling are found in each language, in either order; callings and bare nouns are none."""

from __future__ import annotations

import pytest

from tallystick.claims.statements.speakers import spoken_names
from tallystick.claims.statements.words import StatementWords


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wages were late, Vera Dolin said.", "Vera Dolin"),
        ("Wages were late, said the dishwasher Vera Dolin.", "Vera Dolin"),
        ("According to Vera Dolin, wages were late.", "Vera Dolin"),
        ("Платили поздно, рассказала Вера Долина.", "Вера Долина"),
        ("По словам Веры Долиной, платили поздно.", "Веры Долиной"),
        ("월급이 늦었다고 량광덕이 말했다.", "량광덕"),
    ],
)
def test_who_is_named_beside_a_verb_of_telling_is_found(text: str, name: str, words: StatementWords) -> None:
    assert name in spoken_names(text, words)


@pytest.mark.parametrize("text", ["Wages were late.", "월급이 늦었다고 전문가가 말했다.", "The minister said so."])
def test_who_is_not_named_is_not(text: str, words: StatementWords) -> None:
    assert spoken_names(text, words) == ()
