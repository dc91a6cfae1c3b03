"""Promise: a figure that a bad copy has broken is one number, and what is no broken figure stays what it is."""

from __future__ import annotations

import pytest

from tallystick.claims.numbers.find import quantities

MENDED = [
    ("en", "About 13 221 citizens came.", 13_221.0),
    ("en", "They are 15.213 workers in all.", 15_213.0),
    ("en", "In that town 3 , 200 men work.", 3_200.0),
    ("en", "There were 34,5 thousand workers.", 34_500.0),
    ("en", "It is some 4 ten-thousand people.", 40_000.0),
    ("en", "He gets 30 thousand of roubles.", 30_000.0),
    ("en", "A sum of $1.250 is paid.", 1_250.0),
    ("en", "They numbered 15.213 in that year.", 15_213.0),
    ("en", "They get 5.000 dollars month.", 5_000.0),
    ("en", "They are about 6 thous. men.", 6_000.0),
    ("en", "It brings 1 milliard 200 million dollars.", 1_200_000_000.0),
    ("en", "It brings 2 mlrd. dollars.", 2_000_000_000.0),
    ("ko", "노동자 천7백 명이 있다.", 1_700.0),
    ("ru", "Приехали 13,221 рабочих.", 13_221.0),
    ("ru", "Там 34,5тыс. рабочих.", 34_500.0),
    ("ko", "노동자 5 만 명이 있다.", 50_000.0),
    ("ko", "노동자 15 천 명이 있다.", 15_000.0),
    ("ko", "노동자 1 만 3 천 221명이 있다.", 13_221.0),
    ("ko", "노동자 13 221명이 있다.", 13_221.0),
    ("ko", "노동자 4천 여 명이 있다.", 4_000.0),
]
LEFT = [
    ("en", "On May 13 221 workers came.", [221.0]),
    ("en", "Room 12 450 workers share.", [450.0]),
    ("en", "On page 7 300 builders are named.", [300.0]),
    ("ru", "В комнате 12 450 рабочих.", [450.0]),
    ("en", "Room 12 sleeps 450 workers.", [450.0]),
    ("ko", "코로나19 이후 7∼8월에 300명이 갔다.", [300.0]),
    ("en", "A share of 3.141 percent. Five came.", [3.141, 5.0]),
    ("en", "It weighs 3.250 kg.", [3.25]),
    ("en", "The index is 1.234.", [1.234]),
    ("en", "About 1.234 million people.", [1_234_000.0]),
    ("en", "Of 12, 300 left.", [12.0, 300.0]),
    ("en", "In 2018 500 workers left.", [500.0]),
    ("ru", "Выросло на 3,125 процента.", [3.125]),
    ("ru", "Это 1,234 млн человек.", [1_234_000.0]),
]


@pytest.mark.parametrize(("language", "text", "value"), MENDED)
def test_a_broken_figure_is_one_number(language: str, text: str, value: float) -> None:
    assert [found.point for found in quantities(text, language)] == [value]


@pytest.mark.parametrize(("language", "text", "values"), LEFT)
def test_what_is_no_broken_figure_stays_as_it_is(language: str, text: str, values: list[float]) -> None:
    assert [found.point for found in quantities(text, language)] == values


RANGES = [
    ("en", "They send 1.2 billion dollars to 2.3 billion, it is said.", (1.2e9, 2.3e9)),
    ("en", "They get between the 60 and 140 euro.", (60.0, 140.0)),
    ("ko", "폴란드에 천7백~천8백 명이 있다.", (1_700.0, 1_800.0)),
    ("ko", "한 달에 1~2일 쉰다.", (1.0, 2.0)),
]


@pytest.mark.parametrize(("language", "text", "ends"), RANGES)
def test_a_unit_or_a_scale_that_a_copy_says_at_one_end_alone_is_that_of_both(
    language: str, text: str, ends: tuple[float, float]
) -> None:
    assert [(found.low, found.high) for found in quantities(text, language)] == [ends]


def test_people_after_a_scaled_sum_are_no_second_end_of_it() -> None:
    found = quantities("They paid 2 million dollars to 3 million workers.", "en")
    assert [(number.point, number.kind) for number in found] == [(2e6, "money"), (3e6, "count")]


def test_a_range_of_broken_figures_is_one_range() -> None:
    for text in ("They need 4 500-5 200 workers.", "They need 4.500-5.200 workers."):
        assert [(found.low, found.high) for found in quantities(text, "en")] == [(4_500.0, 5_200.0)]
