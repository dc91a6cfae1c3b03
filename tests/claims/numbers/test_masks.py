"""What only looks like a quantity is left out, and the reason has a name."""

from __future__ import annotations

import pytest

from tallystick.claims.numbers.find import masked, quantities
from tests.claims.numbers.hidden import ENGLISH, KOREAN, RUSSIAN
from tests.claims.numbers.read import rows

HIDDEN = list(rows({"en": ENGLISH, "ru": RUSSIAN, "ko": KOREAN}, 3))


@pytest.mark.parametrize(("language", "text", "number", "name"), HIDDEN)
def test_what_only_looks_like_a_quantity_is_left_out_by_name(language: str, text: str, number: str, name: str) -> None:
    assert not quantities(text, language)
    assert [(text[reason.start : reason.end], reason.name) for reason in masked(text, language)] == [(number, name)]


KEPT = [
    ("en", "around 2000 workers", 2000.0),
    ("en", "2,018 workers", 2018.0),
    ("en", "2018 USD", 2018.0),
    ("en", "one worker", 1.0),
    ("en", "36 workers", 36.0),
    ("en", "the office hired 39 clerks", 39.0),
    ("en", "half of the wage", 50.0),
    ("en", "In Exampleland, 36 workers left", 36.0),
    ("ru", "2018 рабочих", 2018.0),
    ("ru", "один рабочий", 1.0),
    ("ko", "2018명", 2018.0),
    ("ko", "20대의 차량", 20.0),
    ("ko", "9개월", 9.0),
    ("ko", "4일간", 4.0),
    ("ko", "9시간", 9.0),
]


@pytest.mark.parametrize(("language", "text", "point"), KEPT)
def test_a_quantity_that_resembles_a_masked_number_is_kept(language: str, text: str, point: float) -> None:
    assert [found.point for found in quantities(text, language)] == [point]
    assert not masked(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Each gets 700 dollars minus 90 dollars for food."),
        ("ru", "Каждый получает 700 долларов минус 90 долларов за еду."),
    ],
)
def test_a_sum_that_is_taken_off_is_a_sum_and_no_frost(language: str, text: str) -> None:
    assert [found.point for found in quantities(text, language)] == [700.0, 90.0]
