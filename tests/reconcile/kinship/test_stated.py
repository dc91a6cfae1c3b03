"""The numbers of a text that copies keep: all of them, whatever they measure, and those that a machine cut."""

from __future__ import annotations

import pytest

from tallystick.reconcile.kinship.stated import stated


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The yard took on 2,317 welders.", "en"),
        ("Верфь наняла 2317 сварщиков.", "ru"),
        ("조선소는 용접공 2317명을 뽑았다.", "ko"),
        ("조선소는 용접공 2317명을 뽑았다.", ""),
        ("Верфь наняла 2317 сварщиков.", ""),
    ],
)
def test_a_number_is_the_same_in_every_language(text: str, language: str) -> None:
    assert (2317.0, "count") in stated(text, language).weights


def test_a_separator_of_thousands_taken_for_a_decimal_one_is_mended() -> None:
    assert (11490.0, "count") in stated("At the yard 11.490 welders were left.", "en").weights


def test_a_number_that_a_machine_cut_in_two_is_also_known_as_one() -> None:
    found = stated("To the yard came 13 welders, approximately 227 times more than a year before.", "en")
    assert (13230.0, "count") in found.rejoined
    assert (13230.0, "count") not in found.weights


def test_two_numbers_that_are_no_halves_stay_two() -> None:
    assert not stated("To the yard came 13 welders and 22 painters.", "en").rejoined


def test_years_and_dates_are_no_numbers_of_a_report() -> None:
    assert not stated("On 4 May 2031 the yard opened again.", "en").weights


def test_a_number_stands_where_it_is_first_said() -> None:
    found = stated("Of 2,317 welders few stayed. Rain fell on the quays. It had hired 640 and 2,317.", "en")
    assert found.place((2317.0, "count")) < 0.1 < 0.7 < found.place((640.0, "count"))


def test_an_empty_text_states_nothing() -> None:
    assert not stated("", "en").weights
