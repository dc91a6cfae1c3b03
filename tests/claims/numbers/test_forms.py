"""Number forms of three languages against answers written by hand."""

from __future__ import annotations

import pytest

from tallystick.claims.numbers.find import quantities
from tallystick.vocab.errors import UsageError
from tests.claims.numbers.forms import ENGLISH, KOREAN, RUSSIAN
from tests.claims.numbers.read import rows, spelled

FORMS = list(rows({"en": ENGLISH, "ru": RUSSIAN, "ko": KOREAN}, 5))


def test_the_table_has_forms_of_each_language() -> None:
    assert {language: sum(row[0] == language for row in FORMS) >= 90 for language in ("en", "ru", "ko")} == {
        "en": True,
        "ru": True,
        "ko": True,
    }


@pytest.mark.parametrize(("language", "text", "value", "unit", "per", "hedge"), FORMS)
def test_a_form_is_read_as_a_person_reads_it(
    language: str, text: str, value: str, unit: str, per: str, hedge: str
) -> None:
    assert [spelled(found) for found in quantities(text, language)] == [(value, unit, per, hedge)]


CHANGES = [
    ("en", "wages rose from $200 to $300 a month", [200.0, 300.0]),
    ("en", "the staff was cut from 500 to 120", [500.0, 120.0]),
    ("ru", "с 5 до 10 тысяч", [5000.0, 10000.0]),
    ("ko", "7200달러에서 1만 달러로 올랐다", [7200.0, 10000.0]),
]


@pytest.mark.parametrize(("language", "text", "points"), CHANGES)
def test_a_change_is_two_figures_and_not_a_range(language: str, text: str, points: list[float]) -> None:
    assert [found.point for found in quantities(text, language)] == points


SEPARATE = [
    ("en", "2 ships and 3 boats", [2.0, 3.0]),
    ("en", "20,000 and 19,000 workers respectively", [20000.0, 19000.0]),
    ("en", "it fell from 5,000 in May to 300 people", [5000.0, 300.0]),
    ("ru", "1 тыс. саперов и 5 тыс. строителей", [1000.0, 5000.0]),
    ("ko", "1분기 1805명, 2분기 1682명", [1805.0, 1682.0]),
]


@pytest.mark.parametrize(("language", "text", "points"), SEPARATE)
def test_numbers_of_two_things_stay_two(language: str, text: str, points: list[float]) -> None:
    assert [found.point for found in quantities(text, language)] == points


def test_another_language_is_refused() -> None:
    with pytest.raises(UsageError, match="no grammar of numbers for the language 'fr'"):
        quantities("cinq", "fr")
